/** Heights and weights as buyers type them; a number with two readings is nobody's body. */
import { describe, expect, it } from 'vitest';
import { bodyMeasuresOf } from '../../src/understanding/body-measures.js';

describe('height and weight', () => {
  it.each<[string, number | undefined, number | undefined]>([
    ['身高165体重110斤', 165, 55],
    ['身高:165,体重:110', 165, 55],
    ['165cm,55kg穿什么码', 165, 55],
    ['165 110', 165, 55],
    ['165/110', 165, 55],
    ['180 90', 180, 90],
    ['一米六五一百一', 165, 55],
    ['我一米七一百三穿多大', 170, 65],
    ['1米65 110斤', 165, 55],
    ['1.65米55公斤', 165, 55],
    ['1m68 120', 168, 60],
    ['身高一米七 体重一百三十斤', 170, 65],
    ['一米六五的个子 九十八斤 穿什么码', 165, 49],
    ['小孩身高110体重38斤', 110, 19],
    ['159身高体重98斤', 159, 49],
    ['身高体重98斤', undefined, 49],
    ['身高165', 165, undefined],
    ['体重55公斤', undefined, 55],
    ['我150斤175选什么码', 175, 75],
    ['110斤 162穿多大', 162, 55],
    ['55公斤，身高162穿什么码', 162, 55],
    ['体重120 175穿什么码', 175, 60],
    ['我120斤选什么码', undefined, undefined],
  ])('%s', (text, heightCm, weightKg) => {
    expect(bodyMeasuresOf(text)).toEqual({
      ...(heightCm === undefined ? {} : { heightCm }),
      ...(weightKg === undefined ? {} : { weightKg }),
    });
  });

  it('keeps still where 斤 and 公斤 would both make a body', () => {
    expect(bodyMeasuresOf('165 80')).toEqual({ heightCm: 165 });
    expect(bodyMeasuresOf('体重110')).toEqual({});
  });

  it.each([
    '买165件',
    '到165号楼',
    '满199减20',
    '110斤苹果多少钱',
    '2米的床单',
    '订单13800001111',
    '155块行不行',
    '120斤，150行吗',
    '50斤170元的码头自提',
    '20斤 150码',
    '包邮吗',
  ])('finds no body in %s', (text) => {
    expect(bodyMeasuresOf(text)).toEqual({});
  });
});
