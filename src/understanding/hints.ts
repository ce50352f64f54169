/** What a text may hold, told by one look at each of its units: searches for what cannot be there are spared. */
import type { Folded } from './normalise.js';
import { numeralCharacters } from './numbers.js';

/** Without the hint the words of it cannot be there. */
export const hint = {
  digit: 1,
  numeral: 2,
  size: 4,
  body: 8,
  date: 16,
  weight: 32,
  refusal: 64,
  day: 128,
  telling: 256,
  dozen: 512,
} as const;
const hintUnits = new Uint16Array(65536);
for (const [bit, units] of [
  [hint.digit, '0123456789'],
  [hint.numeral, numeralCharacters],
  [hint.size, 'smlx码号'],
  [hint.body, '身体净米'],
  [hint.date, '日月号周期拜旦庆五诞节双'],
  [hint.day, '后明今当'],
  [hint.weight, '斤'],
  [hint.refusal, '不别算错是改换太没'],
  [hint.telling, '问说谈聊提'],
  [hint.dozen, '打'],
] as const)
  for (const unit of units) hintUnits[unit.charCodeAt(0)]! |= bit;

/** The hints of a text, as bits. */
export function hintsOf({ units, length }: Folded): number {
  let hints = 0;
  for (let i = 0; i < length; i++) hints |= hintUnits[units[i]!]!;
  return hints;
}

/** Whether a 汉字 numeral stands there. */
export function isNumeral(folded: string, at: number): boolean {
  return (hintUnits[folded.charCodeAt(at)]! & hint.numeral) !== 0;
}
