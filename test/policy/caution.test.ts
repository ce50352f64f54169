/** Caution only grows: whatever speaks for caution, added to any turn, never lets the bot say more by itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ask, Decision, FoundIntent, Memory, MessageType } from '../../src/conversation.js';
import { emptyMemory } from '../../src/conversation.js';
import { answer } from '../../src/flow/answer.js';
import { botModes, lowestMode } from '../../src/policy/bot-mode.js';
import { type Allowed, type DecideInput, decide } from '../../src/policy/decide.js';
import { isHeldByAgent } from '../../src/policy/presence.js';
import { reason } from '../../src/reasons.js';
import { ask, conversation, demo, demoWith, message, night, sentTexts } from '../flow/demo-shop.js';

const now = night;
const duties: readonly DecideInput['duty'][] = [
  { onDuty: true, provisional: false, because: reason('on_duty') },
  {
    onDuty: false,
    closedSince: now - 1000,
    nextOpening: now + 1000,
    provisional: false,
    because: reason('off_duty', { opening: 'x' }),
  },
];
const ids = ['a', 'b', 'c', 'd'] as const;
const asks: readonly Ask[] = ['rule', 'own_order', 'request', 'report', 'statement'];

interface Turn {
  readonly intents: readonly FoundIntent[];
  readonly allowed: Readonly<Record<string, Allowed>>;
  readonly attended: boolean;
  readonly types: readonly MessageType[];
  readonly mode: DecideInput['mode'];
  readonly memory: Memory;
  readonly ageMinutes: number;
  readonly timesAnswered: number;
}

const intent = fc.record({
  id: fc.constantFrom(...ids),
  confidence: fc.double({ min: 0.3, max: 1, noNaN: true }),
  ask: fc.constantFrom(...asks),
  by: fc.constantFrom('rules', 'ngrams', 'both', 'context'),
  evidence: fc.constant([]),
}) satisfies fc.Arbitrary<FoundIntent>;

const turns: fc.Arbitrary<Turn> = fc.record({
  intents: fc.uniqueArray(intent, { maxLength: 3, selector: (one) => one.id }),
  allowed: fc.record(
    Object.fromEntries(ids.map((id) => [id, fc.constantFrom<Allowed>('auto', 'auto', 'draft', 'handoff', 'silent', 'off')])),
  ) as fc.Arbitrary<Record<string, Allowed>>,
  attended: fc.boolean(),
  types: fc.array(fc.constantFrom<MessageType>('text', 'text', 'text', 'sticker', 'image'), { minLength: 1, maxLength: 3 }),
  mode: fc.constantFrom('auto', 'auto', 'shadow', 'off'),
  memory: fc
    .record({
      misunderstood: fc.nat(3),
      humanUntil: fc.option(fc.constantFrom(now - 1, now + 60_000), { nil: undefined }),
    })
    .map(({ misunderstood, humanUntil }) => ({ ...emptyMemory, misunderstood, ...(humanUntil !== undefined && { humanUntil }) })),
  ageMinutes: fc.constantFrom(0, 14, 16, 600),
  timesAnswered: fc.nat(3),
});

const inputOf = (turn: Turn): DecideInput => ({
  understanding: { text: '问题', intents: turn.intents, slots: {}, margin: 0.5, because: [] },
  duty: duties[turn.attended ? 0 : 1]!,
  memory: turn.memory,
  now,
  types: turn.types,
  newestSentAt: now - turn.ageMinutes * 60_000,
  newestReceivedAt: now,
  mode: turn.mode,
  staleMinutes: 15,
  allowed: (id) => turn.allowed[id] ?? 'draft',
  timesAnswered: turn.timesAnswered,
});

/** What reaches the buyer without a person: 2 an answer, 1 a holding reply, 0 nothing. */
function boldness(turn: Turn, { action, kind }: Decision): number {
  if (turn.attended || isHeldByAgent(turn.memory, now) || turn.mode !== 'auto' || kind === undefined) return 0;
  return action === 'auto' && kind === 'answer' ? 2 : action === 'silent' ? 0 : 1;
}

const lowered: Readonly<Record<Allowed, readonly Allowed[]>> = {
  auto: ['draft', 'handoff', 'off'],
  draft: ['handoff', 'off'],
  handoff: [],
  silent: [],
  off: [],
};
type Factor = (turn: Turn, pick: number) => Turn;
const changed = (turn: Turn, at: number, its: Partial<FoundIntent>): Turn => ({
  ...turn,
  intents: turn.intents.map((one, k) => (k === at % turn.intents.length ? { ...one, ...its } : one)),
});

/** Each says the same to the buyer or less. */
const factors: Readonly<Record<string, Factor>> = {
  'an agent is on duty': (turn) => ({ ...turn, attended: true }),
  'an agent holds the conversation': (turn) => ({ ...turn, memory: { ...turn.memory, humanUntil: now + 60_000 } }),
  'an agent has answered': (turn) => ({ ...turn, memory: { ...turn.memory, humanSpokeAt: now } }),
  'a switch is thrown': (turn, pick) => ({ ...turn, mode: lowestMode(turn.mode, botModes[pick % 3]) }),
  'an intent is switched lower': (turn, pick) => {
    const id = ids[pick % ids.length]!;
    const all = lowered[turn.allowed[id]!];
    return all.length === 0 ? turn : { ...turn, allowed: { ...turn.allowed, [id]: all[pick % all.length]! } };
  },
  'an intent is less sure': (turn, pick) =>
    turn.intents.length === 0
      ? turn
      : changed(turn, pick, { confidence: turn.intents[pick % turn.intents.length]!.confidence * 0.8 }),
  'one reader found it alone': (turn, pick) => (turn.intents.length === 0 ? turn : changed(turn, pick, { by: 'rules' })),
  'it is older': (turn) => ({ ...turn, ageMinutes: turn.ageMinutes + 20 }),
  'one more was misunderstood': (turn) => ({ ...turn, memory: { ...turn.memory, misunderstood: turn.memory.misunderstood + 1 } }),
  'it was answered once more': (turn) => ({ ...turn, timesAnswered: turn.timesAnswered + 1 }),
};

/** There is more to see to: a holding reply may be due where there was silence, but never an answer where there was none. */
const additions: Readonly<Record<string, Factor>> = {
  'a picture comes with it': (turn) => ({ ...turn, types: [...turn.types, 'image'] }),
  'something else is asked too': (turn, pick) => {
    const id = ids.find((one) => !turn.intents.some((intent) => intent.id === one));
    if (id === undefined || turn.intents.length === 0) return turn;
    const more: FoundIntent = { id, confidence: 0.95, ask: asks[pick % asks.length]!, by: 'both', evidence: [] };
    const isAnswerable = turn.allowed[id] === 'auto' && turn.intents.every((one) => turn.allowed[one.id] === 'silent');
    return isAnswerable ? turn : { ...turn, intents: [...turn.intents, more] };
  },
};

describe('caution only grows', () => {
  it.each(Object.entries(factors))('%s', (_, factor) => {
    fc.assert(
      fc.property(turns, fc.nat(11), (turn, pick) => {
        const after = factor(turn, pick);
        expect(boldness(after, decide(inputOf(after)))).toBeLessThanOrEqual(boldness(turn, decide(inputOf(turn))));
      }),
      { numRuns: 400 },
    );
  });

  it.each(Object.entries(additions))('%s', (_, factor) => {
    fc.assert(
      fc.property(turns, fc.nat(11), (turn, pick) => {
        const after = factor(turn, pick);
        if (boldness(after, decide(inputOf(after))) === 2) expect(boldness(turn, decide(inputOf(turn)))).toBe(2);
      }),
      { numRuns: 400 },
    );
  });

  it('through any number of steps', () => {
    const all = Object.values(factors);
    fc.assert(
      fc.property(turns, fc.array(fc.tuple(fc.nat(all.length - 1), fc.nat(11)), { maxLength: 6 }), (turn, steps) => {
        let before = boldness(turn, decide(inputOf(turn)));
        let at = turn;
        for (const [which, pick] of steps) {
          at = all[which]!(at, pick);
          const now = boldness(at, decide(inputOf(at)));
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says why at each decision', () => {
    fc.assert(
      fc.property(turns, (turn) => {
        expect(decide(inputOf(turn)).because.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the mode in force', () => {
  it('is the most cautious of the file and the switches, in any order', () => {
    const mode = fc.constantFrom(...botModes);
    fc.assert(
      fc.property(mode, fc.array(fc.option(mode, { nil: undefined }), { maxLength: 3 }), (file, switches) => {
        const lowest = lowestMode(file, ...switches);
        const rank = (one: (typeof botModes)[number]) => botModes.indexOf(one);
        expect(rank(lowest)).toBe(Math.max(rank(file), ...switches.map((one) => (one === undefined ? 0 : rank(one)))));
        expect(lowestMode(file, ...switches.toReversed())).toBe(lowest);
      }),
    );
  });

  const questions = ['可以开发票吗', '我要投诉你们', '这款包邮吗', '刮风下雨', '到新疆多少运费', '我的快递三天没动了'];

  it.each(questions)('keeps everything back that %s would send', (text) => {
    expect(sentTexts(ask(text)).length).toBe(1);
    for (const lower of ['shadow', 'off'] as const) {
      const moment = { now: night, away: undefined, lowered: lower, id: 'an1' };
      const turn = { conversation: conversation(), messages: [message({ text })] };
      const switched = answer(turn, demo, moment);
      expect(sentTexts(switched)).toEqual([]);
      const byFile = ask(text, { shop: demoWith({ mode: lower }) });
      expect(switched.answer.replies).toEqual(byFile.answer.replies);
      expect(switched.answer.shadow).toBe(byFile.answer.shadow);
    }
  });
});
