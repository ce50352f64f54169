/**
 * What each kind of noise costs on labelled messages: F1 over all intents and over the core eight, beside the clean text.
 * `dropped` and `initials` (of any two characters) take away what was said, so that nobody could tell all of it.
 * After a build: `node test/bench/noise.mjs FILE.jsonl [SEEDS] [KIND,…]`; the lines are those of `zaima eval`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { scoreOf } from '../../dist/cli/score.js';
import { loadRules } from '../../dist/compliance/load-rules.js';
import { loadKnowledge } from '../../dist/shop/knowledge.js';
import { understand } from '../../dist/understanding/understand.js';
import { commonCharacters } from '../understanding/noise/common.mjs';
import { noiseKinds, randomOf } from '../understanding/noise/kinds.mjs';

const root = resolve(import.meta.dirname, '../..');
const [file, seeds = '3', chosen] = process.argv.slice(2);
if (file === undefined) throw new Error('name a file of labelled messages');
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ also: [], ...JSON.parse(line) }));
const shop = loadKnowledge(root, await loadRules()).shops.get('demo');
const { syllables, abbreviations } = parse(readFileSync(resolve(root, 'intents/languages/zh.yaml'), 'utf8'));
const kinds = noiseKinds(syllables, commonCharacters, abbreviations);

const predicted = (text) => ({
  intents: understand(text, shop.model, { today: '2026-10-01' }).intents.map(({ id }) => id),
  auto: false,
});
const shown = (value) => value.toFixed(3);

const cleanOf = (gold) => scoreOf(gold.map((row) => ({ gold: row, predicted: predicted(row.text) })));
const clean = cleanOf(rows);
console.log(
  `${'clean'.padEnd(13)} F1 ${shown(clean.f1All)}  F1(core) ${shown(clean.f1Core)}  false alarm ${shown(clean.falseAlarm)}`,
);

/** What few messages can hold is scored in those alone that do. */
const rare = ['abbreviated'];
const rareOnes = new Map(rare.map((kind) => [kind, rows.filter(({ text }) => kinds[kind](text, randomOf(1)) !== text)]));

/** Two messages typed as one: what both want is to be found. */
function joined(random, between) {
  const pairs = rows.map((one) => {
    const other = rows[Math.floor(random() * rows.length)];
    const all = [one, other];
    if (all.some(({ labels }) => labels.length === 0)) return { ...one };
    const labels = [...new Set(all.flatMap(({ labels }) => labels))].filter((id) => id !== 'none');
    const also = [...new Set(all.flatMap(({ also }) => also)), 'none'].filter((id) => !labels.includes(id));
    return { text: one.text + between + other.text, labels: labels.length === 0 ? ['none'] : labels, also, natural: false };
  });
  return scoreOf(pairs.map((gold) => ({ gold, predicted: predicted(gold.text) })));
}

const each = {
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, noise]) => {
      const gold = rareOnes.get(name) ?? rows;
      return [name, (random) => scoreOf(gold.map((row) => ({ gold: row, predicted: predicted(noise(row.text, random)) })))];
    }),
  ),
  'two by ,': (random) => joined(random, '，'),
  'two by space': (random) => joined(random, ' '),
  'two by line': (random) => joined(random, '\n'),
  'two by none': (random) => joined(random, ''),
};
for (const [name, score] of Object.entries(each)) {
  if (chosen !== undefined && !chosen.split(',').includes(name)) continue;
  const scores = Array.from({ length: Number(seeds) }, (_, seed) => score(randomOf(seed + 1)));
  const mean = (of) => scores.reduce((sum, one) => sum + of(one), 0) / scores.length;
  const [all, core, alarm] = [mean((one) => one.f1All), mean((one) => one.f1Core), mean((one) => one.falseAlarm)];
  const few = rareOnes.get(name);
  const before = few === undefined ? clean : cleanOf(few);
  const beside =
    few === undefined
      ? ''
      : `  in ${few.length} messages, clean F1 ${shown(before.f1All)}, false alarm ${shown(before.falseAlarm)}`;
  console.log(
    `${name.padEnd(13)} F1 ${shown(all)} (${shown(all - before.f1All)})  F1(core) ${shown(core)} (${shown(core - before.f1Core)})  false alarm ${shown(alarm)}${beside}`,
  );
}
