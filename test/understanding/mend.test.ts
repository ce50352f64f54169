/** Mistyped words read as what was meant; words that mean something as they stand are left alone. */
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { mended } from '../../src/understanding/mend.js';
import { fold } from '../../src/understanding/normalise.js';
import { understand } from '../../src/understanding/understand.js';
import { root } from '../cli/home.js';
import { tinyModel } from './tiny-model.js';

const { model } = loadKnowledge(root, await loadRules()).shops.get('demo')!;
const ids = (text: string) => understand(text, model).intents.map(({ id }) => id);
const read = (text: string) => {
  const found = mended(fold(text, model.folding), model.wordings!, false);
  return found === undefined ? undefined : String.fromCharCode(...found.folded.units.subarray(0, found.folded.length));
};

describe('mending', () => {
  it.each([
    ['a homophone', '这款有获吗', '这款有货吗'],
    ['a homophone', '可以开发瓢吗', '可以开发票吗'],
    ['a homophone', '能不能便仪点', '能不能便宜点'],
    ['two swapped', '什么候时发货', '什么时候发货'],
    ['two swapped', '便点宜行吗', '便宜点行吗'],
    ['pinyin', '什么shihou发货', '什么时候发货'],
    ['pinyin beside its characters', '可以tui货吗', '可以退货吗'],
    ['first letters', '怎么th', '怎么退货'],
    ['a known abbreviation', '我这里yf多少', '我这里运费多少'],
    ['a known abbreviation', 'yhq怎么用', '优惠券怎么用'],
    ['a known abbreviation', '可以发yd吗', '可以发韵达吗'],
    ['one of two words by the same letters', '可以yh点吗', '可以优惠点吗'],
    ['one of two words by the same letters', '你们有yh吗', '你们有优惠吗'],
    ['a blank inside a word', '能不能便 宜点', '能不能便宜点'],
    ['letters that cannot be read beside pinyin', '什么shihou发货qwkj', '什么时候发货qwkj'],
    ['a homophone far behind another', '这款有获吗 什么时候发获', '这款有货吗 什么时候发货'],
    ['whole sentences of pinyin', 'zhekuanyouhuoma', '这款有货吗'],
  ])('%s: %s', (_, text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it.each(['可以开发票吗', '包邮吗', '有xl码吗', '发ems可以吗', '什么时候发货，可以退货吗', '', '?', '😊'])(
    'leaves %s',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it.each(['shipped by sea', 'is it ok by friday', '型号hd2', '换5yd的'])('reads no abbreviation into %s', (text) => {
    expect(read(text)?.replace(/[a-z0-9 ]/g, '') ?? '').not.toMatch(/包邮|韵达|活动/);
  });

  it('tells what whole words mean, and nothing that their pieces alone did', () => {
    expect(ids('怎么用')).toEqual(['product_info']);
    expect(ids('yhq怎么用')).toEqual(['promotion']);
  });

  it('is a guess: never sure enough for an answer by itself, and told', () => {
    const { intents, because } = understand('这款有获吗', model);
    expect(intents.map(({ id }) => id)).toEqual(['stock']);
    expect(intents[0]!.confidence).toBeLessThanOrEqual(0.7);
    expect(because).toContainEqual({ code: 'understood_mended', values: { words: '这款有货吗' } });
  });

  it('rests on words as the buyer wrote them', () => {
    const text = '您好，能开发瓢吗';
    const [{ evidence } = { evidence: [] }] = understand(text, model).intents;
    expect(evidence.length).toBeGreaterThan(0);
    for (const { start, end, words } of evidence) expect(text.slice(start, end)).toBe(words);
  });

  it('adds to what is understood and takes nothing of it away', () => {
    expect(ids('包邮吗，什么shihou发货').sort()).toEqual(['delivery_time', 'shipping_fee']);
    const [first] = understand('包邮吗，什么shihou发货', model).intents;
    expect([first!.id, first!.confidence > 0.9]).toEqual(['shipping_fee', true]);
  });

  it('closes up blanks between all characters as if there were none', () => {
    expect(understand('包 邮 吗', model).intents).toMatchObject([{ id: 'shipping_fee', by: 'both' }]);
    expect(ids('在 吗')).toEqual(['greeting']);
    expect(understand('可 以 开 发 票 吗', tinyModel).because).not.toContainEqual({ code: 'no_words' });
    expect(fold('好 包邮吗', model.folding).length).toBe(5);
  });
});
