/** What a shop's own data say of its goods, and what of a text they deny. Pure; `shop/goods-known.ts` makes the values. */

/** Pieces, or in a word what is known of them; `unknown`: nothing that is fresh enough to be told. */
export type Pieces = number | 'in' | 'low' | 'out' | 'unknown';

export interface Good {
  readonly title: string;
  /** What it is made of, in the shop's words: 70%羊毛、30%锦纶; absent: the shop has not set it. */
  readonly material?: string;
  /** How it is washed and kept, in the shop's words. */
  readonly care?: string;
  /** Weak sides by their label (起球), each in the shop's own words. */
  readonly weaknesses: ReadonlyMap<string, string>;
  /** Of each variant that the text may be about. */
  readonly stock: readonly Pieces[];
  /** The text names a colour or size of it. */
  readonly isVariantNamed: boolean;
}

export interface GoodsKnown {
  /** The conversation or the text says which one is meant: then it alone stands in `list`. */
  readonly isMeant: boolean;
  /** Else all that the shop sells. */
  readonly list: readonly Good[];
  /** Up to so many pieces few are left. */
  readonly lowStock: number;
}

/** How sellers name weak sides, by the label that shops give them. */
const weakNames: Readonly<Record<string, string>> = {
  起球: '起毛?小?球|起毛',
  掉色: '掉色|掉颜色|褪色|退色|染色|串色|浮色',
  缩水: '缩水|缩',
  色差: '色差|偏色',
  掉毛: '掉毛|掉絮|脱毛|跑绒|掉屑',
  变形: '变形|走形|走样|松垮',
  异味: '异味|味道|气味',
};

/** Labels that are weak sides; others (材质, 厚度) are none. */
export const weakLabels: readonly string[] = Object.keys(weakNames);

/** A regular expression source of what the weak side is called. */
export function weakWords(label: string): string {
  return weakNames[label] ?? label.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether the shop's words admit the weak side: 深色头几次会有浮色 does, 不会掉色 does not. */
export function isAdmitted(label: string, words: string): boolean {
  return (
    !new RegExp(`(?:不|没有?|无|零)(?:会|易|容易|太)?(?:${weakWords(label)})`).test(words) || /但|不过|会有|少量|轻微/.test(words)
  );
}

/** Weak sides that the goods have by the shop's own words, with what it says of them. */
export function admitted({ list }: GoodsKnown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { weaknesses } of list)
    for (const [label, words] of weaknesses) if (!found.has(label) && isAdmitted(label, words)) found.set(label, words);
  return found;
}

/**
 * Materials as they are claimed, each with what names it in the shop's words. What stands first is looked for first: 羊绒 is no
 * 绒 of down.
 */
const materials: readonly (readonly [claimed: string, named: RegExp])[] = [
  ['(?:山|绵)?羊绒|开司米', /羊绒|开司米/],
  ['(?:绵|美利奴)?羊毛|美利奴', /羊毛|美利奴|澳毛/],
  ['(?:新疆|长绒|精梳|有机|全)?棉', /棉/],
  ['桑?蚕丝|真丝|桑丝', /蚕丝|真丝|桑丝/],
  ['亚麻|苎麻|麻(?!花|烦)', /麻(?!花)/],
  ['(?:头层)?(?:牛|羊|真|猪)皮', /皮/],
  ['(?:白)?(?:鹅|鸭|羽)绒', /鹅绒|鸭绒|羽绒/],
  ['兔毛|兔绒', /兔/],
  ['牦牛绒|驼绒|貂绒|水貂', /牦牛|驼绒|貂/],
  ['莫代尔', /莫代尔/],
  ['天丝|莱赛尔', /天丝|莱赛尔/],
  ['涤纶|聚酯(?:纤维)?', /涤纶|聚酯/],
  ['锦纶|尼龙', /锦纶|尼龙/],
  ['腈纶', /腈纶/],
  ['乳胶', /乳胶/],
  ['实木|原木', /实木|原木/],
];

/** Any of them as claimed, for a pattern. */
export const materialWords = materials.map(([claimed]) => claimed).join('|');

export type Purity = 'pure' | 'mixed' | 'unstated';

/** Whether a product is of one material alone, by what the shop has set. @param claimed the words of the claim: 纯羊毛 */
export function purityOf({ title, material }: Good, claimed: string): Purity {
  const named = materials.find(([words]) => new RegExp(`(?:${words})$`).test(claimed))?.[1];
  if (named === undefined) return 'unstated';
  const alone = (words: string) =>
    [...words.matchAll(/(?:(?<!\d)100\s*[%％]|百分之?百|百分之一百|纯|全)\s*([^、，,；;。%％\d]{0,6})/g)].some((match) =>
      named.test(match[1]!),
    );
  if (material === undefined) return alone(title) ? 'pure' : 'unstated';
  if (alone(material)) return 'pure';
  // 羊毛 by itself says neither; a share, a blend or another material does.
  const isTold = /[%％]|混纺|百分之/.test(material) || !named.test(material);
  return isTold ? 'mixed' : 'unstated';
}

/** @returns pieces of the variants together where all are counted */
function countOf(stock: readonly Pieces[]): number | undefined {
  return stock.every((one) => typeof one === 'number') ? stock.reduce<number>((sum, one) => sum + (one as number), 0) : undefined;
}

export type Scarcity = 'true' | 'false' | 'unknown';

/**
 * Whether it is true that few are left.
 * @param left so many, as the text says; undefined: only that they are few
 * @param isOfSome the text speaks of one size or colour without naming it: then that of any may be meant
 */
export function scarcityOf({ stock, isVariantNamed }: Good, left: number | undefined, isOfSome: boolean, low: number): Scarcity {
  if (stock.length === 0 || stock.includes('unknown')) return 'unknown';
  if (isOfSome && !isVariantNamed) {
    const each = stock.map((one) => isScarce([one], left, low));
    return each.includes('true') ? 'true' : each.includes('unknown') ? 'unknown' : 'false';
  }
  return isScarce(stock, left, low);
}

function isScarce(stock: readonly Pieces[], left: number | undefined, low: number): Scarcity {
  const there = stock.filter((one) => one !== 0 && one !== 'out');
  if (there.length === 0) return 'false';
  const count = countOf(there);
  if (count !== undefined) return left === undefined ? (count <= low ? 'true' : 'false') : count === left ? 'true' : 'false';
  // What nobody counted may be as few as the text says, unless it is said to be there in plenty.
  if (there.every((one) => one === 'low')) return left === undefined || left <= low ? 'true' : 'false';
  return there.some((one) => one === 'in' || (typeof one === 'number' && one > low)) ? 'false' : 'unknown';
}
