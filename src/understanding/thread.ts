/** The thread of a conversation: what a bare slot after a matter means. */
import type { FoundIntent, Item, Memory, Slots, Understanding } from '../conversation.js';
import type { Model } from './model.js';

export interface Context {
  /** Intents and slots of the buyer's former turn. */
  readonly lastIntents?: readonly string[];
  readonly lastSlots?: Slots;
  /** Which side of each matter it was. */
  readonly lastFacets?: Readonly<Record<string, string>>;
  readonly item?: Item;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today?: string;
}

/** Which matters may be asked again with another slot. */
const goesOnWith: Readonly<Record<string, readonly string[]>> = {
  region: ['shipping_fee', 'delivery_time', 'cod', 'courier'],
  courier: ['shipping_fee', 'delivery_time', 'courier'],
  quantity: ['shipping_fee', 'haggling', 'stock', 'price_query'],
  colour: ['stock'],
  size: ['stock'],
};
/** A product's name alone, the answer to "哪一款呢": the same question of that product. */
const goesOnWithItem: readonly string[] = ['stock', 'price_query'];
const longestUnits = 12;
const mostBesideItem = 3;
const longestBarePlace = 6;

/**
 * "那新疆呢", "蓝色的呢", "两件呢", "开衫": the same question of another place, colour, number or product. Undefined: it says
 * nothing by itself.
 * @param itemUnits length of the product's name in it, 0 for none
 */
export function carriedOver(folded: string, context: Context, slots: Slots, itemUnits = 0): FoundIntent | undefined {
  const last = context.lastIntents?.[0];
  if (last === undefined || folded.length > longestUnits) return undefined;
  const isOfItem = goesOnWithItem.includes(last);
  const facet = isOfItem ? context.lastFacets?.[last] : undefined;
  const again = {
    id: last,
    confidence: 0.8,
    ask: 'rule',
    ...(facet === undefined ? {} : { facet }),
    by: 'context',
    evidence: [],
  } as const;
  if (itemUnits > 0 && folded.length - itemUnits <= mostBesideItem && isOfItem) return again;
  const asksOn = /^(那|那么|如果|要是|换|换成|发|寄|到|我在|我是)/.test(folded) || /(呢|吗|的话|么)[? ]*$/.test(folded);
  const isBarePlace = slots.region !== undefined && folded.length <= longestBarePlace;
  if (!asksOn && !isBarePlace) return undefined;
  const goesOn = Object.keys(slots).some((slot) => goesOnWith[slot]?.includes(last));
  return goesOn ? again : undefined;
}

export type Thread = Pick<Memory, 'lastIntents' | 'lastSlots' | 'lastFacets'>;

/** What the next turn may go on from: neither a thank-you between nor words that nobody understood end the thread. */
export function threadAfter(before: Thread, { intents, slots }: Understanding, model: Model): Thread {
  const isMatter = intents.some(({ id }) => !model.talk.has(id));
  if (!isMatter) {
    const { lastIntents, lastSlots, lastFacets } = before;
    return { lastIntents, lastSlots, ...(lastFacets === undefined ? {} : { lastFacets }) };
  }
  const facets = intents.flatMap(({ id, facet }) => (facet === undefined ? [] : [[id, facet] as const]));
  return {
    lastIntents: intents.map(({ id }) => id),
    lastSlots: slots,
    ...(facets.length === 0 && before.lastFacets === undefined ? {} : { lastFacets: Object.fromEntries(facets) }),
  };
}
