import { describe, expect, it } from 'vitest';
import { filledPieces, replacementFor } from '../../../src/console/phrases/phrase-text.js';

it('underlines the gravest of what lies over each other, and shows what is open', () => {
  const finding = { rule: 'r', points: 4, because: '', wording: '', words: '' };
  const text = '全国包邮，{买家昵称}';
  expect(
    filledPieces(
      text,
      [
        { ...finding, severity: 'hint', start: 0, end: 4 },
        { ...finding, severity: 'points', start: 2, end: 4 },
      ],
      ['买家昵称'],
    ),
  ).toEqual([
    { text: '全国', severity: 'hint' },
    { text: '包邮', severity: 'points' },
    { text: '，' },
    { text: '{买家昵称}', isOpen: true },
  ]);
});

describe('a wording taken over', () => {
  const replaced = (source: string, words: string, wording: string) => {
    const place = replacementFor(source, { words, wording });
    return place && source.slice(0, place.start) + place.text + source.slice(place.end);
  };
  it('takes the place of the words, or of the clause where it says the thing whole', () => {
    expect(replaced('您好，最好的棉～', '最好', '很好')).toBe('您好，很好的棉～');
    expect(replaced('您好，这款全国包邮，{{ cut_off }}前发', '包邮', '亲，包邮以商品页为准哦')).toBe(
      '您好，包邮以商品页为准哦，{{ cut_off }}前发',
    );
    expect(replaced('全国包邮！', '包邮', '亲，包邮以商品页为准哦')).toBe('亲，包邮以商品页为准哦！');
  });

  it('has nowhere to go where a variable said it', () => {
    expect(replacementFor('亲，{{ perks }}～', { words: '全国包邮', wording: '包邮以商品页为准' })).toBeUndefined();
  });
});
