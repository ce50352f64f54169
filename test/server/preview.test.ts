import { expect, it } from 'vitest';
import { openServer } from './opened.js';

it('is for tokens that read or administer the shop, and for no other', async () => {
  const server = await openServer();
  const status = async (secret: string, shop = 'demo') =>
    (await server.app.inject({ url: `/v1/shops/${shop}/preview`, headers: { authorization: `Bearer ${secret}` } })).statusCode;
  expect(await status(await server.token('read'))).toBe(200);
  expect(await status(await server.token('admin'))).toBe(200);
  expect(await status(await server.token('connect'))).toBe(403);
  expect(await status(await server.token('read', 'other'))).toBe(403);
  expect(await status('zt_unknown')).toBe(401);
});

it('is of now where no moment is named, and refuses what is none, all faults at once', async () => {
  const server = await openServer();
  const headers = { authorization: `Bearer ${await server.token('read')}` };
  const now = await server.app.inject({ url: '/v1/shops/demo/preview', headers });
  expect(now.json()).toMatchObject({ at: new Date(server.clock.now).toISOString(), onDuty: false, changes: [] });
  const wrong = await server.app.inject({ url: '/v1/shops/demo/preview?at=2026-10-01&days=63&away=maybe&text=', headers });
  expect(wrong.statusCode).toBe(422);
  const fields = (wrong.json() as { faults: { field: string }[] }).faults.map(({ field }) => field);
  expect(fields.sort()).toEqual(['query at', 'query away', 'query days', 'query text']);
});
