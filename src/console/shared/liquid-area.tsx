/**
 * A field for Liquid in which variables and conditions are chips: variables bear their titles and conditions stand in words,
 * the caret stands before or after one and never within, and one press deletes one whole. It is a textarea all the same, whose
 * text is the Liquid that is kept but for the conditions, so that undoing, input methods and screen readers work as everywhere;
 * a layer of the same letters lies under it and draws the chips. What is copied out of it is Liquid.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { deletedWhole, type LiquidPiece, liquidPieces, outOfVariables, spanAround, wholeSpans } from './liquid-spans.js';
import { tagWords, type VariableNames } from './liquid-tags.js';
import { type LiquidWords, liquidWords, type Said } from './liquid-words.js';
import { language, words } from './words.js';
import './liquid-area.css';

/** How a variable is shown. */
export interface ShownVariable {
  readonly title: string;
  /** It has no value in this shop. */
  readonly isGone: boolean;
  /** What each of the words that it may be means. */
  readonly choices?: Readonly<Record<string, { readonly zh: string; readonly en: string }>> | undefined;
}

export interface LiquidAreaProps {
  readonly id: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Undefined: there is no such variable. */
  readonly variable: (name: string) => ShownVariable | undefined;
  readonly leastRows?: number;
  readonly onFocus?: (area: HTMLTextAreaElement) => void;
  readonly name?: string;
  readonly path?: string;
  readonly isFaulty?: boolean;
  readonly describedBy?: string | undefined;
}

export function LiquidArea(props: LiquidAreaProps) {
  const { id, text, onText, variable, leastRows = 2, onFocus, name, path, isFaulty = false, describedBy } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const caret = useRef(0);
  const lang = language.value;
  const names: VariableNames = {
    titleOf: (one) => variable(one)?.title,
    meaningOf: (one, value) => variable(one)?.choices?.[value]?.[lang],
  };
  const said = useRef<Said>({ say: words.value.liquid.tags, names });
  said.current = { say: words.value.liquid.tags, names };
  const told = useMemo(() => liquidWords(() => said.current), []);
  // What is typed stays as it was typed until the field is left.
  const typed = useSignal<string | undefined>(undefined);
  const shown = typed.value !== undefined && told.source(typed.value) === text ? typed.value : told.shown(text);
  const pieces = liquidPieces(shown, told.isCondition);
  /** While it is typed the field is ahead of what was drawn. */
  const piecesIn = (field: HTMLTextAreaElement) => liquidPieces(field.value, told.isCondition);
  const isPressed = useRef(false);
  const isComposing = useRef(false);

  /** A variable that is broken over two lines bears its title where there is most room. */
  const measure = () => {
    const under = layer.current;
    if (under === null) return;
    const { left, top } = under.getBoundingClientRect();
    for (const chip of under.querySelectorAll<HTMLElement>('[data-title]')) {
      const parts = [...chip.getClientRects()];
      chip.classList.toggle('is-broken', parts.length > 1);
      if (parts.length < 2) continue;
      const widest = parts.reduce((one, other) => (other.width > one.width ? other : one));
      chip.style.setProperty('--liq-left', `${widest.left - left - under.clientLeft}px`);
      chip.style.setProperty('--liq-top', `${widest.top - top - under.clientTop}px`);
      chip.style.setProperty('--liq-width', `${widest.width}px`);
    }
  };
  useLayoutEffect(measure);
  useEffect(() => {
    const field = area.current!;
    const observer = new ResizeObserver(measure);
    observer.observe(field);
    // Of the caret, however it was moved.
    const settle = () => {
      if (document.activeElement === field && !isPressed.current && !isComposing.current)
        caret.current = settled(field, piecesIn(field), caret.current);
    };
    document.addEventListener('selectionchange', settle);
    field.addEventListener('selectionchange', settle);
    return () => {
      observer.disconnect();
      document.removeEventListener('selectionchange', settle);
      field.removeEventListener('selectionchange', settle);
    };
  }, []);

  return (
    <div class="liq">
      <div class="liq-layer" ref={layer} aria-hidden="true" lang="zh-CN">
        {pieces.map((piece, at) => {
          if (piece.kind === 'words') return piece.text;
          if (piece.kind !== 'variable')
            return (
              <span key={at} class="liq-tag">
                {piece.text}
              </span>
            );
          const known = variable(piece.name);
          const isGone = known === undefined || known.isGone;
          return (
            <span key={at} class={isGone ? 'liq-var is-gone' : 'liq-var'} data-title={known?.title ?? piece.name}>
              {piece.text}
            </span>
          );
        })}
        {/* The last line counts, though nothing stands in it yet. */}
        {'\u200b'}
      </div>
      <textarea
        id={id}
        ref={area}
        class="input"
        lang="zh-CN"
        rows={leastRows}
        spellcheck={false}
        value={shown}
        aria-invalid={isFaulty}
        {...(name !== undefined && { name })}
        {...(path !== undefined && { 'data-path': path })}
        {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
        onFocus={(event) => onFocus?.(event.currentTarget)}
        onPointerDown={() => {
          isPressed.current = true;
          const release = () => {
            removeEventListener('pointerup', release);
            removeEventListener('pointercancel', release);
            // Only then has the browser put the caret where it is to be.
            setTimeout(() => {
              isPressed.current = false;
              if (area.current !== null) caret.current = pointed(area.current, piecesIn(area.current), caret.current);
            });
          };
          addEventListener('pointerup', release);
          addEventListener('pointercancel', release);
        }}
        onCompositionStart={() => {
          isComposing.current = true;
        }}
        onCompositionEnd={() => {
          isComposing.current = false;
        }}
        onBeforeInput={(event) => {
          if (deletesWhole(event.currentTarget, piecesIn(event.currentTarget), event as InputEvent)) event.preventDefault();
        }}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          onText(told.source(event.currentTarget.value));
        }}
        onBlur={() => {
          typed.value = undefined;
        }}
        onCopy={(event) => takeAlong(event, told)}
        onCut={(event) => {
          if (takeAlong(event, told)) document.execCommand('delete');
        }}
        // It might fall into the midst of a chip.
        onDrop={(event) => event.preventDefault()}
      />
      <TagLegend pieces={pieces} names={names} />
    </div>
  );
}

/** Conditions that stand there as they are written, each in words: who did not write them cannot read them. */
function TagLegend({ pieces, names }: { readonly pieces: readonly LiquidPiece[]; readonly names: VariableNames }) {
  const w = words.value.liquid;
  const tags = new Set(pieces.flatMap((piece) => (piece.kind === 'tag' ? [piece.text] : [])));
  const told = [...tags].flatMap((tag) => {
    const said = tagWords(tag, w.tags, names);
    return said === undefined ? [] : [{ tag, said }];
  });
  if (told.length === 0) return null;
  return (
    <dl class="liq-legend xs muted" aria-label={w.legend}>
      {told.map(({ tag, said }) => (
        <div key={tag}>
          <dt>
            <code>{tag}</code>
          </dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is selected, as Liquid, to wherever it is pasted. @returns false: nothing was selected */
function takeAlong(event: ClipboardEvent, told: LiquidWords): boolean {
  const { selectionStart, selectionEnd, value } = event.currentTarget as HTMLTextAreaElement;
  if (selectionStart === selectionEnd || event.clipboardData === null) return false;
  event.clipboardData.setData('text/plain', told.source(value.slice(selectionStart, selectionEnd)));
  event.preventDefault();
  return true;
}

/** Puts the ends of the selection out of variables. @returns where the caret is then */
function settled(field: HTMLTextAreaElement, pieces: readonly LiquidPiece[], before: number): number {
  const { selectionStart: start, selectionEnd: end, selectionDirection } = field;
  const isBackward = selectionDirection === 'backward';
  const now = isBackward ? { anchor: end, focus: start } : { anchor: start, focus: end };
  const next = outOfVariables(wholeSpans(pieces), now, before);
  if (next.anchor !== now.anchor || next.focus !== now.focus) {
    const isTurned = next.focus < next.anchor;
    field.setSelectionRange(
      Math.min(next.anchor, next.focus),
      Math.max(next.anchor, next.focus),
      isTurned ? 'backward' : 'forward',
    );
  }
  return next.focus;
}

/** Whoever points at a variable selects it. */
function pointed(field: HTMLTextAreaElement, pieces: readonly LiquidPiece[], before: number): number {
  const { selectionStart: start, selectionEnd: end } = field;
  const around = start === end ? spanAround(wholeSpans(pieces), start) : undefined;
  if (around === undefined) return settled(field, pieces, before);
  field.setSelectionRange(around.start, around.end);
  return around.end;
}

/** By the browser's own command, so that Ctrl+Z brings it back. @returns whether it was done here */
function deletesWhole(
  field: HTMLTextAreaElement,
  pieces: readonly LiquidPiece[],
  { inputType, isComposing }: InputEvent,
): boolean {
  const { selectionStart: caret, selectionEnd } = field;
  if (isComposing || caret !== selectionEnd || !/^delete(Content|Word)(Backward|Forward)$/.test(inputType)) return false;
  const whole = deletedWhole(wholeSpans(pieces), caret, inputType.endsWith('Backward'));
  if (whole === undefined) return false;
  field.setSelectionRange(whole.start, whole.end);
  document.execCommand('delete');
  return true;
}

/** As if it were typed, by the browser's own command, so that Ctrl+Z takes it back. */
export function insertAtCaret(area: HTMLTextAreaElement, words: string): void {
  area.focus();
  if (document.execCommand('insertText', false, words)) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
