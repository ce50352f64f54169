import { Converter } from 'opencc-js/cn2t';
import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { firstOrdinaryLines as ordinaryLines, firstViolatingLines as violatingLines } from './own-lines.js';

const rules = await loadRules();
const compiled = compileRules(rules);
const between = (sign: string) => (line: string) => [...line].join(sign);
const toTraditional = Converter({ from: 'cn', to: 't' });
const wide = (line: string) => line.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

const disguises: readonly (readonly [string, (line: string) => string])[] = [
  ['spaces between the characters', between(' ')],
  ['wide spaces', between('　')],
  ['zero-width characters', between('\u200b')],
  ['strokes that combine', between('\u0336')],
  ['middle dots', between('·')],
  ['asterisks', between('*')],
  // Between digits a tilde means a range.
  ['tildes', (line) => line.replace(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, '～')],
  ['emoji', between('😀')],
  ['traditional characters', toTraditional],
  ['full width', wide],
  ['capitals', (line) => line.toUpperCase()],
];

describe.each(disguises)('behind %s', (_, disguise) => {
  it('breaches are still caught, 97 of 100', () => {
    const context = { codEnabled: true, cardAccepted: true };
    const missed = violatingLines.filter(
      ([rule, line]) => !check(disguise(line), context, compiled).some((one) => one.rule === rule),
    );
    expect(missed.length, missed.map((line) => line.join(': ')).join('\n')).toBeLessThanOrEqual(violatingLines.length * 0.03);
  });

  it('ordinary lines stay ordinary', () => {
    const grave = ordinaryLines.flatMap((line) =>
      check(disguise(line), {}, compiled)
        .filter(({ severity }) => severity !== 'hint')
        .map(({ rule, words }) => `${line} ← ${rule}: ${words}`),
    );
    expect(grave).toEqual([]);
  });
});

it('commas inside a word do not hide it', () => {
  for (const line of ['加我微，信聊', '肯，定没问题', '保、证是正品', '货到付，款我们不做的', '发。票不开的'])
    expect(check(line, { codEnabled: true }, compiled), line).not.toEqual([]);
});

it('punctuation between sentences keeps them apart', () => {
  for (const line of ['色差一点没有。发票已经寄出了', '要的话不，发票我们都开', '没有，货到付款可以的'])
    expect(
      check(line, { codEnabled: true }, compiled).filter(({ severity }) => severity !== 'hint'),
      line,
    ).toEqual([]);
});
