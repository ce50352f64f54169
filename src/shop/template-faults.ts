/**
 * Compliance of what is written in the files: a reply that breaks a rule would never be sent, and nobody would know why. Each
 * wording is filled in with every combination of what its conditions ask and checked as a buyer would read it.
 */
import { type CompiledRules, check } from '../compliance/check.js';
import type { CheckContext } from '../compliance/rule.js';
import type { Condition, Facts } from '../composing/facts.js';
import { type CompiledTemplate, compileTemplate, TemplateFault } from '../composing/template.js';
import { textOf } from '../composing/wordings.js';
import type { Finding } from '../conversation.js';
import type { Fault } from '../errors.js';
import { codedFault } from '../fault-words.js';
import { noParts } from '../kept-parts.js';
import { atOnce, type Steps } from '../understanding/steps.js';
import type { IntentFile } from './intent-file.js';
import type { ReplyWordsFile } from './reply-words.js';
import { combinations, mostCombinations, sampleFreeShipping } from './sample-facts.js';

interface Written {
  readonly source: string;
  readonly file: string;
  readonly path: string;
  readonly when?: Readonly<Record<string, Condition>>;
  /** Said to accounts that did not order. */
  readonly isForOthers?: boolean;
}

/** All wordings of all intents and the words around them. */
export function templateFaults(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  rules: CompiledRules,
  words?: { readonly path: string; readonly value: ReplyWordsFile },
): readonly Fault[] {
  return atOnce(checkingTemplates(files, rules, words));
}

/**
 * The same wording by wording, so that a server can answer meanwhile.
 * @param parts where it is kept what was found in a file
 */
export function* checkingTemplates(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  rules: CompiledRules,
  words?: { readonly path: string; readonly value: ReplyWordsFile },
  parts = noParts,
): Steps<readonly Fault[]> {
  const openings = words === undefined ? [] : Object.values(words.value.openings).flat();
  const titles = files.map(({ intent }) => intent.title.zh);
  // Rules of others are known by what they do alone.
  const kept = rules.isHouse ? parts : noParts;
  const ids = rules.rules.map(({ id }) => id);
  const checked = (written: readonly Written[], before: readonly string[], matters: readonly string[]) =>
    kept.getting('checks', [ids, written, before, matters], function* () {
      const faults: Fault[] = [];
      for (const one of written) {
        yield;
        faults.push(...faultsIn(one, rules, before, matters));
      }
      return faults;
    });
  const faults: Fault[] = [];
  for (const { path, intent } of files) faults.push(...(yield* checked(writtenIn(path, intent), ['', ...openings], [])));
  if (words !== undefined) faults.push(...(yield* checked(writtenAround(words.path, words.value), [''], titles)));
  return faults;
}

function writtenIn(file: string, intent: IntentFile): Written[] {
  const isForOthers = intent.othersOrder;
  const replies = intent.replies.flatMap(({ texts, short, when }, at) => [
    ...texts.map((source, k) => ({ source, file, path: `replies[${at}].texts[${k}]`, when, isForOthers })),
    { source: short, file, path: `replies[${at}].short`, when, isForOthers },
  ]);
  const holding = intent.holding.flatMap((entry, at) =>
    typeof entry === 'string'
      ? [{ source: entry, file, path: `holding[${at}]`, isForOthers }]
      : entry.texts.map((source, k) => ({ source, file, path: `holding[${at}].texts[${k}]`, when: entry.when, isForOthers })),
  );
  return [...replies, ...holding];
}

function writtenAround(file: string, { openings, leftOpen, holding, seen, busy }: ReplyWordsFile): Written[] {
  const list = (sources: readonly string[], path: string) =>
    sources.map((source, at) => ({ source, file, path: `${path}[${at}]` }));
  return [
    ...Object.entries(openings).flatMap(([address, sources]) => list(sources, `openings.${address}`)),
    ...list(leftOpen.withTime, 'leftOpen.withTime'),
    ...list(leftOpen.withoutTime, 'leftOpen.withoutTime'),
    ...list(holding.withTime, 'holding.withTime'),
    ...list(holding.withoutTime, 'holding.withoutTime'),
    { source: holding.shortest, file, path: 'holding.shortest' },
    ...list(seen, 'seen'),
    ...list(busy, 'busy'),
  ];
}

function faultsIn(written: Written, rules: CompiledRules, openings: readonly string[], matters: readonly string[]): Fault[] {
  const { source, file, path, when } = written;
  const template = compiled(source);
  // What does not compile is told by the book.
  if (template === undefined) return [];
  const known = combinations(template, when);
  if (known === undefined) {
    return [{ file, path, ...codedFault('many_combinations', { most: mostCombinations }), severity: 'warning' }];
  }
  const all = template.variables.includes('matter')
    ? known.flatMap((facts) => matters.map((matter) => ({ ...facts, matter })))
    : known;
  const seen = new Set<string>();
  const told = new Map<string, Finding>();
  for (const facts of all) {
    const text = textOf(template, facts);
    const context = contextOf(facts, written.isForOthers === true);
    const key = `${text} ${context.codEnabled} ${context.cardAccepted}`;
    if (text === undefined || seen.has(key)) continue;
    seen.add(key);
    for (const opening of openings)
      for (const finding of check(opening + text, context, rules)) told.set(`${finding.rule} ${finding.words}`, finding);
  }
  return [...told.values()].map((finding) => findingFault(finding, file, path));
}

function compiled(source: string): CompiledTemplate | undefined {
  try {
    return compileTemplate(source);
  } catch (error) {
    if (error instanceof TemplateFault) return undefined;
    throw error;
  }
}

/** Strict where a reply's conditions do not say what the shop allows. */
function contextOf(facts: Facts, isForOthers: boolean): CheckContext {
  return {
    codEnabled: facts.cod !== 'no',
    cardAccepted: facts.card_ok !== false,
    freeShipping: sampleFreeShipping,
    ...(isForOthers ? { orderOwner: false } : {}),
  };
}

/** A finding in a file: a hint is a warning, the rest is an error, because it would never be sent by itself. */
export function findingFault(finding: Finding, file: string, path: string): Fault {
  const { words, rule, because, wording } = finding;
  const values = { words, rule, because, english: finding.english?.because ?? because, wording };
  return finding.severity === 'hint'
    ? { file, path, ...codedFault('rule_broken', values, 'better'), severity: 'warning' }
    : { file, path, ...codedFault('rule_broken', values), severity: 'error' };
}
