/** Moments in the language of the page, by the clock on the shop's wall, wherever the browser stands. */
import { serverNow } from './clock.js';
import { shop } from './session.js';
import { instantOf, wallOf } from './wall-time.js';
import { language } from './words.js';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** The shop's time zone; of who works in no shop that is served, the browser's own. */
function zone(): string {
  return shop.value?.timeZone ?? browserZone();
}

function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The shop's zone where its clock shows another time than the browser's; undefined: there is nothing to tell. */
export function otherZone(): string | undefined {
  const now = serverNow();
  return wallOf(now, zone()) === wallOf(now, browserZone()) ? undefined : zone();
}

/** `10月1日 23:10`; with the year where it is another one than now. */
export function momentWords(at: string): string {
  const timeZone = zone();
  const instant = Date.parse(at);
  const isThisYear = wallOf(instant, timeZone).slice(0, 4) === wallOf(serverNow(), timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(locale(), {
    ...(!isThisYear && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  }).format(instant);
}

/** For `<input type="datetime-local">`. Empty: no moment. */
export function toLocalInput(at: string | undefined): string {
  return at === undefined || at === '' ? '' : wallOf(Date.parse(at), zone());
}

/** The moment in UTC that a `datetime-local` names; empty: none. */
export function fromLocalInput(typed: string): string {
  return typed === '' ? '' : new Date(instantOf(typed, zone())).toISOString();
}
