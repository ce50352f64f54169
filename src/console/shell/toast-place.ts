/**
 * Where the pages show notes: at the top or at the bottom, wherever they cover nothing that somebody edits. The sidebar, which
 * has no room to spare for this, shows them at its foot.
 */
import './toast-place.css';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { toasts } from '../shared/announcer.js';

const gap = 6;
const fields = 'input:not([type="hidden"]), select, textarea, [contenteditable="true"]';

interface Band {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The one that leaves the field with the focus free; of two that do, the one that covers fewer others; else the first.
 * @param focused where the field with the focus stands; undefined: no field has it
 */
export function freest(bands: readonly Band[], focused: Band | undefined, others: readonly Band[]): number {
  const cost = (band: Band) =>
    (focused !== undefined && overlap(band, focused) ? others.length + 1 : 0) + others.filter((one) => overlap(band, one)).length;
  const costs = bands.map(cost);
  return costs.indexOf(Math.min(...costs));
}

function overlap(a: Band, b: Band): boolean {
  return a.top < b.bottom && b.top < a.bottom;
}

/** Keeps the notes there while some are shown. */
export function ToastPlace() {
  const isShown = toasts.value.length > 0;
  useLayoutEffect(() => {
    // Once they are drawn, which may be after this.
    if (isShown) queueMicrotask(placeToasts);
  }, [toasts.value]);
  useEffect(() => {
    if (!isShown) return;
    // What is edited may come to lie under them.
    const moments = ['focusin', 'resize', 'scrollend'] as const;
    for (const name of moments) addEventListener(name, placeToasts);
    return () => {
      for (const name of moments) removeEventListener(name, placeToasts);
    };
  }, [isShown]);
  return null;
}

/** Below what stands at the top and above a bar at the bottom. */
function placeToasts(): void {
  const box = document.querySelector<HTMLElement>('.toasts');
  if (box === null) return;
  // The desk, which fills the window, has a corner for them.
  if (document.querySelector('.desk-body') !== null) {
    box.style.top = '';
    box.style.bottom = '';
    return;
  }
  box.style.bottom = 'auto';
  const height = box.offsetHeight;
  const upper = Math.max(0, ...[...document.querySelectorAll('.strip')].map((one) => one.getBoundingClientRect().bottom)) + gap;
  const bar = document.querySelector('.save-bar')?.getBoundingClientRect().height ?? 0;
  const lower = innerHeight - bar - gap - height;
  const { left, right } = box.getBoundingClientRect();
  const beside = (one: Element) => {
    const its = one.getBoundingClientRect();
    return its.width > 1 && its.left < right && left < its.right;
  };
  const active = document.activeElement;
  const focused = active?.matches(fields) === true && beside(active) ? active.getBoundingClientRect() : undefined;
  const others = [...document.querySelectorAll(fields)].filter(beside).map((one) => one.getBoundingClientRect());
  const tops = [upper, lower];
  const bands = tops.map((top) => ({ top, bottom: top + height }));
  box.style.top = `${tops[freest(bands, focused, others)]}px`;
}
