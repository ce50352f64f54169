/**
 * What a template's exceptions are called: 新疆 is meant by 乌鲁木齐 too. Cities come from the area tables of
 * @vant/area-data (kept with the yearly code list of the Ministry of Civil Affairs).
 */
import { areaList } from '@vant/area-data';
import { bitOf, type Folded } from './fold.js';

/** By-names of regions that lists of exceptions name, and what 海外 stands for. */
const byNames: Readonly<Record<string, readonly string[]>> = {
  新疆: ['疆内', '南疆', '北疆', '边疆', '伊宁', '库尔勒', '石河子'],
  西藏: ['藏区', '林芝', '阿里地区'],
  香港: ['港澳', '九龙'],
  澳门: ['港澳'],
  台湾: ['港澳台', '台北', '高雄'],
  内蒙古: ['内蒙', '呼市'],
  海外:
    // Where parcels from China mostly go; 境外 and 国外 name them all.
    [
      '国外',
      '境外',
      '美国',
      '加拿大',
      '日本',
      '韩国',
      '澳洲',
      '澳大利亚',
      '新西兰',
      '英国',
      '法国',
      '德国',
      '欧洲',
      '新加坡',
      '马来西亚',
      '泰国',
      '越南',
      '意大利',
      '西班牙',
      '俄罗斯',
      '菲律宾',
      '印尼',
      '迪拜',
    ],
};
const suffix = /(?:(?:蒙古|藏族|羌族|回族|哈萨克|柯尔克孜|土家族|苗族|彝族|傣族|白族|朝鲜族)*自治州|地区|盟|市|县)$/;

const known = new Map<string, readonly string[]>();

/** All names of an exception, a province or `province/city`, its own first. */
export function namesOf(excluded: string): readonly string[] {
  let names = known.get(excluded);
  if (names === undefined) {
    const own = excluded.slice(excluded.lastIndexOf('/') + 1);
    names = [...new Set([own, ...(byNames[own] ?? []), ...(excluded.includes('/') ? [] : citiesOf(own))])];
    known.set(excluded, names);
  }
  return names;
}

function citiesOf(province: string): string[] {
  const code = Object.entries(areaList.province_list)
    .find(([, full]) => full.startsWith(province))?.[0]
    .slice(0, 2);
  // Districts of Hong Kong and Macao (离岛, 东区) are everyday words.
  if (code === undefined || code === '81' || code === '82') return [];
  return Object.entries(areaList.city_list)
    .filter(([city]) => city.startsWith(code))
    .map(([, full]) => full.replace(suffix, ''))
    .filter((city) => city.length >= 2 && !/直辖|省$|自治区$|^海南$|^吉林$/.test(city));
}

interface Exceptions {
  readonly expression: RegExp;
  /** Bits of the first two characters of each name in a text's filter. */
  readonly bits: readonly number[];
}

const exceptions = new WeakMap<readonly string[], Exceptions>();

/** Finds every place that a list of exceptions names; undefined where the text certainly names none. A list is prepared once. */
export function excludedPlace(excludes: readonly string[], { seen }: Pick<Folded, 'seen'>): RegExp | undefined {
  let known = exceptions.get(excludes);
  if (known === undefined) {
    const names = [...new Set(excludes.flatMap(namesOf))].sort((one, other) => other.length - one.length);
    const bits = [...new Set(names.map((name) => bitOf(name.charCodeAt(0), name.charCodeAt(1))))];
    known = { expression: new RegExp(names.join('|')), bits };
    exceptions.set(excludes, known);
  }
  for (const bit of known.bits) if (seen[bit] === 1) return known.expression;
  return undefined;
}
