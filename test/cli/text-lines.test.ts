/** Lines of files as editors and exports leave them: in UTF-8, GBK or UTF-16, and what is no text at all. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { textLines } from '../../src/cli/text-lines.js';
import { mustBeBuilt, run, startedOnce, zaima } from './command.js';
import { root } from './home.js';

let folder: string;
/** Intents of somebody else, which are learnt in a moment. */
let bank: string;
beforeAll(() => {
  mustBeBuilt();
  folder = mkdtempSync(join(tmpdir(), 'zaima-lines-'));
  bank = join(folder, 'bank');
  mkdirSync(bank);
  writeFileSync(join(bank, 'late.yaml'), 'examples: [我的卡还没到, 卡怎么还没收到, 卡什么时候到]\n');
  writeFileSync(join(bank, 'lost.yaml'), 'examples: [我的卡丢了, 卡被偷了, 帮我挂失]\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The lines of bytes that come in pieces of so many, and what was told beside them. */
async function linesIn(bytes: Uint8Array, most = 7) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
  }
  const lines: string[] = [];
  const told: string[] = [];
  try {
    for await (const line of textLines(pieces(), 'a.txt', (words) => told.push(words))) lines.push(line);
  } catch (error) {
    return { lines, told, fault: (error as Error).message };
  }
  return { lines, told };
}

const words = ['包邮吗', '', 'plain', '到乌鲁木齐多少运费', '在吗'];
const text = words.join('\n');

describe('lines of text', () => {
  it.for([1, 2, 3, 7, 4096])('are the same in pieces of %s bytes, whatever they are written in', async (most, { expect }) => {
    const asGbk = ['a.txt is no UTF-8: it is read as GBK'];
    expect(await linesIn(Buffer.from(text), most)).toEqual({ lines: words, told: [] });
    expect(await linesIn(iconv.encode(text, 'gbk'), most)).toEqual({ lines: words, told: asGbk });
    expect(await linesIn(iconv.encode(`${text}𠮷`, 'gb18030'), most)).toMatchObject({ lines: [...words.slice(0, -1), '在吗𠮷'] });
    expect(await linesIn(iconv.encode(text, 'utf-16le', { addBOM: true }), most)).toEqual({ lines: words, told: [] });
  });

  it('end as each system ends them, the last one with nothing too', async ({ expect }) => {
    for (const end of ['\n', '\r\n', '\r'])
      expect((await linesIn(Buffer.from(`a${end}b${end}${end}c`))).lines).toEqual(['a', 'b', '', 'c']);
    expect((await linesIn(Buffer.from('a\nb\n'))).lines).toEqual(['a', 'b']);
    expect((await linesIn(Buffer.from(''))).lines).toEqual([]);
    // JSON may hold these two; they end no line.
    expect((await linesIn(Buffer.from('{"text":"a\u2028b\u2029c"}'))).lines).toHaveLength(1);
  });

  it('are refused with their number where they are written otherwise than those before', async ({ expect }) => {
    const torn = Buffer.concat([Buffer.from('包邮吗\nplain\n'), iconv.encode('在吗', 'gbk'), Buffer.from('\n')]);
    expect(await linesIn(torn)).toEqual({
      lines: ['包邮吗', 'plain'],
      told: [],
      fault: 'a.txt line 3 is no UTF-8, as the lines before it are: save it as UTF-8 once more',
    });
    const neither = Buffer.concat([Buffer.from('plain\n'), Buffer.from([0xff, 0xff, 0x20, 0x0a])]);
    expect(await linesIn(neither)).toMatchObject({ fault: 'a.txt line 2 is neither UTF-8 nor GBK: save it as UTF-8' });
    expect(await linesIn(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), 99)).toEqual({
      lines: [],
      told: [],
      fault: 'a.txt is no text: name a file of text in UTF-8',
    });
  });
});

const understand = (input: string | Uint8Array) =>
  zaima(['understand', '--intents', bank, '--threshold', '0'], { dataDir: folder, input });
const learnt = /^learnt .*\n/;

describe.concurrent('what commands are given', () => {
  it('may be in GBK, which is told', async ({ expect }) => {
    const { code, stderr, lines } = await understand(iconv.encode('{"text":"卡丢了"}\n{"text":"卡还没到"}\n', 'gbk'));
    expect([code, stderr.replace(learnt, '')]).toEqual([0, 'zaima: standard input is no UTF-8: it is read as GBK\n']);
    expect(lines.map((line) => JSON.parse(line).intents[0].id)).toEqual(['lost', 'late']);
    const plain = join(folder, 'gbk.txt');
    writeFileSync(plain, iconv.encode('卡丢了\n坐几路车\n', 'gbk'));
    const covered = await zaima(['cover', plain, '--intents', bank, '--below', '0.1', '--json'], { dataDir: folder });
    expect(JSON.parse(covered.stdout)).toMatchObject({ messages: 2, understood: 1 });
    const labelled = join(folder, 'gbk.jsonl');
    writeFileSync(labelled, iconv.encode('{"text":"卡丢了","labels":["lost"]}\n', 'gbk'));
    const scored = await zaima(['eval', labelled, '--intents', bank, '--threshold', '0', '--json'], { dataDir: folder });
    expect(JSON.parse(scored.stdout).totals.all).toEqual({ messages: 1, f1All: 1, falseAlarm: 0 });
  });

  it('is refused where it is no text, and what was told before stays', async ({ expect }) => {
    const { code, stderr, lines } = await understand(
      Buffer.concat([Buffer.from('{"text":"卡丢了"}\n'), Buffer.from([0xd7, 0xd6, 0x0a])]),
    );
    expect([code, lines.length, stderr.replace(learnt, '')]).toEqual([
      1,
      1,
      'zaima: standard input line 2 is no UTF-8, as the lines before it are: save it as UTF-8 once more\n',
    ]);
    const pixels = join(folder, 'picture.png');
    writeFileSync(pixels, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]));
    const told = await zaima(['eval', pixels, '--intents', bank], { dataDir: folder });
    expect([told.code, told.stdout, told.stderr]).toEqual([1, '', expect.stringContaining(`${pixels} is no text: name a file`)]);
  });

  it.for([
    ['nothing', ''],
    ['empty lines', '\n \r\n\n'],
    ['a byte order mark', '\ufeff'],
  ] as const)('is no fault where it is %s, and said to hold no message', async ([, input], { expect }) => {
    const { code, stdout, stderr } = await understand(input);
    expect([code, stdout, stderr.replace(learnt, '')]).toEqual([
      0,
      '',
      'zaima: standard input held no message, so nothing was told\n',
    ]);
  });

  it('is said to be a folder where it is one', async ({ expect }) => {
    const command = `"$0" "$1" understand --intents "$2" < "$2"`;
    const { code, stdout, stderr } = await run('sh', ['-c', command, process.execPath, join(root, 'dist/cli.js'), bank], {
      dataDir: folder,
    });
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('zaima: standard input is a folder: give it a file')]);
  });

  it("is refused where an owner's file is not in UTF-8, and taken by shop import as tables are", async ({ expect }) => {
    const gbk = join(folder, 'gbk');
    mkdirSync(gbk);
    writeFileSync(join(gbk, 'a.yaml'), iconv.encode('examples: [我的卡丢了]\n', 'gbk'));
    const told = await zaima(['ask', '在吗', '--intents', gbk], { dataDir: folder });
    expect([told.code, told.stderr]).toEqual([
      1,
      expect.stringMatching(/^error a\.yaml: is not written in UTF-8\. save it as UTF-8/),
    ]);
    const shop = join(folder, 'shop.yaml');
    writeFileSync(shop, iconv.encode('id: demo\nname: 店\n乱: 1\n', 'gbk'));
    await startedOnce(folder);
    const imported = await zaima(['shop', 'import', shop], { dataDir: folder });
    expect(imported.stderr).toContain('shop.yaml:3 乱: is not a known key');
  });
});
