/** Wordings are checked as buyers would read them: in every combination; and so are the shop's own words. */
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { compileTemplate } from '../../src/composing/template.js';
import { intentSchema } from '../../src/shop/intent-file.js';
import { shopSchema } from '../../src/shop/parameters.js';
import { replyWordsSchema } from '../../src/shop/reply-words.js';
import { combinations } from '../../src/shop/sample-facts.js';
import { shopWordFaults } from '../../src/shop/shop-word-faults.js';
import { templateFaults } from '../../src/shop/template-faults.js';

const rules = compileRules(await loadRules());
const file = (text: string, when: Record<string, unknown> = {}) => ({
  path: 'intents/own.yaml',
  intent: intentSchema.parse({
    id: 'own',
    title: { zh: '自己的', en: 'own' },
    replies: [{ id: 'one', asks: ['rule'], when, texts: [text], short: '好的～' }],
  }),
});
const faultsOf = (text: string, when?: Record<string, unknown>) =>
  templateFaults([file(text, when)], rules).map(({ path, severity }) => `${severity} ${path}`);

describe('a wording', () => {
  it('is checked in both branches of a condition', () => {
    expect(faultsOf('{% if insurance %}有运费险{% else %}肯定能退{% endif %}')).toEqual(['warning replies[0].texts[0]']);
    expect(faultsOf('{% if insurance %}加微信{% else %}没有运费险{% endif %}')).toEqual(['error replies[0].texts[0]']);
    expect(faultsOf('{% if insurance %}有运费险{% else %}运费您先付一下{% endif %}')).toEqual([]);
  });

  it('is checked with every value that a fact can have', () => {
    const text = "{% case stock %}{% when 'in' %}有货{% when 'low' %}剩得不多{% when 'out' %}同行的都是假货{% endcase %}的";
    expect(faultsOf(text)).toEqual(['warning replies[0].texts[0]']);
    expect(faultsOf(text, { stock: ['in', 'low'] })).toEqual([]);
  });

  it('is checked on either side of a number', () => {
    expect(faultsOf('{% if quantity > 7 %}绝对划算{% else %}可以的{% endif %}')).toEqual(['warning replies[0].texts[0]']);
  });

  it('may say what its conditions say of the shop', () => {
    expect(faultsOf('这款不支持货到付款，在线付款同样有保障', { cod: 'no' })).toEqual([]);
    expect(faultsOf('这款不支持货到付款，在线付款同样有保障')).toEqual(['error replies[0].texts[0]']);
  });

  it('with more combinations than can be worked through is told', () => {
    const many = ['stock', 'cod', 'insurance', 'courier_state', 'region_state', 'instalment_state', 'variant_state', 'enough'];
    const text = many.map((name) => `{% if ${name} %}一{% endif %}`).join('');
    expect(combinations(compileTemplate(text))).toBeUndefined();
    expect(faultsOf(text)).toEqual(['warning replies[0].texts[0]']);
  });
});

it('the words around replies are checked too, with every matter', () => {
  const words = replyWordsSchema.parse({
    openings: { 亲: ['亲，'], 您: ['您好，最好的服务给您，'] },
    leftOpen: { withTime: ['其余{{ opening }}回复您～'], withoutTime: ['其余加微信说～'] },
    holding: { withTime: ['{{ matter }}{{ opening }}一定送到您手上'], withoutTime: ['收到啦～'], shortest: '不知道' },
    seen: ['{{ matter }}肯定没问题～'],
    busy: ['别催～'],
  });
  const faults = templateFaults([], rules, { path: 'intents/languages/zh.replies.yaml', value: words });
  expect([...new Set(faults.map(({ path }) => path))]).toEqual([
    'openings.您[0]',
    'leftOpen.withoutTime[0]',
    'holding.shortest',
    'busy[0]',
  ]);
  const withMatter = templateFaults([file('好的～')], rules, { path: 'zh.replies.yaml', value: words });
  expect(withMatter.map(({ path }) => path)).toEqual(expect.arrayContaining(['holding.withTime[0]', 'seen[0]']));
});

it('a shop’s own words that break a rule are told with their path', () => {
  const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const shop = shopSchema.parse({
    id: 'wool',
    name: '木禾针织',
    timeZone: 'Asia/Shanghai',
    hours: { weekly: closed },
    pricing: { policy: 'fixed', reason: '全网最低价', gift: '好评返现卡' },
    products: [
      {
        id: 'a',
        title: '加微信看图的围巾',
        priceYuan: 9,
        variants: [{ colour: '米白', stock: 1 }],
        details: { 材质: '加微信问' },
      },
    ],
    campaigns: [{ name: '暖冬节', words: '全国第一的折扣' }],
    payment: { methods: ['微信'] },
    extra: { hint: '新疆也包邮', size: 'M' },
    shipping: { freeFromYuan: 95, freeExcludes: ['新疆'] },
  });
  expect(shopWordFaults(shop, 'config/shops/wool.yaml', rules).map(({ path, severity }) => `${severity} ${path}`)).toEqual([
    'error products[0].title',
    'error products[0].details.材质',
    'warning pricing.reason',
    'error pricing.gift',
    'warning campaigns[0].words',
    'error extra.hint',
  ]);
});
