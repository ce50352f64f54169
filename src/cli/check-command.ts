/** `zaima check`: all files and settings, all faults at once; and each intent's own tests, so that a mended pattern is seen to work. */
import { join } from 'node:path';
import { demoShop, secretVariable, shopSecret } from '../access/shop-secret.js';
import { loadRules } from '../compliance/load-rules.js';
import { loadConfig } from '../config.js';
import { callbackFault, callbackJudge } from '../connectors/address-guard.js';
import { type Fault, faultLine } from '../errors.js';
import { calendarFaults } from '../shop/calendar-faults.js';
import type { IntentFile } from '../shop/intent-file.js';
import { loadKnowledge } from '../shop/knowledge.js';
import { located, shopFileNames } from '../shop/knowledge-files.js';
import type { OwnIntent } from '../shop/overrides.js';
import type { Shop } from '../shop/shop.js';
import { understand } from '../understanding/understand.js';
import { takenQuestionFaults } from './taken-questions.js';

export interface CheckResult {
  readonly lines: readonly string[];
  readonly errors: number;
}

export async function checkLines(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  now = Date.now(),
): Promise<CheckResult> {
  const config = loadConfig(join(home, 'config/service.yaml'), environment);
  const judgeCallback = config.value === undefined ? callbackFault : callbackJudge(config.value);
  const knowledge = loadKnowledge(home, await loadRules(), undefined, judgeCallback);
  const faults: Fault[] = [...config.faults, ...knowledge.faults];
  for (const shop of shopFileNames(home).keys()) {
    // The demo shop's own secret is made at its first start, not by looking; all others come from the environment.
    if (shop === demoShop && (environment[secretVariable(shop)] ?? '') === '') continue;
    faults.push(...shopSecret(shop, environment, config.value?.dataDir ?? '', false).faults);
  }
  const all = [...knowledge.shops.values()];
  const first = all.find((shop) => shop.own.length === 0) ?? all[0];
  if (first !== undefined) faults.push(...ownTestFaults(first));
  for (const shop of all) if (shop.own.length > 0) faults.push(...shopTestFaults(shop, faults));
  faults.push(...calendarFaults(knowledge.shops, now));
  const errors = faults.filter((fault) => fault.severity === 'error').length;
  const warnings = faults.length - errors;
  const own = all.reduce((sum, shop) => sum + shop.own.length, 0);
  const shared = [...(first?.intents.keys() ?? [])].filter((id) => !first!.own.some((one) => isOwn(one, id))).length;
  const intents = counted(shared, 'intent') + (own === 0 ? '' : `, ${own} of the shops' own`);
  const summary = `${counted(all.length, 'shop')}, ${intents}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return { lines: [...located(home, faults).map(faultLine), summary], errors };
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function isOwn(one: OwnIntent, id: string): boolean {
  return one.shared === undefined && one.intent.id === id;
}

/** Each shared intent file's `tests`: what must be understood as it, with which ask, and what must not. */
export function ownTestFaults(shop: Shop): readonly Fault[] {
  return [...shop.intents]
    .filter(([id]) => !shop.own.some((one) => isOwn(one, id)))
    .flatMap(([id, intent]) => testFaults(shop, id, intent.tests, `intents/${id}.yaml`));
}

/**
 * The tests of a shop's own files; and the shared ones once more with its patterns, which must not take a question from
 * another intent. What fails without them too was told before.
 */
function shopTestFaults(shop: Shop, told: readonly Fault[]): readonly Fault[] {
  const mine = shop.own.flatMap(({ intent, tests, path }) => testFaults(shop, intent.id, tests, path));
  const broken = ownTestFaults(shop).filter((fault) => !told.some((one) => one.file === fault.file && one.path === fault.path));
  const mend = 'Narrow the patterns of this shop, or give them an `unless`.';
  const folder = `config/shops/${shop.id}/intents`;
  return [
    ...mine,
    ...takenQuestionFaults(shop),
    ...broken.map(({ file, path, problem }) => ({
      file: folder,
      path: '',
      problem: `with them ${problem} (${file} ${path})`,
      mend,
      severity: 'error' as const,
    })),
  ];
}

function testFaults(shop: Shop, id: string, tests: IntentFile['tests'], file: string): readonly Fault[] {
  const faults: Fault[] = [];
  const today = shop.today(Date.now());
  const { model } = shop;
  const fault = (path: string, problem: string, mend: string) => faults.push({ file, path, problem, mend, severity: 'error' });
  tests.yes.forEach((entry, at) => {
    const test = typeof entry === 'string' ? { say: entry } : entry;
    const found = understand(test.say, model, { today }).intents;
    const mine = found.find((one) => one.id === id);
    const understood = found.map((one) => `${one.id} (${one.ask})`).join(', ') || 'none';
    if (mine === undefined)
      fault(`tests.yes[${at}]`, `"${test.say}" is understood as ${understood}`, 'Add or mend a pattern, or take the test out.');
    else if (test.ask !== undefined && mine.ask !== test.ask)
      fault(`tests.yes[${at}].ask`, `"${test.say}" asks ${mine.ask}, not ${test.ask}`, 'Give the pattern its ask.');
  });
  tests.no.forEach((say, at) => {
    if (understand(say, model, { today }).intents.some((one) => one.id === id))
      fault(`tests.no[${at}]`, `"${say}" is understood as ${id}`, 'Add an `unless`, or narrow the pattern.');
  });
  return faults;
}
