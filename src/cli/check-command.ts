/** `zaima check`: all files and settings, all faults at once; and each intent's own tests, so that a mended pattern is seen to work. */
import { join } from 'node:path';
import { demoShop, secretVariable, shopSecret } from '../access/shop-secret.js';
import { loadRules } from '../compliance/load-rules.js';
import { loadConfig } from '../config.js';
import { type Fault, faultLine } from '../errors.js';
import { loadKnowledge } from '../shop/knowledge.js';
import type { Shop } from '../shop/shop.js';
import { understand } from '../understanding/understand.js';

export interface CheckResult {
  readonly lines: readonly string[];
  readonly errors: number;
}

export async function checkLines(home: string, environment: Readonly<Record<string, string | undefined>>): Promise<CheckResult> {
  const config = loadConfig(join(home, 'config/service.yaml'), environment);
  const knowledge = loadKnowledge(home, await loadRules());
  const faults: Fault[] = [...config.faults, ...knowledge.faults];
  if (config.value !== undefined) {
    for (const shop of knowledge.shops.keys()) {
      // The demo shop's own secret is made at its first start, not by looking.
      if (shop === demoShop && (environment[secretVariable(shop)] ?? '') === '') continue;
      faults.push(...shopSecret(shop, environment, config.value.dataDir).faults);
    }
  }
  const [first] = knowledge.shops.values();
  if (first !== undefined) faults.push(...ownTestFaults(first));
  const errors = faults.filter((fault) => fault.severity === 'error').length;
  const warnings = faults.length - errors;
  const intents = first?.intents.size ?? 0;
  const summary = `${counted(knowledge.shops.size, 'shop')}, ${counted(intents, 'intent')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return { lines: [...faults.map(faultLine), summary], errors };
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Each intent file's `tests`: what must be understood as it, with which ask, and what must not. */
export function ownTestFaults(shop: Shop): readonly Fault[] {
  const faults: Fault[] = [];
  const today = shop.today(Date.now());
  for (const [id, intent] of shop.intents) {
    const fault = (path: string, problem: string, mend: string) =>
      faults.push({ file: `intents/${id}.yaml`, path, problem, mend, severity: 'error' });
    intent.tests.yes.forEach((entry, at) => {
      const test = typeof entry === 'string' ? { say: entry } : entry;
      const found = understand(test.say, shop.model, { today }).intents;
      const mine = found.find((one) => one.id === id);
      const understood = found.map((one) => `${one.id} (${one.ask})`).join(', ') || 'none';
      if (mine === undefined)
        fault(`tests.yes[${at}]`, `"${test.say}" is understood as ${understood}`, 'Add or mend a pattern, or take the test out.');
      else if (test.ask !== undefined && mine.ask !== test.ask)
        fault(`tests.yes[${at}].ask`, `"${test.say}" asks ${mine.ask}, not ${test.ask}`, 'Give the pattern its ask.');
    });
    intent.tests.no.forEach((say, at) => {
      if (understand(say, shop.model, { today }).intents.some((one) => one.id === id))
        fault(`tests.no[${at}]`, `"${say}" is understood as ${id}`, 'Add an `unless`, or narrow the pattern.');
    });
  }
  return faults;
}
