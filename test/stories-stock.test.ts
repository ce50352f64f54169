/** A shop whose stock comes from its warehouse: by API, all the time, and then no more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type House, startHouse } from './running-house.js';

const page = { item: { id: 'wool-cardigan', title: '羊毛圆领开衫', price: 168 } };
let house: House;
const folder = mkdtempSync(join(tmpdir(), 'zaima-stock-'));
afterEach(() => house.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function send(method: 'PUT' | 'PATCH' | 'GET', query: string, body?: string | Buffer, token = control()) {
  const response = await fetch(`${house.address}/v1/shops/demo/stock${query}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: (await response.json()) as any };
}
const control = () => house.token;
const rows = (...stock: readonly (readonly [string, string, number | string])[]) =>
  JSON.stringify({ rows: stock.map(([colour, size, count]) => ({ product: 'wool-cardigan', colour, size, count })) });

/** Neither yes nor no: a person looks it up, and the buyer hears when. */
const unsure = {
  action: 'handoff',
  open: ['stock'],
  replies: [{ template: 'stock.holding', text: expect.stringMatching(/查|核对/) }],
};

describe('stock from a warehouse', () => {
  it('is told as soon as it is taken in, makes no revision, and not told when it is old', async () => {
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00' });
    const before = await house.get('/v1/shops/demo/settings/revisions');
    expect(await house.ask('雾蓝L码有货吗', page)).toMatchObject({
      action: 'auto',
      replies: [{ template: expect.stringMatching(/^stock\.out/) }],
    });

    const table = `商品ID,颜色,尺码,库存,库存时间\r\nwool-cardigan,雾蓝,L,20,2026-10-01 23:00\r\n不卖了,红,L,3,2026-10-01 23:00\r\n`;
    const tried = await send('PATCH', '?dryRun=true', iconv.encode(table, 'gb18030'));
    expect(tried).toMatchObject({ status: 200, body: { dryRun: true, format: 'csv', added: 1, skipped: 1 } });
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.out/);

    expect(await send('PATCH', '', iconv.encode(table, 'gb18030'))).toMatchObject({
      status: 200,
      body: {
        added: 1,
        changed: 0,
        skipped: 1,
        rows: [
          { line: 2, outcome: 'added', product: 'wool-cardigan', variant: '雾蓝 L', stock: 20 },
          { line: 3, outcome: 'skipped', why: 'no_product' },
        ],
      },
    });
    const there = await house.ask('雾蓝L码有货吗', page);
    expect(there).toMatchObject({ action: 'auto' });
    expect(there.replies[0]!.template).toMatch(/^stock\.in/);

    // An older table comes late.
    const late = await send('PATCH', '?asOf=2026-10-01T22:00:00%2B08:00', rows(['雾蓝', 'L', 0]));
    expect(late.body).toMatchObject({ skipped: 1, rows: [{ why: 'older' }] });
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.in/);

    // Sold out a minute ago; and counted so long ago that nobody can say.
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', '缺货']));
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.out/);
    const old = await send('PATCH', '?asOf=2026-09-20T08:00:00%2B08:00', rows(['燕麦色', 'M', 9]));
    expect(old.body).toMatchObject({ added: 1, stale: 1 });
    expect(await house.ask('燕麦色M码有货吗', page)).toMatchObject(unsure);
    // The others are as sure as ever.
    expect((await house.ask('燕麦色S码有货吗', page)).replies[0]!.template).toMatch(/^stock\.in/);

    expect(await house.get('/v1/shops/demo/settings/revisions')).toEqual(before);
    const audit = (await house.get('/v1/shops/demo/audit')) as { body: { rows: { action: string; details?: object }[] } };
    expect(audit.body.rows.filter(({ action }) => action === 'imported')).toHaveLength(4);
    expect(audit.body.rows.find(({ action }) => action === 'imported')).toMatchObject({ details: { what: 'stock', added: 1 } });
  });

  it('becomes stale by itself, outlives a restart, and gives way to a newer count in the file', async () => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00', dataDir });
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 20]));
    await house.stop();
    house = await startHouse({ at: '2026-10-02T23:10:00+08:00', dataDir });
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.in/);
    await house.stop();
    house = await startHouse({ at: '2026-10-04T23:20:00+08:00', dataDir });
    expect(await house.ask('雾蓝L码有货吗', page)).toMatchObject(unsure);
    expect((await send('GET', '?product=wool-cardigan')).body.rows[5]).toEqual({
      product: 'wool-cardigan',
      title: '羊毛圆领开衫',
      colour: '雾蓝',
      size: 'L',
      stock: 20,
      asOf: expect.stringMatching(/^2026-10-01T15:1/),
      source: 'import',
      stale: true,
    });
    await house.stop();
    const shop = (parameters: Record<string, any>) => {
      parameters.products[0].asOf = '2026-10-04T20:00:00+08:00';
    };
    house = await startHouse({ at: '2026-10-04T23:20:00+08:00', dataDir, shop });
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.out/);
  });

  it('is neither yes nor no when it is old: the line is held with when a person answers, on duty an agent looks it up', async () => {
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00' });
    await send('PATCH', '?asOf=2026-09-20T08:00:00%2B08:00', rows(['燕麦色', 'M', 9], ['燕麦色', 'S', 0]));
    for (const text of ['燕麦色M码有货吗', '燕麦色S码有货吗']) {
      const [reply] = (await house.ask(text, { ...page, conversation: text })).replies;
      expect(reply).toMatchObject({ kind: 'holding', text: expect.stringContaining('客服明天上午10点') });
      expect(reply!.text).not.toMatch(/有货|现货|没货|断货|能拍|页面/);
    }
    await house.stop();
    house = await startHouse({ at: '2026-10-02T15:00:00+08:00' });
    await send('PATCH', '?asOf=2026-09-20T08:00:00%2B08:00', rows(['燕麦色', 'M', 9]));
    const { action, replies } = await house.ask('燕麦色M码有货吗', page);
    expect([action, replies[0]]).toMatchObject([
      'draft',
      { template: 'stock.unknown', delivery: 'suggest', text: expect.stringMatching(/查一下|核对/) },
    ]);
  });

  it('takes drafts that rest on it away when it changes, makes them anew by what is there now, and leaves the others', async () => {
    house = await startHouse({ at: '2026-10-02T15:00:00+08:00' });
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 20]));
    const ask = (conversation: string, text: string) => house.ask(text, { ...page, conversation });
    expect((await ask('c1', '雾蓝L码有货吗')).replies[0]).toMatchObject({ delivery: 'suggest' });
    await ask('c2', '可以开发票吗');
    const look = async (conversation: string) => {
      const { body } = (await house.get('/v1/shops/demo/conversations')) as { body: { conversations: any[] } };
      const { drafts, withdrawn, seq } = body.conversations.find(({ id }) => id === conversation);
      const [first] = drafts;
      return {
        drafts: drafts.length > 0,
        template: first?.template,
        because: first?.reasons[0].code,
        withdrawn: withdrawn.map(({ code }: { code: string }) => code),
        seq,
      };
    };
    const before = await look('c1');
    expect(before).toMatchObject({ drafts: true, withdrawn: [] });
    // Counted anew, the same; then another product; then this one.
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 20]));
    expect(await look('c1')).toMatchObject({ drafts: true, withdrawn: [] });
    const scarf = JSON.stringify([{ product: 'wool-scarf', colour: '酒红', count: 0 }]);
    expect((await send('PATCH', '?asOf=now', scarf)).body).toMatchObject({ added: 1 });
    expect(await look('c1')).toMatchObject({ drafts: true });
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 0]));
    const after = await look('c1');
    expect(after).toMatchObject({
      template: expect.stringMatching(/^stock\.out/),
      because: 'drafts_made_anew_stock',
      withdrawn: expect.arrayContaining(['draft_stock_changed']),
    });
    // Desks are told.
    expect(after.seq).toBeGreaterThan(before.seq);
    expect(await look('c2')).toMatchObject({ drafts: true, withdrawn: [] });
    // And back again; the same count once more changes nothing.
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 7]));
    const back = await look('c1');
    expect(back).toMatchObject({ template: before.template, because: 'drafts_made_anew_stock' });
    await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 7]));
    expect(await look('c1')).toEqual(back);
  });

  it('in several warehouses is added up', async () => {
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00' });
    const table = [
      '商品ID,颜色,尺码,仓库,库存,库存时间',
      'wool-cardigan,雾蓝,L,杭州仓,0,2026-10-01 23:00',
      'wool-cardigan,雾蓝,L,成都仓,7,2026-10-01 22:00',
    ].join('\r\n');
    expect((await send('PATCH', '', table)).body).toMatchObject({ added: 1, skipped: 0, rows: [{ line: 2, stock: 7 }] });
    expect((await house.ask('雾蓝L码有货吗', page)).replies[0]!.template).toMatch(/^stock\.in/);
    expect((await send('GET', '?product=wool-cardigan')).body.rows[5]).toMatchObject({
      stock: 7,
      asOf: expect.stringMatching(/^2026-10-01T14:00/),
    });
  });

  it('as a whole: what the warehouse no longer lists is not told, and the rest is as it was', async () => {
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00' });
    const whole = await send('PUT', '?asOf=now', rows(['雾蓝', 'L', 20]));
    expect(whole.body).toMatchObject({ added: 1, missing: expect.any(Number) });
    expect(whole.body.missing).toBeGreaterThan(8);
    expect(await house.ask('燕麦色M码有货吗', page)).toMatchObject(unsure);
    expect(await house.ask('雾蓝L码有货吗', page)).toMatchObject({ replies: [{ kind: 'answer' }] });
    // What goes out comes back the same.
    const all = await send('GET', '');
    expect((await send('PUT', '?asOf=now', JSON.stringify(all.body))).body).toMatchObject({
      added: 0,
      changed: 0,
      missing: 0,
      skipped: 0,
    });
  });

  it('is kept by a token of its own, which opens nothing else', async () => {
    house = await startHouse({ at: '2026-10-01T23:10:00+08:00' });
    const { body } = await house.post('/v1/shops/demo/tokens', { scope: 'stock', note: 'erp' });
    expect(await send('PATCH', '?asOf=now', rows(['雾蓝', 'L', 20]), body.token)).toMatchObject({ status: 200 });
    expect((await house.get('/v1/shops/demo/settings', body.token)).status).toBe(403);
    expect(await send('PATCH', '', 'nothing', body.token)).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});
