/**
 * A shop's parameters (config/shops/<shop>.yaml): everything that differs from shop to shop. One zod schema is the
 * type, the check and the source of the documentation. What a shop leaves out is unset, never guessed: replies that
 * need it are not eligible. Figures of the demo shop are in config/shops/demo.yaml, none here.
 */
import { z } from 'zod';
import { deskSchema } from './desk-parameters.js';
import { hoursRanges } from './hours-range.js';
import { holdingOverrideSchema, repliesSchema } from './reply-parameters.js';
import { timeZoneSchema } from './time-zone.js';
import { variantSchema } from './variant.js';
import { webChatSchema } from './web-chat-parameters.js';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as HH:MM, e.g. 09:00');
const date = z.iso.date('write a date as YYYY-MM-DD');
/** Nobody pays in thousandths. */
const yuan = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, {
    message: 'write at most two places after the point, e.g. 8.55',
    params: { problem: 'is finer than a cent' },
  })
  .meta({ multipleOf: 0.01 });
const share = z.number().gt(0).max(1);
const words = (most: number) => z.string().trim().min(1).max(most);

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const ranges = hoursRanges;

export const hoursSchema = z.strictObject({
  /** When agents answer. A day without ranges is closed. */
  weekly: z.strictObject({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges }),
  /** Dated exceptions; they win over holidays and the week. `to` is inclusive. */
  exceptions: z
    .array(
      z
        .strictObject({ from: date, to: date.optional(), ranges, reason: words(40).optional() })
        .refine(({ from, to }) => to === undefined || from <= to, {
          message: 'write the earlier date as `from`',
          params: { problem: 'ends before it begins' },
        }),
    )
    .default([]),
  /** Mainland statutory holidays: closed (empty) or shorter hours; make-up workdays follow their own weekday row `mon`. */
  holidays: z
    .strictObject({
      calendar: z.literal('mainland'),
      ranges: ranges.default([]),
      /** Years whose arrangement stands in `exceptions`, where this version does not know it: nothing of them is provisional. */
      settled: z.array(z.number().int().min(2000).max(2200)).default([]),
    })
    .optional(),
});

/** A region by its official names without suffix, as wide as meant: 新疆, 新疆/克拉玛依, 江苏/苏州/昆山. */
const regions = z.array(words(20)).min(1);

export const shippingSchema = z.strictObject({
  /**
   * Fees by region. The rows of the most specific place that is named (county, city, province) hold there alone. A region
   * may stand in several rows that name different couriers: the first is told unless another courier is asked for, whose
   * row is then its whole fee, without a surcharge.
   */
  table: z
    .array(
      z.strictObject({
        regions,
        /** Fee of a parcel of the first weight. Left out: we send there, but a person tells the fee. */
        firstKgYuan: yuan.optional(),
        /** Kilograms that the first fee covers; default: 1. */
        firstKg: z.number().gt(0).max(1000).optional(),
        /** Each further kilogram begun. */
        nextKgYuan: yuan.optional(),
        /** Couriers that serve these regions for this fee; empty: all of the shop's. */
        couriers: z.array(words(10)).default([]),
      }),
    )
    .default([]),
  /** Regions the shop does not send to. */
  notServed: z.array(words(20)).default([]),
  freeFromYuan: yuan.optional(),
  freeFromItems: z.number().int().min(1).optional(),
  /** Regions where the free-shipping threshold does not hold. */
  freeExcludes: z.array(words(20)).default([]),
  couriers: z.array(words(10)).default([]),
  /** Extra for a courier the buyer chooses: 顺丰: 15. */
  surchargeYuan: z.record(z.string(), yuan).default({}),
  /** Whether a buyer may wish for one of the couriers: `note` in the order's note, `no`: the warehouse chooses. */
  courierWish: z.enum(['note', 'no']).optional(),
  /** Couriers that go to townships and villages too. */
  ruralCouriers: z.array(words(10)).optional(),
  /** Whether goods may be fetched instead of sent, and where (shown to buyers). */
  pickup: z.strictObject({ offered: z.boolean(), where: words(40).optional() }).optional(),
});

const dayBounds = { from: z.number().int().min(0), to: z.number().int().min(0) };
const inOrder = ({ from, to }: { from: number; to: number }) => from <= to;
const orderMend = { message: 'write the smaller number of days as `from`', params: { problem: 'ends before it begins' } };
const days = z.strictObject(dayBounds).refine(inOrder, orderMend);

const datesInOrder = ({ from, to }: { from: string; to?: string | undefined }) => to === undefined || from <= to;
const datesMend = { message: 'write the earlier date as `from`', params: { problem: 'ends before it begins' } };

export const dispatchSchema = z.strictObject({
  /** Where parcels leave: 浙江/杭州. */
  shipsFrom: words(20).optional(),
  /** Paid before it, sent the same day. */
  cutOff: clock.optional(),
  usualDays: days.optional(),
  daysByRegion: z.array(z.strictObject({ regions, ...dayBounds }).refine(inOrder, orderMend)).default([]),
  trackingVisibleHours: z.number().int().min(0).optional(),
  /** How a buyer changes the address himself before dispatch, one clause: 发货前在订单详情页点“修改地址”就能自己改. */
  addressChange: words(40).optional(),
  /** Weekdays on which parcels leave; default: all. */
  shipsOn: z.array(z.enum(weekdays)).optional(),
  /** Days on which nothing leaves whatever the week says: a holiday, stocktaking. `to` is inclusive. */
  closed: z
    .array(z.strictObject({ from: date, to: date.optional(), reason: words(20).optional() }).refine(datesInOrder, datesMend))
    .optional(),
  /** Days whose orders ship by another rule (双11): within so many hours, or in the shop's own words. Wins over the cut-off. */
  exceptions: z
    .array(
      z
        .strictObject({
          from: date,
          to: date.optional(),
          reason: words(20).optional(),
          withinHours: z.number().int().min(1).max(720).optional(),
          words: words(40).optional(),
        })
        .refine(datesInOrder, datesMend)
        .refine(({ withinHours, words: own }) => (withinHours === undefined) !== (own === undefined), {
          message: 'write either `withinHours` or `words`',
          params: { problem: 'says either nothing or two things' },
        }),
    )
    .optional(),
});

/** A key is kept as it is written: what would be trimmed is refused. */
const detailLabel = z
  .string()
  .min(1)
  .max(12)
  .regex(/^\S(?:.*\S)?$/, 'write it without blanks around it, e.g. 材质');

const span = (least: number, most: number) =>
  z.strictObject({ from: z.number().min(least).max(most), to: z.number().min(least).max(most) }).refine(inOrder, {
    message: 'write the smaller number as `from`',
    params: { problem: 'ends before it begins' },
  });

/** One row of a size chart: who wears this size by the shop's own table. Rows may overlap. */
const sizeRowSchema = z.strictObject({ size: words(20), heightCm: span(50, 220), weightKg: span(2, 200) });

export const productSchema = z.strictObject({
  id: words(64),
  title: words(60),
  /** What buyers call it. */
  aliases: z.array(words(20)).default([]),
  priceYuan: yuan,
  /** The lowest price of one piece that haggling may come to; wins over `pricing.concessions.floorShare`. */
  floorYuan: yuan.optional(),
  /** What one piece of it is called where that is not 件 or 个: 盒, 条. A price asked for another measure is not told. */
  unit: words(4).optional(),
  weightKg: z.number().gt(0).max(1000).optional(),
  variants: z.array(variantSchema).min(1),
  /** Stock older than `bot.stockStaleHours` is not told to buyers; left out: the stock is always current. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** Presale: the day from which it ships; a day gone by says nothing any more. */
  presaleShips: date.optional(),
  /**
   * What buyers ask of it, label -> a clause that answers by itself: 材质: 70%羊毛、30%锦纶. Labels and how buyers say them:
   * `details` and `weaknesses` of intents/languages/<tag>.yaml; other labels are found as they are written. For a weakness
   * (起球, 掉色) say the weak side first: 摩擦多的地方会起少量小球，用修球器轻轻修一下就好.
   */
  details: z.record(detailLabel, words(60)).default({}),
  sizeChart: z.array(sizeRowSchema).default([]),
  /** Ids of products to offer when this one is out of stock, or beside it to who asks for a recommendation. */
  alternatives: z.array(words(64)).default([]),
  noReasonReturn: z.boolean().default(true),
  cod: z.boolean().default(false),
  instalments: z.boolean().default(true),
});

export const pricingSchema = z.strictObject({
  policy: z.enum(['fixed', 'tiered']),
  /** Why the price is what it is, in the shop's own words: 用料, 人人同价. */
  reason: words(40).optional(),
  coupons: z.array(z.strictObject({ fromYuan: yuan, offYuan: yuan })).default([]),
  /** Where a buyer claims them, told after 在: 商品页标题下面. */
  couponsWhere: words(30).optional(),
  /** Whether several coupons may be used on one order. */
  couponsStack: z.boolean().optional(),
  gift: words(40).optional(),
  /** The gift goes with orders from this amount; left out: with every order. */
  giftFromYuan: yuan.optional(),
  /** What a first order and what members get, in the shop's own words: 首单减3元. */
  firstOrder: words(30).optional(),
  member: words(30).optional(),
  /** 价保: the difference is given back when the price falls within so many days after the purchase. */
  priceProtectionDays: z.number().int().min(1).max(365).optional(),
  /** What the bot itself may concede off duty, step by step; left out: nothing. Never beyond `agentShare`. */
  concessions: z
    .strictObject({
      /** Share off the price by round of haggling, e.g. [0, 0.01, 0.02]; 0 is nothing, and the last holds on. */
      steps: z.array(z.number().min(0).lt(1)).min(1).max(10),
      /** From this amount of the order on. */
      fromYuan: yuan.optional(),
      /** The lowest share of the price: 0.97. */
      floorShare: share.optional(),
    })
    .optional(),
  /** What an agent may give by himself, e.g. 0.97 from 300 yuan on: shown in drafts. The bot keeps within it. */
  agentShare: share.optional(),
  agentFromYuan: yuan.optional(),
  leadShare: share.optional(),
});

/** A campaign of the shop or of the platform that it takes part in. Told while it runs or before it starts, never after. */
export const campaignSchema = z
  .strictObject({
    /** 双十一, 店庆 */
    name: words(12),
    /** How else buyers call it: 双11. */
    aliases: z.array(words(12)).default([]),
    /** First and last day in the shop's zone, both included; left out: open to that side. */
    from: date.optional(),
    to: date.optional(),
    /** What it gives, in the shop's own short words: 第二件九折. */
    words: words(30),
    /** Whether coupons may be used on top. */
    stacks: z.boolean().optional(),
    /** Ids of the only products that it holds for; none: the whole shop. */
    products: z.array(words(64)).default([]),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'write the earlier date as `from`',
    params: { problem: 'ends before it begins' },
  });

export const paymentSchema = z.strictObject({
  /** What the platform's pay page offers, by name, all of them: 支付宝, 银行卡. */
  methods: z.array(words(10)).default([]),
  /** An order that is not paid closes by itself after so many hours. */
  closesAfterHours: z.number().int().min(1).max(720).optional(),
});

export const wholesaleSchema = z.strictObject({
  /** From so many pieces on. */
  fromItems: z.number().int().min(2),
  /** What holds then, in the shop's own words: 按数量报价. */
  words: words(40),
});

export const invoiceSchema = z.strictObject({
  kinds: z.array(z.enum(['electronic', 'paper', 'vat_special'])).min(1),
  /** Working days after the trade closes. */
  withinWorkingDays: z.number().int().min(0).optional(),
  /** Who sends the paper invoice and how: 挂号信. */
  sentBy: words(20).optional(),
});

export const authenticitySchema = z.strictObject({
  /** Whether the shop is the brand's own or an authorised one. */
  official: z.boolean(),
  /** Where the goods come from, one clause without superlatives: 自家工厂织的，吊牌和水洗标齐全. */
  words: words(40),
  /** What a buyer gets for a fake: 假一赔三. */
  compensation: words(12).optional(),
  /** How a buyer can check: 吊牌上的二维码扫一扫就能查. */
  check: words(40).optional(),
});

/** What may be said of the quality of everything in the shop: the weak side is said first. */
export const qualitySchema = z.strictObject({ weakness: words(40), strength: words(40) });

export const warrantySchema = z.strictObject({
  months: z.number().int().min(1).max(600),
  /** What it covers: 开线、掉扣. */
  covers: words(40).optional(),
  /** How a repair goes, one clause: 寄回店里免费修补. */
  repair: words(40).optional(),
  /** Whether and how it is installed, one clause. */
  installation: words(40).optional(),
});

export const returnsSchema = z.strictObject({
  noReasonDays: z.number().int().min(0).optional(),
  insurance: z.boolean().default(false),
  /** Within so many hours the insurer pays once the return has arrived. */
  insurancePaidHours: z.number().int().min(1).optional(),
  /** Where the buyer finds the address to send to: on the page of the return, or from an agent. */
  addressSource: z.enum(['order_page', 'agent']).optional(),
  refundDays: z.number().int().min(0).optional(),
  /** 质量问题 within so many days after signing. */
  faultDays: z.number().int().min(0).optional(),
  /** Who pays the way back of a return without reason, of a fault, and the two ways of an exchange (`each`: one way each). */
  noReasonPaidBy: z.enum(['buyer', 'shop']).optional(),
  faultPaidBy: z.enum(['buyer', 'shop']).optional(),
  exchangePaidBy: z.enum(['buyer', 'shop', 'each']).optional(),
});

export const creditCardSchema = z.strictObject({
  accepted: z.boolean(),
  instalmentsFromYuan: yuan.optional(),
  periods: z.array(z.number().int().min(2).max(60)).default([]),
  /** 花呗, 白条 … by name. */
  services: z.array(words(10)).default([]),
});

export const codSchema = z.strictObject({
  enabled: z.boolean(),
  notIn: z.array(words(20)).default([]),
});

export const switchSchema = z.enum(['off', 'draft', 'auto']);

export const shopSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,31}$/, 'a shop id is lower case letters, digits and _, 2 to 32 long, starting with a letter'),
  name: words(30),
  timeZone: timeZoneSchema,
  /** How the buyer is called: 亲 or 您. */
  address: z.enum(['亲', '您']).default('亲'),
  /** Whether a sticker may close a reply. */
  stickers: z.boolean().default(true),
  hours: hoursSchema,
  bot: z
    .strictObject({
      /** `off` keeps it silent, `shadow` only records what it would have said, `auto` lets it speak off duty. */
      mode: z.enum(['off', 'shadow', 'auto']).default('auto'),
      replyCharacters: z.number().int().min(40).max(2000).default(128),
      draftCharacters: z.number().int().min(40).max(2000).default(200),
      /** How long the bot keeps still after an agent's word. */
      keepStillMinutes: z.number().min(0).max(1440).default(10),
      /** Left out: on duty the bot only drafts. Else it steps in once when a buyer waits too long for an agent's word. */
      stepIn: z
        .strictObject({
          /** Since the first message that no agent answered. */
          afterSeconds: z.number().min(5).max(3600).default(60),
          /** Or as soon as so many messages in a row have no answer … */
          afterMessages: z.number().int().min(2).max(20).default(3),
          /** … but not sooner: an agent is given this long for the first answer, and a burst is one thought. */
          notBeforeSeconds: z.number().min(0).max(60).default(10),
          /** `answer`: the automatic answer where it is sure, else a word that asks for patience; `busy`: always the latter. */
          with: z.enum(['busy', 'answer']).default('busy'),
        })
        .optional(),
      /** Within it the same question counts as a repeat. */
      cooldownMinutes: z.number().min(0).max(10_080).default(120),
      /** A conversation is answered once it has been still for this long. */
      burstSeconds: z.number().min(0).max(8).default(1.5),
      /** An older message (backlog after an outage) gets a holding reply. */
      staleMinutes: z.number().min(1).max(1440).default(15),
      /** Stock told to buyers is at most this old. */
      stockStaleHours: z.number().min(1).max(720).default(48),
      /** Up to so many pieces a buyer is told that few are left: scarcity is said only where it is true. */
      lowStock: z.number().int().min(0).max(1000).default(5),
    })
    .prefault({}),
  desk: deskSchema.prefault({}),
  /** Per intent: off, draft only, or auto (the default for intents that may be answered automatically). */
  intents: z.record(z.string(), switchSchema).default({}),
  /** Replies said otherwise than the intents' files have them, or not at all. */
  replies: repliesSchema.default({}),
  /** What is said when a person must answer, otherwise than the files have it. */
  holding: holdingOverrideSchema.prefault({}),
  shipping: shippingSchema.optional(),
  dispatch: dispatchSchema.optional(),
  products: z.array(productSchema).default([]),
  pricing: pricingSchema.optional(),
  campaigns: z.array(campaignSchema).max(40).default([]),
  payment: paymentSchema.optional(),
  wholesale: wholesaleSchema.optional(),
  invoice: invoiceSchema.optional(),
  returns: returnsSchema.optional(),
  /** How all goods are washed and kept, one clause; `details.洗护` of a product wins. */
  care: words(60).optional(),
  authenticity: authenticitySchema.optional(),
  quality: qualitySchema.optional(),
  warranty: warrantySchema.optional(),
  creditCard: creditCardSchema.optional(),
  cod: codSchema.optional(),
  /** Free variables for the shop's own templates: {{ extra_name }}. */
  extra: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** The chat on the shop's own site (webchat.js); left out: there is none. */
  webChat: webChatSchema.optional(),
  /** Where replies are sent as signed webhooks; without it they wait in the feed. */
  callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
});

export type ShopParameters = z.infer<typeof shopSchema>;
export type Hours = z.infer<typeof hoursSchema>;
export type Product = z.infer<typeof productSchema>;
