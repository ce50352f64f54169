/**
 * Dates in figures: 2.6号, 12/3前, 2026-12-05. They are read from the text as it was written, since folding makes 12/3, 12-3 and
 * 12,3 the same. Most figures beside such signs are none: sizes (160/84), prices, halves (1/2), counts (3-5天), houses (路12-3号).
 */

const signed = /[0-9０-９][./．／－-][0-9０-９]/;
/** What figures behind it are a house and no day: 文三路1号. */
export const house = '路|街|巷|弄|栋|幢|楼|室|座|单元|大道|胡同|门牌';
/** What 号 and 日 are no day before. */
export const dayMark = '(?:号(?![线楼店色码链路街巷弄栋幢室院门座铺])|日(?!内|之内|以内|左右|无理由|就|才|元|常|本|游))';
/** What was bought then is not asked for by then. */
const over = /^\s?(?:买|拍|下的?单|付|订|的单|说)/;

const withYear = /(?<!\d)(20\d\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)(?:号|日)?/;
const marked = new RegExp(`(?<![\\d./-])(?<!(?:${house})\\s?)(\\d{1,2})([./-])(\\d{1,2})${dayMark}`);
/** Without 号 a day is meant where something is to be there by it. 1.5到2斤 and 晚上8.30前 are none. */
const bare = new RegExp(
  `(?<![\\d./-]|[午上晚早]\\s?)(?<!(?:${house})\\s?)(\\d{1,2})([./-])(\\d{1,2})\\s?(?:之前|以前|前(?![面台])|(?:可以|能|会)(?:不能)?到(?![手\\d])|到(?:吗|么|不了?|得了|货)|(?:可以|能|会)?(?:收到|收货|送到|送达))`,
);

export interface WrittenDate {
  readonly year?: number;
  readonly month: number;
  readonly day: number;
}

/** Whether a date in figures may be written there. */
export function maybeWritten(text: string): boolean {
  return signed.test(text);
}

/** @returns month and day, with a year where one is written; `none` where the figures are a day but which is unsure */
export function writtenDate(text: string): WrittenDate | 'none' | undefined {
  if (!signed.test(text)) return undefined;
  const plain = text.normalize('NFKC');
  const full = withYear.exec(plain);
  if (full !== null)
    return isOver(plain, full) ? 'none' : { year: Number(full[1]), month: Number(full[3]), day: Number(full[4]) };
  const found = marked.exec(plain);
  if (found !== null && (isOver(plain, found) || mayBeDays(found))) return 'none';
  return inFigures(found ?? bare.exec(plain));
}

function isOver(plain: string, found: RegExpExecArray): boolean {
  return over.test(plain.slice(found.index + found[0].length));
}

/** 12-3号 is a day of December; 2-6号 may be the sixth of February, or the days from the second to the sixth. */
function mayBeDays([, first, sign, second]: RegExpExecArray): boolean {
  return sign === '-' && Number(first) <= Number(second) && !first!.startsWith('0') && !second!.startsWith('0');
}

function inFigures(found: RegExpExecArray | null): WrittenDate | undefined {
  if (found === null || mayBeDays(found) || Number(found[1]) > 12) return undefined;
  return { month: Number(found[1]), day: Number(found[3]) };
}
