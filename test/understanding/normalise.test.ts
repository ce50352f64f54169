import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldedText } from '../../src/understanding/normalise.js';
import { tinyModel } from './tiny-model.js';

const { folding } = tinyModel;

describe('folding', () => {
  it.each([
    ['full-width and case', 'ＥＭＳ包邮', 'ems包邮'],
    ['traditional', '請問發貨', '请问发货'],
    ['homophones', '包油吗', '包邮吗'],
    ['pinyin as whole words', 'baoyou吗', '包邮吗'],
    ['pinyin inside a word stays', 'xbaoyou', 'xbaoyou'],
    ['a run of the same character', '好好好好的', '好的'],
    ['a doubled character stays', '谢谢', '谢谢'],
    ['stickers', '在吗/:^_^', '在吗 '],
    ['bracket stickers', '好的[微笑]', '好的 '],
    ['emoji', '包邮吗😊', '包邮吗 '],
    ['zero width', '包\u200b邮', '包邮'],
    ['units of several letters', '5㎏', '5kg'],
    ['decimal points', '9.9包邮', '9.9包邮'],
    ['masked numbers read as numbers', '[数字x]号到', '8号到'],
  ])('%s', (_, text, folded) => {
    expect(foldedText(text, folding)).toBe(folded);
  });

  it('keeps where each unit stood, through rewriting too', () => {
    const folded = fold('亲，baoyou嗎', folding);
    const at = [...String.fromCharCode(...folded.units.subarray(0, folded.length))].indexOf('包');
    expect('亲，baoyou嗎'.slice(folded.start[at], folded.end[at + 1])).toBe('baoyou');
  });

  it.each(['\ufffe', '\uffff', '\ud800', '\udc00'])('drops %j, which is no character', (unit) => {
    expect(foldedText(`包${unit}邮`, folding).replace(' ', '')).toBe('包邮');
  });

  it('takes any Unicode, with offsets that lie in order inside the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 })),
        (text) => {
          const folded = fold(text, folding);
          for (let i = 0; i < folded.length; i++) {
            expect(folded.start[i]).toBeGreaterThanOrEqual(i === 0 ? 0 : folded.start[i - 1]!);
            expect(folded.end[i]).toBeGreaterThan(folded.start[i]!);
            expect(folded.end[i]).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
