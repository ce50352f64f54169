/** What an agent types, held against what the shop's own settings say of its goods and their stock. */
import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { ordinaryLines } from '../../src/compliance/lines/ordinary.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { replaced } from '../../src/compliance/replacement.js';
import type { Item } from '../../src/conversation.js';
import { goodsKnown } from '../../src/shop/goods-known.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import { checkContextOf } from '../../src/shop/shop.js';
import { at, demo, demoWith, page } from '../composing/demo.js';

const rules = compileRules(await loadRules());

function found(text: string, item?: Item, shop: ShopParameters = demo, now = at()) {
  const goods = goodsKnown(shop, text, item, now);
  return check(text, { ...checkContextOf(shop), ...(goods && { goods }) }, rules);
}
const ownOf = (...given: Parameters<typeof found>) => found(...given).filter(({ rule }) => rule === 'own-goods');
const cardigan = page('wool-cardigan');
const sweater = page('cable-sweater');

describe('a compensation beyond the shop’s own', () => {
  it.each(['假一赔十，放心拍', '我们这边假1赔10', '假一罰十的', '如果是假货我们赔您十倍'])('%s', (text) => {
    const [finding] = ownOf(text);
    expect(finding?.because).toMatch(/比店里设置的假货赔付多/);
    expect(replaced(text, finding!.replacement!)).toMatch(/假一赔三/);
    expect(replaced(text, finding!.replacement!)).not.toMatch(/十|10/);
  });

  it.each(['支持假一赔三', '不是假一赔十，是假一赔三', '您问的是假一赔十吗'])('is not: %s', (text) => {
    expect(ownOf(text)).toEqual([]);
  });

  it('is to be looked up where the shop has set none, and nobody’s where it says nothing of genuine goods', () => {
    const none = demoWith((shop) => {
      shop.authenticity = { official: true, words: '自家工厂织的' };
    });
    expect(ownOf('假一赔三', undefined, none)[0]?.because).toMatch(/没有设置/);
    const silent = demoWith((shop) => {
      delete shop.authenticity;
    });
    expect(ownOf('假一赔三', undefined, silent)).toEqual([]);
  });
});

describe('a material that is not so pure', () => {
  it.each([
    ['百分百纯羊毛的', cardigan, /70%羊毛/],
    ['这款是100%羊毛哦', cardigan, /70%羊毛/],
    ['開衫是純羊毛的', undefined, /70%羊毛/],
    ['百分之百羊毛', sweater, /50%羊毛/],
    ['百分百纯羊毛', page('wool-scarf'), /吊牌/],
    ['百分百真丝的', undefined, /吊牌/],
    ['100%纯羊毛', { id: 'elsewhere', title: '发带' }, /吊牌/],
  ])('%s', (text, item, wording) => {
    expect(ownOf(text, item)[0]?.wording).toMatch(wording);
  });

  it.each<[string, Item | undefined]>([
    ['70%羊毛和30%锦纶', cardigan],
    ['里料是100%涤纶', cardigan],
    ['不是百分百羊毛哦，含30%锦纶', cardigan],
    ['手感像纯羊毛', cardigan],
    ['纯羊毛的会贵一些', cardigan],
    ['这款是100%棉', page('cotton-top')],
    ['您要找纯棉的话可以看看打底衫', undefined],
    ['是百分百纯棉的', undefined],
    ['是纯羊毛的', page('wool-scarf')],
  ])('is not: %s', (text, item) => {
    expect(ownOf(text, item)).toEqual([]);
  });
});

describe('scarcity', () => {
  it.each<[string, Item | undefined, RegExp]>([
    ['仅剩最后一件了，要的话赶紧', cardigan, /库存不符/],
    ['马上没货了亲', cardigan, /库存不符/],
    ['库存不多啦', cardigan, /库存不符/],
    ['燕麦色M码只剩2件了', cardigan, /库存不符/],
    ['雾蓝L码最后一件', cardigan, /库存不符/],
    ['毛衣最後一件咯', sweater, /库存不符/],
    ['只剩一件啦', undefined, /库存不清楚/],
    ['手慢无哦', { id: 'elsewhere', title: '发带' }, /库存不清楚/],
  ])('is found: %s', (text, item, because) => {
    expect(ownOf(text, item)[0]?.because).toMatch(because);
  });

  it.each<[string, Item | undefined]>([
    ['奶白只剩2件了', sweater],
    ['焦糖色最后一件', sweater],
    ['这个颜色最后一件了', sweater],
    ['库存不多啦', sweater],
    ['一共就剩3件', sweater],
    ['优惠券只剩最后一张了', cardigan],
    ['活动最后一天啦', cardigan],
    ['如果马上没货了我会提醒您', cardigan],
    ['上次很快卖完了', cardigan],
    ['还有最后一个问题想跟您确认', cardigan],
  ])('is not: %s', (text, item) => {
    expect(ownOf(text, item)).toEqual([]);
  });

  it('is to be looked up where the stock is too old to be told', () => {
    const stale = demoWith((shop) => {
      shop.products[0]!.asOf = '2026-01-01T00:00:00+08:00';
    });
    expect(ownOf('马上没货了', cardigan, stale)[0]?.because).toMatch(/库存不清楚/);
  });
});

describe('what the shop itself admits', () => {
  it.each([
    ['这款肯定不起球的', /少量小球/],
    ['绝对不会掉色', /浮色/],
    ['保证不会缩水', /热水和机洗会缩/],
    ['百分百不掉色，放心', /浮色/],
    ['肯定可以机洗', /不建议机洗/],
    ['保证不缩水，机洗也没问题', /热水和机洗会缩/],
  ])('is not proposed the other way round: %s', (text, says) => {
    const all = found(text, cardigan);
    expect(all.length).toBeGreaterThan(0);
    for (const finding of all) {
      if (finding.replacement === undefined) continue;
      const after = replaced(text, finding.replacement);
      expect(after).not.toMatch(/正常情况下/);
      if (finding.rule === 'absolute-words') expect(after).toMatch(says);
    }
  });

  it('nor where it is not known which product is meant', () => {
    const [finding] = found('肯定不起球的');
    expect(finding!.wording).toMatch(/详情页/);
  });

  it('nor where the shop’s terms deny it', () => {
    const shop = demoWith((draft) => {
      draft.cod = { enabled: false, notIn: [] };
      draft.creditCard = { accepted: false, periods: [], services: [] };
    });
    for (const text of ['肯定可以货到付款', '肯定能包邮到新疆', '保证能用信用卡'])
      for (const { wording } of found(text, undefined, shop)) expect(wording, text).not.toBe('正常情况下');
  });

  it('and softens what nobody denies', () => {
    expect(found('肯定合适的', cardigan)[0]?.wording).toBe('正常情况下');
    expect(found('肯定不会变形', cardigan)[0]?.wording).toBe('正常情况下');
  });

  it('is found where it is plainly denied', () => {
    expect(ownOf('这款不起球的', cardigan)[0]?.wording).toMatch(/少量小球/);
    for (const text of ['不会起很多球', '不敢说不起球', '手洗的话就不缩水', '会不会起球看穿着习惯'])
      expect(ownOf(text, cardigan), text).toEqual([]);
  });
});

it('finds little in ordinary lines of other shops', () => {
  const told = ordinaryLines.flatMap((line) => ownOf(line).map(({ words }) => `${line} ← ${words}`));
  expect(told.length, told.join('\n')).toBeLessThanOrEqual(ordinaryLines.length * 0.005);
});
