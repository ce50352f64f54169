/** What is typed into a field, and the value that it stands for: both ways. What cannot be read stays as it is, for the service to refuse. */

/** Full-width digits and signs as half-width, as an input method leaves them. */
function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ');
}

/** `95`, `９５`, `95元`; nothing: unset. What is no number comes back as it was typed. */
export function numberOf(typed: string): number | string | undefined {
  const text = halfWidth(typed).trim();
  if (text === '') return undefined;
  const plain = text.replace(/\s*(?:元|天|小时|分钟?|秒|件|条|字|公斤|kg|%)$/i, '');
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : typed;
}

export function numberWords(value: unknown): string {
  return value === undefined ? '' : String(value);
}

/** Entries of a list, told apart by 、 or a comma or a new line. Nothing: unset. */
export function listOf(typed: string): readonly string[] | undefined {
  const list = typed
    .split(/[、,，;；\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return list.length === 0 ? undefined : list;
}

export function listWords(value: unknown): string {
  return Array.isArray(value) ? value.join('、') : numberWords(value);
}

/** As a list of numbers. */
export function numbersOf(typed: string): readonly (number | string)[] | undefined {
  return listOf(typed)?.map((one) => numberOf(one) ?? one);
}

export type StockFigure = number | 'in' | 'low' | 'out' | 'unknown';

const stockTyped: Readonly<Record<string, StockFigure>> = {
  有货: 'in',
  少量: 'low',
  缺货: 'out',
  未知: 'unknown',
  in: 'in',
  low: 'low',
  out: 'out',
  unknown: 'unknown',
};

/** `12`, `１２件`, `缺货`. What is neither comes back as it was typed. */
export function stockOf(typed: string): StockFigure | string | undefined {
  return stockTyped[typed.trim().toLowerCase()] ?? numberOf(typed);
}

/** What can be stock: whole pieces, or what is known of them. */
export function isStock(value: unknown): value is StockFigure {
  if (typeof value === 'string') return ['in', 'low', 'out', 'unknown'].includes(value);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** @param states in the reader's language */
export function stockWords(value: unknown, states: Readonly<Record<string, string>>): string {
  return typeof value === 'string' ? (states[value] ?? value) : numberWords(value);
}
