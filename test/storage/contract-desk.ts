import { expect, test } from 'vitest';
import { type AgentReply, emptyMemory, type Memory } from '../../src/conversation.js';
import type { DeskWrite, Standing } from '../../src/storage/desk.js';
import type { Arrive, Storage } from '../../src/storage/storage.js';
import { answer, askedAndAnswered, evening, finishing, message, reply } from './samples.js';

const zhou = { id: 'u1', name: '小周' };
const actor = { kind: 'user', ...zhou } as const;
/** As the flow does: the buyer waits. */
const waiting: Memory = { ...emptyMemory, unanswered: { since: evening, count: 1 } };
const waits: Arrive = () => ({ firstUnansweredAt: evening, dueAt: evening + 1000, memory: waiting });
const written = (its: Partial<AgentReply> = {}): AgentReply => ({
  id: 'w1',
  kind: 'agent',
  author: zhou,
  text: '亲，我看一下库存~',
  characters: 9,
  findings: [],
  ...its,
});
const taking: DeskWrite = { desk: { holder: { ...zhou, since: evening } } };

export function deskContract(storage: () => Storage): void {
  const arrived = (conversation = 'c1', its: Parameters<typeof message>[0] = {}) =>
    storage().accept([message({ id: `m-${conversation}`, conversation, ...its })], waits);
  const write = (its: DeskWrite, conversation = 'c1') =>
    storage().deskWrite<never>('tea', conversation, undefined, () => ({ write: its }));
  const changed = async (after: number, limit = 100) => {
    const { views, seq } = await storage().deskChanges('tea', after, limit);
    return { ids: views.map((view) => view.conversation.id), seq };
  };

  test('every change of a conversation gives it the next number, and only what changed since is told', async () => {
    await arrived('c1');
    await arrived('c2');
    await arrived('c3', { shop: 'shoes' });
    const first = await changed(0);
    expect(first.ids).toStrictEqual(['c1', 'c2']);
    expect(await storage().deskSeq('tea')).toBe(first.seq);
    expect(await changed(first.seq)).toStrictEqual({ ids: [], seq: first.seq });
    const told: number[] = [first.seq];
    const changes: [string, () => Promise<unknown>][] = [
      ['answered', () => storage().finish(finishing({ callback: true, answer: answer({ inReplyTo: ['m-c1'] }) }))],
      ['moved on', () => storage().moveOn('tea', 'c1', 2, { memory: emptyMemory })],
      ['receipt', () => storage().receipt('tea', 'r1', { state: 'delivered', at: evening })],
      [
        'settled',
        async () =>
          storage().settleDelivery('r1', (await storage().claimDeliveries(evening + 9000, 30, 1))[0]!.fence, 'sent', ''),
      ],
      ['taken', () => write(taking)],
      ['card', () => storage().changeBuyer('tea', 'b1', 'any', { note: '怕扎' }, zhou, evening)],
    ];
    for (const [what, change] of changes) {
      await change();
      const next = await changed(told.at(-1)!);
      expect([what, next.ids.includes('c1')]).toStrictEqual([what, true]);
      expect(next.seq).toBeGreaterThan(told.at(-1)!);
      told.push(next.seq);
    }
  });

  test('the last position is that of the last message, whoever wrote it', async () => {
    expect(await storage().lastPosition('tea', 'c1')).toBeUndefined();
    await arrived();
    const first = (await storage().lastPosition('tea', 'c1'))!;
    await arrived('c1', { id: 'm2', author: 'agent', text: '在的' });
    const { lines } = (await storage().deskView('tea', 'c1'))!;
    const last = lines.findLast((line) => line.from === 'message');
    expect(await storage().lastPosition('tea', 'c1')).toBe(last?.from === 'message' && last.position);
    expect(await storage().lastPosition('tea', 'c1')).toBeGreaterThan(first);
    await write({ ...taking, reply: { reply: written(), at: evening + 100, callback: false } });
    expect(await storage().lastPosition('tea', 'c1')).toBeGreaterThan(first);
    expect(await storage().lastPosition('shoes', 'c1')).toBeUndefined();
  });

  test('changes come in pages, none twice and none left out', async () => {
    for (let n = 0; n < 7; n++) await arrived(`c${n}`);
    for (const n of [1, 4]) await write(taking, `c${n}`);
    await storage().moveOn('tea', 'c0', 1, { memory: emptyMemory });
    const seen: string[] = [];
    let after = 0;
    for (;;) {
      const { ids, seq } = await changed(after, 2);
      if (ids.length === 0) break;
      seen.push(...ids);
      after = seq;
    }
    expect(seen).toStrictEqual(['c2', 'c3', 'c5', 'c6', 'c1', 'c4', 'c0']);
  });

  test('whoever listens is told after the commit which shops changed', async () => {
    const told: string[][] = [];
    const stop = storage().onDeskChange((shops) => void told.push([...shops]));
    await arrived();
    expect(told).toStrictEqual([['tea']]);
    await storage().requeue('tea', 'c1', evening);
    expect(told).toHaveLength(1);
    stop();
    await write(taking);
    expect(told).toHaveLength(1);
  });

  test('of two who reach for a conversation the second is told what the first did', async () => {
    await arrived();
    const reach = (id: string) =>
      storage().deskWrite('tea', 'c1', undefined, ({ desk }) =>
        desk.holder === undefined
          ? { write: { desk: { holder: { id, name: id, since: evening } } } }
          : { refused: desk.holder.id },
      );
    const [one, other] = await Promise.all([reach('u1'), reach('u2')]);
    expect(one).toMatchObject({ done: { desk: { holder: { id: 'u1' } }, conversation: { version: 2 } } });
    expect(other).toStrictEqual({ refused: 'u1' });
    expect(await storage().deskWrite('tea', 'nowhere', undefined, () => ({ write: {} }))).toBeUndefined();
  });

  test('a decision to do nothing changes nothing', async () => {
    await arrived();
    const before = await storage().deskSeq('tea');
    await storage().deskWrite('tea', 'c1', undefined, () => ({ write: undefined }));
    expect(await storage().deskSeq('tea')).toBe(before);
  });

  test('what an agent writes goes out like any reply, answers no message twice, and is known when it comes back', async () => {
    await arrived();
    const conversation = { memory: emptyMemory };
    await write({ ...taking, change: conversation, reply: { reply: written(), at: evening + 100, callback: true } });
    const { rows } = await storage().feed('tea', 0, 10);
    expect(rows).toMatchObject([{ conversation: 'c1', inReplyTo: [], reply: written(), createdAt: evening + 100 }]);
    expect(await storage().claimDeliveries(evening + 100, 30, 9)).toMatchObject([{ reply: written(), connector: 'webhook' }]);
    const echo = message({ id: 'echo', author: 'agent', text: '亲，我看一下库存~', sentAt: evening + 300 });
    expect(await storage().ownEcho(echo, evening)).toBe(true);
    await storage().accept([echo], () => conversation);
    const transcript = await storage().transcript('tea', 'c1', 10);
    expect(transcript?.written).toStrictEqual([{ reply: written(), at: evening + 100 }]);
    expect(transcript?.lines.map(({ echoOf }) => echoOf)).toStrictEqual([undefined, 'w1']);
    expect(transcript?.deliveries).toMatchObject([{ replyId: 'w1', state: 'sending' }]);
    const view = await storage().deskView('tea', 'c1');
    expect(view?.lines.map((line) => (line.from === 'message' ? line.message.id : line.reply.id))).toStrictEqual(['m-c1', 'w1']);
  });

  test('a conversation is read from its end to its beginning, a page at a time, each with what was written then', async () => {
    for (let n = 1; n <= 5; n++) {
      await storage().accept([message({ id: `m${n}`, text: `第 ${n} 句`, sentAt: evening + n * 1000 })], waits);
      await write({ reply: { reply: written({ id: `w${n}` }), at: evening + n * 1000 + 500, callback: false } });
    }
    const read = async (before?: number) => {
      const { lines, written: all } = (await storage().transcript('tea', 'c1', 2, { before }))!;
      return { lines, ids: [...lines.map((line) => line.message.id), ...all.map((one) => one.reply.id)] };
    };
    const newest = await read();
    expect(newest.ids).toStrictEqual(['m4', 'm5', 'w4', 'w5']);
    const middle = await read(newest.lines[0]!.position);
    expect(middle.ids).toStrictEqual(['m2', 'm3', 'w2', 'w3']);
    const first = await read(middle.lines[0]!.position);
    expect(first.ids).toStrictEqual(['m1', 'w1']);
    expect((await read(first.lines[0]!.position)).ids).toStrictEqual([]);
    expect((await read(999)).ids).toStrictEqual([]);
  });

  test('a search finds what lies behind thousands of lines, in its own shop alone', async () => {
    await arrived('old', { text: '羊毛 会起球吗', buyer: { id: 'b9', name: '一只小鹿' } });
    await arrived('foreign', { shop: 'tea2', text: '羊毛会起球吗' });
    const many = Array.from({ length: 2100 }, (_, n) =>
      message({ id: `x${n}`, conversation: 'busy', text: `在吗 ${n}`, sentAt: evening + n }),
    );
    for (let at = 0; at < many.length; at += 100) await storage().accept(many.slice(at, at + 100), waits);
    const found = async (typed: string, shop = 'tea') =>
      (await storage().deskSearch(shop, typed, 10)).map((row) => row.conversation.id);
    expect(await found('起球')).toStrictEqual(['old']);
    expect(await found('小鹿')).toStrictEqual(['old']);
    expect(await found('羊毛会')).toStrictEqual([]);
    expect(await found('2099')).toStrictEqual(['busy']);
    expect(await found('在吗')).toStrictEqual(['busy']);
    expect(await found('起球', 'tea2')).toStrictEqual(['foreign']);
    expect(await found('起球', 'te')).toStrictEqual([]);
    expect(await found('"; *')).toStrictEqual([]);
  });

  test('the same id finds what was sent before, wherever it went', async () => {
    await arrived('c1');
    await arrived('c2');
    await write({ reply: { reply: written(), at: evening, callback: true } });
    let seen: Standing['sent'];
    const look = async (conversation: string, id: string) => {
      await storage().deskWrite('tea', conversation, id, ({ sent }) => {
        seen = sent;
        return { write: undefined };
      });
      return seen;
    };
    expect(await look('c2', 'w1')).toMatchObject({ conversation: 'c1', reply: written(), delivery: { state: 'queued' } });
    expect(await look('c1', 'w2')).toBeUndefined();
  });

  test('a delivery that failed is tried anew, any other is not', async () => {
    await arrived();
    await write({ reply: { reply: written(), at: evening, callback: true } });
    const again: DeskWrite = { requeue: { replyId: 'w1', at: evening + 50 } };
    const [first] = await storage().claimDeliveries(evening, 30, 1);
    await write(again);
    expect(await storage().claimDeliveries(evening + 99, 30, 1)).toStrictEqual([]);
    await storage().settleDelivery('w1', first!.fence, 'failed', 'refused');
    await write(again);
    expect(await storage().nextDeliveryAt()).toBe(evening + 50);
    expect(await storage().claimDeliveries(evening + 50, 30, 1)).toMatchObject([{ attempts: 1 }]);
  });

  test('a reply that failed knows as what it was sent again; nothing is sent again twice', async () => {
    await arrived();
    await write({ reply: { reply: written(), at: evening, callback: false } });
    const again = (id: string) => write({ reply: { reply: { ...written(), id, retryOf: 'w1' }, at: evening, callback: false } });
    await again('w2');
    await expect(again('w3')).rejects.toMatchObject({ code: 'storage_conflict' });
    await storage().receipt('tea', 'w1', { state: 'failed', at: evening });
    const { written: all, deliveries } = (await storage().transcript('tea', 'c1', 9))!;
    expect(all.map(({ reply }) => [reply.id, reply.retryOf])).toEqual([
      ['w1', undefined],
      ['w2', 'w1'],
    ]);
    expect(deliveries.map(({ replyId, retriedAs }) => [replyId, retriedAs])).toEqual([
      ['w1', 'w2'],
      ['w2', undefined],
    ]);
  });

  test('a conversation is shown with its newest lines, the Answers to them, and what became of the replies', async () => {
    await askedAndAnswered(storage());
    for (let n = 0; n < 9; n++)
      await storage().accept([message({ id: `later${n}`, text: `还有 ${n}`, sentAt: evening + 2000 + n })], waits);
    const view = (await storage().deskView('tea', 'c1'))!;
    expect(view.lines).toHaveLength(8);
    expect(view.hasEarlier).toBe(true);
    expect(view.lines.at(-1)).toMatchObject({ from: 'message', message: { text: '还有 8' } });
    const fresh = (await storage().deskView('tea', 'c2')) ?? undefined;
    expect(fresh).toBeUndefined();
    await storage().accept([message({ shop: 'shoes' })], waits);
    await storage().finish(finishing({ shop: 'shoes', callback: true }));
    expect(await storage().deskView('shoes', 'c1')).toMatchObject({
      answers: [{ id: 'a1' }],
      hasEarlier: false,
      lines: [{ from: 'message' }, { from: 'reply', reply: reply(), delivery: { state: 'queued', receipts: [] } }],
    });
  });

  test('open are those where a buyer waits or that an agent holds', async () => {
    const open = async () => (await storage().deskOpen('tea', 9)).map(({ conversation }) => conversation.id).sort();
    for (const id of ['c1', 'c2', 'c3']) await arrived(id);
    await storage().finish(finishing({ answer: answer({ inReplyTo: ['m-c1'] }) }));
    expect(await open()).toStrictEqual(['c2', 'c3']);
    await write({ ...taking, change: { memory: emptyMemory } }, 'c2');
    await storage().moveOn('tea', 'c2', 2, { memory: emptyMemory });
    expect(await open()).toStrictEqual(['c2', 'c3']);
    await write({ desk: { closed: { by: zhou, at: evening } } }, 'c2');
    expect(await open()).toStrictEqual(['c3']);
    await storage().accept([message({ id: 'm9', conversation: 'c2' })], waits);
    expect(await open()).toStrictEqual(['c2', 'c3']);
    const latest = (filter: object) =>
      storage()
        .deskLatest('tea', { limit: 9, ...filter })
        .then((rows) => rows.map(({ conversation }) => conversation.id));
    expect(await latest({})).toStrictEqual(['c2', 'c1', 'c3']);
    const [newest] = await storage().deskLatest('tea', { limit: 1 });
    expect(await latest({ before: newest!.seq })).toStrictEqual(['c1', 'c3']);
    expect(await latest({ holder: 'u1' })).toStrictEqual([]);
    await write(taking, 'c3');
    expect(await latest({ holder: 'u1' })).toStrictEqual(['c3']);
    expect(await latest({ buyer: 'b1', limit: 2 })).toStrictEqual(['c3', 'c2']);
    const before = await storage().deskSeq('tea');
    await storage().touchDesk('tea');
    expect((await changed(before)).ids.sort()).toStrictEqual(['c2', 'c3']);
  });

  test('open is also what a reply did not reach, until it is written anew', async () => {
    const open = async () => (await storage().deskOpen('tea', 9)).map(({ conversation }) => conversation.id).sort();
    for (const [at, id] of ['by-receipt', 'by-callback'].entries()) {
      await arrived(id);
      const out = reply({ id: `r-${id}`, delivery: 'send' });
      await storage().finish(
        finishing({
          conversation: id,
          callback: at === 1,
          answer: answer({ id: `a-${id}`, conversation: id, inReplyTo: [`m-${id}`], replies: [out] }),
        }),
      );
    }
    expect(await open()).toStrictEqual([]);
    await storage().receipt('tea', 'r-by-receipt', { state: 'failed', at: evening });
    const [claimed] = await storage().claimDeliveries(evening + 60_000, 30, 9);
    await storage().settleDelivery(claimed!.reply.id, claimed!.fence, 'failed', '渠道超时');
    expect(await open()).toStrictEqual(['by-callback', 'by-receipt']);
    await write({ desk: { closed: { by: zhou, at: evening } } }, 'by-receipt');
    expect(await open()).toStrictEqual(['by-callback']);
  });

  test('feedback on drafts is kept with who gave it, and the audit in the same breath', async () => {
    const draft = reply({ id: 'a1_1', delivery: 'suggest' });
    const said = reply({ id: 'a1_3' });
    await storage().accept([message()], waits);
    await storage().finish(finishing({ answer: answer({ replies: [draft, reply(), said] }) }));
    expect(await storage().draft('tea', 'a1_1')).toMatchObject({ reply: draft, answer: { id: 'a1' } });
    expect(await storage().draft('tea', 'a1_3')).toMatchObject({ reply: said });
    for (const [shop, id] of [
      ['tea', 'r1'],
      ['tea', 'a1_2'],
      ['tea', 'nothing'],
      ['shoes', 'a1_1'],
    ] as const)
      expect(await storage().draft(shop, id)).toBeUndefined();
    const feedback = { draft: 'a1_1', outcome: 'edited', text: '改过的', by: actor, at: evening } as const;
    const entry = { shop: 'tea', at: evening, by: actor, action: 'finding_overridden', subject: 'c1' } as const;
    await write({ feedback, audit: [entry] });
    await write({ feedback: { draft: 'a1_1', outcome: 'wrong', note: '没看清尺码', by: actor, at: evening + 1 } });
    const rows = await storage().draftFeedback('tea', 0, 9);
    expect(rows).toMatchObject([
      { ...feedback, conversation: 'c1' },
      { outcome: 'wrong', note: '没看清尺码' },
    ]);
    expect(await storage().draftFeedback('tea', rows[0]!.position, 9)).toHaveLength(1);
    expect(await storage().draftFeedback('shoes', 0, 9)).toStrictEqual([]);
    expect(await storage().auditLog('tea', undefined, 9)).toMatchObject([entry]);
  });

  test('a buyer is known with the earlier conversations and the orders as the platform told them last', async () => {
    const order = (status: string) => ({ id: '2601', status });
    await storage().accept([message({ buyer: { id: 'b1', name: '栗子与海' }, order: order('paid') })], waits);
    await storage().accept(
      [
        message({ id: 'm2', conversation: 'c2', sentAt: evening + 5, text: '到哪了', order: order('shipped') }),
        message({ id: 'm3', conversation: 'c3', buyer: { id: 'b2' } }),
        message({ id: 'm4', conversation: 'c2', author: 'agent', sentAt: evening + 9 }),
      ],
      waits,
    );
    expect(await storage().buyer('tea', 'b1', 9)).toStrictEqual({
      buyer: { id: 'b1' },
      card: { version: 0 },
      visits: [
        { conversation: 'c2', firstAt: evening + 5, lastAt: evening + 5, messages: 1, lastText: '到哪了' },
        { conversation: 'c1', firstAt: evening, lastAt: evening, messages: 1, lastText: '什么时候发货' },
      ],
      orders: [{ order: order('shipped'), at: evening + 5 }],
    });
    expect(await storage().buyer('tea', 'b3', 9)).toBeUndefined();
    expect(await storage().buyer('shoes', 'b1', 9)).toBeUndefined();
  });

  test('a card is changed on the version that was seen, field by field', async () => {
    await arrived();
    const change = (version: number | 'any', its: Parameters<Storage['changeBuyer']>[3], id = 'b1') =>
      storage().changeBuyer('tea', id, version, its, zhou, evening);
    expect(await change(0, { note: '怕扎', group: 'interested' })).toStrictEqual({
      note: '怕扎',
      group: 'interested',
      version: 1,
    });
    expect(await change(0, { note: '别的' })).toBe('stale');
    expect(await change(1, { nickname: '栗子', note: null })).toStrictEqual({
      nickname: '栗子',
      group: 'interested',
      version: 2,
    });
    expect(await change('any', { group: null })).toStrictEqual({ nickname: '栗子', version: 3 });
    expect(await change(0, { note: 'x' }, 'nobody')).toBeUndefined();
    expect((await storage().deskView('tea', 'c1'))?.card).toStrictEqual({ nickname: '栗子', version: 3 });
  });
}
