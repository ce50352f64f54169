/** What is taken away, and what lies within other words, is the same whether the finds are few or many. */
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/understanding/candidates.js';
import type { Rule } from '../../src/understanding/model.js';
import type { Phrases } from '../../src/understanding/phrases.js';
import { isWithinOther, reachOf } from '../../src/understanding/reach.js';
import type { Cancels, Match } from '../../src/understanding/scan.js';
import { takenAway } from '../../src/understanding/taken-away.js';

const intents = 3;
const finders = 40;
const length = 300;
const phraseLength = 20;

/** Numbers that look random and are the same each time (Park and Miller 1988). */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const rules: Rule[] = [];
for (let rule = 0; rule < finders; rule++) rules.push({ does: 'find', intent: rule % intents, weight: 0.9, pattern: '' });
for (let rule = 0; rule < finders; rule += 3) rules.push({ does: 'cancel_rules', rules: [rule, (rule * 7) % finders] });
rules.push({ does: 'cancel_intent', intent: 1 });

const at = new Int32Array(length);
for (let i = 0; i < length; i++) at[i] = Math.floor(i / phraseLength);
const phrases: Phrases = { at, length };

function findsOf(draw: (below: number) => number, count: number): Match[] {
  const finds: Match[] = [];
  for (let k = 0; k < count; k++) {
    const start = draw(length - 30);
    const end = start + 1 + draw(25);
    finds.push({ rule: draw(finders), clause: 0, start, end, spans: [start, end] });
  }
  return finds;
}

function cancelsOf(draw: (below: number) => number, count: number): Cancels {
  const numbers = new Int32Array(count).map(() => finders + draw(rules.length - finders));
  const starts = new Int32Array(count).map(() => draw(length - 30)).sort();
  return { count, rules: numbers, starts, ends: starts.map((start) => start + 1 + draw(25)) };
}

function isTakenBy(find: Match, { count, rules: numbers, starts, ends }: Cancels): boolean {
  for (let k = 0; k < count; k++) {
    const cancel = rules[numbers[k]!]!;
    const isTarget =
      cancel.does === 'cancel_rules'
        ? cancel.rules.includes(find.rule)
        : cancel.does === 'cancel_intent' && find.rule % intents === cancel.intent;
    if (isTarget && at[find.start]! <= at[ends[k]! - 1]! && at[find.end - 1]! >= at[starts[k]!]!) return true;
  }
  return false;
}

describe('what is taken away', () => {
  it.each([1, 5, 24, 25, 200])('is each find of %i that shares a phrase with what takes it away', (count) => {
    const draw = drawing(count + 1);
    let taken = 0;
    for (let round = 0; round < 40; round++) {
      const finds = findsOf(draw, count);
      const cancels = [cancelsOf(draw, 3), cancelsOf(draw, draw(20))];
      const off = takenAway(finds, cancels, rules, phrases);
      const expected = finds.map((find) => (cancels.some((one) => isTakenBy(find, one)) ? 1 : 0));
      taken += expected.filter((one) => one === 1).length;
      expect([...(off ?? new Uint8Array(count)).slice(0, count)]).toEqual(expected);
    }
    expect(taken).toBeGreaterThan(0);
  });

  it('is nothing where nothing that was found is meant', () => {
    expect(takenAway(findsOf(drawing(7), 30), [cancelsOf(drawing(7), 0)], rules, phrases)).toBeUndefined();
  });
});

describe('words within the words of another intent', () => {
  it.each([2, 4, 12, 13, 60])('are found among %i finds', (count) => {
    const draw = drawing(count);
    for (let round = 0; round < 20; round++) {
      const finds = findsOf(draw, count);
      const candidates: Candidate[] = [0, 1, 2].map((intent) => {
        const matches = finds.filter(({ rule }) => rule % intents === intent);
        return { intent, clause: 0, weight: 0.9, witnesses: 1, ask: undefined, matches };
      });
      const reach = reachOf(candidates, length);
      for (const { rule, start, end } of finds) {
        const intent = rule % intents;
        const isWithin = finds.some((one) => one.rule % intents !== intent && one.start <= start && one.end >= end);
        expect(isWithinOther(reach, candidates, start, end, intent)).toBe(isWithin);
      }
    }
  });
});
