/** What may be done with a turn: answered, drafted, handed to a person, or passed in silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action, emptyMemory, type FoundIntent, type Understanding } from '../../src/conversation.js';
import { type Allowed, type DecideInput, decide, moreCautious, sureFrom } from '../../src/policy/decide.js';
import { reason } from '../../src/reasons.js';

const now = Date.parse('2026-11-21T23:30:00+08:00');
const minutes = (count: number) => count * 60_000;
const onDuty: DecideInput['duty'] = { onDuty: true, provisional: false, because: reason('on_duty') };
const offDuty: DecideInput['duty'] = {
  onDuty: false,
  closedSince: now - minutes(30),
  nextOpening: now + minutes(630),
  provisional: false,
  because: reason('off_duty', { opening: '2026-11-22 10:00' }),
};

const found = (id: string, its: Partial<FoundIntent> = {}): FoundIntent => ({
  id,
  confidence: 0.95,
  ask: 'rule',
  by: 'both',
  evidence: [],
  ...its,
});

function understood(intents: readonly FoundIntent[], text = '可以开发票吗'): Understanding {
  return { text, intents, slots: {}, margin: 0.9, because: [] };
}

/** The shop's word on intents; whatever is not named may be answered. */
const switches: Record<string, Allowed> = { ack: 'silent', off_topic: 'silent', complaint: 'handoff', human: 'handoff' };

/** A question that is understood for sure, at night, in a conversation in which nothing was said yet. */
function turn(its: Partial<DecideInput> & { readonly switched?: Record<string, Allowed> } = {}): DecideInput {
  const { switched = {}, ...rest } = its;
  const known = { ...switches, ...switched };
  return {
    understanding: understood([found('invoice')]),
    duty: offDuty,
    memory: emptyMemory,
    now,
    types: ['text'],
    newestSentAt: now,
    newestReceivedAt: now,
    mode: 'auto',
    staleMinutes: 15,
    allowed: (intent) => known[intent] ?? 'auto',
    timesAnswered: 0,
    ...rest,
  };
}

const held = { ...emptyMemory, humanSpokeAt: now - minutes(2), humanUntil: now + minutes(8) };
const released = { ...emptyMemory, humanSpokeAt: now - minutes(11), humanUntil: now - minutes(1) };
const nothing = understood([]);
const words = (text: string, ...intents: FoundIntent[]) => understood(intents, text);

describe('off duty', () => {
  it.each<[string, Partial<Parameters<typeof turn>[0]>, string]>([
    ['a question understood for sure is answered', {}, 'auto answer: off_duty'],
    [
      'two questions understood for sure too',
      { understanding: understood([found('invoice'), found('cod')]) },
      'auto answer: off_duty',
    ],
    [
      'what goes on from the question before',
      { understanding: understood([found('stock', { by: 'context', confidence: 0.8 })]) },
      'auto answer: off_duty',
    ],
    [
      'patterns that are very sure by themselves',
      { understanding: understood([found('cod', { by: 'rules', confidence: 0.95 })]) },
      'auto answer: off_duty',
    ],
    ['words beside a sticker', { types: ['sticker', 'text'] }, 'auto answer: off_duty'],
    ['a question after the agent has long left', { memory: released }, 'auto answer: off_duty'],
    ['one misunderstanding is forgiven', { memory: { ...emptyMemory, misunderstood: 1 } }, 'auto answer: off_duty'],

    ['the same question again gets the short form', { timesAnswered: 1 }, 'auto answer short: off_duty repeated_short'],
    ['and the third time a person', { timesAnswered: 2 }, 'handoff holding: off_duty repeated_held'],

    ['what is not understood is held', { understanding: nothing }, 'handoff holding: off_duty not_understood'],
    [
      'what is unsure is held',
      { understanding: understood([found('invoice', { confidence: 0.74 })]) },
      'handoff holding: off_duty unsure',
    ],
    [
      'patterns alone must be very sure',
      { understanding: understood([found('invoice', { by: 'rules', confidence: 0.9 })]) },
      'handoff holding: off_duty unsure',
    ],
    [
      'examples alone must be very sure',
      { understanding: understood([found('invoice', { by: 'ngrams', confidence: 0.9 })]) },
      'handoff holding: off_duty unsure',
    ],
    [
      'one unsure intent holds them all',
      { understanding: understood([found('cod'), found('stock', { confidence: 0.6 })]) },
      'handoff holding: off_duty unsure',
    ],
    ['what the shop wants drafted is held', { switched: { invoice: 'draft' } }, 'handoff holding: off_duty draft_only'],
    ['what the shop switched off is held', { switched: { invoice: 'off' } }, 'handoff holding: off_duty draft_only'],
    [
      'one switched off holds them all',
      { understanding: understood([found('cod'), found('invoice')]), switched: { invoice: 'off' } },
      'handoff holding: off_duty draft_only',
    ],
    ['an old message from an outage is held', { newestSentAt: now - minutes(15) - 1 }, 'handoff holding: off_duty stale'],
    ['fifteen minutes are not too old', { newestSentAt: now - minutes(15) }, 'auto answer: off_duty'],
    ['anger goes to a person', { understanding: understood([found('complaint')]) }, 'handoff holding: off_duty person_needed'],
    [
      'anger beside a question takes the question along',
      { understanding: understood([found('cod'), found('complaint')]) },
      'handoff holding: off_duty person_needed',
    ],
    ['a picture goes to a person', { types: ['image'], understanding: words('') }, 'handoff holding: off_duty not_text'],
    ['so does a picture with a question', { types: ['text', 'image'] }, 'handoff holding: off_duty not_text'],
    [
      'misunderstood twice: a person',
      { memory: { ...emptyMemory, misunderstood: 2 } },
      'handoff holding: off_duty misunderstood_twice',
    ],
  ])('%s', (_, its, expected) => expect(told(turn(its))).toBe(expected));

  it('names the moment at which a person answers', () => {
    expect(decide(turn()).because).toEqual([offDuty.because]);
  });

  it('names what is unsure, switched off or for a person', () => {
    const because = (its: Parameters<typeof turn>[0]) => decide(turn(its)).because.at(-1);
    const mixed = understood([found('cod'), found('stock', { confidence: 0.5 })]);
    expect(because({ understanding: mixed })).toEqual(reason('unsure', { intents: 'stock' }));
    expect(because({ switched: { invoice: 'off' } })).toEqual(reason('draft_only', { intents: 'invoice' }));
    expect(because({ understanding: understood([found('complaint'), found('human')]) })).toEqual(
      reason('person_needed', { intents: 'complaint, human' }),
    );
  });
});

describe('where an agent is at work or the bot only watches', () => {
  it.each<[string, Partial<Parameters<typeof turn>[0]>, string]>([
    ['on duty it drafts', { duty: onDuty }, 'draft answer: on_duty'],
    ['on duty it drafts what is unsure too', { duty: onDuty, understanding: nothing }, 'draft answer: on_duty'],
    [
      'on duty a complaint is for a person',
      { duty: onDuty, understanding: understood([found('complaint')]) },
      'handoff holding: on_duty person_needed',
    ],
    ['an agent who just wrote is not interrupted', { memory: held }, 'draft answer: agent_holds'],
    ['nor on duty', { memory: held, duty: onDuty }, 'draft answer: agent_holds'],
    ['shadow mode drafts', { mode: 'shadow' }, 'draft answer: off_duty shadow'],
    [
      'shadow mode shows that it would be held',
      { mode: 'shadow', understanding: nothing },
      'handoff holding: off_duty not_understood shadow',
    ],
    [
      'in shadow mode anger is still for a person',
      { mode: 'shadow', understanding: understood([found('complaint')]) },
      'handoff holding: off_duty person_needed shadow',
    ],
  ])('%s', (_, its, expected) => expect(told(turn(its))).toBe(expected));
});

describe('silence', () => {
  const ack = words('好的谢谢', found('ack'));
  it.each<[string, Partial<Parameters<typeof turn>[0]>, string]>([
    ['thanks need no answer', { understanding: ack }, 'silent: needs_no_answer'],
    ['nor on duty', { understanding: ack, duty: onDuty }, 'silent: needs_no_answer'],
    ['advertising gets none', { understanding: words('兼职加我', found('off_topic')) }, 'silent: needs_no_answer'],
    [
      'thanks for a picture are still for a person',
      { understanding: ack, types: ['image', 'text'] },
      'handoff holding: off_duty not_text',
    ],
    [
      'thanks beside a question are not all',
      { understanding: understood([found('ack'), found('invoice')]) },
      'auto answer: off_duty',
    ],
    ['stickers alone get none', { types: ['sticker', 'sticker'], understanding: words('') }, 'silent: sticker_only'],
    ['blanks get none', { understanding: words(' \n') }, 'silent: no_words'],
    ['what was recalled gets none', { types: [], understanding: words('') }, 'silent: recalled'],
    ['what an agent has answered gets none', { memory: { ...held, humanSpokeAt: now } }, 'silent: agent_answered'],
    ['the bot that is off says nothing', { mode: 'off' }, 'silent: bot_off'],
    ['not even to anger', { mode: 'off', understanding: understood([found('complaint')]) }, 'silent: bot_off'],
  ])('%s', (_, its, expected) => expect(told(turn(its))).toBe(expected));
});

/** `handoff holding: off_duty unsure` */
function told(input: DecideInput): string {
  const { action, kind, short, because } = decide(input);
  const how = [action, kind, short ? 'short' : undefined].filter((one) => one !== undefined).join(' ');
  return `${how}: ${because.map(({ code }) => code).join(' ')}`;
}

// ---- whatever comes together ------------------------------------------------------------------

const rank: Record<Action, number> = { auto: 0, draft: 1, handoff: 2, silent: 3 };
const intentIds = ['invoice', 'cod', 'stock', 'complaint', 'ack', 'greeting'];
const anIntent = fc.record({
  id: fc.constantFrom(...intentIds),
  confidence: fc.double({ min: 0.3, max: 1, noNaN: true }),
  ask: fc.constantFrom('rule' as const, 'own_order' as const),
  by: fc.constantFrom('rules' as const, 'ngrams' as const, 'both' as const, 'context' as const),
  evidence: fc.constant([]),
});
/** Mostly what is usual, so that enough turns are bold in the first place. */
const mostly = <T, U>(usual: T, ...other: U[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...other) });
const aTurn: fc.Arbitrary<DecideInput> = fc
  .record({
    intents: fc.oneof(
      { weight: 2, arbitrary: fc.constant([found('invoice')]) },
      { weight: 1, arbitrary: fc.uniqueArray(anIntent, { maxLength: 3, selector: (one) => one.id }) },
    ),
    text: mostly('可以开发票吗', '', ' '),
    duty: mostly(offDuty, onDuty),
    misunderstood: mostly(0, 1, 2),
    spoke: mostly(undefined, minutes(20), minutes(2), 0),
    heldFor: fc.constantFrom(minutes(-1), minutes(5)),
    types: fc.oneof(
      { weight: 3, arbitrary: fc.constant(['text' as const]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.constantFrom('text' as const, 'sticker' as const, 'image' as const), { maxLength: 3 }),
      },
    ),
    age: mostly(0, minutes(14), minutes(16)),
    mode: mostly('auto' as const, 'shadow' as const, 'off' as const),
    switched: mostly<Record<string, Allowed>, Record<string, Allowed>>(
      {},
      { invoice: 'draft' },
      { invoice: 'off', cod: 'draft' },
    ),
    timesAnswered: mostly(0, 1, 2, 3),
  })
  .map(({ intents, text, age, misunderstood, spoke, heldFor, ...rest }) => {
    const spoken = spoke === undefined ? {} : { humanSpokeAt: now - spoke, humanUntil: now + heldFor };
    return turn({
      ...rest,
      understanding: understood(intents, text),
      newestSentAt: now - age,
      memory: { ...emptyMemory, misunderstood, ...spoken },
    });
  });

const intentsOf = (input: DecideInput, change: (intent: FoundIntent) => FoundIntent): DecideInput => ({
  ...input,
  understanding: { ...input.understanding, intents: input.understanding.intents.map(change) },
});
const lowered: Record<Allowed, Allowed> = { auto: 'draft', draft: 'off', off: 'off', handoff: 'handoff', silent: 'silent' };

/** One more cause for caution each. */
const doubts: Record<string, (input: DecideInput) => DecideInput> = {
  'less sure': (input) => intentsOf(input, (intent) => ({ ...intent, confidence: intent.confidence * 0.7 })),
  'one reader only': (input) => intentsOf(input, (intent) => ({ ...intent, by: intent.by === 'both' ? 'rules' : intent.by })),
  older: (input) => ({ ...input, newestSentAt: input.newestSentAt - minutes(5) }),
  'asked once more': (input) => ({ ...input, timesAnswered: input.timesAnswered + 1 }),
  'misunderstood once more': (input) => ({
    ...input,
    memory: { ...input.memory, misunderstood: input.memory.misunderstood + 1 },
  }),
  'switches lowered': (input) => ({ ...input, allowed: (intent) => lowered[input.allowed(intent)] }),
  'answered by an agent': (input) => ({ ...input, memory: { ...input.memory, humanSpokeAt: input.newestReceivedAt } }),
  shadow: (input) => (input.mode === 'off' ? input : { ...input, mode: 'shadow' }),
  'bot off': (input) => ({ ...input, mode: 'off' }),
  recalled: (input) => ({ ...input, types: [] }),
};
/** Here nothing more is sent, though what would have been held is now a draft on the desk. */
const watched: Record<string, (input: DecideInput) => DecideInput> = {
  'on duty': (input) => ({ ...input, duty: onDuty }),
  'an agent holds': (input) => ({ ...input, memory: { ...input.memory, humanUntil: now + minutes(5) } }),
  'a picture too': (input) => ({ ...input, types: [...input.types, 'image'] }),
  'anger too': (input) => ({
    ...input,
    understanding: { ...input.understanding, intents: [...input.understanding.intents, found('complaint')] },
  }),
};

describe('caution only grows', () => {
  it.each(Object.entries(doubts))('%s never makes the action bolder', (_, doubt) => {
    fc.assert(
      fc.property(aTurn, (input) => {
        expect(rank[decide(doubt(input)).action]).toBeGreaterThanOrEqual(rank[decide(input).action]);
      }),
    );
  });

  it.each(Object.entries({ ...doubts, ...watched }))('%s never makes an answer that goes out of anything else', (_, cause) => {
    fc.assert(
      fc.property(aTurn, (input) => {
        if (decide(input).action !== 'auto') expect(decide(cause(input)).action).not.toBe('auto');
      }),
    );
  });

  it('is answered by itself only where nothing at all speaks against it', () => {
    let answered = 0;
    fc.assert(
      fc.property(aTurn, (input) => {
        const { action, kind } = decide(input);
        if (action !== 'auto') return;
        answered += 1;
        expect(kind).toBe('answer');
        expect([input.duty.onDuty, input.mode]).toEqual([false, 'auto']);
        expect(input.understanding.intents.length).toBeGreaterThan(0);
        for (const { id, confidence } of input.understanding.intents) {
          expect(confidence).toBeGreaterThanOrEqual(sureFrom);
          expect(['auto', 'silent']).toContain(input.allowed(id));
        }
      }),
      { numRuns: 500 },
    );
    expect(answered).toBeGreaterThan(20);
  });

  it('leaves no turn off duty without a word to the buyer unless it says why', () => {
    fc.assert(
      fc.property(aTurn, (input) => {
        const { action, kind, because } = decide(input);
        expect(because.length).toBeGreaterThan(0);
        expect(kind === undefined).toBe(action === 'silent');
        if (action === 'handoff') expect(kind).toBe('holding');
      }),
    );
  });

  it('takes the more cautious of two', () => {
    expect(moreCautious('auto', 'draft')).toBe('draft');
    expect(moreCautious('handoff', 'draft')).toBe('handoff');
    expect(moreCautious('silent', 'auto')).toBe('silent');
  });
});

describe('one matter sure and another not', () => {
  const text = '可以开发票吗，这个会起球吗';
  const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length, words, rule: '' });
  const invoice = found('invoice', { evidence: [at('发票')] });
  const quality = found('quality', { evidence: [at('起球')] });
  const unsure = { ...quality, confidence: 0.6 };

  it('answers the one and leaves the other to a person where they stand apart', () => {
    const decision = decide(turn({ understanding: words(text, invoice, unsure) }));
    expect(decision).toMatchObject({ action: 'auto', kind: 'answer', leaves: ['quality'], apart: ['invoice', 'quality'] });
    expect(decision.because).toContainEqual(reason('left_to_person', { intents: 'quality' }));
    const switchedOff = turn({ understanding: words(text, invoice, quality), switched: { quality: 'draft' } });
    expect(decide(switchedOff)).toMatchObject({ action: 'auto', leaves: ['quality'] });
  });

  it('holds both where they may be one question', () => {
    const same = { ...unsure, evidence: [at('发票')] };
    expect(decide(turn({ understanding: words(text, invoice, same) }))).toMatchObject({ action: 'handoff', kind: 'holding' });
    const wordless = { ...unsure, by: 'ngrams' as const, evidence: [] };
    expect(decide(turn({ understanding: words(text, invoice, wordless) }))).toMatchObject({ action: 'handoff', leaves: [] });
  });

  it('holds both where one is for a person alone', () => {
    const complaint = found('complaint', { evidence: [at('起球')] });
    expect(decide(turn({ understanding: words(text, invoice, complaint) }))).toMatchObject({
      action: 'handoff',
      kind: 'holding',
    });
  });

  it('holds both where only a person may grant what is wanted', () => {
    const haggling = found('haggling', { evidence: [at('发票')] });
    const beyond = reason('haggling_unclear');
    const beside = { understanding: words(text, haggling, quality), switched: { quality: 'draft' as const }, beyond };
    expect(decide(turn(beside))).toMatchObject({ action: 'handoff', kind: 'holding', leaves: [] });
    expect(decide(turn(beside)).because).toContainEqual(beyond);
  });

  it('answers and says that a question is left which nobody understood', () => {
    const heard = { ...words(text, invoice), because: [reason('part_not_understood')] };
    expect(decide(turn({ understanding: heard }))).toMatchObject({ action: 'auto', leaves: ['none'] });
  });
});

describe('stepping in for busy agents', () => {
  const because = reason('step_in_seconds', { seconds: 60 });
  const stepIn = (its: Parameters<typeof turn>[0] = {}, how: 'busy' | 'answer' = 'answer') => {
    const decided = decide(turn({ duty: onDuty, stepIn: { because, with: how }, ...its }));
    return [decided.action, decided.kind, decided.because.map(({ code }) => code)];
  };

  it('answers where it would off duty', () => {
    expect(stepIn()).toEqual(['auto', 'answer', ['step_in_seconds']]);
    expect(stepIn({ timesAnswered: 1 })).toEqual(['auto', 'answer', ['step_in_seconds', 'repeated_short']]);
  });

  it.each([
    ['the shop lets it', {}, 'busy' as const, 'step_in_busy'],
    ['it is not understood', { understanding: nothing }, 'answer' as const, 'not_understood'],
    ['it is unsure', { understanding: understood([found('invoice', { confidence: 0.6 })]) }, 'answer' as const, 'unsure'],
    ['the matter is for a person', { understanding: understood([found('complaint')]) }, 'answer' as const, 'person_needed'],
    ['the shop only drafts it', { switched: { invoice: 'draft' as const } }, 'answer' as const, 'draft_only'],
    ['there is a picture', { types: ['text', 'image'] as const }, 'answer' as const, 'not_text'],
    ['it was asked a third time', { timesAnswered: 2 }, 'answer' as const, 'repeated_held'],
    ['two were not understood', { memory: { ...emptyMemory, misunderstood: 2 } }, 'answer' as const, 'misunderstood_twice'],
  ])('asks for patience and no more where %s', (_, its, how, code) => {
    const [action, kind, codes] = stepIn(its, how);
    expect([action, kind]).toEqual(['auto', 'holding']);
    expect(codes).toContain(code);
  });

  it('drafts while an agent holds the conversation, records in shadow mode, is silent when switched off', () => {
    expect(stepIn({ memory: held })).toEqual(['draft', 'answer', ['agent_holds']]);
    expect(stepIn({ mode: 'shadow' })).toEqual(['draft', 'answer', ['step_in_seconds', 'shadow']]);
    expect(stepIn({ mode: 'off' })[0]).toBe('silent');
  });

  it('off duty is no stepping in', () => {
    expect(stepIn({ duty: offDuty })).toEqual(['auto', 'answer', ['off_duty']]);
    expect(stepIn({ duty: offDuty }, 'busy')[1]).toBe('answer');
  });
});

it('holds a matter beside which much was said that nobody understood', () => {
  const because = [reason('more_said', { words: '仓库失火' })];
  const decision = decide(turn({ understanding: { ...understood([found('invoice')]), because } }));
  expect(decision).toMatchObject({ action: 'handoff', kind: 'holding' });
  expect(decision.because).toContainEqual(because[0]);
});
