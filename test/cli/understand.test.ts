/** `zaima understand`: lines in, lines out. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { mustBeBuilt, zaima } from './command.js';

let folder: string;
beforeAll(() => {
  mustBeBuilt();
  folder = mkdtempSync(join(tmpdir(), 'zaima-understand-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  readonly id: string | number;
  readonly intents: readonly { readonly id: string; readonly confidence: number }[];
  readonly slots: Record<string, unknown>;
  readonly auto: boolean;
}

const lines = (values: readonly unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

async function understood(values: readonly unknown[], ...args: string[]) {
  const told = await zaima(['understand', ...args], { dataDir: folder, input: lines(values) });
  return { ...told, rows: told.lines.map((line) => JSON.parse(line) as Line) };
}

describe.concurrent('zaima understand', () => {
  it('tells for each line, in the order of the lines, what is in it and whether the bot would answer', async ({ expect }) => {
    const { code, stderr, rows } = await understood([
      { id: 7, text: '可以开发票吗', labels: ['invoice'], natural: true },
      '',
      { id: 'x-1', text: '发到克拉玛依邮费多少' },
      { id: 'x-2', text: '那新疆呢', after: ['在吗', '邮费多少', { author: 'agent', text: '亲，发到哪里呢，可以开发票' }] },
      { id: 'x-3', text: '那新疆呢', after: [{ author: 'agent', text: '邮费多少' }] },
      {
        id: 'x-4',
        text: '还有货吗',
        item: { id: 'wool-scarf', title: '羊毛素色围巾', price: 89 },
        at: '2026-10-01T23:10:00+08:00',
      },
      { id: 'x-5', text: '我要投诉你们' },
      { id: 'x-6', text: '好的谢谢', after: null, at: null, item: null },
      { id: 'x-7', text: '' },
      { text: 'asdf' },
      { id: 'x-8', text: '包邮吗？什么时候发货？能开发票吗' },
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(rows.map(({ id }) => id)).toEqual([7, 'x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6', 'x-7', 10, 'x-8']);
    for (const row of rows) expect(Object.keys(row)).toEqual(['id', 'intents', 'slots', 'auto']);
    const told = Object.fromEntries(
      rows.map(({ id, intents, auto }) => [id, `${intents.map((one) => one.id).join(' ')} ${auto}`]),
    );
    expect(told).toEqual({
      7: 'invoice true',
      'x-1': 'shipping_fee true',
      'x-2': 'shipping_fee true',
      'x-3': ' false',
      'x-4': 'stock true',
      'x-5': 'complaint false',
      'x-6': 'ack false',
      'x-7': ' false',
      10: ' false',
      'x-8': expect.stringMatching(/^(\w+ ){3}true$/),
    });
    expect(rows[1]!.slots).toEqual({ region: { province: '新疆', city: '克拉玛依' } });
    const confidences = rows.at(-1)!.intents.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    for (const { confidence } of rows.flatMap(({ intents }) => intents)) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it.for([
    ['is no JSON', '{"id":1,', /^zaima: standard input line 3 is not JSON \([^)]+\): write one object/m],
    [
      'has no words and no moment',
      { id: 1, at: 'tomorrow' },
      /^zaima: standard input line 3: text is missing.*; at .*2026-10-01T23:10:00\+08:00/m,
    ],
  ] as const)('ends with 1 at a line that %s, names it, and keeps those before', async ([, bad, message], { expect }) => {
    const { code, stderr, rows } = await understood(
      [{ id: 1, text: '在吗' }, { id: 2, text: '包邮吗' }, bad, { id: 4, text: '在吗' }],
      '--intents',
      folder1(),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^zaima: nothing was told of any message from line 3 on: mend what is named and run it again$/m);
    expect(rows.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('names every field of a shape that it does not take, and how to write it', async ({ expect }) => {
    const faulty: readonly (readonly [object, string])[] = [
      [{ at: 5 }, 'at is a number, not text: write a day that there is, the time and the zone as ISO 8601'],
      [{ at: '2026-02-30T10:00:00+08:00' }, 'at is no moment: write a day that there is, the time and the zone as ISO 8601'],
      [{ item: 'wool-scarf' }, 'item is text, not an object: write {"id":"wool-scarf"'],
      [{ item: ['wool-scarf'] }, 'item is a list, not an object: write {"id":"wool-scarf"'],
      [{ item: {} }, 'item.id is missing: add it: text'],
      [{ item: { id: 1 } }, 'item.id is a number, not text: write text, in quotes'],
      [{ item: { id: 'a', title: 7 } }, 'item.title is a number, not text: write text, in quotes'],
      [{ item: { id: 'a', price: '89' } }, 'item.price is text, not a number: write a number'],
      [{ item: { id: 'a', price: -1 } }, 'item.price is -1: write at least 0'],
      [{ after: '在吗' }, 'after is text, not a list: write a list'],
      [{ after: [7] }, 'after[0] is a number, not text or an object: write text or an object'],
      [{ after: [{ text: 7 }] }, 'after[0].text is a number, not text: write text, in quotes'],
      [{ id: [] }, 'id is a list, not text or a number: write text or a number'],
    ];
    const { code, stderr, stdout } = await understood(
      faulty.map(([wrong]) => ({ text: '在吗', ...wrong })),
      '--intents',
      folder1(),
    );
    expect([code, stdout]).toEqual([1, '']);
    const told = stderr.split('\n').filter((line) => line.includes(' line ') && line.startsWith('zaima: standard input'));
    expect(told).toEqual(faulty.map(([, words], at) => expect.stringContaining(`line ${at + 1}: ${words}`)));
  });

  it('names all bad lines, and tells of no message behind the first', async ({ expect }) => {
    const { code, stderr, rows } = await understood([{ id: 1, text: '在吗' }, '{', { id: 3, text: '在吗' }, { id: 4 }, '[]']);
    expect([code, rows.map(({ id }) => id)]).toEqual([1, [1]]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^zaima: standard input line 2 is not JSON/),
      expect.stringMatching(/^zaima: standard input line 4: text is missing/),
      expect.stringMatching(/^zaima: standard input line 5: it is a list/),
      expect.stringMatching(/^zaima: nothing was told of any message from line 2 on/),
    ]);
  });
});

/** A folder of somebody else's intents: examples alone. */
function othersFolder(name: string, intents: Readonly<Record<string, readonly string[]>>, withId = true): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [id, examples] of Object.entries(intents)) {
    const text = `${withId ? `id: ${id}\n` : ''}examples:\n${examples.map((one) => `  - ${one}\n`).join('')}`;
    writeFileSync(join(path, `${id}.yaml`), text);
  }
  return path;
}

const tea = {
  brewing: [
    '这茶怎么泡',
    '用多少度的水',
    '泡几分钟合适',
    '第一泡要倒掉吗',
    '一次放多少茶叶',
    '用玻璃杯可以泡吗',
    '能冷泡吗',
    '泡几次就没味了',
  ],
  storing: [
    '茶叶怎么保存',
    '要放冰箱吗',
    '开封后能放多久',
    '会不会受潮',
    '放柜子里行吗',
    '保质期多长',
    '怎么存放不串味',
    '过期了还能喝吗',
  ],
  tasting: ['味道苦不苦', '喝起来涩吗', '香味浓吗', '口感怎么样', '有没有回甘', '是什么香型', '味道淡不淡', '好不好喝'],
};
const folder1 = () => othersFolder('tea', tea);

const bank = {
  'card-arrival': [
    'where is my card',
    'my card has not arrived yet',
    'when will my new card come',
    'how long does the card take to arrive',
    'I am still waiting for my card',
    'track my card delivery',
    'my card is late',
    'the card did not come in the mail',
  ],
  Top_Up: [
    'how do I top up my account',
    'my top up failed',
    'top up with a cheque',
    'is there a limit for top up',
    'add money to my account',
    'the top up was declined',
    'can I top up by transfer',
    'topping up does not work',
  ],
  pin9: [
    'I forgot my pin',
    'change my pin code',
    'the pin is blocked',
    'how can I unblock the pin',
    'where do I set a pin',
    'wrong pin three times',
    'reset the pin please',
    'what is my pin number',
  ],
};

describe.concurrent("zaima understand with somebody else's intents", () => {
  it('gives exactly the best intent or none, and never answers', async ({ expect }) => {
    const { code, stderr, rows } = await understood(
      [
        { id: 'a', text: '水温多少度泡比较好' },
        { id: 'b', text: '茶叶开封以后怎么保存' },
        { id: 'c', text: '口感苦吗' },
        { id: 'd', text: 'zzzz 777' },
        { id: 'e', text: '茶叶怎么保存，味道苦不苦' },
      ],
      '--intents',
      folder1(),
    );
    expect(code).toBe(0);
    // What was chosen is told beside the lines, in words.
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^learnt 24 examples of 3 intents; below confidence 0\.\d\d no intent comes back\.$/),
      expect.stringMatching(
        /^Tried on what was kept out of training: \d+ in 100 examples come above that; of what belongs to no intent \d+ in 100 everyday sentences and \d+ in 100 sentences of an intent that the folder does not have do too\.$/,
      ),
      'More examples, and more varied ones, part them better.',
      '',
    ]);
    expect(rows.map(({ intents }) => intents.map(({ id }) => id))).toEqual([
      ['brewing'],
      ['storing'],
      ['tasting'],
      [],
      ['storing'],
    ]);
    expect(rows.map(({ auto }) => auto)).toEqual([false, false, false, false, false]);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is sure of the words of its patterns, and hears by the examples what they do not find', async ({ expect }) => {
    const path = othersFolder('tea-patterned', tea);
    writeFileSync(join(path, 'tasting.yaml'), `examples: [${tea.tasting.join(', ')}]\npatterns: [回甘, 口粮茶]\n`);
    const texts = ['水温多少度泡比较好', '茶叶开封以后怎么保存', '口感苦吗', 'zzzz 777', '适合当口粮茶不', '怎么保存才有回甘'];
    const input = texts.map((text, id) => ({ id, text }));
    const [plain, cautious, bare] = await Promise.all([
      understood(input, '--intents', path),
      understood(input, '--intents', path, '--threshold', '0.99'),
      understood(input, '--intents', folder1()),
    ]);
    expect(plain.stderr).toBe(bare.stderr);
    const found = (rows: typeof plain.rows) => rows.map(({ intents }) => intents.map(({ id }) => id));
    expect(found(plain.rows)).toEqual([['brewing'], ['storing'], ['tasting'], [], ['tasting'], ['tasting']]);
    expect(plain.rows[4]!.intents[0]!.confidence).toBeGreaterThan(0.8);
    expect(found(bare.rows)[4]).not.toContain('tasting');
    // The threshold is of what the examples tell.
    expect(found(cautious.rows)).toEqual([[], [], [], [], ['tasting'], ['tasting']]);
    expect(cautious.stderr).toContain('below confidence 0.99, as you say, no intent comes back');
  });

  it('understands English, with ids as they are written or as the files are named', async ({ expect }) => {
    const texts = ['has my card arrived', 'my top up was declined', 'please unblock my pin', '今天天气真好'];
    const input = texts.map((text, id) => ({ id, text }));
    const [named, unnamed] = await Promise.all([
      understood(input, '--intents', othersFolder('bank', bank)),
      understood(input, '--intents', othersFolder('bank-without-ids', bank, false)),
    ]);
    expect(named.rows.map(({ intents }) => intents.map(({ id }) => id))).toEqual([['card-arrival'], ['Top_Up'], ['pin9'], []]);
    expect(unnamed.stdout).toBe(named.stdout);
  });

  it('takes ids as they are, warns of an example under two intents, and gives the best of any message on demand', async ({
    expect,
  }) => {
    const path = othersFolder('torn', {
      ...bank,
      'card_late?': ['my card is late', 'why is the card so late', 'the card takes too long'],
    });
    const input = ['please unblock my pin', 'why does the card take so long', '今天天气真好'].map((text, id) => ({ id, text }));
    const [plain, all] = await Promise.all([
      understood(input, '--intents', path),
      understood(input, '--intents', path, '--threshold', '0'),
    ]);
    expect(plain.code).toBe(0);
    expect(plain.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^warn {2}card_late\?\.yaml examples\[0\]: "my card is late" stands in card-arrival\.yaml too\. Leave it/,
      ),
      expect.stringMatching(/^learnt 27 examples of 4 intents/),
      expect.stringMatching(/^Tried on/),
    ]);
    expect(plain.rows.map(({ intents }) => intents[0]?.id)).toEqual(['pin9', 'card_late?', undefined]);
    expect(all.rows.map(({ intents }) => intents.length)).toEqual([1, 1, 0]);
    const strange = await understood([{ id: 1, text: 'sing me a song about my aunt' }], '--intents', path, '--threshold', '0');
    expect(strange.rows[0]!.intents).toHaveLength(1);
    expect(strange.rows[0]!.intents[0]!.confidence).toBeLessThan(0.6);
    const patterns = join(folder, 'patterned');
    mkdirSync(patterns);
    writeFileSync(join(patterns, 'a.yaml'), 'patterns: [茶]\n');
    for (const wrong of [
      ['--intents', path, '--threshold', '2'],
      ['--threshold', '0.5'],
      ['--intents', patterns, '--threshold', '0.5'],
    ])
      expect((await understood(input, ...wrong)).code).toBe(1);
  });

  it('refuses a folder whose files hold no example', async ({ expect }) => {
    const path = join(folder, 'bare');
    mkdirSync(path);
    writeFileSync(join(path, 'a.yaml'), 'id: a\n');
    const { code, stderr } = await understood([{ id: 1, text: '在吗' }], '--intents', path);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/a\.yaml examples: no file of the folder has examples\. Write/)]);
  });

  it('names a key that is misspelt, with its line and the one that was meant, and lets other keys be', async ({ expect }) => {
    const path = join(folder, 'misspelt');
    mkdirSync(path);
    writeFileSync(join(path, 'a.yaml'), 'examples: [good morning, hello there]\nexample: of greetings\ntask: greet\n');
    writeFileSync(join(path, 'b.yaml'), 'title: b\nexampels: [blue whale]\n');
    writeFileSync(join(path, 'c.yaml'), 'examples: [red fox]\npatern: [fox]\n');
    const { code, stderr } = await understood([{ id: 1, text: 'hello' }], '--intents', path);
    expect([code, stderr]).toEqual([
      1,
      'error b.yaml:2 exampels: is not a known key. Did you mean examples?\nerror c.yaml:2 patern: is not a known key. Did you mean patterns?\n',
    ]);
  });

  it('warns of a file without examples', async ({ expect }) => {
    const path = join(folder, 'unwritten');
    mkdirSync(path);
    writeFileSync(join(path, 'a.yaml'), 'examples: [good morning, hello there]\n');
    writeFileSync(join(path, 'b.yaml'), 'title: b\n');
    const { code, stderr } = await understood([{ id: 1, text: 'hello' }], '--intents', path);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/b\.yaml examples: b has no examples, so nothing is ever taken for it/),
    ]);
    expect(stderr).not.toMatch(/a\.yaml examples/);
  });

  it('warns of a folder of one intent, and not where a file shows what is none', async ({ expect }) => {
    const { pin9 } = bank;
    const alone = await understood([{ id: 1, text: 'I forgot the pin' }], '--intents', othersFolder('alone', { pin9 }));
    expect([alone.code, alone.stderr]).toEqual([
      0,
      expect.stringMatching(
        /^warn {2}pin9\.yaml: pin9 is the only intent of the folder, so .*\. Add files .* or a file none\.yaml/,
      ),
    ]);
    expect(alone.rows[0]!.intents.map(({ id }) => id)).toEqual(['pin9']);
    const none = ['what is the weather like', 'tell me a story', 'how far is the moon'];
    const beside = await understood([{ id: 1, text: 'I forgot the pin' }], '--intents', othersFolder('beside', { pin9, none }));
    expect(beside.stderr).toMatch(/^learnt 8 examples of 1 intent; /);
  });

  it('refuses a folder without intents, all faults at once', async ({ expect }) => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { code, stdout, stderr } = await understood([{ id: 1, text: '在吗' }], '--intents', empty);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/there are no intent files here\. Name a folder/);
    const nowhere = join(folder, 'nowhere');
    const file = join(folder, 'file.yaml');
    writeFileSync(file, 'examples: [hello]\n');
    const asked = [nowhere, file].map((path) => understood([{ id: 1, text: '在吗' }], '--intents', path));
    expect((await Promise.all(asked)).map((one) => [one.code, one.stderr])).toEqual([
      [1, `error ${nowhere}: is not there. Check its name, or make the folder and put <id>.yaml files into it.\n`],
      [1, `error ${file}: is a file and no folder. Name the folder that holds it: ${folder}\n`],
    ]);
  });
});
