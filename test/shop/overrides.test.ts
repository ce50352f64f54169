/** What one shop says and hears otherwise: only there, never bolder, told with file, place and mend where it is wrong. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkLines } from '../../src/cli/check-command.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import type { Rule } from '../../src/compliance/rule.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { threadAfter } from '../../src/understanding/thread.js';
import { understand } from '../../src/understanding/understand.js';
import { type HomeCopy, homeCopy } from '../cli/home.js';

let rules: readonly Rule[];
let home: HomeCopy;
beforeAll(async () => {
  rules = await loadRules();
});
afterEach(() => home.drop());

const always = ['00:00-24:00'];
const second = stringify({
  id: 'wool',
  name: '线团小铺',
  timeZone: 'Asia/Shanghai',
  hours: { weekly: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always } },
});

const engraving = {
  id: 'engraving',
  title: { zh: '刻字', en: 'Engraving' },
  most: 'auto',
  patterns: ['(刻|绣)(字|名字|姓名)'],
  examples: ['可以刻字吗', '能绣名字吗', '围巾上刻个名字行吗', '支持刻字不', '绣字要加钱吗'],
  replies: [{ id: 'yes', asks: ['rule'], texts: ['可以绣字的，下单备注想绣的字就好～'], short: '可以绣字，备注就好～' }],
  tests: { yes: ['可以刻字吗'], no: ['可以开发票吗'] },
};

function own(shop: string, name: string, value: unknown): void {
  mkdirSync(join(home.folder, 'config/shops', shop, 'intents'), { recursive: true });
  home.write(`config/shops/${shop}/intents/${name}`, typeof value === 'string' ? value : stringify(value));
}
const load = () => loadKnowledge(home.folder, rules);
const errors = () =>
  load()
    .faults.filter((fault) => fault.severity === 'error')
    .map(({ file, path, problem, mend }) => `${file} ${path}: ${problem} | ${mend}`);
const shopsNow = () => {
  const { shops, faults } = load();
  expect(faults.filter((fault) => fault.severity === 'error')).toEqual([]);
  return { demo: shops.get('demo')!, wool: shops.get('wool')! };
};
const heard = (shop: { readonly model: Parameters<typeof understand>[1] }, text: string) =>
  understand(text, shop.model).intents.map((one) => one.id);

describe('a file of one shop', () => {
  beforeEach(() => {
    home = homeCopy();
    home.write('config/shops/wool.yaml', second);
  });

  it('with a new id is an intent of this shop alone, heard, answered and switched there', () => {
    own('wool', 'engraving.yaml', engraving);
    home.write('config/shops/wool.yaml', `${second}intents: { engraving: draft }\n`);
    const { demo, wool } = shopsNow();
    const [found] = understand('请问能在围巾上绣名字吗', wool.model).intents;
    expect(found).toMatchObject({ id: 'engraving', by: 'both' });
    expect(found!.confidence).toBeGreaterThan(0.9);
    expect(heard(demo, '请问能在围巾上绣名字吗')).not.toContain('engraving');
    expect(wool.book.intents.has('engraving')).toBe(true);
    expect(demo.book.intents.has('engraving')).toBe(false);
    expect(demo.intents.has('engraving')).toBe(false);
    for (const text of ['包邮吗', '到新疆多少运费', '可以开发票吗', '怎么还没发货什么时候发'])
      expect(understand(text, wool.model), text).toEqual(understand(text, demo.model));
  });

  it('tells of trouble with an own order as shared ones do, in whatever script it is said', () => {
    own('wool', 'engraving.yaml', {
      ...engraving,
      patterns: ['(刻|绣)(错)?(了)?(字|名字|姓名)'],
      facets: { wrong: ['(刻|绣)错'], asked: ['(可以|能|支持)'] },
      trouble: [
        { tells: 'repair', facets: ['wrong'], words: ['重新绣'] },
        { tells: 'parcel', otherFacets: ['asked'], asks: ['report', 'own_order', 'rule'], unless: ['怎么办'] },
      ],
    });
    const { demo, wool } = shopsNow();
    const told = (text: string, { model } = wool) =>
      threadAfter({ lastIntents: [], lastSlots: {} }, understand(text, model), model, 0).trouble;
    expect(told('名字绣错字了')).toBe('parcel');
    expect(told('名字繡錯字了')).toBe('parcel');
    expect(told('绣错字了，重新绣一下')).toBe('repair');
    expect(told('可以绣名字吗')).toBeUndefined();
    expect(told('绣错名字怎么办')).toBeUndefined();
    expect(told('名字绣错字了', demo)).toBeUndefined();
    expect(told('我要换货', wool)).toBe(told('我要换货', demo));
  });

  it('names sides that it has, wherever it names one', () => {
    own('wool', 'engraving.yaml', {
      ...engraving,
      facets: { wrong: ['(刻|绣)错'] },
      facetTitles: { wrnog: { zh: '错', en: 'wrong' } },
      keepsVariant: ['colour'],
      keepsQuantity: ['counted'],
      goesOn: { patterns: [{ match: '错字', afterFacets: ['none', 'wronk'] }] },
      trouble: [{ tells: 'parcel', facets: ['wrong', 'wrongly'], otherFacets: ['none', 'asked'] }],
      holding: [{ when: { facet: 'wrongs' }, texts: ['绣错的，{{ person_then }}给您看'] }],
      replies: [{ ...engraving.replies[0], when: { facet: ['wrong', 'rwong'] } }],
    });
    const path = 'config/shops/wool/intents/engraving.yaml';
    expect(errors()).toEqual([
      `${path} facetTitles: there is no facet "wrnog" | Did you mean "wrong"?`,
      `${path} keepsVariant: there is no facet "colour" | Name one under facets.`,
      `${path} keepsQuantity: there is no facet "counted" | Name one under facets.`,
      `${path} goesOn.patterns[0].afterFacets: there is no facet "wronk" | Did you mean "wrong"?`,
      `${path} trouble[0].facets: there is no facet "wrongly" | Did you mean "wrong"?`,
      `${path} trouble[0].otherFacets: there is no facet "asked" | Name one under facets.`,
      `${path} replies[0].when.facet: there is no facet "rwong" | Did you mean "wrong"?`,
      `${path} holding[0].when.facet: there is no facet "wrongs" | Did you mean "wrong"?`,
    ]);
    home.drop();
    home = homeCopy();
    const said = { id: 'ours', asks: ['rule'], when: { facet: 'how_too' }, texts: ['好的～'], short: '好～' };
    own('demo', 'invoice.yaml', { id: 'invoice', replies: [said] });
    expect(errors()).toEqual([
      'config/shops/demo/intents/invoice.yaml replies[0].when.facet: there is no facet "how_too" | Name one under facets.',
    ]);
  });

  it('may be switched in no other shop', () => {
    own('wool', 'engraving.yaml', engraving);
    home.changeShop((shop) => {
      shop.intents = { engraving: 'draft' };
    });
    expect(errors()).toEqual([expect.stringMatching(/^config\/shops\/demo.yaml intents.engraving: there is no such intent/)]);
  });

  it('reads places and numbers in its patterns as the shared ones do', () => {
    own('wool', 'pickup_point.yaml', { ...engraving, id: 'pickup_point', patterns: ['<region>~有体验店', '<number>楼~体验店'] });
    const { wool } = shopsNow();
    expect(heard(wool, '成都有体验店吗')).toContain('pickup_point');
    expect(heard(wool, '三楼有体验店吗')).toContain('pickup_point');
    expect(understand('成都有体验店吗', wool.model).slots.region).toEqual({ province: '四川', city: '成都' });
  });

  it('hears a shared intent in this shop’s own words', () => {
    own('wool', 'shipping_fee.yaml', {
      id: 'shipping_fee',
      patterns: ['路费(怎么算|多少)'],
      examples: ['路费怎么算', '路费多少', '路费谁出'],
    });
    const { demo, wool } = shopsNow();
    expect(heard(demo, '路费怎么算呀')).not.toContain('shipping_fee');
    expect(understand('路费怎么算呀', wool.model).intents[0]).toMatchObject({ id: 'shipping_fee', by: 'both' });
  });

  it('runs its tests in `zaima check`, and the shared ones once more with its patterns', async () => {
    own('wool', 'engraving.yaml', { ...engraving, tests: { yes: ['可以开发票吗'], no: ['可以刻字吗'] } });
    const told = async () =>
      (await checkLines(home.folder, { WOOL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}` })).lines.filter(
        (line) => !line.startsWith('warn'),
      );
    expect((await told()).slice(0, 2)).toEqual([
      expect.stringMatching(
        /^error config\/shops\/wool\/intents\/engraving.yaml:\d+ tests.yes\[0\]: "可以开发票吗" is understood as/,
      ),
      expect.stringMatching(
        /^error config\/shops\/wool\/intents\/engraving.yaml:\d+ tests.no\[0\]: "可以刻字吗" is understood as/,
      ),
    ]);
    own('wool', 'engraving.yaml', engraving);
    expect(await told()).toEqual([expect.stringMatching(/^2 shops, 29 intents, 1 of the shops' own: 0 errors/)]);
    own('wool', 'invoice.yaml', { id: 'invoice', unless: ['发票'] });
    const after = await told();
    expect(after[0]).toMatch(/^error config\/shops\/wool\/intents: with them ".*" is understood as .* \(intents\/invoice.yaml/);
    expect(after.at(-1)).toMatch(/^2 shops, 29 intents, 2 of the shops' own: [1-9]\d* errors/);
  });

  it('tells a pattern that is found beside another intent in what belongs to that one', async () => {
    const secret = { WOOL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };
    const told = async () => (await checkLines(home.folder, secret)).lines.filter((line) => / patterns: they find /.test(line));
    own('wool', 'cod.yaml', { id: 'cod', patterns: ['包邮'], examples: ['包邮吗'] });
    expect(await told()).toEqual([
      expect.stringMatching(
        /^error config\/shops\/wool\/intents\/cod.yaml:\d+ .* find cod in what belongs to other intents: ".*" \(shipping_fee\).* more\./,
      ),
    ]);
    // In an example alone it is a warning.
    own('wool', 'cod.yaml', { id: 'cod', patterns: ['去专柜验货'] });
    expect(await told()).toEqual([expect.stringMatching(/^warn .*cod.yaml:\d+ .*: "可以去专柜验货吗" \(authenticity\)\. /)]);
    own('wool', 'cod.yaml', { id: 'cod', patterns: ['到家再给钱'] });
    expect(await told()).toEqual([]);
  });

  it('has all that is wrong in one of its files told at once, its patterns too', async () => {
    own('wool', 'engraving.yaml', { id: 'engraving', patterns: ['('] });
    own('wool', 'cod.yaml', { id: 'cod', mots: 'draft', patterns: [')'] });
    const { lines } = await checkLines(home.folder, {
      WOOL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    const errors = lines.filter((line) => line.startsWith('error'));
    expect(
      errors.map((line) => line.replace(/^error config\/shops\/wool\/intents\//, '').replace(/:\d+|: .*/g, '')).sort(),
    ).toEqual(['cod.yaml mots', 'cod.yaml patterns[0]', 'engraving.yaml patterns[0]', 'engraving.yaml title']);
    expect(errors.join('\n')).toContain('title: is missing. add it with zh, en');
  });
});

describe('a file over a shared intent', () => {
  beforeEach(() => {
    home = homeCopy(true);
    home.write('config/shops/wool.yaml', second);
  });

  it('shares the model while it only changes what is said', () => {
    own('wool', 'warranty.yaml', { id: 'warranty', holding: ['{{ opening }}回复您保修的事～', '稍后回复您保修的事～'] });
    const { demo, wool } = shopsNow();
    expect(wool.model).toBe(demo.model);
    expect(wool.book.intents.get('stock')).toBe(demo.book.intents.get('stock'));
    expect(wool.book.intents.get('warranty')!.holding.flatMap((entry) => entry.texts)).toHaveLength(2);
  });

  it('changes a reply by its id and keeps what it does not write, adds one before the others, removes one', () => {
    const before = load().shops.get('wool')!.intents.get('cod')!;
    const [first, last] = [before.replies[0]!, before.replies.at(-1)!];
    own('wool', 'cod.yaml', {
      id: 'cod',
      priority: 71,
      replies: [
        { id: first.id, short: '货到付款看商品页就好～' },
        { id: 'ours', asks: ['rule'], texts: ['货到付款的事看商品页～', '商品页有写付款方式～'], short: '看商品页～' },
      ],
      removeReplies: [last.id],
    });
    const { demo, wool } = shopsNow();
    const after = wool.intents.get('cod')!;
    expect(after.replies.map((reply) => reply.id)).toEqual(['ours', ...before.replies.slice(0, -1).map((reply) => reply.id)]);
    expect(after.replies[1]).toEqual({ ...first, short: '货到付款看商品页就好～' });
    expect([after.priority, after.most]).toEqual([71, before.most]);
    expect(demo.intents.get('cod')).toEqual(before);
  });

  it('keeps a reply for drafts a reply for drafts', () => {
    const { intents } = load().shops.get('demo')!;
    const draft = [...intents.values()].flatMap(({ id, replies }) =>
      replies.filter((reply) => reply.only === 'draft').map((reply) => ({ id, reply })),
    )[0]!;
    own('wool', `${draft.id}.yaml`, { id: draft.id, replies: [{ id: draft.reply.id, short: '这个请客服看过再回复您～' }] });
    const after = shopsNow()
      .wool.intents.get(draft.id)!
      .replies.find((reply) => reply.id === draft.reply.id);
    expect(after).toMatchObject({ only: 'draft', short: '这个请客服看过再回复您～' });
  });

  it('may lower what is done with an intent, and not raise it', () => {
    own('wool', 'cod.yaml', { id: 'cod', most: 'draft' });
    expect(shopsNow().wool.intents.get('cod')!.most).toBe('draft');
    own('wool', 'cod.yaml', { id: 'cod', most: 'silent' });
    own('wool', 'complaint.yaml', { id: 'complaint', most: 'auto' });
    expect(errors()).toEqual([
      expect.stringMatching(/^config\/shops\/wool\/intents\/cod.yaml most: a matter is not passed in silence/),
      expect.stringMatching(/^config\/shops\/wool\/intents\/complaint.yaml most: the shared intent allows handoff at most/),
    ]);
  });

  it('is told with file, place and mend where it is wrong, all at once', () => {
    own('wool', 'cod.yaml', {
      id: 'cod',
      patterns: ['(货到'],
      replies: [
        { id: 'mine', texts: ['看商品页～'] },
        { id: 'rude', asks: ['rule'], texts: ['加我微信 abc12345 付款'], short: '绝对可以～' },
        { id: 'odd', asks: ['rule'], texts: ['{{ shop_nam }}可以～'], short: '可以的呢～' },
      ],
      removeReplies: ['nothing'],
    });
    own('wool', 'stock.yaml', 'id: stcok\n');
    own('wool', 'warranty.yaml', 'id: warranty\ncolour: red\n');
    own('wol', 'stock.yaml', 'id: stock\n');
    const told = errors();
    for (const expected of [
      /^config\/shops\/wool\/intents\/cod.yaml patterns\[0\]: pattern "\(货到"/,
      /^config\/shops\/wool\/intents\/cod.yaml replies\[0\].asks: .* \| A new reply needs asks, texts and short/,
      /^config\/shops\/wool\/intents\/cod.yaml replies\[1\].texts\[0\]: .* breaks the rule/,
      /^config\/shops\/wool\/intents\/cod.yaml replies\[2\].texts\[0\]: there is no fact "shop_nam" \| Did you mean shop_name/,
      /^config\/shops\/wool\/intents\/cod.yaml removeReplies\[0\]: cod has no reply "nothing"/,
      /^config\/shops\/wool\/intents\/stock.yaml id: the id "stcok" differs from the file's name/,
      /^config\/shops\/wool\/intents\/warranty.yaml colour: is not a known key/,
      /^config\/shops\/wol : there is no shop "wol" \| Did you mean wool/,
    ])
      expect(told).toContainEqual(expect.stringMatching(expected));
    for (const line of told) expect(line).toMatch(/^config\/shops\/wo/);
  });

  it('gives the shop another revision', () => {
    const { demo, wool } = shopsNow();
    own('wool', 'cod.yaml', { id: 'cod', priority: 12 });
    const after = shopsNow();
    expect(after.wool.revision).not.toBe(wool.revision);
    expect(after.demo.revision).toBe(demo.revision);
  });
});
