/** Settings of every shape that the schema allows, made from the schema itself: a field that is added is tried at once. */
import fc from 'fast-check';
import { z } from 'zod';
import { shopSchema } from '../../src/shop/parameters.js';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly multipleOf?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
}

const places = fc.uniqueArray(fc.constantFrom('新疆', '西藏', '广东', '浙江', '海外', '新疆/克拉玛依'), { maxLength: 4 });

/** Of one day, none over another. */
/** Any of them after any other: a night ends before each next day begins. */
const dayRanges = fc.constantFrom([], ['02:00-24:00'], ['09:00-12:00', '12:00-18:30'], ['10:00-12:00', '18:00-02:00']);

/** Where the schema alone does not say what is allowed: what must exist, and what must come after what. */
const known: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  id: fc.constant('demo'),
  timeZone: fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'UTC'),
  notServed: places,
  freeExcludes: places,
  notIn: places,
  alternatives: fc.constant([]),
  surchargeYuan: fc.constant({}),
  table: fc.constantFrom(
    [],
    [
      { regions: ['广东', '浙江'], firstKgYuan: 8.5 },
      { regions: ['新疆'], couriers: ['邮政'] },
    ],
    [{ regions: ['西藏'], nextKgYuan: 0 }],
  ),
  variants: fc.constantFrom(
    [{ stock: 0 }],
    [
      { colour: '红', size: 'M', stock: 3, restock: '2027-01-01' },
      { colour: '蓝', stock: 1 },
    ],
  ),
  daysByRegion: fc.constantFrom([], [{ regions: ['新疆'], from: 4, to: 7 }]),
  usualDays: fc.constant({ from: 2, to: 2 }),
  ...Object.fromEntries([...'mon tue wed thu fri sat sun ranges'.split(' '), 'rule.hours'].map((name) => [name, dayRanges])),
  'hours.exceptions': fc.constantFrom([], [{ from: '2026-12-31', to: '2027-01-02', ranges: [], reason: '盘点' }]),
  'dispatch.exceptions': fc.constantFrom(
    [],
    [
      { from: '2026-11-11', to: '2026-11-13', reason: '双十一', withinHours: 72 },
      { from: '2027-01-01', words: '节后按顺序发' },
    ],
  ),
  closed: fc.constantFrom([], [{ from: '2027-01-01', to: '2027-01-01', reason: '元旦' }, { from: '2027-02-06' }]),
  ruralCouriers: fc.constant([]),
  shipsFrom: fc.constantFrom('浙江', '浙江/杭州'),
  sizeChart: fc.constant([{ size: 'M', heightCm: { from: 155, to: 165 }, weightKg: { from: 45, to: 55.5 } }]),
  coupons: fc.constantFrom([], [{ fromYuan: 200, offYuan: 5 }]),
  agentShare: fc.constant(0.9),
  agentFromYuan: fc.constant(100),
  leadShare: fc.constant(0.85),
  concessions: fc.constantFrom({ steps: [0, 0.01, 0.02], fromYuan: 300, floorShare: 0.97 }, { steps: [0.1], fromYuan: 100.5 }),
  campaigns: fc.constantFrom(
    [],
    [
      {
        name: '双十一',
        aliases: ['双11'],
        from: '2026-11-01',
        to: '2026-11-11',
        words: '第二件九折',
        stacks: false,
        products: [],
      },
      { name: '店庆', words: '满额有礼' },
    ],
  ),
  origins: fc.constantFrom([], ['https://www.shop.example', 'http://127.0.0.1:8080']),
  methods: fc.uniqueArray(fc.constantFrom('支付宝', '银行卡', '花呗')),
  'holding.intents': fc.dictionary(
    fc.constantFrom('haggling', 'courier', 'stock'),
    fc.constantFrom(['您的事记下啦～'], ['客服{{ opening }}看～', '稍后看～']),
  ),
  intents: fc.dictionary(fc.constantFrom('haggling', 'courier', 'stock'), fc.constantFrom('off', 'draft', 'auto')),
};

/** @param name the key that it stands under */
function any(schema: JsonSchema, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => any(one, name)));
  if (typeof schema.type === 'object') return fc.oneof(...schema.type.map((type) => any({ ...schema, type }, name)));
  switch (schema.type) {
    case 'object':
      return schema.properties === undefined ? anyDictionary(schema) : anyObject(schema, schema.properties, name);
    case 'array':
      return fc.array(any(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'string':
      return anyText(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 99, 10_000) });
    case 'number': {
      const least = schema.minimum ?? schema.exclusiveMinimum ?? 0;
      // Money: whole cents.
      if (schema.multipleOf !== undefined) return fc.integer({ min: least * 100, max: 1_000_000 }).map((cents) => cents / 100);
      return fc.double({
        min: least,
        minExcluded: schema.minimum === undefined,
        max: Math.min(schema.maximum ?? 1000, 100_000),
        noNaN: true,
      });
    }
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`no idea what ${JSON.stringify(schema)} may be`);
  }
}

function anyObject(
  { required = [] }: JsonSchema,
  properties: Readonly<Record<string, JsonSchema>>,
  parent: string,
): fc.Arbitrary<object> {
  const values = Object.entries(properties).map(([name, property]) => {
    const value = known[`${parent}.${name}`] ?? known[name] ?? any(property, name);
    return [name, name in fitting ? value.map(fitting[name]!) : value] as const;
  });
  return fc
    .record(Object.fromEntries(values), { requiredKeys: [...required] as never[] })
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)));
}

/** What must fit to what stands beside it. */
const fitting: Readonly<Record<string, (value: any) => unknown>> = {
  products: (products: any[]) =>
    products.map(({ floorYuan, sizeChart, ...product }, at) => ({
      ...product,
      id: `p-${at}`,
      ...(floorYuan === undefined ? {} : { floorYuan: Math.min(floorYuan, product.priceYuan) }),
      ...(product.variants.some((variant: any) => variant.size === 'M') && sizeChart !== undefined ? { sizeChart } : {}),
    })),
  pricing: ({ couponsWhere, couponsStack, giftFromYuan, ...pricing }: any) => ({
    ...pricing,
    ...(pricing.coupons?.length > 0 && couponsWhere !== undefined && { couponsWhere }),
    ...(pricing.coupons?.length > 0 && couponsStack !== undefined && { couponsStack }),
    ...(pricing.gift !== undefined && giftFromYuan !== undefined && { giftFromYuan }),
  }),
};

function anyDictionary({ additionalProperties, propertyNames }: JsonSchema): fc.Arbitrary<object> {
  const value = typeof additionalProperties === 'object' ? any(additionalProperties) : fc.string();
  return fc.dictionary(anyText(propertyNames ?? {}).filter((key) => key !== '__proto__') as fc.Arbitrary<string>, value, {
    maxKeys: 3,
  });
}

function anyText({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date') return fc.constantFrom('2026-11-11', '2027-02-28');
  if (format === 'date-time') return fc.constantFrom('2026-11-11T20:00:00+08:00', '2026-11-11T12:00:00Z');
  if (format === 'uri') return fc.constantFrom('https://shop.example/zaima?a=1&b=%20', 'http://127.0.0.1:9/');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'));
  // What YAML might take for something else.
  const odd = fc.constantFrom(
    'null',
    'yes',
    '- a',
    '# b',
    'a: b',
    '1e3',
    '0x1',
    '~',
    '"',
    "it's",
    '繁體 "引"',
    '09:00',
    '2026-01-01',
    '!x',
    '%',
    '@',
  );
  const words = fc.oneof(odd, fc.string({ unit: 'grapheme', minLength, maxLength }));
  return words.filter((text) => text.trim().length >= Math.max(minLength, 1) && text.length <= maxLength);
}

export const anySettings = any(z.toJSONSchema(shopSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema) as fc.Arbitrary<
  Record<string, unknown>
>;
