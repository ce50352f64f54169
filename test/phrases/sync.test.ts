/** A client that keeps a copy ends with the shop's set, whatever it missed and whenever it asks. */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import type { Author } from '../../src/phrases/change.js';
import { openPhraseBook, type PhraseBook } from '../../src/phrases/phrase-book.js';
import type { PhraseChanges, PhraseSet } from '../../src/storage/phrases.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import { demoShop, noon } from './shops.js';

const shop = demoShop(compileRules(await loadRules()));
const lead: Author = { name: '店长', mayChange: () => true, sees: '*', overrides: 'nothing' };

function openBook(keptTombstones?: number): PhraseBook {
  const storage = openSqlite({ path: ':memory:', ...(keptTombstones !== undefined && { keptTombstones }) });
  onTestFinished(() => storage.close());
  return openPhraseBook({ storage, shop: (id) => (id === 'demo' ? shop : undefined), now: () => noon });
}

/** As a plug-in does it: forgets all where the whole set comes, else puts in what changed and takes out what is gone. */
class Client {
  readonly kept = new Map<string, unknown>();
  revision = 0;
  take({ revision, whole, phrases, gone }: PhraseChanges): void {
    if (whole) this.kept.clear();
    for (const { id } of gone) this.kept.delete(id);
    for (const phrase of phrases) this.kept.set(phrase.id, phrase);
    this.revision = revision;
  }
}

const asMap = ({ phrases }: PhraseSet) => new Map(phrases.map((one) => [one.id, one]));

type Step =
  | { readonly does: 'create'; readonly code: number }
  | { readonly does: 'update'; readonly which: number; readonly title: string }
  | { readonly does: 'delete'; readonly which: number }
  | { readonly does: 'reorder'; readonly which: number; readonly other: number }
  | { readonly does: 'sync'; readonly client: number };

let ids = 0;

async function take(step: Step, book: PhraseBook, clients: readonly Client[]): Promise<void> {
  const { phrases } = await book.set('demo');
  const idOf = (which: number) => phrases[which % Math.max(1, phrases.length)]?.id ?? 'nobody';
  switch (step.does) {
    case 'create': {
      const words = { code: `c${step.code}`, title: '新的', text: '亲，在的', group: '', enabled: true };
      await book.apply('demo', [{ op: 'create', id: `n${++ids}`, words }], lead);
      return;
    }
    case 'update':
      await book.apply('demo', [{ op: 'update', id: idOf(step.which), base: 'any', change: { title: step.title } }], lead);
      return;
    case 'delete':
      await book.apply('demo', [{ op: 'delete', id: idOf(step.which), base: 'any' }], lead);
      return;
    case 'reorder': {
      const two = [idOf(step.which), idOf(step.other)];
      if (two[0] !== two[1]) await book.reorder('demo', two, lead);
      return;
    }
    case 'sync': {
      const client = clients[step.client]!;
      client.take(await book.changes('demo', client.revision));
      return;
    }
  }
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('create' as const), code: fc.nat(60) }),
  fc.record({ does: fc.constant('update' as const), which: fc.nat(100), title: fc.constantFrom('甲', '乙', '丙') }),
  fc.record({ does: fc.constant('delete' as const), which: fc.nat(100) }),
  fc.record({ does: fc.constant('reorder' as const), which: fc.nat(100), other: fc.nat(100) }),
  fc.record({ does: fc.constant('sync' as const), client: fc.nat(2) }),
);

describe('a client that keeps a copy', () => {
  it('ends with the same set, however changes and its asking follow one another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), fc.constantFrom(0, 2, 5000), async (steps, keptTombstones) => {
        const storage = openSqlite({ path: ':memory:', keptTombstones });
        const book = openPhraseBook({ storage, shop: () => shop, now: () => noon });
        const clients = [new Client(), new Client(), new Client()];
        for (const step of steps) await take(step, book, clients);
        const all = await book.set('demo');
        for (const client of clients) {
          client.take(await book.changes('demo', client.revision));
          expect(client.kept).toEqual(asMap(all));
          expect(client.revision).toBe(all.revision);
        }
        await storage.close();
      }),
      { numRuns: 60 },
    );
  });

  it('was away for 500 changes and gets only what they came to', async () => {
    const book = openBook();
    const client = new Client();
    client.take(await book.changes('demo', 0));
    const before = client.kept.size;
    for (let at = 0; at < 500; at++) {
      const step: Step =
        at % 5 === 4
          ? { does: 'delete', which: at }
          : at % 2 === 0
            ? { does: 'create', code: at }
            : { does: 'update', which: at, title: `第${at}次` };
      await take(step, book, []);
    }
    const missed = await book.changes('demo', client.revision);
    expect(missed.whole).toBe(false);
    expect(missed.revision).toBe(client.revision + 500);
    client.take(missed);
    expect(client.kept).toEqual(asMap(await book.set('demo')));
    expect(client.kept.size).not.toBe(before);
  });

  it('that missed more deletions than are remembered takes the whole set', async () => {
    const book = openBook(3);
    const client = new Client();
    client.take(await book.changes('demo', 0));
    for (let at = 0; at < 3; at++) await take({ does: 'delete', which: 0 }, book, []);
    expect((await book.changes('demo', client.revision)).whole).toBe(false);
    await take({ does: 'delete', which: 0 }, book, []);
    const missed = await book.changes('demo', client.revision);
    expect([missed.whole, missed.gone]).toEqual([true, []]);
    client.take(missed);
    expect(client.kept).toEqual(asMap(await book.set('demo')));
  });
});

describe('a shop that is seen for the first time', () => {
  it('gets the starting set once, even when it is asked for twice at once', async () => {
    const book = openBook();
    const [one, other] = await Promise.all([book.set('demo'), book.changes('demo', 0)]);
    expect(one.phrases.length).toBeGreaterThan(30);
    expect([one.revision, other.revision, other.phrases.length]).toEqual([1, 1, one.phrases.length]);
  });

  it('does not get back what it deleted, not even all of it', async () => {
    const storage = openSqlite({ path: ':memory:' });
    onTestFinished(() => storage.close());
    const open = () => openPhraseBook({ storage, shop: () => shop, now: () => noon });
    const { phrases } = await open().set('demo');
    const all = phrases.map(({ id }) => ({ op: 'delete', id, base: 'any' }) as const);
    await open().apply('demo', all, lead);
    expect((await open().set('demo')).phrases).toEqual([]);
    expect((await storage.phraseSet('demo')).revision).toBe(2);
  });

  it('is not begun by the name of a shop that is not served', async () => {
    const book = openBook();
    expect((await book.set('nobody')).revision).toBe(0);
    expect(await book.apply('nobody', [], lead)).toBeUndefined();
  });
});

describe('whoever listens', () => {
  it('is told the revision after each committed change of that shop, until it no longer listens', async () => {
    const book = openBook();
    await book.set('demo');
    const heard: number[] = [];
    const stop = book.onPhrases('demo', (revision) => heard.push(revision));
    book.onPhrases('other', () => heard.push(-1));
    await take({ does: 'create', code: 1 }, book, []);
    // Refused: the code is taken. Nothing to tell.
    await take({ does: 'create', code: 1 }, book, []);
    await take({ does: 'delete', which: 0 }, book, []);
    const { phrases } = await book.set('demo');
    await book.use('demo', phrases[0]!.id);
    expect(heard).toEqual([2, 3]);
    stop();
    await take({ does: 'delete', which: 0 }, book, []);
    expect(heard).toEqual([2, 3]);
  });
});
