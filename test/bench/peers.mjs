/**
 * Ways to understand a buyer's message, side by side: each learns from the intent files of the project, reads the same labelled
 * messages in a process of its own, and is measured as `zaima eval` measures.
 *
 *   npm run build && (cd test/bench && npm ci) && node test/bench/peers.mjs FILE [--tune FILE] [--only zaima,keywords]
 *
 * FILE: JSON lines {id?, text, labels, also?, natural?}. Prints a table in Markdown, then one line of JSON; no message is shown.
 * --tune: labelled messages on which each reader's threshold is chosen by F1 over all intents; left out: the readers' own.
 */
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const several = 'all it finds';
const one = 'one';
/** `threshold`: the library's own, used without --tune; undefined: it has already decided. */
const readers = [
  { key: 'zaima', name: 'Zaima', gives: several, threshold: undefined },
  { key: 'zaimaExamples', name: 'Zaima, examples alone', gives: one, threshold: 0.35 },
  { key: 'nlpjs', name: 'nlp.js 4 (@nlpjs/basic, lang-zh)', gives: one, threshold: 0.5 },
  { key: 'naturalLogistic', name: 'natural 8, logistic regression', gives: one, threshold: 0.5 },
  { key: 'naturalBayes', name: 'natural 8, naive Bayes', gives: one, threshold: 0 },
  { key: 'keywords', name: 'keyword list', gives: several, threshold: 2 },
];
const thresholdsTried = 60;
/** A shop that is answered for wrongly loses more than it gains: what each reader finds when it must keep still this often. */
const mostAlarm = 0.15;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tune: { type: 'string' }, only: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) fail('name a file of labelled messages: node test/bench/peers.mjs FILE [--tune FILE]');
if (!existsSync(join(root, 'dist/cli/score.js'))) fail('dist/ is not there: npm run build');
const { scoreOf } = await import('../../dist/cli/score.js');
const { noMatter } = await import('./peers/examples.mjs');

const gold = labelled(file);
const tune = values.tune === undefined ? [] : labelled(values.tune);
const wanted = values.only?.split(',') ?? readers.map(({ key }) => key);
const unknown = wanted.filter((key) => !readers.some((reader) => reader.key === key));
if (unknown.length > 0) fail(`there is no reader ${unknown.join(', ')}; there are ${readers.map(({ key }) => key).join(', ')}`);

const results = [];
for (const reader of readers.filter(({ key }) => wanted.includes(key))) {
  process.stderr.write(`${reader.name} …\n`);
  results.push({ ...reader, ...measured(reader, await run(reader.key)) });
}
const hasNatural = gold.some((message) => message.natural);
console.log(table());
console.log(JSON.stringify({ messages: gold.length, tunedOn: tune.length, readers: results }));

/** Each in a process of its own, so that memory and compiled code are its own too. */
function run(reader) {
  return new Promise((done, broken) => {
    const child = fork(join(import.meta.dirname, 'peers/child.mjs'), {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('error', broken);
    child.once('exit', (code) => broken(new Error(`${reader} ended with ${code}`)));
    child.once('message', (told) => {
      child.removeAllListeners('exit');
      child.disconnect();
      if (told.failed === undefined) done(told);
      else broken(new Error(`${reader}: ${told.failed}`));
    });
    child.send({ reader, texts: gold.map(({ text }) => text), tuneTexts: tune.map(({ text }) => text) });
  });
}

function measured(reader, { found, tuneFound, trainSeconds, memoryBytes, medianMicroseconds }) {
  const isDecided = reader.threshold === undefined;
  const threshold = isDecided ? undefined : tune.length === 0 ? reader.threshold : bestThreshold(reader, tuneFound, 1);
  const careful = isDecided || tune.length === 0 ? undefined : bestThreshold(reader, tuneFound, mostAlarm);
  const { f1All, f1Core, falseAlarm } = scored(reader, gold, found, threshold);
  const natural = scored(
    reader,
    gold.filter((message) => message.natural),
    found.filter((_, at) => gold[at].natural),
    threshold,
  );
  const quiet = careful === undefined ? undefined : scored(reader, gold, found, careful);
  return {
    f1Core,
    f1All,
    falseAlarm,
    ...(natural.messages > 0 && { natural: { f1Core: natural.f1Core, f1All: natural.f1All, falseAlarm: natural.falseAlarm } }),
    ...(quiet !== undefined && {
      careful: { threshold: careful, f1Core: quiet.f1Core, f1All: quiet.f1All, falseAlarm: quiet.falseAlarm },
    }),
    medianMicroseconds,
    trainSeconds,
    memoryMegabytes: memoryBytes / 2 ** 20,
    threshold,
  };
}

function scored(reader, messages, found, threshold) {
  return scoreOf(
    messages.map((message, at) => ({ gold: message, predicted: { intents: kept(reader, found[at], threshold), auto: false } })),
  );
}

function kept({ gives }, found, threshold) {
  const sure = threshold === undefined ? found : found.filter(({ confidence }) => confidence >= threshold);
  return (gives === one ? sure.slice(0, 1) : sure).map(({ id }) => id).filter((id) => id !== noMatter);
}

/** The best on the messages to tune on, of thresholds spread over the scores that occur; the highest where all alarm too often. */
function bestThreshold(reader, found, alarm) {
  const scores = found.flatMap(([first]) => (first === undefined ? [] : [first.confidence])).sort((a, b) => a - b);
  const tried = [
    0,
    ...Array.from({ length: thresholdsTried }, (_, i) => scores[Math.floor((i * scores.length) / thresholdsTried)]),
    scores.at(-1),
  ];
  let best = { threshold: scores.at(-1), f1: -1 };
  for (const threshold of tried) {
    const { f1All: f1, falseAlarm } = scored(reader, tune, found, threshold);
    if (f1 > best.f1 && falseAlarm <= alarm) best = { threshold, f1 };
  }
  return best.threshold;
}

function table() {
  const head = [
    'reader',
    'intents a message',
    'F1 core',
    'F1 all',
    ...(hasNatural ? ['F1 core, natural mix', 'F1 all, natural mix'] : []),
    'false alarm',
    ...(tune.length > 0 ? ['F1 all, kept to few alarms', 'its false alarm'] : []),
    'µs a message',
    'training s',
    'memory MB',
  ];
  const rows = results.map((one) => [
    one.name,
    one.gives,
    one.f1Core.toFixed(3),
    one.f1All.toFixed(3),
    ...(hasNatural ? [one.natural.f1Core.toFixed(3), one.natural.f1All.toFixed(3)] : []),
    one.falseAlarm.toFixed(3),
    ...(tune.length > 0 ? [(one.careful ?? one).f1All.toFixed(3), (one.careful ?? one).falseAlarm.toFixed(3)] : []),
    one.medianMicroseconds < 100 ? one.medianMicroseconds.toFixed(1) : Math.round(one.medianMicroseconds).toString(),
    one.trainSeconds.toFixed(2),
    Math.round(one.memoryMegabytes).toString(),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function labelled(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      let value;
      try {
        value = JSON.parse(line);
      } catch (error) {
        fail(`${path} line ${at + 1} is not JSON: ${error.message}`);
      }
      const { text, labels, also, natural } = value;
      if (typeof text !== 'string' || !Array.isArray(labels))
        fail(`${path} line ${at + 1}: a labelled message has "text" and "labels"`);
      return [{ id: String(value.id ?? at + 1), text, labels, also: also ?? [], natural: natural ?? false }];
    });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
