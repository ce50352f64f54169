/** A shop's settings as plain JSON while they are edited: looked up, changed and told apart by paths. Nothing is changed in place. */
import { mergePatch } from '../../shop/merge-patch.js';

export type Path = readonly (string | number)[];
export type Content = Readonly<Record<string, unknown>>;

/** `products[2].priceYuan` in its steps. Keys that hold a dot are not told apart: paths of code are steps from the start. */
export function stepsOf(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|\[([^\]]+)\]|[^.[\]]+/g)].map(([step, at, id]) =>
    at === undefined ? (id ?? step) : Number(at),
  );
}

export function valueAt(content: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return content;
  if (Array.isArray(content)) return valueAt(content[step as number], rest);
  return isRecord(content) && Object.hasOwn(content, step) ? valueAt(content[step], rest) : undefined;
}

/**
 * A copy with another value at the path; what is missing above it is made. `undefined` takes it out, and with it what is left
 * empty above: half a section that nobody set is none.
 */
export function withValue(content: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(content) ? content : [];
    if (rest.length === 0 && value === undefined) return list.filter((_, at) => at !== step);
    // A row whose last value is taken out stays: somebody is typing in it.
    return Object.assign([...list], { [step]: withValue(list[step], rest, value) ?? {} });
  }
  const record = isRecord(content) ? content : {};
  const next = withValue(record[step], rest, value);
  if (next !== undefined) {
    // In its place: the order of an owner's own keys is told to buyers.
    const entries = Object.entries(record).map(([key, was]) => [key, key === step ? next : was] as const);
    return Object.fromEntries(Object.hasOwn(record, step) ? entries : [...entries, [step, next]]);
  }
  if (!Object.hasOwn(record, step)) return isRecord(content) ? content : undefined;
  const left = Object.entries(record).filter(([key]) => key !== step);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * The merge patch (RFC 7396) that leads from one to the other: lists are replaced whole. Undefined: they say the same.
 * Neither holds `null`, which settings do not know.
 */
export function patchBetween(before: Content, after: Content): Content | undefined {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) set(patch, key, null);
  for (const [key, value] of Object.entries(after)) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isRecord(was) && isRecord(value)) {
      const inner = patchBetween(was, value);
      if (inner !== undefined) set(patch, key, inner);
    } else if (!isSame(was, value)) set(patch, key, value);
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** What I changed, on top of what has become of the settings meanwhile. */
export function onTop(mine: { readonly before: Content; readonly after: Content }, base: Content): Content {
  const patch = patchBetween(mine.before, mine.after);
  return patch === undefined ? base : (mergePatch(base, patch) as Content);
}

/** Where a patch changes something: paths down to values and lists. */
export function changedPaths(patch: Content | undefined, above: Path = []): readonly Path[] {
  return Object.entries(patch ?? {}).flatMap(([key, value]) =>
    isRecord(value) && Object.keys(value).length > 0 ? changedPaths(value, [...above, key]) : [[...above, key]],
  );
}

/** Whether one path lies in the other, or is it. */
export function touches(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, at) => String(step) === String(b[at]));
}

/** Deep, and for records whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => isSame(one, b[at]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function set(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
