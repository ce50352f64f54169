import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type ReadTable, readStockTable, type StockRow } from '../../src/stock/rows.js';
import { atOnce } from '../../src/understanding/steps.js';

const zone = 'Asia/Shanghai';
async function read(bytes: string | Uint8Array): Promise<ReadTable> {
  return atOnce(await readStockTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, zone));
}
async function rowsOf(bytes: string | Uint8Array): Promise<readonly StockRow[]> {
  const table = await read(bytes);
  if ('problem' in table) throw new Error(table.problem);
  return table.rows;
}
const evening = Date.parse('2026-11-22T21:30:00+08:00');

describe('a table of stock', () => {
  const chinese = '商品ID,颜色分类,尺码,库存,库存时间\r\nwool,雾蓝,L,12,2026/11/22 21:30\r\n';
  const row = { line: 2, product: 'wool', colour: '雾蓝', size: 'L', stock: 12, asOf: evening };

  it.each([
    ['UTF-8', Buffer.from(chinese)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${chinese}`)],
    ['GB18030', iconv.encode(chinese, 'gb18030')],
    ['UTF-16', Buffer.from(`\ufeff${chinese}`, 'utf16le')],
    ['tabs', Buffer.from(chinese.replaceAll(',', '\t'))],
  ])('is read in %s', async (_, bytes) => {
    expect(await rowsOf(bytes)).toEqual([row]);
  });

  it('is read with English headings, in any order, with columns that nobody knows', async () => {
    const text = 'Warehouse,Buyer,As Of,QTY,Size,Color,Item_ID\n杭州,小李,2026-11-22T13:30:00Z,12,L,雾蓝,wool\n';
    expect(await rowsOf(text)).toEqual([{ ...row, warehouse: '杭州' }]);
  });

  it('is read as JSON, bare or with the moment of all rows', async () => {
    const rows = [{ product: 'wool', colour: '雾蓝', size: 'L', count: 12, asOf: '2026-11-22T21:30:00+08:00' }];
    expect(await rowsOf(JSON.stringify(rows))).toEqual([{ ...row, line: 1 }]);
    expect(await read(JSON.stringify({ asOf: '2026-11-22 21:30', rows: [{ sku: 7001, stock: 'out', product: null }] }))).toEqual({
      format: 'json',
      asOf: evening,
      rows: [{ line: 1, sku: '7001', stock: 'out' }],
    });
  });

  it.each([
    ['count', '0', 0],
    ['count', '1,200', 1200],
    ['count', '12.0', 12],
    ['count', '-3', 0],
    ['count', '有货', 'in'],
    ['state', '缺货', 'out'],
    ['state', 'In Stock', 'in'],
    ['state', 'low', 'low'],
    ['state', '未知', 'unknown'],
  ])('knows %s %s', async (column, cell, stock) => {
    expect(await rowsOf(`sku,${column}\ns1,"${cell}"\n`)).toEqual([{ line: 2, sku: 's1', stock }]);
  });

  it('takes out for out whatever is counted, and a count for the truth beside any other word', async () => {
    expect((await rowsOf('sku,库存,状态\na,5,下架\nb,5,有货\nc,5,未知\nd,,有货\n')).map(({ stock }) => stock)).toEqual([
      'out',
      5,
      'unknown',
      'in',
    ]);
  });

  it.each([
    ['12.5', 'tells no stock'],
    ['许多', 'tells no stock'],
    ['', 'tells no stock'],
  ])('tells what is wrong with a count of "%s"', async (cell, problem) => {
    expect((await rowsOf(`sku,count\ns1,${cell}\n`))[0]!.problem).toContain(problem);
  });

  it.each(['2026-13-01 10:00', '2026-11-22', 'gestern', '2026-11-22 25:00'])('tells that "%s" is no moment', async (cell) => {
    expect((await rowsOf(`sku,count,asOf\ns1,1,${cell}\n`))[0]!.problem).toContain('asOf is no moment');
  });

  it.each([
    ['', 'no first line'],
    ['颜色,尺码\n红,L\n', 'no first line'],
    ['{"rows":', 'is no JSON'],
    ['{"rows": 3}', 'is no list'],
    ['{"asOf": "soon", "rows": []}', 'is no moment'],
  ])('is refused where it is none: %s', async (text, problem) => {
    expect(await read(text)).toMatchObject({ problem: expect.stringContaining(problem), mend: expect.any(String) });
  });

  it('survives whatever a list may hold', async () => {
    expect((await rowsOf('[null, 3, "x", [], {"sku": {}}, {"count": 1}]')).length).toBe(6);
  });
});
