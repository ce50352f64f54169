/**
 * Tables as spreadsheets and 千牛 write them: bytes in UTF-8 (with or without a mark), UTF-16 or GB18030, cells apart by
 * commas or tabs. A cell that a spreadsheet would run as a formula goes out with an apostrophe before it, which comes off again
 * on the way in (OWASP, CSV injection).
 */

export const encodings = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

const mark = '\ufeff';
/** What a spreadsheet takes for the beginning of a formula, full-width forms included. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/;
const guarded = /^'+[=+\-@＝＋－＠\t\r\n]/;

/** Bytes as text. What is no UTF-8 is read as GB18030, which also holds GBK and GB2312. */
export async function decoded(bytes: Uint8Array): Promise<string> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    // Takes the mark off by itself.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const { default: iconv } = await import('iconv-lite');
  return iconv.decode(Buffer.from(bytes), 'gb18030');
}

/** Text as bytes; UTF-8 with the mark, without which Excel takes it for GBK. */
export async function encoded(text: string, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'utf-8') return Buffer.from(mark + text);
  const { default: iconv } = await import('iconv-lite');
  return iconv.encode(text, 'gb18030');
}

export interface CsvRow {
  /** Of the file, 1-based, where the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** @throws Error whose message names the line, where quotes do not close */
export async function csvRows(written: string): Promise<readonly CsvRow[]> {
  const { parse } = await import('csv-parse/sync');
  const text = written.replace(/\r\n?/g, '\n');
  const head = text.slice(0, text.search(/\n|$/));
  const delimiter = head.includes('\t') && !head.includes(',') ? '\t' : ',';
  const options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    bom: true,
  } as const;
  const rows = parse(text, options) as unknown as readonly {
    readonly info: { readonly lines: number };
    readonly record: string[];
  }[];
  return rows
    .map(({ info, record }) => ({ line: info.lines - lineBreaksIn(record), cells: record.map(unguarded) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** The parser tells the line on which a row ends. */
function lineBreaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** RFC 4180, with lines that end as spreadsheets want them. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function unguarded(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell;
}
