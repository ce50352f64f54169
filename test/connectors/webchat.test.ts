/** Visitors of the web chat: who they are, and what of their words is taken. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConnectors } from '../../src/connectors/load-connectors.js';
import { isVisitorPlace, visitorOf, visitorPlace, visitorToken } from '../../src/connectors/web-visitor.js';
import { pageMessageId, webChat } from '../../src/connectors/webchat.js';

const [secret, former, wrong] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
const visitor = Buffer.alloc(16, 7).toString('base64url');
const now = Date.parse('2026-11-21T15:30:00Z');

const receive = (body: unknown, token = visitorToken('demo', visitor, secret), shop = 'demo') =>
  webChat.receive(
    {
      headers: { authorization: `Bearer ${token}` },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      shop,
    },
    [secret, former],
    now,
  );

it('connectors are found in their folder', async () => {
  const found = await loadConnectors();
  expect(found.map(({ name }) => name)).toEqual(['generic', 'webchat']);
  const settings = { callback: () => undefined, allowPrivateAddresses: false, now: () => now };
  const opened = found.map((file) => file.open(settings));
  expect(opened.map((connector) => [connector.name, connector.pushes('demo')])).toEqual([
    ['generic', false],
    ['webchat', false],
  ]);
  const pushing = found[0]!.open({ ...settings, callback: () => ({ url: 'https://shop.example', secrets: [secret] }) });
  expect(pushing.pushes('demo')).toBe(true);
});

describe('a visitor’s token', () => {
  it('is known by each of the shop’s secrets, and by nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = Buffer.from(bytes).toString('base64url');
        const token = visitorToken('demo', id, former);
        expect(visitorOf('demo', token, [secret, former])).toBe(id);
        expect(visitorOf('demo', token, [secret])).toBeUndefined();
        expect(visitorOf('other', token, [secret, former])).toBeUndefined();
        expect(isVisitorPlace(visitorPlace(id))).toBe(true);
      }),
    );
    expect(visitorOf('demo', visitorToken('demo', visitor, wrong), [secret, former])).toBeUndefined();
    expect(() => visitorToken('demo', 'x', secret)).toThrow(RangeError);
  });

  it('never throws, whatever comes for one', () => {
    fc.assert(fc.property(fc.string(), (text) => visitorOf('demo', text, [secret]) === undefined));
    const forged = `zv_${visitor}_${randomBytes(32).toString('base64url')}`;
    expect(visitorOf('demo', forged, [secret, former])).toBeUndefined();
    for (const place of ['zaima.web.', 'zaima.web.short', `x${visitorPlace(visitor)}`, `${visitorPlace(visitor)}x`, 'c-1'])
      expect([place, isVisitorPlace(place)]).toEqual([place, false]);
  });
});

describe('what a visitor writes', () => {
  it('is a message of a conversation of the visitor’s own', () => {
    const received = receive({ messages: [{ id: 'page-0001', text: ' 包邮吗 ', ageSeconds: 90, item: 'wool-scarf' }] });
    expect(received).toEqual({
      refused: false,
      messages: [
        {
          shop: 'demo',
          connector: 'webchat',
          id: `${visitor}.page-0001`,
          conversation: visitorPlace(visitor),
          buyer: { id: visitorPlace(visitor), name: `网页访客 ${visitor.slice(0, 4)}` },
          author: 'buyer',
          type: 'text',
          text: '包邮吗',
          sentAt: now - 90_000,
          receivedAt: now,
          item: { id: 'wool-scarf', title: 'wool-scarf' },
        },
      ],
    });
    expect(pageMessageId(`${visitor}.page-0001`)).toBe('page-0001');
  });

  it('is refused unsigned before it is read, and told with every fault where it is wrong', () => {
    expect(receive('{', 'zv_nothing')).toMatchObject({ refused: true, status: 401 });
    expect(receive({ messages: [] }, visitorToken('other', visitor, secret))).toMatchObject({ status: 401 });
    expect(receive('{"messages":')).toMatchObject({ refused: true, status: 400 });
    const wrongs = receive({
      messages: [
        { id: 'a b', text: '' },
        { id: 'page-0002', text: '好', author: 'agent' },
      ],
    });
    expect(wrongs).toMatchObject({
      status: 422,
      faults: [{ field: 'messages[0].id' }, { field: 'messages[0].text' }, { field: 'messages[1].author' }],
    });
  });

  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.json(), (body) => void receive(body)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (body) => void receive(body)));
  });
});
