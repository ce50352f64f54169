/** `zaima ask`: a question and what comes of it, for people and for programs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { answerSchema } from '../../src/server/answer-wire.js';
import { mustBeBuilt, zaima } from './command.js';

let dataDir: string;
beforeAll(() => {
  mustBeBuilt();
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-ask-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ask = (...args: string[]) => zaima(['ask', ...args], { dataDir });

describe.concurrent('zaima ask', () => {
  it('--json prints the Answer as HTTP serves it, and nothing else', async ({ expect }) => {
    const { code, lines, stderr } = await ask('可以开发票吗', '--away', '--json');
    expect([code, stderr, lines.length]).toEqual([0, '', 1]);
    const told = JSON.parse(lines[0]!) as Record<string, any>;
    expect(answerSchema.parse(told)).toEqual(told);
    expect(told).toMatchObject({ action: 'auto', understanding: { intents: [{ id: 'invoice' }] } });
    expect(told.replies[0]).toMatchObject({ kind: 'answer', delivery: 'send', characters: told.replies[0].text.length });
  });

  it('shows people what was understood, on which words, what was decided and why, and the reply with its counter', async ({
    expect,
  }) => {
    const { code, stdout, lines } = await ask('可以开发票吗', '--away');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^听懂: 发票 \(invoice\) 0\.\d\d · rule · both · .*“发票” ← 发票/m);
    expect(stdout).toMatch(/^决定: 自动回复 \(auto\)$/m);
    expect(stdout).toMatch(/^因为: 听懂：invoice；.+；用回复 invoice\.\w+$/m);
    const at = lines.findIndex((line) => line.startsWith('回复 ['));
    const [, count, limit] = /^回复 \[(\d+)\/(\d+)\] answer · invoice\.\w+$/.exec(lines[at]!)!;
    expect(limit).toBe('128');
    expect(lines[at + 1]!.trim()).toHaveLength(Number(count));
  });

  it('speaks English where it is asked to, and says when nothing is sent', async ({ expect }) => {
    const { stdout } = await ask('好的谢谢', '--away', '--lang', 'en');
    expect(stdout).toMatch(/^decision: silent \(silent\)$/m);
    expect(stdout).toMatch(/^because: .*needs no answer \(ack\)$/m);
    expect(stdout).toMatch(/^nothing is sent$/m);
  });

  it('--intents asks a folder of examples, and names the words that speak, in words, with what came next', async ({ expect }) => {
    const folder = join(dataDir, 'bank');
    mkdirSync(folder);
    for (const [id, examples] of Object.entries({
      late: ['where is my card', 'my card has not arrived yet', 'how long does card delivery take', 'my card is late'],
      lost: ['I lost my card', 'my card was stolen', 'somebody has stolen my wallet', 'block my lost card'],
      balance: ['what is my balance', 'show me the balance of my account', 'how much money do I have', 'check my balance'],
    }))
      writeFileSync(join(folder, `${id}.yaml`), JSON.stringify({ examples }));
    const stolen = 'well, I think my card was STOLEN';
    const [english, chinese, json, shops, careful, lone] = await Promise.all([
      ask(stolen, '--intents', folder, '--lang', 'en'),
      ask(stolen, '--intents', folder),
      ask(stolen, '--intents', folder, '--json'),
      ask(stolen, '--intents', folder, '--away'),
      ask(stolen, '--intents', folder, '--lang', 'en', '--threshold', '1'),
      ask(stolen, '--threshold', '0.5'),
    ]);
    expect(english.lines).toEqual([
      expect.stringMatching(
        /^understood: lost 0\.\d\d · rule · ngrams · “[^”]*STOLEN” ← said so in the examples \(no pattern found it\)$/,
      ),
      expect.stringMatching(/^runner-up: (late|balance) 0\.\d\d · margin 0\.\d\d$/),
    ]);
    expect(chinese.stdout).toMatch(/^听懂: lost .*STOLEN” ← 例句里这样说（没有模式找到它）\n其次: \w+ 0\.\d\d · 领先 0\.\d\d\n$/);
    expect(JSON.parse(json.stdout)).toMatchObject({ intents: [{ id: 'lost', by: 'ngrams', evidence: [{ rule: 'n-grams' }] }] });
    expect(careful.lines).toEqual(['not understood', expect.stringMatching(/^nearest: lost 0\.\d\d$/)]);
    expect(careful.stderr).toMatch(/; below confidence 1\.00, as you say, no intent comes back/);
    expect([lone.code, lone.stderr]).toEqual([1, 'zaima: --threshold goes with --intents\n']);
    expect([shops.code, shops.stderr]).toEqual([1, expect.stringMatching(/--away are of a shop: leave them out/)]);
  });

  it('refuses a language and a product that there is none of, and says what there is', async ({ expect }) => {
    const french = await ask('在吗', '--lang', 'fr');
    expect([french.code, french.stderr]).toEqual([1, expect.stringContaining('Allowed choices are zh, en')]);
    const nowhere = await ask('在吗', '--item', 'nix');
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringMatching(/no product "nix"; the shop has: .*wool-scarf/)]);
  });

  it('--after goes on from what the buyer wrote before, one after the other', async ({ expect }) => {
    const { lines } = await ask('那新疆呢', '--after', '在吗', '--after', '邮费多少', '--away', '--json');
    const told = JSON.parse(lines[0]!) as Record<string, any>;
    expect(told.understanding.intents).toMatchObject([{ id: 'shipping_fee', by: 'context' }]);
    expect(told.understanding.slots.region).toEqual({ province: '新疆' });
    expect(told.replies[0].text).toContain('18');
  });

  it('--at and --item say what would be said at that moment to a buyer who comes from that page', async ({ expect }) => {
    const { lines } = await ask('有酒红色吗，我要找人工', '--item', 'wool-scarf', '--json', '--at', '2026-11-21T23:30:00+08:00');
    const told = JSON.parse(lines[0]!) as Record<string, any>;
    expect(told).toMatchObject({ action: 'handoff', at: '2026-11-21T15:30:00.000Z' });
    expect(told.replies[0].text).toContain('明天上午10点');
    expect(told.understanding.intents.map(({ id }: { id: string }) => id)).toContain('stock');
  });

  it('names the shops there are when there is none of that name, and ends with 1', async ({ expect }) => {
    const { code, stdout, stderr } = await ask('在吗', '--shop', 'nowhere');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('zaima: there is no shop "nowhere"; config/shops has: demo\n');
  });

  it('does not guess at a moment that is none', async ({ expect }) => {
    const { code, stderr } = await ask('在吗', '--at', 'tomorrow');
    expect(code).toBe(1);
    expect(stderr).toContain('2026-10-01T23:10:00+08:00');
  });
});
