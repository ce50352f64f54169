/** The clocks of a conversation at the desk: since when the buyer waits and by when a person is to answer. Pure. */
import type { Instant, Memory } from '../conversation.js';
import { dayMs, hourMs, minuteMs, offsetAt } from '../policy/schedule-zone.js';

/** What the shop is measured by (parameters `desk`). */
export interface DeskTargets {
  readonly firstAnswerSeconds: number;
  readonly firstAnswerAlarmSeconds: number;
  readonly averageSeconds: number;
  readonly unansweredMessages: number;
  readonly newVisitHours: number;
  readonly rule: {
    readonly withinSeconds: number;
    /** `08:00-23:00`; an end not after the start runs past midnight. */
    readonly hours: readonly string[];
    readonly alarmSeconds: number;
  };
}

/** Moments, not durations: they hold until the conversation changes, and every screen counts down by itself. */
export interface Clocks {
  /** When the first message came in that has no answer. */
  readonly since: Instant;
  /** How many have none. */
  readonly messages: number;
  readonly isForPerson: boolean;
  readonly averageBy: Instant;
  /** Absent once a person has spoken on this visit. */
  readonly firstAnswerBy?: Instant;
  /** Absent for what came in outside the hours of the platform's rule. */
  readonly ruleBy?: Instant;
}

/** Undefined where nobody waits. */
export function clocksOf(memory: Memory, targets: DeskTargets, timeZone: string): Clocks | undefined {
  const { unanswered, humanSpokeAt } = memory;
  if (unanswered === undefined) return undefined;
  const { since, count, isForPerson = false } = unanswered;
  const isFirst = humanSpokeAt === undefined || since - humanSpokeAt >= targets.newVisitHours * hourMs;
  const isUnderRule = targets.rule.hours.some((range) => isWithin(range, timeZone, since));
  return {
    since,
    messages: count,
    isForPerson,
    averageBy: since + targets.averageSeconds * 1000,
    ...(isFirst && { firstAnswerBy: since + targets.firstAnswerSeconds * 1000 }),
    ...(isUnderRule && { ruleBy: since + targets.rule.withinSeconds * 1000 }),
  };
}

/** @param range HH:MM-HH:MM on the zone's clock; the end is not included */
function isWithin(range: string, timeZone: string, at: Instant): boolean {
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = (range.match(/\d+/g) ?? []).map(Number);
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  const minute = Math.floor(((at + offsetAt(timeZone, at)) % dayMs) / minuteMs);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
