/** /v1/desk, frame by frame: two agents' screens. */
import { describe, expect, it } from 'vitest';
import { deskServerFrameSchema } from '../../src/server/desk-frames.js';
import { dial, type Peer } from './dial.js';
import { openServer, question } from './opened.js';

async function openDesk() {
  const server = await openServer();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as { port: number };
  const [zhou, lin] = [await server.loggedIn('agent', ['demo'], 'zhou'), await server.loggedIn('agent', ['demo'], 'lin')];
  const screen = (who: typeof zhou) =>
    dial({ port }, { path: '/v1/desk', headers: { cookie: `${who.cookie.name}=${who.cookie.value}` } });
  /** The next frame of a type; those before it are checked and passed over. */
  const until = async (peer: Peer, type: string) => {
    for (;;) {
      const frame = deskServerFrameSchema.parse(await peer.next()) as any;
      if (frame.type === type) return frame;
    }
  };
  return {
    ...server,
    port,
    zhou,
    lin,
    until,
    screen,
    async sits(who: typeof zhou, since?: number) {
      const peer = await screen(who);
      peer.say({ type: 'hello', shop: 'demo', ...(since !== undefined && { since }) });
      const welcome = deskServerFrameSchema.parse(await peer.next()) as any;
      const told: any[] = [];
      for (;;) {
        const frame = deskServerFrameSchema.parse(await peer.next()) as any;
        if (frame.type === 'changed') told.push(...frame.conversations);
        if (frame.type === 'ready') return { ...peer, welcome, told, seq: frame.seq };
      }
    },
    asks: (conversation: string, text = '在吗') =>
      server.post(question(text, { conversation, buyer: { id: `b-${conversation}` } })),
  };
}

describe('sitting down', () => {
  it('shows what is open, with the clocks to go by', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const { welcome, told, seq } = await desk.sits(desk.zhou);
    expect(welcome).toMatchObject({
      shop: 'demo',
      reset: true,
      now: '2026-11-11T12:00:00.000Z',
      me: { id: desk.zhou.user.id, name: 'zhou', isLead: false },
      agents: [
        { name: 'zhou', login: 'zhou', online: true, away: false, holds: 0, open: [] },
        { name: 'lin', login: 'lin', online: false, holds: 0 },
      ],
      targets: { firstAnswerSeconds: 10, averageSeconds: 32, rule: { withinSeconds: 180 } },
    });
    expect(told).toMatchObject([{ id: 'c1', clocks: { messages: 1 } }]);
    expect(seq).toBe(told[0].seq);
  });

  it('is for who works there: no token but admin, no other shop, hello first', async () => {
    const desk = await openDesk();
    const reader = await dial({ port: desk.port }, { path: '/v1/desk', token: await desk.token('read') });
    expect([reader.status, reader.body.code]).toEqual([403, 'forbidden']);
    expect((await dial({ port: desk.port }, { path: '/v1/desk' })).status).toBe(401);
    const owner = await dial({ port: desk.port }, { path: '/v1/desk', token: await desk.token('admin') });
    owner.say({ type: 'hello', shop: 'demo' });
    expect(await owner.next()).toMatchObject({ type: 'welcome', me: { isLead: true } });
    const elsewhere = await desk.screen(desk.zhou);
    elsewhere.say({ type: 'take', id: 'f1', conversation: 'c1' });
    expect(await elsewhere.next()).toMatchObject({ type: 'error', code: 'invalid', inReplyTo: 'f1' });
    elsewhere.say({ type: 'hello', shop: 'other' });
    expect(await elsewhere.next()).toMatchObject({ code: 'forbidden' });
    expect((await elsewhere.closed).code).toBe(1008);
    const foreign = await dial(
      { port: desk.port },
      {
        path: '/v1/desk',
        headers: { cookie: `${desk.zhou.cookie.name}=${desk.zhou.cookie.value}`, origin: 'https://evil.example' },
      },
    );
    expect(foreign.status).toBe(403);
  });

  it('is told when the shop is set otherwise, also while nobody waits', async () => {
    const desk = await openDesk();
    const zhou = await desk.sits(desk.zhou);
    const before = desk.flow.shop;
    Object.assign(desk.flow, {
      shop: (id: string) => {
        const shop = before.call(desk.flow, id);
        const parameters = shop && { ...shop.parameters, bot: { ...shop.parameters.bot, draftCharacters: 150 } };
        return parameters && { ...shop, parameters, titles: { stock: { zh: '有货吗', en: 'In stock?' } } };
      },
    });
    await desk.storage.touchDesk('demo');
    expect(await desk.until(zhou, 'shop')).toMatchObject({
      draftCharacters: 150,
      intents: { stock: { zh: '有货吗', en: 'In stock?' } },
      targets: { averageSeconds: 32 },
    });
  });

  it('is told at once when the bot is stopped, and when the shop goes away or comes back', async () => {
    const desk = await openDesk();
    const zhou = await desk.sits(desk.zhou);
    expect(zhou.welcome).toMatchObject({ bot: 'auto', away: { away: false } });
    await desk.flow.bots.turn('demo', { mode: 'off', at: desk.clock.now, by: '店长' });
    // As the service does behind every turn.
    await desk.storage.touchDesk('demo');
    expect(await desk.until(zhou, 'shop')).toMatchObject({ bot: 'off', away: { away: false } });
    await desk.lin.call('PUT', '/v1/shops/demo/away', { away: true });
    const by = { id: desk.lin.user.id, name: 'lin' };
    expect(await desk.until(zhou, 'shop')).toMatchObject({ bot: 'off', away: { away: true, by } });
    expect((await desk.sits(desk.lin)).welcome).toMatchObject({ bot: 'off', away: { away: true, by } });
    await desk.lin.call('PUT', '/v1/shops/demo/away', { away: false });
    expect(await desk.until(zhou, 'shop')).toMatchObject({ away: { away: false } });
  });

  it('again after a cut misses nothing and is told nothing twice', async () => {
    const desk = await openDesk();
    for (const id of ['c1', 'c2']) await desk.asks(id);
    const first = await desk.sits(desk.zhou);
    first.ws.close();
    await first.closed;
    for (let n = 0; n < 120; n++) await desk.asks(`later${n}`);
    await desk.lin.call('POST', '/v1/shops/demo/conversations/c2/take');
    const again = await desk.sits(desk.zhou, first.seq);
    expect(again.welcome).toMatchObject({ reset: false, seq: first.seq });
    expect(again.told.map(({ id }) => id)).toEqual([...Array.from({ length: 120 }, (_, n) => `later${n}`), 'c2']);
    expect((await desk.sits(desk.zhou, again.seq)).told).toEqual([]);
    expect((await desk.sits(desk.zhou, again.seq + 1e9)).welcome.reset).toBe(true);
  });

  it('while buyers write loses none of them', async () => {
    const desk = await openDesk();
    const writing = (async () => {
      for (let n = 0; n < 60; n++) await desk.asks(`c${n}`);
    })();
    const seen = new Set<string>();
    let since: number | undefined;
    for (let cuts = 0; cuts < 4; cuts++) {
      const screen = await desk.sits(desk.zhou, since);
      for (const { id } of screen.told) seen.add(id);
      const changed = await Promise.race([desk.until(screen, 'changed'), writing]);
      for (const { id } of changed?.conversations ?? []) seen.add(id);
      since = Math.max(screen.seq, changed?.seq ?? 0);
      screen.ws.close();
    }
    await writing;
    for (const { id } of (await desk.sits(desk.zhou, since)).told) seen.add(id);
    expect(seen.size).toBe(60);
  });
});

describe('at work', () => {
  it('each change is told to all screens as the conversation stands then', async () => {
    const desk = await openDesk();
    const [one, other] = [await desk.sits(desk.zhou), await desk.sits(desk.lin)];
    await desk.asks('c1', '包邮吗');
    for (const peer of [one, other])
      expect((await desk.until(peer, 'changed')).conversations).toMatchObject([{ id: 'c1', lines: [{ text: '包邮吗' }] }]);
    one.say({ type: 'send', id: 'send-0001', conversation: 'c1', text: '亲，满95元包邮哦~' });
    expect(await desk.until(one, 'result')).toMatchObject({ id: 'send-0001', reply: 'ag_send-0001', duplicate: false });
    const [changed] = (await desk.until(other, 'changed')).conversations;
    expect(changed).toMatchObject({
      id: 'c1',
      holder: { name: 'zhou' },
      lines: [{}, { from: 'desk', text: '亲，满95元包邮哦~' }],
    });
    other.say({ type: 'send', id: 'send-0002', conversation: 'c1', text: '在的' });
    expect(await desk.until(other, 'error')).toMatchObject({
      code: 'conflict',
      inReplyTo: 'send-0002',
      holder: { name: 'zhou' },
    });
  });

  it('commands are those of HTTP: take, hand over, close, reopen, feedback, retry', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const peer = await desk.sits(desk.zhou);
    const say = async (frame: object) => {
      peer.say({ id: 'f', conversation: 'c1', ...frame });
      for (;;) {
        const told = deskServerFrameSchema.parse(await peer.next()) as any;
        if (told.type === 'result' || told.type === 'error') return told;
      }
    };
    expect((await say({ type: 'take' })).conversation.holder.name).toBe('zhou');
    expect(await say({ type: 'close' })).toMatchObject({ code: 'conflict' });
    expect((await say({ type: 'close', force: true })).conversation.state).toBe('closed');
    expect((await say({ type: 'reopen' })).conversation.state).toBe('open');
    expect(await say({ type: 'handOver', to: 'agent' })).toMatchObject({ code: 'invalid', faults: [{ field: 'agent' }] });
    expect((await say({ type: 'handOver', to: 'queue', note: '等仓库' })).conversation).toMatchObject({
      note: { text: '等仓库' },
    });
    expect(await say({ type: 'send', id: 'send-0003', text: '亲，开发票要加6个点哦' })).toMatchObject({
      code: 'finding',
      findings: [{ rule: 'invoice' }],
    });
    expect(await say({ type: 'feedback', draft: 'nothing', outcome: 'rejected' })).toMatchObject({ code: 'invalid' });
    expect(await say({ type: 'retry', reply: 'nothing' })).toMatchObject({ code: 'conflict' });
    expect(await say({ type: 'take', conversation: 'nowhere' })).toMatchObject({ code: 'not_found' });
  });

  it('tells who is there, what stands open, who types and who has looked; nothing of it is kept', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const one = await desk.sits(desk.zhou);
    const other = await desk.sits(desk.lin);
    expect(other.welcome.agents.map(({ name }: any) => name).sort()).toEqual(['lin', 'zhou']);
    other.say({ type: 'open', conversation: 'c1' });
    const lin = { id: desk.lin.user.id, name: 'lin' };
    for (;;) {
      const { agents } = await desk.until(one, 'presence');
      if (agents.some((agent: any) => agent.name === 'lin' && agent.open[0] === 'c1')) break;
    }
    other.say({ type: 'typing', conversation: 'c1' });
    expect(await desk.until(one, 'typing')).toEqual({ type: 'typing', conversation: 'c1', agent: lin });
    const { position } = other.told[0].lines[0];
    other.say({ type: 'seen', conversation: 'c1', position: 999_999 });
    expect(await desk.until(one, 'seen')).toEqual({ type: 'seen', conversation: 'c1', position, agent: lin });
    const before = await desk.storage.deskSeq('demo');
    other.ws.close();
    const left = await desk.until(one, 'presence');
    expect(left.agents).toEqual([{ ...lin, online: false, away: false, open: [] }]);
    expect(await desk.storage.deskSeq('demo')).toBe(before);
  });

  it('what one has looked at is unread for the others; of an unknown conversation nothing is seen, opened or typed', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const one = await desk.sits(desk.zhou);
    const other = await desk.sits(desk.lin);
    other.say({ type: 'seen', conversation: 'c1', position: 999_999 });
    for (const type of ['seen', 'open', 'typing']) {
      other.say({ type, conversation: 'nowhere', ...(type === 'seen' && { position: 1 }) });
      expect(await desk.until(other, 'error')).toMatchObject({ code: 'invalid', faults: [{ field: 'conversation' }] });
    }
    await desk.asks('c1', '还在吗');
    const unread = async (screen: Peer) => (await desk.until(screen, 'changed')).conversations[0].unread;
    expect([await unread(one), await unread(other)]).toEqual([2, 1]);
    expect((await desk.sits(desk.lin)).told[0].unread).toBe(1);
    expect((await desk.sits(desk.zhou)).told[0].unread).toBe(2);
  });

  it('ends for who may no longer work there', async () => {
    const desk = await openDesk();
    await desk.asks('c1');
    const peer = await desk.sits(desk.zhou);
    await desk.people.change(desk.zhou.user.id, { shops: ['other'] });
    peer.say({ type: 'take', id: 'f', conversation: 'c1' });
    expect((await peer.closed).code).toBe(4001);
    expect((await desk.storage.deskView('demo', 'c1'))?.desk).toEqual({});
  });
});

describe('quick phrases', () => {
  const words = (code: string) => ({ code, title: code, text: '亲，在的～' });

  it("are told when the shop's or one's own have changed, not those of a colleague; also after a cut", async () => {
    const desk = await openDesk();
    const url = '/v1/shops/demo/phrases';
    const lead = await desk.loggedIn('lead', ['demo'], 'lead');
    await desk.zhou.call('GET', url);
    const [zhou, lin] = [await desk.sits(desk.zhou), await desk.sits(desk.lin)];
    // The colleague's own, then the shop's: lin is told of the second alone.
    const own = await desk.zhou.call('POST', url, words('zz1'));
    expect(own.statusCode).toBe(201);
    expect(await desk.until(zhou, 'phrases.changed')).toMatchObject({ revision: 2 });
    expect((await lead.call('POST', url, words('zz2'))).statusCode).toBe(201);
    expect(await desk.until(zhou, 'phrases.changed')).toMatchObject({ revision: 3 });
    expect(await desk.until(lin, 'phrases.changed')).toMatchObject({ revision: 3 });
    const delta = await desk.lin.call('GET', `${url}?since=1`);
    expect(delta.json().phrases.map(({ code }: { code: string }) => code)).toEqual(['zz2']);

    lin.ws.close();
    await lin.closed;
    await lead.call('DELETE', `${url}/${delta.json().phrases[0].id}`, undefined, { 'if-match': '*' });
    const again = await desk.screen(desk.lin);
    again.say({ type: 'hello', shop: 'demo', since: lin.seq, phrasesRevision: 3 });
    expect(await desk.until(again, 'phrases.changed')).toMatchObject({ revision: 4 });
    const current = await desk.screen(desk.lin);
    current.say({ type: 'hello', shop: 'demo', since: lin.seq, phrasesRevision: 4 });
    await desk.until(current, 'ready');
    await lead.call('POST', url, words('zz3'));
    expect(await desk.until(current, 'phrases.changed')).toMatchObject({ revision: 5 });
  });
});

it('tells a page beside the desk of phrases alone: nobody sits down, and no command is taken', async () => {
  const desk = await openDesk();
  await desk.asks('c1');
  const page = await desk.screen(desk.zhou);
  page.say({ type: 'hello', shop: 'demo', only: 'phrases' });
  expect(await page.next()).toMatchObject({ type: 'ready' });
  const agents = (await desk.lin.call('GET', '/v1/shops/demo/agents')).json().agents;
  expect(agents.map(({ online }: { online: boolean }) => online)).toEqual([false, false]);
  await desk.asks('c2');
  page.say({ type: 'take', id: 't1', conversation: 'c1' });
  expect(await page.next()).toMatchObject({ type: 'error' });
  const lead = await desk.loggedIn('lead', ['demo'], 'lead');
  const made = await lead.call('POST', '/v1/shops/demo/phrases', { code: 'zz', title: 'zz', text: '亲，在的～' });
  expect(made.statusCode).toBe(201);
  expect(await page.next()).toMatchObject({ type: 'phrases.changed' });
});

describe('who works there', () => {
  it('is told by socket and HTTP: online or not, away, how many each holds; of this shop alone', async () => {
    const desk = await openDesk();
    await desk.loggedIn('lead', ['other'], 'elsewhere');
    const gone = await desk.loggedIn('agent', ['demo'], 'gone');
    await desk.people.change(gone.user.id, { disabledAt: 1 });
    for (const id of ['c1', 'c2']) {
      await desk.asks(id);
      await desk.zhou.call('POST', `/v1/shops/demo/conversations/${id}/take`, {});
    }
    const agents = async () => (await desk.lin.call('GET', '/v1/shops/demo/agents')).json().agents;
    const names = async () => (await agents()).map(({ name }: { name: string }) => name);
    const offline = { online: false, away: false, open: [] };
    expect(await agents()).toEqual([
      { id: desk.lin.user.id, name: 'lin', login: 'lin', holds: 0, ...offline },
      { id: desk.zhou.user.id, name: 'zhou', login: 'zhou', holds: 2, ...offline },
    ]);
    const zhou = await desk.sits(desk.zhou);
    expect(zhou.welcome.agents).toEqual(await agents());
    expect(await names()).toEqual(['zhou', 'lin']);
    const lin = await desk.sits(desk.lin);
    zhou.say({ type: 'away', away: true });
    for (;;) {
      const { agents: moved } = await desk.until(lin, 'presence');
      if (moved.some(({ id, away }: { id: string; away: boolean }) => id === desk.zhou.user.id && away)) break;
    }
    expect(await names()).toEqual(['lin', 'zhou']);
    // Back on a second screen is back.
    await desk.sits(desk.zhou);
    expect((await agents()).find(({ name }: { name: string }) => name === 'zhou')).toMatchObject({ online: true, away: false });
    expect((await desk.get('/v1/shops/demo/agents', await desk.token('admin'))).statusCode).toBe(200);
  });
});
