/** The thread of a conversation: what a bare slot after a matter means. */
import type { FoundIntent, Item, Memory, Slots, Understanding } from '../conversation.js';
import type { Model } from './model.js';

export interface Context {
  /** Intents and slots of the buyer's former turn. */
  readonly lastIntents?: readonly string[];
  readonly lastSlots?: Slots;
  readonly item?: Item;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today?: string;
}

/** Which matters may be asked again with another slot. */
const goesOnWith: Readonly<Record<string, readonly string[]>> = {
  region: ['shipping_fee', 'delivery_time', 'cod', 'courier'],
  courier: ['shipping_fee', 'delivery_time', 'courier'],
  quantity: ['shipping_fee', 'haggling', 'stock'],
  colour: ['stock'],
  size: ['stock'],
  heightCm: ['advice'],
  weightKg: ['advice'],
  details: ['product_info'],
  weaknesses: ['quality'],
};
const longestUnits = 12;
/** 身高165cm，体重110斤，平时穿M: measures are the answer to our own question and may be said at more length. */
const longestMeasures = 30;
const longestBarePlace = 6;

/** "那新疆呢", "蓝色的呢", "两件呢": the same question of another place, colour or number. Undefined: it says nothing by itself. */
export function carriedOver(folded: string, context: Context, slots: Slots): FoundIntent | undefined {
  const last = context.lastIntents?.[0];
  if (last === undefined) return undefined;
  const isMeasured = last === 'advice' && (slots.heightCm !== undefined || slots.weightKg !== undefined);
  if (folded.length > (isMeasured ? longestMeasures : longestUnits)) return undefined;
  const asksOn = /^(那|那么|如果|要是|换|换成|发|寄|到|我在|我是)/.test(folded) || /(呢|吗|的话|么)[? ]*$/.test(folded);
  const isBarePlace = slots.region !== undefined && folded.length <= longestBarePlace;
  if (!asksOn && !isBarePlace && !isMeasured) return undefined;
  const goesOn = Object.keys(slots).some((slot) => goesOnWith[slot]?.includes(last));
  return goesOn ? { id: last, confidence: 0.8, ask: 'rule', by: 'context', evidence: [] } : undefined;
}

export type Thread = Pick<Memory, 'lastIntents' | 'lastSlots'>;

/** What the next turn may go on from: neither a thank-you between nor words that nobody understood end the thread. */
export function threadAfter(before: Thread, { intents, slots }: Understanding, model: Model): Thread {
  const isMatter = intents.some(({ id }) => !model.talk.has(id));
  if (!isMatter) return { lastIntents: before.lastIntents, lastSlots: before.lastSlots };
  return { lastIntents: intents.map(({ id }) => id), lastSlots: slots };
}
