import { expect, test } from 'vitest';
import type { Storage } from '../../src/storage/storage.js';
import { answer, arrive, askedAndAnswered, conversationOf, evening, finishing, message, reply } from './samples.js';

export function feedContract(storage: () => Storage): void {
  const echo = (text: string, its = {}) => message({ id: 'e1', author: 'agent', text, ...its });
  const shippingText = reply().text;

  /** Another reply in the same conversation. */
  async function answerAgain(id: string, its = {}): Promise<void> {
    await storage().accept([message({ id: `m-${id}` })], arrive);
    const { version } = await conversationOf(storage());
    const next = answer({ id: `a-${id}`, inReplyTo: [`m-${id}`], replies: [reply({ id, ...its })], at: evening + 5000 });
    await storage().finish(finishing({ version, answer: next, callback: true }));
  }

  test('a reply that is sent stands in the feed of its shop, one that is suggested does not', async () => {
    await storage().accept([message()], arrive);
    const replies = [reply(), reply({ id: 'r2', delivery: 'suggest' }), reply({ id: 'r3', kind: 'holding', text: '😀' })];
    await storage().finish(finishing({ answer: answer({ replies }) }));
    const { rows } = await storage().feed('tea', 0, 10);
    expect(rows).toStrictEqual([
      { position: rows[0]?.position, conversation: 'c1', inReplyTo: ['m1'], reply: replies[0], createdAt: evening + 1500 },
      { position: rows[1]?.position, conversation: 'c1', inReplyTo: ['m1'], reply: replies[2], createdAt: evening + 1500 },
    ]);
    expect((await storage().feed('shoes', 0, 10)).rows).toStrictEqual([]);
  });

  test('what a client of the feed has dealt with is known to be with it, and desks are told', async () => {
    await storage().accept([message()], arrive);
    await storage().finish(finishing());
    await answerAgain('r9');
    const { rows } = await storage().feed('tea', 0, 10);
    const taken = async () => {
      const lines = (await storage().deskView('tea', 'c1'))!.lines;
      return lines.flatMap((line) => (line.from === 'reply' ? [line.delivery.isTaken === true] : []));
    };
    const before = await storage().deskSeq('tea');
    await storage().feedTaken('shoes', rows[1]!.position);
    expect(await taken()).toEqual([false, false]);
    await storage().feedTaken('tea', rows[0]!.position);
    expect(await taken()).toEqual([true, false]);
    const after = await storage().deskSeq('tea');
    expect(after).toBeGreaterThan(before);
    // Another client that is behind, and the same one again.
    await storage().feedTaken('tea', 0);
    await storage().feedTaken('tea', rows[0]!.position);
    expect([await taken(), await storage().deskSeq('tea')]).toEqual([[true, false], after]);
    // What the callback delivers is known better.
    await storage().feedTaken('tea', rows[1]!.position);
    expect(await taken()).toEqual([true, false]);
  });

  test('a chat is told as its buyer sees it: own words, and what was sent, behind what is known', async () => {
    await storage().accept([message(), message({ id: 'e0', author: 'agent', text: '在的' })], arrive);
    await storage().accept([message({ shop: 'shoes' }), message({ shop: 'tea', id: 'm9', conversation: 'c9' })].slice(1), arrive);
    const { version } = await conversationOf(storage());
    const replies = [reply(), reply({ id: 'r2', delivery: 'suggest' })];
    await storage().finish(finishing({ version, answer: answer({ replies }) }));
    const chat = (after: { message?: string; reply?: string } = {}, limit = 10) =>
      storage().chat('tea', 'c1', 'webhook', after, limit);
    const own = { kind: 'message', id: 'm1', text: message().text, type: 'text', at: evening };
    const sent = { kind: 'reply', reply: replies[0], at: evening + 1500, isReceived: false };
    expect(await chat()).toStrictEqual([own, sent]);
    expect(await chat({ message: 'm1' })).toStrictEqual([sent]);
    expect(await chat({ message: 'm1', reply: 'r1' })).toStrictEqual([]);
    expect(await chat({ message: 'unknown', reply: 'unknown' })).toStrictEqual([own, sent]);
    await storage().receipt('tea', 'r1', { state: 'delivered', at: evening + 2000 });
    expect(await chat({}, 1)).toStrictEqual([{ ...sent, isReceived: true }]);
    await storage().accept([message({ id: 'm2', sentAt: evening + 9000, receivedAt: evening + 9000 })], arrive);
    expect((await chat({ message: 'm1', reply: 'r1' })).map((line) => line.kind === 'message' && line.id)).toStrictEqual(['m2']);
    expect(await storage().chat('tea', 'c1', 'other', {}, 10)).toStrictEqual([{ ...sent, isReceived: true }]);
    expect(await storage().chat('shoes', 'c1', 'webhook', {}, 10)).toStrictEqual([]);
    expect(await storage().chat('tea', 'unknown', 'webhook', {}, 10)).toStrictEqual([]);
  });

  test('the feed is read page by page, in order of commit, and the same position gives the same rows', async () => {
    const shops = ['tea', 'shoes', 'tea', 'tea', 'shoes'];
    for (const [at, shop] of shops.entries()) {
      await storage().accept([message({ shop, id: `m${at}`, conversation: `c${at}` })], arrive);
      const its = answer({ id: `a${at}`, inReplyTo: [`m${at}`], replies: [reply({ id: `r${at}` })] });
      await storage().finish(finishing({ shop, conversation: `c${at}`, answer: its }));
    }
    const read = async (after: number) => storage().feed('tea', after, 2);
    const first = await read(0);
    const second = await read(first.position);
    expect(first.rows.map((row) => row.reply.id)).toStrictEqual(['r0', 'r2']);
    expect(second.rows.map((row) => row.reply.id)).toStrictEqual(['r3']);
    expect(first.position).toBe(first.rows[1]?.position);
    expect(await read(first.position)).toStrictEqual(second);
    expect(await read(second.position)).toStrictEqual({ rows: [], position: second.position, epoch: first.epoch });
  });

  test('every page carries the same epoch', async () => {
    const { epoch } = await storage().feed('tea', 0, 10);
    expect(epoch).toMatch(/^[0-9a-f]{32}$/);
    await askedAndAnswered(storage());
    expect((await storage().feed('tea', 0, 10)).epoch).toBe(epoch);
  });

  test('a receipt is kept once per state and shown in the transcript', async () => {
    await askedAndAnswered(storage());
    const sent = { state: 'sent', at: evening + 2000, platformMessageId: '36028797018963969' } as const;
    const failed = { state: 'failed', at: evening + 3000, error: 'cut\u0000here' } as const;
    for (const receipt of [sent, sent, { ...sent, at: evening + 9000 }, failed]) {
      expect(await storage().receipt('tea', 'r1', receipt)).toBe(true);
    }
    const transcript = await storage().transcript('tea', 'c1', 10);
    expect(transcript?.deliveries[0]?.receipts).toStrictEqual([sent, { ...failed, error: 'cut\uFFFDhere' }]);
  });

  test('a repeated receipt brings the platform id that the first one lacked', async () => {
    await askedAndAnswered(storage());
    await storage().receipt('tea', 'r1', { state: 'sent', at: evening });
    await storage().receipt('tea', 'r1', { state: 'sent', at: evening + 1, platformMessageId: 'p1' });
    await storage().receipt('tea', 'r1', { state: 'sent', at: evening + 2, platformMessageId: 'p2' });
    const transcript = await storage().transcript('tea', 'c1', 10);
    expect(transcript?.deliveries[0]?.receipts).toStrictEqual([{ state: 'sent', at: evening, platformMessageId: 'p1' }]);
  });

  test('there is no receipt for a reply that the shop did not send', async () => {
    await storage().accept([message()], arrive);
    await storage().finish(finishing({ answer: answer({ replies: [reply({ delivery: 'suggest' })] }) }));
    const receipt = { state: 'sent', at: evening } as const;
    expect(await storage().receipt('tea', 'r1', receipt)).toBe(false);
    expect(await storage().receipt('shoes', 'r1', receipt)).toBe(false);
  });

  test('our own words coming back are known once, and then are a person’s', async () => {
    await askedAndAnswered(storage());
    expect(await storage().ownEcho(echo('稍等'), evening)).toBe(false);
    expect(await storage().ownEcho(echo(`\n ${shippingText} `), evening)).toBe(true);
    expect(await storage().ownEcho(echo(shippingText, { id: 'e2' }), evening)).toBe(false);
  });

  test('the same echo asked about again is still our own', async () => {
    await askedAndAnswered(storage());
    await storage().ownEcho(echo(shippingText), evening);
    expect(await storage().ownEcho(echo(shippingText), evening)).toBe(true);
  });

  test('two replies with the same words have two echoes', async () => {
    await askedAndAnswered(storage());
    await answerAgain('r2');
    const echoes = [];
    for (const id of ['e1', 'e2', 'e3']) echoes.push(await storage().ownEcho(echo(shippingText, { id }), evening));
    expect(echoes).toStrictEqual([true, true, false]);
  });

  test('an echo is looked for in its own conversation and shop only', async () => {
    await askedAndAnswered(storage());
    await storage().receipt('tea', 'r1', { state: 'sent', at: evening, platformMessageId: 'e1' });
    expect(await storage().ownEcho(echo(shippingText, { conversation: 'c2' }), evening)).toBe(false);
    expect(await storage().ownEcho(echo(shippingText, { shop: 'shoes' }), evening)).toBe(false);
  });

  test('the same words from before the given time are not an echo, the same platform id is', async () => {
    await askedAndAnswered(storage());
    const later = answer().at + 1;
    expect(await storage().ownEcho(echo(shippingText), later)).toBe(false);
    await storage().receipt('tea', 'r1', { state: 'sent', at: evening, platformMessageId: 'e1' });
    expect(await storage().ownEcho(echo('亲，48小时内发货 [自动回复]'), later)).toBe(true);
    expect(await storage().ownEcho(echo('亲，48小时内发货 [自动回复]'), later)).toBe(true);
  });

  test('the platform id is believed before the words', async () => {
    await askedAndAnswered(storage());
    await answerAgain('r2');
    await storage().receipt('tea', 'r2', { state: 'sent', at: evening, platformMessageId: 'e2' });
    expect(await storage().ownEcho(echo(shippingText, { id: 'e2' }), evening)).toBe(true);
    expect(await storage().ownEcho(echo(shippingText, { id: 'e1' }), evening)).toBe(true);
  });

  test('words of a reply that never went out are a person’s', async () => {
    await askedAndAnswered(storage());
    const [claimed] = await storage().claimDeliveries(evening + 5000, 30, 1);
    await storage().settleDelivery('r1', claimed?.fence ?? 0, 'dropped', 'agent_took_over');
    expect(await storage().ownEcho(echo(shippingText), evening)).toBe(false);
    await answerAgain('r2', { text: '稍等' });
    await storage().receipt('tea', 'r2', { state: 'failed', at: evening });
    expect(await storage().ownEcho(echo('稍等'), evening)).toBe(false);
  });

  test('a picture without words is no echo', async () => {
    await askedAndAnswered(storage(), { answer: answer({ replies: [reply({ text: '' })] }) });
    expect(await storage().ownEcho(echo('', { type: 'image' }), evening)).toBe(false);
  });

  test('a transcript tells messages, answers and what became of the replies', async () => {
    await askedAndAnswered(storage());
    await storage().accept([message({ id: 'm2', author: 'agent', text: '在的', sentAt: evening + 9000 })], arrive);
    await storage().accept([message({ id: 'm3', sentAt: evening + 9900 })], arrive);
    expect(await storage().transcript('tea', 'c1', 10)).toStrictEqual({
      conversation: await conversationOf(storage()),
      lines: [
        { position: 1, message: message(), answerId: 'a1' },
        { position: 2, message: message({ id: 'm2', author: 'agent', text: '在的', sentAt: evening + 9000 }) },
        { position: 3, message: message({ id: 'm3', sentAt: evening + 9900 }) },
      ],
      answers: [answer()],
      written: [],
      deliveries: [{ replyId: 'r1', state: 'queued', receipts: [] }],
    });
  });

  test('a transcript shows the newest lines, oldest of them first, with their answers only', async () => {
    await askedAndAnswered(storage());
    for (const at of [4, 3, 2]) await storage().accept([message({ id: `n${at}`, sentAt: evening + at })], arrive);
    const transcript = await storage().transcript('tea', 'c1', 2);
    expect(transcript?.lines.map((line) => line.message.id)).toStrictEqual(['n3', 'n4']);
    expect(transcript?.answers).toStrictEqual([]);
    expect(transcript?.deliveries).toStrictEqual([]);
  });

  test('a reply that only lies in the feed is as its receipts say', async () => {
    await askedAndAnswered(storage(), { callback: false });
    const state = async () => (await storage().transcript('tea', 'c1', 10))?.deliveries.map((one) => one.state);
    expect(await state()).toStrictEqual(['queued']);
    await storage().receipt('tea', 'r1', { state: 'failed', at: evening });
    expect(await state()).toStrictEqual(['failed']);
    await storage().receipt('tea', 'r1', { state: 'delivered', at: evening });
    expect(await state()).toStrictEqual(['sent']);
  });

  test('an unknown conversation and another shop’s have no transcript', async () => {
    await askedAndAnswered(storage());
    expect(await storage().transcript('tea', 'c9', 10)).toBeUndefined();
    expect(await storage().transcript('shoes', 'c1', 10)).toBeUndefined();
  });
}
