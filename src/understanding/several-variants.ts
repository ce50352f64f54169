/**
 * Two colours or sizes of which the same is asked: 雾蓝M或者L有吗, 两件M一件L. A slot holds one of each, and what holds for it would be
 * told for both: a person reads it.
 */
import type { SlotHit } from './scan.js';
import { itemSlot, sizesIn } from './slots.js';

const shown = 12;

/**
 * @param string the folded text; messages of a burst stand in lines
 * @param hits slot hits, in the order of their ends
 * @param hints of the text
 * @returns the two that differ
 */
export function severalVariants(string: string, hits: readonly SlotHit[], hints: number): string | undefined {
  return twoOf(sizesIn(string, hints)) ?? twoOf(coloursIn(string, hits));
}

function twoOf(words: readonly string[]): string | undefined {
  return words.length < 2 ? undefined : `${words[0]}、${words[1]}`.slice(0, shown);
}

/** Colours named, each by its longest name; 雾蓝 and 雾蓝色, and 蓝色 beside 雾蓝, are one. */
function coloursIn(string: string, hits: readonly SlotHit[]): readonly string[] {
  const colours = hits.filter((one) => one.slot === 'colour' && !hits.some((other) => isPartOf(one, other)));
  const found: string[] = [];
  for (const { start, end } of colours) {
    const words = string.slice(start, end).replace(/(?<=.)色$/, '');
    if (!found.some((one) => one.includes(words) || words.includes(one))) found.push(words);
  }
  return found;
}

/** Inside a longer name, or in the name of a product. */
function isPartOf(one: SlotHit, other: SlotHit): boolean {
  if (other.slot !== 'colour' && other.slot !== itemSlot) return false;
  return other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start;
}
