import { expect, test } from 'vitest';
import type { SettingsRevision, Storage } from '../../src/storage/storage.js';
import { evening } from './samples.js';

function settings(its: Partial<Omit<SettingsRevision, 'number'>> = {}): Omit<SettingsRevision, 'number'> {
  return { shop: 'tea', at: evening, source: 'file', author: 'config/shops/tea.yaml', content: { id: 'tea' }, ...its };
}

export function settingsContract(storage: () => Storage): void {
  test('a shop has no settings until some are added, and then each shop its own', async () => {
    expect(await storage().settings('tea')).toBeUndefined();
    expect(await storage().settingsHistory('tea', undefined, 10)).toStrictEqual([]);
    expect(await storage().addSettings(settings(), false)).toStrictEqual({ ...settings(), number: 1 });
    expect(await storage().settings('tea')).toStrictEqual({ ...settings(), number: 1 });
    expect(await storage().settings('shoes')).toBeUndefined();
    expect(await storage().addSettings(settings({ shop: 'shoes' }), false)).toMatchObject({ shop: 'shoes', number: 1 });
  });

  test('a revision comes back as it was given, with the number after its parent', async () => {
    await storage().addSettings(settings(), false);
    const full = settings({
      parent: 1,
      at: evening + 1,
      source: 'api',
      author: '控制台',
      note: '双11 "改运费"\n',
      content: { id: 'tea', fee: 0.1, more: [null, true, { 繁體: '𠮷\u0000\ud800' }] },
    });
    expect(await storage().addSettings(full, false)).toStrictEqual({ ...full, number: 2 });
    expect(await storage().settings('tea')).toStrictEqual({ ...full, number: 2 });
    expect(await storage().settingsRevision('tea', 1)).toStrictEqual({ ...settings(), number: 1 });
    expect(await storage().settingsRevision('tea', 3)).toBeUndefined();
    expect(await storage().settingsRevision('shoes', 1)).toBeUndefined();
  });

  test('whoever builds on a revision that is no longer the current one is refused, and nothing changes', async () => {
    expect(await storage().addSettings(settings({ parent: 1 }), true)).toBeUndefined();
    await storage().addSettings(settings(), false);
    await storage().addSettings(settings({ parent: 1, note: 'second' }), false);
    expect(await storage().addSettings(settings(), true)).toBeUndefined();
    expect(await storage().addSettings(settings({ parent: 1 }), true)).toBeUndefined();
    expect(await storage().addSettings(settings({ parent: 3 }), true)).toBeUndefined();
    expect(await storage().settings('tea')).toMatchObject({ number: 2, note: 'second' });
    expect(await storage().settingsFile('tea')).toBeUndefined();
  });

  test('of two that build on the same revision at once, one is taken', async () => {
    await storage().addSettings(settings(), false);
    const both = await Promise.all([
      storage().addSettings(settings({ parent: 1, author: 'a' }), false),
      storage().addSettings(settings({ parent: 1, author: 'b' }), false),
    ]);
    expect(both.filter((one) => one !== undefined)).toHaveLength(1);
    expect((await storage().settingsHistory('tea', undefined, 10)).map(({ number }) => number)).toStrictEqual([2, 1]);
  });

  test('history is told newest first, a page at a time', async () => {
    for (let number = 1; number <= 5; number++)
      await storage().addSettings(settings(number === 1 ? {} : { parent: number - 1 }), false);
    const numbers = async (before: number | undefined, limit: number) =>
      (await storage().settingsHistory('tea', before, limit)).map(({ number }) => number);
    expect(await numbers(undefined, 2)).toStrictEqual([5, 4]);
    expect(await numbers(4, 2)).toStrictEqual([3, 2]);
    expect(await numbers(2, 10)).toStrictEqual([1]);
    expect(await numbers(1, 10)).toStrictEqual([]);
  });

  test('it is known which revision the file is in line with', async () => {
    expect(await storage().settingsFile('tea')).toBeUndefined();
    await storage().addSettings(settings(), true);
    expect(await storage().settingsFile('tea')).toBe(1);
    await storage().addSettings(settings({ parent: 1, source: 'api' }), false);
    expect(await storage().settingsFile('tea')).toBe(1);
    await storage().noteSettingsFile('tea', 2);
    expect(await storage().settingsFile('tea')).toBe(2);
    expect(await storage().settingsFile('shoes')).toBeUndefined();
  });
}
