/**
 * What of a faulty value can be read all the same, so that what is wrong beside a fault is told with it: who mends a file is to
 * mend it once.
 */
import type { z } from 'zod';
import { checkValue, pathWords } from './zod-faults.js';

export interface SoundPart<T> {
  readonly value: T;
  /** Where something of the part stands in the whole: entries before it may have been taken out of its list. @param path `products[0].id` */
  placed(path: string): string;
}

type Step = string | number;

/** Each takes out what the ones before left faulty: a key that was wrong is missing in the next. */
const mostRounds = 12;

/**
 * The value without what is faulty: the key itself, or where something required is missing what is around it, an entry of a list
 * by itself.
 * @param schema of which parts may be missing
 * @returns undefined where nothing can be read
 */
export function soundPart<T>(schema: z.ZodType<T>, given: unknown): SoundPart<T> | undefined {
  const taken: Step[][] = [];
  let rest = given;
  for (let round = 0; round < mostRounds; round++) {
    const checked = checkValue(schema, rest);
    if (checked.ok) return { value: checked.value, placed: (path) => pathWords(placedBack(stepsOf(path), taken)) };
    const targets = new Map(
      checked.faults.map(({ path }) => targetOf(rest, path)).map((target) => [JSON.stringify(target), target]),
    );
    // The last of a list first, so that the places of the others hold; what lies in something that goes, goes with it.
    const inTurn = [...targets.values()].sort(lastFirst);
    if (inTurn.some((target) => target.length === 0)) return undefined;
    for (const target of inTurn) {
      if (inTurn.some((other) => other.length < target.length && other.every((step, at) => step === target[at]))) continue;
      rest = without(rest, target);
      taken.push(target);
    }
  }
  return undefined;
}

/** The deepest thing on the path that is there. */
function targetOf(value: unknown, path: readonly PropertyKey[]): Step[] {
  const target: Step[] = [];
  let at = value;
  for (const step of path) {
    if (typeof step === 'symbol' || typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) break;
    target.push(step);
    at = (at as Record<string, unknown>)[step];
  }
  return target;
}

function lastFirst(one: readonly Step[], other: readonly Step[]): number {
  for (const [at, step] of one.entries()) {
    const beside = other[at];
    if (step !== beside) return typeof step === 'number' && typeof beside === 'number' ? beside - step : 0;
  }
  return 0;
}

function without(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, at) => at !== step)
      : value.map((one, at) => (at === step ? without(one, rest) : one));
  }
  const { [String(step)]: inner, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [String(step)]: without(inner, rest) };
}

/** @param taken in the order in which it was taken out */
function placedBack(path: readonly Step[], taken: readonly (readonly Step[])[]): readonly Step[] {
  const placed = [...path];
  for (const target of taken.toReversed()) {
    const [list, entry] = [target.slice(0, -1), target.at(-1)];
    const here = placed[list.length];
    if (typeof entry !== 'number' || typeof here !== 'number' || list.some((step, at) => step !== placed[at])) continue;
    if (here >= entry) placed[list.length] = here + 1;
  }
  return placed;
}

function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, place, key]) => (place === undefined ? key! : Number(place)));
}
