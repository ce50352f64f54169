/**
 * Haggling 议价 without guessing: what may be conceded at this round of this conversation, never beyond the shop's floor and
 * the agents' own authority. Pure; all amounts are yuan for all pieces together unless a name says otherwise. Buyers are of
 * three kinds: generous (drops it: is thanked), probing (firm but gentle), insistent (restated, shown a cheaper product).
 */
import type { Haggling, Instant, Offer, Reason } from '../conversation.js';
import { reason } from '../reasons.js';

export type HagglingKind = 'generous' | 'probing' | 'insistent';

/**
 * `perks`: what exists is told (gift, coupon, bundle); `concede`: a lower price is named; `accept`: the buyer's own price is
 * taken; `hold`: the price is restated kindly; `beyond`: a person gets it.
 */
export type HagglingOutcome = 'perks' | 'concede' | 'accept' | 'beyond' | 'hold';

/** What the shop has set; all shares are of the price, 0.97 is 97折. */
export interface Pricing {
  readonly policy: 'fixed' | 'tiered';
  /** Coupons of the shop: what a buyer pays with the best of them is no concession. */
  readonly coupons?: readonly { readonly fromYuan: number; readonly offYuan: number }[] | undefined;
  /** What the bot may concede by itself; absent: nothing. */
  readonly concessions?:
    | {
        /** Share off the price by round; the last holds for all rounds after it. */
        readonly steps: readonly number[];
        readonly fromYuan?: number | undefined;
        readonly floorShare?: number | undefined;
      }
    | undefined;
  readonly agentShare?: number | undefined;
  readonly agentFromYuan?: number | undefined;
  readonly leadShare?: number | undefined;
}

export interface HagglingInput {
  readonly pricing: Pricing;
  /** The item haggled over, as a key; empty where nobody knows it. */
  readonly item: string;
  /** Price of one piece as the page shows it; undefined: not known. */
  readonly priceYuan?: number | undefined;
  /** The price in the shop's list, where it is another one: shares and floors go by the higher. */
  readonly listPriceYuan?: number | undefined;
  /** Lowest price of one piece of this product; wins over `floorShare`. */
  readonly floorYuan?: number | undefined;
  readonly offer?: Offer | undefined;
  /** 0.8 for 八折. */
  readonly discount?: number | undefined;
  readonly quantity?: number | undefined;
  /** What is pleaded for: the price, a gift, or free postage. Only a price is conceded. */
  readonly plea: 'price' | 'gift' | 'postage';
  /** The words drop it (generous) or press for it (insistent). */
  readonly words?: 'drops' | 'presses' | undefined;
  readonly memory?: Haggling | undefined;
  readonly now: Instant;
}

export interface Haggled {
  readonly round: number;
  readonly kind: HagglingKind;
  readonly outcome: HagglingOutcome;
  readonly pieces: number;
  /** What all pieces cost without any concession. */
  readonly totalYuan?: number;
  /** The price conceded or accepted, for all pieces. */
  readonly priceYuan?: number;
  /** What the buyer would pay for all pieces, as far as the words tell. */
  readonly offeredYuan?: number;
  /** The lowest that the bot may go to at all; the total where it may concede nothing. */
  readonly limitYuan?: number;
  /** The lowest that an agent may give, and that the lead may. */
  readonly agentYuan?: number;
  readonly leadYuan?: number;
  /** What all pieces cost with the shop's best coupon. */
  readonly payableYuan?: number;
  /** The offer is reached without any concession. */
  readonly isCovered: boolean;
  /** Who could agree to the offer. */
  readonly offerWithin?: 'bot' | 'agent' | 'lead' | 'nobody';
  /** Nothing is conceded here, but an agent who is there could still give something. */
  readonly agentMay?: true;
  /** What is remembered of it; a price is noted by `withConceded` once it has been sent. */
  readonly memory: Haggling;
  readonly because: readonly Reason[];
}

const day = 86_400_000;
const insistentFrom = 3;
/** Below this share of the price a reading of an offer is taken for a misreading. */
const plausibleShare = 0.5;

export function haggle(input: HagglingInput): Haggled {
  const known = stillKnown(input.memory, input.item, input.now);
  const round = (known?.rounds ?? 0) + 1;
  const kind = kindOf(input, round, known);
  const pieces = input.quantity !== undefined && input.quantity > 1 ? Math.floor(input.quantity) : (known?.pieces ?? 1);
  const rates = ratesOf(input, pieces, round);
  const offered = rates === undefined ? undefined : offeredTotal(input, rates.onePiece, pieces);
  const offeredYuan = typeof offered === 'number' ? offered : undefined;
  const conceded = known !== undefined && known.pieces === pieces ? known.concededYuan : undefined;
  const decided = outcomeOf({ input, round, kind, rates, offered, conceded });
  const lowest = least(offeredYuan, known?.pieces === pieces ? known.lowestOfferYuan : undefined);
  const isCovered = rates !== undefined && offeredYuan !== undefined && offeredYuan >= rates.withCoupon;
  const isRestated = input.plea === 'price' && kind !== 'generous' && !isCovered && /^(perks|hold)$/.test(decided.outcome);
  return {
    round,
    kind,
    pieces,
    ...decided,
    ...(offeredYuan === undefined ? {} : { offeredYuan }),
    isCovered,
    ...(isRestated && agentMay(input.pricing, rates) ? { agentMay: true } : {}),
    ...(rates === undefined
      ? {}
      : {
          totalYuan: rates.total,
          limitYuan: rates.limit,
          payableYuan: rates.withCoupon,
          ...(rates.agent === undefined ? {} : { agentYuan: rates.agent }),
          ...(rates.lead === undefined ? {} : { leadYuan: rates.lead }),
          ...(offeredYuan === undefined ? {} : { offerWithin: withinWhose(offeredYuan, rates) }),
        }),
    memory: {
      item: input.item === '' ? (known?.item ?? '') : input.item,
      rounds: Math.min(round, mostRounds),
      at: input.now,
      pieces,
      ...(lowest === undefined ? {} : { lowestOfferYuan: lowest }),
      ...(conceded === undefined ? {} : { concededYuan: conceded }),
    },
    because: [reason(`haggling_${kind}`, { round }), ...decided.because],
  };
}

/** Rounds are not counted beyond any shop's steps. */
const mostRounds = 99;

/** The memory once the buyer has been told the price. */
export function withConceded({ memory, priceYuan }: Haggled): Haggling {
  return priceYuan === undefined ? memory : { ...memory, concededYuan: priceYuan };
}

/** What is remembered, unless it is of another item or of another day. */
export function stillKnown(memory: Haggling | undefined, item: string, now: Instant): Haggling | undefined {
  if (memory === undefined || now - memory.at > day) return undefined;
  return item === '' || memory.item === '' || memory.item === item ? memory : undefined;
}

function kindOf({ words, offer }: HagglingInput, round: number, known: Haggling | undefined): HagglingKind {
  if (words === 'drops') return 'generous';
  if (round >= insistentFrom) return 'insistent';
  // 不便宜就不买了, or the same low price once more.
  const repeats = known?.lowestOfferYuan !== undefined && offer?.yuan !== undefined && offer.yuan <= known.lowestOfferYuan;
  return round > 1 && (words === 'presses' || repeats) ? 'insistent' : 'probing';
}

interface Rates {
  readonly onePiece: number;
  readonly total: number;
  /** What a buyer pays with the best coupon and without haggling. */
  readonly withCoupon: number;
  /** The lowest of this round and of all rounds; the total where nothing may be conceded. */
  readonly now: number;
  readonly limit: number;
  readonly agent?: number;
  readonly lead?: number;
}

/** What each may give for these pieces. Undefined: the price is not known. */
function ratesOf({ pricing, priceYuan, listPriceYuan, floorYuan }: HagglingInput, pieces: number, round: number) {
  if (priceYuan === undefined || priceYuan <= 0) return undefined;
  const total = toFen(priceYuan * pieces);
  // Where the page shows less than the list, a campaign has taken its share already.
  const full = toFen(Math.max(priceYuan, listPriceYuan ?? priceYuan) * pieces);
  const floorOfItem = floorYuan === undefined ? undefined : upToFen(floorYuan * pieces);
  const { concessions, coupons = [], agentShare, agentFromYuan = 0, leadShare } = pricing;
  const authority = (share: number | undefined) =>
    share === undefined ? undefined : Math.min(total, Math.max(upToFen(full * share), floorOfItem ?? 0));
  const agent = agentShare === undefined ? undefined : total >= agentFromYuan ? authority(agentShare) : total;
  const couponOff = coupons.filter((one) => total >= one.fromYuan).map((one) => one.offYuan);
  const withCoupon = Math.max(0, toFen(total - Math.max(0, ...couponOff)));
  const lowestAt = (step: number): number => {
    if (concessions === undefined || step <= 0 || total < (concessions.fromYuan ?? 0)) return total;
    const floor = floorOfItem ?? (concessions.floorShare === undefined ? 0 : upToFen(full * concessions.floorShare));
    return Math.min(total, Math.max(upToFen(full * (1 - step)), floor, agent ?? 0));
  };
  const steps = concessions?.steps ?? [];
  const rates: Rates = {
    onePiece: priceYuan,
    total,
    withCoupon,
    now: lowestAt(steps[Math.min(round, steps.length) - 1] ?? 0),
    limit: lowestAt(Math.max(0, ...steps)),
    ...(agent === undefined ? {} : { agent }),
    ...(leadShare === undefined ? {} : { lead: Math.min(authority(leadShare)!, agent ?? total) }),
  };
  return rates;
}

type Decided = Pick<Haggled, 'outcome' | 'priceYuan' | 'because'>;

interface State {
  readonly input: HagglingInput;
  readonly round: number;
  readonly kind: HagglingKind;
  readonly rates: Rates | undefined;
  /** The buyer's price for all pieces; `unclear` where the words leave open which. */
  readonly offered: number | 'unclear' | undefined;
  /** What was conceded before, for the same pieces. */
  readonly conceded: number | undefined;
}

function outcomeOf(state: State): Decided {
  const { input, rates, offered } = state;
  const { pricing, plea } = input;
  if (plea !== 'price' || state.kind === 'generous') return restated(state);
  const mayGive = pricing.concessions !== undefined || pricing.policy === 'tiered' || someoneMay(rates);
  const names = input.offer !== undefined || input.discount !== undefined;
  if (!names) return rates === undefined ? restated(state) : conceding(state, rates);
  // A shop with one price for all says so to any offer; elsewhere an offer that cannot be weighed is a person's.
  if (rates === undefined) return mayGive ? beyond(reason('haggling_no_price')) : restated(state);
  if (offered === 'unclear' || offered === undefined) return mayGive ? beyond(reason('haggling_unclear')) : restated(state);
  const values = { offer: offered, limit: rates.limit };
  // Whether the way is free depends on where it goes: to agree to the price would promise that as well.
  const isWithin = offered >= Math.min(rates.limit, rates.withCoupon);
  if (input.offer?.withPostage === true && isWithin) return beyond(reason('haggling_with_postage', { offer: offered }));
  if (offered >= rates.withCoupon) return { ...restated(state), because: [reason('haggling_covered', { offer: offered })] };
  const agreed = lowestTold(state, rates);
  if (offered >= agreed) return { outcome: 'accept', priceYuan: offered, because: [reason('haggling_accept', values)] };
  if (offered >= rates.limit) return conceding(state, rates);
  if (pricing.concessions !== undefined || pricing.policy === 'tiered') return beyond(reason('haggling_beyond', values));
  return offered >= (rates.lead ?? rates.agent ?? rates.total)
    ? beyond(reason('haggling_beyond', values))
    : { ...restated(state), because: [reason('haggling_nobody', { offer: offered })] };
}

function beyond(why: Reason): Decided {
  return { outcome: 'beyond', because: [why] };
}

/** The lowest price that this round allows, or that was told before and still may be given. */
function lowestTold({ conceded }: State, rates: Rates): number {
  return conceded === undefined ? rates.now : Math.max(rates.limit, Math.min(conceded, rates.now));
}

/** This round's own price, in whole yuan where that is still a concession; else what exists is told. */
function conceding(state: State, rates: Rates): Decided {
  const allowed = lowestTold(state, rates);
  const price = [Math.ceil(allowed), Math.ceil(toFen(allowed * 10)) / 10, allowed].find((one) => one < rates.withCoupon);
  if (price === undefined) return restated(state);
  // What was told does not grow dearer by rounding.
  const told = state.conceded === undefined ? price : Math.max(rates.limit, Math.min(price, state.conceded));
  return { outcome: 'concede', priceYuan: told, because: [reason('haggling_concede', { price: told, limit: rates.limit })] };
}

/** Nothing is conceded: first what exists is told, then the price is restated. */
function restated({ round, kind }: State): Decided {
  const outcome = round === 1 || kind === 'generous' ? 'perks' : 'hold';
  return { outcome, because: [reason(`haggling_${outcome}`)] };
}

/** Where the price is not known, the shop's share alone tells. */
function agentMay({ agentShare = 1, leadShare = 1 }: Pricing, rates: Rates | undefined): boolean {
  return rates === undefined ? Math.min(agentShare, leadShare) < 1 : someoneMay(rates);
}

function someoneMay(rates: Rates | undefined): boolean {
  return rates !== undefined && Math.min(rates.agent ?? rates.total, rates.lead ?? rates.total) < rates.total;
}

/** The offer for all pieces. `unclear`: each or all, or more than it costs; undefined: none is named. */
function offeredTotal({ offer, discount }: HagglingInput, onePiece: number, pieces: number): number | 'unclear' | undefined {
  const total = toFen(onePiece * pieces);
  if (offer?.reductionYuan !== undefined) {
    const left = total - offer.reductionYuan * (offer.of === 'piece' ? pieces : 1);
    return left > 0 ? toFen(left) : 'unclear';
  }
  if (offer?.yuan === undefined) return discount === undefined ? undefined : toFen(total * discount);
  const { yuan, of } = offer;
  const isForEach = yuan <= onePiece && (pieces === 1 || yuan >= onePiece * plausibleShare);
  const isForAll = yuan <= total && (pieces === 1 || yuan >= total * plausibleShare);
  if (pieces === 1) return isForAll ? yuan : 'unclear';
  if (of === 'piece') return isForEach ? toFen(yuan * pieces) : 'unclear';
  if (of === 'all') return isForAll ? yuan : 'unclear';
  if (isForEach === isForAll) return 'unclear';
  return isForAll ? yuan : toFen(yuan * pieces);
}

function withinWhose(offered: number, { limit, agent, lead, total }: Rates): NonNullable<Haggled['offerWithin']> {
  if (offered >= limit) return 'bot';
  if (offered >= (agent ?? total)) return 'agent';
  return offered >= (lead ?? total) ? 'lead' : 'nobody';
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function toFen(yuan: number): number {
  return Math.round(yuan * 100) / 100;
}

/** Never below a floor by rounding; the hundredth of a fen is what decimals make of a whole one. */
function upToFen(yuan: number): number {
  return Math.ceil(Math.round(yuan * 10_000) / 100) / 100;
}
