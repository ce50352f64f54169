/** The thread of a conversation: what a few words mean right after a matter ("那新疆呢", "手续费呢", "蓝色"). */
import type { Ask, FoundIntent, Instant, Memory, Slots, Understanding } from '../conversation.js';
import { measureGoneOn } from './body-measures.js';
import type { IntentModel, Model } from './model.js';
import { type Folded, foldedText } from './normalise.js';
import { unaccounted } from './rest.js';
import type { Match, SlotHit } from './scan.js';
import { type Given, itemSlot } from './slots.js';
import { noSide, troubleAfter } from './trouble.js';

export interface Context {
  /** Intents and slots of the buyer's former turn. */
  readonly lastIntents?: readonly string[];
  readonly lastSlots?: Slots;
  /** Which side of each matter it was. */
  readonly lastFacets?: Readonly<Record<string, string>>;
  /** The buyer has just come from another product's page, or sent its card. */
  readonly isNewItem?: boolean;
  /** The words name another product than the one that was spoken of. */
  readonly isOtherItem?: boolean;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today?: string;
}

/** After an hour a few words are a new question: nobody remembers what they went on from. */
const threadMinutes = 60;
/** Longer texts speak for themselves. */
const longestUnits = 14;
const longestForItem = 10;
/** 身高165cm，体重110斤，平时穿M: measures are the answer to our own question and may be said at more length. */
const longestMeasures = 30;
/** 的, 要, 码: what may stand beside a bare answer. */
const mostBesideSlots = 2;
/** 不是，我问的是寄…, 打错了，寄…: what is said instead stands behind it, by itself. */
const retraction =
  /^(?:(?:不是(?!吧|吗|么)|不对(?!吧|吗|么)|错了|(?:刚才?)?我?[打写说问看弄搞选]错[了字]{0,2})[\s,，。.!！~]{0,3}){1,2}(?:(?:我?是?(?:要|想)?(?:问|说|寄|要)的?是?|应该是|是)?(?:寄到?|发到?|到|送到?)?)|^我?是?(?:问|说)的是(?:寄到?|发到?|到|送到?)?/;
/** How sure it is of what goes on from the talk before. */
export const threadConfidence = 0.85;
/** A price named while haggling goes on from it without any 那 or 呢: 165吧. */
const offers = ['offeredPriceYuan', 'discount'] as const;
const ownMatters = ['details', 'weaknesses', 'heightCm'] as const;
/** So do the measures of the body, to who asked for a size. */
const measures = ['heightCm', 'weightKg'] as const;

/** One clause after another as understand() has it. */
export interface Fragment {
  readonly folded: Folded;
  readonly string: string;
  readonly slots: Slots;
  readonly hits: readonly SlotHit[];
  /** Of rules that go on from a matter. */
  readonly matches: readonly Match[];
  readonly plain: Uint8Array;
}

export interface Continued {
  readonly intent: FoundIntent;
  /** Its words are all that is said: whatever else was found on them meant the same. */
  readonly isWhole: boolean;
  /** Another product: the colour and size asked of the former one are none of its. */
  readonly dropsVariant: boolean;
}

/** What the words mean as the next thing said after the last matter; undefined: they say nothing of it. */
export function continued(fragment: Fragment, context: Context, model: Model): Continued | undefined {
  const last = context.lastIntents ?? [];
  const isMeasured = fragment.slots.heightCm !== undefined || fragment.slots.weightKg !== undefined;
  if (last.length === 0 || fragment.folded.length > (isMeasured ? longestMeasures : longestUnits)) return undefined;
  return byPattern(fragment, last, context, model) ?? bySlot(fragment, last, context, model);
}

function byPattern(fragment: Fragment, last: readonly string[], context: Context, model: Model): Continued | undefined {
  const { folded, matches, plain } = fragment;
  const known: Readonly<Record<string, unknown>> = { ...context.lastSlots, ...fragment.slots };
  let best: { readonly intent: number; readonly facet?: string; readonly ask?: Ask } | undefined;
  const words: Match[] = [];
  for (const match of matches) {
    const rule = model.rules[match.rule]!;
    if (rule.does !== 'continue' || (best !== undefined && best.intent !== rule.intent)) continue;
    if (rule.with?.every((slot) => known[slot] !== undefined) === false) continue;
    const { id } = model.intents[rule.intent]!;
    const from = (rule.after.length === 0 ? [id] : rule.after).find((one) => last.includes(one));
    if (from === undefined || rule.afterFacets?.includes(context.lastFacets?.[from] ?? noSide) === false) continue;
    // Of several patterns the first that names a side of the matter tells it.
    if (best?.facet === undefined) best = rule;
    words.push(match);
  }
  if (best === undefined) return undefined;
  const isWhole = unaccounted(folded, plain, words) === 0;
  return { isWhole, dropsVariant: false, intent: found(model.intents[best.intent]!, best.facet, best.ask) };
}

/** The same question of another place, colour, number or product. */
function bySlot(fragment: Fragment, last: readonly string[], context: Context, model: Model): Continued | undefined {
  const { folded, string, slots, hits, plain } = fragment;
  const given = [...Object.keys(slots), ...(hits.some((hit) => hit.slot === itemSlot) ? [itemSlot] : [])];
  const asksOn = /^(那|那么|如果|要是|换|换成|发|寄|到|我在|我是|我要)/.test(string) || /(呢|吗|的话|么)[? ]*$/.test(string);
  const taken = retraction.exec(string)?.[0].length ?? 0;
  const isMended = taken > 0 && unaccounted(folded, plain, [...hits, { start: 0, end: taken }]) <= mostBesideSlots;
  const pointsOn = context.isNewItem === true && string.length <= longestForItem && /这|那|它|呢|^$/.test(string);
  const isBare = given.length > 0 && unaccounted(folded, plain, hits) <= mostBesideSlots;
  const isAnswer = [...offers, ...measures].some((slot) => slots[slot] !== undefined);
  if (!pointsOn && !(given.length > 0 && (asksOn || isBare || isMended || isAnswer))) return undefined;
  for (const id of last) {
    const intent = model.intents.find((one) => one.id === id);
    if (intent === undefined) continue;
    const { goesOnWith } = intent;
    // A weakness, a detail or a height asks for itself, of whatever product.
    const asksOther = ownMatters.some((slot) => slots[slot] !== undefined && !goesOnWith.has(slot));
    if (!asksOther && (pointsOn ? goesOnWith.has(itemSlot) : given.some((slot) => goesOnWith.has(slot))))
      return {
        isWhole: false,
        dropsVariant: pointsOn || given.includes(itemSlot),
        // The same question is the same side of it.
        intent: found(intent, context.lastFacets?.[id]),
      };
  }
  return undefined;
}

function found(intent: IntentModel, facet?: string, ask: Ask = 'rule'): FoundIntent {
  return {
    id: intent.id,
    confidence: threadConfidence,
    ask,
    ...(facet === undefined ? {} : { facet }),
    by: 'context',
    evidence: [],
  };
}

const barePrice =
  /^(?:那|那么|要不|那就)?(\d{1,6}(?:\.\d{1,2})?)(?:元|块钱?)?(?:呢|吗|么|吧|行吗|行不行|行不|可以吗|可以不|怎么样|卖吗|卖不卖|卖不|好吗|成吗)?[? ]*$/;
/** Another offer lies near the one before: what does not counts pieces, or is the number of something. */
const mostTimes = 2;

/** A number that goes on from an offer is read as the next one, and one that answers our question for height and weight as these. */
export function withNumberGoneOn(read: Given, string: string, context: Context, model: Model): Given {
  if (context.lastIntents === undefined) return read;
  const yuan = read.offer === undefined ? offerGoneOn(string, context) : undefined;
  if (yuan !== undefined) return { ...read, slots: { ...read.slots, offeredPriceYuan: yuan }, offer: { yuan, of: 'unsaid' } };
  const { heightCm, weightKg } = read.slots;
  if (heightCm !== undefined || weightKg !== undefined || !asksOfBody(context, model)) return read;
  return { ...read, slots: { ...read.slots, ...measureGoneOn(string, context.lastSlots ?? {}) } };
}

/** A bare number right after an offer is the next one: 850呢 after 800卖不. @returns in yuan */
export function offerGoneOn(text: string, { lastSlots }: Context): number | undefined {
  const before = lastSlots?.offeredPriceYuan;
  const found = before === undefined ? null : barePrice.exec(text);
  if (found === null) return undefined;
  const yuan = Number(found[1]);
  return yuan <= before! * mostTimes && yuan * mostTimes >= before! ? yuan : undefined;
}

/** The slots of a question asked again: what is new stands for what was before, and one offer for another. */
export function carriedSlots(slots: Slots, { dropsVariant }: Continued, context: Context): Slots {
  const { colour, size, offeredPriceYuan, discount, weightFromKg, ...last } = context.lastSlots ?? {};
  const isOffer = offers.some((slot) => slots[slot] !== undefined);
  return {
    ...last,
    ...(dropsVariant ? {} : present({ colour, size })),
    ...(isOffer ? {} : present({ offeredPriceYuan, discount })),
    ...(slots.weightKg === undefined ? present({ weightFromKg }) : {}),
    ...slots,
  };
}

function present(slots: { readonly [K in keyof Slots]: Slots[K] | undefined }): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined));
}

/** What was said before and still holds for what is asked now. */
export function withThread(slots: Slots, intents: readonly FoundIntent[], string: string, context: Context, model: Model): Slots {
  if (context.lastSlots === undefined) return slots;
  const placed = withMeasures(withPlace(slots, intents, context, model), intents, string, context, model);
  return withQuantity(withVariant(placed, intents, context, model), intents, context, model);
}

/** The buyer's place holds for whatever depends on it, until another one is named. */
function withPlace(slots: Slots, intents: readonly FoundIntent[], context: Context, model: Model): Slots {
  const region = context.lastSlots?.region;
  if (region === undefined || slots.region !== undefined) return slots;
  return dependsOnPlace(intents, model) ? { ...slots, region } : slots;
}

/** Who is not the one that was measured before: 那我妈穿什么码. */
const anotherPerson = /[他她妈爸婆公姐妹哥弟儿孩男女]|老人|朋友|同学|同事|宝宝|宝贝|别人|送人|大人|父|母/;

/**
 * A height and a weight that were told are not asked for again: 我女儿160 105斤, and then 穿多大. Those of a question that was answered
 * hold for the same person alone.
 */
function withMeasures(slots: Slots, intents: readonly FoundIntent[], string: string, context: Context, model: Model): Slots {
  const { heightCm, weightKg, weightFromKg } = context.lastSlots ?? {};
  if ((heightCm === undefined && weightKg === undefined) || measures.some((slot) => slots[slot] !== undefined)) return slots;
  const asked = intents.find(({ id }) => model.intents.find((one) => one.id === id)?.goesOnWith.has('heightCm'));
  if (asked === undefined || (context.lastIntents?.includes(asked.id) === true && anotherPerson.test(string))) return slots;
  return { ...slots, ...present({ heightCm, weightKg, weightFromKg }) };
}

/**
 * The colour and size that were asked hold for the next question of the same product that names none, or only the other of the
 * two: L码有吗, 雾蓝有货吗.
 */
function withVariant(slots: Slots, intents: readonly FoundIntent[], context: Context, model: Model): Slots {
  const { colour, size } = context.lastSlots ?? {};
  if ((colour === undefined || slots.colour !== undefined) && (size === undefined || slots.size !== undefined)) return slots;
  return keepsAt('keepsVariant', intents, context, model) ? { ...present({ colour, size }), ...slots } : slots;
}

/** So many pieces as were said right before: 我要3件, 多少钱. */
function withQuantity(slots: Slots, intents: readonly FoundIntent[], context: Context, model: Model): Slots {
  const quantity = context.lastSlots?.quantity;
  if (quantity === undefined || slots.quantity !== undefined) return slots;
  return keepsAt('keepsQuantity', intents, context, model) ? { ...slots, quantity } : slots;
}

/** Whether one of these asks a side that goes on with the same product. */
function keepsAt(
  what: 'keepsVariant' | 'keepsQuantity',
  intents: readonly FoundIntent[],
  context: Context,
  { intents: models }: Model,
): boolean {
  if (context.isNewItem === true || context.isOtherItem === true) return false;
  return intents.some(({ id, facet = noSide }) => models.find((one) => one.id === id)?.[what].has(facet) === true);
}

/** Whether the last matter goes on with a height and a weight. */
function asksOfBody({ lastIntents = [] }: Context, { intents }: Model): boolean {
  return lastIntents.some((id) => intents.find((one) => one.id === id)?.goesOnWith.has('heightCm') === true);
}

/**
 * Whether it is asked of one colour and size; the price is, where pieces are counted: one that is sold out has no sum. Postage and
 * days, which a count matters to as well, go on with no colour.
 */
export function dependsOnVariant(intents: readonly FoundIntent[], { quantity }: Slots, model: Model): boolean {
  return intents.some(({ id }) => {
    const intent = model.intents.find((one) => one.id === id);
    if (intent === undefined) return false;
    const isCounted = quantity !== undefined && intent.keepsQuantity.size > 0 && intent.goesOnWith.has('colour');
    return intent.keepsVariant.size > 0 || isCounted;
  });
}

/** Whether where it goes matters to one of these. */
export function dependsOnPlace(intents: readonly FoundIntent[], model: Model): boolean {
  return intents.some(({ id }) => model.intents.find((one) => one.id === id)?.goesOnWith.has('region'));
}

/** Whether the thread seconds a find that the words alone leave in doubt: 26行吗 after 能便宜点吗. */
export function secondedByThread({ id, goesOnWith }: IntentModel, { lastIntents }: Context, slots: Slots): boolean {
  return lastIntents?.includes(id) === true && offers.some((slot) => slots[slot] !== undefined && goesOnWith.has(slot));
}

export type Thread = Pick<Memory, 'lastIntents' | 'lastSlots' | 'lastFacets' | 'trouble'>;

/** The thread as it still stands now; empty where the buyer last wrote too long ago. */
export function threadAt(
  { lastIntents, lastSlots, lastFacets, trouble, wroteAt }: Memory,
  now: Instant,
): Thread & { readonly isFresh: boolean } {
  const isFresh = wroteAt !== undefined && now - wroteAt <= threadMinutes * 60_000;
  if (!isFresh) return { lastIntents: [], lastSlots: {}, isFresh };
  return {
    lastIntents,
    lastSlots,
    ...(lastFacets === undefined ? {} : { lastFacets }),
    ...(trouble === undefined ? {} : { trouble }),
    isFresh,
  };
}

/** 这个, 这款: the page that the buyer has before the eyes. */
export function pointsAtPage(text: string): boolean {
  return /[这這]/.test(text);
}

/**
 * What the next turn may go on from: neither a thank-you between nor words that nobody understood end the thread.
 * @param isOtherItem the words name another product: the colour and size of the former one are none of its
 */
export function threadAfter(
  before: Thread,
  { intents, slots, text }: Understanding,
  model: Model,
  now: Instant,
  isOtherItem = false,
): Thread & Pick<Memory, 'wroteAt'> {
  const isMatter = intents.some(({ id }) => !model.talk.has(id));
  const trouble = troubleAfter(before.trouble, intents, foldedText(text, model.folding), model.intents, isOtherItem);
  if (!isMatter) {
    const { lastIntents, lastSlots, lastFacets } = before;
    const { weightFromKg, ...others } = lastSlots;
    return {
      lastIntents,
      lastSlots: { ...others, ...(slots.weightKg === undefined ? present({ weightFromKg }) : {}), ...slots },
      ...(lastFacets === undefined ? {} : { lastFacets }),
      ...(trouble === undefined ? {} : { trouble }),
      wroteAt: now,
    };
  }
  const facets = intents.flatMap(({ id, facet }) => (facet === undefined ? [] : [[id, facet] as const]));
  const { region, colour, size } = before.lastSlots;
  return {
    lastIntents: intents.map(({ id }) => id),
    lastSlots: { ...present({ region }), ...(isOtherItem ? {} : present({ colour, size })), ...slots },
    ...(facets.length === 0 && before.lastFacets === undefined ? {} : { lastFacets: Object.fromEntries(facets) }),
    ...(trouble === undefined ? {} : { trouble }),
    wroteAt: now,
  };
}
