/** Replies pushed to the shop's own address: signed, tried again with the same id, never to a private address unasked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type House, startHouse } from './running-house.js';

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let receiver: Server;
let url: string;
let calls: Call[];
let answers: number[];
let house: House;

beforeEach(async () => {
  calls = [];
  answers = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/zaima`;
});
afterEach(async () => {
  await house.stop();
  await new Promise((done) => receiver.close(done));
});

const open = async (service: Record<string, unknown>) => {
  house = await startHouse({
    shop: (shop) => {
      shop.callbackUrl = url;
    },
    service,
  });
  await house.away(true);
};

async function callsOf(count: number): Promise<readonly Call[]> {
  await expect.poll(() => calls.length).toBe(count);
  return calls;
}

describe('callbacks', () => {
  it('carry the reply of the feed, signed with the secret of the shop', async () => {
    await open({ callbacks: { allowPrivateAddresses: true } });
    const answer = await house.ask('可以开发票吗');
    const [call] = await callsOf(1);
    const payload = new Webhook(house.secret.toString('base64')).verify(call!.body, call!.headers as Record<string, string>) as {
      data: { id: string; text: string };
    };
    expect(payload.data).toMatchObject({
      id: answer.replies[0]!.id,
      text: answer.replies[0]!.text,
      conversation: answer.conversation,
    });
    expect((await house.feed()).map((reply) => reply.id)).toEqual([payload.data.id]);
  });

  it('come again with the same id until they are taken', async () => {
    answers = [500, 429];
    await open({ callbacks: { allowPrivateAddresses: true, retrySeconds: [0, 0] } });
    const answer = await house.ask('可以开发票吗');
    await callsOf(3);
    expect(new Set(calls.map((call) => call.headers['webhook-id']))).toEqual(new Set([answer.replies[0]!.id]));
  });

  it('never go to a private address unless the service allows it, and the conversation says so', async () => {
    // Set while it was allowed; since then it is not.
    const dataDir = mkdtempSync(join(tmpdir(), 'zaima-callback-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    house = await startHouse({ dataDir, service: { callbacks: { allowPrivateAddresses: true } } });
    const { token } = (await house.post('/v1/shops/demo/tokens', { scope: 'admin' })).body;
    const patch = (callbackUrl: string) =>
      fetch(`${house.address}/v1/shops/demo/settings`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'if-match': '*', 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ callbackUrl }),
      });
    expect((await patch(url)).status).toBe(200);
    await house.stop();
    house = await startHouse({ dataDir });
    await house.away(true);
    const refused = (await (await patch('http://127.0.0.1:9/')).json()) as { faults: unknown };
    expect(refused.faults).toMatchObject([{ field: 'callbackUrl', mend: expect.stringContaining('https://') }]);
    const answer = await house.ask('可以开发票吗');
    const told = async () => JSON.stringify((await house.get(`/v1/shops/demo/conversations/${answer.conversation}`)).body);
    await expect.poll(told).toContain('"failed"');
    expect(calls).toEqual([]);
  });
});
