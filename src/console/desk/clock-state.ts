/** What a clock shows: digits, a form, and how many cells of its fuse are lit. Pure. */
import type { DeskConversation } from '../shared/wire.js';
import type { Targets } from './queue-order.js';

export type ClockForm = 'first' | 'ok' | 'late' | 'lost' | 'idle';

export interface ClockState {
  readonly form: ClockForm;
  /** Since the first message without an answer; idle: since the last line. */
  readonly seconds: number;
  /** 0 to 3: past 0 s, past the first answer's time, past the average's. */
  readonly cells: number;
  /** Left until the platform's rule, where it is near or over (below 0). */
  readonly ruleLeft?: number;
  /** Left for the first answer. */
  readonly firstLeft?: number;
  /** Messages in a row without an answer, where they are many. */
  readonly messages?: number;
}

export function clockState(conversation: DeskConversation, targets: Targets, now: number): ClockState {
  const { clocks, lines } = conversation;
  if (clocks === undefined) {
    const last = Date.parse(lines.at(-1)?.at ?? '') || now;
    return { form: 'idle', seconds: passed(last, now), cells: 0 };
  }
  const seconds = passed(Date.parse(clocks.since), now);
  const cells = 1 + Number(seconds > targets.firstAnswerSeconds) + Number(seconds > targets.averageSeconds);
  const ruleLeft = clocks.ruleBy === undefined ? undefined : left(clocks.ruleBy, now);
  const isRuleNear = ruleLeft !== undefined && ruleLeft <= targets.rule.alarmSeconds;
  const isMany = clocks.messages >= targets.unansweredMessages;
  const firstLeft = clocks.firstAnswerBy === undefined ? undefined : left(clocks.firstAnswerBy, now);
  const form: ClockForm =
    isRuleNear || isMany
      ? 'lost'
      : firstLeft !== undefined && firstLeft >= 0
        ? 'first'
        : seconds > targets.averageSeconds
          ? 'late'
          : 'ok';
  return {
    form,
    seconds,
    cells,
    ...(isRuleNear && { ruleLeft }),
    ...(form === 'first' && firstLeft !== undefined && { firstLeft }),
    ...(isMany && { messages: clocks.messages }),
  };
}

function passed(from: number, now: number): number {
  return Math.max(0, Math.floor((now - from) / 1000));
}

/** Begun seconds count whole, as the service counts them. */
function left(until: string, now: number): number {
  return Math.ceil((Date.parse(until) - now) / 1000);
}

/** 0:07, 12:41, and from an hour on 1:05:09. */
export function digits(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
