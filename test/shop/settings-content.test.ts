/** Settings keep what the owner gave, in one form; what leaves as YAML comes back as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { callbackFault } from '../../src/connectors/address-guard.js';
import { checkKeptSettings, checkSettings, settingsYaml } from '../../src/shop/settings-content.js';
import { parseYaml } from '../../src/yaml-file.js';
import { anySettings } from './any-settings.js';

const rules = compileRules(await loadRules());
const intents = new Set(['haggling', 'courier', 'stock']);
const check = (given: unknown) => checkSettings(given, 'demo', intents, rules);
const fromYaml = (text: string) => parseYaml(text, z.unknown(), 'x.yaml').value;

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const least = { id: 'demo', name: '木禾', timeZone: 'Asia/Shanghai', hours: { weekly: closed } };
const problems = (given: unknown) => check(given).faults.map(({ path, problem }) => `${path}: ${problem}`);

describe('an amount finer than a cent', () => {
  const product = (id: string, priceYuan: number) => ({ id, title: id, priceYuan, variants: [{ stock: 1 }] });
  const kept = { ...least, products: [product('a', 49.555), product('b', 20)] };
  const changed = (given: unknown) => checkSettings(given, 'demo', intents, rules, undefined, kept);

  it('that is kept stays so, is worked with as whole cents, and is told', () => {
    const { content, parameters, faults, hints } = checkKeptSettings(kept, 'demo', intents);
    expect([faults, content]).toEqual([[], kept]);
    expect(parameters?.products[0]?.priceYuan).toBe(49.56);
    expect(hints).toMatchObject([{ path: 'products[0].priceYuan', code: 'finer_kept', values: { rounded: 49.56 } }]);
  });

  it('does not stand in the way of other changes, in whatever row it comes to stand', () => {
    const moved = { ...kept, name: '木禾针织', products: [product('b', 21), product('a', 49.555)] };
    expect(changed(moved)).toMatchObject({ faults: [], content: moved });
    expect(changed({ ...kept, products: [product('a', 49.56)] }).hints).toEqual([]);
  });

  it('is refused where it is new', () => {
    expect(changed({ ...kept, products: [product('a', 49.554)] }).faults).toMatchObject([
      { path: 'products[0].priceYuan', code: 'finer_than_cent' },
    ]);
    expect(problems(kept)).toEqual(['products[0].priceYuan: is finer than a cent']);
  });
});

describe('settings as they are kept', () => {
  it('say what was given and no default', () => {
    const { content, parameters } = check({ ...least, bot: { mode: 'shadow' } });
    expect(content).toStrictEqual({ ...least, bot: { mode: 'shadow' } });
    expect(parameters?.bot.replyCharacters).toBe(128);
  });

  it('have one form, however they were written', () => {
    const { hours, timeZone, id } = least;
    const one = check({ hours, timeZone, name: '  木禾 ', id }).content;
    expect(JSON.stringify(one)).toBe(JSON.stringify(check(least).content));
    expect(JSON.stringify(one)).toMatch(/^\{"id":"demo","name":"木禾"/);
  });

  it('leave as YAML and come back the same, whatever the schema allows', () => {
    // Any words at all, also those that no buyer may read.
    const checked = (given: unknown) => checkSettings(given, 'demo', intents, compileRules([]));
    fc.assert(
      fc.property(anySettings, (given) => {
        const { content, faults } = checked(given);
        expect(faults).toEqual([]);
        const back = fromYaml(settingsYaml(content, 'Settings of demo, revision 1'));
        expect(back).toStrictEqual(content);
        const again = checked(back);
        expect(again.content).toStrictEqual(content);
        expect(again.parameters).toStrictEqual(checked(given).parameters);
      }),
      { numRuns: 300 },
    );
  });
});

describe('faults of settings', () => {
  it('are words that buyers may not read, not those that could be better', () => {
    const given = { ...least, pricing: { policy: 'fixed', reason: '加微信给优惠', gift: '全网最暖手套' } };
    expect(problems(given)).toEqual([expect.stringMatching(/^pricing\.reason: "加微信" breaks the rule off-platform-contact/)]);
    expect(check(given).hints.map(({ path }) => path)).toEqual(['pricing.gift']);
  });

  it('come with hints for every text of the shop’s own, campaigns’ and products’ too', () => {
    const { faults, hints, parameters } = check({
      ...least,
      pricing: { policy: 'fixed', reason: '我们质量是最好的' },
      campaigns: [{ name: '国庆', words: '全网最低价' }],
      care: '怎么洗都保证不掉色',
      products: [{ id: 'a', title: 'a', priceYuan: 1, variants: [{ stock: 1 }], details: { 工艺: '国家级的工艺' } }],
    });
    expect([faults, parameters === undefined]).toEqual([[], false]);
    expect(hints.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['pricing.reason', 'campaigns[0].words', 'care', 'products[0].details.工艺']),
    );
    expect(hints.find(({ path }) => path === 'campaigns[0].words')).toMatchObject({
      problem: expect.stringContaining('全网最低价'),
      mend: expect.stringMatching(/^Better: /),
    });
  });

  it('are not what was kept before a rule grew graver', () => {
    const given = { ...least, pricing: { policy: 'fixed', reason: '加微信给优惠' } };
    expect(check(given).faults.map(({ path }) => path)).toEqual(['pricing.reason']);
    expect(checkKeptSettings(given, 'demo', intents)).toMatchObject({ faults: [], parameters: { pricing: { policy: 'fixed' } } });
  });

  it('are told all at once: the schema’s, and those of references beside them', () => {
    const given = {
      ...least,
      nmae: 'x',
      intents: { courrier: 'off' },
      shipping: { table: [{ regions: ['疆新'], firstKgYuan: 8 }], freeFromYuan: 'many' },
      products: [{ id: 'a', title: 'A', priceYuan: 1, variants: [{ stock: 1 }], alternatives: ['b'] }],
    };
    expect(problems(given)).toEqual([
      'shipping.freeFromYuan: is text, not a number',
      'nmae: is not a known key',
      'intents.courrier: there is no such intent',
      'products[0].alternatives[0]: there is no product "b"',
      'shipping.table[0].regions[0]: "疆新" is no place that is known',
    ]);
  });

  it.each<[string, object, string]>([
    ['a key', { shiping: {} }, 'Did you mean shipping?'],
    ['a key of another manner', { 'credit-card': { accepted: true } }, 'Did you mean creditCard?'],
    ['a key within', { shipping: { freeFormYuan: 5 } }, 'Did you mean freeFromYuan?'],
    ['a key that is like none', { colour: 'red' }, 'check its spelling and place, or remove it'],
    ['an intent', { intents: { courrier: 'off' } }, 'Did you mean courier?'],
    ['an intent that is like none', { intents: { weather: 'off' } }, "Name one of intents/*.yaml or of the shop's own."],
    ['a zone', { timeZone: 'Asia/Shangai' }, 'Did you mean Asia/Shanghai?'],
    ['a city', { timeZone: 'Shanghai' }, 'Did you mean Asia/Shanghai?'],
    ['the capital', { timeZone: 'Asia/Beijing' }, 'Did you mean Asia/Shanghai?'],
    ['an offset', { timeZone: 'UTC+8' }, 'Did you mean Asia/Shanghai?'],
    ['another zone', { timeZone: 'America/NewYork' }, 'Did you mean America/New_York?'],
    ['no zone', { timeZone: 'Mars' }, 'name an IANA time zone, e.g. Asia/Shanghai'],
  ])('name what was meant by %s', (_, wrong, mend) => {
    const { faults } = check({ ...least, ...wrong });
    expect(faults.map((fault) => fault.mend)).toEqual([mend]);
  });

  it('of one entry of a list hide none of the others, which keep their places', () => {
    const body = { heightCm: { from: 158, to: 167 }, weightKg: { from: 48, to: 58 } };
    const product = (id: string, more: object = {}) => ({ id, title: id, priceYuan: 1, variants: [{ stock: 1 }], ...more });
    const given = {
      ...least,
      products: [
        product('a', { priceYuan: 'dear' }),
        product('b', { colour: 'red', alternatives: ['a', 'nobody'] }),
        product('b', {
          variants: [
            { size: 'S', stock: 1 },
            { size: 'M', stock: 'few' },
          ],
          sizeChart: [{ size: 'M', ...body }],
        }),
        product('c', { details: { 材质: '加微信给您看' } }),
      ],
      pricing: { policy: 'fixed', coupons: [{ fromYuan: 'x', offYuan: 1 }], couponsWhere: '店铺首页' },
      shipping: { freeFromYuan: 'x' },
      care: '全场包邮，轻柔手洗',
    };
    expect(problems(given)).toEqual(
      expect.arrayContaining([
        'products[0].priceYuan: is text, not a number',
        'products[1].colour: is not a known key',
        'products[1].alternatives[1]: there is no product "nobody"',
        'products[2].id: there are two products "b"',
        expect.stringMatching(/^products\[3\]\.details\.材质: "加微信" breaks the rule off-platform-contact/),
      ]),
    );
    const beside = problems(given).filter((one) => !/ is (text|missing|none of|not a known)/.test(one));
    expect(beside.map((one) => one.slice(0, one.indexOf(':')))).toEqual([
      'products[1].alternatives[1]',
      'products[2].id',
      'products[3].details.材质',
    ]);
  });

  it('name two ranges of a day that overlap, also past midnight', () => {
    const weekly = {
      ...closed,
      mon: ['09:00-12:00', '11:30-14:00'],
      tue: ['18:00-02:00', '09:00-18:00'],
      wed: ['18:00-02:00', '23:00-24:00'],
    };
    expect(problems({ ...least, hours: { weekly } })).toEqual([
      'hours.weekly.mon[1]: 11:30-14:00 overlaps 09:00-12:00',
      'hours.weekly.wed[1]: 23:00-24:00 overlaps 18:00-02:00',
    ]);
  });

  it.each<[string, object, string[]]>([
    ['a night that ends where the day begins', { weekly: { ...closed, mon: ['22:00-06:00'], tue: ['06:00-12:00'] } }, []],
    [
      'a night longer than the next morning',
      { weekly: { ...closed, mon: ['22:00-06:00'], tue: ['05:00-12:00'] } },
      [
        'hours.weekly.tue[0]: 05:00-12:00 overlaps 22:00-06:00 of mon, which runs past midnight. end it at 05:00 (22:00-05:00), or begin this range at 06:00 (06:00-12:00)',
      ],
    ],
    [
      'the night of Sunday into Monday',
      { weekly: { ...closed, sun: ['22:00-02:00'], mon: ['00:00-08:00'] } },
      [
        'hours.weekly.mon[0]: 00:00-08:00 overlaps 22:00-02:00 of sun, which runs past midnight. end it at 24:00 (22:00-24:00), or begin this range at 02:00 (02:00-08:00)',
      ],
    ],
    [
      'a range within the night',
      { weekly: { ...closed, fri: ['20:00-06:00'], sat: ['01:00-02:00', '09:00-18:00'] } },
      [
        'hours.weekly.sat[0]: 01:00-02:00 overlaps 20:00-06:00 of fri, which runs past midnight. leave 01:00-02:00 out: 20:00-06:00 goes on until 06:00',
      ],
    ],
    [
      'days of an exception, one after the other',
      { weekly: closed, exceptions: [{ from: '2026-11-10', to: '2026-11-12', ranges: ['08:00-23:00', '23:00-09:00'] }] },
      [
        'hours.exceptions[0].ranges[0]: 08:00-23:00 overlaps 23:00-09:00 of the day before, which runs past midnight. end it at 08:00 (23:00-08:00), or begin this range at 09:00 (09:00-23:00)',
      ],
    ],
    [
      'an exception of one day',
      { weekly: closed, exceptions: [{ from: '2026-11-11', ranges: ['08:00-23:00', '23:00-09:00'] }] },
      [],
    ],
    [
      'an exception after a night of the week',
      { weekly: { ...closed, tue: ['22:00-06:00'] }, exceptions: [{ from: '2026-11-11', ranges: ['05:00-12:00'] }] },
      [],
    ],
    ['around the clock', { weekly: { ...closed, mon: ['00:00-24:00'], tue: ['00:00-24:00'] } }, []],
  ])('name hours that overlap across midnight, with the mend: %s', (_, hours, told) => {
    expect(check({ ...least, hours }).faults.map(({ path, problem, mend }) => `${path}: ${problem}. ${mend}`)).toEqual(told);
  });

  it('judge the address of the callback where they are set', () => {
    const faults = (callbackUrl: string) =>
      checkSettings({ ...least, callbackUrl }, 'demo', intents, rules, callbackFault).faults.map(({ path }) => path);
    for (const refused of [
      'http://shop.example/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://10.0.0.8:8443/x',
    ])
      expect([refused, faults(refused)]).toEqual([refused, ['callbackUrl']]);
    expect(faults('https://shop.example/zaima')).toEqual([]);
    expect(problems({ ...least, callbackUrl: 'http://127.0.0.1:9/' })).toEqual([]);
  });

  it('do not blame a courier whose list cannot be read', () => {
    const shipping = { couriers: '顺丰', surchargeYuan: { 顺丰: 15 } };
    expect(problems({ ...least, shipping })).toEqual(['shipping.couriers: is text, not a list']);
  });

  it('are told where something required is missing, or nothing is an object', () => {
    expect(problems({ id: 'demo', cod: { enabled: true, notIn: ['火星'] } })).toEqual(
      expect.arrayContaining(['hours: is missing', 'cod.notIn[0]: "火星" is no place that is known']),
    );
    expect(problems('demo')).toEqual([': is text, not an object']);
    expect(problems(null)).toHaveLength(1);
  });

  it('name an id that is another shop’s', () => {
    expect(problems({ ...least, id: 'other' })).toEqual(['id: the id "other" differs from the file\'s name']);
  });
});
