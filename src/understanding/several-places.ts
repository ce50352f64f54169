/**
 * Two places of which the same is asked: 寄四川和新疆分别多少, 寄四川多少运费 / 那新疆呢. A slot holds one place, and what holds for it
 * would be told for both: a person reads it.
 */
import type { Region } from '../conversation.js';
import type { SlotHit } from './scan.js';

/** What stands between two places of one question, from the end of the first name to the next; 上海发苏州 is a way from one to the other. */
const joining = /^(?:省|市|那边|这边)?(?:[ ,]?| ?(?:和|与|跟|及|以及|还有|或者?|还是) ?(?:寄|发|到|去|寄到|发到)?)$/;
/** 一件寄广东一件寄北京: so many to each. */
const countedJoining =
  /^(?:省|市|那边|这边)?[ ,]?(?:另外?|和|跟|还有)?(?:[一两二三四五几]|\d{1,3}).{0,3}(?:寄|发|送|到|往){1,2}$/;
/** A line of its own that asks the same of another place. */
const asksOn = /^(?:省|市|那边|这边)?(?:的话)?(?:呢|多少|几|要|也|包邮)/;
/** Who says where he is names no second place to send to: 我在四川，寄新疆. */
const fromHere = /(?:在|是|从|由)$/;
const shown = 12;

/**
 * @param string the folded text; messages of a burst stand in lines
 * @param hits slot hits, in the order of their ends
 * @returns the words from the first place to the second
 */
export function severalPlaces(string: string, hits: readonly SlotHit[], regions: readonly Region[]): string | undefined {
  let last: SlotHit | undefined;
  for (const hit of hits) {
    if (hit.slot !== 'region') continue;
    // Of names inside one another the longer one counts, which ends last or starts first.
    if (last !== undefined && hit.start >= last.end && !isWithin(regions[hit.value]!, regions[last.value]!)) {
      const between = string.slice(last.end, hit.start);
      const isSecond = between.includes('\n')
        ? asksOn.test(string.slice(hit.end))
        : joining.test(between) || countedJoining.test(between);
      if (isSecond && !fromHere.test(string.slice(0, last.start)))
        return string
          .slice(last.start, last.start + shown)
          .replaceAll('\n', ' ')
          .trim();
    }
    if (last === undefined || hit.end > last.end || hit.start < last.start) last = hit;
  }
  return undefined;
}

/** 新疆 克拉玛依 is one place, told more closely; so is a place named again. */
function isWithin(one: Region, other: Region): boolean {
  if (one.province !== other.province) return false;
  return one.city === undefined || other.city === undefined || one.city === other.city;
}
