import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { csvRows, csvText, decoded, encoded } from '../../src/csv.js';
import type { Author } from '../../src/phrases/change.js';
import { type PhraseFormat, phraseFile, phraseFormats, readPhraseFile } from '../../src/phrases/formats.js';
import { type ImportedRow, importRows } from '../../src/phrases/import.js';
import { loadReadings } from '../../src/phrases/pinyin.js';
import { startingSet } from '../../src/phrases/starting-set.js';
import type { Phrase, PhraseSet } from '../../src/storage/phrases.js';
import { demoShop, noon } from './shops.js';

const shop = demoShop(compileRules(await loadRules()));
const readings = await loadReadings();
const lead: Author = { name: '店长', mayChange: () => true, sees: '*', overrides: 'nothing' };
const header = '快捷短语编码,快捷短语,快捷短语分组';

function phrase(code: string, its: Partial<Phrase> = {}): Phrase {
  const kept = { revision: 1, createdAt: noon, changedAt: noon, changedBy: '店长', uses: 0, position: 1 };
  return { id: code, code, title: code, text: '亲，在的', group: '', enabled: true, ...kept, ...its };
}
const nothing: PhraseSet = { revision: 0, phrases: [] };

async function imported(
  file: string | Buffer,
  set = nothing,
  options: { onExisting?: 'skip'; author?: Author; agent?: string } = {},
) {
  const read = await readPhraseFile(typeof file === 'string' ? Buffer.from(file) : file, shop, noon);
  if ('fault' in read) throw new Error(read.fault.problem);
  const { onExisting = 'update', author = lead, agent } = options;
  const ids = read.rows.map((_, at) => `n${at}`);
  const decision = importRows(set, read.rows, { format: read.format, onExisting, agent, ids }, author, shop, noon, readings);
  return { ...decision, format: read.format, rows: decision.result.rows };
}
const told = (rows: readonly ImportedRow[]) =>
  rows.map(({ line, code, outcome, why }) => [line, code, outcome, ...(why ? [why] : [])]);

describe('a file of 千牛', () => {
  const file = [
    header,
    'fh1,亲，付款后会尽快安排发出～,物流',
    '',
    'zai,"亲，在的，',
    '请问有什么可以帮您",',
    'x9,"他说""好的""",',
  ].join('\r\n');

  it.each([
    ['UTF-8', Buffer.from(file)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${file}`)],
    ['GB18030', iconv.encode(file, 'gb18030')],
    [
      'UTF-16 as Excel saves it, with tabs',
      Buffer.from(
        `\ufeff${file.replace(header, header.replaceAll(',', '\t')).replace('fh1,亲，付款后会尽快安排发出～,物流', 'fh1\t亲，付款后会尽快安排发出～\t物流')}`,
        'utf16le',
      ),
    ],
  ])('is read in %s', async (encoding, bytes) => {
    const { rows, put, format } = await imported(bytes);
    expect(format).toBe('qianniu');
    expect(put[0]).toMatchObject({
      code: 'fh1',
      text: '亲，付款后会尽快安排发出～',
      group: '物流',
      title: '付款后会尽快安排发出',
      enabled: true,
    });
    if (encoding.startsWith('UTF-16')) return;
    expect(told(rows)).toEqual([
      [2, 'fh1', 'added'],
      [4, 'zai', 'added'],
      [6, 'x9', 'added'],
    ]);
    expect(put[1]!.text).toBe('亲，在的，\n请问有什么可以帮您');
    expect(put[2]!.text).toBe('他说"好的"');
  });

  it('may call its first column as another vendor does, and lack groups', async () => {
    const { put } = await imported('快捷编码,快捷短语\nfh1,亲，在的');
    expect(put).toMatchObject([{ code: 'fh1', group: '' }]);
  });

  it('knows what stands open by its title', async () => {
    const { put } = await imported(`${header}\ncd,亲，{买家昵称}您好，单号{物流单号},`);
    expect(put[0]!.text).toBe('亲，{{ buyer_name }}您好，单号{{ tracking_number }}');
  });

  it('gets codes made of initials where it has none, and the same again for what it brought before', async () => {
    const lines = `${header}\n,亲，这款有现货的哦,\n,亲，这款有现货的呢,\n,?!,`;
    const first = await imported(lines);
    expect(first.put.map(({ code }) => code)).toEqual(['zkyxhd', 'zkyxhd1', 'p']);
    const set = { revision: 1, phrases: first.put.map((draft) => phrase(draft.code, draft)) };
    expect((await imported(lines, set)).rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });
});

describe('an import', () => {
  const set: PhraseSet = {
    revision: 4,
    phrases: [phrase('fh1', { text: '亲，{{ cut_off }}前付款当天发', title: '发货时间' }), phrase('own', { agent: 'u1' })],
  };

  it('says of each row what becomes of it, and why it is skipped', async () => {
    const { rows, put } = await imported(
      [
        header,
        'FH1,亲，改过的话,物流',
        'hi,亲，欢迎光临,',
        'HI,亲，再次欢迎,',
        'fp,亲，开发票要加6个点哦,',
        `long,亲${'好'.repeat(200)},`,
        'a b,亲，在的,',
        'leer,,',
        'liq,亲，{{ nobody_knows }},',
        'warn,亲，这款绝对好看,',
      ].join('\n'),
      set,
    );
    expect(told(rows)).toEqual([
      [2, 'FH1', 'changed'],
      [3, 'hi', 'added'],
      [4, 'HI', 'skipped', 'duplicate_code'],
      [5, 'fp', 'skipped', 'finding'],
      [6, 'long', 'skipped', 'too_long'],
      [7, 'a b', 'skipped', 'code'],
      [8, 'leer', 'skipped', 'text'],
      [9, 'liq', 'skipped', 'text'],
      [10, 'warn', 'added'],
    ]);
    expect(rows[2]!.because).toContain('line 3');
    expect(rows[3]!.findings[0]!.rule).toBe('invoice');
    // What only warns is taken, and told.
    expect(rows[8]!.findings[0]!.rule).toBe('absolute-words');
    expect(put.map(({ id, code, title }) => [id, code, title])).toEqual([
      ['fh1', 'fh1', '发货时间'],
      ['n1', 'hi', '欢迎光临'],
      ['n8', 'warn', '这款绝对好看'],
    ]);
  });

  it('leaves what exists alone where it is told to', async () => {
    const { rows } = await imported(`${header}\nfh1,亲，改过的话,`, set, { onExisting: 'skip' });
    expect(told(rows)).toEqual([[2, 'fh1', 'skipped', 'exists']]);
  });

  it('of what was exported for 千牛 does not turn variables into plain words', async () => {
    const variables = phrase('v', { text: '亲，{{ buyer_name }}，{{ cut_off }}前付款当天发' });
    const all = { revision: 4, phrases: [...set.phrases.slice(0, 1), variables] };
    const { rows, put } = await imported(phraseFile(all.phrases, 'qianniu', shop, noon), all);
    expect([rows.map(({ outcome }) => outcome), put]).toEqual([['unchanged', 'unchanged'], []]);
  });

  it('keeps to what its author may change', async () => {
    const agent: Author = { name: '小周', mayChange: (id) => id === 'u1', sees: 'u1', overrides: 'nothing' };
    expect(told((await imported(`${header}\nhi,亲，欢迎,`, set, { author: agent })).rows)).toEqual([
      [2, 'hi', 'skipped', 'forbidden'],
    ]);
    const own = await imported(`${header}\nown,亲，改了,\nhi,亲，欢迎,`, set, { author: agent, agent: 'u1' });
    expect(own.put.map(({ id, agent: whose }) => [id, whose])).toEqual([
      ['own', 'u1'],
      ['n1', 'u1'],
    ]);
  });

  it('of what is none of these says what would be', async () => {
    for (const file of ['', '随便,什么\n1,2', '{"a": 1}', '[1', '{"phrases": 3}']) {
      expect(await readPhraseFile(Buffer.from(file), shop, noon)).toMatchObject({
        fault: { problem: expect.any(String), mend: expect.any(String), code: expect.any(String) },
      });
    }
    const rows = await imported(
      '[{"code": 3, "text": "亲"}, "x", {"code": "a", "text": "亲，在的", "validFrom": "morgen"}, {"code": "ok", "text": "亲，在的"}]',
    );
    expect(told(rows.rows)).toEqual([
      [1, '', 'skipped', 'row'],
      [2, '', 'skipped', 'row'],
      [3, 'a', 'skipped', 'row'],
      [4, 'ok', 'added'],
    ]);
  });
});

describe('an export', () => {
  const all: readonly Phrase[] = [
    ...startingSet('亲').map((words, at) => phrase(words.code, { ...words, position: at })),
    phrase('full', {
      agent: 'u1',
      enabled: false,
      validFrom: noon,
      validTo: noon + 1000,
      text: '两行\n"引号", 逗号',
      title: 'T,1',
    }),
    phrase('=cmd', { title: '+1', text: '=HYPERLINK(1)', group: '@组' }),
    phrase('q', { text: "'=quoted" }),
    phrase('m', { text: '-3件起' }),
  ];

  it('tells a key that nobody knows; what the list of HTTP has beside comes back as it was', async () => {
    const list = [
      { cod: 'a1', text: '亲，在的～' },
      {
        id: 'x',
        revision: 3,
        uses: 1,
        scope: 'shop',
        code: 'a2',
        title: '在',
        text: '亲，在的呢～',
        verdict: 'send',
        findings: [],
      },
    ];
    const { rows } = await imported(JSON.stringify(list));
    expect(told(rows)).toMatchObject([
      [1, '', 'skipped', 'row'],
      [2, 'a2', 'added'],
    ]);
    expect(rows[0]).toMatchObject({ because: expect.stringContaining('cod is not a known key') });
  });

  it.each(['csv', 'json'] as const)('comes back as it was by %s', async (format) => {
    const file = await encoded(phraseFile(all, format, shop, noon), 'utf-8');
    const again = await imported(file, { revision: 1, phrases: all });
    expect([again.format, new Set(again.rows.map(({ outcome }) => outcome))]).toEqual([format, new Set(['unchanged'])]);
    const { put } = await imported(file);
    expect(put.map(({ id: _, position: __, changedBy: ___, ...words }) => words)).toEqual(
      all.map(({ code, title, text, group, enabled, agent, validFrom, validTo }) =>
        JSON.parse(JSON.stringify({ code, title, text, group, enabled, agent, validFrom, validTo })),
      ),
    );
  });

  it('for 千牛 begins with its header and has no Liquid left', async () => {
    const text = phraseFile(all, 'qianniu', shop, noon);
    expect(text.split('\r\n')[0]).toBe(header);
    expect(text).not.toMatch(/\{\{|\{%/);
    expect(text).toContain('16:00前付款');
  });

  it('is written in the encoding that is asked for', async () => {
    expect((await encoded('中', 'utf-8')).toString('hex')).toBe('efbbbfe4b8ad');
    expect((await encoded('中𠮷', 'gb18030')).toString('hex')).toBe(
      'd6d09534a533'.slice(0, 4) + iconv.encode('𠮷', 'gb18030').toString('hex'),
    );
  });

  it.each(phraseFormats.filter((format): format is Exclude<PhraseFormat, 'json'> => format !== 'json'))(
    'by %s begins no cell as a spreadsheet begins a formula',
    async (format) => {
      const { parse } = await import('csv-parse/sync');
      const cells = (parse(phraseFile(all, format, shop, noon), { relax_column_count: true }) as string[][]).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
      expect(cells).toContain("'=cmd");
    },
  );

  it('gives any cells back as they were, whatever stands in them', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', ' ', 'a', '亲', '\t', '＝'),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const text = csvText([['code', 'text', 'group'], ...rows]);
        for (const encoding of ['utf-8', 'gb18030'] as const) {
          const read = await csvRows(await decoded(await encoded(text, encoding)));
          expect(read.slice(1).map(({ cells }) => cells)).toEqual(rows.filter((cells) => cells.some((one) => one.trim() !== '')));
        }
      }),
      { numRuns: 200 },
    );
  });
});
