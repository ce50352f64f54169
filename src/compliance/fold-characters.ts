/**
 * What one character of a text becomes before rules look at it: full-width and styled forms, capitals and traditional
 * characters become plain ones; decoration vanishes; punctuation becomes a mark. Each character is worked out when it is
 * first seen and kept in a table.
 */
import { traditional } from '../traditional.js';

/** What becomes of a character, where it is not simply another character. */
export const fate = {
  unknown: 0,
  /** Decoration: spaces, symbols, emoji, combining strokes. */
  gone: 1,
  /** Ends a clause: becomes `,`. */
  comma: 2,
  /** Ends a sentence: becomes `.`. */
  stop: 3,
  /** What it means depends on its neighbours: `.` `-` `:` `/` `~` `+` `@` and hearts. */
  byNeighbours: 4,
  /** Becomes several characters: ⑩, ㎏. */
  several: 5,
  /** Half of a pair. */
  surrogate: 6,
} as const;

/** Fates are below this; anything else is the character that it becomes. */
export const firstCharacter = 32;

const table = new Uint16Array(65536);
const simplified = new Map<string, string>();
for (let at = 0; at < traditional.length; at += 2) simplified.set(traditional[at]!, traditional[at + 1]!);
/** Not in the dictionary: forms of 你, and look-alikes that hide 卡 and 微. */
const further: Readonly<Record<string, string>> = {
  妳: '你',
  祢: '你',
  咔: '卡',
  溦: '微',
  囯: '国',
  満: '满',
  発: '发',
  対: '对',
};

/** The fate or the new character of a UTF-16 unit. */
export function fateOf(unit: number): number {
  const known = table[unit] as number;
  if (known !== fate.unknown) return known;
  const found = workOut(unit);
  table[unit] = found;
  return found;
}

/** The characters that one character (given by its code point) becomes; empty: none. */
export function plainForm(codePoint: number): string {
  // 🄰 to 🆉 and the flag letters 🇦 to 🇿 are used to draw QQ and V.
  if (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) return String.fromCharCode(97 + codePoint - 0x1f1e6);
  for (const first of [0x1f130, 0x1f150, 0x1f170]) {
    if (codePoint >= first && codePoint < first + 26) return String.fromCharCode(97 + codePoint - first);
  }
  if (codePoint === 0x2105) return '%'; // ℅ stands for %.
  const character = String.fromCodePoint(codePoint).normalize('NFKC').toLowerCase();
  const plain = character.replace(/[^\p{L}\p{N}%]/gu, '');
  return further[plain] ?? plain.replace(everyCharacter, (one) => simplified.get(one) ?? one);
}

const everyCharacter = /./gsu;

const hearts = '❤♥♡❥❣';
const stops = '。！？!?；;…⋯\n\r｡';
const commas = '，,、：（）()【】[]「」『』{}｛｝〔〕《》<>﹐﹑﹕､';
const byNeighbours = '.:-/~+@．＋－／＠～﹣﹢—–−〜➕';

function workOut(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return fate.surrogate;
  const character = String.fromCharCode(unit);
  if (stops.includes(character)) return fate.stop;
  if (commas.includes(character)) return fate.comma;
  if (hearts.includes(character)) return fate.byNeighbours;
  if (byNeighbours.includes(character)) return fate.byNeighbours;
  const plain = plainForm(unit);
  if (plain === '') return fate.gone;
  return plain.length === 1 ? plain.charCodeAt(0) : fate.several;
}
