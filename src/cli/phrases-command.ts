/** `zaima phrases import|export`: through the running server, so that clients are told at once; else on the file. */
import { readFileSync } from 'node:fs';
import { check } from '../compliance/check.js';
import type { Config } from '../config.js';
import { type Encoding, encoded } from '../csv.js';
import type { PhraseShop } from '../phrases/assess.js';
import type { Author } from '../phrases/change.js';
import { type PhraseFormat, phraseFile, readPhraseFile } from '../phrases/formats.js';
import type { ImportedRow } from '../phrases/import.js';
import { openPhraseBook } from '../phrases/phrase-book.js';
import { checkContextOf } from '../shop/shop.js';
import type { Storage } from '../storage/storage.js';
import { commandLine } from './account.js';
import { withStorage } from './admin-commands.js';
import { CommandError } from './command-error.js';
import { keptRules } from './kept-rules.js';
import { runningServer, type ServerAddress } from './server-address.js';
import { auditCli, bytesFrom, parametersAsSet } from './tables.js';

export interface ImportOrder {
  readonly file: string;
  readonly dryRun: boolean;
  readonly onExisting: 'update' | 'skip';
  readonly override: boolean;
}

export interface ExportOrder {
  readonly format: PhraseFormat;
  readonly encoding: Encoding;
}

interface Imported {
  readonly format: string;
  readonly revision: number;
  readonly rows: readonly Pick<ImportedRow, 'line' | 'code' | 'outcome' | 'because'>[];
}

/** @throws CommandError when the file cannot be read; rows that cannot be taken are told in the lines */
export async function importPhraseLines(config: Config, shop: string, order: ImportOrder): Promise<readonly string[]> {
  const bytes = readFileSync(order.file);
  const server = await runningServer(config.dataDir);
  const imported =
    server === undefined
      ? await withStorage(config, (storage) => importOnFile(storage, shop, bytes, order))
      : await importAtServer(server, shop, bytes, order);
  const count = (outcome: string) => imported.rows.filter((row) => row.outcome === outcome).length;
  return [
    ...imported.rows
      .filter(({ outcome }) => outcome !== 'unchanged')
      .map(({ line, code, outcome, because }) => `${line}  ${outcome}  ${code}${because === undefined ? '' : `  ${because}`}`),
    `${order.dryRun ? 'would be: ' : ''}${count('added')} added, ${count('changed')} changed, ${count('unchanged')} unchanged, ${count('skipped')} skipped (${imported.format})`,
  ];
}

/** Bytes of the file. */
export async function exportedPhrases(config: Config, shop: string, order: ExportOrder): Promise<Buffer> {
  const server = await runningServer(config.dataDir);
  if (server === undefined) return withStorage(config, (storage) => exportFromFile(storage, shop, order));
  const query = new URLSearchParams({ format: order.format, encoding: order.encoding });
  return bytesFrom(server, 'GET', `/v1/shops/${shop}/phrases/export?${query}`);
}

async function importAtServer(server: ServerAddress, shop: string, bytes: Buffer, order: ImportOrder): Promise<Imported> {
  const { dryRun, onExisting, override } = order;
  const query = new URLSearchParams({ dryRun: String(dryRun), onExisting, override: String(override) });
  const answer = await bytesFrom(server, 'POST', `/v1/shops/${shop}/phrases/import?${query}`, bytes);
  return JSON.parse(answer.toString()) as Imported;
}

/** Whoever sits at the machine may do everything. */
function keeper(override: boolean): Author {
  return { name: commandLine().name, mayChange: () => true, sees: '*', overrides: override ? 'everything' : 'nothing' };
}

async function importOnFile(storage: Storage, shop: string, bytes: Buffer, order: ImportOrder): Promise<Imported> {
  const judged = await asSet(storage, shop);
  const book = openPhraseBook({ storage, shop: () => judged, now: Date.now });
  const read = await readPhraseFile(bytes, judged, Date.now());
  if ('fault' in read) throw new CommandError(`${order.file} ${read.fault.problem}: ${read.fault.mend}`);
  const { format, rows } = read;
  const options = { format, onExisting: order.onExisting };
  const result = await book.importRows(shop, rows, options, keeper(order.override), order.dryRun);
  if (result === undefined || 'stale' in result) throw new CommandError('the phrases cannot be read just now');
  if (!order.dryRun) {
    const count = (outcome: string) => result.rows.filter((row) => row.outcome === outcome).length;
    const counts = { added: count('added'), changed: count('changed'), skipped: count('skipped') };
    await auditCli(storage, shop, 'imported', { what: 'phrases', format, ...counts });
  }
  return { format, revision: result.revision, rows: result.rows };
}

async function exportFromFile(storage: Storage, shop: string, { format, encoding }: ExportOrder): Promise<Buffer> {
  const judged = await asSet(storage, shop);
  const { phrases } = await openPhraseBook({ storage, shop: () => judged, now: Date.now }).set(shop);
  await auditCli(storage, shop, 'exported', { what: 'phrases', format, count: phrases.length });
  const text = phraseFile(phrases, format, judged, Date.now());
  return format === 'json' ? Buffer.from(text) : encoded(text, encoding);
}

/** With what the compliance rules must know of it. */
async function asSet(storage: Storage, id: string): Promise<PhraseShop> {
  const rules = await keptRules();
  const parameters = await parametersAsSet(storage, id, rules);
  const context = checkContextOf(parameters);
  return { parameters, check: (text) => check(text, context, rules) };
}
