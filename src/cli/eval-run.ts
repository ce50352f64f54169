/** Runs of `zaima eval` kept for comparing: what was found in each message, and not a word of the buyers. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { checkValue, pathWords } from '../zod-faults.js';
import { CommandError } from './command-error.js';
import { mistakeCount, mistakesOf } from './confusion.js';
import type { EvaluatedMessage, Evaluation } from './eval-command.js';
import { type Score, scoreOf } from './score.js';

const runSchema = z.object({
  format: z.literal('zaima-eval-1', 'name a file that `zaima eval --save` wrote'),
  at: z.string(),
  shop: z.string().optional(),
  /** Content hash of the shop's knowledge that it was made with. */
  knowledge: z.string().optional(),
  /** The folder of intents that it was made with, where there was no shop. */
  intents: z.string().optional(),
  messages: z.array(
    z.object({
      id: z.string(),
      /** Hash of the text: tells a message that was rewritten. */
      text: z.string(),
      labels: z.array(z.string()),
      also: z.array(z.string()),
      natural: z.boolean(),
      intents: z.array(z.string()),
      auto: z.boolean(),
    }),
  ),
});

export type SavedRun = z.infer<typeof runSchema>;

/** A message that is understood otherwise than in the saved run. */
export interface ChangedMessage {
  readonly message: EvaluatedMessage;
  readonly before: readonly string[];
}

export interface RunDiff {
  readonly since: string;
  /** Messages in both runs with the same words and labels; the scores are of these. */
  readonly compared: number;
  readonly notBefore: number;
  readonly gone: number;
  readonly relabelled: number;
  readonly before: Score;
  readonly now: Score;
  /** Fewer mistakes than before. */
  readonly better: readonly ChangedMessage[];
  readonly worse: readonly ChangedMessage[];
  /** As many mistakes, but others. */
  readonly otherwise: readonly ChangedMessage[];
}

export function savedRun(evaluation: Evaluation, now: number): SavedRun {
  const { shop, folder } = evaluation;
  return {
    format: 'zaima-eval-1',
    at: new Date(now).toISOString(),
    ...(shop === undefined ? { intents: folder } : { shop: shop.id, knowledge: shop.revision }),
    messages: evaluation.messages.map(({ gold, predicted }) => ({
      id: gold.id,
      text: hashOf(gold.text),
      labels: [...gold.labels],
      also: [...gold.also],
      natural: gold.natural,
      intents: [...predicted.intents],
      auto: predicted.auto,
    })),
  };
}

/** @throws CommandError where its folder is not there */
export function writeRun(file: string, run: SavedRun): void {
  if (!existsSync(dirname(file))) throw new CommandError(`${dirname(file)} is not there: make the folder, or name another`);
  writeFileSync(file, `${JSON.stringify(run)}\n`);
}

/** @throws CommandError for a file that is no saved run */
export function readRun(file: string): SavedRun {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${file} is no saved run: it is not JSON (${error.message})`);
    throw error;
  }
  const checked = checkValue(runSchema, value);
  if (checked.ok) return checked.value;
  const [{ path, problem, mend }] = checked.faults as [(typeof checked.faults)[number]];
  throw new CommandError(`${file} is no saved run: ${pathWords(path) || 'it'} ${problem}: ${mend}`);
}

/** Which messages are understood better or worse than in a saved run. */
export function diffOf(saved: SavedRun, evaluation: Evaluation): RunDiff {
  const keyOf = (id: string, hash: string) => `${id} ${hash}`;
  const earlier = new Map(saved.messages.map((one) => [keyOf(one.id, one.text), one]));
  const both: { readonly message: EvaluatedMessage; readonly before: SavedRun['messages'][number] }[] = [];
  const seen = new Set<string>();
  let notBefore = 0;
  let relabelled = 0;
  for (const message of evaluation.messages) {
    const key = keyOf(message.gold.id, hashOf(message.gold.text));
    const before = earlier.get(key);
    seen.add(key);
    if (before === undefined) notBefore++;
    else if (!sameIds(before.labels, message.gold.labels) || !sameIds(before.also, message.gold.also)) relabelled++;
    else both.push({ message, before });
  }
  const changes = both
    .filter(({ message, before }) => !sameIds(message.predicted.intents, before.intents))
    .map(({ message, before }) => ({
      message,
      before: before.intents,
      gain: mistakeCount(mistakesOf(message.gold, before.intents)) - mistakeCount(message.mistakes),
    }))
    // What is found beside a label that may be found or not makes no odds.
    .filter(({ gain, before, message }) => gain !== 0 || !sameMistakes(message, before));
  const changed = (isWanted: (gain: number) => boolean) =>
    changes.filter(({ gain }) => isWanted(gain)).map(({ message, before }) => ({ message, before }));
  return {
    since: saved.at,
    compared: both.length,
    notBefore,
    gone: [...earlier.keys()].filter((key) => !seen.has(key)).length,
    relabelled,
    before: scoreOf(both.map(({ message, before }) => ({ gold: message.gold, predicted: before }))),
    now: scoreOf(both.map(({ message }) => message)),
    better: changed((gain) => gain > 0),
    worse: changed((gain) => gain < 0),
    otherwise: changed((gain) => gain === 0),
  };
}

function sameMistakes(message: EvaluatedMessage, before: readonly string[]): boolean {
  const were = mistakesOf(message.gold, before);
  return sameIds(were.missed, message.mistakes.missed) && sameIds(were.extra, message.mistakes.extra);
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
