import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { type Author, applyOperations, type Outcome, type PhraseOperation, reorder } from '../../src/phrases/change.js';
import type { Phrase, PhraseDecision, PhraseSet, PhraseWords } from '../../src/storage/phrases.js';
import { demoShop, noon } from './shops.js';

const shop = demoShop(compileRules(await loadRules()));
const lead: Author = { name: '店长', mayChange: () => true, sees: '*', overrides: 'nothing' };
const agent: Author = { name: '小周', mayChange: (id) => id === 'u1', sees: 'u1', overrides: 'nothing' };
/** Costs points. */
const costly = '亲，开发票要加6个点哦';
const insult = '亲，你是傻逼吗';

function phrase(id: string, its: Partial<Phrase> = {}): Phrase {
  const kept = { revision: 3, createdAt: noon, changedAt: noon, changedBy: '店长', uses: 0, position: 1 };
  return { id, code: id, title: id, text: '亲，在的', group: '', enabled: true, ...kept, ...its };
}
const setOf = (...phrases: readonly Phrase[]): PhraseSet => ({ revision: 9, phrases });
const words = (code: string, its: Partial<PhraseWords> = {}): PhraseWords => ({
  code,
  title: '新的',
  text: '亲，在的',
  group: '',
  enabled: true,
  ...its,
});
const create = (id: string, its: Partial<PhraseWords> = {}): PhraseOperation => ({ op: 'create', id, words: words(id, its) });
const update = (id: string, change: object, base: number | 'any' = 3): PhraseOperation => ({ op: 'update', id, base, change });
const apply = (set: PhraseSet, operations: readonly PhraseOperation[], author = lead) =>
  applyOperations(set, operations, author, shop, noon);
const whyOf = ({ result }: PhraseDecision<Outcome>) => ('refused' in result ? result.refused.why : 'done');

describe('operations', () => {
  it('add behind all others, change what is named, and delete', () => {
    const set = setOf(phrase('a', { position: 4 }), phrase('b', { position: 8 }), phrase('c', { position: 9, uses: 7 }));
    const decision = apply(set, [
      create('x'),
      create('y'),
      update('a', { title: '改了', validTo: 5 }),
      { op: 'delete', id: 'b', base: 3 },
    ]);
    expect(decision.put.map(({ id, position, title, changedBy }) => [id, position, title, changedBy])).toEqual([
      ['x', 10, '新的', '店长'],
      ['y', 11, '新的', '店长'],
      ['a', 4, '改了', '店长'],
    ]);
    expect(decision.remove).toEqual(['b']);
  });

  it('are all done or none', () => {
    const decision = apply(setOf(phrase('a')), [create('x'), create('A')]);
    expect([decision.put, decision.remove]).toEqual([[], []]);
    expect(decision.result).toMatchObject({ refused: { at: 1, why: 'taken', holder: { id: 'a' } } });
  });

  it('tell apart what is unknown, changed meanwhile, and not theirs', () => {
    const set = setOf(phrase('a'), phrase('mine', { agent: 'u1' }), phrase('other', { agent: 'u2' }));
    expect(apply(set, [update('a', { title: 'x' }, 2)]).result).toMatchObject({
      refused: { why: 'stale', current: { id: 'a' } },
    });
    expect(whyOf(apply(set, [update('a', { title: 'x' }, 'any')]))).toBe('done');
    expect(whyOf(apply(set, [update('nobody', {})]))).toBe('unknown');
    expect(whyOf(apply(set, [update('a', { title: 'x' })], agent))).toBe('forbidden');
    expect(whyOf(apply(set, [create('n')], agent))).toBe('forbidden');
    expect(whyOf(apply(set, [create('n', { agent: 'u1' })], agent))).toBe('done');
    expect(whyOf(apply(set, [update('mine', { title: 'x' })], agent))).toBe('done');
    // Nor may an agent hand his own to the shop or to another.
    expect(whyOf(apply(set, [update('mine', { agent: null })], agent))).toBe('forbidden');
    expect(whyOf(apply(set, [update('mine', { agent: 'u2' })], agent))).toBe('forbidden');
    // What another wrote for himself is not even there.
    expect(whyOf(apply(set, [update('other', { title: 'x' }, 1)], agent))).toBe('unknown');
    expect(whyOf(apply(set, [{ op: 'delete', id: 'other', base: 'any' }], agent))).toBe('unknown');
  });

  it('keep codes apart within the shop’s own and within an agent’s, also when two swap theirs', () => {
    const set = setOf(phrase('a'), phrase('b'), phrase('mine', { agent: 'u1', code: 'm' }));
    expect(whyOf(apply(set, [create('n', { code: 'Ａ' })]))).toBe('taken');
    expect(whyOf(apply(set, [create('n', { code: 'a', agent: 'u1' })]))).toBe('done');
    expect(whyOf(apply(set, [update('mine', { agent: null, code: 'a' })]))).toBe('taken');
    expect(whyOf(apply(set, [update('a', { code: 'B' })]))).toBe('taken');
    expect(whyOf(apply(set, [update('a', { code: 't' }), update('b', { code: 'a' }), update('a', { code: 'b' })]))).toBe('done');
    expect(whyOf(apply(set, [{ op: 'delete', id: 'a', base: 'any' }, create('n', { code: 'a' })]))).toBe('done');
    expect(whyOf(apply(set, [update('a', { code: 'A' })]))).toBe('done');
  });

  it('that say what is so already change nothing', () => {
    expect(apply(setOf(phrase('a')), [update('a', { title: 'a', text: ' 亲，在的 ' })]).put).toEqual([]);
  });

  it('refuse a shop that is full', () => {
    const many = Array.from({ length: 5000 }, (_, at) => phrase(`p${at}`));
    expect(whyOf(apply(setOf(...many), [create('n')]))).toBe('full');
    expect(whyOf(apply(setOf(...many), [{ op: 'delete', id: 'p0', base: 'any' }, create('n')]))).toBe('done');
  });
});

describe('a text that breaks a rule', () => {
  const set = setOf(phrase('old', { text: costly }), phrase('off', { text: costly, enabled: false }));

  it('is kept switched off, and not switched on', () => {
    expect(apply(set, [create('n', { text: costly })]).result).toMatchObject({
      refused: { why: 'finding', findings: [{ rule: 'invoice', points: 6 }] },
    });
    expect(whyOf(apply(set, [create('n', { text: costly, enabled: false })]))).toBe('done');
    expect(whyOf(apply(set, [update('off', { enabled: true })]))).toBe('finding');
    expect(whyOf(apply(set, [update('off', { title: '改名' })]))).toBe('done');
  });

  it('that was let through may be renamed, not written anew', () => {
    expect(whyOf(apply(set, [update('old', { title: '改名' })]))).toBe('done');
    expect(whyOf(apply(set, [update('old', { text: `${costly}～` })]))).toBe('finding');
  });

  it('passes whoever takes it upon himself, which is told; what is never allowed takes a lead', () => {
    const asAgent = (text: string) => apply(set, [create('n', { text, agent: 'u1' })], { ...agent, overrides: 'points' });
    expect(asAgent(costly).result).toMatchObject({ done: { overridden: [{ id: 'n', findings: [{ rule: 'invoice' }] }] } });
    expect(whyOf(asAgent(insult))).toBe('finding');
    expect(whyOf(apply(set, [create('n', { text: insult })], { ...lead, overrides: 'everything' }))).toBe('done');
  });
});

describe('another order', () => {
  const set = setOf(
    phrase('a', { position: 1 }),
    phrase('b', { position: 2 }),
    phrase('c', { position: 3 }),
    phrase('d', { position: 4 }),
  );
  const placed = (ids: readonly string[], of = set) =>
    Object.fromEntries(reorder(of, ids, lead).put.map(({ id, position }) => [id, position]));

  it('gives those named the places that they have among themselves', () => {
    expect(placed(['d', 'a', 'b', 'c'])).toEqual({ d: 1, a: 2, b: 3, c: 4 });
    expect(placed(['d', 'b'])).toEqual({ d: 2, b: 4 });
    expect(placed(['a', 'b'])).toEqual({});
  });

  it('parts those that share a position', () => {
    const same = setOf(phrase('a'), phrase('b'), phrase('c'));
    expect(placed(['b', 'a'], same)).toEqual({ a: 2, c: 3 });
  });

  it('takes whoever may change each', () => {
    expect(whyOf(reorder(set, ['a', 'nobody'], lead))).toBe('unknown');
    expect(whyOf(reorder(set, ['b', 'a'], agent))).toBe('forbidden');
  });
});
