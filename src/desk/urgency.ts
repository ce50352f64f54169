/**
 * Who is to be answered next. In this order: whom a reply did not reach (nobody knows but us), about to be lost (too many messages without an answer, or the platform's rule
 * runs out), the first answer of a visit, what only a person may answer, the longest wait; then those where nobody waits. Pure.
 */
import type { Instant, Reason } from '../conversation.js';
import { reason } from '../reasons.js';
import type { Clocks, DeskTargets } from './clocks.js';

export const urgencyLevels = ['undelivered', 'lost', 'first', 'person', 'waiting', 'none'] as const;
export type UrgencyLevel = (typeof urgencyLevels)[number];

export interface Urgency {
  readonly level: UrgencyLevel;
  /** Within the level the smaller one goes first. */
  readonly order: number;
  readonly because: readonly Reason[];
}

/**
 * @param changedAt when the conversation last changed: of those where nobody waits the newest goes first
 * @param undeliveredAt when the reply was written that did not reach the buyer
 */
export function urgencyOf(
  clocks: Clocks | undefined,
  targets: DeskTargets,
  changedAt: Instant,
  now: Instant,
  undeliveredAt?: Instant,
): Urgency {
  if (undeliveredAt !== undefined) {
    const also = clocks === undefined ? [] : urgencyOf(clocks, targets, changedAt, now).because;
    return { level: 'undelivered', order: undeliveredAt, because: [reason('desk_undelivered'), ...also] };
  }
  if (clocks === undefined) return { level: 'none', order: -changedAt, because: [reason('desk_nobody_waits')] };
  const because: Reason[] = [];
  const { withinSeconds: within, alarmSeconds } = targets.rule;
  const isMany = clocks.messages >= targets.unansweredMessages;
  const ruleLeft = clocks.ruleBy === undefined ? undefined : secondsLeft(clocks.ruleBy, now);
  const isRuleOver = ruleLeft !== undefined && ruleLeft < 0;
  const firstLeft = clocks.firstAnswerBy === undefined ? undefined : secondsLeft(clocks.firstAnswerBy, now);
  if (isMany) because.push(reason('desk_messages', { messages: clocks.messages }));
  if (isRuleOver) because.push(reason('desk_rule_missed', { within }));
  else if (ruleLeft !== undefined && ruleLeft <= alarmSeconds) because.push(reason('desk_rule', { within, seconds: ruleLeft }));
  const isLost = because.length > 0;
  const isFirst = firstLeft !== undefined && firstLeft <= targets.firstAnswerAlarmSeconds;
  if (isFirst)
    because.push(
      firstLeft < 0
        ? reason('desk_first_answer_late', { within: targets.firstAnswerSeconds })
        : reason('desk_first_answer', { seconds: firstLeft }),
    );
  if (clocks.isForPerson) because.push(reason('desk_for_person'));
  because.push(reason('desk_waits', { seconds: Math.max(0, Math.floor((now - clocks.since) / 1000)) }));
  const level = isLost ? 'lost' : isFirst ? 'first' : clocks.isForPerson ? 'person' : 'waiting';
  // What can still be saved goes before what is missed already.
  return { level, order: isRuleOver ? clocks.since + afterAllOthers : clocks.since, because };
}

/** Later than any moment that a clock reads. */
const afterAllOthers = 2 ** 50;

/** For sorting: the most urgent first. */
export function byUrgency(one: Urgency, other: Urgency): number {
  return urgencyLevels.indexOf(one.level) - urgencyLevels.indexOf(other.level) || one.order - other.order;
}

/** Begun seconds count whole, as a clock that counts down shows them; below 0: over. */
function secondsLeft(until: Instant, now: Instant): number {
  return Math.ceil((until - now) / 1000);
}
