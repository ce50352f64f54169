/**
 * Phrases put in another order within their group: by pointer with the grip, or by arrow keys on it. While one drags, a line
 * shows where it will stand and nothing moves; Escape lets go.
 */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { announce } from '../shared/announcer.js';
import { words } from '../shared/words.js';
import { shifted } from './phrase-order.js';

interface Dragged {
  readonly id: string;
  readonly over: string;
  readonly isBehind: boolean;
}

export interface Drag {
  begin(event: PointerEvent, id: string): void;
  key(event: KeyboardEvent, id: string): void;
  /** The class of a row while something is dragged. */
  placeOf(id: string): string | undefined;
}

/** @param groupOf ids that may change places with this one, in order */
export function useDrag(groupOf: (id: string) => readonly string[], order: (ids: readonly string[]) => void): Drag {
  const dragged: Signal<Dragged | undefined> = useSignal(undefined);
  const stop = useRef<() => void>(undefined);
  const focusOn = useRef<string>(undefined);
  // A node that is put elsewhere in the document loses the focus.
  useLayoutEffect(() => {
    if (focusOn.current === undefined) return;
    const handle = document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(focusOn.current)}"]`);
    if (handle !== null && document.activeElement !== handle && document.activeElement === document.body) handle.focus();
    focusOn.current = undefined;
  });
  useEffect(() => () => stop.current?.(), []);

  function move(id: string, to: number): void {
    const ids = groupOf(id);
    const next = shifted(ids, id, to);
    if (next === undefined) return;
    order(next);
    announce(words.peek().phrases.movedTo(next.indexOf(id) + 1, next.length));
  }

  return {
    begin(event, id) {
      if (event.button !== 0) return;
      event.preventDefault();
      (event.currentTarget as HTMLElement).focus();
      const ids = groupOf(id);
      dragged.value = { id, over: id, isBehind: false };
      const track = ({ clientX, clientY }: PointerEvent): void => {
        const row = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-phrase]');
        const over = row?.dataset.phrase;
        if (row === null || row === undefined || over === undefined || !ids.includes(over)) return;
        const { top, height } = row.getBoundingClientRect();
        dragged.value = { id, over, isBehind: clientY > top + height / 2 };
      };
      const end = (): void => {
        removeEventListener('pointermove', track);
        removeEventListener('pointerup', drop);
        removeEventListener('pointercancel', end);
        removeEventListener('keydown', letGo);
        dragged.value = undefined;
        stop.current = undefined;
      };
      const drop = (): void => {
        const last = dragged.peek();
        end();
        if (last === undefined || last.over === id) return;
        const rest = ids.filter((one) => one !== id);
        move(id, rest.indexOf(last.over) + (last.isBehind ? 1 : 0));
      };
      const letGo = ({ key }: KeyboardEvent): void => {
        if (key === 'Escape') end();
      };
      addEventListener('pointermove', track);
      addEventListener('pointerup', drop);
      addEventListener('pointercancel', end);
      addEventListener('keydown', letGo);
      stop.current = end;
    },
    key(event, id) {
      const ids = groupOf(id);
      const at = ids.indexOf(id);
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: ids.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      focusOn.current = id;
      move(id, to);
    },
    placeOf(id) {
      const now = dragged.value;
      if (now === undefined) return undefined;
      if (id === now.id) return 'is-dragged';
      return id === now.over ? (now.isBehind ? 'drop-behind' : 'drop-before') : undefined;
    },
  };
}
