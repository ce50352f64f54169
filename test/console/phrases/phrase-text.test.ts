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
  const replaced = (source: string, filled: string, piece: string, text: string, words = piece) => {
    const start = filled.indexOf(piece);
    const place = replacementFor(source, filled, { words, replacement: { start, end: start + piece.length, text } });
    return place && source.slice(0, place.start) + place.text + source.slice(place.end);
  };
  it('takes the place of the same piece as in the text filled in', () => {
    const source = '您好，你要的这款，{{ cut_off }}前发';
    const filled = '您好，你要的这款，16:00前发';
    expect(replaced(source, filled, '你', '您')).toBe('您好，您要的这款，{{ cut_off }}前发');
    expect(replaced('您好，全国包邮的！', '您好，全国包邮的！', '全国包邮的', '包邮以商品页为准哦', '包邮')).toBe(
      '您好，包邮以商品页为准哦！',
    );
  });

  it('takes the place of the clause in the source where a variable stands in it', () => {
    expect(replaced('亲，{{ cut_off }}前加微信～', '亲，16:00前加微信～', '16:00前加微信', '我们就在这里聊哦', '加微信')).toBe(
      '亲，我们就在这里聊哦～',
    );
  });

  it('has nowhere to go where a variable said it, or where nothing fits', () => {
    const filled = '亲，全国包邮～';
    expect(
      replacementFor('亲，{{ perks }}～', filled, { words: '全国包邮', replacement: { start: 2, end: 6, text: '包邮' } }),
    ).toBeUndefined();
    expect(replacementFor(filled, filled, { words: '全国包邮' })).toBeUndefined();
  });
});
