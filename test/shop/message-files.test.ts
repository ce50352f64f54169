import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedIntents } from '../../src/shop/fixed-intents.js';
import { rememberingMessages } from '../../src/shop/message-files.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'zaima-messages-'));
  mkdirSync(join(home, 'intents/messages'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(home, 'intents/messages', name), text);
const isIntent = (id: string) => ['stock', 'invoice'].includes(id);

describe('messages of the house', () => {
  it('are read from all files in the order of their names, with their matters', () => {
    write('b.tsv', '# remark\n\nnone\t刚才那个\r\n');
    write('a.tsv', 'stock invoice\t黑色还有吗能开票不\n');
    write('notes.txt', 'stock\t不读的');
    expect(rememberingMessages()(home, isIntent)).toEqual({
      messages: [
        { text: '黑色还有吗能开票不', intents: ['stock', 'invoice'] },
        { text: '刚才那个', intents: [] },
      ],
      faults: [],
    });
  });

  it('are the very same until a file changes', () => {
    write('a.tsv', 'stock\t还有吗\n');
    const reading = rememberingMessages();
    const read = (of: typeof isIntent) => reading(home, of);
    const first = read(isIntent).messages;
    expect(read(isIntent).messages).toBe(first);
    write('a.tsv', 'stock\t还有没有\n');
    expect(read(isIntent).messages).toEqual([{ text: '还有没有', intents: ['stock'] }]);
    rmSync(join(home, 'intents/messages/a.tsv'));
    expect(read(isIntent).messages).toEqual([]);
  });

  it('tell every fault with its line', () => {
    write('a.tsv', '还有吗\nstock nowhere\t有没有\nstock\t\nstock\t还有货\ninvoice\t还有货\n');
    const { faults } = rememberingMessages()(home, isIntent);
    expect(faults.map(({ line, problem }) => [line, problem])).toEqual([
      [1, 'is no message'],
      [2, 'there is no intent "nowhere"'],
      [3, 'is no message'],
      [5, 'the message stands in line 4 too'],
    ]);
    expect(faults.every(({ file, severity }) => file === 'intents/messages/a.tsv' && severity === 'error')).toBe(true);
  });

  it('that come with the house have no fault and speak of every fixed intent', () => {
    const { messages, faults } = rememberingMessages()(resolve(import.meta.dirname, '../..'), (id) => fixedIntents.includes(id));
    expect(faults).toEqual([]);
    const counts = new Map<string, number>();
    for (const { intents } of messages)
      for (const id of intents.length === 0 ? ['none'] : intents) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const id of [...fixedIntents, 'none']) expect(counts.get(id) ?? 0, id).toBeGreaterThanOrEqual(10);
  });
});
