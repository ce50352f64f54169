/** The lines that the product carries, as tests want them. */
import { ordinaryLines } from '../../src/compliance/lines/ordinary.js';
import { loadRules } from '../../src/compliance/load-rules.js';

export { ordinaryLines };

const rules = await loadRules();

/** Lines with the rule that has to speak. */
export const violatingLines: readonly (readonly [rule: string, line: string])[] = rules.flatMap(({ id, learned }) =>
  (learned?.lines ?? []).map((line) => [id, line] as const),
);
/** Few enough to be tried in many disguises; their patterns are the most settled. */
export const firstViolatingLines = rules.flatMap(({ id, learned }) =>
  (learned?.lines ?? []).slice(0, 30).map((line) => [id, line] as const),
);
export const firstOrdinaryLines = ordinaryLines.slice(0, 240);
