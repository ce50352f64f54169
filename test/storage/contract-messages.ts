import { expect, test, vi } from 'vitest';
import { type Conversation, emptyMemory } from '../../src/conversation.js';
import type { Storage } from '../../src/storage/storage.js';
import { answer, arrive, conversationOf, evening, finishing, fullMemory, ids, message, reply } from './samples.js';

export function messageContract(storage: () => Storage): void {
  test('a new message is accepted, with its turn', async () => {
    const result = await storage().accept([message()], arrive);
    expect(result.accepted).toStrictEqual([{ id: 'm1', duplicate: false, conflict: false }]);
    expect(result.turns).toStrictEqual([
      {
        conversation: {
          shop: 'tea',
          id: 'c1',
          connector: 'webhook',
          buyer: { id: 'b1' },
          version: 1,
          firstUnansweredAt: evening + 200,
          dueAt: evening + 1200,
          memory: emptyMemory,
        },
        messages: [message()],
      },
    ]);
    expect(await storage().turn('tea', 'c1')).toStrictEqual(result.turns[0]);
  });

  test('an unknown conversation comes to arrive with version 0, an empty memory and the buyer of the message', async () => {
    const seen: Conversation[] = [];
    await storage().accept([message({ buyer: { id: 'b1', name: '小王' } })], (conversation, one) => {
      seen.push(conversation);
      return arrive(conversation, one);
    });
    expect(seen).toStrictEqual([
      { shop: 'tea', id: 'c1', connector: 'webhook', buyer: { id: 'b1', name: '小王' }, version: 0, memory: emptyMemory },
    ]);
  });

  test('arrive is told once per new message, in order of sentAt, on what the one before it left', async () => {
    const seen: string[] = [];
    const late = message({ id: 'm2', sentAt: evening + 900 });
    const early = message({ id: 'm3', sentAt: evening - 900 });
    const { turns, accepted } = await storage().accept([late, early, late], (conversation, { id }) => {
      seen.push(`${id} on version ${conversation.version} after ${conversation.memory.lastTexts.join()}`);
      return { memory: { ...conversation.memory, lastTexts: [...conversation.memory.lastTexts, id] } };
    });
    expect(seen).toStrictEqual(['m3 on version 0 after ', 'm2 on version 1 after m3']);
    expect(ids(accepted)).toStrictEqual(['m2', 'm3', 'm2']);
    expect(turns).toHaveLength(1);
    expect(turns[0]?.conversation.version).toBe(2);
    expect(turns[0]?.conversation.memory.lastTexts).toStrictEqual(['m3', 'm2']);
  });

  test('a message delivered again changes nothing, but shows the turn', async () => {
    const first = await storage().accept([message()], arrive);
    const again = vi.fn(arrive);
    const second = await storage().accept([message({ receivedAt: evening + 60_000 })], again);
    expect(second.accepted).toStrictEqual([{ id: 'm1', duplicate: true, conflict: false }]);
    expect(second.turns).toStrictEqual(first.turns);
    expect(again).not.toHaveBeenCalled();
  });

  test('the same message twice in one call is a duplicate', async () => {
    const { accepted, turns } = await storage().accept([message(), message()], arrive);
    expect(accepted.map((one) => one.duplicate)).toStrictEqual([false, true]);
    expect(turns.map((turn) => ids(turn.messages))).toStrictEqual([['m1']]);
  });

  test('the same id with another body keeps the first and says conflict', async () => {
    await storage().accept([message()], arrive);
    const { accepted } = await storage().accept([message({ text: '能便宜点吗' })], arrive);
    expect(accepted).toStrictEqual([{ id: 'm1', duplicate: true, conflict: true }]);
    expect((await storage().turn('tea', 'c1'))?.messages).toStrictEqual([message()]);
  });

  test('a conflicting message does not make the conversation that it names', async () => {
    await storage().accept([message()], arrive);
    const { accepted, turns } = await storage().accept([message({ conversation: 'c2' })], arrive);
    expect(accepted[0]?.conflict).toBe(true);
    expect(turns).toStrictEqual([]);
    expect(await storage().turn('tea', 'c2')).toBeUndefined();
  });

  test('each field counts for a conflict, but not the time of receipt', async () => {
    const full = message({
      buyer: { id: 'b1', name: '小王' },
      item: { id: 'i1', title: '茶', priceYuan: 9.9, url: 'https://x.cn/1' },
      order: { id: 'o1', status: 'paid' },
    });
    await storage().accept([full], arrive);
    const others = [
      { ...full, buyer: { id: 'b1', name: '小李' } },
      { ...full, author: 'agent' as const },
      { ...full, type: 'image' as const },
      { ...full, item: { id: 'i1', title: '茶', priceYuan: 9.8, url: 'https://x.cn/1' } },
      { ...full, order: { id: 'o1', status: 'sent' } },
      message(),
    ];
    for (const other of others) {
      expect((await storage().accept([other], arrive)).accepted[0]?.conflict, JSON.stringify(other)).toBe(true);
    }
    expect((await storage().accept([{ ...full, sentAt: evening + 1, receivedAt: 1 }], arrive)).accepted[0]?.conflict).toBe(false);
  });

  test('one id may come from two connectors and to two shops', async () => {
    const { accepted } = await storage().accept(
      [message(), message({ connector: 'wecom', conversation: 'c2' }), message({ shop: 'shoes' })],
      arrive,
    );
    expect(accepted.map((one) => one.duplicate)).toStrictEqual([false, false, false]);
    expect((await storage().turn('shoes', 'c1'))?.messages).toStrictEqual([message({ shop: 'shoes' })]);
    expect((await storage().turn('tea', 'c1'))?.messages).toStrictEqual([message()]);
  });

  test('there is one turn per conversation, in order of first mention, duplicates too', async () => {
    await storage().accept([message({ id: 'm0', conversation: 'c2' })], arrive);
    const { turns } = await storage().accept(
      [message({ id: 'm5', conversation: 'c3' }), message({ id: 'm0', conversation: 'c2' }), message(), message({ id: 'm6' })],
      arrive,
    );
    expect(turns.map((turn) => [turn.conversation.id, ...ids(turn.messages)])).toStrictEqual([
      ['c3', 'm5'],
      ['c2', 'm0'],
      ['c1', 'm1', 'm6'],
    ]);
  });

  test('the turn holds all unanswered messages of the buyer in order of sentAt, and nobody else’s', async () => {
    await storage().accept([message({ id: 'm1', sentAt: evening + 50 })], arrive);
    const { turns } = await storage().accept(
      [
        message({ id: 'm2', sentAt: evening }),
        message({ id: 'm3', author: 'agent', text: '在的' }),
        message({ id: 'm4', author: 'system', text: '买家已进店' }),
        message({ id: 'm5', sentAt: evening + 50 }),
      ],
      arrive,
    );
    expect(ids(turns[0]?.messages ?? [])).toStrictEqual(['m2', 'm1', 'm5']);
    expect(turns[0]?.conversation.version).toBe(5);
  });

  test('a conversation that an agent opens has nothing that waits', async () => {
    const { turns } = await storage().accept([message({ author: 'agent', text: '亲，在的' })], arrive);
    expect(turns.map((turn) => turn.messages)).toStrictEqual([[]]);
    expect(turns).toStrictEqual([await storage().turn('tea', 'c1')]);
  });

  test('a recall waits like any message', async () => {
    await storage().accept([message()], arrive);
    const recall = message({ id: 'm2', type: 'recall', text: '' });
    const { turns } = await storage().accept([recall], arrive);
    expect(turns[0]?.messages).toStrictEqual([message(), recall]);
  });

  test('the latest buyer is known, and a name is not lost to a message without one', async () => {
    const named = message({ id: 'm2', buyer: { id: 'b1', name: '小王' } });
    await storage().accept([message(), named, message({ id: 'm3' })], arrive);
    expect((await conversationOf(storage())).buyer).toStrictEqual({ id: 'b1', name: '小王' });
    await storage().accept([message({ id: 'm4', buyer: { id: 'b1', name: '王先生' } })], arrive);
    expect((await conversationOf(storage())).buyer).toStrictEqual({ id: 'b1', name: '王先生' });
    await storage().accept([message({ id: 'm5', buyer: { id: 'b2' } })], arrive);
    expect((await conversationOf(storage())).buyer).toStrictEqual({ id: 'b2' });
  });

  test('a conversation is answered where its buyer wrote last', async () => {
    await storage().accept([message(), message({ id: 'm2', connector: 'wecom' })], arrive);
    expect((await conversationOf(storage())).connector).toBe('wecom');
    await storage().accept([message({ id: 'm3', connector: 'phone', author: 'agent' })], arrive);
    expect((await conversationOf(storage())).connector).toBe('wecom');
  });

  test('what was stored comes back as it was: emoji, 繁體, big numbers, odd characters, absent fields absent', async () => {
    const odd = message({
      id: '9007199254740993',
      text: '親，這件多少錢？😀👨‍👩‍👧\u0000\ud800 "引号"\\\r\n2026-10-01T13:00:00Z',
      buyer: { id: '36028797018963969', name: '\u0000陳𠮷' },
      sentAt: 8_640_000_000_000_000,
      item: { id: 'i1', title: '龍井 ½', priceYuan: 0.1 },
    });
    await storage().accept([odd], (_, one) => ({ firstUnansweredAt: one.receivedAt, memory: fullMemory }));
    const turn = await storage().turn('tea', 'c1');
    expect(turn?.messages).toStrictEqual([odd]);
    expect(Object.keys(turn?.messages[0] ?? {})).not.toContain('order');
    expect(turn?.conversation).toStrictEqual({
      shop: 'tea',
      id: 'c1',
      connector: 'webhook',
      buyer: odd.buyer,
      version: 1,
      firstUnansweredAt: odd.receivedAt,
      memory: fullMemory,
    });
  });

  test('what could not be given back as it was is refused, and nothing is stored', async () => {
    const refused = { code: 'storage_bad_value', retry: 'never' };
    const missing = { ...message(), sentAt: undefined as unknown as number };
    await expect(storage().accept([missing], arrive)).rejects.toMatchObject(refused);
    await expect(storage().accept([message({ sentAt: 2 ** 53 })], arrive)).rejects.toMatchObject(refused);
    await expect(storage().accept([message({ receivedAt: evening + 0.5 })], arrive)).rejects.toMatchObject(refused);
    await expect(storage().accept([message({ id: 'm\u0000' })], arrive)).rejects.toMatchObject(refused);
    const yes = { ...message(), author: true as unknown as 'buyer' };
    await expect(storage().accept([yes], arrive)).rejects.toMatchObject(refused);
    await expect(storage().accept([message()], () => ({ dueAt: Number.NaN, memory: emptyMemory }))).rejects.toMatchObject(
      refused,
    );
    expect(await storage().turn('tea', 'c1')).toBeUndefined();
  });

  test('no message is no work', async () => {
    expect(await storage().accept([], arrive)).toStrictEqual({ accepted: [], turns: [], answers: [] });
  });

  test('a call whose arrive throws fails alone and leaves nothing behind', async () => {
    const calls = await Promise.allSettled([
      storage().accept([message({ id: 'm1', conversation: 'c1' })], arrive),
      storage().accept([message({ id: 'm2', conversation: 'c2' }), message({ id: 'm3', conversation: 'c2' })], (its, { id }) => {
        if (id === 'm3') throw new Error('broken');
        return arrive(its, message());
      }),
      storage().accept([message({ id: 'm4', conversation: 'c4' })], arrive),
    ]);
    expect(calls.map((call) => call.status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(calls[1]).toMatchObject({ reason: new Error('broken') });
    expect(await storage().turn('tea', 'c2')).toBeUndefined();
    expect((await storage().turn('tea', 'c1'))?.conversation.version).toBe(1);
    const retried = await storage().accept([message({ id: 'm2', conversation: 'c2' })], arrive);
    expect(retried.accepted[0]?.duplicate).toBe(false);
  });

  test('of calls made at once for one conversation each sees what the one before it did', async () => {
    const results = await Promise.all(
      ['m1', 'm2', 'm3'].map((id, at) => storage().accept([message({ id, sentAt: evening + at })], arrive)),
    );
    expect(results.map(({ turns }) => [turns[0]?.conversation.version, ...ids(turns[0]?.messages ?? [])])).toStrictEqual([
      [1, 'm1'],
      [2, 'm1', 'm2'],
      [3, 'm1', 'm2', 'm3'],
    ]);
  });

  test('stored Answers are found by the messages they answer, each once, oldest first', async () => {
    await storage().accept([message(), message({ id: 'm2' })], arrive);
    const first = answer({ inReplyTo: ['m1', 'm2'] });
    await storage().finish(finishing({ version: 2, answer: first }));
    await storage().accept([message({ id: 'm3' }), message({ id: 'm4' })], arrive);
    const second = answer({ id: 'a2', inReplyTo: ['m3'], replies: [reply({ id: 'r2' })] });
    await storage().finish(finishing({ version: 5, answer: second }));

    expect(await storage().answersTo('tea', 'webhook', ['m3', 'm2', 'm1', 'm4', 'm9'])).toStrictEqual([first, second]);
    expect(await storage().answersTo('tea', 'wecom', ['m1'])).toStrictEqual([]);
    expect(await storage().answersTo('shoes', 'webhook', ['m1'])).toStrictEqual([]);
  });
}
