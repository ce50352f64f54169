/** Finds the rules: every file in rules/ is one, so a rule is added by adding its file. Read once, at the start. */
import { readdir } from 'node:fs/promises';
import type { Rule } from './rule.js';

const ownRules = new URL('./rules/', import.meta.url);

/** All rules of a directory (ends with `/`), by name. Throws on a file that is no rule, naming it. */
export async function loadRules(directory = ownRules): Promise<readonly Rule[]> {
  const names = (await readdir(directory)).filter((name) => /^[a-z-]+\.[jt]s$/.test(name)).sort();
  return Promise.all(names.map((name) => loadRule(directory, name)));
}

async function loadRule(directory: URL, name: string): Promise<Rule> {
  const { rule } = (await import(new URL(name, directory).href)) as { rule?: Rule };
  if (rule === undefined || typeof rule.check !== 'function') throw new Error(`compliance/rules/${name} exports no rule`);
  const id = name.replace(/\.[jt]s$/, '');
  if (rule.id !== id) throw new Error(`compliance/rules/${name} exports a rule called ${rule.id}: name the file after it`);
  if (directory === ownRules) house.add(rule);
  return rule;
}

const house = new WeakSet<Rule>();

/** Whether it is one of the house's own, which the version of the code tells. */
export function isHouseRule(rule: Rule): boolean {
  return house.has(rule);
}
