/** `zaima eval`: figures that can be counted by hand, what was taken for what, and what a change made better or worse. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Evaluated, evaluate } from '../../src/cli/eval-command.js';
import { evaluationLines } from '../../src/cli/eval-lines.js';
import { type EvaluationReport, reportOf } from '../../src/cli/eval-report.js';
import { diffOf, readRun, savedRun, writeRun } from '../../src/cli/eval-run.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { mustBeBuilt, zaima } from './command.js';
import { type HomeCopy, homeCopy, root } from './home.js';

let folder: string;
let asked: Evaluated;
/** Commands load it ten times faster. */
let slim: HomeCopy;
beforeAll(async () => {
  mustBeBuilt();
  folder = mkdtempSync(join(tmpdir(), 'zaima-eval-'));
  const shop = loadKnowledge(root, await loadRules()).shops.get('demo')!;
  asked = { model: shop.model, shop };
  slim = homeCopy(true);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  slim.drop();
});

function file(name: string, values: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, values.map((value) => JSON.stringify(value)).join('\n'));
  return path;
}

interface Wanted {
  readonly errors?: number;
  readonly since?: string;
  readonly showsTexts?: boolean;
}

async function reported(path: string, { errors, since, showsTexts = true }: Wanted = {}): Promise<EvaluationReport> {
  const evaluation = await evaluate(path, asked);
  return reportOf(evaluation, { errors, diff: since === undefined ? undefined : diffOf(readRun(since), evaluation), showsTexts });
}
const shown = async (path: string, wanted?: Wanted) => evaluationLines(await reported(path, wanted));
const command = (args: readonly string[], input = '') => zaima(['eval', ...args], { dataDir: folder, home: slim.folder, input });

// invoice found, invoice found, shipping_fee missed and invoice wrong, nothing asked and nothing found, nothing asked but
// ack found (a false alarm), greeting that may be found.
const six = [
  { id: 'l1', text: '可以开发票吗', labels: ['invoice'], also: [], natural: true },
  { id: 'l2', text: '能开专票吗', labels: ['invoice'], also: ['promotion'], natural: false },
  { id: 'l3', text: '发票怎么开', labels: ['shipping_fee'], also: [], natural: true },
  { id: 'l4', text: 'qwerty', labels: ['none'], also: [], natural: true },
  { id: 'l5', text: '好的谢谢', labels: ['none'], also: [], natural: false },
  { id: 'l6', text: '在吗', labels: [], also: ['greeting'], natural: false },
];

describe('zaima eval', () => {
  it('counts what a hand would count', async () => {
    const { totals, intents, confusion, wrong } = await reported(file('hand.jsonl', six));
    // Found 2, wrong 2 (invoice, ack), missed 1: F1 = 4 / (4 + 2 + 1). Core alone: 4 / (4 + 1 + 1).
    expect(totals.all).toMatchObject({
      messages: 6,
      f1All: 0.571,
      f1Core: 0.667,
      precisionCore: 0.667,
      recallCore: 0.667,
      falseAlarm: 0.5,
    });
    // Of the natural three: found 1, wrong 1, missed 1; the one that asks nothing is left in peace.
    expect(totals.natural).toMatchObject({ messages: 3, f1All: 0.5, f1Core: 0.5, falseAlarm: 0 });
    expect(intents).toEqual([
      expect.objectContaining({ id: 'shipping_fee', f1: 0, precision: 0, recall: 0, support: 1, wrong: 0, missed: 1 }),
      expect.objectContaining({ id: 'ack', title: '应答', f1: 0, support: 0, wrong: 1 }),
      expect.objectContaining({
        id: 'invoice',
        f1: 0.8,
        precision: 0.667,
        recall: 1,
        support: 2,
        found: 2,
        wrong: 1,
        threshold: 0.5,
      }),
    ]);
    expect(confusion).toEqual([
      { expected: 'none', found: 'ack', messages: 1 },
      { expected: 'shipping_fee', found: 'invoice', messages: 1 },
    ]);
    expect(wrong).toBe(2);
  });

  it('shows the figures in columns, whatever the width of the words in them', async () => {
    const lines = await shown(file('columns.jsonl', six));
    expect(lines[1]).toMatch(/^all +6 +0\.571 +0\.667 +0\.667 +0\.667 +0\.500 /);
    expect(lines[2]).toMatch(/^natural +3 +0\.500 +0\.500 /);
    // 发票 takes four columns, and each of its characters one place less in the string.
    const head = lines.findIndex((line) => line.startsWith('intent'));
    expect(lines[head]!.length).toBe(lines.find((line) => line.startsWith('invoice'))!.length + '发票'.length);
    expect(lines).toContainEqual(expect.stringMatching(/^invoice +发票 +0\.800 +0\.667 +1\.000 +2 +1 +0 +0\.50$/));
    expect(lines).toContain('wrong messages 2 of 6');
  });

  it('lists wrong messages by what was taken for what, with the words each rests on', async () => {
    const path = file('errors.jsonl', [
      ...six,
      { id: 'l7', text: '发票什么时候寄', labels: ['shipping_fee'] },
      { id: 'l8', text: '可以开发票吗？包邮吗', labels: ['invoice'] },
    ]);
    const { errors } = await reported(path, { errors: Number.POSITIVE_INFINITY });
    expect(errors!.map(({ expected, found, messages }) => `${expected} ${found} ${messages}`)).toEqual([
      'shipping_fee invoice 2',
      'invoice +shipping_fee 1',
      'none ack 1',
    ]);
    expect(errors![0]!.examples[0]).toMatchObject({
      id: 'l3',
      text: '发票怎么开',
      labels: ['shipping_fee'],
      intents: [{ id: 'invoice' }],
    });
    expect(errors![0]!.examples[0]!.intents[0]!.words.join('')).toMatch(/发票/);

    const lines = await shown(path, { errors: 1 });
    // What a terminal shows is the end: behind the long lists the totals stand once more.
    expect(lines.slice(-3)).toEqual(lines.slice(0, 3));
    const at = lines.indexOf('shipping_fee → invoice  messages 2');
    expect(lines[at + 1]).toBe('  发票怎么开  [l3]');
    expect(lines[at + 2]).toMatch(/^ {6}expected shipping_fee; found invoice 0\.\d\d \w+ “发票/);
    expect(lines[at + 3]).toBe('  and 1 more');
  });

  it('tells labels that the shop has no intent for', async () => {
    const lines = await shown(file('typing.jsonl', [...six, { text: '包邮吗', labels: ['shiping_fee'] }]));
    expect(lines).toContainEqual(expect.stringMatching(/^labels that are no intent of this shop.*: shiping_fee$/));
  });

  it('tells what became better and worse since a kept run, which holds no words', async () => {
    const before = file('before.jsonl', six);
    const run = join(folder, 'run.json');
    writeRun(run, savedRun(await evaluate(before, asked), Date.now()));
    const saved = readFileSync(run, 'utf8');
    for (const { text } of six) expect(saved).not.toContain(text);
    // As if l1 had been missed then, and l3 had been found.
    const kept = JSON.parse(saved);
    kept.messages[0].intents = [];
    kept.messages[2].intents = ['shipping_fee'];
    writeFileSync(run, JSON.stringify(kept));

    const after = file('after.jsonl', [
      ...six.slice(0, 4),
      { ...six[4]!, labels: ['ack'] },
      { ...six[5]!, text: '在吗在吗' },
      { id: 'l9', text: '包邮吗', labels: ['shipping_fee'] },
    ]);
    const { diff } = await reported(after, { since: run });
    expect(diff).toMatchObject({ compared: 4, notBefore: 2, gone: 1, relabelled: 1 });
    // Then: found l2, l3; missed l1. Now: found l1, l2; invoice wrong and shipping_fee missed in l3.
    expect([diff!.before.f1All, diff!.now.f1All]).toEqual([0.8, 0.667]);
    expect(diff!.better).toEqual([
      { id: 'l1', text: '可以开发票吗', labels: ['invoice'], also: [], before: [], now: ['invoice'] },
    ]);
    expect(diff!.worse.map(({ id, before: was, now }) => [id, was, now])).toEqual([['l3', ['shipping_fee'], ['invoice']]]);
    expect(diff!.otherwise).toEqual([]);

    const lines = await shown(after, { since: run, showsTexts: false, errors: 9 });
    expect(lines).toContain('better 1  worse 1  wrong otherwise 0');
    // The lists first, the worse ones last of them; then the figures.
    const places = ['better', 'worse'].map((title) => lines.indexOf(title));
    const figures = lines.findIndex((line) => line.startsWith('since '));
    expect([places[0]! > 0, places[0]! < places[1]!, places[1]! < figures]).toEqual([true, true, true]);
    expect(lines.slice(figures + 1, figures + 4).map((line) => line.split(' ')[0])).toEqual(['', 'before', 'now']);
    expect(lines.slice(figures).filter((line) => line.startsWith('  ['))).toEqual([]);
    expect(lines).toContain('  [l3] shipping_fee → invoice, expected shipping_fee');
    expect(lines.join('\n')).not.toMatch(/可以开发票吗|发票怎么开|“/);
  });

  it.for([
    [
      'has no labels',
      '{"id":2,"text":"在吗"}',
      /^zaima: standard input line 2: labels is missing: write the ids of its intents in an array/,
    ],
    ['has a label that is no id', '{"text":"在吗","labels":[7]}', /^zaima: standard input line 2: labels\[0\] /],
    ['is no JSON', '{"id":2', /^zaima: standard input line 2 is not JSON \([^)]+\): write one object/],
  ] as const)('names the line and the field where a message %s', async ([, bad, message]) => {
    const input = `\uFEFF{"id":1,"text":"在吗","labels":["greeting"]}\n${bad}\n`;
    const { code, stdout, stderr } = await command(['-'], input);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
  });

  it('names the file and all its bad lines at once, without their words, and counts what is too much to tell', async () => {
    const good = { id: 1, text: '在吗', labels: ['greeting'] };
    const some = file('some.jsonl', [good, { text: '在吗' }, good, { labels: ['greeting'] }, '我的地址在人民路']);
    await expect(evaluate(some, asked)).rejects.toThrow(
      new RegExp(
        `^${some} line 2: labels is missing: [^\n]+\n${some} line 4: text is missing: [^\n]+\n${some} line 5: it is text, not [^\n]+$`,
      ),
    );
    const torn = join(folder, 'torn.jsonl');
    writeFileSync(torn, Array.from({ length: 23 }, () => '{"text":"我的地址在人民路"').join('\n'));
    const message = await evaluate(torn, asked).then(
      () => '',
      (error: Error) => error.message,
    );
    const told = message.split('\n');
    expect([told.length, told.at(-2), told.at(-1)]).toEqual([
      21,
      expect.stringContaining('torn.jsonl line 20 is not JSON'),
      `and 3 more bad lines in ${torn}`,
    ]);
    expect(message).not.toContain('人民路');
  });

  it('refuses a file without messages, and one to compare with that is no kept run', async () => {
    await expect(evaluate(file('empty.jsonl', []), asked)).rejects.toThrow(/empty\.jsonl has no labelled message$/);
    expect(() => readRun(file('lines.jsonl', six))).toThrow(/ is no saved run: it is not JSON/);
    expect(() => readRun(file('other.json', [{ messages: [] }]))).toThrow(/ is no saved run: format is missing: .*--save/);
  });

  it('says of a folder that it is one, and of a run that its folder is missing', async () => {
    const gold = file('few.jsonl', [{ id: 1, text: '包邮吗', labels: ['shipping_fee'] }]);
    const ofFolder = await command([folder]);
    expect([ofFolder.code, ofFolder.stderr]).toEqual([1, expect.stringContaining(`${folder} is a folder: name a file`)]);
    const nowhere = join(folder, 'none');
    const kept = await command([gold, '--save', join(nowhere, 'run.json')]);
    expect([kept.code, kept.stderr]).toEqual([1, expect.stringContaining(`${nowhere} is not there: make the folder`)]);
  });

  it('says what its figures are', async () => {
    const { code, stdout } = await command(['--help']);
    expect(code).toBe(0);
    const [head] = await shown(file('named.jsonl', six));
    const columns = head!.trim().split(/ {2,}/);
    expect(columns).toContain('F1(all)');
    for (const name of columns.filter((one) => one !== 'messages')) {
      const [word, of] = name.split(/(?=\()/);
      expect([name, stdout.includes(name) || (of === '(core)' && stdout.includes(`\n  ${word} `))]).toEqual([name, true]);
    }
    expect(stdout).toMatch(/\n {2}natural .*"natural": true/);
  });

  it('says of auto wrong in topic, below it and in the help, that it tells nothing of what a reply says', async () => {
    const lines = await shown(file('topics.jsonl', six));
    expect(lines[3]).toBe('(auto wrong in topic: wrong topics alone, not whether what a reply says is right)');
    const { stdout } = await command(['--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('It counts wrong topics alone: what the reply says is not looked at');
  });

  it('measures a folder of examples without a shop, at its own threshold or another', async () => {
    const bank = join(folder, 'bank');
    mkdirSync(bank);
    for (const [id, examples] of Object.entries({
      late: ['where is my card', 'my card has not arrived yet', 'how long does card delivery take', 'my card is late'],
      lost: ['I lost my card', 'my card was stolen', 'somebody has stolen my wallet', 'block my lost card'],
      oos: ['tell me a joke', 'what is the weather like', 'sing a song for me', 'who won the match'],
    }))
      writeFileSync(join(bank, `${id}.yaml`), JSON.stringify({ examples }));
    const gold = file('bank.jsonl', [
      { id: 1, text: 'my card was stolen', labels: ['lost'] },
      { id: 2, text: 'where is my card', labels: ['lost'] },
      { id: 3, text: 'tell me a joke', labels: ['oos'] },
      { id: 4, text: 'sing a song for me', labels: ['none'] },
      { id: 5, text: 'zzzz', labels: ['wallet'] },
    ]);
    const run = join(folder, 'bank.run');
    const { code, stdout } = await command([gold, '--intents', bank, '--threshold', '0', '--save', run, '--json']);
    const report = JSON.parse(stdout) as EvaluationReport;
    // Found 1, wrong 1 (late), missed 2 (lost, wallet): F1 = 2 / (2 + 1 + 2). What belongs to nothing is left in peace.
    expect([code, report.totals.all]).toEqual([0, { messages: 5, f1All: 0.4, falseAlarm: 0 }]);
    expect([report.isOfFolder, report.unknownLabels]).toEqual([true, ['wallet']]);
    const strict = await command([gold, '--intents', bank, '--threshold', '1', '--errors']);
    expect(strict.stdout).toMatch(/^ {6}expected lost; found none; nearest lost 0\.\d\d$/m);
    expect(report.intents.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['wallet', undefined],
      ['late', 0],
      ['lost', 0],
    ]);
    expect(readRun(run)).toMatchObject({ intents: bank, messages: [{ intents: ['lost'], auto: false }, {}, {}, {}, {}] });

    const told = await command([gold, '--intents', bank, '--threshold', '1', '--diff', run]);
    expect(told.stderr).toMatch(/; below confidence 1\.00, as you say, no intent comes back/);
    expect(told.lines[0]).toMatch(/^ +messages +F1\(all\) +false alarm$/);
    expect(told.lines[1]).toMatch(/^all +5 +0\.000 +0\.000$/);
    expect(told.stdout).not.toContain('auto');
    expect(told.stdout).toMatch(/^labels that are no intent of this folder, .*: wallet$/m);
    expect(told.stdout).toMatch(/^better 1 {2}worse 1 {2}wrong otherwise 0$/m);
    const alone = await command([gold, '--threshold', '0.5']);
    expect([alone.code, alone.stderr]).toEqual([1, 'zaima: --threshold goes with --intents\n']);
  });

  it('is a command that keeps a run, and compares with the one in the same file before', async () => {
    const path = file('command.jsonl', six);
    const run = join(folder, 'kept.json');
    expect(await command([path, '--save', run])).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await command([path, '--diff', run, '--save', run, '--json', '--errors', '0']);
    const report = JSON.parse(stdout) as EvaluationReport;
    expect([code, report.totals.all.messages, report.diff!.compared, report.diff!.better.length]).toEqual([0, 6, 6, 0]);
    expect(report.errors!.every(({ examples }) => examples.length === 0)).toBe(true);
    expect((await command(['--errors', path])).stderr).toMatch(/write a whole number/);
  });
});
