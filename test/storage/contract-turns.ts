import { expect, test } from 'vitest';
import { emptyMemory } from '../../src/conversation.js';
import type { Storage } from '../../src/storage/storage.js';
import { answer, arrive, conversationOf, evening, finishing, fullMemory, ids, message, reply } from './samples.js';

export function turnContract(storage: () => Storage): void {
  const dueIds = async (now: number, limit = 10) => (await storage().due(now, limit)).map((turn) => turn.conversation.id);

  test('a finished turn is answered: nothing waits, the version is one higher, the memory is the new one', async () => {
    await storage().accept([message(), message({ id: 'm2' })], arrive);
    const done = await storage().finish(
      finishing({ version: 2, answer: answer({ inReplyTo: ['m1', 'm2'] }), change: { memory: fullMemory } }),
    );
    expect(done).toBe('done');
    expect(await storage().turn('tea', 'c1')).toStrictEqual({
      conversation: { shop: 'tea', id: 'c1', connector: 'webhook', buyer: { id: 'b1' }, version: 3, memory: fullMemory },
      messages: [],
    });
  });

  test('finish answers exactly the messages that the Answer names', async () => {
    await storage().accept([message(), message({ id: 'm2' }), message({ id: 'm3' })], arrive);
    await storage().finish(
      finishing({ version: 3, answer: answer({ inReplyTo: ['m1', 'm3'] }), change: { dueAt: evening, memory: emptyMemory } }),
    );
    const turn = await storage().turn('tea', 'c1');
    expect(ids(turn?.messages ?? [])).toStrictEqual(['m2']);
    expect(turn?.conversation.dueAt).toBe(evening);
  });

  test('an answer leaves the same message ids of other conversations and shops alone', async () => {
    await storage().accept([message(), message({ connector: 'wecom', conversation: 'c2' }), message({ shop: 'shoes' })], arrive);
    await storage().finish(finishing());
    expect((await storage().turn('tea', 'c1'))?.messages).toStrictEqual([]);
    expect(ids((await storage().turn('tea', 'c2'))?.messages ?? [])).toStrictEqual(['m1']);
    expect(ids((await storage().turn('shoes', 'c1'))?.messages ?? [])).toStrictEqual(['m1']);
  });

  test('a turn that moved meanwhile is stale and nothing of it is stored', async () => {
    await storage().accept([message()], arrive);
    await storage().accept([message({ id: 'm2', author: 'agent' })], arrive);
    const before = await storage().turn('tea', 'c1');
    expect(await storage().finish(finishing({ version: 1, callback: true }))).toBe('stale');
    expect(await storage().turn('tea', 'c1')).toStrictEqual(before);
    expect(await storage().answersTo('tea', 'webhook', ['m1'])).toStrictEqual([]);
    expect((await storage().feed('tea', 0, 10)).rows).toStrictEqual([]);
    expect(await storage().nextDeliveryAt()).toBeUndefined();
  });

  test('of two that finish the same turn at once, one is stale', async () => {
    await storage().accept([message()], arrive);
    const outcomes = await Promise.all([
      storage().finish(finishing()),
      storage().finish(finishing({ answer: answer({ id: 'a2', replies: [reply({ id: 'r2' })] }) })),
    ]);
    expect(outcomes).toStrictEqual(['done', 'stale']);
    expect((await storage().feed('tea', 0, 10)).rows).toHaveLength(1);
  });

  test('an unknown conversation cannot be finished', async () => {
    expect(await storage().finish(finishing({ version: 0 }))).toBe('stale');
  });

  test('an Answer is stored whole', async () => {
    await storage().accept([message()], arrive);
    const whole = answer({
      action: 'draft',
      understanding: {
        text: '新疆包邮吗😀',
        intents: [
          {
            id: 'ship_fee',
            confidence: 0.123456789012345,
            ask: 'rule',
            by: 'both',
            evidence: [{ start: 2, end: 4, words: '包邮', rule: '包邮' }],
          },
        ],
        slots: { region: { province: '新疆' } },
        runnerUp: { id: 'price', confidence: 1e-9 },
        margin: 1,
        because: [],
      },
      replies: [
        reply({
          delivery: 'suggest',
          findings: [
            { rule: 'absolute', severity: 'points', points: 0, words: '最', start: 0, end: 1, because: '', wording: '' },
          ],
        }),
      ],
      open: ['ship_fee'],
      at: evening,
    });
    await storage().finish(finishing({ answer: whole }));
    expect(await storage().answersTo('tea', 'webhook', ['m1'])).toStrictEqual([whole]);
  });

  test('an Answer without a reply answers too', async () => {
    await storage().accept([message()], arrive);
    expect(await storage().finish(finishing({ answer: answer({ action: 'silent', replies: [] }) }))).toBe('done');
    expect((await storage().turn('tea', 'c1'))?.messages).toStrictEqual([]);
  });

  test('an Answer id given twice rejects, and nothing moves', async () => {
    await storage().accept([message(), message({ id: 'm2' })], arrive);
    await storage().finish(finishing({ version: 2 }));
    const again = storage().finish(finishing({ version: 3, answer: answer({ inReplyTo: ['m2'], replies: [] }) }));
    await expect(again).rejects.toMatchObject({ code: 'storage_conflict', retry: 'never' });
    const turn = await storage().turn('tea', 'c1');
    expect(turn?.conversation.version).toBe(3);
    expect(ids(turn?.messages ?? [])).toStrictEqual(['m2']);
  });

  test('an unknown conversation has no turn, and no shop sees another’s', async () => {
    await storage().accept([message()], arrive);
    expect(await storage().turn('tea', 'c9')).toBeUndefined();
    expect(await storage().turn('shoes', 'c1')).toBeUndefined();
  });

  test('turns are due when their time has come, oldest due first, no more than asked for', async () => {
    for (const [id, dueAt] of [
      ['late', 300],
      ['early', 100],
      ['middle', 200],
    ] as const) {
      await storage().accept([message({ id, conversation: id })], () => ({ dueAt, memory: emptyMemory }));
    }
    expect(await dueIds(99)).toStrictEqual([]);
    expect(await dueIds(200)).toStrictEqual(['early', 'middle']);
    expect(await dueIds(1000, 2)).toStrictEqual(['early', 'middle']);
    expect(await storage().due(100, 10)).toStrictEqual([await storage().turn('tea', 'early')]);
  });

  test('the next due time is the earliest of all shops, and none when nothing waits', async () => {
    expect(await storage().nextDueAt()).toBeUndefined();
    await storage().accept([message()], () => ({ dueAt: 300, memory: emptyMemory }));
    await storage().accept([message({ shop: 'shoes' })], () => ({ dueAt: 200, memory: emptyMemory }));
    expect(await storage().nextDueAt()).toBe(200);
    await storage().finish(finishing({ shop: 'shoes' }));
    expect(await storage().nextDueAt()).toBe(300);
    await storage().finish(finishing());
    expect(await storage().nextDueAt()).toBeUndefined();
  });

  test('a due time of 1970 is a time and not nothing', async () => {
    await storage().accept([message()], () => ({ firstUnansweredAt: 0, dueAt: 0, memory: emptyMemory }));
    expect(await storage().nextDueAt()).toBe(0);
    expect(await conversationOf(storage())).toMatchObject({ firstUnansweredAt: 0, dueAt: 0 });
  });

  test('a conversation where nothing waits is not due for ever', async () => {
    const due = () => ({ dueAt: 100, memory: emptyMemory });
    await storage().accept([message({ id: 'm0', conversation: 'c0', author: 'agent' })], due);
    await storage().accept([message({ id: 'm9', conversation: 'c9', author: 'agent' })], due);
    await storage().accept([message()], () => ({ dueAt: 200, memory: emptyMemory }));
    expect(await dueIds(500, 1)).toStrictEqual(['c1']);
    expect(await storage().nextDueAt()).toBe(200);
    expect((await conversationOf(storage(), 'tea', 'c0')).version).toBe(1);
  });

  test('a turn put back is due at the new time, on the same version', async () => {
    await storage().accept([message()], arrive);
    await storage().requeue('tea', 'c1', evening + 60_000);
    expect(await dueIds(evening + 59_999)).toStrictEqual([]);
    expect(await dueIds(evening + 60_000)).toStrictEqual(['c1']);
    expect((await conversationOf(storage())).version).toBe(1);
    expect(await storage().finish(finishing())).toBe('done');
  });

  const spell = { since: evening, messages: ['m1', 'm2'], answer: 'a1', lastIntents: [], lastSlots: {} };
  const drafted = (its: Partial<typeof spell> & { readonly steppedInAt?: number } = {}) =>
    finishing({
      version: 2,
      answer: answer({ action: 'draft', inReplyTo: ['m1', 'm2'], replies: [reply({ delivery: 'suggest' })] }),
      change: { dueAt: evening + 60_000, memory: { ...emptyMemory, waiting: { ...spell, ...its } } },
    });

  test('a buyer who waits for an agent is due with the messages that the spell names, in order', async () => {
    const early = message({ id: 'm2', text: '在吗', sentAt: evening - 1000 });
    await storage().accept([message(), early], arrive);
    await storage().finish(drafted());
    expect(await storage().nextDueAt()).toBe(evening + 60_000);
    expect(await dueIds(evening + 59_999)).toStrictEqual([]);
    const [turn] = await storage().due(evening + 60_000, 10);
    expect([turn?.messages, ids(turn?.waiting ?? [])]).toStrictEqual([[], ['m2', 'm1']]);
    expect(turn?.waiting?.[1]).toStrictEqual(message());
    expect(await storage().turn('tea', 'c1')).toStrictEqual(turn);
  });

  test('a new message comes first; the spell waits behind it', async () => {
    await storage().accept([message(), message({ id: 'm2' })], arrive);
    await storage().finish(drafted());
    await storage().accept([message({ id: 'm3' })], arrive);
    const turn = await storage().turn('tea', 'c1');
    expect([ids(turn?.messages ?? []), turn?.waiting]).toStrictEqual([['m3'], undefined]);
    expect(turn?.conversation.memory.waiting).toStrictEqual(spell);
  });

  test('a spell in which the bot has stepped in is not due, nor one whose messages are not there', async () => {
    for (const its of [{ steppedInAt: evening }, { messages: [] }, { messages: ['m9'] }]) {
      const [shop] = [`tea${JSON.stringify(its).length}`];
      await storage().accept([message({ shop }), message({ shop, id: 'm2' })], arrive);
      await storage().finish({ ...drafted(its), shop });
      expect(await storage().due(evening + 60_000, 10)).toStrictEqual([]);
      expect((await storage().turn(shop, 'c1'))?.conversation.dueAt).toBeUndefined();
    }
    expect(await storage().nextDueAt()).toBeUndefined();
  });

  test('an Answer that follows another answers no message again, and stands in the conversation and the feed', async () => {
    await storage().accept([message(), message({ id: 'm2' })], arrive);
    await storage().finish(drafted());
    const follower = answer({ id: 'a2', inReplyTo: [], follows: 'a1', at: evening + 60_000, replies: [reply({ id: 'r2' })] });
    const stepIn = finishing({ version: 3, answer: follower });
    const outcomes = await Promise.all([storage().finish(stepIn), storage().finish(stepIn)]);
    expect(outcomes).toStrictEqual(['done', 'stale']);
    expect((await storage().answersTo('tea', 'webhook', ['m1', 'm2'])).map(({ id }) => id)).toStrictEqual(['a1']);
    expect((await storage().feed('tea', 0, 10)).rows).toMatchObject([{ inReplyTo: [], reply: { id: 'r2' } }]);
    const transcript = await storage().transcript('tea', 'c1', 10);
    expect(transcript?.answers.map(({ id, follows }) => [id, follows])).toStrictEqual([
      ['a1', undefined],
      ['a2', 'a1'],
    ]);
    expect(transcript?.deliveries.map(({ replyId }) => replyId)).toStrictEqual(['r2']);
    expect(transcript?.lines.map(({ answerId }) => answerId)).toStrictEqual(['a1', 'a1']);
  });

  test('a conversation moves on without an Answer only on the version it was read at', async () => {
    await storage().accept([message()], arrive);
    expect(await storage().moveOn('tea', 'c1', 0, { memory: fullMemory })).toBe('stale');
    expect((await conversationOf(storage())).memory).toStrictEqual(emptyMemory);
    expect(await storage().moveOn('tea', 'c1', 1, { memory: fullMemory, dueAt: evening })).toBe('done');
    expect(await conversationOf(storage())).toMatchObject({ version: 2, memory: fullMemory, dueAt: evening });
    expect(await storage().moveOn('tea', 'c9', 0, { memory: fullMemory })).toBe('stale');
  });
}
