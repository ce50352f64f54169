/** Sizes as buyers name them in words (大码, 加大号), placed among those that a product is made in: sure or nothing. */

/** XXL is 2XL, m码 is M. */
export function sizeKey(size: string | undefined): string {
  const key = (size ?? '').toUpperCase().replace(/(?<=.)[码号]$/, '');
  return key.replace(/^(X{2,})([SL])$/, (_, xs: string, end: string) => `${xs.length}X${end}`);
}

const letters: ReadonlyMap<string, string> = new Map([
  ['小', 'S'],
  ['中', 'M'],
  ['大', 'L'],
  ['加大', 'XL'],
]);
const inWords = /^(?:[大中小]|加加?大|加小|特[大小]|最[大小]的?)(?:码|号|尺码)$/;
const isLetter = /^(?:[2-9]?X*[SL]|M)$/;

/**
 * The size meant, as the product's own are named; undefined: words that its sizes do not place (大码 of a 38, 最大的码).
 * @param made the sizes that it is made in
 */
export function placedSize(said: string, made: readonly string[]): string | undefined {
  if (!inWords.test(said) || made.some((one) => sizeKey(one) === sizeKey(said))) return said;
  return made.length > 1 && made.every((one) => isLetter.test(sizeKey(one))) ? letters.get(sizeKey(said)) : undefined;
}

// 有大一点的吗, 大一码的, 大的: bigger or smaller than what, nobody says.
const relative =
  /[大小](?:一|1)?(?:点|些|码|号)(?:点|儿)?的|[大小](?:一|1)(?:点|些|码|号)|[大小]点(?!折|号)|(?<![偏太很挺])[大小]的(?!很|多|不|了|吗|吧)/;

/** Whether the words ask for a bigger or smaller one without naming a size. */
export function asksRelativeSize(text: string): boolean {
  return relative.test(text);
}

// 雾蓝都有货吗, 尺码齐全吗, 每个码都有吗: one that is missing makes a yes wrong.
const ofAll =
  /(?:都|全部?|所有|每个|各个?)[^，。,.?？\n]{0,4}(?:有(?!哪|什么|啥|几|多少)|在卖|齐)|(?:码|号|色)数?(?:都|还)?(?:齐|全(?!新))/;

/** Whether it is asked of all of them at once. */
export function asksOfAll(text: string): boolean {
  return ofAll.test(text);
}
