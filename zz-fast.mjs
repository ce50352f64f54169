// test/composing/demo.ts
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

// src/composing/template.ts
import { Liquid, Output, Tag } from "liquidjs";
var TemplateFault = class extends Error {
  mend;
  constructor(problem, mend, options) {
    super(problem, options);
    this.name = "TemplateFault";
    this.mend = mend;
  }
};
var allowedTags = /* @__PURE__ */ new Set(["if", "unless", "case", "assign", "comment", "#"]);
var allowedFilters = new Set(
  `abs append at_least at_most capitalize ceil default divided_by downcase floor lstrip minus modulo plus prepend remove
   remove_first replace replace_first round rstrip size strip times upcase`.split(/\s+/)
);
var literals = /* @__PURE__ */ new Set(["true", "false", "nil", "null", "empty", "blank"]);
var liquid = lockedLiquid();
function lockedLiquid() {
  const engine = new Liquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    strictVariables: true,
    strictFilters: true,
    // An unset fact in a condition is false there, an unset fact in an output is an error.
    lenientIf: true,
    ownPropertyOnly: true,
    outputEscape: neutralised,
    parseLimit: 4e3,
    renderLimit: 100,
    memoryLimit: 2e4
  });
  for (const name of Object.keys(engine.tags)) if (!allowedTags.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!allowedFilters.has(name)) delete engine.filters[name];
  return engine;
}
var unruly = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u;
var everyUnruly = new RegExp(unruly.source, "gu");
function neutralised(value) {
  return typeof value === "string" && unruly.test(value) ? value.replace(everyUnruly, " ") : value;
}
function compileTemplate(source) {
  const { templates, variables, needed } = parsed(source.trim());
  const stray = /[{}｛｝]/.exec(source.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ""))?.[0];
  if (stray !== void 0)
    throw new TemplateFault(`a stray ${stray} stands in the text`, "Write {{ name }} with two plain braces on either side.");
  const pieces = joinable(templates);
  const render = pieces === void 0 ? byLiquid(templates) : byJoining(pieces);
  return { source, variables, needed, render };
}
function parsed(source) {
  try {
    const templates = liquid.parse(source);
    const variables = globalsOf(templates);
    const path = liquid.globalVariableSegmentsSync(templates, { partials: false }).find((segments) => segments.length > 1);
    if (path !== void 0)
      throw new TemplateFault(`{{ ${path.join(".")} }} is no fact`, `Facts are flat: write {{ ${path.join("_")} }}.`);
    return { templates, variables, needed: unconditional(templates).filter((name) => variables.includes(name)) };
  } catch (cause) {
    if (cause instanceof TemplateFault) throw cause;
    const problem = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    const refused = /tag "([^"]*)" not found/.exec(problem)?.[1];
    if (refused !== void 0)
      throw new TemplateFault(`the tag {% ${refused} %} is not allowed`, "Use if, unless, case and assign only.", { cause });
    throw new TemplateFault(problem.replace(/, line:\d+.*$/, ""), "Write {{ name }} for a fact; see Liquid for the rest.", {
      cause
    });
  }
}
function globalsOf(templates) {
  return liquid.globalVariablesSync(templates, { partials: false });
}
function unconditional(templates) {
  const always = templates.filter(
    (one) => one instanceof Output ? one.value.filters[0]?.name !== "default" : one instanceof Tag && one.name === "assign"
  );
  return globalsOf(always);
}
function joinable(templates) {
  const pieces = [];
  for (const one of templates) {
    if (one instanceof Output) {
      const name = /^\{\{-?\s*([a-z_][a-z0-9_]*)\s*-?\}\}$/.exec(one.token.getText())?.[1];
      if (name === void 0 || literals.has(name)) return void 0;
      pieces.push({ name });
    } else if (one instanceof Tag) return void 0;
    else pieces.push({ text: String(liquid.renderSync([one])) });
  }
  return pieces;
}
function byJoining(pieces) {
  return (facts2) => {
    let text = "";
    for (const piece of pieces) text += "text" in piece ? piece.text : wordOf(facts2, piece.name);
    return text;
  };
}
function wordOf(facts2, name) {
  const value = Object.hasOwn(facts2, name) ? facts2[name] : void 0;
  if (value === void 0) throw new TemplateFault(`no value for ${name}`, `Set what ${name} rests on.`);
  return String(neutralised(value));
}
function byLiquid(templates) {
  return (facts2) => {
    try {
      return String(liquid.renderSync(templates, Object.hasOwn(facts2, "size") ? facts2 : { ...facts2, size: void 0 }));
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
      throw new TemplateFault(problem, "Set the fact, or say it under a condition.", { cause });
    }
  };
}

// src/composing/book.ts
var matter = "matter";
function compileBook(intentFiles2, words2, known) {
  const faults = [];
  const intents = new Map(intentFiles2.map((file) => [file.id, compileIntent(file, known, faults)]));
  return { book: { intents, words: compileWords(words2, known, faults) }, faults };
}
function compileIntent(file, known, faults) {
  const fault = (path, problem, mend, severity = "error") => faults.push({ intent: file.id, path, problem, mend, severity });
  const compile = compilerFor(known, [], fault);
  const replies = file.replies.map((reply, at2) => {
    const path = `replies[${at2}]`;
    if (file.replies.findIndex((one) => one.id === reply.id) < at2)
      fault(`${path}.id`, `the reply "${reply.id}" stands here twice`, "Give each reply an id of its own.");
    for (const [name, condition] of Object.entries(reply.when))
      checkCondition(`${path}.when.${name}`, name, condition, known, fault);
    const texts = compileAll(compile, reply.texts, `${path}.texts`);
    const short = compile(reply.short, `${path}.short`);
    if (short === void 0 || texts.length < reply.texts.length) return void 0;
    const id = `${file.id}.${reply.id}`;
    return { id, asks: reply.asks, when: Object.entries(reply.when), texts, short, isDraftOnly: reply.only === "draft" };
  });
  const holding = compileAll(compile, file.holding, "holding");
  const timed = holding.filter((one) => one.needed.includes("opening"));
  if (holding.length > 0 && (timed.length === 0 || timed.length === holding.length))
    fault(
      "holding",
      `no wording ${timed.length === 0 ? "names {{ opening }}" : "does without {{ opening }}"}`,
      "Add one: the general holding texts are said instead.",
      "warning"
    );
  return {
    id: file.id,
    title: file.title.zh,
    group: file.group,
    priority: file.priority,
    replies: replies.filter((reply) => reply !== void 0),
    holding
  };
}
function compileWords(words2, known, faults) {
  const fault = (path, problem, mend) => faults.push({ path, problem, mend, severity: "error" });
  const compile = compilerFor(known, [matter], fault);
  const shortest = compile(words2.holding.shortest, "holding.shortest");
  if (shortest !== void 0 && shortest.variables.length > 0)
    fault("holding.shortest", "the last resort names a fact", "Say it without any {{ }}: it must never be off.");
  return {
    openings: Object.fromEntries(
      Object.entries(words2.openings).map(([address, texts]) => [address, compileAll(compile, texts, `openings.${address}`)])
    ),
    leftOpenWithTime: compileAll(compile, words2.leftOpen.withTime, "leftOpen.withTime"),
    leftOpenWithoutTime: compileAll(compile, words2.leftOpen.withoutTime, "leftOpen.withoutTime"),
    holdingWithTime: compileAll(compile, words2.holding.withTime, "holding.withTime"),
    holdingWithoutTime: compileAll(compile, words2.holding.withoutTime, "holding.withoutTime"),
    shortest: shortest === void 0 ? [] : [shortest],
    busy: compileAll(compile, words2.busy, "busy")
  };
}
function compileAll(compile, sources, path) {
  return sources.map((source, at2) => compile(source, `${path}[${at2}]`)).filter((one) => one !== void 0);
}
function compilerFor(known, own, fault) {
  return (source, path) => {
    try {
      const template2 = compileTemplate(source);
      for (const name of template2.variables) if (!own.includes(name)) checkName(path, name, known, fault);
      return template2;
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      fault(path, error.message, error.mend);
      return void 0;
    }
  };
}
function checkName(path, name, known, fault) {
  if (known === void 0 || Object.hasOwn(known, name) || /^extra_[a-z][a-z0-9_]*$/.test(name)) return;
  const near = nearest(name, Object.keys(known));
  fault(path, `there is no fact "${name}"`, near === void 0 ? "Name one of the documented facts." : `Did you mean ${near}?`);
}
function checkCondition(path, name, condition, known, fault) {
  checkName(path, name, known, fault);
  const values = known?.[name]?.values;
  if (values === void 0 || typeof condition === "boolean") return;
  for (const value of typeof condition === "object" ? condition : [condition])
    if (!values.includes(value)) fault(path, `${name} is never "${value}"`, `It is one of ${values.join(", ")}.`);
}
function nearest(name, names) {
  const [best] = names.map((one) => ({ one, distance: distance(name, one) })).sort((a, b) => a.distance - b.distance);
  return best !== void 0 && best.distance <= 3 ? best.one : void 0;
}
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at2) => at2);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

// src/shop/facts-clock.ts
var quarter = 15 * 6e4;
function shopClock(timeZone) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric"
  });
  let known;
  let offset = 0;
  return (now) => {
    const start = Math.floor(now / quarter);
    if (start !== known) {
      offset = offsetAt(format, start * quarter);
      known = start;
    }
    const local = new Date(now + offset);
    return {
      minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
      weekday: (local.getUTCDay() + 6) % 7,
      year: local.getUTCFullYear(),
      today: local.toISOString().slice(0, 10)
    };
  };
}
function offsetAt(format, now) {
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute) - now;
}

// src/shop/facts-words.ts
function listWords(items) {
  return items.length === 0 ? void 0 : items.join("\u3001");
}
var outer = ["\u9999\u6E2F", "\u6FB3\u95E8", "\u53F0\u6E7E"];
function regionWords(regions2) {
  if (!outer.every((one) => regions2.includes(one))) return listWords(regions2.map(lastName));
  const first = regions2.findIndex((one) => outer.includes(one));
  const kept = regions2.map((one, index) => index === first ? "\u6E2F\u6FB3\u53F0" : lastName(one));
  return listWords(kept.filter((one) => !outer.includes(one)));
}
function lastName(region) {
  return region.slice(region.lastIndexOf("/") + 1);
}
function dateWords(date2, thisYear) {
  const year = Number(date2.slice(0, 4));
  const day = `${Number(date2.slice(5, 7))}\u6708${Number(date2.slice(8, 10))}\u65E5`;
  return year === thisYear ? day : `${year}\u5E74${day}`;
}
function rangeWords(from, to) {
  return from === to ? String(from) : `${from}-${to}`;
}
function sizeWords(size) {
  return /^[0-9a-z]+$/i.test(size) ? `${size}\u7801` : size;
}
function yuan(amount) {
  return Math.round(amount * 100) / 100;
}

// src/shop/parameters.ts
import { z } from "zod";
var clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time of day as HH:MM, e.g. 09:00");
var date = z.iso.date("write a date as YYYY-MM-DD");
var yuan2 = z.number().min(0).max(1e6);
var share = z.number().gt(0).max(1);
var words = (most) => z.string().trim().min(1).max(most);
var hoursRange = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "write a range as HH:MM-HH:MM, e.g. 09:00-12:00");
var weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
var ranges = z.array(hoursRange).max(8);
var hoursSchema = z.strictObject({
  /** When agents answer. A day without ranges is closed. */
  weekly: z.strictObject({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges }),
  /** Dated exceptions; they win over holidays and the week. `to` is inclusive. */
  exceptions: z.array(z.strictObject({ from: date, to: date.optional(), ranges, reason: words(40).optional() })).default([]),
  /** Mainland statutory holidays: closed (empty) or shorter hours; make-up workdays follow their own weekday row `mon`. */
  holidays: z.strictObject({ calendar: z.literal("mainland"), ranges: ranges.default([]) }).optional()
});
var regions = z.array(words(20)).min(1);
var shippingSchema = z.strictObject({
  table: z.array(
    z.strictObject({
      regions,
      /** Fee of a parcel up to 1 kg. Left out: we send there, but a person tells the fee. */
      firstKgYuan: yuan2.optional(),
      /** Each further kilogram begun. */
      nextKgYuan: yuan2.optional(),
      /** Couriers that serve these regions; empty: all of the shop's. */
      couriers: z.array(words(10)).default([])
    })
  ).default([]),
  /** Regions the shop does not send to. */
  notServed: z.array(words(20)).default([]),
  freeFromYuan: yuan2.optional(),
  freeFromItems: z.number().int().min(1).optional(),
  /** Regions where the free-shipping threshold does not hold. */
  freeExcludes: z.array(words(20)).default([]),
  couriers: z.array(words(10)).default([]),
  /** Extra for a courier the buyer chooses: 顺丰: 15. */
  surchargeYuan: z.record(z.string(), yuan2).default({})
});
var dispatchSchema = z.strictObject({
  /** Paid before it, sent the same day. */
  cutOff: clock.optional(),
  usualDays: z.strictObject({ from: z.number().int().min(0), to: z.number().int().min(0) }).optional(),
  daysByRegion: z.array(z.strictObject({ regions, from: z.number().int().min(0), to: z.number().int().min(0) })).default([]),
  trackingVisibleHours: z.number().int().min(0).optional(),
  /** Weekdays on which parcels leave; default: all. */
  shipsOn: z.array(z.enum(weekdays)).optional()
});
var variantSchema = z.strictObject({
  colour: words(20).optional(),
  size: words(20).optional(),
  stock: z.number().int().min(0),
  restock: date.optional()
});
var productSchema = z.strictObject({
  id: words(64),
  title: words(60),
  /** What buyers call it. */
  aliases: z.array(words(20)).default([]),
  priceYuan: yuan2,
  weightKg: z.number().gt(0).max(1e3).optional(),
  variants: z.array(variantSchema).min(1),
  /** Stock older than `bot.stockStaleHours` is not told to buyers; left out: the stock is always current. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** Ids of products to offer when this one is out of stock. */
  alternatives: z.array(words(64)).default([]),
  noReasonReturn: z.boolean().default(true),
  cod: z.boolean().default(false),
  instalments: z.boolean().default(true)
});
var pricingSchema = z.strictObject({
  policy: z.enum(["fixed", "tiered"]),
  /** Why the price is what it is, in the shop's own words: 用料, 人人同价. */
  reason: words(40).optional(),
  coupons: z.array(z.strictObject({ fromYuan: yuan2, offYuan: yuan2 })).default([]),
  gift: words(40).optional(),
  /** What an agent may give by himself, e.g. 0.97 from 300 yuan on. The bot never gives it away. */
  agentShare: share.optional(),
  agentFromYuan: yuan2.optional(),
  leadShare: share.optional()
});
var invoiceSchema = z.strictObject({
  kinds: z.array(z.enum(["electronic", "paper", "vat_special"])).min(1),
  /** Working days after the trade closes. */
  withinWorkingDays: z.number().int().min(0).optional(),
  /** Who sends the paper invoice and how: 挂号信. */
  sentBy: words(20).optional()
});
var returnsSchema = z.strictObject({
  noReasonDays: z.number().int().min(0).optional(),
  insurance: z.boolean().default(false),
  refundDays: z.number().int().min(0).optional(),
  /** 质量问题 within so many days after signing. */
  faultDays: z.number().int().min(0).optional(),
  /** Who pays the way back of a return without reason, of a fault, and the two ways of an exchange (`each`: one way each). */
  noReasonPaidBy: z.enum(["buyer", "shop"]).optional(),
  faultPaidBy: z.enum(["buyer", "shop"]).optional(),
  exchangePaidBy: z.enum(["buyer", "shop", "each"]).optional()
});
var creditCardSchema = z.strictObject({
  accepted: z.boolean(),
  instalmentsFromYuan: yuan2.optional(),
  periods: z.array(z.number().int().min(2).max(60)).default([]),
  /** 花呗, 白条 … by name. */
  services: z.array(words(10)).default([])
});
var codSchema = z.strictObject({
  enabled: z.boolean(),
  notIn: z.array(words(20)).default([])
});
var switchSchema = z.enum(["off", "draft", "auto"]);
var shopSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "a shop id is lower case letters, digits and _, 2 to 32 long, starting with a letter"),
  name: words(30),
  timeZone: z.string().refine(isTimeZone, "name an IANA time zone, e.g. Asia/Shanghai"),
  /** How the buyer is called: 亲 or 您. */
  address: z.enum(["\u4EB2", "\u60A8"]).default("\u4EB2"),
  /** Whether a sticker may close a reply. */
  stickers: z.boolean().default(true),
  hours: hoursSchema,
  bot: z.strictObject({
    /** `off` keeps it silent, `shadow` only records what it would have said, `auto` lets it speak off duty. */
    mode: z.enum(["off", "shadow", "auto"]).default("auto"),
    replyCharacters: z.number().int().min(40).max(2e3).default(128),
    draftCharacters: z.number().int().min(40).max(2e3).default(200),
    /** How long the bot keeps still after an agent's word. */
    keepStillMinutes: z.number().min(0).max(1440).default(10),
    /** Within it the same question counts as a repeat. */
    cooldownMinutes: z.number().min(0).max(10080).default(120),
    /** A conversation is answered once it has been still for this long. */
    burstSeconds: z.number().min(0).max(8).default(1.5),
    /** An older message (backlog after an outage) gets a holding reply. */
    staleMinutes: z.number().min(1).max(1440).default(15),
    /** Stock told to buyers is at most this old. */
    stockStaleHours: z.number().min(1).max(720).default(48),
    /** Up to so many pieces a buyer is told that few are left: scarcity is said only where it is true. */
    lowStock: z.number().int().min(0).max(1e3).default(5)
  }).prefault({}),
  /** Per intent: off, draft only, or auto (the default for intents that may be answered automatically). */
  intents: z.record(z.string(), switchSchema).default({}),
  shipping: shippingSchema.optional(),
  dispatch: dispatchSchema.optional(),
  products: z.array(productSchema).default([]),
  pricing: pricingSchema.optional(),
  invoice: invoiceSchema.optional(),
  returns: returnsSchema.optional(),
  creditCard: creditCardSchema.optional(),
  cod: codSchema.optional(),
  /** Free variables for the shop's own templates: {{ extra_name }}. */
  extra: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Where replies are sent as signed webhooks; without it they wait in the feed. */
  callbackUrl: z.url({ protocol: /^https?$/ }).optional()
});
function isTimeZone(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

// src/shop/facts-shipping.ts
function indexShipping({ shipping, dispatch }) {
  const table = shipping?.table ?? [];
  const daysByRegion = dispatch?.daysByRegion ?? [];
  return {
    rows: new Map(table.flatMap((row) => row.regions.map((region) => [region, row]))),
    days: new Map(daysByRegion.flatMap((row) => row.regions.map((region) => [region, row]))),
    notServed: new Set(shipping?.notServed),
    freeExcludes: new Set(shipping?.freeExcludes),
    anyCourier: /* @__PURE__ */ new Set([...shipping?.couriers ?? [], ...table.flatMap((row) => row.couriers)]),
    hasFree: shipping?.freeFromYuan !== void 0 || shipping?.freeFromItems !== void 0
  };
}
function freeRule({ shipping }) {
  const from = [
    shipping?.freeFromYuan === void 0 ? void 0 : `\u6EE1${yuan(shipping.freeFromYuan)}\u5143`,
    shipping?.freeFromItems === void 0 ? void 0 : `\u6EE1${shipping.freeFromItems}\u4EF6`
  ].filter((one) => one !== void 0);
  if (from.length === 0) return void 0;
  const except = regionWords(shipping?.freeExcludes ?? []);
  return `${from.join("\u6216")}\u5305\u90AE${except === void 0 ? "" : `\uFF08${except}\u9664\u5916\uFF09`}`;
}
function shippingFacts(index, { shipping }, slots, priceYuan) {
  const { region, courier } = slots;
  const row = region === void 0 ? void 0 : lookUp(index.rows, region);
  const served = region === void 0 || !covers(index.notServed, region);
  const serving = row !== void 0 && row.couriers.length > 0 ? row.couriers : shipping?.couriers ?? [];
  const fee = served ? row?.firstKgYuan : void 0;
  return {
    region: region === void 0 ? void 0 : region.city ?? region.province,
    region_state: region === void 0 ? "none" : !served ? "not_served" : fee === void 0 ? "unknown_fee" : "known",
    fee_yuan: fee,
    fee_next_yuan: fee === void 0 ? void 0 : row?.nextKgYuan,
    weight_kg: slots.weightKg,
    fee_total_yuan: feeTotal(fee, row?.nextKgYuan, slots.weightKg),
    free_here: region === void 0 || !index.hasFree ? void 0 : served && !covers(index.freeExcludes, region),
    free_reached: index.hasFree ? freeReached(shipping, slots.quantity, priceYuan) : void 0,
    courier,
    courier_state: courierState(index, courier, serving, region !== void 0),
    surcharge_yuan: courier === void 0 || !serving.includes(courier) ? void 0 : shipping?.surchargeYuan[courier],
    couriers: served ? listWords(serving) : void 0
  };
}
function dispatchFacts(index, { dispatch }, slots, clock2) {
  const days = (slots.region === void 0 ? void 0 : lookUp(index.days, slots.region)) ?? dispatch?.usualDays;
  const cutOff = dispatch?.cutOff;
  const before = cutOff === void 0 ? void 0 : clock2.minute < Number(cutOff.slice(0, 2)) * 60 + Number(cutOff.slice(3));
  return {
    before_cut_off: before,
    ship_day: before === void 0 ? void 0 : shipDay(dispatch?.shipsOn ?? weekdays, clock2.weekday, before),
    days_from: days?.from,
    days_to: days?.to,
    days: days === void 0 ? void 0 : rangeWords(days.from, days.to),
    asked_date: slots.date === void 0 ? void 0 : dateWords(slots.date, clock2.year)
  };
}
function lookUp(map, { province, city }) {
  return (city === void 0 ? void 0 : map.get(`${province}/${city}`)) ?? map.get(province);
}
function covers(regions2, { province, city }) {
  return regions2.has(province) || city !== void 0 && regions2.has(`${province}/${city}`);
}
function feeTotal(first, next, weightKg) {
  if (first === void 0 || weightKg === void 0) return void 0;
  if (weightKg <= 1) return first;
  return next === void 0 ? void 0 : yuan(first + next * Math.ceil(weightKg - 1));
}
function freeReached(shipping, quantity = 1, priceYuan) {
  const byItems = shipping?.freeFromItems !== void 0 && quantity >= shipping.freeFromItems;
  const byYuan = shipping?.freeFromYuan !== void 0 && priceYuan !== void 0 && priceYuan * quantity >= shipping.freeFromYuan;
  return byItems || byYuan;
}
function courierState(index, courier, serving, regionAsked) {
  if (courier === void 0) return "none";
  if (index.anyCourier.size === 0) return "unknown";
  if (serving.includes(courier)) return "offered";
  if (!index.anyCourier.has(courier)) return "not_offered";
  return regionAsked ? "not_there" : "unknown";
}
var later = ["\u4ECA\u5929", "\u660E\u5929", "\u540E\u5929"];
var weekdayWords = ["\u5468\u4E00", "\u5468\u4E8C", "\u5468\u4E09", "\u5468\u56DB", "\u5468\u4E94", "\u5468\u516D", "\u5468\u65E5"];
function shipDay(shipsOn, weekday, before) {
  for (let ahead = before ? 0 : 1; ahead <= 7; ahead += 1) {
    const day = (weekday + ahead) % 7;
    if (shipsOn.includes(weekdays[day]))
      return later[ahead] ?? `${weekday + ahead >= 7 ? "\u4E0B" : ""}${weekdayWords[day]}`;
  }
  return void 0;
}

// src/shop/facts-policies.ts
var invoiceWords = { electronic: "\u7535\u5B50\u53D1\u7968", paper: "\u7EB8\u8D28\u53D1\u7968", vat_special: "\u589E\u503C\u7A0E\u4E13\u7528\u53D1\u7968" };
function shopFacts(parameters) {
  const { shipping, dispatch, pricing, invoice, returns, creditCard } = parameters;
  const fees = (shipping?.table ?? []).map((row) => row.firstKgYuan).filter((fee) => fee !== void 0);
  const has2 = (kind) => invoice?.kinds.includes(kind);
  return {
    shop_name: parameters.name,
    address: parameters.address,
    sticker: parameters.stickers ? "/:^_^" : void 0,
    fee_lowest_yuan: fees.length === 0 ? void 0 : Math.min(...fees),
    fee_highest_yuan: fees.length === 0 ? void 0 : Math.max(...fees),
    free_rule: freeRule(parameters),
    free_from_yuan: shipping?.freeFromYuan,
    free_from_items: shipping?.freeFromItems,
    free_excluded: regionWords(shipping?.freeExcludes ?? []),
    surcharges: listWords(
      Object.entries(shipping?.surchargeYuan ?? {}).map(([courier, extra]) => `${courier}\u52A0${yuan(extra)}\u5143`)
    ),
    cut_off: dispatch?.cutOff,
    tracking_hours: dispatch?.trackingVisibleHours,
    price_policy: pricing?.policy,
    price_reason: pricing?.reason,
    coupons: listWords((pricing?.coupons ?? []).map(({ fromYuan, offYuan }) => `\u6EE1${yuan(fromYuan)}\u51CF${yuan(offYuan)}`)),
    gift: pricing?.gift,
    invoice_kinds: listWords((invoice?.kinds ?? []).map((kind) => invoiceWords[kind])),
    invoice_electronic: has2("electronic"),
    invoice_paper: has2("paper"),
    invoice_vat_special: has2("vat_special"),
    invoice_days: invoice?.withinWorkingDays,
    invoice_sent_by: invoice?.sentBy,
    return_days: returns?.noReasonDays === 0 ? void 0 : returns?.noReasonDays,
    insurance: returns?.insurance,
    refund_days: returns?.refundDays,
    fault_days: returns?.faultDays,
    return_postage: paidBy(returns?.noReasonPaidBy),
    fault_postage: paidBy(returns?.faultPaidBy),
    exchange_postage: paidBy(returns?.exchangePaidBy),
    card_ok: creditCard?.accepted,
    instalments_from_yuan: creditCard?.instalmentsFromYuan,
    instalment_services: listWords(creditCard?.services ?? []),
    periods: listWords(creditCard?.periods ?? [])
  };
}
var payers = { buyer: "\u7531\u60A8\u627F\u62C5", shop: "\u7531\u5E97\u91CC\u627F\u62C5", each: "\u6765\u56DE\u5404\u627F\u62C5\u4E00\u7A0B" };
function paidBy(payer) {
  return payer === void 0 ? void 0 : payers[payer];
}
function policyFacts(parameters, { product, unlisted }, slots, priceYuan) {
  const allOrNone = (key) => unlisted ? void 0 : same(parameters.products, key);
  const cod = codFacts(parameters.cod, product?.cod ?? allOrNone("cod"), slots);
  return {
    no_reason_ok: noReasonOk(parameters.returns?.noReasonDays, product?.noReasonReturn ?? allOrNone("noReasonReturn")),
    instalment_state: instalmentState(parameters.creditCard, product, slots.quantity ?? 1, priceYuan),
    cod: cod?.state,
    cod_off_by: cod?.by
  };
}
function same(products, key) {
  const first = products[0]?.[key];
  return products.every((one) => one[key] === first) ? first : void 0;
}
function noReasonOk(days, ofProduct) {
  if (days === void 0) return void 0;
  return days === 0 ? false : ofProduct;
}
function instalmentState(card, product, quantity, priceYuan) {
  if (card?.accepted !== true || card.instalmentsFromYuan === void 0) return void 0;
  if (product?.instalments === false) return "not_for_item";
  if (priceYuan === void 0) return "unknown";
  return priceYuan * quantity >= card.instalmentsFromYuan ? "reached" : "below";
}
function codFacts(cod, ofProduct, { region }) {
  if (cod === void 0) return void 0;
  if (!cod.enabled) return { state: "no", by: "shop" };
  if (ofProduct === false) return { state: "no", by: "item" };
  if (region !== void 0 && (cod.notIn.includes(region.province) || cod.notIn.includes(`${region.province}/${region.city}`)))
    return { state: "no", by: "region" };
  return { state: ofProduct === true ? "yes" : "unknown", by: void 0 };
}

// src/shop/facts-product.ts
function indexProducts(parameters) {
  const byWords = /* @__PURE__ */ new Map();
  for (const product of parameters.products)
    for (const words2 of new Set([product.title, ...product.aliases].map((name) => name.toLowerCase())))
      byWords.set(words2, [...byWords.get(words2) ?? [], product]);
  const names = /* @__PURE__ */ new Map();
  for (const [words2, products] of byWords) {
    const start = words2.slice(0, 2);
    names.set(start, [...names.get(start) ?? [], { words: words2, products }]);
  }
  for (const group of names.values()) group.sort((a, b) => b.words.length - a.words.length);
  return {
    byId: new Map(parameters.products.map((product) => [product.id, product])),
    names,
    staleMilliseconds: parameters.bot.stockStaleHours * 36e5,
    lowStock: parameters.bot.lowStock
  };
}
function meantProduct(index, text, item) {
  const focus = item === void 0 ? void 0 : index.byId.get(item.id);
  const named = longestNamed(index, text.toLowerCase());
  const namesFocus = focus !== void 0 && named?.products.includes(focus) === true;
  if (named === void 0 || namesFocus || item?.title.toLowerCase().includes(named.words)) {
    if (focus !== void 0) return { product: focus, title: focus.title, priceYuan: item?.priceYuan ?? focus.priceYuan };
    return item === void 0 ? {} : { title: item.title, priceYuan: item.priceYuan };
  }
  const only = named.products.length === 1 ? named.products[0] : void 0;
  return only === void 0 ? {} : { product: only, title: only.title, priceYuan: only.priceYuan };
}
function longestNamed(index, text) {
  let best;
  for (let at2 = 0; at2 < text.length; at2 += 1) {
    const group = index.names.get(text.slice(at2, at2 + 2)) ?? index.names.get(text.charAt(at2));
    const found = group?.find((name) => text.startsWith(name.words, at2));
    if (found !== void 0 && (best === void 0 || found.words.length > best.words.length)) best = found;
  }
  return best;
}
function alternativesInStock(index, product, now) {
  return product.alternatives.map((id) => index.byId.get(id)).filter((one) => one !== void 0).filter((one) => one.id !== product.id && !isStale(index, one, now) && inStock(one.variants).length > 0);
}
function isStale(index, product, now) {
  return product.asOf !== void 0 && now - Date.parse(product.asOf) > index.staleMilliseconds;
}
function inStock(variants) {
  return variants.filter((one) => one.stock > 0);
}

// src/shop/facts-stock.ts
var nothingKnown = {
  stock: "unknown",
  variant_state: "none",
  colour: void 0,
  size: void 0,
  variant: void 0,
  stock_count: void 0,
  enough: void 0,
  restock: void 0,
  choices: void 0,
  colours_in_stock: void 0,
  sizes_in_stock: void 0
};
function stockFacts(index, product, slots, now, today) {
  const asked = { ...nothingKnown, colour: slots.colour, size: slots.size };
  const isVariantAsked = slots.colour !== void 0 || slots.size !== void 0;
  if (product === void 0 || isStale(index, product, now))
    return isVariantAsked ? { ...asked, variant_state: "unknown" } : asked;
  const all = product.variants;
  const hasColours = slots.colour !== void 0 && all.some((one) => one.colour !== void 0);
  const hasSizes = slots.size !== void 0 && all.some((one) => one.size !== void 0);
  if (slots.colour !== void 0 && !hasColours || slots.size !== void 0 && !hasSizes)
    return { ...asked, variant_state: "unknown" };
  const ofColour = hasColours ? sameColour(all, slots.colour) : all;
  const ofSize = hasSizes ? all.filter((one) => sizeKey(one.size) === sizeKey(slots.size)) : all;
  const meant = ofColour.filter((one) => ofSize.includes(one));
  const otherColours = distinct(
    inStock(ofSize).filter((one) => !ofColour.includes(one)),
    "colour"
  );
  const otherSizes = distinct(
    inStock(ofColour).filter((one) => !ofSize.includes(one)),
    "size"
  ).map(sizeWords);
  const choices = hasColours && otherColours.length > 0 ? otherColours : hasSizes ? otherSizes : [];
  if (meant.length === 0) return { ...asked, variant_state: "not_made", choices: listWords(choices) };
  const count = meant.reduce((sum, one) => sum + one.stock, 0);
  const there = inStock(meant);
  const colour = hasColours ? listWords(distinct(there.length > 0 ? there : meant, "colour")) : void 0;
  const size = hasSizes ? meant[0]?.size : void 0;
  return {
    stock: count === 0 ? "out" : count <= index.lowStock ? "low" : "in",
    variant_state: isVariantAsked ? "known" : "none",
    colour,
    size,
    variant: isVariantAsked ? `${colour ?? ""}${size === void 0 ? "" : sizeWords(size)}` : void 0,
    stock_count: count,
    enough: enough(meant, count, slots.quantity ?? 1),
    restock: count === 0 ? restock(meant, today) : void 0,
    choices: listWords(choices),
    colours_in_stock: listWords(distinct(there, "colour")),
    sizes_in_stock: sizesOfAllColours(there)
  };
}
function distinct(variants, key) {
  return [...new Set(variants.map((one) => one[key]).filter((one) => one !== void 0))];
}
function sameColour(variants, colour) {
  const key = colourKey(colour);
  const exact = variants.filter((one) => colourKey(one.colour) === key);
  return exact.length > 0 ? exact : variants.filter((one) => colourKey(one.colour).includes(key));
}
function colourKey(colour) {
  const key = (colour ?? "").toLowerCase();
  return key.length > 1 && key.endsWith("\u8272") ? key.slice(0, -1) : key;
}
function sizeKey(size) {
  const key = (size ?? "").toUpperCase().replace(/(?<=.)[码号]$/, "");
  return key.replace(/^(X{2,})([SL])$/, (_, xs, end) => `${xs.length}X${end}`);
}
function enough(variants, count, quantity) {
  if (quantity > count) return "no";
  return variants.some((one) => one.stock >= quantity) ? "yes" : "unclear";
}
function restock(variants, today) {
  const days = variants.map((one) => one.restock).filter((one) => one !== void 0 && one >= today);
  days.sort();
  return days[0] === void 0 ? void 0 : dateWords(days[0], Number(today.slice(0, 4)));
}
function sizesOfAllColours(there) {
  const sizes = distinct(there, "size");
  const colours = new Set(there.map((one) => one.colour));
  return there.length === sizes.length * colours.size ? listWords(sizes.map(sizeWords)) : void 0;
}

// src/shop/facts-docs.ts
var yesNo = [true, false];
function doc(zh, en, from, values) {
  return values === void 0 ? { title: { zh, en }, from } : { title: { zh, en }, from, values };
}
var factDocs = {
  shop_name: doc("\u5E97\u540D", "name of the shop", "name"),
  address: doc("\u79F0\u547C\u4E70\u5BB6", "how the buyer is called", "address", ["\u4EB2", "\u60A8"]),
  sticker: doc("\u7ED3\u5C3E\u8868\u60C5", "a sticker, where the shop allows them", "stickers"),
  opening: doc("\u5BA2\u670D\u4F55\u65F6\u56DE\u590D", "when a person answers", "hours"),
  "extra_*": doc("\u5E97\u94FA\u81EA\u5B9A\u4E49", "the shop's own", "extra"),
  item_title: doc("\u5546\u54C1\u540D", "title of the product meant", "message.item"),
  item_listed: doc("\u5546\u54C1\u5728\u5E97\u94FA\u8D44\u6599\u91CC", "the product is in the list of the shop", "products", yesNo),
  price_yuan: doc("\u5355\u4EF7", "price of the product", "message.item"),
  quantity: doc("\u4E70\u5BB6\u8BF4\u7684\u4EF6\u6570", "pieces that the buyer names", "message.quantity"),
  offered_yuan: doc("\u4E70\u5BB6\u51FA\u7684\u4EF7", "price that the buyer offers", "message.offeredPriceYuan"),
  stock: doc("\u5E93\u5B58", "stock of what is asked", "products", ["in", "low", "out", "unknown"]),
  stock_count: doc("\u5E93\u5B58\u4EF6\u6570", "pieces in stock", "products.variants.stock"),
  enough: doc("\u5E93\u5B58\u591F\u4E70\u5BB6\u8981\u7684\u4EF6\u6570", "the stock covers the pieces asked", "products", ["yes", "no", "unclear"]),
  restock: doc("\u8865\u8D27\u65E5\u671F", "day of the restock", "products.variants.restock"),
  variant_state: doc("\u95EE\u5230\u7684\u989C\u8272\u5C3A\u7801", "the colour and size asked", "products", ["none", "known", "not_made", "unknown"]),
  variant: doc("\u989C\u8272\u52A0\u5C3A\u7801", "colour and size asked, as one", "products.variants"),
  colour: doc("\u989C\u8272", "colour asked", "message.colour"),
  size: doc("\u5C3A\u7801", "size asked", "message.size"),
  choices: doc("\u540C\u6B3E\u53EF\u6362\u7684\u989C\u8272\u6216\u5C3A\u7801", "other colours or sizes in stock of the same product", "products.variants"),
  colours_in_stock: doc("\u6709\u8D27\u7684\u989C\u8272", "colours in stock", "products.variants.colour"),
  sizes_in_stock: doc("\u6BCF\u4E2A\u6709\u8D27\u989C\u8272\u90FD\u6709\u7684\u5C3A\u7801", "sizes in stock in every such colour", "products.variants.size"),
  alternatives: doc("\u6709\u8D27\u7684\u66FF\u4EE3\u5546\u54C1", "alternatives that are in stock", "products.alternatives"),
  alternative_1: doc("\u66FF\u4EE3\u5546\u54C1\u4E00", "first alternative in stock", "products.alternatives"),
  alternative_2: doc("\u66FF\u4EE3\u5546\u54C1\u4E8C", "second alternative in stock", "products.alternatives"),
  cheaper_item: doc("\u66F4\u5B9E\u60E0\u7684\u6709\u8D27\u5546\u54C1", "a cheaper alternative in stock", "products.alternatives"),
  cheaper_price_yuan: doc("\u66F4\u5B9E\u60E0\u5546\u54C1\u7684\u4EF7\u683C", "its price", "products.alternatives"),
  order_id: doc("\u8BA2\u5355\u53F7", "order number", "message.order"),
  order_status: doc("\u8BA2\u5355\u72B6\u6001", "state of the order as the platform tells it", "message.order"),
  region: doc("\u5730\u533A", "region asked", "message.region"),
  region_state: doc("\u5730\u533A\u60C5\u51B5", "what is known of the region", "shipping", ["none", "known", "not_served", "unknown_fee"]),
  fee_yuan: doc("1\u516C\u65A4\u5185\u8FD0\u8D39", "fee up to 1 kg to the region", "shipping.table.firstKgYuan"),
  fee_next_yuan: doc("\u7EED\u91CD\u6BCF\u516C\u65A4", "each further kilogram", "shipping.table.nextKgYuan"),
  fee_lowest_yuan: doc("\u8FD0\u8D39\u4F4E\u81F3", "lowest first-kilogram fee", "shipping.table.firstKgYuan"),
  fee_highest_yuan: doc("\u8FD0\u8D39\u9AD8\u81F3", "highest first-kilogram fee", "shipping.table.firstKgYuan"),
  weight_kg: doc("\u4E70\u5BB6\u8BF4\u7684\u91CD\u91CF", "weight that the buyer names", "message.weightKg"),
  fee_total_yuan: doc("\u8BE5\u91CD\u91CF\u7684\u8FD0\u8D39", "fee for that weight", "shipping.table.firstKgYuan"),
  free_rule: doc("\u5305\u90AE\u89C4\u5219\uFF08\u542B\u9664\u5916\u5730\u533A\uFF09", "free-shipping rule with its exclusions", "shipping"),
  free_from_yuan: doc("\u6EE1\u591A\u5C11\u5143\u5305\u90AE", "free from this amount", "shipping.freeFromYuan"),
  free_from_items: doc("\u6EE1\u591A\u5C11\u4EF6\u5305\u90AE", "free from so many items", "shipping.freeFromItems"),
  free_excluded: doc("\u4E0D\u53C2\u52A0\u5305\u90AE\u7684\u5730\u533A", "regions without free shipping", "shipping.freeExcludes"),
  free_here: doc("\u8BE5\u5730\u533A\u53C2\u52A0\u5305\u90AE", "free shipping holds in the region", "shipping", yesNo),
  free_reached: doc("\u5DF2\u5230\u5305\u90AE\u95E8\u69DB", "what is asked reaches the threshold", "shipping", yesNo),
  courier: doc("\u5FEB\u9012", "courier asked", "message.courier"),
  courier_state: doc("\u80FD\u5426\u53D1\u8BE5\u5FEB\u9012", "whether the courier can be had", "shipping", [
    "none",
    "unknown",
    "offered",
    "not_offered",
    "not_there"
  ]),
  surcharge_yuan: doc("\u6307\u5B9A\u8BE5\u5FEB\u9012\u52A0\u4EF7", "extra for that courier", "shipping.surchargeYuan"),
  surcharges: doc("\u6307\u5B9A\u5FEB\u9012\u52A0\u4EF7", "extras by courier", "shipping.surchargeYuan"),
  couriers: doc("\u53EF\u53D1\u5FEB\u9012", "couriers (to the region)", "shipping.couriers"),
  cut_off: doc("\u5F53\u5929\u53D1\u8D27\u622A\u5355\u65F6\u95F4", "cut-off of the day", "dispatch.cutOff"),
  before_cut_off: doc("\u73B0\u5728\u65E9\u4E8E\u622A\u5355\u65F6\u95F4", "it is before the cut-off now", "dispatch.cutOff", yesNo),
  ship_day: doc("\u73B0\u5728\u4ED8\u6B3E\u54EA\u5929\u53D1\u51FA", "day on which a parcel paid now leaves", "dispatch.cutOff"),
  days: doc("\u8DEF\u4E0A\u5929\u6570", "usual days on the way", "dispatch.usualDays"),
  days_from: doc("\u8DEF\u4E0A\u5929\u6570\uFF08\u5C11\uFF09", "usual days, from", "dispatch.usualDays"),
  days_to: doc("\u8DEF\u4E0A\u5929\u6570\uFF08\u591A\uFF09", "usual days, to", "dispatch.usualDays"),
  asked_date: doc("\u4E70\u5BB6\u95EE\u7684\u65E5\u671F", "day that the buyer asks about", "message.date"),
  tracking_hours: doc("\u591A\u4E45\u80FD\u67E5\u5230\u7269\u6D41", "hours until tracking shows", "dispatch.trackingVisibleHours"),
  price_policy: doc("\u8BAE\u4EF7\u653F\u7B56", "pricing policy", "pricing.policy", ["fixed", "tiered"]),
  price_reason: doc("\u4EF7\u683C\u7684\u9053\u7406", "why the price is what it is", "pricing.reason"),
  coupons: doc("\u6EE1\u51CF\u5238", "coupons", "pricing.coupons"),
  gift: doc("\u8D60\u54C1", "gift", "pricing.gift"),
  invoice_kinds: doc("\u53EF\u5F00\u53D1\u7968\u79CD\u7C7B", "kinds of invoices", "invoice.kinds"),
  invoice_electronic: doc("\u53EF\u5F00\u7535\u5B50\u53D1\u7968", "electronic invoices", "invoice.kinds", yesNo),
  invoice_paper: doc("\u53EF\u5F00\u7EB8\u8D28\u53D1\u7968", "paper invoices", "invoice.kinds", yesNo),
  invoice_vat_special: doc("\u53EF\u5F00\u4E13\u7968", "special VAT invoices", "invoice.kinds", yesNo),
  invoice_days: doc("\u53D1\u7968\u5DE5\u4F5C\u65E5\u5185\u5F00\u51FA", "working days until the invoice", "invoice.withinWorkingDays"),
  invoice_sent_by: doc("\u7EB8\u8D28\u53D1\u7968\u600E\u4E48\u5BC4", "how a paper invoice is sent", "invoice.sentBy"),
  return_days: doc("\u65E0\u7406\u7531\u9000\u8D27\u5929\u6570", "days of return without reason", "returns.noReasonDays"),
  no_reason_ok: doc(
    "\u652F\u6301\u65E0\u7406\u7531\u9000\u8D27\uFF08\u5546\u54C1\u4E0D\u660E\u4E14\u4E0D\u4E00\u81F4\u65F6\u672A\u77E5\uFF09",
    "returns without reason; unset where products differ",
    "returns.noReasonDays",
    yesNo
  ),
  insurance: doc("\u6709\u8FD0\u8D39\u9669", "return insurance", "returns.insurance", yesNo),
  refund_days: doc("\u9000\u6B3E\u5929\u6570", "days until the refund", "returns.refundDays"),
  fault_days: doc("\u8D28\u91CF\u95EE\u9898\u5929\u6570", "days for faults", "returns.faultDays"),
  return_postage: doc("\u65E0\u7406\u7531\u9000\u8D27\u90AE\u8D39\u8C01\u51FA", "who pays a return without reason", "returns.noReasonPaidBy", [
    "\u7531\u60A8\u627F\u62C5",
    "\u7531\u5E97\u91CC\u627F\u62C5"
  ]),
  fault_postage: doc("\u8D28\u91CF\u95EE\u9898\u90AE\u8D39\u8C01\u51FA", "who pays in case of a fault", "returns.faultPaidBy", ["\u7531\u60A8\u627F\u62C5", "\u7531\u5E97\u91CC\u627F\u62C5"]),
  exchange_postage: doc("\u6362\u8D27\u90AE\u8D39\u8C01\u51FA", "who pays an exchange", "returns.exchangePaidBy", [
    "\u7531\u60A8\u627F\u62C5",
    "\u7531\u5E97\u91CC\u627F\u62C5",
    "\u6765\u56DE\u5404\u627F\u62C5\u4E00\u7A0B"
  ]),
  card_ok: doc("\u53EF\u7528\u4FE1\u7528\u5361", "credit cards are taken", "creditCard.accepted", yesNo),
  instalments_from_yuan: doc("\u6EE1\u591A\u5C11\u5143\u53EF\u5206\u671F", "instalments from this amount", "creditCard.instalmentsFromYuan"),
  instalment_services: doc("\u5206\u671F\u65B9\u5F0F", "instalment services", "creditCard.services"),
  periods: doc("\u5206\u671F\u671F\u6570", "periods", "creditCard.periods"),
  instalment_state: doc("\u80FD\u5426\u5206\u671F", "whether instalments can be had", "creditCard.instalmentsFromYuan", [
    "reached",
    "below",
    "not_for_item",
    "unknown"
  ]),
  cod: doc("\u8D27\u5230\u4ED8\u6B3E", "cash on delivery for what is asked", "cod.enabled", ["yes", "no", "unknown"]),
  cod_off_by: doc("\u4E0D\u80FD\u8D27\u5230\u4ED8\u6B3E\u7684\u539F\u56E0", "what cash on delivery fails by", "cod.enabled", ["shop", "item", "region"])
};

// src/shop/facts.ts
var prepared = /* @__PURE__ */ new WeakMap();
function prepare(parameters) {
  const before = prepared.get(parameters);
  if (before !== void 0) return before;
  const extras = Object.fromEntries(Object.entries(parameters.extra).map(([name, value]) => [`extra_${name}`, value]));
  const fresh = {
    products: indexProducts(parameters),
    shipping: indexShipping(parameters),
    constant: { ...shopFacts(parameters), ...extras },
    clockAt: shopClock(parameters.timeZone)
  };
  prepared.set(parameters, fresh);
  return fresh;
}
function facts(input) {
  const { parameters, understanding, item, order, now, opening } = input;
  const { slots } = understanding;
  const shop = prepare(parameters);
  const clock2 = shop.clockAt(now);
  const { product, title, priceYuan } = meantProduct(shop.products, understanding.text, item);
  const price = priceYuan === void 0 ? void 0 : Math.min(priceYuan, product?.priceYuan ?? priceYuan);
  const alternatives = product === void 0 ? [] : alternativesInStock(shop.products, product, now);
  const cheaper = alternatives.find((one) => price !== void 0 && one.priceYuan < price);
  const stock = stockFacts(shop.products, product, slots, now, clock2.today);
  const way = shippingFacts(shop.shipping, parameters, slots, price);
  const dispatch = dispatchFacts(shop.shipping, parameters, slots, clock2);
  const policy = policyFacts(parameters, { product, unlisted: product === void 0 && title !== void 0 }, slots, price);
  return {
    ...shop.constant,
    opening: opening === "" ? void 0 : opening,
    item_title: title,
    item_listed: product !== void 0,
    price_yuan: priceYuan,
    quantity: slots.quantity,
    offered_yuan: slots.offeredPriceYuan,
    stock: stock.stock,
    stock_count: stock.stock_count,
    enough: stock.enough,
    restock: stock.restock,
    variant_state: stock.variant_state,
    variant: stock.variant,
    colour: stock.colour,
    size: stock.size,
    choices: stock.choices,
    colours_in_stock: stock.colours_in_stock,
    sizes_in_stock: stock.sizes_in_stock,
    alternatives: listWords(alternatives.slice(0, 3).map((one) => one.title)),
    alternative_1: alternatives[0]?.title,
    alternative_2: alternatives[1]?.title,
    cheaper_item: cheaper?.title,
    cheaper_price_yuan: cheaper?.priceYuan,
    order_id: order?.id ?? slots.orderId,
    order_status: order?.status,
    region: way.region,
    region_state: way.region_state,
    fee_yuan: way.fee_yuan,
    fee_next_yuan: way.fee_next_yuan,
    weight_kg: way.weight_kg,
    fee_total_yuan: way.fee_total_yuan,
    free_here: way.free_here,
    free_reached: way.free_reached,
    courier: way.courier,
    courier_state: way.courier_state,
    surcharge_yuan: way.surcharge_yuan,
    couriers: way.couriers,
    before_cut_off: dispatch.before_cut_off,
    ship_day: dispatch.ship_day,
    days: dispatch.days,
    days_from: dispatch.days_from,
    days_to: dispatch.days_to,
    asked_date: dispatch.asked_date,
    no_reason_ok: policy.no_reason_ok,
    instalment_state: policy.instalment_state,
    cod: policy.cod,
    cod_off_by: policy.cod_off_by
  };
}

// src/shop/intent-file.ts
import { z as z2 } from "zod";
var asks = ["rule", "own_order", "request", "report", "statement"];
var askSchema = z2.enum(asks);
var pattern = z2.string().min(1).max(200);
var patternSchema = z2.union([
  pattern,
  z2.strictObject({
    match: pattern,
    /** How sure the pattern is by itself, 0..1. Default 0.9; below 0.6 it needs a second witness (n-grams or another pattern). */
    weight: z2.number().gt(0).max(1).optional(),
    /** The ask that this wording shows; default: told from the clause. */
    ask: askSchema.optional(),
    /** Does not count where one of these is found in the same clause. */
    unless: z2.array(pattern).optional()
  })
]);
var replySchema = z2.strictObject({
  /** Unique in its file. */
  id: z2.string().regex(/^[a-z][a-z0-9_]*$/),
  /** Which asks it answers. */
  asks: z2.array(askSchema).min(1),
  /** Conditions on facts (composing/facts.ts): a value, a list of values, or true/false for "is there". All must hold. */
  when: z2.record(z2.string(), z2.union([z2.string(), z2.number(), z2.boolean(), z2.array(z2.union([z2.string(), z2.number()]))])).default({}),
  /** Several wordings in Liquid, first the fullest. */
  texts: z2.array(z2.string().min(1)).min(1),
  /** For replies that must share the limit with others, and for a repeated question. */
  short: z2.string().min(1),
  /** `draft`: good enough for an agent, never sent by itself. */
  only: z2.enum(["draft"]).optional()
});
var intentSchema = z2.strictObject({
  id: z2.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "an intent id is lower case letters, digits and _"),
  title: z2.strictObject({ zh: z2.string().min(1), en: z2.string().min(1) }),
  group: z2.enum(["core", "support", "talk", "own"]).default("own"),
  /** The boldest thing that may be done: answered by itself, drafted, handed to a person, or passed in silence. */
  most: z2.enum(["auto", "draft", "handoff", "silent"]).default("draft"),
  /** Which need is answered first when several share one reply, 0 (last) to 100. */
  priority: z2.number().int().min(0).max(100).default(50),
  /** The ask when the clause shows none. */
  ask: askSchema.default("rule"),
  slots: z2.array(z2.string()).default([]),
  patterns: z2.array(patternSchema).default([]),
  /** The intent is dropped where one of these is found in the same clause. */
  unless: z2.array(pattern).default([]),
  /** The intent is dropped where one of these intents is found in the same clause with a longer or equal witness. */
  yields: z2.array(z2.string()).default([]),
  examples: z2.array(z2.string().min(1)).default([]),
  replies: z2.array(replySchema).default([]),
  /** Holding wordings of its own (a complaint is soothed, an order is looked up); default: intents/languages/<tag>.yaml. */
  holding: z2.array(z2.string().min(1)).default([]),
  tests: z2.strictObject({
    yes: z2.array(
      z2.union([
        z2.string(),
        z2.strictObject({ say: z2.string(), ask: askSchema.optional(), slots: z2.record(z2.string(), z2.unknown()).optional() })
      ])
    ).default([]),
    no: z2.array(z2.string()).default([])
  }).prefault({})
});

// src/shop/reply-words.ts
import { z as z3 } from "zod";
var template = z3.string().trim().min(1).max(200);
var wordings = z3.array(template).min(1);
var replyWordsSchema = z3.strictObject({
  /** Openings by how the buyer is called; short, because they take from the limit of every reply. */
  openings: z3.strictObject({ \u4EB2: z3.array(template.max(20)).min(1), \u60A8: z3.array(template.max(20)).min(1) }),
  /** Closes a reply that could not hold everything; `withTime` names {{ opening }}. */
  leftOpen: z3.strictObject({ withTime: wordings, withoutTime: wordings }),
  holding: z3.strictObject({
    /** Acknowledge the matter ({{ matter }} is the title of its intent) and say when a person answers. */
    withTime: wordings,
    withoutTime: wordings,
    /** The last resort, which fits any limit: no variables. */
    shortest: template.max(30)
  }),
  /** On duty, when no agent is free to answer. */
  busy: wordings
});

// test/composing/demo.ts
var home = new URL("file:///work/main/");
function yaml(path) {
  return parse(readFileSync(new URL(path, home), "utf8"));
}
var ours = `stock haggling invoice shipping_fee delivery_time returns credit_card cod greeting ack complaint human order_status
  off_topic`.split(/\s+/);
var intentFiles = readdirSync(new URL("intents/", home)).filter((name) => ours.includes(name.replace(".yaml", ""))).map((name) => intentSchema.parse(yaml(`intents/${name}`)));
var replyWords = replyWordsSchema.parse(yaml("intents/languages/zh.replies.yaml"));
var compiled = compileBook(intentFiles, replyWords, factDocs);
var book = compiled.book;
var demo = shopSchema.parse(yaml("config/shops/demo.yaml"));
function at(clock2 = "23:10") {
  return Date.parse(`2026-09-29T${clock2}:00+08:00`);
}
function understood(intents, slots = {}, text = "") {
  return {
    text,
    intents: intents.map((one) => {
      const [id = "", ask = "rule"] = one.split(":");
      return { id, ask, confidence: 0.95, by: "both", evidence: [] };
    }),
    slots,
    margin: 0.9,
    because: []
  };
}

// ../../tmp/fast.mts
var has = new Function("o", "return %HasFastProperties(o)");
var c = shopFacts(demo);
console.log("shopFacts", has(c), "clone", has({ ...c }), "with extras", has({ ...c, ...{} }), "facts", has(facts({ parameters: demo, understanding: understood([]), now: at(), opening: "" })));
var ks = Object.keys(c);
for (const n of [10, 20, 30, 40, 60]) {
  const f = new Function("c", "return {...c," + Array.from({ length: n }, (_, i) => "k" + i + ":" + i).join(",") + "}");
  const o = f(c);
  let t2 = process.hrtime.bigint();
  for (let i = 0; i < 1e5; i++) f(c);
  console.log(n, has(o), Number(process.hrtime.bigint() - t2) / 1e5, "ns");
}
var f2 = new Function("c", "return {" + ks.map((k) => k + ":c." + k).join(",") + "," + Array.from({ length: 45 }, (_, i) => "k" + i + ":" + i).join(",") + "}");
f2(c);
var t = process.hrtime.bigint();
for (let i = 0; i < 1e5; i++) f2(c);
console.log("explicit", has(f2(c)), Number(process.hrtime.bigint() - t) / 1e5);
