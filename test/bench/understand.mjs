/**
 * Speed, size and build time of understanding alone: each line of a file is one buyer's message.
 *   npm run bench:understand -- FILE          (builds first; ROUNDS=5)
 * The floor, paired with it in one run so that the ratio holds when the machine's speed drifts: writing the same message as JSON
 * and reading it again, the least that a service does with a message anyway.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const rounds = Number(process.env.ROUNDS ?? 5);
const longCharacters = 4000;
const from = (path) => import(`${root}/dist/${path}`);

const share = (numbers, part) =>
  Float64Array.from(numbers).sort()[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const median = (numbers) => share(numbers, 0.5);

/** One call after the other, in microseconds each. */
function timed(texts, work) {
  const micros = new Float64Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const since = performance.now();
    work(texts[i]);
    micros[i] = (performance.now() - since) * 1000;
  }
  return micros;
}

/** A process of its own that prints one line of JSON. */
function alone(code) {
  const child = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

const sizes = `gc(); gc(); const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  console.log(JSON.stringify({ rss, heap: heapUsed + arrayBuffers, ...(typeof made === 'undefined' ? {} : made) }));`;
const building = `
  const { loadKnowledge } = await import('${root}/dist/shop/knowledge.js');
  const { loadRules } = await import('${root}/dist/compliance/load-rules.js');
  const { understand } = await import('${root}/dist/understanding/understand.js');
  const rules = await loadRules();
  const readyAt = performance.now();
  const { model } = loadKnowledge('${root}', rules).shops.get('demo');
  const made = { imports: readyAt, build: performance.now() - readyAt };
  understand('包邮吗', model);`;
/** The model alone, from the files of intents, messages and language to the first message understood, without shops and replies. */
const modelling = `
  const { join } = await import('node:path');
  const { loadIntents } = await import('${root}/dist/shop/load-intents.js');
  const { languageFile } = await import('${root}/dist/shop/knowledge-files.js');
  const { languageSchema } = await import('${root}/dist/shop/language-file.js');
  const { rememberingMessages } = await import('${root}/dist/shop/message-files.js');
  const { compilingModel } = await import('${root}/dist/shop/model.js');
  const { atOnce } = await import('${root}/dist/understanding/steps.js');
  const { understand } = await import('${root}/dist/understanding/understand.js');
  const { ownParts } = await import('${root}/dist/kept-parts.js');
  const { rememberingYaml } = await import('${root}/dist/yaml-file.js');
  const readyAt = performance.now();
  const parts = ownParts();
  const load = rememberingYaml(parts);
  const { files } = loadIntents(join('${root}', 'intents'), '${root}', load);
  const language = load(join('${root}', languageFile), languageSchema, { shownAs: languageFile, schema: 'language' }).value;
  const { messages } = rememberingMessages()('${root}', () => true);
  const words = { names: [], colours: [], details: [] };
  const { model } = atOnce(compilingModel(files, language, languageFile, words, messages, parts));
  const made = { found: understand('包邮吗', model).intents.length, build: performance.now() - readyAt };
  if (made.found === 0) throw new Error('The model that was measured understands nothing.');`;

function tellBuild() {
  const runs = Array.from({ length: rounds }, () => [alone(sizes), alone(building + sizes)]);
  // The first may make what is kept for the next.
  alone(modelling + sizes);
  const models = Array.from({ length: rounds }, () => alone(modelling + sizes).build);
  const of = (pick) => median(runs.map(pick));
  const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  console.log(
    `process start to modules loaded ${of(([, one]) => one.imports).toFixed(0)} ms, knowledge of all shops read and compiled ${of(([, one]) => one.build).toFixed(0)} ms`,
  );
  console.log(`the model alone, read and built from its files: ${median(models).toFixed(0)} ms`);
  console.log(
    `over a bare node: resident ${megabytes(of(([bare, one]) => one.rss - bare.rss))}, heap and buffers ${megabytes(of(([bare, one]) => one.heap - bare.heap))}`,
  );
}

/** Long texts of several kinds, none of which may cost more than its length. */
function longTexts(lines) {
  let seed = 1;
  const random = (most) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const filled = (next) => {
    let text = '';
    while (text.length < longCharacters) text += next();
    return text.slice(0, longCharacters);
  };
  let at = 0;
  return {
    'messages joined by line breaks': filled(() => `${lines[at++ % lines.length]}\n`),
    'messages joined by nothing': filled(() => lines[at++ % lines.length]),
    'key words': filled(() => ['包邮吗', '什么时候发货', '能开发票吗', '可以便宜点吗', '花呗分期', '退货运费'][random(6)]),
    'one key word': filled(() => '包邮'),
    'one character': filled(() => '的'),
    'one digit': filled(() => '1'),
    'numerals and prices': filled(() => ['一', '百', '100', '块', '165', ' ', '斤', '减', '少'][random(9)]),
    'question marks': filled(() => '?'),
    'random Unicode': filled(() => String.fromCharCode(random(65536))),
    'random 汉字': filled(() => String.fromCharCode(0x4e00 + random(0x5000))),
  };
}

const file = process.argv[2];
if (file === undefined) {
  console.error('Name a file of messages, one a line: npm run bench:understand -- FILE');
  process.exit(1);
}
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const { loadKnowledge } = await from('shop/knowledge.js');
const { loadRules } = await from('compliance/load-rules.js');
const { understand } = await from('understanding/understand.js');
const { model } = loadKnowledge(root, await loadRules()).shops.get('demo');

let sink = 0;
const ours = (text) => {
  sink += understand(text, model, { today: '2026-11-20' }).intents.length;
};
const floor = (text) => {
  sink += JSON.parse(JSON.stringify({ text })).text.length;
};
for (const text of lines) {
  ours(text);
  floor(text);
}
const runs = Array.from({ length: rounds }, () => ({ floor: timed(lines, floor), ours: timed(lines, ours) }));
const figures = (pick) => ({
  median: median(runs.map((run) => median(pick(run)))),
  p99: median(runs.map((run) => share(pick(run), 0.99))),
  mean: median(runs.map((run) => pick(run).reduce((sum, one) => sum + one, 0) / lines.length)),
});
const [mine, least] = [figures((run) => run.ours), figures((run) => run.floor)];
const lengths = lines.map((line) => line.length);
console.log(
  `${lines.length} messages, ${median(lengths)} characters (median), ${share(lengths, 0.99)} (p99), ${rounds} rounds on one thread`,
);
console.log(
  `understand  median ${mine.median.toFixed(1)} µs, p99 ${mine.p99.toFixed(1)} µs, ${Math.round(1e6 / mine.mean)} messages a second`,
);
console.log(
  `JSON floor  median ${least.median.toFixed(2)} µs, p99 ${least.p99.toFixed(2)} µs: understand takes ${(mine.mean / least.mean).toFixed(1)} times as long`,
);
for (const [kind, text] of Object.entries(longTexts(lines))) {
  for (let i = 0; i < 20; i++) ours(text);
  const times = timed(
    Array.from({ length: 40 }, () => text),
    ours,
  );
  console.log(
    `${longCharacters} characters, ${kind}: median ${(median(times) / 1000).toFixed(2)} ms, longest ${(Math.max(...times) / 1000).toFixed(2)} ms`,
  );
}
tellBuild();
if (sink === 0) throw new Error('nothing was understood');
