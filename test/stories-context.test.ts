/** Two and three turns through the real service: the same few words mean what the talk before makes of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshId, type House, startHouse, type WireAnswer } from './running-house.js';

let house: House;
beforeAll(async () => {
  house = await startHouse({ at: '2026-11-20T23:30:00+08:00' });
});
afterAll(() => house.stop());

const cardigan = { id: 'wool-cardigan', title: '羊毛圆领开衫', price: 168 };
const scarf = { id: 'wool-scarf', title: '羊毛素色围巾', price: 89 };

/** Says the lines one after another; the answers in their order. A line may come from another product's page. */
async function talk(...lines: readonly (string | { text: string; item: typeof cardigan })[]): Promise<WireAnswer[]> {
  const conversation = `c-${freshId()}`;
  const answers: WireAnswer[] = [];
  for (const line of lines) {
    const { text, ...more } = typeof line === 'string' ? { text: line } : line;
    answers.push(await house.ask(text, { conversation, ...more }));
  }
  return answers;
}

const said = (answer: WireAnswer | undefined) => answer?.replies[0]?.text ?? '';

describe('the next few words', () => {
  it('ask the fee to another place, with more pieces', async () => {
    const [, xinjiang, two] = await talk('到广东多少运费', '那新疆呢', '那两件呢');
    expect([xinjiang?.action, said(xinjiang)]).toEqual(['auto', expect.stringContaining('18元')]);
    expect(two).toMatchObject({ action: 'auto', understanding: { slots: { region: { province: '新疆' }, quantity: 2 } } });
  });

  it('answer our own question', async () => {
    const [asked, place] = await talk('包邮吗', '广东');
    expect(said(asked)).toMatch(/哪/);
    expect([place?.action, said(place)]).toEqual(['auto', expect.stringContaining('8元')]);
  });

  it('ask for another colour, then a size, of the product named', async () => {
    const [, blue, size] = await talk('开衫有货吗', '蓝色的呢', 'M码呢');
    expect([blue?.action, said(blue)]).toEqual(['auto', expect.stringContaining('雾蓝')]);
    expect(size).toMatchObject({ action: 'auto', understanding: { slots: { colour: '蓝色', size: 'M' } } });
  });

  it('ask the same of another page', async () => {
    const [, other] = await talk({ text: '这个有货吗', item: cardigan }, { text: '那这款呢', item: scarf });
    expect([other?.action, said(other)]).toEqual(['auto', expect.stringContaining('羊毛素色围巾')]);
  });

  it('ask who pays the fee of instalments', async () => {
    const [, fee] = await talk('可以分期吗', '手续费呢');
    expect(fee).toMatchObject({ action: 'auto', replies: [{ intents: ['credit_card'] }] });
  });

  it('turn to returns, and ask the postage of the way back and not of the way out', async () => {
    const [, returning, postage] = await talk('开衫有货吗', '退的话呢', '运费谁出');
    expect(returning).toMatchObject({ action: 'auto', replies: [{ intents: ['returns'] }] });
    expect([postage?.action, said(postage)]).toEqual(['auto', expect.stringContaining('运费险')]);
  });

  it('keep the place for the days on the way', async () => {
    const [, , days] = await talk('到新疆多少运费', '好的', '几天能到');
    expect([days?.action, said(days)]).toEqual(['auto', expect.stringContaining('4-7天')]);
  });

  it('are not guessed without a talk before', async () => {
    for (const words of ['那新疆呢', '蓝色的呢', '手续费呢', '那两件呢', '那这款呢']) {
      const [alone] = await talk(words);
      expect([words, alone?.action, alone?.replies[0]?.kind]).toEqual([words, 'handoff', 'holding']);
    }
  });
});

describe('two matters in one turn', () => {
  it('answers the one that is sure and says when a person answers the other', async () => {
    const [answer] = await talk('包邮吗，这个会漏风吗');
    expect(answer).toMatchObject({ action: 'auto', open: ['none'] });
    expect(said(answer)).toMatch(/包邮.*客服明早9点/);
    // One that was understood is named.
    const [named] = await talk('包邮吗，这个会扎脖子吗');
    expect(named).toMatchObject({ action: 'auto', open: ['product_info'] });
    expect(said(named)).toMatch(/包邮.*商品信息.*客服明早9点/);
  });
});
