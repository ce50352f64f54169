/** The shop's life through the real server: signed webhook in, right answer out, nothing lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshId, type House, type HouseOptions, startHouse } from './running-house.js';

let house: House;
const open = async (options: HouseOptions = {}) => {
  house = await startHouse(options);
  return house;
};
const folders: string[] = [];
afterEach(async () => {
  await house.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Off duty in the demo shop, whatever its hours: a Saturday night. */
const night = '2026-11-21T23:30:00+08:00';

describe('off duty', () => {
  it('makes one reply of three short messages', async () => {
    await open({ at: night });
    for (const text of ['在吗', '包邮吗', '几天能到']) await house.send({ conversation: 'burst', text });
    const [reply] = await house.feedOf(1);
    expect(reply!.inReplyTo).toHaveLength(3);
    expect(reply!.kind).toBe('answer');
    expect(reply!.text).toMatch(/包邮|运费/);
    expect(reply!.text).toMatch(/天/);
    await new Promise((done) => setTimeout(done, 2000));
    expect(await house.feed()).toHaveLength(1);
  });

  it('answers 繁體 with the same reply as simplified', async () => {
    await open({ at: night });
    const answer = await house.ask('請問這款包郵嗎');
    expect(answer.action).toBe('auto');
    expect(answer.replies[0]!.intents).toEqual(['shipping_fee']);
  });

  it('tells the fee to 克拉玛依 from the fee table', async () => {
    await open({ at: night });
    const answer = await house.ask('发到克拉玛依邮费多少');
    expect(answer.understanding.slots.region).toEqual({ province: '新疆', city: '克拉玛依' });
    expect(answer.action).toBe('auto');
    expect(answer.replies[0]!.text).toContain('18');
  });

  it('offers alternatives that are in stock when the item is sold out', async () => {
    let soldOut: { id: string; title: string } | undefined;
    let offered: string[] = [];
    await open({
      at: night,
      shop: (shop) => {
        const product = shop.products.find((one: any) => (one.alternatives ?? []).length > 0);
        for (const variant of product.variants) variant.stock = 0;
        soldOut = { id: product.id, title: product.title };
        offered = shop.products
          .filter((one: any) => product.alternatives.includes(one.id) && one.variants.some((variant: any) => variant.stock > 0))
          .map((one: any) => one.title);
      },
    });
    const answer = await house.ask('这款还有货吗', { item: soldOut! });
    expect(answer.action).toBe('auto');
    expect(offered.some((title) => answer.replies[0]!.text.includes(title))).toBe(true);
  });

  it('gives an invoice without asking tax for it', async () => {
    await open({ at: night });
    const answer = await house.ask('开发票要另外加税点吗');
    expect(answer.action).toBe('auto');
    expect(answer.replies[0]!.text).toContain('发票');
    expect(answer.replies[0]!.text).not.toMatch(/税点.*(元|加)|加收|另付/);
    expect(answer.replies[0]!.findings).toEqual([]);
  });

  it('holds an angry buyer kindly and says when a person answers', async () => {
    await open({ at: night });
    const answer = await house.ask('你们太过分了，我要投诉你们');
    expect(answer.action).toBe('handoff');
    expect(answer.replies[0]).toMatchObject({ kind: 'holding', delivery: 'send' });
    expect(answer.replies[0]!.text).toMatch(/明早|明天上午\d+点/);
    expect(answer.open).toContain('complaint');
  });

  it('holds once a closed period, and the matter stays open', async () => {
    await open({ at: night });
    const first = await house.ask('我的快递三天没动了', { conversation: 'waiting' });
    const second = await house.ask('到底去哪了我的包裹', { conversation: 'waiting' });
    expect(first.replies.map((reply) => reply.kind)).toEqual(['holding']);
    expect([second.action, second.replies]).toEqual(['handoff', []]);
  });

  it('says tomorrow at 23:59 and today at 00:01', async () => {
    await open({ at: '2026-11-21T23:59:00+08:00' });
    expect((await house.ask('我要找人工客服')).replies[0]!.text).toMatch(/明早|明天上午\d+点/);
    await house.stop();
    await open({ at: '2026-11-22T00:01:00+08:00' });
    expect((await house.ask('我要找人工客服')).replies[0]!.text).toMatch(/今天上午\d+点/);
  });

  it('holds what a parameter that nobody set would have answered', async () => {
    await open({ at: night, shop: (shop) => delete shop.invoice });
    const answer = await house.ask('可以开发票吗');
    expect(answer.action).toBe('handoff');
    expect(answer.replies.map((reply) => reply.kind)).toEqual(['holding']);
  });

  it('is silent on thanks and advertising', async () => {
    await open({ at: night });
    for (const text of ['好的谢谢', '嗯嗯知道了']) expect((await house.ask(text)).action).toBe('silent');
    expect(await house.feed()).toEqual([]);
  });

  it('never says the same text twice: short form first, then a person', async () => {
    await open({ at: night });
    const texts: string[] = [];
    for (let i = 0; i < 3; i++)
      texts.push(...(await house.ask('可以开发票吗', { conversation: 'again' })).replies.map((reply) => reply.text));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toHaveLength(3);
    expect((await house.feed()).map((reply) => reply.kind)).toEqual(['answer', 'answer', 'holding']);
  });

  it('holds a message that is older than fifteen minutes', async () => {
    await open({ at: night });
    const answer = await house.ask('可以开发票吗', { sentAt: new Date(house.now() - 20 * 60_000).toISOString() });
    expect([answer.action, answer.replies[0]!.kind]).toEqual(['handoff', 'holding']);
  });

  it('takes a bare place after a question about postage as the same question', async () => {
    await open({ at: night });
    await house.ask('邮费多少', { conversation: 'thread' });
    const answer = await house.ask('那新疆呢', { conversation: 'thread' });
    expect(answer.action).toBe('auto');
    expect(answer.replies[0]!.text).toContain('新疆');
  });

  it('leaves a recalled message unanswered', async () => {
    await open({ at: night });
    await house.send([
      { conversation: 'recalled', text: '可以开发票吗' },
      { conversation: 'recalled', type: 'recall' },
    ]);
    const answer = await house.ask('在吗', { conversation: 'recalled' });
    expect(answer.understanding.intents.map((intent) => intent.id)).toEqual(['greeting']);
  });

  it('hands a picture to a person', async () => {
    await open({ at: night });
    const { body } = await house.send({ conversation: 'picture', type: 'image' }, { wait: true });
    expect(body.answers![0]).toMatchObject({ action: 'handoff' });
    expect(body.answers![0]!.replies[0]!.kind).toBe('holding');
  });
});

describe('on duty', () => {
  const noon = '2026-11-20T15:00:00+08:00';

  it('drafts for the agent and sends nothing', async () => {
    await open({ at: noon });
    const answer = await house.ask('这款包邮吗');
    expect(answer.action).toBe('draft');
    expect(answer.replies.length).toBeGreaterThan(0);
    expect(answer.replies.every((reply) => reply.delivery === 'suggest')).toBe(true);
    expect(await house.feed()).toEqual([]);
  });

  it('answers by itself as soon as the shop is switched to away, and no more when it is back', async () => {
    await open({ at: noon });
    await house.away(true);
    expect((await house.ask('这款包邮吗')).action).toBe('auto');
    await house.away(false);
    expect((await house.ask('这款包邮吗')).action).toBe('draft');
  });
});

describe('who speaks', () => {
  it('keeps still when an agent takes over in the middle of a burst', async () => {
    await open({ at: night });
    await house.send({ conversation: 'taken', text: '在吗' });
    await house.send({ conversation: 'taken', text: '包邮吗' });
    await house.send({ conversation: 'taken', author: 'agent', text: '亲在的，您说' });
    await house.send({ conversation: 'taken', text: '能开发票吗' });
    const actionsNow = async () => {
      const { body } = await house.get('/v1/shops/demo/conversations/taken');
      return JSON.stringify(body).match(/"action":"\w+"/g);
    };
    await expect.poll(actionsNow).not.toBeNull();
    expect(await house.feed()).toEqual([]);
    for (const action of (await actionsNow())!) expect(['"action":"silent"', '"action":"draft"']).toContain(action);
  });

  it('does not take its own echo for a human', async () => {
    await open({ at: night });
    const first = await house.ask('可以开发票吗', { conversation: 'echo' });
    await house.send({ conversation: 'echo', author: 'agent', text: first.replies[0]!.text });
    expect((await house.ask('包邮吗', { conversation: 'echo' })).action).toBe('auto');
    await house.send({ conversation: 'echo', author: 'agent', text: '我来接待您' });
    expect((await house.ask('支持信用卡吗', { conversation: 'echo' })).action).toBe('draft');
  });

  it("is not woken by the platform's own lines", async () => {
    await open({ at: night });
    const { body } = await house.send({ conversation: 'tip', author: 'system', text: '买家已付款' }, { wait: true });
    expect(body.answers ?? []).toEqual([]);
  });
});

describe('deliveries of the platform', () => {
  it('answers a message delivered twice once, with the same answer', async () => {
    await open({ at: night });
    const message = { id: freshId(), conversation: 'twice', text: '可以开发票吗' };
    const first = await house.send(message, { wait: true });
    const second = await house.send(message, { wait: true });
    expect(first.body.messages[0]).toMatchObject({ duplicate: false });
    expect(second.body.messages[0]).toMatchObject({ duplicate: true });
    expect(second.body.answers!.map((answer) => answer.id)).toEqual(first.body.answers!.map((answer) => answer.id));
    expect(await house.feed()).toHaveLength(1);
  });

  it('keeps the first of two bodies with one id and says so', async () => {
    await open({ at: night });
    const id = freshId();
    await house.send({ id, conversation: 'conflict', text: '可以开发票吗' }, { wait: true });
    const { body } = await house.send({ id, conversation: 'conflict', text: '包邮吗' }, { wait: true });
    expect(body.messages[0]).toEqual({ id, duplicate: true, conflict: true });
    expect(JSON.stringify((await house.get('/v1/shops/demo/conversations/conflict')).body)).not.toContain('包邮吗');
  });

  it('goes on after a restart with what was waiting', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zaima-restart-'));
    folders.push(dataDir);
    await open({ at: night, dataDir });
    await house.send({ conversation: 'restart', text: '可以开发票吗' });
    await house.stop();
    await open({ at: night, dataDir });
    const [reply] = await house.feedOf(1);
    expect(reply!.conversation).toBe('restart');
  });
});
