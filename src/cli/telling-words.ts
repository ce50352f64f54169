/** Which words tell a group of messages from all others: what its pattern would be written with. */
import type { LikeGroup, LikeText } from './likeness.js';

const mostWords = 5;
/** A word of a group is in this share of its messages. */
const fewestSay = 0.12;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const mostParts = 3;
const longestWord = 6;

/** Words of a text and runs of up to three of them: a dictionary knows 干 and 湿 and 两用, the trade 干湿两用. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  const run: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || /^\d+$/.test(segment)) {
      run.length = 0;
      continue;
    }
    run.push(segment);
    let joined = '';
    for (let part = run.length - 1; part >= Math.max(0, run.length - mostParts); part--) {
      joined = run[part]! + joined;
      if (joined.length > longestWord && part < run.length - 1) break;
      if (joined.length > 1) words.add(joined);
    }
  }
  return words;
}

interface WordCounts {
  /** In how many messages each word is. */
  readonly counts: ReadonlyMap<string, number>;
  readonly messages: number;
}

function wordCounts(texts: readonly LikeText[], which: Iterable<number>): WordCounts {
  const counts = new Map<string, number>();
  let messages = 0;
  for (const number of which) {
    const { text, count } = texts[number]!;
    messages += count;
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + count);
  }
  return { counts, messages };
}

/** Words that many of a group say and few others, the most telling first, for each group. */
export function tellingWords(texts: readonly LikeText[], groups: readonly LikeGroup[]): readonly (readonly string[])[] {
  const all = wordCounts(texts, texts.keys());
  return groups.map(({ members }) => telling(wordCounts(texts, members), all));
}

/** By the share in the group times how much larger it is than outside. */
function telling(mine: WordCounts, all: WordCounts): readonly string[] {
  const scored = [...mine.counts]
    .filter(([, count]) => count > 1 && count >= mine.messages * fewestSay)
    .map(([word, count]) => {
      const share = count / mine.messages;
      const outside = (all.counts.get(word)! - count + 0.5) / (all.messages - mine.messages + 1);
      // Of two words inside one another that are as frequent, the longer one is meant.
      return { word, score: share * Math.log(share / outside) * (1 + 0.2 * (word.length - 2)) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
  const words: string[] = [];
  for (const { word } of scored) {
    if (words.length === mostWords) break;
    if (!words.some((other) => overlaps(other, word))) words.push(word);
  }
  return words;
}

/** One in the other, or one's end the other's start. */
function overlaps(one: string, other: string): boolean {
  if (one.includes(other) || other.includes(one)) return true;
  for (let n = Math.min(one.length, other.length) - 1; n >= 1; n--)
    if (one.endsWith(other.slice(0, n)) || other.endsWith(one.slice(0, n))) return true;
  return false;
}
