/** Phrases in files: JSON with everything, a CSV with everything, and the CSV that 千牛 reads and writes (code, text, group). */
import { z } from 'zod';
import type { Instant } from '../conversation.js';
import { type CsvRow, csvRows, csvText, decoded } from '../csv.js';
import { type CodedFault, codedFault, type FaultTold } from '../fault-words.js';
import type { Phrase, PhraseWords } from '../storage/phrases.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { assess, type PhraseShop, placeholder } from './assess.js';
import { phraseVariables } from './variables.js';

export const phraseFormats = ['qianniu', 'csv', 'json'] as const;
export type PhraseFormat = (typeof phraseFormats)[number];

/** One phrase of a file. */
export interface FileRow {
  /** 1-based line of a CSV, place in a JSON list. */
  readonly line: number;
  /** What the file says; what it leaves out is not changed where the phrase exists. */
  readonly words: Partial<PhraseWords>;
  /** What is wrong with the row itself. */
  readonly faults?: readonly RowFault[];
}

export type ReadFile = { readonly format: PhraseFormat; readonly rows: readonly FileRow[] } | { readonly fault: CodedFault };

/** Wrong in one row. */
export interface RowFault extends FaultTold {
  /** Column or key; empty: the row itself. */
  readonly field: string;
}

const qianniuHeader = ['快捷短语编码', '快捷短语', '快捷短语分组'] as const;
/** Another vendor's name of the first column. */
const otherCodeHeader = '快捷编码';
const csvHeader = ['code', 'title', 'text', 'group', 'agent', 'enabled', 'validFrom', 'validTo'] as const;

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const rowSchema = z.strictObject({
  code: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  group: z.string().optional(),
  agent: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
  validFrom: moment.optional(),
  validTo: moment.optional(),
});

/** Recognises what it is by what it begins with. */
export async function readPhraseFile(bytes: Uint8Array, shop: PhraseShop, now: Instant): Promise<ReadFile> {
  const text = await decoded(bytes);
  if (/^\s*[[{]/.test(text)) return readJson(text);
  let rows: readonly CsvRow[];
  try {
    rows = await csvRows(text);
  } catch (error) {
    return { fault: codedFault('no_csv', { why: (error as Error).message }) };
  }
  const header = rows[0]?.cells.map((cell) => cell.trim()) ?? [];
  const body = rows.slice(1);
  const codeAt = Math.max(header.indexOf(qianniuHeader[0]), header.indexOf(otherCodeHeader));
  const textAt = header.indexOf(qianniuHeader[1]);
  if (codeAt >= 0 && textAt >= 0) {
    const groupAt = header.indexOf(qianniuHeader[2]);
    const names = new Map(
      phraseVariables(shop.parameters, now).map(({ name, title }) => [placeholder(title.zh), `{{ ${name} }}`]),
    );
    return {
      format: 'qianniu',
      rows: body.map(({ line, cells }) => ({
        line,
        words: {
          code: cells[codeAt] ?? '',
          text: (cells[textAt] ?? '').replace(/\{[^{}]+\}/g, (open) => names.get(open) ?? open),
          ...(groupAt >= 0 && { group: cells[groupAt] ?? '' }),
        },
      })),
    };
  }
  if (header.includes('code') && header.includes('text')) {
    return { format: 'csv', rows: body.map((row) => fromCells(header, row)) };
  }
  return { fault: codedFault('no_phrase_file', { qianniu: qianniuHeader.join(','), csv: csvHeader.join(',') }) };
}

/** What a list of phrases as HTTP tells it has beside: it may come back as it was, and changes nothing. */
const toldAlone = new Set(
  'id revision position scope uses lastUsedAt createdAt changedAt changedBy characters gaps open findings verdict'.split(' '),
);

/** Without what is only told. */
function asWritten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !toldAlone.has(key)));
}

function readJson(text: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: codedFault('no_json', { why: (error as Error).message }) };
  }
  const list = Array.isArray(value) ? value : (value as { phrases?: unknown }).phrases;
  if (!Array.isArray(list)) return { fault: codedFault('no_phrase_list') };
  return { format: 'json', rows: list.map((one: unknown, at) => rowOf(at + 1, asWritten(one))) };
}

function rowOf(line: number, value: unknown): FileRow {
  const checked = checkValue(rowSchema, value);
  if (checked.ok) return { line, words: checked.value as Partial<PhraseWords> };
  const faults = checked.faults.map(({ path, ...told }) => ({ field: pathWords(path), ...told }));
  const { code } = (typeof value === 'object' && value !== null ? value : {}) as { code?: unknown };
  return { line, words: typeof code === 'string' ? { code } : {}, faults };
}

const yes = new Set(['true', '1', 'yes', '是']);
const no = new Set(['false', '0', 'no', '否']);

function fromCells(header: readonly string[], { line, cells }: CsvRow): FileRow {
  const given: Record<string, unknown> = {};
  for (const name of csvHeader) {
    const cell = cells[header.indexOf(name)];
    if (cell === undefined) continue;
    const word = cell.trim();
    if (name === 'enabled') {
      if (word !== '') given.enabled = yes.has(word.toLowerCase()) ? true : no.has(word.toLowerCase()) ? false : word;
    } else if (name === 'agent' || name === 'validFrom' || name === 'validTo') {
      if (word !== '') given[name] = word;
    } else given[name] = cell;
  }
  return rowOf(line, given);
}

const iso = (at: Instant | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

/** Phrases as a file. 千牛 has no Liquid: there the text goes as it reads in this shop now. */
export function phraseFile(phrases: readonly Phrase[], format: PhraseFormat, shop: PhraseShop, now: Instant): string {
  if (format === 'json') {
    const all = phrases.map(({ code, title, text, group, agent, enabled, validFrom, validTo }) => ({
      code,
      title,
      text,
      group,
      agent,
      enabled,
      validFrom: iso(validFrom),
      validTo: iso(validTo),
    }));
    return `${JSON.stringify({ phrases: all }, null, 2)}\n`;
  }
  if (format === 'csv') {
    const rows = phrases.map((one) => [
      one.code,
      one.title,
      one.text,
      one.group,
      one.agent ?? '',
      String(one.enabled),
      iso(one.validFrom) ?? '',
      iso(one.validTo) ?? '',
    ]);
    return csvText([csvHeader, ...rows]);
  }
  return csvText([qianniuHeader, ...phrases.map((one) => [one.code, plainTextOf(one, shop, now), one.group])]);
}

/** As it reads in this shop now. */
export function plainTextOf({ text }: Pick<PhraseWords, 'text'>, shop: PhraseShop, now: Instant): string {
  const assessed = assess(text, shop, now);
  return 'verdict' in assessed ? assessed.text : text;
}
