/** Compliance of what is written in the files: a reply that breaks a rule would never be sent, and nobody would know why. */
import { type CompiledRules, check } from '../compliance/check.js';
import type { Fault } from '../errors.js';
import type { IntentFile } from './intent-file.js';

/** Strict where a shop might allow more: what depends on a shop's own terms is checked when the reply is made. */
const context = { codEnabled: false, cardAccepted: true };

/** Each wording of each reply without its Liquid, so that only the owner's own words are judged. */
export function templateFaults(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  rules: CompiledRules,
): readonly Fault[] {
  return files.flatMap(({ path, intent }) => [
    ...intent.replies.flatMap((reply, at) => [
      ...reply.texts.flatMap((text, k) => faultsIn(text, path, `replies[${at}].texts[${k}]`, rules)),
      ...faultsIn(reply.short, path, `replies[${at}].short`, rules),
    ]),
    ...intent.holding.flatMap((entry, at) =>
      typeof entry === 'string'
        ? faultsIn(entry, path, `holding[${at}]`, rules)
        : entry.texts.flatMap((text, k) => faultsIn(text, path, `holding[${at}].texts[${k}]`, rules)),
    ),
  ]);
}

function faultsIn(source: string, file: string, path: string, rules: CompiledRules): Fault[] {
  const words = source.replace(/\{%.*?%\}/g, '').replace(/\{\{.*?\}\}/g, '某');
  return check(words, context, rules).map((finding) => ({
    file,
    path,
    problem: `"${finding.words}" breaks the rule ${finding.rule}: ${finding.because}`,
    mend:
      finding.severity === 'hint'
        ? `Better: ${finding.wording}`
        : `It would never be sent by itself. Write e.g. ${finding.wording}`,
    severity: finding.severity === 'hint' ? 'warning' : 'error',
  }));
}
