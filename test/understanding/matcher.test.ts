import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from '../../src/understanding/compile-patterns.js';
import { closingsOf } from '../../src/understanding/edges.js';
import type { RuleSequence } from '../../src/understanding/match-plan.js';
import { type Folded, hardUnit, questionUnit } from '../../src/understanding/normalise.js';
import { type Element, parsePattern } from '../../src/understanding/pattern.js';
import { phrasesIn } from '../../src/understanding/phrases.js';

const tails = '吗呢';
const edges = { leads: [], tails, closings: '吗' };

function foldedOf(text: string): Folded {
  const places = Int32Array.from([...text].keys());
  return {
    length: text.length,
    units: Uint16Array.from(text, (one) => one.charCodeAt(0)),
    start: places,
    end: places.map((at) => at + 1),
  };
}

interface Found {
  readonly rule: number;
  readonly clause: number;
  readonly start: number;
  readonly end: number;
}

/** Clauses as [start, end], a question mark with what it ends. */
function clausesOf(text: string): (readonly [start: number, end: number])[] {
  const clauses: (readonly [number, number])[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== hardUnit && unit !== questionUnit) continue;
    clauses.push([start, unit === hardUnit ? i : i + 1]);
    start = i + 1;
  }
  return [...clauses, [start, text.length]];
}

/** Every sequence at every place, looked for one by one. */
function plainly(text: string, rules: readonly RuleSequence[]): Found[] {
  const found: Found[] = [];
  const phraseAt = phrasesIn(foldedOf(text), closingsOf(edges)).at.slice(0, text.length);
  /** Whether only particles stand between here and a space that parts two phrases. */
  const isPause = (end: number) => {
    let at = end;
    while (phraseAt[at] === phraseAt[end - 1] && `${tails}? `.includes(text[at]!)) at++;
    return text[at] === ' ' && phraseAt[at] !== phraseAt[end - 1];
  };
  for (const [clause, [from, to]] of clausesOf(text).entries()) {
    let content = to;
    while (content > from && `${tails}? `.includes(text[content - 1]!)) content--;
    const wordsAt = ({ literals }: Element, end: number) =>
      literals.filter((word) => end - word.length >= from && text.startsWith(word, end - word.length));
    /** Where it starts if elements 0 … k end with `start`. */
    const startOf = (elements: readonly Element[], k: number, start: number, isBound: boolean): number | undefined => {
      if (k < 0) return !isBound || text.slice(from, start).trim() === '' ? start : undefined;
      for (let end = start; end >= Math.max(from, start - elements[k + 1]!.gapBefore); end--)
        for (const word of wordsAt(elements[k]!, end).sort((a, b) => a.length - b.length)) {
          const first = startOf(elements, k - 1, end - word.length, isBound);
          if (first !== undefined) return first;
        }
      return undefined;
    };
    for (let end = from + 1; end <= to; end++)
      for (const { rule, sequence, mayEndPhrase } of rules) {
        const { elements, fromClauseStart, toClauseEnd } = sequence;
        if (toClauseEnd && end < content && !(mayEndPhrase === true && isPause(end))) continue;
        for (const word of wordsAt(elements.at(-1)!, end)) {
          const start = startOf(elements, elements.length - 2, end - word.length, fromClauseStart);
          if (start !== undefined) found.push({ rule, clause, start, end });
        }
      }
  }
  return found;
}

/**
 * Those that take away something that was found in one of their phrases, or whatever there is; the same in the same phrases
 * counts once.
 */
function telling(
  cancels: readonly Pick<Found, 'rule' | 'start' | 'end'>[],
  finds: readonly Found[],
  rules: readonly RuleSequence[],
  text: string,
): string[] {
  const { at } = phrasesIn(foldedOf(text), closingsOf(edges));
  const meets = (one: Pick<Found, 'start' | 'end'>, other: Pick<Found, 'start' | 'end'>) =>
    at[one.start]! <= at[other.end - 1]! && at[one.end - 1]! >= at[other.start]!;
  const told = cancels.filter((cancel) => {
    const targets = rules.find((one) => one.rule === cancel.rule)!.cancels!;
    return targets === 'any' || finds.some((one) => meets(one, cancel) && targets.includes(one.rule));
  });
  return [...new Set(told.map(({ rule, start, end }) => `${rule} in ${at[start]}-${at[end - 1]}`))].sort();
}

/** Whether its intent was found in its clause. */
function isToldOf({ rule, clause }: Found, finds: readonly Found[], rules: readonly RuleSequence[]): boolean {
  const { intent } = rules.find((one) => one.rule === rule)!;
  const isIts = (find: Found) => find.clause === clause && rules.find((one) => one.rule === find.rule)!.intent === intent;
  return intent === undefined || finds.some(isIts);
}

const inOrder = (all: readonly Found[]) =>
  [...new Set(all.map(({ rule, clause, start, end }) => `${rule} in ${clause}: ${start}-${end}`))].sort();

const word = fc.string({ unit: fc.constantFrom('发', '货', '邮', '费', '吗'), minLength: 1, maxLength: 3 });
const part = fc.oneof(
  word,
  fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => `(${words.join('|')})`),
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '^'),
    fc.array(fc.tuple(part, fc.constantFrom('~', '…', '')), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '$'),
  )
  .map(([start, parts, end]) => start + parts.map(([one, gap], at) => one + (at + 1 < parts.length ? gap : '')).join('') + end);
const text = fc.string({ unit: fc.constantFrom('发', '货', '邮', '费', '吗', '呢', '店', ' ', '?', '\n'), maxLength: 40 });
const targets = fc.oneof(fc.constant('any' as const), fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }));
const otherDeed: fc.Arbitrary<Pick<RuleSequence, 'does' | 'intent' | 'cancels'>> = fc.oneof(
  targets.map((cancels) => ({ does: 'cancel' as const, cancels })),
  fc.nat(2).map((intent) => ({ does: 'facet' as const, intent })),
  fc.constantFrom('facet', 'ask').map((does) => ({ does })),
  fc.boolean().map((mayEndPhrase) => ({ does: 'question' as const, mayEndPhrase })),
);

describe('the matcher', () => {
  it('finds what a search of each pattern at each place finds, and looks for no cancel in vain', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 6, maxLength: 6 }),
        fc.array(fc.tuple(pattern, otherDeed), { maxLength: 6 }),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        // A shop's own rules are numbered behind those of the house.
        fc.constantFrom(0, 7000),
        (finding, others, texts, firstRule) => {
          const numbered = (one: (typeof others)[number][1]) =>
            typeof one.cancels === 'object' ? { ...one, cancels: one.cancels.map((rule) => firstRule + rule) } : one;
          const rules: RuleSequence[] = [
            ...finding.map((one, at) => ({
              one,
              rule: firstRule + at,
              more: { does: 'find' as const, intent: at % 3, mayEndPhrase: at % 2 === 0 },
            })),
            ...others.map(([one, more], at) => ({ one, rule: firstRule + 6 + at, more: numbered(more) })),
          ].flatMap(({ one, rule, more }) =>
            parsePattern(one, new Map(), (literal) => literal).map((sequence) => ({ rule, sequence, ...more })),
          );
          const matcher = compileMatcher(rules, [], edges);
          for (const one of texts) {
            const { finds, facets, asks, questions, cancels } = matcher.scan(foldedOf(one));
            const all = plainly(one, rules);
            const by = (does: string) => all.filter(({ rule }) => rules.find((one) => one.rule === rule)!.does === does);
            expect(inOrder(finds)).toEqual(inOrder(by('find')));
            expect(inOrder(asks)).toEqual(inOrder(by('ask')));
            expect(inOrder(questions)).toEqual(inOrder(by('question')));
            expect(inOrder(facets)).toEqual(inOrder(by('facet').filter((side) => isToldOf(side, finds, rules))));
            const cancelled = cancels.flatMap(({ count, rules: numbers, starts, ends }) =>
              Array.from({ length: count }, (_, at) => ({ rule: numbers[at]!, start: starts[at]!, end: ends[at]! })),
            );
            expect(telling(cancelled, finds, rules, one)).toEqual(telling(by('cancel'), finds, rules, one));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends a find at a pause that parts two thoughts, where it may', () => {
    const rules = ['发货$', '包邮$'].flatMap((one, rule) =>
      parsePattern(one, new Map(), (literal) => literal).map((sequence) => ({
        rule,
        sequence,
        does: 'find' as const,
        intent: rule,
        mayEndPhrase: rule === 0,
      })),
    );
    const { scan } = compileMatcher(rules, [], edges);
    const found = (text: string) => scan(foldedOf(text)).finds.map(({ rule }) => rule);
    expect(found('今天发货吗 几天能到呢')).toEqual([0]);
    expect(found('今天发货的话 几天能到呢')).toEqual([]);
    expect(found('今天发货吗几天能到呢')).toEqual([]);
    expect(found('全国包邮吗 几天能到呢')).toEqual([]);
    expect(found('全国包邮吗')).toEqual([1]);
  });

  it('finds the same where very many patterns end with one word right behind another', () => {
    const either = fc.uniqueArray(word, { minLength: 1, maxLength: 2 });
    const first = fc.option(fc.tuple(either, fc.constantFrom(0, 2)), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(first, either, fc.boolean()), { minLength: 40, maxLength: 60 }),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        (endings, texts) => {
          const rules = endings.map(([before, literals, fromClauseStart], rule): RuleSequence => {
            const elements = [
              ...(before === undefined ? [] : [{ literals: before[0], gapBefore: 0 }]),
              { literals, gapBefore: before?.[1] ?? 0 },
              { literals: ['店', '发店'], gapBefore: 0 },
            ];
            return { rule, does: 'find', intent: rule % 40, sequence: { elements, fromClauseStart, toClauseEnd: false } };
          });
          const matcher = compileMatcher(rules, [], edges);
          for (const one of texts) expect(inOrder(matcher.scan(foldedOf(one)).finds)).toEqual(inOrder(plainly(one, rules)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses what its plans have no room for, and knows no names that nobody writes', () => {
    const parse = (one: string) => parsePattern(one, new Map(), (literal) => literal);
    expect(() => parse('发'.repeat(600))).toThrow(/longer than 511/);
    expect(() => parse(`发${'……货?'.repeat(4)}${'……'.repeat(13)}邮`)).toThrow(/more than 255/);
    const word = { slot: 'item', literal: '羊'.repeat(600), value: 0 };
    const rules: RuleSequence[] = [{ rule: 0, sequence: parse('包邮')[0]!, does: 'find', intent: 0 }];
    expect(compileMatcher(rules, [word], edges).scan(foldedOf(`${word.literal}包邮`)).finds).toHaveLength(1);
  });

  it('leaves a cancel alone where nothing of its family was found', () => {
    const sequences = (one: string) => parsePattern(one, new Map(), (literal) => literal);
    const rules: RuleSequence[] = [
      { rule: 0, sequence: sequences('包邮')[0]!, does: 'find', intent: 0 },
      { rule: 1, sequence: sequences('不')[0]!, does: 'cancel', cancels: [0] },
    ];
    const { scan } = compileMatcher(rules, [], edges);
    expect(scan(foldedOf('不行')).cancels[0]!.count).toBe(0);
    expect(scan(foldedOf('不包邮')).cancels[0]!.count).toBe(1);
    expect(scan(foldedOf('不行\n包邮')).cancels[0]!.count).toBe(0);
    expect(scan(foldedOf('不太行 能包邮')).cancels[0]!.count).toBe(0);
  });

  it('tells once what the same words of a phrase take away', () => {
    const sequences = (one: string) => parsePattern(one, new Map(), (literal) => literal);
    const rules: RuleSequence[] = [
      { rule: 0, sequence: sequences('包邮')[0]!, does: 'find', intent: 0 },
      { rule: 1, sequence: sequences('不')[0]!, does: 'cancel', cancels: [0] },
      { rule: 2, sequence: sequences('不$')[0]!, does: 'cancel', cancels: [0] },
    ];
    const { scan } = compileMatcher(rules, [], edges);
    const told = (text: string) => {
      const { count, rules } = scan(foldedOf(text)).cancels[0]!;
      return [...rules.subarray(0, count)].sort();
    };
    expect(told('不不包邮')).toEqual([1]);
    expect(told('不包邮不')).toEqual([1, 2]);
    expect(told('不能包邮 能不包邮')).toEqual([1, 1]);
  });
});
