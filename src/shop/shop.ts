/** A shop at work: what the flow is handed for each turn. */
import type { CompiledRules } from '../compliance/check.js';
import { numberOf } from '../compliance/free-shipping-claims.js';
import type { CheckContext } from '../compliance/rule.js';
import type { TemplateBook } from '../composing/book.js';
import type { Instant } from '../conversation.js';
import type { Model } from '../understanding/model.js';
import type { IntentFile } from './intent-file.js';
import type { OwnIntent } from './overrides.js';
import type { ShopParameters } from './parameters.js';

/** A shop at work: parameters, knowledge and rules as one frozen value. A change makes a new one. */
export interface Shop {
  readonly id: string;
  readonly parameters: ShopParameters;
  readonly intents: ReadonlyMap<string, IntentFile>;
  /** Files of this shop alone; their intents stand in `intents` as they work here. */
  readonly own: readonly OwnIntent[];
  readonly model: Model;
  readonly book: TemplateBook;
  readonly rules: CompiledRules;
  readonly checkContext: CheckContext;
  /** Content hash of all files it was made from. */
  readonly revision: string;
  /** Number of the settings revision that its parameters are; absent where files are used as they lie. */
  readonly settings?: number;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today: (now: Instant) => string;
}

/** What the compliance rules must know of the shop. */
export function checkContextOf(
  shop: Pick<Partial<ShopParameters>, 'shipping' | 'cod' | 'creditCard' | 'authenticity'>,
): CheckContext {
  const { shipping } = shop;
  return {
    ...(shop.cod === undefined ? {} : { codEnabled: shop.cod.enabled }),
    ...(shop.creditCard === undefined ? {} : { cardAccepted: shop.creditCard.accepted }),
    ...(shop.authenticity === undefined ? {} : { compensation: compensationOf(shop.authenticity.compensation) }),
    ...(shipping === undefined
      ? {}
      : {
          freeShipping: {
            excludes: shipping.freeExcludes,
            ...(shipping.freeFromYuan === undefined ? {} : { fromYuan: shipping.freeFromYuan }),
            ...(shipping.freeFromItems === undefined ? {} : { fromItems: shipping.freeFromItems }),
          },
        }),
  };
}

/** 3 of 假一赔三; of other words (退货退款) nothing that a number could exceed. */
function compensationOf(words: string | undefined): number | 'none' {
  const times = /假[一1]\D?([\d零一二两三四五六七八九十百]+)/.exec(words ?? '')?.[1];
  return times === undefined ? 'none' : numberOf(times);
}

/** YYYY-MM-DD in a zone, remembered for the minute. */
export function todayIn(timeZone: string): (now: Instant) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let minute = -1;
  let text = '';
  return (now) => {
    // Formatting costs microseconds; the date changes on a full minute in every zone.
    const at = Math.floor(now / 60_000);
    if (at !== minute) {
      minute = at;
      text = format.format(now);
    }
    return text;
  };
}
