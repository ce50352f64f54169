/** What becomes of a text with findings: for an agent who types it, and for whoever sends it. */
import type { Finding } from '../conversation.js';

/** `send`: nothing speaks against it; `warn`: hints only; `stop`: it costs points or is never allowed. */
export type Verdict = 'send' | 'warn' | 'stop';

export interface Judgement {
  readonly verdict: Verdict;
  /** Penalty points of the platform: each rule once, however often a text breaks it, as one breach is punished once. */
  readonly points: number;
}

/** The gravest finding decides. */
export function judge(findings: readonly Finding[]): Judgement {
  const pointsOf = new Map(findings.map(({ rule, points }) => [rule, points]));
  let points = 0;
  for (const one of pointsOf.values()) points += one;
  const isGrave = findings.some(({ severity }) => severity !== 'hint');
  return { verdict: isGrave ? 'stop' : findings.length > 0 ? 'warn' : 'send', points };
}
