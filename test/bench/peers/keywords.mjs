/**
 * A keyword list as a shop writes it into its chat client: words, each for one intent; a message has every intent of which it
 * has a word. Made from the intent files' patterns: alternatives and optional parts are written out, patterns with gaps,
 * slots, word lists or clause edges are left out, and so is all that a list of words does not know (unless, weights, yields).
 */
import { intentFiles, plain } from './examples.mjs';

const mostWordsAPattern = 200;
const shortestWord = 2;

export const several = true;

export function train() {
  const words = [];
  for (const { id, patterns } of intentFiles()) {
    const mine = new Set(patterns.flatMap((one) => wordsOf(typeof one === 'string' ? one : one.match)));
    for (const word of mine) if ([...word].length >= shortestWord) words.push({ word: plain(word), id });
  }
  return (text) => {
    const folded = plain(text).replace(/\s+/g, '');
    const longest = new Map();
    for (const { word, id } of words)
      if (word.length > (longest.get(id) ?? 0) && folded.includes(word)) longest.set(id, word.length);
    // The longer the word, the surer: a shop that is flooded by false finds would ask for longer words.
    return [...longest].map(([id, length]) => ({ id, confidence: length })).sort((a, b) => b.confidence - a.confidence);
  };
}

/** All strings that a plain pattern stands for; none for one with structure. */
export function wordsOf(pattern) {
  if (/[…~{}<>^$]/.test(pattern)) return [];
  let at = 0;
  const words = alternatives();
  return words.length > mostWordsAPattern ? [] : words;

  function alternatives() {
    const all = [...sequence()];
    while (pattern[at] === '|') {
      at++;
      all.push(...sequence());
    }
    return all;
  }

  function sequence() {
    let made = [''];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      let part;
      if (pattern[at] === '(') {
        at++;
        part = alternatives();
        at++;
      } else {
        const character = String.fromCodePoint(pattern.codePointAt(at));
        at += character.length;
        part = [character];
      }
      if (pattern[at] === '?') {
        at++;
        part = [...part, ''];
      }
      made = made.length * part.length > mostWordsAPattern * 4 ? made : made.flatMap((start) => part.map((end) => start + end));
    }
    return made;
  }
}
