/** Haggling as facts: which product, what is pleaded for, what may be conceded (policy/haggling.ts), and all of it in words. */
import type { FoundIntent, Haggling, Instant, Item, Memory, Offer, Understanding } from '../conversation.js';
import { type Haggled, haggle, stillKnown } from '../policy/haggling.js';
import { simplified } from '../traditional.js';
import { type Meant, meantProduct, type ProductIndex } from './facts-product.js';
import { stockFacts } from './facts-stock.js';
import { yuan } from './facts-words.js';
import type { ShopParameters } from './parameters.js';

/** The product haggled over: the one meant, else the one of the round before. */
export function haggledOver(index: ProductIndex, text: string, item: Item | undefined, before: Haggling | undefined): Meant {
  const meant = meantProduct(index, text, item);
  if (meant.title !== undefined || meant.isUnclear === true || before === undefined) return meant;
  const product = index.byId.get(before.item);
  return product === undefined ? meant : { product, title: product.title, priceYuan: product.priceYuan };
}

/** What may be conceded; undefined where nobody haggles or the shop has not set its pricing. */
export function hagglingOf(
  { pricing }: ShopParameters,
  index: ProductIndex,
  understanding: Understanding,
  memory: Pick<Memory, 'haggling'> & { readonly item?: Item | undefined },
  now: Instant,
): Haggled | undefined {
  const intent = understanding.intents.find((one) => one.id === 'haggling');
  if (intent === undefined || pricing === undefined) return undefined;
  const text = simplified(understanding.text);
  const before = stillKnown(memory.haggling, memory.item?.id ?? '', now);
  const { product, title, priceYuan } = haggledOver(index, text, memory.item, before);
  const { slots } = understanding;
  const plea = pleaOf(intent, understanding.offer);
  // Nothing is conceded on what is sold out, and nobody is asked for it.
  const isOut = stockFacts(index, product, slots, now, '', text).stock === 'out';
  return haggle({
    pricing: isOut ? { ...pricing, concessions: undefined, agentShare: undefined, leadShare: undefined } : pricing,
    item: product?.id ?? (title === undefined ? '' : (memory.item?.id ?? '')),
    priceYuan,
    listPriceYuan: product?.priceYuan,
    floorYuan: product?.floorYuan,
    offer: offerOf(understanding),
    discount: slots.discount,
    // 再送两个: what is to be given, not what is bought.
    quantity: plea === 'gift' ? undefined : slots.quantity,
    plea,
    words: intent.facet === 'drops' ? 'drops' : intent.facet === 'presses' ? 'presses' : undefined,
    memory: before,
    now,
  });
}

/** The offer of the turn, or the one before it where the buyer only adds to it: 80行吗, 那两件呢. */
function offerOf({ offer, slots }: Understanding): Offer | undefined {
  if (offer !== undefined || slots.offeredPriceYuan === undefined) return offer;
  return { yuan: slots.offeredPriceYuan, of: 'unsaid' };
}

const postage = /邮|运费|快递费/;
const giftWords = /送|赠|礼|试吃|试用|小样|多(?:给|放)|添|捎|搭/;
const priceWords = /便宜|优惠|少|减|打|折|抹|价|低|降|卖|整|\d/;

/** What is pleaded for: a price with the postage in it is one; else the facet of the intent file, else the words that it rests on. */
export function pleaOf(
  { facet, evidence }: Pick<FoundIntent, 'facet' | 'evidence'>,
  offer?: Offer,
): 'price' | 'gift' | 'postage' {
  if (offer?.withPostage === true) return 'price';
  if (facet === 'gift' || facet === 'postage') return facet;
  if (facet !== undefined || evidence.length === 0) return 'price';
  const said = evidence.map(({ words }) => simplified(words));
  if (said.every((words) => postage.test(words))) return 'postage';
  return said.every((words) => giftWords.test(words) && !priceWords.test(words)) ? 'gift' : 'price';
}

/** All of it in words for templates. */
export function hagglingFacts(haggled: Haggled, understanding: Understanding) {
  const { round, kind, outcome, pieces, priceYuan, payableYuan, agentYuan, leadYuan, totalYuan } = haggled;
  const lower = (amount: number | undefined) => {
    if (amount === undefined || totalYuan === undefined || amount >= totalYuan) return undefined;
    // Whole yuan where that is still less: an agent changes a price by hand.
    return dealWords(Math.ceil(amount) < totalYuan ? Math.ceil(amount) : amount, pieces);
  };
  const intent = understanding.intents.find((one) => one.id === 'haggling')!;
  return {
    haggling_plea: pleaOf(intent, understanding.offer),
    haggling_round: round,
    haggling_kind: kind,
    haggling_outcome: outcome,
    beside_shipping_fee: understanding.intents.some((one) => one.id === 'shipping_fee'),
    offer: offerWords(understanding),
    offered_yuan: haggled.offeredYuan ?? understanding.slots.offeredPriceYuan,
    offer_deal: haggled.offeredYuan === undefined ? undefined : dealWords(haggled.offeredYuan, pieces),
    offer_covered: haggled.isCovered,
    offer_within: haggled.offerWithin,
    deal: priceYuan === undefined ? undefined : dealWords(priceYuan, pieces),
    deal_yuan: priceYuan,
    payable: payableYuan === undefined ? undefined : dealWords(payableYuan, pieces),
    payable_by_coupon: payableYuan !== undefined && totalYuan !== undefined && payableYuan < totalYuan,
    agent_deal: lower(agentYuan),
    lead_deal: lower(leadYuan),
  } as const;
}

/** 166元, or 2件一共332元: the buyer reads what the amount is for. */
function dealWords(amount: number, pieces: number): string {
  return pieces === 1 ? `${yuan(amount)}元` : `${pieces}件一共${yuan(amount)}元`;
}

/** The offer as the buyer said it: 80元, 8折, 便宜10元. */
function offerWords(understanding: Understanding): string | undefined {
  const { discount } = understanding.slots;
  const offer = offerOf(understanding);
  if (offer?.reductionYuan !== undefined) return `便宜${yuan(offer.reductionYuan)}元`;
  if (offer?.yuan !== undefined) return `${yuan(offer.yuan)}元`;
  return discount === undefined ? undefined : `${yuan(discount * 10)}折`;
}
