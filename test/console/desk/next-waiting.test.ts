/** From buyer to buyer by one key: on down the round, never back and forth between the two most urgent. */
import { describe, expect, it } from 'vitest';
import { nextInRound, type Round } from '../../../src/console/desk/next-waiting.js';
import { ranked } from '../../../src/console/desk/queue-order.js';
import type { DeskConversation } from '../../../src/console/shared/wire.js';
import { evening, targets, waiting } from './samples.js';

/** Presses the key again and again. @param of who waits at each press */
function walk(
  presses: number,
  open: string | undefined,
  of: (press: number) => readonly DeskConversation[],
): (string | undefined)[] {
  let round: Round = new Map();
  let here = open;
  return Array.from({ length: presses }, (_, press) => {
    const next = nextInRound(ranked(of(press), targets, 'u1', evening), here, round);
    round = next.round;
    here = next.id ?? here;
    return next.id;
  });
}
const four = [waiting('a', 90), waiting('b', 80), waiting('c', 70), waiting('d', 60)];

describe('the next who waits', () => {
  it('is the most urgent not seen on this round; after the last it begins anew', () => {
    expect(walk(8, undefined, () => four)).toEqual(['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd']);
    expect(walk(5, 'c', () => four)).toEqual(['a', 'b', 'd', 'a', 'b']);
  });

  it('is whoever became urgent meanwhile, and then the round goes on', () => {
    const five = [...four, waiting('new', 5, { messages: 4 })];
    expect(walk(5, 'a', (press) => (press < 1 ? four : five))).toEqual(['b', 'new', 'c', 'd', 'new']);
  });

  it('comes back to somebody seen who is about to be lost by now, or was answered and asks anew', () => {
    const lost = [waiting('a', 160), ...four.slice(1)];
    expect(walk(3, 'a', (press) => (press < 1 ? four : lost))).toEqual(['b', 'a', 'c']);
    const again = [waiting('a', 3), ...four.slice(1)];
    expect(walk(4, 'a', (press) => (press < 1 ? four : again))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('skips who was answered meanwhile, and is nobody where nobody else waits', () => {
    expect(walk(3, 'a', (press) => (press < 1 ? four : four.slice(0, 3)))).toEqual(['b', 'c', 'a']);
    expect(walk(1, 'a', () => four.slice(0, 1))).toEqual([undefined]);
    expect(walk(1, undefined, () => [])).toEqual([undefined]);
  });
});
