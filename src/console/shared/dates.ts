/** Moments in the language of the page, by the clock of this computer. */
import { serverNow } from './clock.js';
import { language } from './words.js';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** `10月1日 23:10`; with the year where it is another one than now. */
export function momentWords(at: string): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(serverNow()).getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    ...(!isThisYear && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
}

/** For `<input type="datetime-local">`: by the clock of this computer. Empty: no moment. */
export function toLocalInput(at: string | undefined): string {
  if (at === undefined || at === '') return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment in UTC that a `datetime-local` names; empty: none. */
export function fromLocalInput(typed: string): string {
  return typed === '' ? '' : new Date(typed).toISOString();
}
