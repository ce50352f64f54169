import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, fold } from '../../src/compliance/fold.js';

describe('folding', () => {
  it.each([
    ['full width and capitals', 'ＱＱ：１２３', 'qq,123'],
    ['styled letters and digits', '𝐐𝐐①②③', 'qq123'],
    ['boxed and flag letters', '🅥🅧 🇶🇶', 'vxqq'],
    ['traditional characters', '發票絕對開給妳', '发票绝对开给你'],
    ['decoration', '保 证*正～品【真的】', '保证正品,真的,'],
    ['hearts after V and 微 only', '加V❤，谢谢亲❤', '加v心,谢谢亲'],
    ['a plus sign', '+V细聊，＋15元', '加v细聊,15元'],
    ['decimals', '加收1.5%', '加收1·5%'],
    ['links', 'https://a.b.com/x?y=1', 'https,a·b·com/x.y1'],
    ['mail', 'a@b.com', 'a@b·com'],
    ['clocks and ranges', '09:00-18:00，2~3天', '09:00-18:00,2-3天'],
    ['marks in a row', '在吗？！，。好', '在吗.好'],
    ['an ellipsis', '嗯…好...的', '嗯.好,的'],
    ['Wangwang stickers', '好的/:087谢谢/:^_^哦/:girl', '好的谢谢哦'],
    ['ligatures of several characters', '㎏⑩', 'kg10'],
    ['lone halves of a pair', 'a\ud83db', 'ab'],
  ])('%s', (_, original, folded) => {
    expect(fold(original).text).toBe(folded);
  });

  it('leads every unit back to the character it came from', () => {
    const original = '加 𝐕❤！⑩';
    const folded = fold(original);
    const places = [...folded.text].map((_, at) => original.slice(folded.starts[at], endOf(folded, at)));
    expect(places).toEqual(['加', '𝐕', '❤', '！', '⑩', '⑩']);
  });

  it('holds for any text: in order, inside, and the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (original) => {
        const folded = fold(original);
        expect(folded.starts).toHaveLength(folded.text.length);
        for (let at = 0; at < folded.text.length; at += 1) {
          const start = folded.starts[at] as number;
          expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : (folded.starts[at - 1] as number));
          expect(endOf(folded, at)).toBeLessThanOrEqual(original.length);
        }
        expect(fold(`${original}.`)).not.toBe(folded);
        expect(fold(original).text).toBe(folded.text);
      }),
    );
  });

  it('takes a text of any length', () => {
    const original = '保证⑩'.repeat(5000);
    expect(fold(original).text).toBe('保证10'.repeat(5000));
  });
});
