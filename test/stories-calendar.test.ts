/** The shop's calendar and the busy step-in through the real server: signed webhook in, right words out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type House, type HouseOptions, startHouse } from './running-house.js';

let house: House;
const folders: string[] = [];
const open = async (options: HouseOptions = {}) => {
  house = await startHouse(options);
  return house;
};
afterEach(async () => {
  await house.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A matter for a person, whose holding reply says when one answers. */
const forPerson = '我要找人工客服';
const heldAt = async (at: string, shop?: HouseOptions['shop']) => {
  await open({ at, ...(shop && { shop }) });
  const { action, replies } = await house.ask(forPerson);
  return [action, replies[0]?.delivery, replies[0]?.text ?? ''] as const;
};
const codes = (answer: { readonly reasons: readonly { readonly code: string }[] }) => answer.reasons.map(({ code }) => code);
const preview = async (at: string, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ at, ...more });
  return (await house.get(`/v1/shops/demo/preview?${query}`)) as { status: number; body: any };
};

describe('when a person answers', () => {
  it.each([
    ['in the lunch break', '2026-11-20T12:10:00+08:00', '今天下午1点半'],
    ['one minute before midnight', '2026-11-20T23:59:00+08:00', '明早9点'],
    ['at half past midnight', '2026-11-21T00:30:00+08:00', '今天上午9点'],
    ['on the night of the first holiday', '2026-10-01T23:10:00+08:00', '明天上午10点'],
    ['on the last night of the holidays', '2026-10-07T22:10:00+08:00', '明早9点'],
  ])('%s is told in the words of a shop', async (_, at, words) => {
    const [action, delivery, text] = await heldAt(at);
    expect([action, delivery]).toEqual(['handoff', 'send']);
    expect(text).toContain(words);
  });

  it('is the day after the holidays where the shop is closed on them', async () => {
    const [, , text] = await heldAt('2026-10-01T23:10:00+08:00', (shop) => {
      shop.hours.holidays.ranges = [];
    });
    expect(text).toContain('10月8日上午9点');
  });

  it('is this evening for a shop that opens in the evening and works past midnight', async () => {
    const evenings = (shop: Record<string, any>) => {
      for (const day of Object.keys(shop.hours.weekly)) shop.hours.weekly[day] = ['18:30-02:00'];
    };
    expect((await heldAt('2026-11-20T10:00:00+08:00', evenings))[2]).toContain('今晚6点半');
    await house.stop();
    expect((await heldAt('2026-11-21T01:30:00+08:00', evenings))[0]).toBe('handoff');
    expect(await house.feed()).toEqual([]);
    await house.stop();
    expect((await heldAt('2026-11-21T02:00:00+08:00', evenings))[2]).toContain('今晚6点半');
  });
});

describe('holidays', () => {
  it('have their own hours', async () => {
    await open({ at: '2026-10-01T09:30:00+08:00' });
    const early = await house.ask('可以开发票吗');
    expect([early.action, codes(early).includes('off_duty_holiday')]).toEqual(['auto', true]);
    await house.stop();
    await open({ at: '2026-10-01T15:00:00+08:00' });
    expect((await house.ask('可以开发票吗')).action).toBe('draft');
  });

  it('are paid for with make-up workdays: a Saturday has the hours of a Monday', async () => {
    await open({ at: '2026-10-10T12:30:00+08:00' });
    const answer = await house.ask('可以开发票吗');
    expect([answer.action, codes(answer).includes('on_duty_make_up')]).toEqual(['draft', true]);
    await house.stop();
    await open({ at: '2026-10-17T12:30:00+08:00' });
    expect((await house.ask('可以开发票吗')).action).toBe('auto');
  });

  it('of a year that nobody has announced are taken provisionally, and the Answer says so', async () => {
    await open({ at: '2027-10-01T23:00:00+08:00' });
    expect(codes(await house.ask('可以开发票吗'))).toContain('off_duty_holiday_provisional');
  });
});

describe('away', () => {
  it('until a time names it; after it agents are there again', async () => {
    await open({ at: '2026-11-20T15:00:00+08:00' });
    await house.away(true, '2026-11-20T19:30:00+08:00');
    expect((await house.ask(forPerson)).replies[0]!.text).toContain('今晚7点半');
    await house.away(true, '2026-11-27T09:00:00+08:00');
    expect((await house.ask(forPerson)).replies[0]!.text).toContain('11月27日上午9点');
    const back = new Date(house.now() + 1500).toISOString();
    await house.away(true, back);
    await new Promise((done) => setTimeout(done, 1600));
    expect((await house.ask(forPerson)).replies[0]?.delivery).not.toBe('send');
  });
});

describe('the preview', () => {
  it('tells the rule, the opening, the changes and the Answer, and stores nothing', async () => {
    await open({ at: '2026-11-20T15:00:00+08:00' });
    const { status, body } = await preview('2026-10-01T23:10:00+08:00', { text: forPerson, days: '1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      at: '2026-10-01T15:10:00.000Z',
      onDuty: false,
      rule: { by: 'holiday', name: '国庆节', date: '2026-10-01', ranges: ['10:00-22:00'] },
      nextOpening: { at: '2026-10-02T02:00:00.000Z', words: '明天上午10点' },
      changes: [
        { at: '2026-10-02T02:00:00.000Z', onDuty: true },
        { at: '2026-10-02T14:00:00.000Z', onDuty: false },
      ],
      answer: { action: 'handoff' },
    });
    expect(body.answer.replies[0].text).toContain('明天上午10点');
    expect(await house.feed()).toEqual([]);
    expect((await house.get('/v1/shops/demo/conversations/preview')).status).toBe(404);
  });

  it('is what the flow then does, on duty with the word that goes out when nobody answers', async () => {
    const at = '2026-11-20T12:10:00+08:00';
    await open({ at });
    for (const text of ['可以开发票吗', '我的快递三天没动了', '好的谢谢', '那个那个怎么说呢就是那样']) {
      const { body } = await preview(at, { text });
      const answer = await house.ask(text);
      expect([body.answer.action, codes(body.answer), body.answer.open]).toEqual([answer.action, codes(answer), answer.open]);
      const shape = (replies: readonly { readonly kind: string; readonly delivery: string; readonly template: string }[]) =>
        replies.map(({ kind, delivery, template }) => [kind, delivery, template]);
      expect(shape(body.answer.replies)).toEqual(shape(answer.replies));
    }
    const { body } = await preview('2026-11-20T15:00:00+08:00', { text: '可以开发票吗' });
    expect(body.answer.action).toBe('draft');
    expect(body.stepIn).toMatchObject({ action: 'auto', replies: [{ kind: 'answer', delivery: 'send' }] });
  });

  it('counts the away switch, unless it is told not to', async () => {
    await open({ at: '2026-11-20T15:00:00+08:00' });
    await house.away(true, '2026-11-20T19:30:00+08:00');
    const at = '2026-11-20T16:00:00+08:00';
    expect((await preview(at)).body).toMatchObject({ onDuty: false, rule: { by: 'away' }, nextOpening: { words: '今晚7点半' } });
    expect((await preview(at, { away: 'off' })).body).toMatchObject({ onDuty: true, rule: { by: 'week' } });
    expect((await preview('2026-11-20T20:00:00+08:00')).body).toMatchObject({ onDuty: true, rule: { by: 'week' } });
  });

  it('says what is wrong with a moment, and is for the shop’s own eyes', async () => {
    await open();
    for (const at of ['tomorrow', '2026-02-30T10:00:00+08:00', '9999-01-01T00:00:00Z']) {
      const { status, body } = await preview(at);
      expect([at, status, body.code, body.faults[0].field]).toEqual([at, 422, 'invalid', 'query at']);
    }
    expect((await house.get('/v1/shops/demo/preview', 'zt_wrong')).status).toBe(401);
  });
});

describe('busy step-in', () => {
  const noon = '2026-11-20T15:00:00+08:00';
  const stepIn =
    (its: object) =>
    (shop: Record<string, any>): void => {
      shop.bot = { ...shop.bot, burstSeconds: 0.2, stepIn: { afterSeconds: 60, afterMessages: 3, ...its } };
    };
  const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

  it('comes by time, unless an agent speaks; once, and the transcript tells the story', async () => {
    await open({ at: noon, shop: stepIn({ afterSeconds: 5, with: 'busy' }) });
    await house.send({ conversation: 'waits', text: '可以开发票吗' });
    await house.send({ conversation: 'served', text: '可以开发票吗' });
    await house.send({ conversation: 'served', author: 'agent', text: '亲，可以的' });
    expect(await house.feed()).toEqual([]);
    const [reply] = await house.feedOf(1);
    expect(reply).toMatchObject({ conversation: 'waits', kind: 'holding', inReplyTo: [] });
    await house.send({ conversation: 'waits', text: '人呢' });
    await pause(6);
    expect(await house.feed()).toHaveLength(1);
    const { body } = (await house.get('/v1/shops/demo/conversations/waits')) as { body: any };
    expect(body.answers.map(({ action }: { action: string }) => action)).toEqual(['draft', 'auto', 'draft']);
    expect(body.answers[1]).toMatchObject({ inReplyTo: [], follows: body.answers[0].id });
    expect(Date.parse(body.answers[1].at) - Date.parse(body.messages[0].receivedAt)).toBeGreaterThanOrEqual(5000);
    expect(codes(body.answers[1])).toContain('step_in_seconds');
    expect(body.deliveries).toHaveLength(1);
  });

  it('comes by three messages, with the answer where it is sure and else with a word of patience', async () => {
    await open({ at: noon, shop: stepIn({ notBeforeSeconds: 0, with: 'answer' }) });
    for (const text of ['在吗', '可以开发票吗', '发票什么时候寄']) await house.send({ conversation: 'sure', text });
    for (const text of ['在吗', '你们太过分了', '我要投诉你们']) await house.send({ conversation: 'angry', text });
    for (const text of ['在吗', '可以开发票吗']) await house.send({ conversation: 'two', text });
    const replies = await house.feedOf(2);
    const kinds = Object.fromEntries(replies.map(({ conversation, kind }) => [conversation, kind]));
    expect(kinds).toEqual({ sure: 'answer', angry: 'holding' });
    const { body } = (await house.get('/v1/shops/demo/conversations/sure')) as { body: any };
    expect(codes(body.answers[1])).toContain('step_in_messages');
  });

  it('comes after a restart, once, however late', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zaima-step-in-'));
    folders.push(dataDir);
    const shop = stepIn({ with: 'answer' });
    await open({ at: noon, dataDir, shop });
    await house.ask('可以开发票吗', { conversation: 'restart' });
    await house.stop();
    await open({ at: '2026-11-20T15:01:00+08:00', dataDir, shop });
    expect(await house.feedOf(1)).toMatchObject([{ conversation: 'restart', kind: 'answer' }]);
    await house.stop();
    await open({ at: '2026-11-20T15:05:00+08:00', dataDir, shop });
    await pause(1);
    expect(await house.feed()).toHaveLength(1);
  });

  it('sends nothing in shadow mode, and records it', async () => {
    await open({
      at: noon,
      shop: (shop) => {
        stepIn({ notBeforeSeconds: 0, with: 'answer' })(shop);
        shop.bot.mode = 'shadow';
      },
    });
    for (const text of ['在吗', '可以开发票吗', '发票什么时候寄']) await house.send({ conversation: 'shadow', text });
    const told = async () => ((await house.get('/v1/shops/demo/conversations/shadow')) as { body: any }).body;
    await expect.poll(async () => codes((await told()).answers.at(-1) ?? { reasons: [] })).toContain('step_in_messages');
    expect(await house.feed()).toEqual([]);
    const body = await told();
    expect(codes(body.answers.at(-1))).toEqual(expect.arrayContaining(['step_in_messages', 'shadow']));
    expect(body.answers.at(-1).replies).toMatchObject([{ kind: 'answer', delivery: 'suggest' }]);
  });
});
