/** Who comes next for somebody who goes from buyer to buyer: on down the round, nobody twice before all were seen. Pure. */
import type { Ranked } from './queue-order.js';

/** Whom one has seen on this round, and with what they waited then. */
export type Round = ReadonlyMap<string, string>;

/** Whoever was answered and asks anew, or is about to be lost by now, comes up once more. */
function stateOf({ conversation: { clocks }, urgency: { level } }: Ranked): string {
  return `${clocks?.since} ${level === 'undelivered' || level === 'lost' ? level : ''}`;
}

/**
 * @param waiting those who wait for me or for nobody, the most urgent first
 * @param open who stands open: seen, however one came there
 * @returns the most urgent one not seen on this round; after the last one the round begins anew. Undefined: nobody else waits
 */
export function nextInRound(
  waiting: readonly Ranked[],
  open: string | undefined,
  round: Round,
): { readonly id: string | undefined; readonly round: Round } {
  const now = new Map(waiting.map((row) => [row.conversation.id, stateOf(row)]));
  // Whoever no longer waits has left the round.
  const seen = new Map([...round].filter(([id, state]) => now.get(id) === state));
  const here = open === undefined ? undefined : now.get(open);
  if (here !== undefined) seen.set(open!, here);
  const others = waiting.map(({ conversation }) => conversation.id).filter((id) => id !== open);
  const fresh = others.find((id) => !seen.has(id));
  return fresh === undefined ? { id: others[0], round: new Map() } : { id: fresh, round: seen };
}
