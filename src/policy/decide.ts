/**
 * What may be done with a turn: answered by itself, drafted, handed to a person, or passed in silence. Rules stand from top
 * to bottom and caution only grows: a later rule can lower the action, never raise it. Pure; every step says why.
 */
import type {
  Action,
  Decision,
  FoundIntent,
  Instant,
  Memory,
  MessageType,
  Reason,
  ReplyKind,
  Understanding,
} from '../conversation.js';
import { reason } from '../reasons.js';
import { apartIntents } from './apart.js';
import { isHeldByAgent } from './presence.js';
import type { Duty } from './schedule.js';

/** What the shop allows for one intent: the file's `most`, lowered by the shop's switch. */
export type Allowed = 'auto' | 'draft' | 'handoff' | 'silent' | 'off';

export interface DecideInput {
  readonly understanding: Understanding;
  readonly duty: Duty;
  readonly memory: Memory;
  readonly now: Instant;
  /** Types of the turn's messages that still stand (recalled ones are gone). */
  readonly types: readonly MessageType[];
  /** When the newest message of the turn was sent, and when it came in. */
  readonly newestSentAt: Instant;
  readonly newestReceivedAt: Instant;
  readonly mode: 'off' | 'shadow' | 'auto';
  readonly staleMinutes: number;
  readonly allowed: (intent: string) => Allowed;
  /** How often this very question was answered within the cool-down. */
  readonly timesAnswered: number;
  /** The bot steps in for agents who are on duty: why, and whether it may answer or only ask for patience. */
  readonly stepIn?: { readonly because: Reason; readonly with: 'busy' | 'answer' } | undefined;
  /** Why only a person may grant what the buyer wants: an offer below what the bot may give. */
  readonly beyond?: Reason | undefined;
}

/** At least this sure, and both readers agreeing or one very sure, before the bot speaks by itself. */
export const sureFrom = 0.75;
const verySureFrom = 0.92;
const mostMisunderstood = 2;
const rank: Readonly<Record<Action, number>> = { auto: 0, draft: 1, handoff: 2, silent: 3 };

/** The more cautious of two actions. */
export function moreCautious(a: Action, b: Action): Action {
  return rank[a] >= rank[b] ? a : b;
}

export function decide(input: DecideInput): Decision {
  const { duty, memory, now } = input;
  const silence = silent(input);
  if (silence !== undefined) return { action: 'silent', short: false, leaves: [], apart: [], because: [silence] };

  const because: Reason[] = [];
  let action: Action = 'auto';
  let kind: ReplyKind = 'answer';
  const lower = (to: Action, why: Reason, as: ReplyKind = kind) => {
    action = moreCautious(action, to);
    kind = as === 'holding' ? 'holding' : kind;
    because.push(why);
  };

  const forPerson = personIntents(input);
  const stepIn = duty.onDuty ? input.stepIn : undefined;
  // Agents are there and see the matter: to ask the buyer for patience hands nothing over.
  const held: Action = stepIn === undefined ? 'handoff' : 'auto';
  if (isHeldByAgent(memory, now)) lower('draft', reason('agent_holds'));
  else if (stepIn !== undefined) because.push(stepIn.because);
  else if (duty.onDuty) lower('draft', duty.because);
  else because.push(duty.because);
  if (duty.provisional && duty.because.code !== 'off_duty_holiday_provisional') because.push(reason('calendar_provisional'));
  if (forPerson.length > 0) lower(held, reason('person_needed', { intents: forPerson.join(', ') }), 'holding');
  if (memory.misunderstood >= mostMisunderstood) lower(held, reason('misunderstood_twice'), 'holding');
  if (action !== 'auto') {
    if (input.mode === 'shadow') because.push(reason('shadow'));
    return { action, kind, short: false, leaves: [], apart: [], because };
  }

  // Off duty, or stepping in, nobody holds it: whatever is not answered for sure is held, never dropped.
  const apart = apartIntents(input.understanding);
  const { doubt, leaves } = stepIn?.with === 'busy' ? { doubt: reason('step_in_busy'), leaves: [] } : doubts(input, apart);
  if (doubt !== undefined) lower(held, doubt, 'holding');
  else {
    if (leaves.length > 0) because.push(reason('left_to_person', { intents: leaves.join(', ') }));
    if (input.timesAnswered === 1) because.push(reason('repeated_short'));
  }
  // Shadow mode goes the whole way and stops before the buyer.
  if (input.mode === 'shadow') lower('draft', reason('shadow'));
  return { action, kind, short: input.timesAnswered === 1, leaves, apart, because };
}

/** Reasons to say nothing at all. */
function silent(input: DecideInput): Reason | undefined {
  const { understanding, memory } = input;
  if (input.mode === 'off') return reason('bot_off');
  if (input.types.length === 0) return reason('recalled');
  if (memory.humanSpokeAt !== undefined && memory.humanSpokeAt >= input.newestReceivedAt) return reason('agent_answered');
  if (input.types.every((type) => type === 'sticker')) return reason('sticker_only');
  const hasWords = understanding.text.trim() !== '' && !understanding.because.some((one) => one.code === 'no_words');
  const onlyText = input.types.every((type) => type === 'text' || type === 'sticker');
  if (onlyText && !hasWords) return reason('no_words');
  if (
    onlyText &&
    understanding.intents.length > 0 &&
    understanding.intents.every((intent) => input.allowed(intent.id) === 'silent')
  ) {
    return reason('needs_no_answer', { intents: understanding.intents.map((intent) => intent.id).join(', ') });
  }
  return undefined;
}

function personIntents(input: DecideInput): readonly string[] {
  return input.understanding.intents.filter((intent) => input.allowed(intent.id) === 'handoff').map((intent) => intent.id);
}

interface Doubts {
  /** Why the turn is held instead of answered; undefined: it may be answered. */
  readonly doubt?: Reason;
  /** What is left to a person while the rest is answered. */
  readonly leaves: readonly string[];
}

/** What was understood of the words is not all of it, and an answer to the rest alone might be wrong. */
const doubtful: ReadonlySet<string> = new Set(['more_said', 'taken_back', 'several_places', 'several_variants']);

function doubts(input: DecideInput, apart: readonly string[]): Doubts {
  const held = (doubt: Reason): Doubts => ({ doubt, leaves: [] });
  const { intents, because } = input.understanding;
  if (input.types.some((type) => type !== 'text' && type !== 'sticker')) return held(reason('not_text'));
  if (intents.length === 0) return held(reason('not_understood'));
  if (input.now - input.newestSentAt > input.staleMinutes * 60_000) return held(reason('stale', { minutes: input.staleMinutes }));
  const more = because.find(({ code }) => doubtful.has(code));
  if (more !== undefined) return held(more);
  if (input.beyond !== undefined) return held(input.beyond);
  const barred = intents.filter(({ id }) => input.allowed(id) === 'draft' || input.allowed(id) === 'off').map(({ id }) => id);
  const unsure = intents.filter((one) => !barred.includes(one.id) && !isSure(one)).map(({ id }) => id);
  const left = [...barred, ...unsure];
  if (left.length === intents.length || left.some((id) => !apart.includes(id))) {
    if (barred.length > 0) return held(reason('draft_only', { intents: barred.join(', ') }));
    return held(reason('unsure', { intents: unsure.join(', ') }));
  }
  if (input.timesAnswered >= 2) return held(reason('repeated_held'));
  return { leaves: because.some((one) => one.code === 'part_not_understood') ? [...left, 'none'] : left };
}

function isSure({ confidence, by }: FoundIntent): boolean {
  return confidence >= (by === 'both' || by === 'context' ? sureFrom : verySureFrom);
}
