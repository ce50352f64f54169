/**
 * Every fact that a template may speak of: what it is, where it comes from and which values it can have. The source of
 * the documentation, of the check of intent files, and of telling which replies are off because a parameter is not set.
 */
import type { Fact } from '../composing/facts.js';
import { troubles } from '../understanding/trouble.js';
import { termsAsked } from './facts-days.js';
import type { ShopParameters } from './parameters.js';

export interface FactDoc {
  readonly title: { readonly zh: string; readonly en: string };
  /** Path of the parameter that it rests on, or `message.…` for what only the turn gives. */
  readonly from: string;
  /** All values that it can have, where they are few. */
  readonly values?: readonly Fact[];
}

const yesNo = [true, false] as const;

function doc(zh: string, en: string, from: string, values?: readonly Fact[]): FactDoc {
  return values === undefined ? { title: { zh, en }, from } : { title: { zh, en }, from, values };
}

/** A shop's own facts are `extra_<name>`: one entry stands for all of them. */
export const factDocs = {
  shop_name: doc('店名', 'name of the shop', 'name'),
  address: doc('称呼买家', 'how the buyer is called', 'address', ['亲', '您']),
  in_return: doc('正说着退换货', 'the talk is of goods that go back', 'message.intents', yesNo),
  trouble: doc('买家刚说的自己那一单的事', 'what was just told of an own order', 'message.intents', [...troubles]),
  sticker: doc('结尾表情', 'a sticker, where the shop allows them', 'stickers'),
  opening: doc('客服何时回复', 'when a person answers', 'hours'),
  person: doc(
    '办事的人：自动回复说“客服”，客服的草稿说“我”',
    'who sees to it: 客服, and 我 in a draft that an agent sends',
    'message.author',
  ),
  person_then: doc(
    '谁、何时来办：“客服明早9点上班后”，上班忙时“客服正在赶来，”，草稿说“我”',
    'the same with the time at which it is seen to, or that somebody is on the way',
    'message.author',
  ),
  hours_words: doc('客服在线时间', 'hours of the week in words', 'hours.weekly'),
  'extra_*': doc('店铺自定义', "the shop's own", 'extra'),

  item_title: doc('商品名', 'title of the product meant', 'message.item'),
  item_listed: doc('商品在店铺资料里', 'the product is in the list of the shop', 'products', yesNo),
  item_named: doc('买家说出了商品名', 'the words of the buyer name the product', 'message.text', yesNo),
  items_named: doc('买家说了好几个商品名', 'the words name several products at once', 'message.text', yesNo),
  item_pointed: doc('买家发了链接或商品编号', 'the words bring a link or the number of a product', 'message.text', yesNo),
  item_shown: doc('买家指着某一款在问', 'the buyer speaks of one that he has in front of him', 'message.text', yesNo),
  price_yuan: doc('单价', 'price of the product', 'message.item'),
  sum_named: doc('买家说的满减金额', "sums named, against the shop's coupons", 'message.text', ['none', 'known', 'unknown']),
  unit_state: doc('问的计量单位与商品一致', 'the measure asked is that of the product', 'message.text', [
    'none',
    'same',
    'other',
  ]),
  total_yuan: doc('几件合计', 'price of the pieces asked', 'message.item'),
  coupon_off_yuan: doc('合计可用的满减', 'what the coupon takes off the total', 'pricing.coupons'),
  pay_yuan: doc('用券后合计', 'total after the coupon; unset while a campaign runs', 'pricing.coupons'),
  quantity: doc('买家说的件数', 'pieces that the buyer names', 'message.quantity'),
  offer_by_coupon: doc('要减的钱用券就能减', 'a coupon gives the amount off that is asked for', 'pricing.coupons', yesNo),
  offered_yuan: doc(
    '买家出的价（折扣、减多少也算成价）',
    'price that the buyer offers, for all pieces; a discount or an amount off counted in where the price is known',
    'message.offeredPriceYuan',
  ),
  stock: doc('库存', 'stock of what is asked', 'products', ['in', 'low', 'out', 'unknown']),
  stock_count: doc('库存件数', 'pieces in stock', 'products.variants.stock'),
  enough: doc('库存够买家要的件数', 'the stock covers the pieces asked', 'products', ['yes', 'no', 'unclear']),
  restock: doc('补货日期', 'day of the restock', 'products.variants.restock'),
  variant_state: doc('问到的颜色尺码', 'the colour and size asked', 'products', ['none', 'known', 'not_made', 'unknown']),
  variant: doc('颜色加尺码', 'colour and size asked, as one', 'products.variants'),
  colour: doc('颜色', 'colour asked', 'message.colour'),
  size: doc('尺码', 'size asked', 'message.size'),
  choices: doc('同款可换的颜色或尺码', 'other colours or sizes in stock of the same product', 'products.variants'),
  colours_in_stock: doc('有货的颜色', 'colours in stock', 'products.variants.colour'),
  colours: doc('这款的全部颜色', 'all colours of the product', 'products.variants.colour'),
  left_out: doc('买家说除外的颜色', 'colours that the buyer leaves out', 'message.text'),
  colours_beside: doc('除外之外有货的颜色', 'colours in stock beside those left out', 'products.variants.colour'),
  sizes: doc('这款的全部尺码', 'all sizes of the product', 'products.variants.size'),
  sizes_in_stock: doc('每个有货颜色都有的尺码', 'sizes in stock in every such colour', 'products.variants.size'),
  alternatives: doc('有货的替代商品', 'alternatives that are in stock', 'products.alternatives'),
  alternative_1: doc('替代商品一', 'first alternative in stock', 'products.alternatives'),
  alternative_2: doc('替代商品二', 'second alternative in stock', 'products.alternatives'),
  cheaper_item: doc('更实惠的有货商品', 'a cheaper alternative in stock', 'products.alternatives'),
  cheaper_price_yuan: doc('更实惠商品的价格', 'its price', 'products.alternatives'),
  detail_state: doc('问到的商品信息', 'whether what is asked of the goods is set', 'message.details', [
    'none',
    'known',
    'unknown',
  ]),
  detail_words: doc('问到的商品信息内容', 'label and text of what is asked', 'products.details'),
  detail_names: doc('问到的是哪些商品信息', 'which details are asked', 'message.details'),
  care_asked: doc('只问洗护', 'washing and keeping is all that is asked', 'message.details', yesNo),
  weakness_state: doc('担心的质量方面', 'whether what is feared is set', 'message.weaknesses', ['none', 'known', 'unknown']),
  weakness_words: doc('担心方面的说明', 'text of what is feared', 'products.details'),
  weakness_names: doc('担心的是哪些质量方面', 'what is feared', 'message.weaknesses'),
  size_advice: doc('按尺码表推荐尺码', 'what the size chart gives', 'products.sizeChart', [
    'ask_both',
    'ask_height',
    'ask_weight',
    'one',
    'between',
    'outside',
  ]),
  size_advised: doc('推荐的尺码', 'size by the chart', 'products.sizeChart'),
  size_advised_2: doc('推荐的另一个尺码', 'the other size where two fit', 'products.sizeChart'),
  size_stock: doc('推荐尺码有货', 'stock of the advised size(s)', 'products.sizeChart', ['in', 'out', 'unknown']),
  height_cm: doc('身高厘米', 'height that the buyer names', 'message.heightCm'),
  body_weight: doc('体重（斤）', 'body weight in 斤', 'message.weightKg'),
  order_id: doc('订单号', 'order number', 'message.order'),
  order_status: doc('订单状态', "state of the buyer's own order as the platform tells it", 'message.order'),

  facet: doc('问到的方面', 'which side of the matter is asked', 'message.facet'),
  region: doc('地区', 'region asked', 'message.region'),
  region_state: doc('地区情况', 'what is known of the region; unread: a place is named that is not understood', 'shipping', [
    'none',
    'known',
    'not_served',
    'unknown_fee',
    'unread',
  ]),
  fee_yuan: doc('首重运费', 'fee of the first weight to the region', 'shipping.table.firstKgYuan'),
  first_kg: doc('首重公斤数', 'kilograms that the first fee covers', 'shipping'),
  fee_next_yuan: doc('续重每公斤', 'each further kilogram', 'shipping.table.nextKgYuan'),
  fee_lowest_yuan: doc('运费低至', 'lowest first-kilogram fee', 'shipping.table.firstKgYuan'),
  fee_highest_yuan: doc('运费高至', 'highest first-kilogram fee', 'shipping.table.firstKgYuan'),
  weight_kg: doc('买家说的重量', 'weight that the buyer names', 'message.weightKg'),
  fee_total_yuan: doc('该重量的运费', 'fee for that weight', 'shipping.table.firstKgYuan'),
  cart_kg: doc('所问件数的总重', 'weight of the pieces asked', 'products.weightKg'),
  cart_fee_yuan: doc('所问件数的运费', 'fee for the pieces asked', 'shipping.table.firstKgYuan'),
  free_rule: doc('包邮规则（含除外地区）', 'free-shipping rule with its exclusions', 'shipping'),
  free_from_yuan: doc('满多少元包邮', 'free from this amount', 'shipping.freeFromYuan'),
  free_from_items: doc('满多少件包邮', 'free from so many items', 'shipping.freeFromItems'),
  free_excluded: doc('不参加包邮的地区', 'regions without free shipping', 'shipping.freeExcludes'),
  free_here: doc('该地区参加包邮', 'free shipping holds in the region', 'shipping', yesNo),
  free_reached: doc('已到包邮门槛', 'what is asked reaches the threshold', 'shipping', yesNo),
  spend_yuan: doc('买家说要买的金额', 'amount that the buyer would spend', 'message.text'),
  spend_missing_yuan: doc('离包邮还差', 'what this amount lacks to the threshold', 'shipping.freeFromYuan'),
  also_fee: doc('同时问了运费', 'postage is asked in the same turn', 'message.text', [true]),
  also_time: doc('同时问了发货到货时间', 'delivery time is asked in the same turn', 'message.text', [true]),
  also_courier: doc('同时问了快递', 'couriers are asked in the same turn', 'message.text', [true]),
  in_hurry: doc('买家着急', 'the buyer is in a hurry', 'message.text', [true]),
  courier: doc('快递', 'courier asked', 'message.courier'),
  courier_state: doc('能否发该快递', 'whether the courier can be had', 'shipping', [
    'none',
    'unknown',
    'offered',
    'not_offered',
    'not_there',
  ]),
  courier_usual: doc('是不加价的快递', 'the courier asked costs nothing extra', 'shipping', yesNo),
  courier_fee_yuan: doc('该快递自己的首重价', "the courier's own first fee", 'shipping.table.firstKgYuan'),
  courier_first_kg: doc('该快递首重公斤数', 'kilograms that it covers', 'shipping.table.firstKgYuan'),
  courier_fee_next_yuan: doc('该快递续重价', "the courier's own further kilogram", 'shipping.table.nextKgYuan'),
  surcharge_yuan: doc('指定该快递加价', 'extra for that courier', 'shipping.surchargeYuan'),
  surcharges: doc('指定快递加价', 'extras by courier', 'shipping.surchargeYuan'),
  couriers: doc('不加价的可发快递', 'couriers without extra charge (to the region)', 'shipping.couriers'),
  other_couriers: doc('除此以外不加价的快递', 'the same without the courier asked', 'shipping.couriers'),
  couriers_named: doc('买家点名要的不加价快递', 'couriers without extra charge that the words name', 'message.text'),
  dearer_couriers: doc('可选的加价快递和价格', 'couriers that cost extra, and how much', 'shipping'),
  courier_wish: doc('能否指定快递', 'whether a courier may be wished for', 'shipping.courierWish', ['note', 'no']),
  rural_couriers: doc('到乡镇的快递', 'couriers that go to villages', 'shipping.ruralCouriers'),
  pickup: doc('能否自提', 'whether goods may be fetched', 'shipping.pickup.offered', ['yes', 'no']),
  pickup_where: doc('自提地点', 'where they are fetched', 'shipping.pickup.where'),
  outer_state: doc('港澳台能否寄', 'whether 港澳台 are served', 'shipping', ['served', 'not_served']),
  outer_couriers: doc('寄港澳台的快递', 'couriers to 港澳台', 'shipping.table.couriers'),
  abroad_state: doc('海外能否寄', 'whether parcels go abroad', 'shipping', ['served', 'not_served']),

  ships_from: doc('发货地', 'where parcels leave', 'dispatch.shipsFrom'),
  cut_off: doc('当天发货截单时间', 'cut-off of the day', 'dispatch.cutOff'),
  before_cut_off: doc('现在早于截单时间', 'it is before the cut-off now', 'dispatch.cutOff', yesNo),
  ship_day: doc('现在付款哪天发出', 'day on which a parcel paid now leaves', 'dispatch.cutOff'),
  ship_exception: doc('特殊时期发货规则', 'rule of a promotion period', 'dispatch.exceptions.from'),
  closed_on_way: doc('发出前要跨过的停发日', 'closed days before it leaves', 'dispatch.closed.from'),
  closed_next: doc('问到的或近期的停发日', 'closed days of the holiday asked, or within 60 days', 'dispatch.closed.from'),
  closed_asked: doc('问的发货日正逢停发', 'closed days on which the dispatch is asked of', 'dispatch.closed.from'),
  closed_received: doc('问的收货日正逢停发', 'closed days on which a parcel is to be there', 'dispatch.closed.from'),
  weekend_ships: doc('周末是否发货', 'whether parcels leave at the weekend', 'dispatch.shipsOn', [
    'both',
    'saturday',
    'sunday',
    'none',
  ]),
  presale_day: doc('预售发货日', 'day from which the presale ships', 'products.presaleShips'),
  days: doc('路上天数', 'usual days on the way', 'dispatch.usualDays'),
  days_from: doc('路上天数（少）', 'usual days, from', 'dispatch.usualDays'),
  days_to: doc('路上天数（多）', 'usual days, to', 'dispatch.usualDays'),
  asked_date: doc('买家问的日期', 'day that the buyer asks about', 'message.date'),
  asked_days: doc('买家问的天数', 'days that the buyer asks about', 'message.text'),
  in_time: doc('按常规赶不赶得上', 'whether it usually arrives by then', 'dispatch.usualDays', ['no', 'close', 'likely']),
  address_change: doc('发货前怎么改地址', 'how a buyer changes the address before dispatch', 'dispatch.addressChange'),
  tracking_hours: doc('多久能查到物流', 'hours until tracking shows', 'dispatch.trackingVisibleHours'),

  price_policy: doc('议价政策', 'pricing policy', 'pricing.policy', ['fixed', 'tiered']),
  price_reason: doc('价格的道理', 'why the price is what it is', 'pricing.reason'),
  coupons: doc('满减券', 'coupons', 'pricing.coupons'),
  coupons_where: doc('在哪领券', 'where coupons are claimed', 'pricing.couponsWhere'),
  coupons_stack: doc('券能否叠加', 'several coupons on one order', 'pricing.couponsStack', yesNo),
  gift: doc('赠品', 'gift', 'pricing.gift'),
  gift_from_yuan: doc('满多少元有赠品', 'gift from this amount', 'pricing.giftFromYuan'),
  first_order: doc('首单优惠', 'what a first order gets', 'pricing.firstOrder'),
  member: doc('会员优惠', 'what members get', 'pricing.member'),
  price_protection_days: doc('价保天数', 'days of price protection', 'pricing.priceProtectionDays'),
  protection_days_asked: doc(
    '买家说的天数在价保期内',
    'days named, against those of price protection',
    'message.text',
    termsAsked,
  ),
  campaigns: doc('进行中的活动', 'campaigns that run now for what is asked: all, or those that the buyer names', 'campaigns'),
  campaigns_some: doc(
    '只限部分商品的活动',
    'campaigns that run for some products alone: which ones, where none of them is asked about',
    'campaigns.products',
  ),
  campaign_ends: doc('进行中的活动何时结束', 'last days of the campaigns that run, where all have one', 'campaigns.to'),
  campaign_next_stacks: doc('下次活动能否叠加券', 'coupons on top of what comes next', 'campaigns.stacks', yesNo),
  campaign_stacks: doc('活动能否叠加券', 'coupons on top of what runs', 'campaigns.stacks', yesNo),
  campaign_next: doc('下一个活动', 'the next campaign: any, or the one that the buyer names', 'campaigns.from'),
  campaign_next_words: doc('下一个活动的内容', 'what it gives', 'campaigns.from'),
  campaign_next_from: doc('下一个活动哪天开始', 'its first day', 'campaigns.from'),
  campaign_named: doc('买家说了活动名', 'the buyer names one of the campaigns', 'campaigns.name', yesNo),

  pay_methods: doc('付款方式', 'ways to pay', 'payment.methods'),
  pay_method: doc('买家问的付款方式', 'the way to pay that is asked, where it is offered', 'payment.methods'),
  pay_method_asked: doc('问到某种付款方式', 'a way to pay is named', 'message.text', ['none', 'offered', 'not_offered']),
  order_closes_hours: doc('未付款几小时关闭', 'hours until an unpaid order closes', 'payment.closesAfterHours'),
  wholesale_from: doc('批发起订件数', 'pieces from which wholesale holds', 'wholesale.fromItems'),
  wholesale_words: doc('批发说明', 'what holds then', 'wholesale.words'),
  wholesale_reached: doc('件数到批发起订', 'as many pieces are asked as wholesale begins with', 'wholesale.fromItems', yesNo),
  price_rule: doc('能不能让价', 'one price for all, by pieces (an agent), or by steps', 'pricing.policy', [
    'one',
    'by_pieces',
    'steps',
  ]),
  perks: doc('现有的优惠（券、赠品，没有则包邮规则）', 'what exists: coupons and gift, else free shipping', 'pricing'),
  beside_shipping_fee: doc('同时问了运费', 'the fee is asked too', 'pricing.policy', yesNo),
  haggling_plea: doc('议价求什么', 'what is pleaded for', 'pricing.policy', ['price', 'gift', 'postage']),
  haggling_round: doc('议价第几轮', 'round of haggling over this item', 'pricing.policy'),
  haggling_kind: doc('议价的买家', 'kind of haggler', 'pricing.policy', ['generous', 'probing', 'insistent']),
  haggling_outcome: doc('议价怎么答', 'what haggling comes to', 'pricing.policy', [
    'perks',
    'concede',
    'accept',
    'beyond',
    'hold',
  ]),
  offer: doc('买家的出价（原话）', "the buyer's offer in words", 'message.offeredPriceYuan'),
  offer_deal: doc('买家的出价（含件数）', 'the offer for all pieces, with the pieces', 'message.offeredPriceYuan'),
  offer_covered: doc('不让价也够买家的出价', 'the offer is reached without a concession', 'message.offeredPriceYuan', yesNo),
  offer_within: doc('谁能答应这个出价', 'who may agree to the offer', 'message.offeredPriceYuan', [
    'bot',
    'agent',
    'lead',
    'nobody',
  ]),
  deal: doc('可以改到的价（含件数）', 'price conceded or accepted, with the pieces', 'pricing.policy'),
  deal_yuan: doc('可以改到的价', 'price conceded or accepted, for all pieces', 'pricing.policy'),
  payable: doc('用券后的价（含件数）', 'what is paid with the best coupon, with the pieces', 'pricing.policy'),
  payable_by_coupon: doc('有券可用', 'a coupon holds for these pieces', 'pricing.coupons', yesNo),
  agent_deal: doc('客服权限内的价（含件数）', 'the lowest that an agent may give, with the pieces', 'pricing.policy'),
  lead_deal: doc('店长权限内的价（含件数）', 'the lowest that the lead may give, with the pieces', 'pricing.policy'),

  invoice_kinds: doc('可开发票种类', 'kinds of invoices', 'invoice.kinds'),
  invoice_electronic: doc('可开电子发票', 'electronic invoices', 'invoice.kinds', yesNo),
  invoice_paper: doc('可开纸质发票', 'paper invoices', 'invoice.kinds', yesNo),
  invoice_vat_special: doc('可开专票', 'special VAT invoices', 'invoice.kinds', yesNo),
  invoice_days: doc('发票工作日内开出', 'working days until the invoice', 'invoice.withinWorkingDays'),
  invoice_sent_by: doc('纸质发票怎么寄', 'how a paper invoice is sent', 'invoice.sentBy'),

  return_days: doc('无理由退货天数', 'days of return without reason', 'returns.noReasonDays'),
  return_days_asked: doc(
    '买家说的天数在无理由期内',
    'days named, against those of return without reason',
    'message.text',
    termsAsked,
  ),
  no_reason_ok: doc(
    '支持无理由退货（商品不明且不一致时未知）',
    'returns without reason; unset where products differ',
    'returns.noReasonDays',
    yesNo,
  ),
  insurance: doc('有运费险', 'return insurance', 'returns.insurance', yesNo),
  insurance_paid_hours: doc('运费险几小时内赔付', 'hours until the insurer pays', 'returns.insurancePaidHours'),
  return_address: doc('退货地址在哪看', 'where the address of a return is told', 'returns.addressSource', [
    'order_page',
    'agent',
  ]),
  refund_days: doc('退款天数', 'days until the refund', 'returns.refundDays'),
  fault_days: doc('质量问题天数', 'days for faults', 'returns.faultDays'),
  return_postage: doc('无理由退货邮费谁出', 'who pays a return without reason', 'returns.noReasonPaidBy', [
    '由您承担',
    '由店里承担',
  ]),
  fault_postage: doc('质量问题邮费谁出', 'who pays in case of a fault', 'returns.faultPaidBy', ['由您承担', '由店里承担']),
  exchange_postage: doc('换货邮费谁出', 'who pays an exchange', 'returns.exchangePaidBy', [
    '由您承担',
    '由店里承担',
    '来回各承担一程',
  ]),

  care: doc('通用洗护说明', 'how all goods are washed and kept', 'care'),
  official: doc('官方或授权店', "the brand's own or an authorised shop", 'authenticity.official', yesNo),
  authenticity: doc('正品说明', 'where the goods come from', 'authenticity.words'),
  authenticity_compensation: doc('假货赔付', 'what a buyer gets for a fake', 'authenticity.compensation'),
  authenticity_check: doc('怎么验真', 'how a buyer can check', 'authenticity.check'),
  quality_weakness: doc('质量的不足（先说）', 'weak side of the goods', 'quality.weakness'),
  quality_strength: doc('质量的好处', 'strong side of the goods', 'quality.strength'),
  warranty_months: doc('保修月数', 'months of warranty', 'warranty.months'),
  warranty_covers: doc('保修范围', 'what the warranty covers', 'warranty.covers'),
  warranty_repair: doc('怎么修', 'how a repair goes', 'warranty.repair'),
  warranty_installation: doc('安装说明', 'whether and how it is installed', 'warranty.installation'),

  card_ok: doc('可用信用卡', 'credit cards are taken', 'creditCard.accepted', yesNo),
  instalments_from_yuan: doc('满多少元可分期', 'instalments from this amount', 'creditCard.instalmentsFromYuan'),
  instalment_services: doc('分期方式', 'instalment services', 'creditCard.services'),
  periods: doc('分期期数', 'periods', 'creditCard.periods'),
  instalment_service: doc(
    '问到的分期方式',
    'the instalment service that is asked, where the shop takes it',
    'creditCard.services',
  ),
  instalment_state: doc('能否分期', 'whether instalments can be had', 'creditCard.instalmentsFromYuan', [
    'reached',
    'below',
    'not_for_item',
    'no_such_period',
    'unknown',
  ]),
  cod: doc('货到付款', 'cash on delivery for what is asked', 'cod.enabled', ['yes', 'no', 'unknown']),
  cod_off_by: doc('不能货到付款的原因', 'what cash on delivery fails by', 'cod.enabled', ['shop', 'item', 'region']),
} satisfies Record<string, FactDoc>;

export type FactName = keyof typeof factDocs;

/**
 * The facts that can have a value in this shop at all. What is missing here is a parameter not set: replies that need it
 * are off for every buyer.
 */
export function possibleFacts(parameters: ShopParameters): ReadonlySet<string> {
  const names = Object.entries(factDocs)
    .filter(([name, { from }]) => name !== 'extra_*' && (from.startsWith('message.') || isSet(parameters, from.split('.'))))
    .map(([name]) => name);
  return new Set([...names, ...Object.keys(parameters.extra).map((name) => `extra_${name}`)]);
}

/** Whether a path leads to a value: through lists if any entry has it; an empty list or record is none. */
function isSet(value: unknown, path: readonly string[]): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => isSet(one, path));
  const [head, ...rest] = path;
  if (head !== undefined) return typeof value === 'object' && isSet((value as Record<string, unknown>)[head], rest);
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
