/** Two agents, a lead, one conversation. */
import { describe, expect, it } from 'vitest';
import { type DeskState, emptyMemory } from '../../src/conversation.js';
import { closed, givenToBot, handedOver, keptStill, reopened, taken, written } from '../../src/desk/hold.js';

const zhou = { id: 'u1', name: '小周' };
const lin = { id: 'u2', name: '小林' };
const now = 1_000_000;
const heldBy = (agent: typeof zhou, since = now - 5): DeskState => ({ holder: { ...agent, since } });

describe('taking', () => {
  it('gives a free conversation to whoever comes first', () => {
    expect(taken({}, zhou, undefined, now)).toEqual({ desk: heldBy(zhou, now) });
    expect(taken(heldBy(zhou), lin, undefined, now)).toEqual({ refused: { code: 'held', holder: { ...zhou, since: now - 5 } } });
  });
  it('again changes nothing', () => expect(taken(heldBy(zhou), zhou, undefined, now)).toEqual({ desk: heldBy(zhou) }));
  it('over from a colleague takes naming the colleague', () => {
    expect(taken(heldBy(zhou), lin, 'u1', now)).toEqual({ desk: heldBy(lin, now) });
    expect(taken(heldBy(zhou), lin, 'u3', now)).toMatchObject({ refused: { code: 'held' } });
    expect(taken({}, lin, 'u1', now)).toEqual({ refused: { code: 'not_held' } });
  });
  it('opens what was closed', () =>
    expect(taken({ closed: { by: lin, at: 1 } }, zhou, undefined, now)).toEqual({ desk: heldBy(zhou, now) }));
});

describe('handing over', () => {
  it('leaves a note, to a colleague or to whoever takes it', () => {
    const note = { text: '等仓库回话', by: zhou, at: now };
    expect(handedOver(heldBy(zhou), zhou, lin, '等仓库回话', false, now)).toEqual({ desk: { ...heldBy(lin, now), note } });
    expect(handedOver(heldBy(zhou), zhou, undefined, '等仓库回话', false, now)).toEqual({ desk: { note } });
  });
  it('what a colleague holds is for a lead', () => {
    expect(handedOver(heldBy(zhou), lin, lin, undefined, false, now)).toMatchObject({ refused: { code: 'held' } });
    expect(handedOver(heldBy(zhou), lin, lin, undefined, true, now)).toEqual({ desk: heldBy(lin, now) });
  });
});

describe('writing', () => {
  it('takes what nobody holds and uses up the note', () => {
    expect(written({ note: { text: 'x', by: lin, at: 1 } }, zhou, now)).toEqual({ desk: heldBy(zhou, now) });
  });
  it('is refused where a colleague is at it', () =>
    expect(written(heldBy(zhou), lin, now)).toMatchObject({ refused: { code: 'held' } }));
});

describe('closing', () => {
  const waits = { ...emptyMemory, unanswered: { since: 1, count: 1 } };
  it('ends who holds it', () =>
    expect(closed(heldBy(zhou), emptyMemory, zhou, false, false, now)).toEqual({ desk: { closed: { by: zhou, at: now } } }));
  it('does not forget a buyer who waits, unless it is said so', () => {
    expect(closed({}, waits, zhou, false, false, now)).toEqual({ refused: { code: 'waits' } });
    expect(closed({}, waits, zhou, true, false, now)).toMatchObject({ desk: { closed: { by: zhou } } });
  });
  it('does not forget a reply that did not get there, unless it is said so, and knows then which it was', () => {
    expect(closed({}, emptyMemory, zhou, false, false, now, 'r1')).toEqual({ refused: { code: 'undelivered' } });
    expect(closed({}, emptyMemory, zhou, true, false, now, 'r1')).toEqual({
      desk: { closed: { by: zhou, at: now, undelivered: 'r1' } },
    });
  });
  it('of what a colleague holds is for a lead', () => {
    expect(closed(heldBy(zhou), emptyMemory, lin, true, false, now)).toMatchObject({ refused: { code: 'held' } });
    expect(closed(heldBy(zhou), emptyMemory, lin, true, true, now)).toMatchObject({ desk: { closed: { by: lin } } });
  });
  it('can be undone', () => expect(reopened({ closed: { by: lin, at: 1 } }, zhou, now)).toEqual({ desk: heldBy(zhou, now) }));
});

it('the bot keeps still for who took it, never for less than before, and speaks when it is given to the bot', () => {
  const memory = keptStill(emptyMemory, now, 10);
  expect(memory.humanUntil).toBe(now + 600_000);
  expect(keptStill(memory, now - 100, 1).humanUntil).toBe(now + 600_000);
  expect(givenToBot(memory)).toEqual(emptyMemory);
});
