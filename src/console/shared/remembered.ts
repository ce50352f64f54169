/** Choices that this browser remembers; in a second tab they change at once. */
import { type Signal, signal } from '@preact/signals';

const prefix = 'zaima.';

/**
 * @param isFit whether what was found is of the kind that is wanted: another version, or a person, may have written it
 */
export function remembered<T>(key: string, initial: T, isFit: (value: unknown) => value is T): Signal<T> {
  const stored = readStored(key);
  const held = signal<T>(isFit(stored) ? stored : initial);
  let known = JSON.stringify(held.peek());
  held.subscribe((value) => {
    const text = JSON.stringify(value);
    if (text === known) return;
    known = text;
    writeStored(key, value);
  });
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key !== prefix + key) return;
    const told = readStored(key);
    if (!isFit(told)) return;
    known = JSON.stringify(told);
    held.value = told;
  });
  return held;
}

export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? 'null');
  } catch {
    // Shut (a frame of another site), or not ours.
    return null;
  }
}

/** `undefined` takes it away. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Full or shut: it is then forgotten with the page.
  }
}

export const isOneOf =
  <const T extends readonly unknown[]>(...values: T) =>
  (value: unknown): value is T[number] =>
    values.includes(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isString = (value: unknown): value is string => typeof value === 'string';
