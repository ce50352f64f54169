/** Findings while one types on, drafts that hold still under a key, and a message that goes out once. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chosenDrafts, settledDrafts } from '../../../src/console/desk/draft-hold.js';
import { levelOf, moved, underlined } from '../../../src/console/desk/findings.js';
import { type Outgoing, openOutbox } from '../../../src/console/desk/outbox.js';
import { CommandError, type LineState } from '../../../src/console/shared/live.js';
import type { DeskCommand } from '../../../src/console/shared/wire.js';
import { findingWords } from '../../../src/console/shared/words.js';
import { draft, finding } from './samples.js';

describe('findings', () => {
  it('stay before a change, move behind it, and go where it touches them', () => {
    const before = '亲，开发票要加6个点哦，保证明天到';
    const found = [finding(2, 10), finding(12, 14, 'hint')];
    expect(moved(found, before, `${before}吧`)).toEqual(found);
    expect(moved(found, before, `嗯${before}`).map(({ start, end }) => [start, end])).toEqual([
      [3, 11],
      [13, 15],
    ]);
    expect(moved(found, before, before.replace('6个点', '六个点')).map(({ start }) => start)).toEqual([12]);
    expect(moved(found, before, '')).toEqual([]);
  });

  it('are taken over in the clause that they name, which moves with them, and not once it was touched', () => {
    const before = '您好，加微信聊吧，今天都在';
    const text = '我们就在这里聊哦';
    const found = [{ ...finding(3, 6, 'block'), replacement: { start: 3, end: 8, text } }];
    expect(moved(found, before, `亲，${before}`)[0]).toMatchObject({
      start: 5,
      end: 8,
      replacement: { start: 5, end: 10, text },
    });
    expect(moved(found, before, before.replace('聊吧', '聊聊吧'))).toEqual([finding(3, 6, 'block')]);
    expect(moved(found, before, before.replace('微信', '微'))).toEqual([]);
  });

  it('say why in the language of the page, in Chinese where they know no other', () => {
    const found = { ...finding(0, 1), because: '为什么', note: '注', english: { because: 'why', note: 'note' } };
    expect([findingWords(found, 'zh'), findingWords(found, 'en')]).toEqual(['为什么 (注)', 'why (note)']);
    expect(findingWords({ ...finding(0, 1), because: '为什么' }, 'en')).toBe('为什么');
  });

  it('underline each piece by the gravest that covers it', () => {
    expect(underlined('一二三四五', [finding(1, 4, 'hint'), finding(2, 3)])).toEqual([
      { text: '一' },
      { text: '二', level: 'hint' },
      { text: '三', level: 'points' },
      { text: '四', level: 'hint' },
      { text: '五' },
    ]);
    expect(underlined('', [])).toEqual([]);
    expect(levelOf([finding(0, 1, 'hint'), finding(0, 1, 'block')])).toBe('block');
  });
});

describe('drafts', () => {
  it('to several matters show each its first, the newest first', () => {
    const standing = [draft('a2_0'), draft('a2_1'), draft('a2_2'), draft('a1_0'), draft('a1_1')];
    expect(chosenDrafts(standing).map(({ id }) => id)).toEqual(['a2_0', 'a1_0', 'a2_1']);
  });

  it('stay under a key that was just pressed, and change when it has passed', () => {
    const shown = { conversation: 'c', drafts: [draft('a1_0'), draft('a1_1')] };
    const told = { conversation: 'c', drafts: [draft('a1_1')] };
    expect(settledDrafts(shown, told, 100)).toEqual({ show: shown, againInMs: 300 });
    expect(settledDrafts(shown, told, 400)).toEqual({ show: told });
    expect(settledDrafts(shown, { conversation: 'other', drafts: [] }, 0).show.conversation).toBe('other');
    expect(settledDrafts({ conversation: 'c', drafts: [] }, told, 0)).toEqual({ show: told });
  });
});

describe('the outbox', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(stored: readonly Partial<Outgoing>[] = []) {
    const kept = new Map([['k', JSON.stringify(stored)]]);
    const asked: { command: DeskCommand & { type: 'send' }; done: () => void; fail: (code: string) => void }[] = [];
    const refused: [string, string][] = [];
    const sent: string[] = [];
    const line = signal<LineState>('open');
    const arrived = new Set<string>();
    const overtaken = new Set<string>();
    const outbox = openOutbox({
      key: 'k',
      live: {
        ask: (command) =>
          new Promise((resolve, reject) =>
            asked.push({
              command: command as DeskCommand & { type: 'send' },
              done: () => resolve({ type: 'result', id: command.id }),
              fail: (code) => reject(new CommandError(code, code)),
            }),
          ),
        state: line,
        forget: () => undefined,
      },
      hasArrived: ({ id }) => arrived.has(id),
      isOvertaken: ({ conversation }) => overtaken.has(conversation),
      storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
      onSent: ({ text }) => sent.push(text),
      onRefused: ({ text }, { code }) => refused.push([text, code]),
    });
    const put = (text: string, conversation = 'c') => outbox.put({ conversation, text, override: false });
    return {
      outbox,
      line,
      arrived,
      overtaken,
      asked,
      refused,
      sent,
      put,
      stored: () => JSON.parse(kept.get('k')!) as Outgoing[],
    };
  }

  it('holds a message for three seconds, sends it once, and forgets it when it is on disk', async () => {
    const { outbox, asked, put, sent, stored } = open();
    put('一');
    vi.advanceTimersByTime(2999);
    expect(asked).toHaveLength(0);
    expect(stored()).toHaveLength(1);
    vi.advanceTimersByTime(5000);
    expect(asked.map(({ command }) => command.text)).toEqual(['一']);
    asked[0]!.done();
    await vi.runAllTimersAsync();
    expect([sent, outbox.waiting.value, stored()]).toEqual([['一'], [], []]);
  });

  it('gives back what is still held, and nothing that is on its way', () => {
    const { outbox, asked, put } = open();
    put('一');
    expect(outbox.takeBack(outbox.waiting.value[0]!.id)?.text).toBe('一');
    vi.advanceTimersByTime(5000);
    expect(asked).toHaveLength(0);
    put('二');
    vi.advanceTimersByTime(3000);
    expect(outbox.takeBack(outbox.waiting.value[0]!.id)).toBeUndefined();
  });

  it('lets the former go at once when another follows to the same buyer, so that they keep their order', () => {
    const { asked, put } = open();
    put('一');
    put('别人', 'd');
    put('二');
    expect(asked.map(({ command }) => command.text)).toEqual(['一']);
    vi.advanceTimersByTime(3000);
    expect(asked.map(({ command }) => command.text)).toEqual(['一', '别人', '二']);
  });

  it('gives back what was refused', async () => {
    const { asked, put, refused, outbox } = open();
    put('加6个点');
    vi.advanceTimersByTime(3000);
    asked[0]!.fail('finding');
    await vi.runAllTimersAsync();
    expect([refused, outbox.waiting.value]).toEqual([[['加6个点', 'finding']], []]);
  });

  it('waits while there is no line, can be taken back, and goes once the line stands; not unasked after a long cut', () => {
    const { asked, put, outbox, line } = open();
    line.value = 'waiting';
    put('一');
    vi.advanceTimersByTime(3000);
    put('二', 'd');
    vi.advanceTimersByTime(3000);
    expect(outbox.waiting.value.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(outbox.takeBack(outbox.waiting.value[0]!.id)?.text).toBe('一');
    line.value = 'open';
    expect(asked.map(({ command }) => command.text)).toEqual(['二']);
    line.value = 'waiting';
    put('三', 'e');
    vi.advanceTimersByTime(130_000);
    line.value = 'open';
    expect(asked.map(({ command }) => command.text)).toEqual(['二']);
    expect(outbox.waiting.value.map(({ text, state }) => [text, state])).toEqual([
      ['二', 'kept'],
      ['三', 'kept'],
    ]);
    outbox.letGo(outbox.waiting.value[1]!.id);
    expect(asked.map(({ command }) => command.text)).toEqual(['二', '三']);
  });

  it('does not go unasked where somebody else has answered meanwhile', () => {
    const { asked, put, outbox, line, overtaken } = open();
    line.value = 'waiting';
    put('一');
    put('二', 'd');
    vi.advanceTimersByTime(3000);
    overtaken.add('c');
    line.value = 'open';
    expect(asked.map(({ command }) => command.text)).toEqual(['二']);
    expect(outbox.waiting.value.find(({ text }) => text === '一')?.state).toBe('kept');
  });

  it('says again under the same id what the cut met on its way, once it is not seen to have arrived', () => {
    const { asked, put, outbox, line, arrived } = open();
    put('一');
    put('二', 'd');
    vi.advanceTimersByTime(3000);
    const [one, two] = outbox.waiting.value;
    line.value = 'waiting';
    expect(outbox.takeBack(one!.id)).toBeUndefined();
    arrived.add(two!.id);
    line.value = 'open';
    expect(asked.map(({ command }) => command.id)).toEqual([one!.id, two!.id, one!.id]);
    expect(outbox.waiting.value.map(({ id }) => id)).toEqual([one!.id]);
  });

  it('goes on after a reload with what was on its way, under the same id; all else is asked about', () => {
    const now = Date.now();
    const left = { conversation: 'c', override: false } as const;
    const { asked, outbox } = open([
      { ...left, id: 'fresh-0001', text: '刚写的', at: now - 2000, state: 'sending' },
      { ...left, id: 'stale-0001', text: '昨天的', at: now - 86_400_000, state: 'sending' },
      { ...left, id: 'fresh-0002', text: '没连上', at: now - 2000, state: 'waiting' },
    ]);
    expect(asked.map(({ command }) => [command.id, command.text])).toEqual([['fresh-0001', '刚写的']]);
    expect(outbox.waiting.value.map(({ text, state }) => [text, state])).toEqual([
      ['刚写的', 'sending'],
      ['昨天的', 'kept'],
      ['没连上', 'kept'],
    ]);
  });
});
