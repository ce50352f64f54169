/** Places that the table of regions does not hold as one: several provinces by one name, and names that are not known. */
import { namesOf } from '../compliance/excluded-places.js';
import type { Region } from '../conversation.js';

/** Everywhere else, as a shop's file names it. */
export const abroad = '海外';

const groups = [
  { name: '江浙沪', places: ['江苏', '浙江', '上海'] },
  { name: '东三省', places: ['黑龙江', '吉林', '辽宁'] },
] as const;

/** The group that the words name, where the region was read from its name: what is told must hold for all of its places. */
export function regionGroup(text: string, region: Region | undefined): (typeof groups)[number] | undefined {
  return groups.find(({ name, places }) => text.includes(name) && places.some((place) => place === region?.province));
}

/** A name between 到 and what is asked of the way there. */
const whither =
  /(?:到|寄往|寄去)([\u4e00-\u9fff]{2,6}?)(?:那边|这边|那里)?(?:的)?(?:要|需要|得|大概|大约|一般|几天|多久|多少|几块|运费|邮费|快递费|包邮|可以|能)/g;
/** A name by its kind of place. */
const byKind = /([\u4e00-\u9fff]{2})(?:新区|开发区|区|县|自治旗)(?!间|别|分|域)/g;
/** What these begin with, or are, is no name: 到家, 到货, 小区, 这个地区. */
const noName =
  /^[我你您咱俺他她它这那哪家货店手付底时现今明后期了的呢吗啊达账不得能可就最快几多什怎么会年月号]|^(?:大概|大约|大致|大家|老家|农村|乡下|学校|公司|单位|国外|海外|国内|收货|目的|需要|一般|上门|楼上|门口|驿站)/;
const noKind = /(?:小|地|山|社|景|郊|片|灾|疫|老|园|校|全|市|专|这|那|哪|我|你|的|个)$|^(?:偏远|一个|哪个|这个|那个)/;

/** Whether the words name a place; asked only where no region was understood. */
export function unreadPlace(text: string): boolean {
  for (const [, name] of text.matchAll(whither)) if (!noName.test(name!)) return true;
  for (const [, name] of text.matchAll(byKind)) if (!noKind.test(name!) && !noName.test(name!)) return true;
  return false;
}

/** Where it goes beyond the mainland and its islands: 寄美国, 日本包邮吗. What is 日本产 or 韩国棉 goes nowhere. */
const goesTo = /(?:寄|发|到|邮|送|去|往|运)(?:到|往|去|给)?$/;
const goesThere = /^(?:那边|那里|的话|的)?(?:能|可以|包|要|运费|邮费|快递费|多少|几天|多久|发货|怎么|贵)/;

/** The place abroad that the words name; asked only where no region was understood. */
export function placeAbroad(text: string): string | undefined {
  for (const name of namesOf(abroad)) {
    const at = text.indexOf(name);
    if (at >= 0 && (goesTo.test(text.slice(Math.max(0, at - 4), at)) || goesThere.test(text.slice(at + name.length))))
      return name;
  }
  return undefined;
}
