import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Received, Refusal } from '../../src/connectors/connector.js';
import { receiveGeneric } from '../../src/connectors/generic.js';
import { jsonFault } from '../../src/connectors/json-fault.js';
import { signWebhook } from '../../src/connectors/standard-webhook.js';

const secret = Buffer.alloc(32, 7);
const now = Date.parse('2026-11-11T12:00:00Z');

function receive(body: unknown, raw = typeof body === 'string' ? body : JSON.stringify(body)): Received | Refusal {
  const bytes = Buffer.from(raw);
  const headers = { ...signWebhook('call-1', bytes, [secret], now) };
  return receiveGeneric({ headers, body: bytes, shop: 'demo' }, [secret], now);
}
const refused = (body: unknown): Refusal => {
  const result = receive(body);
  if (!result.refused) throw new Error('was taken');
  return result;
};
const taken = (body: unknown) => {
  const result = receive(body);
  if (result.refused) throw new Error(result.because);
  return result.messages;
};
const least = { id: 'm-1', conversation: 'c-1', buyer: { id: 'b-1' }, text: '发什么快递' };

describe('the generic webhook', () => {
  it('takes the least message and fills in the rest', () => {
    expect(taken(least)).toEqual([
      {
        shop: 'demo',
        connector: 'generic',
        id: 'm-1',
        conversation: 'c-1',
        buyer: { id: 'b-1' },
        author: 'buyer',
        type: 'text',
        text: '发什么快递',
        sentAt: now,
        receivedAt: now,
      },
    ]);
  });

  it('takes everything, maps the price and leaves unknown keys aside', () => {
    const full = {
      ...least,
      buyer: { id: 'b-1', name: '小王', vip: true },
      author: 'agent',
      sentAt: '2026-11-11T19:59:00+08:00',
      item: { id: 'SKU', title: '羊毛衫', price: 199.5, url: 'https://shop.example/1' },
      order: { id: 'o-1', status: 'paid' },
      version: 9,
    };
    expect(taken([full])[0]).toEqual({
      ...taken(least)[0],
      buyer: { id: 'b-1', name: '小王' },
      author: 'agent',
      sentAt: Date.parse('2026-11-11T11:59:00Z'),
      item: { id: 'SKU', title: '羊毛衫', priceYuan: 199.5, url: 'https://shop.example/1' },
      order: { id: 'o-1', status: 'paid' },
    });
  });

  it('needs words only for texts', () => {
    expect(taken({ ...least, type: 'image', text: undefined })[0]).toMatchObject({ type: 'image', text: '' });
    expect(refused({ ...least, text: undefined })).toMatchObject({ status: 422, faults: [{ field: 'text' }] });
    expect(refused({ ...least, text: '' }).faults).toHaveLength(1);
  });

  it('tells all faults of all messages at once, each with its place and its mend', () => {
    const { status, faults } = refused([
      least,
      { ...least, id: 7, text: 'x'.repeat(4001) },
      { conversation: '', buyer: { name: 'a' }, author: 'bot', sentAt: 'yesterday', item: { id: 'i', title: 't', price: '5' } },
    ]);
    expect(status).toBe(422);
    expect(faults.map(({ field }) => field)).toEqual([
      '[1].id',
      '[1].text',
      '[2].id',
      '[2].conversation',
      '[2].buyer.id',
      '[2].author',
      '[2].sentAt',
      '[2].item.price',
      '[2].text',
    ]);
    for (const { problem, mend } of faults) {
      expect(problem).not.toBe('');
      expect(mend).not.toBe('');
    }
    expect(faults[0]).toEqual({ field: '[1].id', problem: 'is a number, not text', mend: 'write text, in quotes' });
    expect(JSON.stringify(faults)).not.toContain('yesterday');
  });

  it.each([[[]], [Array(101).fill(least)], [null], ['"text"'], [3]])('refuses a body that is no message: %j', (body) => {
    expect(refused(body)).toMatchObject({ status: 422, faults: [{ field: '' }] });
  });

  it('looks at nothing before the signature', () => {
    const result = receiveGeneric({ headers: {}, body: Buffer.from('{'), shop: 'demo' }, [secret], now);
    expect(result).toMatchObject({ refused: true, status: 401 });
    expect((result as Refusal).because).toMatch(/webhook-id is missing/);
  });

  it('says where the JSON breaks, without repeating it', () => {
    const { status, because } = refused('{"id": "m-1",\n  "text": 亲}');
    expect(status).toBe(400);
    expect(because).toMatch(/line 2, column 11 \(position 24\)/);
    expect(because).not.toContain('亲');
    expect(refused('').because).toBe('the body is empty');
  });

  it('makes half characters and NUL harmless', () => {
    expect(taken({ ...least, text: '好\ud83d\u0000a' })[0]?.text).toBe('好\ufffd\ufffda');
    expect(taken(`{"id":"m","conversation":"c","buyer":{"id":"b"},"text":"\\ud83d"}`)[0]?.text).toBe('\ufffd');
    expect(taken({ ...least, text: '好😀' })[0]?.text).toBe('好😀');
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.json(), (body) => void receive(body)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (body) => void receive(body)));
  });

  it('is fast', () => {
    const bytes = Buffer.from(JSON.stringify(least));
    const headers = { ...signWebhook('call-1', bytes, [secret], now) };
    const request = { headers, body: bytes, shop: 'demo' };
    for (let i = 0; i < 20_000; i += 1) receiveGeneric(request, [secret], now);
    // Of this process: others on the machine take nothing from it.
    const started = process.cpuUsage();
    const rounds = 20_000;
    for (let i = 0; i < rounds; i += 1) receiveGeneric(request, [secret], now);
    const microseconds = process.cpuUsage(started).user / rounds;
    console.log(`receive: ${microseconds.toFixed(1)} µs a message`);
    expect(microseconds).toBeLessThan(100);
  });
});

describe('where JSON breaks', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined));
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '{', '\\', '1', ' ', 'e', '-', '\n', ':'),
        (text, at, extra) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + extra + text.slice(place + 1);
          let valid = true;
          try {
            JSON.parse(broken);
          } catch {
            valid = false;
          }
          expect(jsonFault(broken) === undefined).toBe(valid);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does not mind depth', () => {
    expect(jsonFault('['.repeat(200_000))?.problem).toMatch(/position 200000/);
  });
});
