/** What a buyer names only to leave it out: 除了雾蓝还有什么颜色, 燕麦色以外的. Of the rest alone it is told what there is. */
import { listWords } from './facts-words.js';

/** What stands behind it: 除了雾蓝还有, 除了雾蓝就没有. Without any the words run to the next mark. */
const named = /除(?:了|开|去|却|掉)(.{1,20}?)(?=还|有|也|就|都|其[他它余]|别的|另外|剩|呢|的话|[，,。？?！!；;\n]|以外|之外|$)/;
const namedBefore = /(?:^|[，,。？?！!；;\s]|还有|有没有|想要|[我要看问])([^，,。？?！!；;\s]{1,12}?)(?:以外|之外)/;
const joining = /和|跟|与|及|以及|还有|或者?|[、\s]/;
/** 雾蓝这个颜色, 这件的雾蓝: what names none of them. */
const beside = /^(?:这|那|此)?(?:[一几两]?[个种款件条顶双])?的?|(?:这|那)[个种款几些]+|(?:的|色|颜色|款|尺码|码|号)+$/g;

export interface LeftOut {
  /** The colours or sizes left out; undefined: the words name something that is none of them. */
  readonly words?: string;
  readonly rest: readonly string[];
}

/**
 * @param made what there is to choose from
 * @returns undefined where the words leave nothing out
 */
export function leftOut(text: string, made: readonly string[]): LeftOut | undefined {
  const words = (named.exec(text) ?? namedBefore.exec(text))?.[1];
  if (words === undefined) return undefined;
  const left = new Set<string>();
  for (const word of words.split(joining)) {
    const bare = word.toLowerCase().replace(beside, '');
    if (word.trim() === '') continue;
    const meant = made.filter((one) => bare !== '' && isMeant(one.toLowerCase().replace(/(?<=.)色$/, ''), bare));
    // 除了这个, 除了红色 of what is not made in red: which of them is not meant is not to be told.
    if (meant.length === 0) return { rest: [] };
    for (const one of meant) left.add(one);
  }
  return { words: listWords([...left]) ?? '', rest: made.filter((one) => !left.has(one)) };
}

/** 蓝 leaves out 雾蓝, and 羊毛开衫的雾蓝 does. */
function isMeant(made: string, word: string): boolean {
  return made.includes(word) || word.includes(made);
}
