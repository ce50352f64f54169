import { describe, expect, it } from 'vitest';
import type { FoundIntent, Understanding } from '../../src/conversation.js';
import { apartIntents } from '../../src/policy/apart.js';

function understood(text: string, words: Readonly<Record<string, readonly string[]>>): Understanding {
  const intents = Object.entries(words).map(
    ([id, mine]): FoundIntent => ({
      id,
      confidence: 0.95,
      ask: 'rule',
      by: 'both',
      evidence: mine.map((one) => ({ start: text.indexOf(one), end: text.indexOf(one) + one.length, words: one, rule: '' })),
    }),
  );
  return { text, intents, slots: {}, margin: 0, because: [] };
}

describe('matters apart from each other', () => {
  it.each([
    ['包邮吗，我的货到哪了', { shipping_fee: ['包邮吗'], order_status: ['我的货到哪了'] }],
    ['包邮吗\n会起球吗', { shipping_fee: ['包邮吗'], quality: ['起球'] }],
    ['有货吗？能开发票吗', { stock: ['有货吗？'], invoice: ['能开发票'] }],
  ])('%s', (text, words) => expect(apartIntents(understood(text, words))).toEqual(Object.keys(words)));

  it.each([
    ['白条退款退到哪', { credit_card: ['白条'], returns: ['退款退到哪'] }],
    ['不包邮我就不买了，包邮吧', { shipping_fee: ['不包邮', '包邮吧'], haggling: ['包邮吧'] }],
    ['包邮吗，有货吗', { shipping_fee: ['包邮吗'], stock: [] }],
  ])('not in %s', (text, words) => expect(apartIntents(understood(text, words))).toEqual([]));

  it('leaves one that stands apart from two that do not', () => {
    const words = { credit_card: ['白条'], returns: ['退款'], stock: ['有货吗'] };
    expect(apartIntents(understood('白条退款，有货吗', words))).toEqual(['stock']);
  });

  it('is nothing for one matter alone', () => {
    expect(apartIntents(understood('包邮吗', { shipping_fee: ['包邮吗'] }))).toEqual([]);
  });
});
