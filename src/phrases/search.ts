/**
 * Finds phrases by what an agent types in a hurry: the code, words of title, text or group, or pinyin: initials (fh: 发货),
 * whole syllables (fahuo), or both mixed. A character with several readings counts as any of them (fh: 返还, 还 read huan).
 */
import type { Instant } from '../conversation.js';
import type { Phrase } from '../storage/phrases.js';
import type { Readings } from './pinyin.js';
import { isUsable } from './words.js';

/** Where it was found, in UTF-16 units of that field. */
export interface PhraseMatch {
  readonly field: 'code' | 'title' | 'group' | 'text';
  readonly start: number;
  readonly end: number;
}

export interface FoundPhrase {
  readonly phrase: Phrase;
  /** Of each word of the query, in its order. */
  readonly matches: readonly PhraseMatch[];
}

interface Hit extends PhraseMatch {
  readonly score: number;
}

/** Initials of fewer letters are met in every long text. */
const fewestLettersInText = 3;
const longestTyped = 40;
/** Letters that are read as pinyin. */
const longestSpoken = 16;

/**
 * @param typed words apart by blanks: all of them must be found
 * @param now only phrases that may be used then; undefined: all
 * @returns best first: the code, what begins with it, the whole title before a part of it, the title before the group before
 *   the text; where equal, an agent's own first, then what is used most, then in the order of the set
 */
export function searchPhrases(
  phrases: readonly Phrase[],
  typed: string,
  readings: Readings,
  limit: number,
  now?: Instant,
): readonly FoundPhrase[] {
  const words = folded(typed.slice(0, longestTyped))
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found: { readonly phrase: Phrase; readonly hits: readonly Hit[]; readonly score: number }[] = [];
  for (const phrase of phrases) {
    if (now !== undefined && !isUsable(phrase, now)) continue;
    const hits: Hit[] = [];
    for (const word of words) {
      const hit = hitOf(phrase, word, readings);
      if (hit === undefined) break;
      hits.push(hit);
    }
    if (hits.length === words.length) found.push({ phrase, hits, score: hits.reduce((sum, { score }) => sum + score, 0) });
  }
  found.sort(
    (one, other) =>
      other.score - one.score ||
      Number(other.phrase.agent !== undefined) - Number(one.phrase.agent !== undefined) ||
      other.phrase.uses - one.phrase.uses ||
      one.phrase.position - other.phrase.position ||
      (one.phrase.id < other.phrase.id ? -1 : 1),
  );
  return found.slice(0, limit).map(({ phrase, hits }) => ({
    phrase,
    matches: hits.flatMap(({ field, start, end }, at) => [
      { field, start, end },
      // Who types a code sees in the title what it stands for.
      ...(field === 'code' ? titlePlace(phrase, words[at]!, readings) : []),
    ]),
  }));
}

function titlePlace({ title }: Phrase, word: string, readings: Readings): readonly PhraseMatch[] {
  const place =
    placeIn(folded(title), word, title) ?? (word.length <= longestSpoken ? spokenPlace(title, word, readings) : undefined);
  return place === undefined ? [] : [{ field: 'title', ...place }];
}

/** What a hit counts, by where it is: an agent types first what the phrase is called by. */
const scores = {
  code: { whole: 100, begins: 90, within: 50 },
  title: { whole: 85, begins: 80, within: 70 },
  /** fh for 发货 as the whole title, as the beginning of 发货时间, and in 催发货. */
  spokenTitle: { whole: 82, begins: 65, within: 60 },
  group: { whole: 45, begins: 40, within: 40 },
  text: 30,
  spokenText: 20,
} as const;

function scoreAt(
  { start, end }: { readonly start: number; readonly end: number },
  written: string,
  { whole, begins, within }: { readonly whole: number; readonly begins: number; readonly within: number },
): number {
  return start > 0 ? within : end === written.length ? whole : begins;
}

/** The best place of one word. */
function hitOf(phrase: Phrase, word: string, readings: Readings): Hit | undefined {
  const { code, title, group } = phrase;
  const inCode = placeIn(folded(code), word, code);
  if (inCode?.start === 0) return { field: 'code', ...inCode, score: scoreAt(inCode, code, scores.code) };
  const inTitle = placeIn(folded(title), word, title);
  if (inTitle !== undefined) return { field: 'title', ...inTitle, score: scoreAt(inTitle, title, scores.title) };
  const isLetters = word.length <= longestSpoken && /^[a-z0-9]*[a-z][a-z0-9]*$/.test(word);
  const spoken = isLetters ? spokenPlace(title, word, readings) : undefined;
  if (spoken !== undefined) return { field: 'title', ...spoken, score: scoreAt(spoken, title, scores.spokenTitle) };
  if (inCode !== undefined) return { field: 'code', ...inCode, score: scores.code.within };
  const inGroup = placeIn(folded(group), word, group) ?? (isLetters ? spokenPlace(group, word, readings) : undefined);
  if (inGroup !== undefined) return { field: 'group', ...inGroup, score: scoreAt(inGroup, group, scores.group) };
  const inText = placeIn(folded(phrase.text), word, phrase.text);
  if (inText !== undefined) return { field: 'text', ...inText, score: scores.text };
  if (!isLetters || word.length < fewestLettersInText) return undefined;
  const spokenInText = spokenPlace(phrase.text, word, readings);
  return spokenInText && { field: 'text', ...spokenInText, score: scores.spokenText };
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Where the text as it is written has the word; where folding moves characters, the whole of it. */
function placeIn(
  foldedText: string,
  word: string,
  written: string,
): { readonly start: number; readonly end: number } | undefined {
  const start = foldedText.indexOf(word);
  if (start < 0) return undefined;
  if (foldedText.length !== written.length) return { start: 0, end: written.length };
  return { start, end: start + word.length };
}

/** The first place whose characters can be read as these letters. */
function spokenPlace(
  text: string,
  letters: string,
  readings: Readings,
): { readonly start: number; readonly end: number } | undefined {
  const characters = [...text];
  let start = 0;
  for (const [at, character] of characters.entries()) {
    const end = spokenEnd(characters, at, letters, 0, readings);
    if (end !== undefined) return { start, end: start + characters.slice(at, end).join('').length };
    start += character.length;
  }
  return undefined;
}

/**
 * Behind which character the letters end, each character read by its initial, its syllable, or (the last) a part of it.
 * @param failed places from which no way leads on: each is tried once, however many ways lead there
 */
function spokenEnd(
  characters: readonly string[],
  at: number,
  letters: string,
  from: number,
  readings: Readings,
  failed: Set<number> = new Set(),
): number | undefined {
  if (from === letters.length) return at;
  const character = characters[at];
  const state = at * (longestSpoken + 1) + from;
  if (character === undefined || failed.has(state)) return undefined;
  const all = readings(character);
  let isTaken = false;
  const goOn = (length: number) => spokenEnd(characters, at + 1, letters, from + length, readings, failed);
  for (const reading of all) {
    if (reading[0] !== letters[from]) continue;
    isTaken = true;
    if (reading.startsWith(letters.slice(from))) return at + 1;
    const end = reading.length > 1 && letters.startsWith(reading, from) ? goOn(reading.length) : undefined;
    if (end !== undefined) return end;
  }
  // Letters and digits in the text stand for themselves: 7天无理由 by 7twly.
  if (all.length === 0 && folded(character) === letters[from]) isTaken = true;
  const end = isTaken ? goOn(1) : undefined;
  if (end !== undefined) return end;
  failed.add(state);
  return undefined;
}
