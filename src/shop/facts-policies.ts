/** Facts of the shop itself and of its policies for what is asked: no-reason returns, instalments, cash on delivery. */
import type { Slots } from '../conversation.js';
import { daysNamed, termAsked } from './facts-days.js';
import { shipsFromWords, weekendShips } from './facts-dispatch.js';
import { namesWay } from './facts-sale.js';
import { coverageFacts, freeRule } from './facts-shipping.js';
import { instalmentSumOf } from './facts-spend.js';
import { listWords, regionWords, yuan } from './facts-words.js';
import type { Product, ShopParameters } from './parameters.js';

const invoiceWords = { electronic: '电子发票', paper: '纸质发票', vat_special: '增值税专用发票' } as const;

/** What depends on the parameters alone. */
export function shopFacts(parameters: ShopParameters) {
  const { shipping, dispatch, pricing, invoice, returns, creditCard, authenticity, quality, warranty } = parameters;
  const fees = (shipping?.table ?? []).map((row) => row.firstKgYuan).filter((fee) => fee !== undefined);
  const has = (kind: 'electronic' | 'paper' | 'vat_special') => invoice?.kinds.includes(kind);
  return {
    shop_name: parameters.name,
    address: parameters.address,
    sticker: parameters.stickers ? '/:^_^' : undefined,
    fee_lowest_yuan: fees.length === 0 ? undefined : Math.min(...fees),
    fee_highest_yuan: fees.length === 0 ? undefined : Math.max(...fees),
    free_rule: freeRule(parameters),
    free_from_yuan: shipping?.freeFromYuan,
    free_from_items: shipping?.freeFromItems,
    free_excluded: regionWords(shipping?.freeExcludes ?? []),
    surcharges: listWords(
      Object.entries(shipping?.surchargeYuan ?? {}).map(([courier, extra]) => `${courier}加${yuan(extra)}元`),
    ),
    ...coverageFacts(parameters),
    ships_from: shipsFromWords(parameters),
    weekend_ships: weekendShips(parameters),
    tracking_hours: dispatch?.trackingVisibleHours,
    address_change: dispatch?.addressChange,
    price_policy: pricing?.policy,
    price_reason: pricing?.reason,
    coupons: couponWords(pricing),
    gift: pricing?.gift,
    price_rule: priceRule(pricing),
    perks: perkWords(parameters),
    invoice_kinds: listWords((invoice?.kinds ?? []).map((kind) => invoiceWords[kind])),
    invoice_electronic: has('electronic'),
    invoice_paper: has('paper'),
    invoice_vat_special: has('vat_special'),
    invoice_days: invoice?.withinWorkingDays,
    invoice_sent_by: invoice?.sentBy,
    return_days: returns?.noReasonDays === 0 ? undefined : returns?.noReasonDays,
    insurance: returns?.insurance,
    insurance_paid_hours: returns?.insurance === true ? returns.insurancePaidHours : undefined,
    return_address: returns?.addressSource,
    care: parameters.care,
    official: authenticity?.official,
    authenticity: authenticity?.words,
    authenticity_compensation: authenticity?.compensation,
    authenticity_check: authenticity?.check,
    quality_weakness: quality?.weakness,
    quality_strength: quality?.strength,
    warranty_months: warranty?.months,
    warranty_covers: warranty?.covers,
    warranty_repair: warranty?.repair,
    warranty_installation: warranty?.installation,
    refund_days: returns?.refundDays,
    fault_days: returns?.faultDays,
    return_postage: paidBy(returns?.noReasonPaidBy),
    fault_postage: paidBy(returns?.faultPaidBy),
    exchange_postage: paidBy(returns?.exchangePaidBy),
    card_ok: creditCard?.accepted,
    instalments_from_yuan: creditCard?.instalmentsFromYuan,
    instalment_services: listWords(creditCard?.services ?? []),
    periods: listWords(creditCard?.periods ?? []),
  } as const;
}

function priceRule(pricing: ShopParameters['pricing']): 'one' | 'by_pieces' | 'steps' | undefined {
  if (pricing === undefined) return undefined;
  if (pricing.concessions !== undefined) return 'steps';
  return pricing.policy === 'fixed' ? 'one' : 'by_pieces';
}

/** 可以用满200减5的优惠，随单送手写洗护小卡: what is told to a buyer who haggles before anything is conceded. */
function perkWords(parameters: ShopParameters): string | undefined {
  const { pricing } = parameters;
  if (pricing === undefined) return undefined;
  const coupons = couponWords(pricing);
  const perks = [coupons === undefined ? undefined : `可以用${coupons}的优惠`, pricing.gift && `随单送${pricing.gift}`];
  return perks.filter((one) => one !== undefined).join('，') || freeRule(parameters);
}

function couponWords(pricing: ShopParameters['pricing']): string | undefined {
  return listWords((pricing?.coupons ?? []).map(({ fromYuan, offYuan }) => `满${yuan(fromYuan)}减${yuan(offYuan)}`));
}

const payers = { buyer: '由您承担', shop: '由店里承担', each: '来回各承担一程' } as const;

function paidBy(payer: keyof typeof payers | undefined): string | undefined {
  return payer === undefined ? undefined : payers[payer];
}

/** What the policies say of the product meant; `unlisted` is a page that the shop's list does not have. */
export function policyFacts(
  parameters: ShopParameters,
  { product, unlisted, text }: { readonly product: Product | undefined; readonly unlisted: boolean; readonly text: string },
  slots: Slots,
  priceYuan: number | undefined,
) {
  const allOrNone = (key: 'noReasonReturn' | 'cod') => (unlisted ? undefined : same(parameters.products, key));
  const cod = codFacts(parameters.cod, product?.cod ?? allOrNone('cod'), slots);
  const days = daysNamed(slots, text);
  return {
    return_days_asked: termAsked(parameters.returns?.noReasonDays, days),
    protection_days_asked: termAsked(parameters.pricing?.priceProtectionDays, days),
    no_reason_ok: noReasonOk(parameters.returns?.noReasonDays, product?.noReasonReturn ?? allOrNone('noReasonReturn')),
    instalment_service: parameters.creditCard?.services.find((one) => namesWay(text, one)),
    instalment_state: instalmentState(parameters.creditCard, product, slots, priceYuan, instalmentSumOf(text)),
    cod: cod?.state,
    cod_off_by: cod?.by,
  } as const;
}

/** What every product of the shop has in common; undefined where they differ or none is listed. */
function same(products: readonly Product[], key: 'noReasonReturn' | 'cod'): boolean | undefined {
  const first = products[0]?.[key];
  return products.every((one) => one[key] === first) ? first : undefined;
}

function noReasonOk(days: number | undefined, ofProduct: boolean | undefined): boolean | undefined {
  if (days === undefined) return undefined;
  return days === 0 ? false : ofProduct;
}

function instalmentState(
  card: ShopParameters['creditCard'],
  product: Product | undefined,
  { quantity = 1, instalments }: Slots,
  priceYuan: number | undefined,
  namedYuan: number | undefined,
) {
  if (card?.accepted !== true || card.instalmentsFromYuan === undefined) return undefined;
  if (product?.instalments === false) return 'not_for_item';
  if (instalments !== undefined && card.periods.length > 0 && !card.periods.includes(instalments)) return 'no_such_period';
  // An amount that is named shows what does not reach; that it would is left to the goods.
  if (priceYuan === undefined) return namedYuan !== undefined && namedYuan < card.instalmentsFromYuan ? 'below' : 'unknown';
  return priceYuan * quantity >= card.instalmentsFromYuan ? 'reached' : 'below';
}

function codFacts(cod: ShopParameters['cod'], ofProduct: boolean | undefined, { region }: Slots) {
  if (cod === undefined) return undefined;
  if (!cod.enabled) return { state: 'no', by: 'shop' } as const;
  if (ofProduct === false) return { state: 'no', by: 'item' } as const;
  if (region !== undefined && (cod.notIn.includes(region.province) || cod.notIn.includes(`${region.province}/${region.city}`)))
    return { state: 'no', by: 'region' } as const;
  return { state: ofProduct === true ? 'yes' : 'unknown', by: undefined } as const;
}
