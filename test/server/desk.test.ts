/** The desk over HTTP: two agents, a lead, buyers who wait. */
import { describe, expect, it } from 'vitest';
import { answerTo, openServer, question } from './opened.js';

async function openDesk() {
  const server = await openServer();
  const [lead, zhou, lin] = [
    await server.loggedIn('lead'),
    await server.loggedIn('agent', ['demo'], 'zhou'),
    await server.loggedIn('agent', ['demo'], 'lin'),
  ];
  const at = (conversation: string, what = '') => `/v1/shops/demo/conversations/${conversation}${what}`;
  return {
    ...server,
    lead,
    zhou,
    lin,
    at,
    asks: (conversation: string, text = '在吗', more: object = {}) => server.post(question(text, { conversation, ...more })),
    list: async (query = '', who = zhou) => (await who.call('GET', `/v1/shops/demo/conversations${query}`)).json(),
    /** Drafts for what waits in the conversation. */
    async drafted(conversation: string) {
      const turn = (await server.storage.turn('demo', conversation))!;
      const answer = answerTo(turn, server.clock.now);
      const replies = answer.replies.map((reply) => ({ ...reply, id: `${answer.id}_1`, delivery: 'suggest' as const }));
      const { version, memory } = turn.conversation;
      await server.storage.finish({
        shop: 'demo',
        conversation,
        version,
        answer: { ...answer, action: 'draft', replies },
        change: { memory },
        callback: false,
      });
      return replies[0]!;
    },
  };
}

describe('the queue', () => {
  it('ranks by urgency and says why; the clocks are moments', async () => {
    const desk = await openDesk();
    await desk.asks('long');
    desk.clock.now += 40_000;
    for (const text of ['在吗', '这款有货吗', '包邮吗']) await desk.asks('three', text);
    await desk.asks('new');
    const { conversations, total, seq } = await desk.list();
    expect(total).toBe(3);
    expect(conversations.map(({ id, urgency }: any) => [id, urgency.level])).toEqual([
      ['three', 'lost'],
      ['long', 'first'],
      ['new', 'waiting'],
    ]);
    const [three] = conversations;
    expect(three).toMatchObject({
      state: 'open',
      buyer: { id: 'b-1', name: '小王', version: 0 },
      clocks: { messages: 3, forPerson: false, since: '2026-11-11T12:00:40.000Z', ruleBy: '2026-11-11T12:03:40.000Z' },
      urgency: { because: '3 messages in a row without an answer; has waited for 0 s' },
      unread: 3,
      hasEarlier: false,
      lines: [{ from: 'buyer', text: '在吗' }, { text: '这款有货吗' }, { text: '包邮吗' }],
    });
    expect((await desk.list(`?since=${seq}`)).conversations).toEqual([]);
    await desk.zhou.call('POST', desk.at('new', '/take'));
    expect((await desk.list('?holder=me')).conversations.map(({ id }: any) => id)).toEqual(['new']);
    expect((await desk.list('?holder=none')).total).toBe(2);
    const changed = await desk.list(`?since=${seq}`);
    expect(changed.conversations.map(({ id }: any) => id)).toEqual(['new']);
    expect(changed.seq).toBeGreaterThan(seq);
    expect((await desk.zhou.call('GET', '/v1/shops/demo/conversations?show=all&holder=me')).statusCode).toBe(422);
  });

  it('shows all in pages, newest change first', async () => {
    const desk = await openDesk();
    for (const id of ['c1', 'c2', 'c3']) await desk.asks(id);
    const first = await desk.list('?show=all&limit=2');
    expect(first.conversations.map(({ id }: any) => id)).toEqual(['c3', 'c2']);
    const second = await desk.list(`?show=all&limit=2&before=${first.before}`);
    expect(second.conversations.map(({ id }: any) => id)).toEqual(['c1']);
    expect(second.before).toBeUndefined();
  });

  it('finds what was said long ago, by either side, and by whom', async () => {
    const desk = await openDesk();
    await desk.asks('c1', '到新疆多少运费', { buyer: { id: 'b-1', name: '橙子汽水' }, order: { id: '20260911007' } });
    await desk.asks('c2', '可以开发票吗', { buyer: { id: 'b-2', name: '山茶' } });
    await desk.zhou.call('POST', desk.at('c2', '/send'), { text: '专票普票都可以开的～' });
    const found = async (search: string) => {
      const { conversations } = await desk.list(`?show=all&search=${encodeURIComponent(search)}`);
      return conversations.map(({ id }: any) => id);
    };
    expect(await found('新疆')).toEqual(['c1']);
    expect(await found('疆')).toEqual(['c1']);
    expect(await found('运费 新疆')).toEqual(['c1']);
    expect(await found('新疆发票')).toEqual([]);
    expect(await found('专票')).toEqual(['c2']);
    expect(await found('山茶')).toEqual(['c2']);
    expect(await found('0911')).toEqual(['c1']);
    await desk.zhou.call('PATCH', '/v1/shops/demo/buyers/b-2', { note: '怕扎' }, { 'if-match': '"0"' });
    expect(await found('怕扎')).toEqual(['c2']);
    await desk.asks('c3', '运费');
    expect(await found('运费')).toEqual(['c3', 'c1']);
    expect((await desk.zhou.call('GET', '/v1/shops/demo/conversations?search=a')).statusCode).toBe(422);
    expect((await desk.zhou.call('GET', '/v1/shops/demo/conversations?show=all&search=a&before=3')).statusCode).toBe(422);
  });
});

describe('holding a conversation', () => {
  it('is for one: of two who reach for it at once one is told who has it', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const answers = await Promise.all([
      desk.zhou.call('POST', desk.at('c1', '/take')),
      desk.lin.call('POST', desk.at('c1', '/take')),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const lost = answers.find(({ statusCode }) => statusCode === 409)!.json();
    const won = answers.find(({ statusCode }) => statusCode === 200)!.json();
    expect(lost).toMatchObject({ code: 'conflict', holder: { id: won.holder.id, name: won.holder.name } });
    expect(lost.detail).toBe(`${won.holder.name} holds this conversation`);
    const sends = await Promise.all([
      desk.zhou.call('POST', desk.at('c1', '/send'), { text: '在的亲~' }),
      desk.lin.call('POST', desk.at('c1', '/send'), { text: '在的亲~' }),
    ]);
    expect(sends.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect((await desk.storage.feed('demo', 0, 9)).rows).toHaveLength(1);
  });

  it('goes to a colleague, to the queue with a note, to the bot; a colleague’s only by a lead', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    await desk.zhou.call('POST', desk.at('c1', '/take'));
    expect((await desk.storage.turn('demo', 'c1'))?.conversation.memory.humanUntil).toBe(desk.clock.now + 600_000);
    const to = (who: typeof desk.zhou, body: object) => who.call('POST', desk.at('c1', '/hand-over'), body);
    expect((await to(desk.lin, { to: 'queue' })).statusCode).toBe(409);
    const handed = await to(desk.zhou, { to: 'agent', agent: desk.lin.user.id, note: '等仓库回话' });
    expect(handed.json()).toMatchObject({
      holder: { id: desk.lin.user.id },
      note: { text: '等仓库回话', by: { id: desk.zhou.user.id } },
    });
    expect((await to(desk.lead, { to: 'queue' })).json().holder).toBeUndefined();
    await desk.lin.call('POST', desk.at('c1', '/take'));
    expect((await desk.zhou.call('POST', desk.at('c1', '/take'), { from: desk.lin.user.id })).json().holder.id).toBe(
      desk.zhou.user.id,
    );
    await to(desk.zhou, { to: 'bot' });
    expect((await desk.storage.turn('demo', 'c1'))?.conversation.memory.humanUntil).toBeUndefined();
    const elsewhere = await desk.loggedIn('agent', ['other'], 'elsewhere');
    const refused = await to(desk.zhou, { to: 'agent', agent: elsewhere.user.id });
    expect(refused.json()).toMatchObject({ code: 'invalid', faults: [{ field: 'agent', problem: 'does not work here' }] });
    const audit = await desk.storage.auditLog('demo', undefined, 50);
    expect(audit.map(({ action }) => action).filter((action) => action.startsWith('conversation_'))).toEqual([
      'conversation_handed_over',
      'conversation_taken',
      'conversation_taken',
      'conversation_handed_over',
      'conversation_handed_over',
      'conversation_taken',
    ]);
  });

  it('ends by closing, which does not forget a buyer who waits; a new message opens it again', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const close = (body: object = {}) => desk.zhou.call('POST', desk.at('c1', '/close'), body);
    expect((await close()).json()).toMatchObject({ status: 409, code: 'conflict' });
    expect((await close({ force: true })).json()).toMatchObject({ state: 'closed', closed: { by: { id: desk.zhou.user.id } } });
    expect((await desk.list()).total).toBe(0);
    expect((await desk.zhou.call('POST', desk.at('c1', '/reopen'))).json()).toMatchObject({
      state: 'open',
      holder: { id: desk.zhou.user.id },
    });
    await close();
    await desk.asks('c1', '还在吗');
    expect((await desk.list()).conversations).toMatchObject([{ id: 'c1', state: 'open', clocks: { messages: 1 } }]);
  });
});

describe('writing', () => {
  it('goes out as the bot’s replies do, ends the wait, and comes back as our own', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const sent = (await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '亲，我看一下库存~' })).json();
    expect(sent).toMatchObject({ duplicate: false, conversation: { holder: { id: desk.zhou.user.id } } });
    expect(sent.conversation.clocks).toBeUndefined();
    expect(sent.conversation.lines.at(-1)).toMatchObject({
      from: 'desk',
      author: { id: desk.zhou.user.id },
      delivery: { state: 'queued' },
    });
    const token = await desk.token('connect');
    expect((await desk.get('/v1/shops/demo/replies', token)).json().replies).toMatchObject([
      { id: sent.reply, author: 'agent', name: 'zhou', kind: 'agent', text: '亲，我看一下库存~', inReplyTo: [] },
    ]);
    const { memory, dueAt } = (await desk.storage.turn('demo', 'c1'))!.conversation;
    expect(memory).toMatchObject({ humanSpokeAt: desk.clock.now, humanUntil: desk.clock.now + 600_000 });
    expect(dueAt).toBe(desk.clock.now);
    await desk.call('POST', `/v1/shops/demo/replies/${sent.reply}/receipt`, token, {
      state: 'delivered',
      platformMessageId: 'p1',
    });
    const transcript = (await desk.zhou.call('GET', desk.at('c1'))).json();
    expect(transcript.written).toMatchObject([{ id: sent.reply, author: { id: desk.zhou.user.id }, findings: [] }]);
    expect(transcript.desk.lines.at(-1).delivery).toEqual({ state: 'delivered' });
    const after = transcript.messages[0].position;
    await desk.asks('c1', '好的');
    expect((await desk.zhou.call('GET', `${desk.at('c1')}?after=${after}`)).json().messages).toMatchObject([{ text: '好的' }]);
  });

  it('is not stopped by the kill switch', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    await desk.flow.bots.turn('demo', { mode: 'off', at: desk.clock.now, by: '店长' });
    await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '在的亲~' });
    expect((await desk.get('/v1/shops/demo/replies', await desk.token('connect'))).json().replies).toHaveLength(1);
  });

  it('under the same id happens once', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const send = (text: string) => desk.zhou.call('POST', desk.at('c1', '/send'), { text, id: 'b1f0c2d4' });
    const [first, again] = [await send('在的亲~'), await send('在的亲~')];
    expect([first.json().duplicate, again.json().duplicate]).toEqual([false, true]);
    expect(again.json().reply).toBe('ag_b1f0c2d4');
    expect((await send('别的话')).json()).toMatchObject({ code: 'conflict' });
    expect((await desk.storage.feed('demo', 0, 9)).rows).toHaveLength(1);
  });

  it('what costs points takes an override, what is forbidden a lead; both are audited', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const send = (who: typeof desk.zhou, text: string, override = false) =>
      who.call('POST', desk.at('c1', '/send'), { text, override });
    const points = '亲，开发票要加6个点哦';
    const stopped = await send(desk.zhou, points);
    expect(stopped.statusCode).toBe(422);
    expect(stopped.json()).toMatchObject({
      code: 'finding',
      findings: [{ rule: 'invoice', severity: 'points', wording: expect.any(String) }],
    });
    expect((await desk.storage.feed('demo', 0, 9)).rows).toHaveLength(0);
    expect((await send(desk.zhou, points, true)).statusCode).toBe(200);
    const blocked = '你是不是傻逼';
    expect((await send(desk.zhou, blocked)).json()).toMatchObject({ code: 'finding' });
    expect((await send(desk.zhou, blocked, true)).json()).toMatchObject({
      status: 403,
      code: 'forbidden',
      findings: [{ severity: 'block' }, { severity: 'hint' }],
    });
    await desk.lead.call('POST', desk.at('c1', '/take'), { from: desk.zhou.user.id });
    expect((await send(desk.lead, blocked, true)).statusCode).toBe(200);
    const overridden = (await desk.storage.auditLog('demo', undefined, 50)).filter(
      ({ action }) => action === 'finding_overridden',
    );
    expect(overridden).toMatchObject([
      { by: { id: desk.lead.user.id }, subject: 'c1' },
      { by: { id: desk.zhou.user.id }, details: { rules: 'invoice', points: 6 } },
    ]);
    expect((await send(desk.zhou, '亲，这款肯定好看')).json()).toMatchObject({ code: 'conflict' });
  });

  it('what failed on its way is tried again, what may have arrived is not', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const { reply } = (await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '在的亲~' })).json();
    const retry = (id: string) => desk.zhou.call('POST', desk.at('c1', '/retry'), { reply: id });
    expect((await retry(reply)).json()).toMatchObject({
      code: 'conflict',
      detail: 'only what failed is tried again; this is queued',
    });
    expect((await retry('ag_nothing')).statusCode).toBe(409);
  });

  it('what the platform refused goes out again once, as a new reply that names the old one', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const { reply } = (await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '在的亲~' })).json();
    const receipt = (id: string, state: string) =>
      desk.storage.receipt('demo', id, { state: state as 'failed', at: desk.clock.now, error: '渠道超时' });
    const retry = (who: typeof desk.zhou, id: string) => who.call('POST', desk.at('c1', '/retry'), { reply: id });
    await receipt(reply, 'failed');
    const both = await Promise.all([retry(desk.zhou, reply), retry(desk.zhou, reply), retry(desk.lead, reply)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    const { rows } = await desk.storage.feed('demo', 0, 9);
    expect(rows).toHaveLength(2);
    const again = rows[1]!.reply;
    expect(again).toMatchObject({ kind: 'agent', text: '在的亲~', retryOf: reply, author: { name: 'zhou' } });
    const feed = await desk.get('/v1/shops/demo/replies', await desk.token('connect'));
    expect(feed.json().replies[1]).toMatchObject({ id: again.id, retryOf: reply, text: '在的亲~' });
    const lines = async () => (await desk.list()).conversations[0].lines.slice(-2);
    expect(await lines()).toMatchObject([
      { id: reply, delivery: { state: 'failed', because: '渠道超时', retriedAs: again.id } },
      { id: again.id, retryOf: reply, delivery: { state: 'queued' } },
    ]);
    const told = await desk.get('/v1/shops/demo/conversations/c1', await desk.token('read'));
    expect(told.json().written[1]).toMatchObject({ id: again.id, retryOf: reply });
    expect((await retry(desk.zhou, reply)).json().detail).toBe(`it was sent again already, as ${again.id}`);
    // The second try fails too, and the third arrives.
    await receipt(again.id, 'failed');
    expect((await retry(desk.zhou, again.id)).statusCode).toBe(200);
    const third = (await desk.storage.feed('demo', 0, 9)).rows[2]!.reply.id;
    await receipt(third, 'delivered');
    expect((await retry(desk.zhou, third)).json().detail).toBe('only what failed is tried again; this is delivered');
  });

  it('whom a reply did not reach stands first, also when it turns out after the conversation was closed', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    await desk.asks('late');
    const { reply } = (await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '在的亲~' })).json();
    const fails = (id: string) => desk.storage.receipt('demo', id, { state: 'failed', at: desk.clock.now, error: '渠道超时' });
    const close = (force: boolean) => desk.zhou.call('POST', desk.at('c1', '/close'), { force });
    const states = async () => (await desk.list()).conversations.map(({ id, state, urgency }: any) => [id, state, urgency.level]);
    expect((await close(false)).json()).toMatchObject({ state: 'closed' });
    expect(await states()).toEqual([['late', 'open', 'waiting']]);
    await fails(reply);
    expect(await states()).toEqual([
      ['c1', 'open', 'undelivered'],
      ['late', 'open', 'waiting'],
    ]);
    const refused = await close(false);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      409,
      'a reply did not reach the buyer: send it again, or close it with `force: true`',
    ]);
    expect((await close(true)).json()).toMatchObject({ state: 'closed', closed: { by: { name: 'zhou' } } });
    expect((await close(true)).json().closed).not.toHaveProperty('undelivered');
    expect(await states()).toEqual([['late', 'open', 'waiting']]);
  });

  it('nothing goes out that is longer than the platform takes, by HTTP or websocket, whoever insists', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const send = (text: string) => desk.lead.call('POST', desk.at('c1', '/send'), { text, override: true });
    const refused = await send('好'.repeat(201));
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'invalid']);
    expect(refused.json().faults).toMatchObject([{ field: 'text', problem: 'has 201 characters, and the platform takes 200' }]);
    // As the platform counts: an emoji is two.
    expect((await send(`${'好'.repeat(199)}🌸`)).statusCode).toBe(422);
    expect((await desk.storage.feed('demo', 0, 9)).rows).toEqual([]);
    expect((await send(`${'好'.repeat(198)}🌸  `)).statusCode).toBe(200);
  });

  it('what the bot said and the platform refused is sent again by an agent', async () => {
    const desk = await openDesk();
    const { answers } = (await desk.post(question('到新疆多少钱', { conversation: 'c1' }), { query: '?wait=answer' })).json();
    const said = answers[0].replies[0];
    await desk.storage.receipt('demo', said.id, { state: 'failed', at: desk.clock.now, error: 'window closed' });
    const retried = await desk.zhou.call('POST', desk.at('c1', '/retry'), { reply: said.id });
    expect(retried.json()).toMatchObject({ holder: { name: 'zhou' } });
    const { rows } = await desk.storage.feed('demo', 0, 9);
    expect(rows[1]!.reply).toMatchObject({ kind: 'agent', text: said.text, retryOf: said.id });
  });
});

describe('drafts', () => {
  it('are shown with their reasons, and what became of them is kept', async () => {
    const desk = await openDesk();
    await desk.asks('c1', '到新疆多少钱');
    const draft = await desk.drafted('c1');
    const look = async () => (await desk.list()).conversations[0];
    expect((await look()).drafts).toMatchObject([
      { id: draft.id, text: draft.text, open: [], because: expect.stringContaining('off duty') },
    ]);
    const feedback = (body: object) => desk.zhou.call('POST', desk.at('c1', '/feedback'), body);
    expect((await feedback({ draft: draft.id, outcome: 'wrong', note: '问的是西藏' })).statusCode).toBe(204);
    expect((await feedback({ draft: 'nothing', outcome: 'rejected' })).json()).toMatchObject({ faults: [{ field: 'draft' }] });
    expect((await feedback({ draft: draft.id, outcome: 'edited' })).statusCode).toBe(422);
    desk.clock.now += 1000;
    const sent = await desk.zhou.call('POST', desk.at('c1', '/send'), { text: '亲，西藏首重20元~', draft: draft.id });
    expect(sent.json().conversation).toMatchObject({ drafts: [], withdrawn: [{ id: draft.id, code: 'draft_agent_answered' }] });
    const rows = (await desk.lead.call('GET', '/v1/shops/demo/draft-feedback')).json().rows;
    expect(rows).toMatchObject([
      { draft: draft.id, outcome: 'wrong', note: '问的是西藏' },
      { draft: draft.id, outcome: 'edited', text: '亲，西藏首重20元~', by: { id: desk.zhou.user.id } },
    ]);
  });

  it('are withdrawn when the bot is stopped', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    await desk.drafted('c1');
    await desk.flow.bots.turn('demo', { mode: 'off', at: desk.clock.now, by: '店长' });
    const [conversation] = (await desk.list()).conversations;
    expect(conversation).toMatchObject({
      drafts: [],
      withdrawn: [{ code: 'draft_bot_stopped', because: 'the bot was stopped' }],
    });
  });
});

describe('a buyer', () => {
  it('is known with notes, earlier conversations and orders', async () => {
    const desk = await openDesk();
    await desk.asks('c1', '什么时候发货', { order: { id: '2601', status: 'paid' } });
    desk.clock.now += 60_000;
    await desk.asks('c2', '到哪了', { order: { id: '2601', status: 'shipped' } });
    const url = '/v1/shops/demo/buyers/b-1';
    const read = await desk.zhou.call('GET', url);
    expect(read.headers.etag).toBe('"0"');
    expect(read.json()).toMatchObject({
      id: 'b-1',
      name: '小王',
      conversations: [{ id: 'c2', messages: 1, lastText: '到哪了' }, { id: 'c1' }],
      orders: [{ id: '2601', status: 'shipped' }],
    });
    const patch = (body: object, match?: string) =>
      desk.zhou.call('PATCH', url, body, match === undefined ? {} : { 'if-match': match });
    expect((await patch({ note: '怕扎' })).statusCode).toBe(428);
    expect((await patch({ note: '怕扎', group: 'interested' }, '"0"')).json()).toMatchObject({
      note: '怕扎',
      group: 'interested',
      version: 1,
    });
    expect((await patch({ note: '别的' }, '"0"')).json()).toMatchObject({
      status: 412,
      code: 'stale',
      revision: 1,
      buyer: { note: '怕扎', version: 1 },
    });
    expect((await patch({ group: 'nobody' }, '"1"')).statusCode).toBe(422);
    expect((await desk.list()).conversations.map(({ buyer }: any) => buyer.note)).toEqual(['怕扎', '怕扎']);
    expect((await desk.zhou.call('GET', '/v1/shops/demo/buyers/nobody')).statusCode).toBe(404);
    expect((await desk.list('?show=all&buyer=b-1')).conversations).toHaveLength(2);
  });
});

it('what an agent has looked at is read for this agent, and no word that is still to come', async () => {
  const desk = await openDesk();
  await desk.asks('c1');
  const unread = async (who: typeof desk.zhou) => (await desk.list('', who)).conversations[0].unread;
  expect(await unread(desk.zhou)).toBe(1);
  expect((await desk.lin.call('POST', desk.at('c1', '/seen'), { position: 999_999 })).statusCode).toBe(204);
  expect([await unread(desk.lin), await unread(desk.zhou)]).toEqual([0, 1]);
  await desk.asks('c1', '还在吗');
  expect([await unread(desk.lin), await unread(desk.zhou)]).toEqual([1, 2]);
  expect((await desk.lin.call('POST', desk.at('c1', '/take'))).json().unread).toBe(1);
  expect((await desk.lin.call('POST', desk.at('nowhere', '/seen'), { position: 1 })).statusCode).toBe(404);
});
