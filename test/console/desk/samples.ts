/** Conversations as the desk is told them, to be changed by each test. */
import type { DeskConversation, DeskDraft, DeskLine, Finding } from '../../../src/console/shared/wire.js';

export const evening = Date.parse('2026-11-24T13:30:00Z');
export const iso = (at: number): string => new Date(at).toISOString();

export const targets = {
  firstAnswerSeconds: 10,
  firstAnswerAlarmSeconds: 5,
  averageSeconds: 32,
  unansweredMessages: 3,
  newVisitHours: 24,
  rule: { withinSeconds: 180, hours: ['08:00-23:00'], alarmSeconds: 30 },
};

export function line(more: Partial<DeskLine> = {}): DeskLine {
  return { from: 'buyer', id: 'm1', type: 'text', text: '在吗', at: iso(evening), position: 1, ...more };
}

export function conversation(id: string, more: Partial<DeskConversation> = {}): DeskConversation {
  return {
    id,
    seq: 1,
    connector: 'generic',
    state: 'open',
    buyer: { id: `b-${id}`, version: 0 },
    urgency: { level: 'none', because: '', reasons: [] },
    unread: 0,
    intents: [],
    lines: [line()],
    hasEarlier: false,
    drafts: [],
    draftsPending: false,
    withdrawn: [],
    ...more,
  };
}

/** Waits since so many seconds before `evening`. */
export function waiting(
  id: string,
  seconds: number,
  more: Partial<NonNullable<DeskConversation['clocks']>> = {},
): DeskConversation {
  const since = evening - seconds * 1000;
  const clocks = {
    since: iso(since),
    messages: 1,
    forPerson: false,
    averageBy: iso(since + 32_000),
    ruleBy: iso(since + 180_000),
    ...more,
  };
  return conversation(id, { clocks });
}

export function draft(id: string, more: Partial<DeskDraft> = {}): DeskDraft {
  return {
    id,
    answerId: id.replace(/_\d+$/, ''),
    text: `亲，${id}～`,
    characters: 8,
    intents: ['stock'],
    template: 'stock.in_stock',
    findings: [],
    because: '',
    reasons: [],
    open: [],
    at: iso(evening),
    ...more,
  };
}

export function finding(start: number, end: number, severity: Finding['severity'] = 'points'): Finding {
  return { rule: 'invoice', severity, points: 6, words: '', start, end, because: '', wording: '' };
}
