/** Sizes said in words, placed among a product's own: sure or nothing. */
import { describe, expect, it } from 'vitest';
import { asksOfAll, asksRelativeSize, placedSize } from '../../src/shop/size-names.js';

describe('a size said in words', () => {
  it.each<[string, string[], string | undefined]>([
    ['大码', ['S', 'M', 'L'], 'L'],
    ['中号', ['S', 'M', 'L'], 'M'],
    ['小码', ['s', 'm', 'l'], 'S'],
    ['加大号', ['M', 'L', 'XL', 'XXL'], 'XL'],
    // No such size: it is named, so that it can be told as not made.
    ['加大码', ['S', 'M', 'L'], 'XL'],
    ['大码', ['大码', '小码'], '大码'],
    ['大号', ['大码', '小码'], '大号'],
    ['大码', ['38', '39'], undefined],
    ['大码', ['均码'], undefined],
    ['大码', ['M'], undefined],
    ['大号', ['S', '均码'], undefined],
    ['特大号', ['S', 'M', 'L', 'XL'], undefined],
    ['最大码', ['S', 'M', 'L'], undefined],
    ['XL', ['S', 'M'], 'XL'],
    ['38', ['S', 'M'], '38'],
  ])('%s of %j is %s', (said, made, expected) => expect(placedSize(said, made)).toBe(expected));
});

it.each(['雾蓝有大一点的吗', '雾蓝大一码有吗', '雾蓝大的有吗', '有小点的吗', '小一号的'])(
  '%s asks for a bigger or smaller one',
  (text) => expect(asksRelativeSize(text)).toBe(true),
);
it.each(['雾蓝有货吗', '雾蓝大码有吗', '偏大的吗', '大家都说好'])('%s does not', (text) =>
  expect(asksRelativeSize(text)).toBe(false),
);

it.each(['雾蓝都有货吗', '都还有吗', '所有尺码有货吗', '码数齐吗', '尺码都全吗', '每个颜色都有吗'])('%s asks of all', (text) =>
  expect(asksOfAll(text)).toBe(true),
);
it.each(['雾蓝有货吗', '有全新的吗', '都有哪些尺码', '都有什么颜色', '我都等了一周了，雾蓝有货吗'])('%s does not', (text) =>
  expect(asksOfAll(text)).toBe(false),
);
