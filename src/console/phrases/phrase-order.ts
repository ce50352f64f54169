/** Groups of phrases, and phrases put in another order. Pure. */
import type { Phrase } from '../shared/wire.js';

export interface PhraseGroup {
  readonly name: string;
  readonly phrases: readonly Phrase[];
}

/** In order of the first phrase of each. */
export function grouped(phrases: readonly Phrase[]): readonly PhraseGroup[] {
  const groups = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const held = groups.get(phrase.group);
    if (held === undefined) groups.set(phrase.group, [phrase]);
    else held.push(phrase);
  }
  return [...groups].map(([name, held]) => ({ name, phrases: held }));
}

/** The list as the service will have it: those named take, in this order, the places that they have among themselves. */
export function inOrder(phrases: readonly Phrase[], ids: readonly string[]): readonly Phrase[] {
  const known = new Map(phrases.map((one) => [one.id, one]));
  const present = ids.filter((id) => known.has(id));
  const places = present.map((id) => known.get(id)!.position).sort((one, other) => one - other);
  const moved = new Map(present.map((id, at) => [id, { ...known.get(id)!, position: places[at]! }]));
  return phrases.map((one) => moved.get(one.id) ?? one).sort((one, other) => one.position - other.position);
}

/** @returns undefined where it cannot go further */
export function shifted(ids: readonly string[], id: string, to: number): readonly string[] | undefined {
  const from = ids.indexOf(id);
  const target = Math.max(0, Math.min(ids.length - 1, to));
  if (from < 0 || from === target) return undefined;
  const rest = ids.filter((one) => one !== id);
  return [...rest.slice(0, target), id, ...rest.slice(target)];
}
