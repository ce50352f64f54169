/**
 * What a buyer has told of an order of his own. What holds for all orders is no answer to what is asked next: after 发错颜色了
 * neither is the postage of whoever has changed his mind, nor after 一直没发货 how soon what is paid for now will leave. Pure.
 */
import type { FoundIntent } from '../conversation.js';

/**
 * `fault`: of the goods as they came; `parcel`: wrong, missing, lost, or goods that were worn; `order`: late; `undone`: called
 * off; `return`, `repair`: goods go back; `cheaper`: less is asked for them now.
 */
export const troubles = ['fault', 'parcel', 'order', 'undone', 'return', 'repair', 'cheaper', 'complaint'] as const;
export type Trouble = (typeof troubles)[number];

type Tells = (intent: FoundIntent, text: string) => Trouble | undefined;

/** Whose fault it is that washed or worn goods went bad a person tells. */
const used = /洗|[穿戴用][了过]/;

function faulty({ facet }: FoundIntent, text: string): Trouble | undefined {
  if (facet === 'used') return 'parcel';
  return facet === 'received' ? ofGoods(text) : undefined;
}

function ofGoods(text: string): Trouble {
  return used.test(text) ? 'parcel' : 'fault';
}

/** By a side of the matter. */
function sides(trouble: Trouble, ...facets: readonly string[]): Tells {
  return ({ facet }) => (facet !== undefined && facets.includes(facet) ? trouble : undefined);
}

/** 线头好多, 衣服有股味: goods found wanting, in words that ask nothing. */
const wanting = /不|差|太|股|味|线头|洞|破|坏|粗|掉|严重/;
const asking = /[?吗么呢嘛]|会|怎|如何|是不是|有没有|好不好|正常|[算能]/;

function blamed({ facet = 'none' }: FoundIntent, text: string): Trouble | undefined {
  const isOfGoods = ['none', 'general_of', 'doubt', 'compare'].includes(facet);
  return isOfGoods && wanting.test(text) && !asking.test(text) ? ofGoods(text) : undefined;
}

/** In words that ask for nothing that holds for all: 开线了, but not 会开线吗. */
function unlessRule(trouble: Trouble, ...but: readonly string[]): Tells {
  return ({ ask, facet }) => (ask === 'rule' || but.includes(facet ?? '') ? undefined : trouble);
}

const goingBack = [
  'wish',
  'how',
  'refund_time',
  'refund_term',
  'applied',
  'conditional',
  'own_case',
  'address',
  'insurance_paid',
  'exchange_time',
];

const told: Readonly<Record<string, readonly Tells[]>> = {
  parcel_problem: [sides('fault', 'damaged'), unlessRule('parcel', 'found', 'pack_well'), sides('parcel', 'wrong', 'missing')],
  quality: [faulty, unlessRule('fault', 'check_first', 'demand', 'remark', 'general'), blamed],
  order_status: [sides('order', 'late', 'urge', 'returned', 'odd', 'money')],
  returns: [sides('undone', 'refuse', 'undelivered'), sides('return', ...goingBack), exchangeWanted],
  cancel_order: [unlessRule('undone', 'keep', 'again')],
  warranty: [() => 'repair'],
  price_query: [sides('cheaper', 'protection', 'protection_after', 'claim', 'changed')],
  complaint: [sides('order', 'slow'), () => 'complaint'],
};

function exchangeWanted({ ask, facet }: FoundIntent): Trouble | undefined {
  return ask === 'request' && facet === 'exchange' ? 'return' : undefined;
}

/** 不是质量问题，就是不喜欢 takes a fault back; 这不是质量问题吗 tells of one. */
function denies(text: string): boolean {
  return /(不是|没有?|没说|不算)[^ \n?]{0,4}(质量|问题|毛病|瑕疵|破|坏|损|错)/.test(text) && !/[吗么?]/.test(text);
}

/** Of goods or a parcel: whatever else is told stands beside it. */
const heavy: ReadonlySet<string | undefined> = new Set(['fault', 'parcel']);

/**
 * What stands after a turn.
 * @param text as it is read: folded, so that 繁體 and marks of any width tell the same
 * @param isOtherItem the words name another product than before
 */
export function troubleAfter(
  before: string | undefined,
  intents: readonly FoundIntent[],
  text: string,
  isOtherItem: boolean,
): string | undefined {
  if (denies(text)) return heavy.has(before) ? undefined : before;
  const now = intents.flatMap((intent) =>
    (told[intent.id] ?? []).map((tells) => tells(intent, text)).filter((one) => one !== undefined),
  );
  const newest = now.find((one) => heavy.has(one)) ?? now[0];
  if (newest === undefined) return isOtherItem ? undefined : before;
  return heavy.has(newest) || !heavy.has(before) ? newest : before;
}
