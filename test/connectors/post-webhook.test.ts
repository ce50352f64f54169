import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AddressRefused,
  addressRefused,
  guardedLookup,
  type ResolveAll,
  urlRefused,
} from '../../src/connectors/address-guard.js';
import { openGeneric } from '../../src/connectors/generic.js';
import { openPoster, outcome } from '../../src/connectors/post-webhook.js';
import { secretText } from '../../src/connectors/standard-webhook.js';
import type { Delivery } from '../../src/storage/storage.js';

const now = Date.now();
const soon = () => AbortSignal.timeout(5000);

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function poster(resolve?: ResolveAll, allowPrivateAddresses = false) {
  const opened = openPoster({ allowPrivateAddresses, ...(resolve && { resolve }) });
  onTestFinished(() => opened.close());
  return (url: string, signal = soon()) => opened.post({ url, headers: {}, body: '{}', now }, signal);
}

describe('the address guard', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::10.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001::1',
    '2001:db8::1',
    'nonsense',
  ])('refuses %s', (address) => {
    expect(addressRefused(address)).toMatch(/^is no/);
  });

  it.each(['8.8.8.8', '114.114.114.114', '::ffff:8.8.8.8', '2400:3200::1', '[2606:4700:4700::1111]'])(
    'lets %s pass',
    (address) => {
      expect(addressRefused(address)).toBeUndefined();
    },
  );

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://[::1]:8080/',
    'http://[::ffff:10.0.0.1]/',
    'http://127.0.0.1./',
    'ftp://example.com/',
    'file:///etc/passwd',
  ])('refuses the URL %s', (url) => {
    expect(urlRefused(new URL(url))).toBeDefined();
  });
});

describe('a post', () => {
  it('goes nowhere private, however the address is written', async () => {
    let called = 0;
    const port = await listen((_request, response) => {
      called += 1;
      response.end();
    });
    const post = poster();
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
      expect(await post(`http://${host}:${port}/`), host).toMatchObject({
        state: 'failed',
        because: expect.stringMatching(/not public/),
      });
    }
    expect(await post('nonsense')).toMatchObject({ state: 'failed' });
    expect(called).toBe(0);
  });

  it('refuses a name of which one address is private', async () => {
    const addresses: LookupAddress[] = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    const post = poster((_name, _options, done) => done(null, addresses));
    expect(await post('http://shop.example/')).toMatchObject({ state: 'failed', because: expect.stringMatching(/private/) });
  });

  it('connects to the very address that was judged: a name is resolved once a connection', async () => {
    let lookups = 0;
    const addresses: LookupAddress[] = [
      { address: '8.8.8.8', family: 4 },
      { address: '2400:3200::1', family: 6 },
    ];
    // Public when first asked, this machine ever after.
    const lookup = guardedLookup((_name, _options, done) => {
      lookups += 1;
      done(null, lookups === 1 ? addresses : [{ address: '127.0.0.1', family: 4 }]);
    });
    const ask = (all: boolean) => new Promise((resolve) => lookup('rebind.example', { all }, (...answer) => resolve(answer)));
    expect(await ask(true)).toEqual([null, addresses]);
    expect(lookups).toBe(1);
    expect(await ask(false)).toEqual([expect.any(AddressRefused), []]);
    lookups = 0;
    expect(await ask(false)).toEqual([null, '8.8.8.8', 4]);
  });

  it('reaches a private address where the configuration allows it', async () => {
    const port = await listen((_request, response) => response.writeHead(202).end('thanks'));
    expect(await poster(undefined, true)(`http://localhost:${port}/`)).toEqual({ state: 'sent' });
  });

  it('follows no redirect', async () => {
    let called = 0;
    const port = await listen((request, response) => {
      called += 1;
      response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
    });
    const result = await poster(undefined, true)(`http://127.0.0.1:${port}/`);
    expect(result).toMatchObject({ state: 'failed', because: expect.stringMatching(/redirects/) });
    expect(called).toBe(1);
  });

  it('is tried again when nobody answers, in time or at all', async () => {
    const post = poster(undefined, true);
    expect(await post('http://127.0.0.1:1/')).toEqual({ state: 'retry', because: 'could not be reached (ECONNREFUSED)' });
    expect(await post('http://no-such-name.invalid/')).toMatchObject({ state: 'retry' });
    const silent = await listen(() => undefined);
    expect(await post(`http://127.0.0.1:${silent}/`, AbortSignal.timeout(200))).toEqual({
      state: 'retry',
      because: 'no answer in time',
    });
    const rude = await listen((request) => request.socket.destroy());
    expect(await post(`http://127.0.0.1:${rude}/`)).toMatchObject({ state: 'retry' });
  });

  it('is not held up by an endless answer', async () => {
    const port = await listen((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(20_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await poster(undefined, true)(`http://127.0.0.1:${port}/`)).toEqual({ state: 'sent' });
  });

  it.each([
    [200, 'sent', undefined],
    [204, 'sent', undefined],
    [301, 'failed', undefined],
    [400, 'failed', undefined],
    [401, 'failed', undefined],
    [404, 'failed', undefined],
    [408, 'retry', undefined],
    [410, 'failed', undefined],
    [429, 'retry', 30],
    [500, 'retry', undefined],
    [503, 'retry', 86_400],
  ] as const)('answered %i is %s', (status, state, afterSeconds) => {
    const retryAfter = status === 429 ? '30' : status === 503 ? new Date(now + 90 * 86_400_000).toUTCString() : undefined;
    expect(outcome(status, retryAfter, now)).toEqual({
      state,
      ...(state !== 'sent' && { because: expect.stringContaining(String(status)) }),
      ...(afterSeconds !== undefined && { afterSeconds }),
    });
    expect(outcome(429, 'soon', now)).not.toHaveProperty('afterSeconds');
  });
});

describe('a reply sent by the generic connector', () => {
  const secret = Buffer.alloc(32, 9);
  const delivery: Delivery = {
    shop: 'demo',
    conversation: 'c-1',
    connector: 'generic',
    inReplyTo: ['m-1'],
    createdAt: Date.parse('2026-11-11T12:00:01Z'),
    attempts: 1,
    fence: 1,
    reply: {
      id: 'r_01',
      kind: 'answer',
      text: '亲，新疆首重20元哦~',
      characters: 11,
      intents: [],
      template: 't',
      findings: [],
      delivery: 'send',
    },
  };

  it('is a Standard Webhook whose id is the same in every attempt', async () => {
    const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
    const port = await listen(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      calls.push({ headers: request.headers, body });
      response.end();
    });
    const callback = () => ({ url: `http://127.0.0.1:${port}/hook`, secrets: [secret] });
    const connector = openGeneric({ callback, allowPrivateAddresses: true, now: Date.now });
    onTestFinished(() => connector.close());
    for (const attempts of [1, 2]) expect(await connector.send({ ...delivery, attempts }, soon())).toEqual({ state: 'sent' });
    for (const { headers, body } of calls) {
      const event = new Webhook(secretText(secret)).verify(body, headers as Record<string, string>);
      expect(headers['webhook-id']).toBe('r_01');
      expect(headers['content-type']).toBe('application/json');
      expect(event).toEqual({
        type: 'reply.created',
        timestamp: expect.stringMatching(/Z$/),
        data: {
          id: 'r_01',
          conversation: 'c-1',
          inReplyTo: ['m-1'],
          author: 'bot',
          kind: 'answer',
          text: '亲，新疆首重20元哦~',
          createdAt: '2026-11-11T12:00:01.000Z',
        },
      });
    }
    expect(calls).toHaveLength(2);
  });

  it('fails where the shop takes its replies from the feed', async () => {
    const connector = openGeneric({ callback: () => undefined, allowPrivateAddresses: false, now: Date.now });
    expect(await connector.send(delivery, soon())).toMatchObject({ state: 'failed' });
  });
});
