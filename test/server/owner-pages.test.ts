/** What the owner's pages ask for, from the running service with the demo shop. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSchema } from '../../src/server/answer-wire.js';
import { calendarSchema } from '../../src/server/calendar.js';
import { factsSchema, intentsSchema, replyPreviewSchema } from '../../src/server/wording-schemas.js';
import { type House, startHouse } from '../running-house.js';

let house: House;
beforeAll(async () => {
  house = await startHouse({ at: '2026-11-21T23:10:00+08:00' });
});
afterAll(() => house.stop());

const at = (path: string) => `/v1/shops/demo/${path}`;
const control = async () => {
  const { readFileSync } = await import('node:fs');
  return (JSON.parse(readFileSync(`${house.dataDir}/control.json`, 'utf8')) as { token: string }).token;
};
const change = async (method: 'PATCH' | 'POST', path: string, body: unknown) => {
  const response = await fetch(`${house.address}${at(path)}`, {
    method,
    headers: { authorization: `Bearer ${await control()}`, 'content-type': 'application/json', 'if-match': '*' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as any };
};
const patch = (body: unknown) => change('PATCH', 'settings', body);
const intentsNow = async () => {
  const { status, body } = await house.get(at('intents'));
  expect(status).toBe(200);
  const told = intentsSchema.parse(body);
  expect(told).toEqual(body);
  return told;
};
const replyNow = async (intent: string, reply: string) =>
  (await intentsNow()).intents.find(({ id }) => id === intent)!.replies.find(({ id }) => id === reply)!;

describe('POST …/ask', () => {
  const ask = async (body: object) => {
    const { status, body: told } = await house.post(at('ask'), body);
    expect([status, told.faults]).toEqual([200, undefined]);
    expect(answerSchema.parse(told)).toEqual(told);
    return told;
  };

  it('takes a burst as one thought and goes on from earlier turns', async () => {
    const burst = await ask({ messages: ['在吗', '寄成都多少运费呀', '能开发票吗'], item: 'wool-beanie' });
    expect(burst.inReplyTo).toHaveLength(3);
    expect(burst.understanding.slots.region).toMatchObject({ province: '四川' });
    const ids = burst.understanding.intents.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['shipping_fee', 'invoice']));
    const next = await ask({ messages: ['那新疆呢'], earlier: ['邮费多少', { messages: ['好的'] }] });
    expect(next.understanding.intents).toMatchObject([{ id: 'shipping_fee', by: 'context' }]);
    expect(next.replies[0].text).toContain('18');
  });

  it('drafts where agents are taken to be there, and keeps still after their word', async () => {
    const day = await ask({ messages: ['可以开发票吗'], duty: 'on' });
    expect(day).toMatchObject({ action: 'draft', reasons: expect.arrayContaining([{ code: 'on_duty_assumed' }]) });
    const noon = { at: '2026-11-20T15:00:00+08:00', messages: ['可以开发票吗'] };
    expect(await ask(noon)).toMatchObject({ action: 'draft' });
    expect(await ask({ ...noon, duty: 'off' })).toMatchObject({ action: 'auto' });
    const held = await ask({
      messages: ['可以开发票吗'],
      earlier: [{ messages: ['在吗', { text: '在的，您说', author: 'agent' }] }],
    });
    expect(held).toMatchObject({ action: 'draft' });
  });

  it('answers by settings that are not kept, and names what is wrong with them', async () => {
    const told = await ask({ messages: ['包邮吗'], settings: { shipping: { freeFromYuan: 59 } } });
    expect(told.replies[0].text).toContain('59');
    expect((await ask({ messages: ['包邮吗'] })).replies[0].text).not.toContain('59');
    const wrong = await house.post(at('ask'), { messages: ['包邮吗'], settings: { shipping: { freeFromYuan: -1 } } });
    expect([wrong.status, wrong.body.faults[0].field]).toEqual([422, 'settings.shipping.freeFromYuan']);
    for (const body of [
      { messages: [] },
      { messages: [{ text: '在的', author: 'agent' }] },
      { messages: ['在'], item: 'nothing' },
    ])
      expect((await house.post(at('ask'), body)).status).toBe(422);
  });
});

describe('…/calendar', () => {
  it('tells each day of a month with its hours and their rule', async () => {
    const { body } = await house.get(at('calendar?month=2026-10'));
    const told = calendarSchema.parse(body);
    expect(told).toEqual(body);
    expect(told.days).toHaveLength(31);
    expect(told.days[0]).toEqual({
      date: '2026-10-01',
      weekday: 'thu',
      ranges: ['10:00-22:00'],
      by: 'holiday',
      name: '国庆节',
      provisional: false,
    });
    expect(told.days[9]).toMatchObject({ date: '2026-10-10', weekday: 'sat', by: 'make_up', ranges: ['09:00-23:00'] });
    expect(told.days[10]).toMatchObject({ weekday: 'sun', by: 'week', ranges: ['10:00-12:00', '13:30-22:00'] });
    const december = calendarSchema.parse((await house.get(at('calendar?month=2026-12'))).body);
    expect(december.days[30]).toMatchObject({ by: 'exception', name: '年终盘点', ranges: ['09:00-18:00'] });
    const february = calendarSchema.parse((await house.get(at('calendar?month=2028-02'))).body);
    expect([february.days.length, february.days.some(({ provisional }) => provisional)]).toEqual([29, true]);
    expect(calendarSchema.parse((await house.get(at('calendar'))).body)).toMatchObject({ month: '2026-11', today: '2026-11-21' });
    expect((await house.get(at('calendar?month=2026-13'))).status).toBe(422);
  });

  it('shows hours that are not kept yet', async () => {
    const settings = { hours: { exceptions: [{ from: '2026-10-16', ranges: ['10:00-18:00'], reason: '仓库盘点' }] } };
    const { body } = await house.post(at('calendar'), { month: '2026-10', settings });
    expect(calendarSchema.parse(body).days[15]).toMatchObject({ by: 'exception', name: '仓库盘点', ranges: ['10:00-18:00'] });
    const wrong = await house.post(at('calendar'), { month: '2026-10', settings: { hours: { weekly: { mon: ['9-23'] } } } });
    expect([wrong.status, wrong.body.faults[0].field]).toEqual([422, 'settings.hours.weekly.mon[0]']);
  });
});

describe('…/intents', () => {
  it('lists every intent with its switch, and every reply with its words, conditions and what it lacks', async () => {
    const { intents, limits } = await intentsNow();
    expect(limits).toEqual({ reply: 128, draft: 200 });
    expect(intents.length).toBeGreaterThan(25);
    const fee = intents.find(({ id }) => id === 'shipping_fee')!;
    expect(fee).toMatchObject({ title: { zh: '运费' }, group: 'core', allowed: 'auto', isOwn: false });
    const region = fee.replies.find(({ id }) => id === 'not_served')!;
    expect(region.when).toEqual([
      { fact: 'region_state', condition: 'not_served', words: { zh: expect.stringContaining('寄不到'), en: expect.any(String) } },
    ]);
    // A side of the matter in buyers' words, not by the id that its file gives it.
    const sides = fee.replies.flatMap(({ when }) => when.filter(({ fact }) => fact === 'facet').map(({ words }) => words.zh));
    expect(sides.length).toBeGreaterThan(3);
    // A few sides have no example of their own in the file.
    expect(sides.filter((words) => words.includes('「')).length).toBeGreaterThan(sides.length * 0.6);
    expect(region.facts[0]).toMatchObject({ name: 'region', isSet: true });
    const said = intents.flatMap(({ replies }) => replies).filter(({ off, isDraftOnly }) => off === undefined && !isDraftOnly);
    expect(said.length).toBeGreaterThan(100);
    for (const { id, longestCharacters } of said) expect([id, (longestCharacters ?? 0) > 0]).toEqual([id, true]);
  });

  it('names the parameter that is missing, and what the switches come to', async () => {
    const { body } = await patch({ invoice: { withinWorkingDays: null }, creditCard: null, intents: { stock: 'draft' } });
    expect(body.faults).toBeUndefined();
    const { intents } = await intentsNow();
    expect(intents.find(({ id }) => id === 'stock')).toMatchObject({ switch: 'draft', allowed: 'draft' });
    const off = intents.flatMap((intent) =>
      intent.replies.flatMap((reply) => (reply.off ? [{ intent: intent.id, ...reply }] : [])),
    );
    expect(off.some(({ off: why }) => why?.missing.some(({ parameter }) => parameter === 'invoice.withinWorkingDays'))).toBe(
      true,
    );
    const card = off.filter(({ intent }) => intent === 'credit_card');
    expect(card.length).toBeGreaterThan(0);
    for (const { off: why } of card) expect(why!.missing.some(({ parameter }) => parameter.startsWith('creditCard.'))).toBe(true);
    await patch({
      invoice: { withinWorkingDays: 20 },
      creditCard: { accepted: true, instalmentsFromYuan: 600, periods: [3, 6, 12], services: ['花呗'] },
      intents: null,
    });
  });

  it('is not sent again while nothing changes', async () => {
    const authorization = `Bearer ${await control()}`;
    const first = await fetch(`${house.address}${at('intents')}`, { headers: { authorization } });
    const etag = first.headers.get('etag')!;
    const again = await fetch(`${house.address}${at('intents')}`, { headers: { authorization, 'if-none-match': etag } });
    expect(again.status).toBe(304);
    await patch({ intents: { stock: 'draft' } });
    const changed = await fetch(`${house.address}${at('intents')}`, { headers: { authorization, 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    await patch({ intents: null });
  });
});

describe('replies in the settings', () => {
  const text = '您好，{{ item_title }}现在有货，拍下就按顺序发出，您看要哪一款呢？';

  it('are said from the next reply on, listed beside what the file has, and taken back by a roll-back', async () => {
    const { intents } = await intentsNow();
    const invoice = intents.find(({ id }) => id === 'invoice')!;
    const asked = (await house.ask('可以开发票吗')).replies[0]!;
    const id = asked.template.split('.')[1]!;
    const reply = invoice.replies.find((one) => one.id === id)!;
    expect([reply.source, reply.base]).toEqual(['shared', undefined]);
    const own = '发票都能开，下单时在备注里写好抬头和税号就行～';
    const changed = await patch({ replies: { invoice: { [id]: { texts: [own], short: own } } } });
    expect([changed.status, changed.body.changes?.length]).toEqual([200, 1]);
    expect((await house.ask('可以开发票吗')).replies[0]!.text).toContain(own);
    expect(await replyNow('invoice', id)).toMatchObject({
      source: 'settings',
      texts: [own],
      base: { texts: reply.texts, short: reply.short },
    });
    await patch({ replies: { invoice: { [id]: { texts: null, short: null, off: true } } } });
    expect(await replyNow('invoice', id)).toMatchObject({ off: { because: 'switched_off', missing: [] } });
    expect((await house.ask('可以开发票吗')).replies[0]?.template).not.toBe(asked.template);
    const back = await change('POST', 'settings/rollback', { revision: changed.body.revision - 1 });
    expect(back.status).toBe(200);
    expect(await replyNow('invoice', id)).toEqual(reply);
    expect((await house.ask('可以开发票吗')).replies[0]!.template).toBe(asked.template);
  });

  it('are refused with the path of every fault, and nothing is kept', async () => {
    const reply = (await intentsNow()).intents.find(({ id }) => id === 'stock')!.replies.find(({ off }) => off === undefined)!.id;
    const wrong = await patch({
      replies: {
        nothing: { a: { off: true } },
        stock: { nothing: { off: true }, [reply]: { texts: ['{{ item_titel }}有货', '开发票要加6个点', '{{ item_title'] } },
      },
    });
    const fields = wrong.body.faults.map(({ field }: { field: string }) => field).sort();
    expect([wrong.status, fields]).toEqual([
      422,
      [
        'replies.nothing',
        'replies.stock.nothing',
        `replies.stock.${reply}.texts[0]`,
        `replies.stock.${reply}.texts[1]`,
        `replies.stock.${reply}.texts[2]`,
      ].sort(),
    ]);
    expect((await replyNow('stock', reply)).source).toBe('shared');
  });

  it('are looked at while they are written: short, long, beside other answers, with faults where they stand', async () => {
    const preview = async (body: object) => {
      const { status, body: told } = await house.post(at('replies/preview'), body);
      expect([status, told.faults]).toEqual([200, undefined]);
      const parsed = replyPreviewSchema.parse(told);
      expect(parsed).toEqual(told);
      return parsed;
    };
    const stock = (await intentsNow()).intents.find(({ id }) => id === 'stock')!;
    const reply = stock.replies.find(
      ({ facts, off }) => off === undefined && facts.some(({ name }) => name === 'item_title'),
    )!.id;
    const good = await preview({ intent: 'stock', reply, texts: [text] });
    const [wording] = good.texts;
    expect(wording!.faults).toEqual([]);
    expect(wording!.longest!.characters).toBeGreaterThan(wording!.shortest!.characters);
    expect(wording!.longest!.text).toContain(String(wording!.longest!.facts.item_title));
    expect(good.combined.length).toBeGreaterThan(0);
    for (const { intents, characters } of good.combined) {
      expect(intents.length).toBeGreaterThan(0);
      expect(characters ?? 0).toBeLessThanOrEqual(128);
    }
    const source = '有货的，{{ item_titel }}～{{ item_title }';
    const [broken, unknown, breach] = (
      await preview({ intent: 'stock', reply, texts: [source, '有货的，{{ item_titel }}～', '全国包邮，放心拍'] })
    ).texts;
    expect(broken!.faults).toHaveLength(1);
    const [fault] = unknown!.faults;
    expect('有货的，{{ item_titel }}～'.slice(fault!.start, fault!.end)).toBe('item_titel');
    expect(fault!.mend).toContain('item_title');
    const [finding] = breach!.findings;
    expect(finding!.sample.slice(finding!.start, finding!.end)).toBe(finding!.words);
    expect((await house.post(at('replies/preview'), { intent: 'stock', reply: 'nothing' })).status).toBe(422);
  });
});

it('…/facts tells what texts may name, with the shop’s value now', async () => {
  const { body } = await house.get(at('facts'));
  const { facts } = factsSchema.parse(body);
  expect({ facts }).toEqual(body);
  expect(facts.find(({ name }) => name === 'cut_off')).toMatchObject({ parameter: 'dispatch.cutOff', isSet: true });
  expect(facts.find(({ name }) => name === 'shop_name')).toMatchObject({ value: '木禾针织', sample: '木禾针织' });
  expect(facts.find(({ name }) => name === 'region')?.value).toBeUndefined();
  expect(facts.filter(({ isSet }) => !isSet).map(({ parameter }) => parameter)).toContain('warranty.installation');
});

describe('…/settings', () => {
  it('tells its schema for forms', async () => {
    const { status, body } = (await house.get(at('settings/schema'))) as { status: number; body: any };
    expect(status).toBe(200);
    expect(body.properties.shipping.properties.freeFromYuan).toMatchObject({
      titles: { zh: '包邮金额', en: 'free from this amount' },
      unit: { zh: '元' },
      minimum: 0,
    });
  });

  it('says beforehand what a change comes to, or what is wrong with it beside each field', async () => {
    const check = async (patch: object) => (await house.post(at('settings/check'), patch)).body;
    expect(await check({ shipping: { freeFromYuan: 88 } })).toEqual({
      faults: [],
      hints: [],
      changes: [{ path: 'shipping.freeFromYuan', before: 95, after: 88 }],
    });
    const { faults, hints, changes } = await check({
      shipping: { freeExcludes: ['新彊'] },
      pricing: { gift: '最好的礼物，保证喜欢' },
      hours: { weekly: { mon: ['9:00-23:00'] } },
      replies: { stock: { nothing: { off: true } } },
    });
    expect(changes).toEqual([]);
    expect(hints.map(({ field }: { field: string }) => field)).toEqual(['pricing.gift', 'pricing.gift']);
    expect(faults.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['shipping.freeExcludes[0]', 'hours.weekly.mon[0]']),
    );
    const words = await check({ replies: { stock: { nothing: { off: true } } } });
    expect(words.faults.map(({ field }: { field: string }) => field)).toEqual(['replies.stock.nothing']);
    expect((await check({ shipping: { freeFromYuan: 95 } })).changes).toEqual([]);
  });
});
