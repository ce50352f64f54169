import { expect, test } from 'vitest';
import type { PhraseDraft } from '../../src/storage/phrases.js';
import type { Storage } from '../../src/storage/storage.js';
import { evening } from './samples.js';

function draft(id: string, its: Partial<PhraseDraft> = {}): PhraseDraft {
  const words = { code: id, title: `标题${id}`, text: '亲，在的', group: '招呼', enabled: true };
  return { id, ...words, position: 1, changedBy: '店长', ...its };
}

export function phraseContract(storage: () => Storage): void {
  const put = (shop: string, drafts: readonly PhraseDraft[], remove: readonly string[] = [], at = evening) =>
    storage().changePhrases(shop, at, () => ({ put: drafts, remove, result: undefined }));
  const ids = async (shop: string) => (await storage().phraseSet(shop)).phrases.map(({ id }) => id);

  test('a shop begins with nothing at revision 0, and each shop has its own', async () => {
    expect(await storage().phraseSet('tea')).toStrictEqual({ revision: 0, phrases: [] });
    expect(await put('tea', [draft('a')])).toStrictEqual({ revision: 1, changed: true, result: undefined });
    expect(await storage().phraseSet('shoes')).toStrictEqual({ revision: 0, phrases: [] });
    expect(await storage().phrase('shoes', 'a')).toBeUndefined();
    expect(await storage().phraseChanges('shoes', 0)).toStrictEqual({ revision: 0, whole: true, phrases: [], gone: [] });
  });

  test('a phrase comes back as it was given, bare and with everything', async () => {
    const full = draft('b', {
      code: '繁體𠮷',
      text: '第一行\n"第二行" {{ cut_off }}',
      group: '',
      agent: 'u1',
      enabled: false,
      validFrom: evening - 5,
      validTo: evening + 5,
      position: 7,
    });
    await put('tea', [draft('a'), full]);
    const kept = { revision: 1, createdAt: evening, changedAt: evening, uses: 0 };
    expect((await storage().phraseSet('tea')).phrases).toStrictEqual([
      { ...draft('a'), ...kept },
      { ...full, ...kept },
    ]);
    await put('tea', [draft('b', { position: 7 })], [], evening + 9);
    expect(await storage().phrase('tea', 'b')).toStrictEqual({
      ...draft('b', { position: 7 }),
      ...kept,
      revision: 2,
      changedAt: evening + 9,
    });
  });

  test('they stand in order of position', async () => {
    await put('tea', [draft('a', { position: 3 }), draft('b', { position: 1 }), draft('c', { position: 2 })]);
    expect(await ids('tea')).toStrictEqual(['b', 'c', 'a']);
  });

  test('one call is one revision, and a call that changes nothing is none', async () => {
    expect((await put('tea', [draft('a'), draft('b')])).revision).toBe(1);
    expect(await put('tea', [], ['nobody'])).toStrictEqual({ revision: 1, changed: false, result: undefined });
    expect((await put('tea', [draft('c')], ['a'])).revision).toBe(2);
    expect(await storage().phraseChanges('tea', 1)).toMatchObject({ revision: 2, whole: false, phrases: [{ id: 'c' }] });
    expect((await storage().phraseChanges('tea', 1)).gone).toStrictEqual([{ id: 'a', revision: 2 }]);
    expect(await storage().phraseChanges('tea', 2)).toStrictEqual({ revision: 2, whole: false, phrases: [], gone: [] });
  });

  test('whoever never asked before, or asks for what is not yet, gets the whole set', async () => {
    await put('tea', [draft('a'), draft('b')]);
    await put('tea', [], ['a']);
    for (const since of [0, 3, 99]) {
      expect(await storage().phraseChanges('tea', since)).toMatchObject({
        revision: 2,
        whole: true,
        phrases: [{ id: 'b' }],
        gone: [],
      });
    }
  });

  test('the decision sees the set as it stands, one after the other, and what it throws changes nothing', async () => {
    const seen: number[] = [];
    const add = (id: string) =>
      storage().changePhrases('tea', evening, ({ phrases }) => {
        seen.push(phrases.length);
        return { put: [draft(id)], remove: [], result: phrases.length };
      });
    expect((await Promise.all([add('a'), add('b'), add('c')])).map(({ result }) => result)).toStrictEqual([0, 1, 2]);
    const failing = storage().changePhrases('tea', evening, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await storage().phraseSet('tea')).revision).toBe(3);
    expect(seen).toStrictEqual([0, 1, 2]);
  });

  test('uses are counted without moving the revision, and outlive a change', async () => {
    await put('tea', [draft('a')]);
    await storage().usePhrase('tea', 'a', evening + 10);
    expect(await storage().usePhrase('tea', 'a', evening + 4)).toMatchObject({ uses: 2, lastUsedAt: evening + 10, revision: 1 });
    expect(await storage().usePhrase('tea', 'nobody', evening)).toBeUndefined();
    expect(await storage().usePhrase('shoes', 'a', evening)).toBeUndefined();
    await put('tea', [draft('a', { title: '新' })]);
    expect(await storage().phrase('tea', 'a')).toMatchObject({ uses: 2, title: '新', revision: 2 });
  });

  test('a phrase that comes back under its id is no longer gone', async () => {
    await put('tea', [draft('a')]);
    await put('tea', [], ['a']);
    await put('tea', [draft('a')]);
    expect(await storage().phraseChanges('tea', 1)).toMatchObject({ phrases: [{ id: 'a', revision: 3 }], gone: [] });
  });
}
