/** The settings as a YAML file over HTTP: out, and in again without being kept. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type House, startHouse } from '../running-house.js';

let house: House;
let authorization: string;
beforeAll(async () => {
  house = await startHouse();
  const { readFileSync } = await import('node:fs');
  const { token } = JSON.parse(readFileSync(`${house.dataDir}/control.json`, 'utf8')) as { token: string };
  authorization = `Bearer ${token}`;
});
afterAll(() => house.stop());

const url = () => `${house.address}/v1/shops/demo/settings/file`;
const send = async (body: string) => {
  const response = await fetch(url(), { method: 'POST', headers: { authorization, 'content-type': 'application/yaml' }, body });
  return { status: response.status, body: (await response.json()) as any };
};

it('goes out as it is kept, and what went out comes in as it was', async () => {
  const response = await fetch(url(), { headers: { authorization } });
  const text = await response.text();
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
    200,
    'application/yaml; charset=utf-8',
    'attachment; filename="demo-1.yaml"',
  ]);
  const { body: kept } = await house.get('/v1/shops/demo/settings');
  expect(parse(text)).toEqual(kept);
  expect(await send(text)).toEqual({ status: 200, body: { settings: kept } });
  expect(await send(`\uFEFF${text}`)).toMatchObject({ status: 200 });
  expect((await fetch(`${url()}?revision=99`, { headers: { authorization } })).status).toBe(404);
  const { body: audit } = (await house.get('/v1/shops/demo/audit')) as { body: any };
  expect(JSON.stringify(audit)).toContain('exported');
});

it('is told every fault with its line, and nothing is kept', async () => {
  const text = await (await fetch(url(), { headers: { authorization } })).text();
  const faulty = await send(
    text.replace(/freeFromYuan: \d+/, 'freeFromYuan: -1').replace('timeZone: Asia/Shanghai', 'timeZone: Mars'),
  );
  const fields = faulty.body.faults.map(({ field }: { field: string }) => field);
  expect(faulty.status).toBe(422);
  expect(fields).toEqual([
    expect.stringMatching(/^timeZone \(line \d+\)$/),
    expect.stringMatching(/^shipping\.freeFromYuan \(line \d+\)$/),
  ]);
  const broken = await send('id: demo\n  name: [');
  expect([broken.status, broken.body.faults.length > 0]).toEqual([422, true]);
  const { body } = (await house.get('/v1/shops/demo/settings/revisions')) as { body: any };
  expect(body.revisions).toHaveLength(1);
});
