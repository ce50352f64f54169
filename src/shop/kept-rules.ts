/** The compliance rules with what their line reader learnt before: learning anew costs a second. */
import { type CompiledRules, compileRules } from '../compliance/check.js';
import type { Rule } from '../compliance/rule.js';
import type { KeptParts } from '../kept-parts.js';

/** Rules whose line reader need not learn again what it learnt before. */
export function rulesWith(complianceRules: readonly Rule[], parts: KeptParts): CompiledRules {
  return compileRules(complianceRules, undefined, (from, make) => parts.get('lines', from, make));
}
