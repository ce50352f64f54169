/** `zaima cover`: what buyers write that the shop does not understand. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Coverage, coverage, coverageLines } from '../../src/cli/cover-command.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import type { Shop } from '../../src/shop/shop.js';
import { mustBeBuilt, zaima } from './command.js';
import { root } from './home.js';

let folder: string;
let shop: Shop;
beforeAll(async () => {
  mustBeBuilt();
  folder = mkdtempSync(join(tmpdir(), 'zaima-cover-'));
  shop = loadKnowledge(root, await loadRules()).shops.get('demo')!;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual = { below: 0.75, groups: 20, examples: 3 };

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

// Of a pet that stays in the shop, and of a membership: nothing that an intent file speaks of.
const lines = [
  '包邮吗',
  '店里那只猫叫啥',
  '{"id":"j1","text":"那只猫几岁了"}',
  '那只猫叫啥名呀',
  '那隻貓叫啥名呀',
  '那只猫抓人不',
  '可以开发票吗',
  '能注销会员不',
  '会员怎么注销',
  '12345',
  '[微笑]',
  '',
  '树影斜斜',
];

describe('zaima cover', () => {
  it('groups what is not understood, and counts all messages', async () => {
    const told = await coverage(file('plain.txt', lines), shop.model, usual);
    const { groups, ...counts } = told;
    expect(counts).toMatchObject({ messages: 12, understood: 2, withoutWords: 2, more: { groups: 0, messages: 0 }, alone: 1 });
    expect(counts.unsure + counts.notUnderstood).toBe(8);
    expect(groups.map(({ messages, wordings, share }) => [messages, wordings, share])).toEqual([
      [5, 4, 0.4167],
      [2, 2, 0.1667],
    ]);
    expect(groups[0]!.words.join(' ')).toMatch(/猫/);
    expect(groups[1]!.words.join(' ')).toMatch(/会员|注销/);
    // 繁體 is the same wording.
    expect(groups[0]!.examples).toHaveLength(3);
    expect(groups[0]!.examples).not.toContain('那隻貓叫啥名呀');
  });

  it('takes what is understood, but not surely, as not covered, and says what it is nearest to', async () => {
    const path = file('unsure.txt', ['可以开发票吗', '能开发票吗', '开发票吗']);
    const sure = await coverage(path, shop.model, usual);
    expect([sure.understood, sure.groups.length]).toEqual([3, 0]);
    const { unsure, groups } = await coverage(path, shop.model, { ...usual, below: 1 });
    expect([unsure, groups[0]!.messages, groups[0]!.nearest!.id, groups[0]!.nearest!.messages]).toEqual([3, 3, 'invoice', 3]);
    expect(groups[0]!.nearest!.confidence).toBeGreaterThan(0.75);
  });

  it('shows so many groups and messages, and tells of the rest', async () => {
    const told = await coverage(file('few.txt', lines), shop.model, { ...usual, groups: 1, examples: 1 });
    expect(told.more).toEqual({ groups: 1, messages: 2 });
    const shown = coverageLines(told);
    expect(shown).toContainEqual(expect.stringMatching(/^understood +2 +16\.7 %$/));
    expect(shown).toContainEqual(expect.stringMatching(/^1 +5 +41\.67 % +4 .*猫/));
    expect(shown.filter((line) => /^ {6}\S/.test(line))).toHaveLength(1);
    expect(shown.slice(-2)).toEqual(['smaller groups 1 with 2 messages (--groups shows more)', 'like no other 1']);
  });

  it('names the bad lines of a file, all at once', async () => {
    const path = join(folder, 'bad.jsonl');
    writeFileSync(path, '包邮吗\n{"id":1}\n{"text"\n');
    const { code, stdout, stderr } = await zaima(['cover', path], { dataDir: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^zaima: .*bad\.jsonl line 2: text is missing/),
      expect.stringMatching(/^.*bad\.jsonl line 3 is not JSON/),
    ]);
  });

  it('is a command, also with intents of others', async () => {
    const tea = join(folder, 'tea');
    mkdirSync(tea);
    for (const [id, examples] of Object.entries({
      brewing: ['这茶怎么泡', '用多少度的水', '泡几分钟合适', '能冷泡吗'],
      storing: ['茶叶怎么保存', '要放冰箱吗', '开封后能放多久', '会不会受潮'],
    }))
      writeFileSync(join(tea, `${id}.yaml`), JSON.stringify({ examples }));
    const input = '茶叶怎么保存\n坐几路车到\n坐几路车\n几路车能到\n';
    const { code, stdout, stderr } = await zaima(['cover', '-', '--intents', tea, '--below', '0.5', '--json'], {
      dataDir: folder,
      input,
    });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^learnt 8 examples of 2 intents/)]);
    const { messages, understood, groups } = JSON.parse(stdout) as Coverage;
    expect([messages, understood, groups.length, groups[0]!.messages]).toEqual([4, 1, 1, 3]);
  });

  it('names the line that is no message, and refuses a file without any', async () => {
    const path = file('faulty.jsonl', ['{"text":"在吗"}', '', '{"txt":"在吗"}']);
    await expect(coverage(path, shop.model, usual)).rejects.toThrow(/faulty\.jsonl line 3: text is missing/);
    await expect(coverage(file('empty.txt', ['', ' ']), shop.model, usual)).rejects.toThrow(/empty\.txt has no message$/);
  });
});
