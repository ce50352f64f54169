/** What a clock shows at each moment of a wait. */
import { describe, expect, it } from 'vitest';
import { clockState, digits } from '../../../src/console/desk/clock-state.js';
import { visibleRows } from '../../../src/console/desk/visible-rows.js';
import { conversation, evening, iso, targets, waiting } from './samples.js';

describe('a clock', () => {
  it.each([
    [7, { firstAnswerBy: iso(evening + 3000) }, { form: 'first', seconds: 7, cells: 1, firstLeft: 3 }],
    [21, {}, { form: 'ok', seconds: 21, cells: 2 }],
    [33, {}, { form: 'late', seconds: 33, cells: 3 }],
    [161, {}, { form: 'lost', seconds: 161, cells: 3, ruleLeft: 19 }],
    [200, {}, { form: 'lost', seconds: 200, cells: 3, ruleLeft: -20 }],
    [5, { messages: 4 }, { form: 'lost', seconds: 5, cells: 1, messages: 4 }],
  ] as const)('after %i s', (seconds, more, expected) => {
    expect(clockState(waiting('c', seconds, more), targets, evening)).toEqual(expected);
  });

  it('counts since the last word where nobody waits, and never backwards', () => {
    expect(clockState(conversation('c'), targets, evening + 190_000)).toEqual({ form: 'idle', seconds: 190, cells: 0 });
    expect(clockState(conversation('c'), targets, evening - 5000).seconds).toBe(0);
  });

  it('has no rule outside its hours', () => {
    const { ruleBy: _, ...clocks } = waiting('c', 400).clocks!;
    expect(clockState(conversation('c', { clocks }), targets, evening).form).toBe('late');
  });

  it('writes minutes, and hours from an hour on', () => {
    expect([0, 9, 75, 3599, 3909].map(digits)).toEqual(['0:00', '0:09', '1:15', '59:59', '1:05:09']);
  });
});

describe('a long list', () => {
  const heights = Array.from({ length: 500 }, () => 40);
  it('is drawn whole while it is short', () => {
    expect(visibleRows(heights.slice(0, 60), 0, 800)).toEqual({ from: 0, to: 60, before: 0, behind: 0 });
  });
  it('draws what can be seen and a little more, and keeps the room of the rest', () => {
    for (const top of [0, 1234, 9000, 19_200]) {
      const { from, to, before, behind } = visibleRows(heights, top, 800);
      expect(before + (to - from) * 40 + behind).toBe(500 * 40);
      expect(before).toBeLessThanOrEqual(top);
      expect(before + (to - from) * 40).toBeGreaterThanOrEqual(Math.min(top + 800, 500 * 40));
      expect(to - from).toBeLessThan(50);
    }
  });
});
