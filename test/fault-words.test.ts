/** Faults by code: each has its sentences in both languages, with the same values, and none that a shop can have lacks a code. */
import { describe, expect, it } from 'vitest';
import { mends, problems } from '../src/fault-sentences.js';
import { codedFault, faultWords } from '../src/fault-words.js';
import { shopSchema } from '../src/shop/parameters.js';
import { checkValue, pathWords } from '../src/zod-faults.js';

const named = (sentence: string) => new Set([...sentence.matchAll(/\{(\w+)(?::word)?\}/g)].map((match) => match[1]!));

describe('every code', () => {
  it('has a sentence in both languages', () => {
    for (const [code, { zh, en }] of [...Object.entries(problems), ...Object.entries(mends)]) {
      expect(en.trim(), code).not.toBe('');
      // A sentence that is all value says what another program said.
      if (en !== '{why}') expect(en, code).toMatch(/[a-z]{2}/);
      expect(zh, code).toMatch(/\p{Script=Han}/u);
      expect(
        // A rule says why in each language.
        [...named(zh)].filter((name) => !named(en).has(name === 'because' && code === 'rule_broken' ? 'english' : name)),
        code,
      ).toEqual([]);
    }
  });

  it('is said by its values, in the language of the reader', () => {
    const fault = codedFault('coupon_turned', { off: 9, from: 5 });
    expect(fault.problem).toBe('a coupon takes 9 yuan off 5');
    expect(faultWords(fault, 'zh').problem).toBe('满 5 减 9，减得比满还多');
    const kind = codedFault('wrong_kind', { is: 'text', expected: ['number', 'list'] });
    expect(kind).toMatchObject({ problem: 'is text, not a number or a list', mend: 'write a number or a list' });
    expect(faultWords(kind, 'zh')).toEqual({ problem: '不是数字或一列', mend: '写数字或一列' });
    const other = codedFault('no_product', { id: 'x', known: ['a', 'b'] }, 'name_one');
    expect(faultWords(other, 'zh')).toEqual({ problem: '没有商品 x', mend: '可选：a、b' });
  });

  it('that is not known here leaves the words as they came', () => {
    const told = { problem: 'is new', mend: 'wait', code: 'constructor', values: {} };
    expect(faultWords(told, 'zh')).toEqual({ problem: 'is new', mend: 'wait' });
    expect(faultWords({ problem: 'is odd', mend: 'mend it', code: 'form', mendCode: '' }, 'zh')).toEqual({
      problem: '格式不对',
      mend: 'mend it',
    });
  });
});

it('says all that a schema finds wrong with a shop by code', () => {
  const day = ['09:00-12:00', '11:00-13:00', '9-23'];
  const weekly = { mon: day, tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const wrong = {
    id: 'A',
    name: 5,
    timeZone: 'Mars',
    address: '你',
    speed: 1,
    hours: {
      weekly,
      exceptions: [
        { from: '2026-10-02', to: '2026-10-01', ranges: [] },
        { from: 'soon', ranges: [] },
      ],
    },
    shipping: { freeFromYuan: '九十五', freeFromItems: 0, table: [{ regions: [] }], notServed: 'x' },
    dispatch: {
      cutOff: '4pm',
      exceptions: [{ from: '2026-11-10', to: '2026-11-11' }],
      daysByRegion: [{ regions: ['江苏'], from: 3, to: 1 }],
    },
    products: [
      {
        id: 'p',
        title: '',
        priceYuan: 1,
        asOf: 'now',
        variants: [{ stock: 'many' }, {}],
        details: { ' 材质': '棉' },
        sizeChart: [{ size: 'M', heightCm: { from: 170, to: 150 }, weightKg: { from: 40, to: 50 } }],
      },
      { id: 'q', title: 'q', priceYuan: 1, variants: [] },
    ],
    pricing: { policy: 'cheap', coupons: [{ fromYuan: 100 }], gift: '很'.repeat(50), agentShare: 0 },
    callbackUrl: 'nowhere',
    webChat: { origins: ['shop.example/path'] },
  };
  const checked = checkValue(shopSchema, wrong);
  if (checked.ok) throw new Error('it was taken');
  expect(checked.faults.length).toBeGreaterThan(25);
  for (const fault of checked.faults) {
    const said = faultWords(fault, 'zh');
    const where = `${pathWords(fault.path)}: ${JSON.stringify(said)}`;
    expect(fault.code, where).toBeTypeOf('string');
    expect(said.problem, where).toMatch(/\p{Script=Han}/u);
    expect(said.mend, where).toMatch(/\p{Script=Han}/u);
    expect(faultWords(fault, 'en'), where).toEqual({ problem: fault.problem, mend: fault.mend });
  }
});
