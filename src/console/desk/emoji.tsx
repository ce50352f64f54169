/** A few dozen faces and signs that shops use; loaded when they are first asked for. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import './emoji.css';

/** None of them stands for a promise, and none needs more than one character beside its neighbours. */
const signs = [
  ...['😊', '😄', '😁', '😂', '🤣', '😍', '🥰', '😘', '🤗', '🤔', '😅', '😳'],
  ...['🥺', '😢', '😭', '😮', '😴', '🙈', '👌', '👍', '👏', '🙏', '💪', '🤝'],
  ...['🌹', '🌸', '🌻', '🎁', '🎉', '🎊', '🧧', '💐', '💕', '💖', '✨', '🌟'],
  ...['📦', '🚚', '📮', '🧶', '🧥', '🧣', '👗', '👕', '👖', '👟', '☀️', '🌙'],
];
const columns = 12;

interface EmojiProps {
  readonly label: string;
  readonly onChoose: (sign: string) => void;
  /** Left by Esc, or because the focus went elsewhere. @param isByKey the focus belongs back where it came from */
  readonly onClose: (isByKey: boolean) => void;
}

export function Emoji({ label, onChoose, onClose }: EmojiProps) {
  const grid = useRef<HTMLDivElement>(null);
  const signAt = (place: number) => grid.current?.querySelectorAll('button')[place];
  // At once: the next key is already its own.
  useLayoutEffect(() => {
    signAt(0)?.focus();
    return () => {
      if (grid.current?.contains(document.activeElement) === true) onClose(true);
    };
  }, []);
  return (
    <div
      ref={grid}
      class="emoji"
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        const here = [...grid.current!.querySelectorAll('button')].indexOf(event.target as HTMLButtonElement);
        const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
        if (event.key === 'Escape') onClose(true);
        else if (by !== undefined) signAt(Math.max(0, Math.min(signs.length - 1, here + by)))?.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) onClose(false);
      }}
    >
      {signs.map((sign, place) => (
        <button key={sign} type="button" tabIndex={place === 0 ? 0 : -1} onClick={() => onChoose(sign)}>
          {sign}
        </button>
      ))}
    </div>
  );
}
