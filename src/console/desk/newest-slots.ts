/** What the open messages told beside the intents: of each the newest word. A measure that was taken back holds no more. Pure. */
import type { Answer } from '../shared/wire.js';

type Slots = Answer['understanding']['slots'];
type Measure = 'heightCm' | 'weightKg' | 'quantity';

/** 打错了是175, 不是165是175, 应该是3件, 改3件: 是不是 asks, and 改地址 is of no measure. */
const mends =
  /[打写说输弄搞]错|错了|^不[是对]|[^是]不是|不对[，, ]|应该是|改[成为到要拍买]?\s*[\d一二两三四五六七八九十]+\s*[件条个双套]/;
const units: readonly (readonly [RegExp, Measure])[] = [
  [/身高|cm|厘米|公分/i, 'heightCm'],
  [/斤|kg|体重/i, 'weightKg'],
  [/[\d一二两三四五六七八九十]\s*[件条个双套]/, 'quantity'],
];
const spoken = '零一二三四五六七八九十';
/** Nobody mends his height by more than this share. */
const nearShare = 0.25;
/** Bare numbers up to here may be a number of pieces. */
const mostPieces = 20;

/** @param answers to the open messages, oldest first */
export function newestSlots(answers: readonly Pick<Answer, 'understanding'>[]): Slots {
  let slots: Slots = {};
  for (const { understanding } of answers) {
    const [first = '', ...later] = understanding.text.split('\n');
    slots = { ...mended(slots, first), ...understanding.slots };
    for (const line of later) slots = mended(slots, line);
  }
  return slots;
}

/** A number that cannot be told to be one measure's takes from all that it may be: none is better than a wrong one. */
function mended(slots: Slots, line: string): Slots {
  if (!mends.test(line)) return slots;
  const numbers = line.match(/\d+(?:\.\d+)?|[一二两三四五六七八九十](?=\s*[件条个双套])/g)?.map(numberOf) ?? [];
  const said = numbers.at(-1);
  if (said === undefined) return slots;
  const known = (['heightCm', 'weightKg', 'quantity'] as const).filter((name) => slots[name] !== undefined);
  const former = numbers.length > 1 ? known.filter((name) => readings(name, numbers[0]!).includes(slots[name]!)) : [];
  const named = known.filter((name) => units.some(([unit, its]) => its === name && unit.test(line)));
  const meant = [former, named, known.filter((name) => near(slots, name, said).length > 0)].find((some) => some.length > 0) ?? [];
  const next = { ...slots };
  for (const name of meant) delete next[name];
  const only = meant.length === 1 ? meant[0]! : undefined;
  if (only !== undefined) {
    const isPounds = /斤/.test(line) && !/公斤|千克/.test(line);
    const value = only === 'weightKg' && isPounds ? said / 2 : (near(slots, only, said)[0] ?? said);
    return { ...next, [only]: value };
  }
  return next;
}

function numberOf(word: string): number {
  return word === '两' ? 2 : spoken.includes(word) ? spoken.indexOf(word) : Number(word);
}

/** 110 may be pounds of 55 kg. */
function readings(name: Measure, value: number): readonly number[] {
  return name === 'weightKg' ? [value, value / 2] : [value];
}

function near(slots: Slots, name: Measure, said: number): readonly number[] {
  if (name === 'quantity') return Number.isInteger(said) && said <= mostPieces ? [said] : [];
  const before = slots[name]!;
  return readings(name, said).filter((value) => Math.abs(value - before) <= before * nearShare);
}
