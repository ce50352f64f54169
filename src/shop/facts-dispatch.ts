/** When what is paid for leaves, and how long it is usually on the way, on the shop's own clock. */
import type { Slots } from '../conversation.js';
import type { Clock } from './facts-clock.js';
import { daysNamed } from './facts-days.js';
import { lookUp, type ShippingIndex } from './facts-shipping.js';
import { dateWords, rangeWords } from './facts-words.js';
import { type Product, type ShopParameters, weekdays } from './parameters.js';

type Dispatch = NonNullable<ShopParameters['dispatch']>;
type Dated = { readonly from: string; readonly to?: string | undefined; readonly reason?: string | undefined };

const dayMilliseconds = 86_400_000;
/** Closings are looked past up to here; a shop closed for longer says no day. */
const mostDaysAhead = 60;

/** What the turn adds: the product meant, whether the courier asked is one of the usual ones, and the buyer's words. */
export interface DispatchAsked {
  readonly product: Product | undefined;
  readonly courierUsual: boolean | undefined;
  readonly text: string;
}

/** Facts of dispatch. An exceptional rule or a presale takes the everyday rule's place: neither is told beside it. */
export function dispatchFacts(
  index: ShippingIndex,
  { dispatch }: ShopParameters,
  slots: Slots,
  clock: Clock,
  { product, courierUsual, text }: DispatchAsked,
) {
  const exception = dispatch?.exceptions?.find((one) => isWithin(one, clock.today));
  const presale = product?.presaleShips !== undefined && product.presaleShips > clock.today ? product.presaleShips : undefined;
  const isEveryday = exception === undefined && presale === undefined;
  // The usual days are those of the usual couriers.
  const usual = (slots.region === undefined ? undefined : lookUp(index.days, slots.region)) ?? dispatch?.usualDays;
  const days = courierUsual === false ? undefined : usual;
  const cutOff = isEveryday ? dispatch?.cutOff : undefined;
  const before = cutOff === undefined ? undefined : clock.minute < minuteOf(cutOff);
  const leaves = before === undefined ? undefined : leaving(dispatch!, clock, before);
  const wait = leaves?.ahead;
  const namedDays = daysNamed(slots, text);
  const dateAhead = slots.date === undefined ? undefined : daysBetween(clock.today, slots.date);
  const next = closingAsked(dispatch?.closed ?? [], clock.today, text);
  const meant = closingMeant(dispatch?.closed ?? [], slots.date, next, text);
  const isReceived = meant !== undefined && received.test(text) && !leavesThen.test(text);
  return {
    cut_off: cutOff,
    before_cut_off: before,
    ship_day: leaves?.words,
    ship_exception: exception === undefined ? undefined : exceptionWords(exception),
    presale_day: presale === undefined ? undefined : dateWords(presale, clock.year),
    closed_on_way: leaves?.past === undefined ? undefined : closedWords(leaves.past, clock.year),
    closed_next: next === undefined ? undefined : closedWords(next, clock.year),
    closed_asked: meant === undefined || isReceived ? undefined : closedWords(meant, clock.year),
    closed_received: meant === undefined || !isReceived ? undefined : closedWords(meant, clock.year),
    days_from: days?.from,
    days_to: days?.to,
    days: days === undefined ? undefined : rangeWords(days.from, days.to),
    asked_date: slots.date === undefined ? undefined : dayWords(slots.date, dateAhead ?? 0, clock.year),
    asked_days: namedDays,
    in_time: inTime(dateAhead ?? (slots.date === undefined ? namedDays : undefined), wait, days),
  } as const;
}

/** Where parcels leave, in words: 浙江杭州. */
export function shipsFromWords({ dispatch }: ShopParameters): string | undefined {
  return dispatch?.shipsFrom?.split('/').join('');
}

/** Whether parcels leave at the weekend; unset where the shop has not said on which days they leave. */
export function weekendShips({ dispatch }: ShopParameters): 'both' | 'saturday' | 'sunday' | 'none' | undefined {
  if (dispatch?.shipsOn === undefined) return undefined;
  const saturday = dispatch.shipsOn.includes('sat');
  const sunday = dispatch.shipsOn.includes('sun');
  return saturday ? (sunday ? 'both' : 'saturday') : sunday ? 'sunday' : 'none';
}

/**
 * Whether so many days from today are enough as things usually go: `no` they are not, `close` they may be, `likely` there is
 * room. Never a promise: the wordings say so.
 */
function inTime(
  ahead: number | undefined,
  wait: number | undefined,
  days: { readonly from: number; readonly to: number } | undefined,
): 'no' | 'close' | 'likely' | undefined {
  if (ahead === undefined || wait === undefined || days === undefined) return undefined;
  if (ahead < wait + days.from) return 'no';
  return ahead > wait + days.to ? 'likely' : 'close';
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function isWithin({ from, to = from }: Dated, day: string): boolean {
  return from <= day && day <= to;
}

function shifted(day: string, by: number): string {
  return new Date(Date.parse(day) + by * dayMilliseconds).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
}

const soon = ['今天', '明天', '后天'];
const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

function dayWords(date: string, ahead: number, year: number): string {
  return soon[ahead] ?? dateWords(date, year);
}

/** The day on which a parcel paid for now leaves: today before the cut-off, else the next day on which parcels leave. */
function leaving({ shipsOn, closed = [] }: Dispatch, { today, weekday, year }: Clock, before: boolean) {
  const leavesOn: readonly string[] = shipsOn ?? weekdays;
  let past: Dated | undefined;
  for (let ahead = before ? 0 : 1; ahead <= mostDaysAhead; ahead += 1) {
    const day = shifted(today, ahead);
    const closing = closed.find((one) => isWithin(one, day));
    if (closing !== undefined) past ??= closing;
    else if (leavesOn.includes(weekdays[(weekday + ahead) % 7]!)) {
      const named = `${weekday + ahead >= 7 ? '下' : ''}${weekdayWords[(weekday + ahead) % 7]}`;
      return { ahead, past, words: soon[ahead] ?? (ahead < 7 && past === undefined ? named : dateWords(day, year)) };
    }
  }
  return undefined;
}

const holidays = /春节|过年|除夕|年三十|正月|(?<!年)初[一二三四五六七八九十]|元旦|五一|劳动节|国庆|中秋|端午|清明|十一/;
/** Of the new year's days by the moon the closing is that of 春节. */
const newYear = /过年|除夕|年三十|正月|初/;

/** The closing of the holiday that the buyer names; where he names none, the one that is near. */
function closingAsked(closed: readonly Dated[], today: string, text: string): Dated | undefined {
  const coming = closed.filter(({ from, to = from }) => to >= today);
  const named = holidays.exec(text)?.[0];
  if (named === undefined) return coming.find(({ from }) => daysBetween(today, from) <= mostDaysAhead);
  const meant = newYear.test(named) ? '春节' : named;
  return coming.find(({ reason }) => reason?.includes(meant));
}

/** What is asked of the dispatch on a day, or of what is paid for then. */
const dispatched = /发(?!票|现|生|错|给我看)|寄|下单|拍|付/;
/** A parcel is to be there then: another question, unless it is paid for or leaves on that day as well. */
const received = /收到|收货|收得|能到|到吗|到不|到得|到货|送[到达货]|配送|派送|派件/;
const leavesThen =
  /(?:年|节|春节|除夕|三十|正月|初[一二三四五六七八九十]|[号日]|放假|期间)(?:期间|那[几两]?天|当天|的时候|时)?(?:再|才|就)?(?:发(?!票)|寄|下单|拍|付|买)/;
/** 年前, 除夕之前, 2/6前: before it the shop sends as ever. */
const beforehand = /(?:年|节|春节|除夕|三十|放假|初[一二三四五六七八九十]|[号日]|[./月-]\d{1,2})(?:之|以)?前/;

/** The closing that the buyer asks of: 2月6号发货吗, 初三发货吗, 过年期间下单什么时候发货, 除夕能收到吗. */
function closingMeant(
  closed: readonly Dated[],
  date: string | undefined,
  next: Dated | undefined,
  text: string,
): Dated | undefined {
  if (!(dispatched.test(text) || received.test(text)) || beforehand.test(text)) return undefined;
  const ofDay = date === undefined ? undefined : closed.find((one) => isWithin(one, date));
  return ofDay ?? (holidays.test(text) ? next : undefined);
}

/** 春节2月5日到2月11日. */
function closedWords({ from, to = from, reason = '' }: Dated, year: number): string {
  const first = dateWords(from, year);
  return `${reason}${from === to ? first : `${first}到${dateWords(to, year)}`}`;
}

function exceptionWords({ reason, withinHours, words }: NonNullable<Dispatch['exceptions']>[number]): string | undefined {
  if (words !== undefined) return words;
  return `${reason === undefined ? '这几天' : `${reason}期间`}的订单一般付款后${withinHours}小时内发出`;
}
