/**
 * Liquid as a field shows it: conditions in words, `〔如果有“地区”，就说〕`, and back to Liquid, letter for letter. What cannot
 * be brought back for certain is shown as it is written. Pure but for what it remembers.
 */
import { liquidPieces } from './liquid-spans.js';
import { type TagSayings, tagWords, type VariableNames } from './liquid-tags.js';

export interface LiquidWords {
  /** The text with its conditions in words. */
  shown(source: string): string;
  /** What is kept of what a field holds. */
  source(shown: string): string;
  /** Whether a text in 〔〕 stands for a tag. */
  isCondition(text: string): boolean;
}

const begun = /^\{%-?\s*(if|unless)\b/;
const ended = /^\{%-?\s*end(?:if|unless)\b/;
/** As tags are written everywhere, with one blank beside their signs: in words they would lose other blanks and dashes. */
const plain = /^\{% \S(?:.*\S)? %\}$/s;

/** How they are said now: language and titles may change while somebody writes. */
export interface Said {
  readonly say: TagSayings;
  readonly names: VariableNames;
}

/** For one field: it remembers what it showed, so that it knows it again whatever it is called by then. */
export function liquidWords(now: () => Said): LiquidWords {
  /** Tags by their words. Those that end a condition share theirs: which it ends tells them apart. */
  const tags = new Map<string, string>();
  const ends = new Set<string>();
  const isCondition = (text: string) => tags.has(text) || ends.has(text);

  function inWords(tag: string, { say, names }: Said): string {
    if (!plain.test(tag)) return tag;
    const words = tagWords(tag, say, names);
    if (words === undefined || /[〔〕]/.test(words)) return tag;
    const text = `〔${words}〕`;
    if (ended.test(tag)) {
      ends.add(text);
      return text;
    }
    const known = tags.get(text) ?? tag;
    tags.set(text, known);
    return known === tag ? text : tag;
  }

  function source(shown: string): string {
    const open: string[] = [];
    let liquid = '';
    for (const { kind, text } of liquidPieces(shown, isCondition)) {
      const tag = kind !== 'condition' ? text : (tags.get(text) ?? `{% end${open.at(-1) ?? 'if'} %}`);
      liquid += tag;
      if (kind === 'words' || kind === 'variable') continue;
      const opened = begun.exec(tag)?.[1];
      if (opened !== undefined) open.push(opened);
      else if (ended.test(tag)) open.pop();
    }
    return liquid;
  }

  return {
    isCondition,
    source,
    shown(text) {
      const said = now();
      const words = liquidPieces(text)
        .map((piece) => (piece.kind === 'tag' ? inWords(piece.text, said) : piece.text))
        .join('');
      return source(words) === text ? words : text;
    },
  };
}
