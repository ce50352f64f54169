/** The compliance rules for commands that judge texts: as the service has them, without learning anew. */
import type { CompiledRules } from '../compliance/check.js';
import { loadRules } from '../compliance/load-rules.js';
import { ownParts } from '../kept-parts.js';
import { rulesWith } from '../shop/kept-rules.js';

export async function keptRules(): Promise<CompiledRules> {
  return rulesWith(await loadRules(), ownParts());
}
