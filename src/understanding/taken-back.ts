/**
 * What a buyer takes back in the same breath, or names only to deny it (我没说要退货): 不要M码，S码有吗; 到青海多少运费 / 打错了 新疆; 开发票吗 / 不用了. Which of two values counts
 * is not always to be told by words alone, and the wrong one would be sold or priced: a person reads it.
 */
import type { Region, Slots } from '../conversation.js';
import { hint } from './hints.js';
import type { SlotHit } from './scan.js';

/** What refuses a value, or says that it was the wrong one: each has a unit of the hint. 是不是 asks. */
const refusing =
  /不要|不想要|不想用|不用|不喜欢|(?<!是)不是|不对|别[发寄用要]|不[发寄走]|算了|[打写说弄搞选发拍]错|我(?:是说|说的是|问的是|要的是)|改成|换成|太[小大短长]|的不行/;
// What must not stand in front is looked at behind the first words: a pattern that begins with them is searched for much faster.
/** What is named only to say that it was not asked: 我没说要退货. 你没说要 reproaches the shop, 没问题 agrees. */
const denying =
  /没(?<![你您们家店有]没)(?:有)?(?:说(?:过)?(?:我)?(?:要|想)|问(?:你|您|你们)?(?!题|过|到))|不是(?<!是不是)(?:在)?(?:问|来问|想问|要问|要退|想退|来退|想换|要换货)/;
/** Right before a value, however few are named: 大衣不要驼色. */
const refusedHere = /(?:不要|不想要|不喜欢|别[发寄用要]|不想用)的?$/;
/** A message that begins so takes back the one before it. */
const retracting =
  /\n ?(?:[啊哦额嗯呃哎]? ?)(?:不是(?!吧|吗|么|说|有|要|会)|不对(?!吧|吗|么)|错了|算了|不用了|不要了|(?:刚才?)?我?[打写说弄搞选]错|我(?:是说|说的是|问的是))/;
/**
 * Stretches that name a matter only to leave it: 不是问运费, 发票的事不问了, 先不说退货. What asks (不是问运费吗) or is said of the shop
 * (你们怎么不说运费) leaves nothing. Each reads a few characters on from where it starts.
 */
const leaving = [
  /不是(?<!是不是)(?:在|来|要)?(?:想)?问[^ \n]{1,10}(?<![吗么嘛吧?])(?=[ \n]|$)/g,
  /没(?<![你您们家店有]没)(?:有)?问(?:你|您|你们)?(?![题过到清好明])[^ \n]{1,8}(?<![吗么嘛吧?])(?=[ \n]|$)/g,
  /没(?<![你您们家店有]没)(?:有)?说(?:过)?(?:我)?(?:要|想)[^ \n]{1,8}(?<![吗么嘛吧?])(?=[ \n]|$)/g,
  /(?<![^ \n我先就那咱也])(?:先|就|暂时){0,2}不(?:再|想)?[问说谈聊提][^ \n]{1,8}(?:了|的事|这个|这事)(?=[ \n]|$)/g,
  /先不[问说谈聊提][^ \n]{1,6}(?<![吗么嘛吧?])(?=[ \n]|$)/g,
  /(?<![^ \n])[^ \n你您怎为啥咋客谁]{1,8}不(?:再|想)?[问谈聊提说]了(?=[ \n]|$)/g,
];

/**
 * 我不是要退货, 不是想换货 … 就想问; 不是退货，是问发货. Of the shop (你们不是要今天发吗) or asked (是不是要退货) it leaves nothing, and
 * 不是纯棉 says something of the goods.
 */
const denied = [
  /不是(?<![^ \n我也并又先真的]不是)(?:要|想要?|来)[^ \n你您]{1,8}?(?<![吗么嘛吧?])(?=[ \n]|$|就(?:是|想|问)|只(?:是|想)|而是|我(?:就|只)?(?:是|想))/g,
  /不是(?<![^ \n我也并又先真的]不是)[^ \n你您]{1,6}?(?= ?我?(?:是|就是|只是|就|只)(?:来|想)?(?:问|咨询))/g,
  /(?<![^ \n])我(?:先|就|也)?不(?:是|再|想)?问[^ \n你您]{1,8}(?<![吗么嘛吧?])(?=[ \n]|$)/g,
];

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const nowhere: readonly Stretch[] = [];

/** Where the words only say that a matter is not meant, or no longer. @param string the folded text */
export function leftMatters(string: string, hints: number): readonly Stretch[] {
  if ((hints & hint.refusal) === 0) return nowhere;
  const stretches: Stretch[] = [];
  if ((hints & hint.telling) !== 0) find(leaving, string, stretches);
  if (/不是|我.?不/.test(string)) find(denied, string, stretches);
  return stretches.length === 0 ? nowhere : stretches;
}

function find(patterns: readonly RegExp[], string: string, stretches: Stretch[]): void {
  for (let at = 0; at < patterns.length; at++) {
    const pattern = patterns[at]!;
    // From one find to the next by hand: `matchAll` makes a pattern anew for each text.
    for (let one = pattern.exec(string); one !== null; one = pattern.exec(string))
      stretches.push({ start: one.index, end: pattern.lastIndex });
  }
}

const sizes = /(?<![a-z0-9])(?:[2-9]?x{0,4}[sml]|[2-9]\d)(?=码|号|的|有|呢|吗| |，|$)/g;
const slotsOfOne = ['region', 'colour', 'courier'] as const;
const shown = 12;

/**
 * @param string the folded text; messages of a burst stand in lines
 * @param hints of the text, as the slots' are
 * @param slots what was read of it: a place named instead, and taken for the one that is meant, needs nobody
 * @returns the words by which something is taken back
 */
export function takenBack(
  string: string,
  hints: number,
  hits: readonly SlotHit[],
  slots: Slots,
  regions: readonly Region[],
): string | undefined {
  if ((hints & hint.refusal) === 0) return undefined;
  const denied = denying.exec(string);
  if (denied !== null) return string.slice(denied.index, denied.index + shown);
  const refused = refusing.exec(string);
  if (refused === null) return undefined;
  const retracted = retracting.exec(string);
  if (retracted !== null) {
    const instead = hits.filter(({ start }) => start > retracted.index);
    const isMeant = ({ slot, value }: SlotHit) => slot === 'region' && isSame(regions[value], slots.region);
    if (instead.length > 0 && instead.every(isMeant)) return undefined;
    return string.slice(retracted.index + 1, retracted.index + 1 + shown).trim();
  }
  for (const { slot, start } of hits)
    if (slot === 'colour' && refusedHere.test(string.slice(Math.max(0, start - 4), start)))
      return string.slice(refused.index, refused.index + shown);
  const isTold = slotsOfOne.some((slot) => namesSeveral(hits, slot)) || new Set(string.match(sizes)).size > 1;
  return isTold ? string.slice(refused.index, refused.index + shown) : undefined;
}

/** Whether two values of a slot stand apart: 新疆克拉玛依 is one place, 深蓝色 one colour. */
function namesSeveral(hits: readonly SlotHit[], slot: string): boolean {
  let first: SlotHit | undefined;
  for (const hit of hits) {
    if (hit.slot !== slot) continue;
    if (first !== undefined && hit.value !== first.value && hit.start > first.end) return true;
    first ??= hit;
  }
  return false;
}

function isSame(one: Region | undefined, other: Region | undefined): boolean {
  return one?.province === other?.province && one?.city === other?.city && one?.county === other?.county;
}
