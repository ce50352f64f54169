/**
 * What the rules find in a reply. Most replies of a shop are the same few texts: what was found in one is kept, as long as the
 * shop's terms are the same. What speaks of somebody's order is read anew each time and never kept.
 */
import { LRUCache } from 'lru-cache';
import { type CompiledRules, check } from '../compliance/check.js';
import type { CheckContext } from '../compliance/rule.js';
import type { Finding } from '../conversation.js';
import type { Shop } from '../shop/shop.js';

interface Kept {
  readonly rules: CompiledRules;
  readonly findings: LRUCache<string, readonly Finding[]>;
}

/** Texts of one shop. */
const mostTexts = 500;
const keptOf = new WeakMap<CheckContext, Kept>();

/** @param turn what differs from turn to turn: cash on delivery as told of the item, and whether who is told has ordered */
export function checkReply(
  text: string,
  { checkContext, rules }: Pick<Shop, 'checkContext' | 'rules'>,
  turn: Pick<CheckContext, 'codEnabled' | 'orderOwner'>,
): readonly Finding[] {
  const context = { ...checkContext, ...turn };
  if (turn.orderOwner !== undefined) return check(text, context, rules);
  let kept = keptOf.get(checkContext);
  if (kept?.rules !== rules) {
    kept = { rules, findings: new LRUCache({ max: mostTexts }) };
    keptOf.set(checkContext, kept);
  }
  const key = `${turn.codEnabled ?? ''} ${text}`;
  const known = kept.findings.get(key);
  if (known !== undefined) return known;
  const findings = check(text, context, rules);
  kept.findings.set(key, findings);
  return findings;
}
