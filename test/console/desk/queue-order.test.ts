/** Who stands where in the queue, and that rows keep still under a hand. */
import { describe, expect, it } from 'vitest';
import { failedLine, heldOrder, pinned, ranked, shown, waitsForMe } from '../../../src/console/desk/queue-order.js';
import { conversation, evening, iso, line, targets, waiting } from './samples.js';

const me = 'u1';
const order = (...all: ReturnType<typeof waiting>[]) => ranked(all, targets, me, evening);
const ids = (rows: readonly { conversation: { id: string } }[]) => rows.map((row) => row.conversation.id);

describe('the queue', () => {
  it('puts the buyer about to be lost first, then first answers, people, the longest wait, and those who do not wait last', () => {
    const rows = order(
      conversation('idle'),
      waiting('short', 15),
      waiting('long', 60),
      waiting('person', 12, { forPerson: true }),
      waiting('first', 7, { firstAnswerBy: iso(evening + 3000) }),
      waiting('rule', 160),
      waiting('many', 5, { messages: 3 }),
    );
    expect(ids(rows)).toEqual(['rule', 'many', 'first', 'person', 'long', 'short', 'idle']);
    expect(rows.map((row) => row.group)).toEqual(['now', 'now', 'now', 'now', 'mine', 'mine', 'rest']);
  });

  it('no longer hurries for a first answer that is late', () => {
    expect(order(waiting('late', 20, { firstAnswerBy: iso(evening - 10_000) }))[0]!.group).toBe('mine');
  });

  it('leaves to a colleague what she holds, and keeps for me what I hold', () => {
    const held = (id: string, holder: string) => ({
      ...waiting(id, 170),
      holder: { id: holder, name: holder, since: iso(evening) },
    });
    expect(order(held('hers', 'u2'), held('mine', me)).map((row) => [row.conversation.id, row.group])).toEqual([
      ['mine', 'now'],
      ['hers', 'rest'],
    ]);
  });

  it('wants whom an answer did not reach, until it is sent again or another one gets there', () => {
    const said = (id: string, state: 'failed' | 'delivered', retriedAs?: string) =>
      line({ from: 'desk', id, delivery: { state, ...(retriedAs !== undefined && { retriedAs }) } });
    const withLines = (...lines: ReturnType<typeof line>[]) => conversation('c', { lines });
    const failed = withLines(line(), said('a1', 'failed'));
    expect(failedLine(failed)?.id).toBe('a1');
    expect(order(failed)[0]!.group).toBe('now');
    expect(waitsForMe(failed, me)).toBe(true);
    expect(waitsForMe({ ...failed, holder: { id: 'u2', name: 'u2', since: iso(evening) } }, me)).toBe(false);
    expect(failedLine(withLines(line(), said('a1', 'failed'), said('a2', 'delivered')))?.id).toBe('a1');
    expect(failedLine(withLines(line(), said('a1', 'failed', 'a2'), said('a2', 'delivered')))).toBeUndefined();
    expect(failedLine(withLines(said('a1', 'failed'), line(), said('a2', 'delivered')))).toBeUndefined();
  });

  it('puts whom a reply did not reach before everybody: nobody has answered him, and only we know', () => {
    const said = line({ from: 'desk', id: 'a1', delivery: { state: 'failed' } });
    const rows = order(
      waiting('rule', 160),
      waiting('over', 900),
      conversation('unheard', { lines: [line(), said] }),
      waiting('many', 5, { messages: 4 }),
    );
    expect(ids(rows)).toEqual(['unheard', 'rule', 'many', 'over']);
    expect(rows[0]!.urgency.level).toBe('undelivered');
    const known = conversation('known', { state: 'closed', lines: [line(), said] });
    expect([failedLine(known), waitsForMe(known, me)]).toEqual([undefined, false]);
  });

  it('keeps whom I have just answered in the row where my eyes are', () => {
    const rows = order(waiting('a', 60), waiting('b', 40), conversation('answered'));
    const kept = pinned(rows, { id: 'answered', group: 'mine', before: 1 });
    expect(kept.map((row) => [row.conversation.id, row.group])).toEqual([
      ['a', 'mine'],
      ['answered', 'mine'],
      ['b', 'mine'],
    ]);
    expect(pinned(rows, { id: 'b', group: 'now', before: 0 })).toBe(rows);
  });

  it('shows what the service found while it is searched for, and keeps what was only fetched out of the queue', () => {
    const rows = order(conversation('old'), conversation('idle'));
    const look = { filter: 'all', me, selected: undefined, extra: new Set(['old']) } as const;
    expect(ids(shown(rows, { ...look, search: '' }))).toEqual(['idle']);
    expect(ids(shown(rows, { ...look, search: '水洗', found: new Set(['old']) }))).toEqual(['old']);
    expect(ids(shown(rows, { ...look, search: '', selected: 'old' })).sort()).toEqual(['idle', 'old']);
  });

  it('filters, searches names, words and orders, and shows closed ones only when they are asked for', () => {
    const rows = order(
      { ...waiting('a', 5), buyer: { id: 'b', version: 0, nickname: '栗子与海' } },
      { ...waiting('b', 5), holder: { id: 'u2', name: '小周', since: iso(evening) } },
      conversation('c', { state: 'closed', order: { id: 'A-778' } }),
    );
    const look = (more: object) => ids(shown(rows, { filter: 'all', search: '', me, selected: undefined, ...more }));
    expect(look({})).toEqual(['a', 'b']);
    expect(look({ filter: 'mine' })).toEqual(['a']);
    expect(look({ filter: 'free' })).toEqual(['a']);
    expect(look({ search: '栗子' })).toEqual(['a']);
    expect(look({ search: 'a-778' })).toEqual(['c']);
    expect(look({ selected: 'c' })).toEqual(['a', 'b', 'c']);
  });

  it('keeps rows in their places while they are held: new ones at the end, gone ones gone, and says how many moved', () => {
    const wanted = order(waiting('new', 170), waiting('b', 60), waiting('a', 40));
    const { rows, moved } = heldOrder(wanted, ['a', 'gone', 'b']);
    expect(ids(rows)).toEqual(['a', 'b', 'new']);
    expect(moved).toBe(2);
    expect(heldOrder(wanted, ['new', 'b', 'a']).moved).toBe(0);
  });
});
