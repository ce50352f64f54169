/** What was taken for what: the mistakes of labelled messages, paired. */
import type { Labelled } from './score.js';

/** What is wrong with what was found in one message. */
export interface Mistakes {
  readonly missed: readonly string[];
  readonly extra: readonly string[];
  /** It has no label that both gave, and none of those that one gave was found. */
  readonly isUnmet: boolean;
}

/** `found` is an id or `none`; `+id`: reported beside what is right. */
export interface Pair {
  readonly expected: string;
  readonly found: string;
}

export interface PairCount extends Pair {
  readonly messages: number;
}

export function mistakesOf(gold: Labelled, intents: readonly string[]): Mistakes {
  const found = [...new Set(intents.filter((id) => id !== 'none'))];
  const may = new Set([...gold.labels, ...gold.also]);
  return {
    missed: gold.labels.filter((id) => id !== 'none' && !found.includes(id)),
    extra: found.filter((id) => !may.has(id)),
    isUnmet: gold.labels.length === 0 && !(found.some((id) => may.has(id)) || (found.length === 0 && may.has('none'))),
  };
}

/** How many mistakes a message counts for. */
export function mistakeCount({ missed, extra, isUnmet }: Mistakes): number {
  return missed.length + extra.length + (isUnmet ? 1 : 0);
}

/** Each missed label with each intent found instead; none where the message is right. */
export function pairsOf(gold: Labelled, mistakes: Mistakes): readonly Pair[] {
  const { missed, extra, isUnmet } = mistakes;
  if (isUnmet) {
    const expected = gold.also.join(' | ') || 'nothing labelled';
    return (extra.length === 0 ? ['none'] : extra).map((found) => ({ expected, found }));
  }
  if (missed.length > 0)
    return missed.flatMap((expected) => (extra.length === 0 ? ['none'] : extra).map((found) => ({ expected, found })));
  const right = gold.labels.filter((id) => id !== 'none');
  if (gold.labels.length > 0 && right.length === 0) return extra.map((found) => ({ expected: 'none', found }));
  const expected = gold.labels.length === 0 ? gold.also.join(' | ') : right.join(' + ');
  return extra.map((found) => ({ expected, found: `+${found}` }));
}

/** Pairs with the number of messages that have them, most frequent first; of equals by name. */
export function countedPairs(all: readonly (readonly Pair[])[]): readonly PairCount[] {
  const counts = new Map<string, PairCount>();
  for (const pairs of all) {
    for (const pair of pairs) {
      const key = pairKey(pair);
      counts.set(key, { ...pair, messages: (counts.get(key)?.messages ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.messages - a.messages || (pairKey(a) < pairKey(b) ? -1 : 1));
}

export function pairKey({ expected, found }: Pair): string {
  return `${expected} → ${found}`;
}
