/** What the comparison stands on: `npm test` here, after a build of the project. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { shuffledExamples, taughtFiles } from './peers/examples.mjs';
import { wordsOf } from './peers/keywords.mjs';

test('a plain pattern is written out as words, one with structure is left out', () => {
  assert.deepEqual(wordsOf('发票'), ['发票']);
  assert.deepEqual(wordsOf('(开|补)(张)?(发票|收据)'), [
    '开张发票',
    '开张收据',
    '开发票',
    '开收据',
    '补张发票',
    '补张收据',
    '补发票',
    '补收据',
  ]);
  assert.deepEqual(wordsOf('(还|)能?退'), ['还能退', '还退', '能退', '退']);
  assert.deepEqual(wordsOf('((到|送)付|货到)付款'), ['到付付款', '送付付款', '货到付款']);
  for (const pattern of ['什么…发货', '(什么|啥)~发', '{can}退', '<region>多少', '^票$']) assert.deepEqual(wordsOf(pattern), []);
});

test('all readers learn the same examples, in the same mixed order', () => {
  const examples = shuffledExamples();
  assert.equal(
    examples.length,
    taughtFiles().reduce((sum, { examples: mine }) => sum + mine.length, 0),
  );
  assert.deepEqual(examples, shuffledExamples());
  const changes = examples.filter(({ id }, at) => id !== examples[at - 1]?.id).length;
  assert.ok(changes > examples.length / 2, `the intent changes only ${changes} times`);
});

test('a file is scored as a hand would score it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zaima-peers-'));
  try {
    const file = join(folder, 'labelled.jsonl');
    const messages = [
      { text: '可以开发票吗', labels: ['invoice'], natural: true },
      { text: '发票怎么开', labels: ['shipping_fee'], also: [], natural: true },
      { text: 'qwerty', labels: ['none'], also: [] },
      { text: '好的谢谢', labels: ['none'], also: [] },
      { text: '在吗', labels: [], also: ['greeting'] },
    ];
    writeFileSync(file, messages.map((message) => JSON.stringify(message)).join('\n'));
    const told = execFileSync(process.execPath, [join(import.meta.dirname, 'peers.mjs'), file, '--only', 'zaima'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n');
    const [zaima] = JSON.parse(told[3]).readers;
    // Found 1; wrong invoice and ack; missed shipping_fee: F1 = 2 / (2 + 2 + 1). Core without ack: 2 / (2 + 1 + 1).
    assert.deepEqual([zaima.f1All, zaima.f1Core, zaima.falseAlarm], [0.4, 0.5, 0.5]);
    assert.deepEqual([zaima.natural.f1All, zaima.natural.falseAlarm], [0.5, 0]);
    assert.match(told[2], /^\| Zaima \| all it finds \| 0\.500 \| 0\.400 \| 0\.500 \| 0\.500 \| 0\.500 \| \d/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
