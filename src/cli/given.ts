/** What several commands are given or work on: moments and numbers of options, the configuration, a shop by its name. */
import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { type Config, loadConfig } from '../config.js';
import { type Fault, FaultyFiles } from '../errors.js';
import { home } from '../paths.js';
import type { Shop } from '../shop/shop.js';
import { CommandError } from './command-error.js';

const moment = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);
export const writeMoment = 'write a day that there is, the time and the zone as ISO 8601, e.g. 2026-10-01T23:10:00+08:00';

/** Whether it names a moment: a day that there is, and a zone, since a shop's is seldom the machine's. */
export function isMoment(value: string): boolean {
  return moment.safeParse(value).success;
}

/** @returns milliseconds; for options of moments */
export function instant(value: string): number {
  if (!isMoment(value)) throw new InvalidArgumentError(writeMoment);
  return Date.parse(value);
}

/** For options of numbers. */
export function count(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('write a whole number');
  return Number(value);
}

/** @throws FaultyFiles with all errors; warnings pass */
export function stopOnErrors(faults: readonly Fault[]): void {
  const errors = faults.filter((fault) => fault.severity === 'error');
  if (errors.length > 0) throw new FaultyFiles(errors);
}

/** For options of how sure something is, 0 to 1. */
export function confidence(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('write a number from 0 to 1, e.g. 0.75');
  return number;
}

/** For commands that take `--intents`. */
export function thresholdOption(): Option {
  const what = 'with --intents and examples alone: below it no intent comes back (default: told from the examples)';
  return new Option('--threshold <confidence>', what).argParser(confidence);
}

/** @throws CommandError for a threshold without a folder: a shop's intents have their own */
export function mustGoWithFolder(threshold: number | undefined, folder: string | undefined): void {
  if (threshold !== undefined && folder === undefined) throw new CommandError('--threshold goes with --intents');
}

/** The service's configuration. @throws FaultyFiles */
export function checkedConfig(): Config {
  const { value, faults } = loadConfig(join(home, 'config/service.yaml'), process.env);
  stopOnErrors(faults);
  return value!;
}

/** Without reading what is in the files: away and tokens are none of theirs. */
export async function mustHaveFile(id: string): Promise<void> {
  const { shopFileNames } = await import('../shop/knowledge-files.js');
  const names = shopFileNames(home);
  if (!names.has(id)) throw new CommandError(`there is no shop "${id}"; config/shops has: ${[...names.keys()].join(', ')}`);
}

/** A shop as the files say it now. @throws FaultyFiles, CommandError */
export async function shopNamed(id: string): Promise<Shop> {
  const [{ loadKnowledge }, { loadRules }] = await Promise.all([
    import('../shop/knowledge.js'),
    import('../compliance/load-rules.js'),
  ]);
  const { shops, faults } = loadKnowledge(home, await loadRules());
  stopOnErrors(faults);
  const found = shops.get(id);
  if (found === undefined) throw new CommandError(`there is no shop "${id}"; config/shops has: ${[...shops.keys()].join(', ')}`);
  return found;
}

/** The language of what a command tells. */
export function languageOption(): Option {
  return new Option('--lang <language>', 'language of the reasons').choices(['zh', 'en']).default('zh');
}

const mostNamed = 10;

/** @throws CommandError for the id of a product that the shop does not have */
export function mustHaveProduct({ parameters }: Shop, id: string | undefined): void {
  if (id === undefined || parameters.products.some((one) => one.id === id)) return;
  const ids = parameters.products.map((one) => one.id);
  const named = ids.slice(0, mostNamed).join(', ') + (ids.length > mostNamed ? `, and ${ids.length - mostNamed} more` : '');
  throw new CommandError(
    ids.length === 0 ? `there is no product "${id}": the shop names none` : `there is no product "${id}"; the shop has: ${named}`,
  );
}
