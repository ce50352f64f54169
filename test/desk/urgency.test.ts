/** Who is to be answered next, at a desk on a Tuesday evening. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMemory, type Memory, type Unanswered } from '../../src/conversation.js';
import { clocksOf } from '../../src/desk/clocks.js';
import { byUrgency, urgencyOf } from '../../src/desk/urgency.js';
import { deskSchema } from '../../src/shop/desk-parameters.js';

const targets = deskSchema.parse({});
const zone = 'Asia/Shanghai';
const evening = Date.parse('2026-09-29T22:40:00+08:00');
const seconds = (count: number) => count * 1000;

const memory = (its: Partial<Unanswered> | undefined, more: Partial<Memory> = {}): Memory => ({
  ...emptyMemory,
  ...(its !== undefined && { unanswered: { since: evening, count: 1, ...its } }),
  ...more,
});
const urgency = (its: Memory, after: number, changedAt = evening) =>
  urgencyOf(clocksOf(its, targets, zone), targets, changedAt, evening + seconds(after));
const codes = (its: Memory, after: number) => urgency(its, after).because.map(({ code }) => code);

describe('the clocks', () => {
  it('run from the first message that nobody answered', () => {
    expect(clocksOf(memory({ count: 2 }), targets, zone)).toEqual({
      since: evening,
      messages: 2,
      isForPerson: false,
      averageBy: evening + seconds(32),
      firstAnswerBy: evening + seconds(10),
      ruleBy: evening + seconds(180),
    });
    expect(clocksOf(memory(undefined), targets, zone)).toBeUndefined();
  });

  it('know no first answer where a person has spoken on this visit', () => {
    const spoken = (hours: number) => memory({}, { humanSpokeAt: evening - hours * 3_600_000 });
    expect(clocksOf(spoken(1), targets, zone)?.firstAnswerBy).toBeUndefined();
    expect(clocksOf(spoken(24), targets, zone)?.firstAnswerBy).toBe(evening + seconds(10));
  });

  it.each([
    ['2026-09-29T07:59:59+08:00', false],
    ['2026-09-29T08:00:00+08:00', true],
    ['2026-09-29T22:59:59+08:00', true],
    ['2026-09-29T23:00:00+08:00', false],
  ])('the platform counts from eight to eleven: %s', (at, isCounted) => {
    expect(clocksOf(memory({ since: Date.parse(at) }), targets, zone)?.ruleBy !== undefined).toBe(isCounted);
  });

  it('a rule may run past midnight, or not hold at all', () => {
    const by = (hours: string[], at: string) =>
      clocksOf(memory({ since: Date.parse(at) }), { ...targets, rule: { ...targets.rule, hours } }, zone)?.ruleBy;
    expect(by(['18:00-02:00'], '2026-09-29T01:59:00+08:00')).toBeDefined();
    expect(by(['18:00-02:00'], '2026-09-29T02:00:00+08:00')).toBeUndefined();
    expect(by(['00:00-24:00'], '2026-09-29T23:59:00+08:00')).toBeDefined();
    expect(by([], '2026-09-29T12:00:00+08:00')).toBeUndefined();
  });
});

describe('urgency', () => {
  const held = { humanSpokeAt: evening - seconds(60) };
  it.each([
    ['just asked', memory({}), 0, 'waiting', ['desk_waits']],
    ['six seconds left for the first answer', memory({}), 4, 'waiting', ['desk_waits']],
    ['five seconds left for the first answer', memory({}), 5, 'first', ['desk_first_answer', 'desk_waits']],
    ['the first answer is late', memory({}), 12, 'first', ['desk_first_answer_late', 'desk_waits']],
    ['thirty seconds left of three minutes', memory({}, held), 150, 'lost', ['desk_rule', 'desk_waits']],
    ['three minutes are over', memory({}, held), 182, 'lost', ['desk_rule_missed', 'desk_waits']],
    ['three messages in a row', memory({ count: 3 }, held), 2, 'lost', ['desk_messages', 'desk_waits']],
    ['only a person may', memory({ isForPerson: true }, held), 60, 'person', ['desk_for_person', 'desk_waits']],
    ['waits for a minute', memory({}, held), 60, 'waiting', ['desk_waits']],
    ['nobody waits', memory(undefined), 60, 'none', ['desk_nobody_waits']],
  ])('%s', (_, its, after, level, because) => {
    expect(urgency(its, after).level).toBe(level);
    expect(codes(its, after)).toEqual(because);
  });

  it('ranks as a good shift lead would', () => {
    const at = evening + seconds(200);
    const waiting = (name: string, ago: number, its: Partial<Unanswered> = {}, more: Partial<Memory> = held) => ({
      name,
      urgency: urgencyOf(
        clocksOf(memory({ since: at - seconds(ago), ...its }, more), targets, zone),
        targets,
        at - seconds(ago),
        at,
      ),
    });
    const queue = [
      waiting('missed', 190),
      waiting('44 s', 44),
      { name: 'quiet', urgency: urgencyOf(undefined, targets, at, at) },
      waiting('58 s', 58),
      waiting('complaint', 40, { isForPerson: true }),
      waiting('new', 7, {}, {}),
      waiting('19 s left', 161, { count: 3 }),
      { name: 'quieter', urgency: urgencyOf(undefined, targets, at - seconds(9), at) },
    ];
    expect(queue.sort((a, b) => byUrgency(a.urgency, b.urgency)).map(({ name }) => name)).toEqual([
      '19 s left',
      'missed',
      'new',
      'complaint',
      '58 s',
      '44 s',
      'quiet',
      'quieter',
    ]);
  });

  it('never falls while a buyer goes on waiting', () => {
    const levels = ['none', 'waiting', 'person', 'first', 'lost'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), (after, more, isFirst) => {
        const its = memory({}, isFirst ? {} : held);
        expect(levels.indexOf(urgency(its, after + more).level)).toBeGreaterThanOrEqual(
          levels.indexOf(urgency(its, after).level),
        );
      }),
    );
  });
});
