/** Revisions of a shop's settings: who may change them on what, and when its file is taken over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { type ChangeRequest, openSettings, type Settings } from '../../src/knowledge/settings.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import type { Storage } from '../../src/storage/storage.js';

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const named = (name: string) => ({ id: 'tea', name, timeZone: 'Asia/Shanghai', hours: { weekly: closed } });
const at = Date.parse('2026-11-11T12:00:00Z');
const path = 'config/shops/tea.yaml';

let storage: Storage;
let settings: Settings;
beforeEach(() => {
  storage = openSqlite({ path: ':memory:' });
  settings = openSettings({
    storage,
    now: () => at,
    intents: () => new Set(['haggling', 'stock']),
    rules: compileRules([]),
    judgeReplies: () => ({ faults: [], hints: [] }),
  });
});
afterEach(() => storage.close());

const sync = (name: string) => settings.syncFile('tea', named(name), path);
const change = (name: string, base: ChangeRequest['base'], fileName?: string) =>
  settings.change(
    { shop: 'tea', base, settings: () => named(name), source: 'api', author: '小王' },
    fileName === undefined ? undefined : named(fileName),
  );
const inForce = async () => {
  const { number, content } = (await settings.current('tea'))!;
  return `${number} ${(content as { name: string }).name}`;
};

describe('the file of a shop', () => {
  it('is taken over when it is there, and again when it changed', async () => {
    expect((await sync('一')).standing).toBe('imported');
    expect((await sync('一')).standing).toBe('in_line');
    const second = await sync('二');
    expect(second).toMatchObject({ standing: 'imported', changes: [{ path: 'name', before: '一', after: '二' }] });
    expect(second.current).toMatchObject({ number: 2, parent: 1, source: 'file', author: path, at });
    expect(await inForce()).toBe('2 二');
  });

  it('gives way, unchanged, to what was changed since', async () => {
    await sync('一');
    await change('二', 1);
    expect(await sync('一')).toMatchObject({ standing: 'overruled', changes: [{ path: 'name', before: '二', after: '一' }] });
    expect(await inForce()).toBe('2 二');
  });

  it('is refused with the difference when both were changed', async () => {
    await sync('一');
    await change('二', 1);
    expect(await sync('三')).toMatchObject({
      standing: 'refused',
      current: { number: 2 },
      changes: [{ path: 'name', before: '二', after: '三' }],
    });
    expect(await inForce()).toBe('2 二');
  });

  it('is taken again once it was brought in line', async () => {
    await sync('一');
    await change('二', 1);
    expect((await sync('二')).standing).toBe('in_line');
    expect((await sync('三')).standing).toBe('imported');
    expect(await inForce()).toBe('3 三');
  });

  it('is in line with a change that says the same as it', async () => {
    await sync('一');
    await change('二', 1);
    expect((await sync('三')).standing).toBe('refused');
    expect(await change('三', 'any', '三')).toMatchObject({ outcome: 'done', revision: { number: 3 } });
    expect((await sync('三')).standing).toBe('in_line');
    expect((await sync('四')).standing).toBe('imported');
  });
});

describe('a change', () => {
  it('builds on the revision in force, or is told what came between', async () => {
    await sync('一');
    expect(await change('二', 1)).toMatchObject({ outcome: 'done', revision: { number: 2, parent: 1, author: '小王' } });
    expect(await change('三', 1)).toMatchObject({
      outcome: 'stale',
      current: { number: 2 },
      changes: [{ path: 'name', before: '一', after: '二' }],
    });
    expect(await change('三', 'any')).toMatchObject({ outcome: 'done', revision: { number: 3 } });
  });

  it('makes no revision when it changes nothing', async () => {
    await sync('一');
    expect(await change(' 一 ', 1)).toMatchObject({ outcome: 'unchanged', revision: { number: 1 } });
    expect(await settings.history('tea', undefined, 10)).toHaveLength(1);
  });

  it('is refused with all its faults, and nothing is kept', async () => {
    await sync('一');
    const faulty = { ...named(''), cod: { enabled: true, notIn: ['火星'] } };
    const outcome = await settings.change(
      { shop: 'tea', base: 1, settings: () => faulty, source: 'cli', author: 'root' },
      undefined,
    );
    expect(outcome).toMatchObject({ outcome: 'faulty', faults: [{ path: 'name' }, { path: 'cod.notIn[0]' }] });
    expect(await inForce()).toBe('1 一');
  });

  it('of two made at once on the same revision is taken once', async () => {
    await sync('一');
    const outcomes = await Promise.all([change('二', 1), change('三', 1)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['done', 'stale']);
    expect(await settings.history('tea', undefined, 10)).toHaveLength(2);
  });
});
