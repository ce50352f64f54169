import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { type Assessed, assess } from '../../src/phrases/assess.js';
import { phraseVariable, phraseVariables } from '../../src/phrases/variables.js';
import { judgeWords, tidy } from '../../src/phrases/words.js';
import { bareShop, demoShop, noon } from './shops.js';

const rules = compileRules(await loadRules());
const demo = demoShop(rules);
const bare = bareShop(rules);

function assessed(text: string, shop = demo, values = {}): Assessed {
  const result = assess(text, shop, noon, values);
  if (!('verdict' in result)) throw new Error(result.map(({ problem }) => problem).join());
  return result;
}
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe('a text', () => {
  it('is filled with what the shop has set, and leaves open what the conversation knows', () => {
    const one = assessed('亲，{{ buyer_name }}您好，{{ cut_off }}前付款的当天发出，单号{{ tracking_number }}');
    expect(one.text).toBe('亲，{买家昵称}您好，16:00前付款的当天发出，单号{物流单号}');
    expect([names(one.open), names(one.gaps)]).toEqual([['buyer_name', 'tracking_number'], []]);
    expect(one.characters).toBe(one.text.length);
  });

  it('takes values of the conversation, but not in place of the shop’s own', () => {
    const one = assessed('{{ buyer_name }}，{{ cut_off }}', demo, { buyer_name: '小王', cut_off: '24:00' });
    expect([one.text, one.open]).toEqual(['小王，16:00', []]);
    expect(assessed('{{ buyer_name }}', demo, { buyer_name: '{{ shop_name }}\n换行' }).text).toBe('{{ shop_name }} 换行');
    expect(names(assessed('亲，{{ buyer_name }}', demo, { buyer_name: '' }).open)).toEqual(['buyer_name']);
  });

  it('tells what the shop has not set as a gap and is not refused', () => {
    const one = assessed('亲，{{ cut_off }}前付款，满{{ free_from_yuan }}元包邮', bare);
    expect(one.gaps.map(({ name, parameter }) => [name, parameter])).toEqual([
      ['cut_off', 'dispatch.cutOff'],
      ['free_from_yuan', 'shipping.freeFromYuan'],
    ]);
    expect(one.text).toBe('亲，{当天发货截单时间}前付款，满{满多少元包邮}元包邮');
  });

  it('may say things under conditions, of which what is not taken is no gap', () => {
    const source = '亲，{% if cut_off %}{{ cut_off }}前付款当天发{% else %}付款后会尽快安排{% endif %}～';
    expect(assessed(source).text).toBe('亲，16:00前付款当天发～');
    expect([assessed(source, bare).text, assessed(source, bare).gaps]).toEqual(['亲，付款后会尽快安排～', []]);
    expect(assessed('亲{% if shop_name %}，{{ buyer_name }}{% endif %}').text).toBe('亲，{买家昵称}');
  });

  it('is refused with a mend where it names what nobody knows, all of them at once', () => {
    expect(assess('{{ 截单 }}', demo, noon)).toMatchObject([{ mend: expect.stringContaining('lists') }]);
    expect(assess('{{ buyername }}，{{ qqq_zzz_unknown }}', demo, noon)).toMatchObject([
      { problem: '{{ buyername }} is not known', mend: expect.stringContaining('{{ buyer_name }}') },
      { problem: '{{ qqq_zzz_unknown }} is not known', mend: expect.stringContaining('phrases/variables') },
    ]);
    expect(assess('{{ extra_nothing }}', demo, noon)).toMatchObject([{ problem: expect.stringContaining('extra_nothing') }]);
  });

  it.each([
    '{% include "x" %}',
    '{% for a in b %}{% endfor %}',
    '亲 {单号}',
    '{{ buyer.name }}',
    '{{ buyer_name | upper }}',
    '{% if %}',
  ])('keeps to the locked engine: %s', (source) => {
    const result = assess(source, demo, noon);
    expect('verdict' in result).toBe(false);
  });

  it('is checked as it goes out, by the shop’s own terms', () => {
    const one = assessed('亲，开发票要加{{ extra_none | default: 6 }}个点哦'.replace('{{ extra_none | default: 6 }}', '6'));
    expect([one.verdict, one.points, one.findings[0]!.rule]).toEqual(['stop', 6, 'invoice']);
    // What the buyer's name brings in is found too.
    expect(assessed('亲，{{ receiver }}', demo, { receiver: '加微信号abc12345转账给我' }).verdict).toBe('stop');
    expect(assessed('亲，在的').findings).toEqual([]);
  });
});

describe('the variables', () => {
  it('are told with their value, or with why they have none', () => {
    expect(phraseVariable('shop_name', demo.parameters, noon)).toMatchObject({
      source: 'shop',
      value: '木禾针织',
      parameter: 'name',
    });
    expect(phraseVariable('buyer_name', demo.parameters, noon)).toMatchObject({ source: 'chat', title: { zh: '买家昵称' } });
    // Set, but it takes a region.
    expect(phraseVariable('fee_yuan', demo.parameters, noon)).toMatchObject({ source: 'chat' });
    expect(phraseVariable('fee_yuan', bare.parameters, noon)).toMatchObject({ source: 'gap' });
    expect(phraseVariable('toString', demo.parameters, noon)).toBeUndefined();
    expect(phraseVariable('extra_*', demo.parameters, noon)).toBeUndefined();
  });

  it('of the shop’s own making are known by their name', () => {
    const parameters = { ...demo.parameters, extra: { wifi: '随意' } };
    expect(phraseVariable('extra_wifi', parameters, noon)).toMatchObject({ source: 'shop', value: '随意' });
    expect(assessed('{{ extra_wifi }}', { ...demo, parameters }).text).toBe('随意');
    expect(names(phraseVariables(parameters, noon))).toContain('extra_wifi');
    expect(new Set(names(phraseVariables(parameters, noon))).size).toBe(phraseVariables(parameters, noon).length);
  });
});

describe('the words of a phrase', () => {
  const words = { code: 'fh1', title: '发货', text: '亲，在的', group: '', enabled: true };
  const kinds = (change: object) => judgeWords(tidy({ ...words, ...change }), demo, noon).faults.map(({ kind }) => kind);

  it.each([
    [{}, []],
    [{ code: '  FH 1' }, ['code']],
    [{ code: '' }, ['code']],
    [{ code: 'x'.repeat(33) }, ['code']],
    [{ title: '' }, ['title']],
    [{ title: '两\n行' }, ['title']],
    [{ group: '组'.repeat(21) }, ['group']],
    [{ text: '' }, ['text']],
    [{ text: '第一行\r\n第二行' }, []],
    [{ text: '铃\u0007' }, ['text']],
    [{ text: `亲，${'好'.repeat(198)}` }, []],
    [{ text: `亲，${'好'.repeat(199)}` }, ['too_long']],
    [{ text: '{{ buyer_name }}'.repeat(20) }, []],
    [{ validFrom: 5, validTo: 5 }, ['time']],
    [{ code: '', title: '', text: '{{ x' }, ['text', 'code', 'title']],
  ])('%o has the faults %o', (change, faults) => {
    expect(kinds(change)).toEqual(faults);
  });
});
