/** What an import would do and does: which phrases are added, changed, left as they are, or skipped, and why. */
import type { Finding, Instant } from '../conversation.js';
import type { Phrase, PhraseDecision, PhraseSet, PhraseWords } from '../storage/phrases.js';
import { assess, type PhraseShop } from './assess.js';
import { type Author, type Changing, changing, isSame, type PhraseOperation, type PhraseRefusal } from './change.js';
import { type FileRow, type PhraseFormat, plainTextOf, type RowFault } from './formats.js';
import type { Readings } from './pinyin.js';
import { mostPhrases, scopedCode, tidy } from './words.js';

export type ImportOutcome = 'added' | 'changed' | 'unchanged' | 'skipped';

/** Why a row is skipped. */
export type SkipReason =
  | 'duplicate_code'
  | 'exists'
  | 'too_long'
  | 'finding'
  | 'forbidden'
  | 'full'
  | 'row'
  | 'code'
  | 'title'
  | 'group'
  | 'text'
  | 'time';

export interface ImportedRow {
  readonly line: number;
  readonly code: string;
  readonly outcome: ImportOutcome;
  /** Of rows that are not skipped. */
  readonly id?: string;
  readonly why?: SkipReason;
  readonly because?: string;
  /** What is wrong with it, one by one. */
  readonly faults?: readonly RowFault[];
  readonly findings: readonly Finding[];
}

export interface ImportOptions {
  readonly format: PhraseFormat;
  /** Whose own the phrases become; undefined: the file says it, else the shop's. */
  readonly agent?: string | undefined;
  /** What becomes of a phrase whose code exists. */
  readonly onExisting: 'update' | 'skip';
  /** One for each row: a new phrase takes it. */
  readonly ids: readonly string[];
}

export interface Imported {
  readonly rows: readonly ImportedRow[];
  readonly overridden: Changing['overridden'];
}

/** Holds every row against the set as it stands and the rows before it; what is skipped changes nothing. */
export function importRows(
  set: PhraseSet,
  rows: readonly FileRow[],
  options: ImportOptions,
  author: Author,
  shop: PhraseShop,
  now: Instant,
  readings: Readings,
): PhraseDecision<Imported> {
  const { format, agent, onExisting, ids } = options;
  const changes = changing(set, author, shop, now);
  const lineOf = new Map<string, number>();
  const plainTexts = new Map(set.phrases.map((one) => [`${one.agent ?? ''} ${plainOf(one, format, shop, now)}`, one]));

  const imported = rows.map(({ line, words: given, faults: ofRow }, at): ImportedRow => {
    const owner = agent ?? given.agent;
    const scope = owner === undefined ? {} : { agent: owner };
    const { agent: _, ...rest } = tidy(given);
    const skip = (why: SkipReason, because: string, code = rest.code ?? '', more: Partial<ImportedRow> = {}): ImportedRow => ({
      line,
      code,
      outcome: 'skipped',
      why,
      because,
      findings: [],
      ...more,
    });
    if (ofRow !== undefined) return skip('row', inOneLine(ofRow), rest.code, { faults: ofRow });
    const alike = rest.code
      ? undefined
      : plainTexts.get(`${owner ?? ''} ${plainOf({ text: rest.text ?? '' }, format, shop, now)}`);
    if (alike !== undefined) return { line, code: alike.code, outcome: 'unchanged', id: alike.id, findings: [] };
    const code =
      rest.code || freeCode(rest.text ?? '', (free) => changes.holder({ code: free, ...scope }) === undefined, readings);
    const key = scopedCode({ code, ...scope });
    const before = lineOf.get(key);
    if (before !== undefined) return skip('duplicate_code', `line ${before} has the code ${code} too`, code);
    lineOf.set(key, line);

    const existing = changes.holder({ code, ...scope });
    const operation = operationFor(existing, { ...rest, ...scope, code }, ids[at]!, format, shop, now);
    if (operation === undefined) return { line, code, outcome: 'unchanged', id: existing!.id, findings: [] };
    if (existing !== undefined && onExisting === 'skip')
      return skip('exists', `there is a phrase ${existing.code} already`, code);
    const refused = changes.apply(operation, at);
    if (refused !== undefined) return skip(...whyRefused(refused, code));
    const { text } = changes.put.get(operation.id)!;
    const assessed = assess(text, shop, now);
    const findings = 'verdict' in assessed ? assessed.findings : [];
    return { line, code, outcome: operation.op === 'create' ? 'added' : 'changed', id: operation.id, findings };
  });
  return { put: [...changes.put.values()], remove: [], result: { rows: imported, overridden: changes.overridden } };
}

/** What a row without a code is recognised by. */
function plainOf(phrase: Pick<Phrase, 'text'>, format: PhraseFormat, shop: PhraseShop, now: Instant): string {
  return format === 'qianniu' ? plainTextOf(phrase, shop, now) : phrase.text;
}

/** Undefined: it says so already. */
function operationFor(
  existing: Phrase | undefined,
  words: Partial<PhraseWords> & { readonly code: string },
  id: string,
  format: PhraseFormat,
  shop: PhraseShop,
  now: Instant,
): PhraseOperation | undefined {
  const text = words.text ?? existing?.text ?? '';
  if (existing === undefined) {
    return { op: 'create', id, words: { group: '', enabled: true, ...words, title: words.title || titleOf(text), text } };
  }
  // What 千牛 was given filled in is not to come back as plain words.
  const isPlainSame = plainOf(existing, format, shop, now) === plainOf({ text }, format, shop, now);
  const change = {
    ...words,
    text: isPlainSame ? existing.text : text,
    title: words.title || existing.title,
    code: existing.code,
  };
  return isSame({ ...existing, ...change }, existing) ? undefined : { op: 'update', id: existing.id, base: 'any', change };
}

function whyRefused(
  refused: PhraseRefusal,
  code: string,
): [why: SkipReason, because: string, code: string, more?: Partial<ImportedRow>] {
  switch (refused.why) {
    case 'finding': {
      const grave = refused.findings.filter(({ severity }) => severity !== 'hint');
      return [
        'finding',
        grave.map(({ words, because }) => `"${words}": ${because}`).join('; '),
        code,
        { findings: refused.findings },
      ];
    }
    case 'faulty': {
      const faults = refused.faults.map(({ kind: _, ...fault }) => fault);
      return [refused.faults[0]!.kind, inOneLine(faults), code, { faults }];
    }
    case 'forbidden':
      return ['forbidden', 'whose phrase it is may not be changed by you: owners and leads keep those of the shop', code];
    case 'full':
      return ['full', `a shop has at most ${mostPhrases} phrases`, code];
    default:
      return ['exists', 'the code is taken', code];
  }
}

function inOneLine(faults: readonly RowFault[]): string {
  return faults.map(({ field, problem, mend }) => `${field} ${problem}: ${mend}`.trim()).join('; ');
}

/** A title for what comes without one: its first words. */
export function titleOf(text: string): string {
  const plain = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '').trim();
  const [first = ''] = plain.split(/[，。！？；,.!?;~～\n]+/u).filter((words) => [...words.trim()].length > 1);
  return [...(first.trim() || plain)].slice(0, 12).join('');
}

/** A code for what comes without one: the initials of its first characters, with a number where they are taken. */
function freeCode(text: string, isFree: (code: string) => boolean, readings: Readings): string {
  const letterOf = (character: string) => readings(character)[0]?.[0] ?? (/[a-z0-9]/i.test(character) ? character : '');
  const stem = [...titleOf(text)].map(letterOf).join('').slice(0, 6).toLowerCase() || 'p';
  for (let number = 0; ; number++) {
    const code = number === 0 ? stem : `${stem}${number}`;
    if (isFree(code)) return code;
  }
}
