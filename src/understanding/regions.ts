/**
 * Places in China as buyers write them. Official names come from the area tables of @vant/area-data (kept with the yearly
 * code list of the Ministry of Civil Affairs); short names are made by dropping the suffix and the names of peoples.
 */
import { areaList } from '@vant/area-data';
import type { Region } from '../conversation.js';

const provinceSuffix = /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/;
const peoples =
  '蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈尼|哈萨克族|哈萨克|傣族|黎族|傈僳族|景颇族|柯尔克孜|羌族|土族';
const citySuffix = new RegExp(`(((${peoples})+自治州)|自治州|地区|盟|市)$`);
/** Cities and counties under a province's direct rule stand in rows named so, not in a city. */
const directRule = /直辖/;

export interface NamedRegion {
  readonly name: string;
  readonly region: Region;
}

/** 新疆维吾尔自治区 -> 新疆, 香港特别行政区 -> 香港. */
export function shortProvince(name: string): string {
  return name.replace(provinceSuffix, '');
}

/** 巴音郭楞蒙古自治州 -> 巴音郭楞, 大兴安岭地区 -> 大兴安岭, 克拉玛依市 -> 克拉玛依. */
export function shortCity(name: string): string {
  const short = name.replace(citySuffix, '');
  return short.length < 2 ? name : short;
}

/** 昆山市 -> 昆山, 嘉善县 -> 嘉善; districts, banners and 自治县 keep their full name. */
export function shortCounty(name: string): string {
  const short = /自治县$/.test(name) ? name : name.replace(/[市县]$/, '');
  return short.length < 2 ? name : short;
}

/**
 * All names a place may be called by, official and short. A municipality is a province without a city. Of counties the short
 * names of county-level cities count alone: two thousand others are everyday words too (合作, 资源); a shop names those it means.
 * @param nicknames name -> 省 or 省/市 in official short names
 * @param plainWords short names that are everyday words: only their full form counts
 * @param ownCounties 省/市/县 whose short names count as well
 */
export function namedRegions(
  nicknames: Readonly<Record<string, string>>,
  plainWords: readonly string[],
  ownCounties: readonly string[] = [],
): readonly NamedRegion[] {
  const named = new Map<string, Region>();
  const provinceOf = provinces();
  const provinceNames = new Set(Object.values(areaList.province_list));
  for (const full of Object.values(areaList.province_list)) {
    const province = shortProvince(full);
    named.set(province, { province });
    named.set(full, { province });
  }
  const plain = new Set(plainWords);
  const add = (full: string, region: Region) => {
    const short = region.city!;
    // A city that is called like a province (吉林, 海南) is meant only with its suffix.
    if (!named.has(short) && !plain.has(short)) named.set(short, region);
    if (!named.has(full)) named.set(full, region);
  };
  for (const [code, full] of Object.entries(areaList.city_list)) {
    const province = provinceOf.get(code.slice(0, 2))!;
    if (directRule.test(full) || provinceNames.has(full) || full === '县') continue;
    const city = shortCity(full);
    // Districts of 香港 and 澳门 are no cities; 台湾's carry 县 too.
    if (/^(香港|澳门)/.test(province)) continue;
    add(full, { province, city: province === '台湾' ? full.replace(/[市县]$/, '') : city });
  }
  for (const [code, full] of Object.entries(areaList.county_list)) {
    if (code.slice(2, 4) !== '90' && code.slice(2, 4) !== '95') continue;
    const province = provinceOf.get(code.slice(0, 2))!;
    add(full, { province, city: shortCity(full) });
  }
  const owners = new Map<string, number>();
  const ofCities = [...counties(provinceOf)];
  const all = [...districts(ofCities, provinceOf)];
  for (const { full, short } of all) {
    owners.set(full, (owners.get(full) ?? 0) + 1);
    if (short !== full) owners.set(short, (owners.get(short) ?? 0) + 1);
  }
  const own = new Set(ownCounties);
  for (const { full, region } of ofCities) {
    const county = region.county!;
    const isOwn = own.has(`${region.province}/${region.city}/${county}`);
    // A name that two counties share (朝阳区) says nothing by itself.
    // 东区 is a part of 河东区.
    if (owners.get(full) === 1 && full.length > 2 && !named.has(full)) named.set(full, region);
    const isCity = full.endsWith('市') && owners.get(county) === 1 && !plain.has(county);
    if ((isCity || isOwn) && !named.has(county)) named.set(county, region);
  }
  for (const { full, short, region } of all) {
    if (owners.get(full) === 1 && full.length > 2 && !named.has(full)) named.set(full, region);
    // 惠阳, 海淀: a district that no other place is called like. 县 are too many and too often everyday words.
    const isBare = full.endsWith('区') && !/(?:新|开发|管理|林|矿)区$/.test(full) && owners.get(short) === 1;
    if (isBare && short.length >= 2 && !plain.has(short) && !named.has(short)) named.set(short, region);
  }
  for (const [name, place] of Object.entries(nicknames)) {
    const [province, city] = place.split('/');
    named.set(name, city === undefined ? { province: province! } : { province: province!, city });
  }
  return [...named].map(([name, region]) => ({ name, region }));
}

/** 新疆 by 65. */
function provinces(): ReadonlyMap<string, string> {
  return new Map(Object.entries(areaList.province_list).map(([code, full]) => [code.slice(0, 2), shortProvince(full)]));
}

interface County {
  readonly full: string;
  readonly region: Region;
}

/** Counties in a city, by their rows in the area table. */
function* counties(provinceOf: ReadonlyMap<string, string>): Generator<County> {
  // By the first digits of their codes; undefined: a row that is no city.
  const cities = new Map<string, Region | undefined>();
  for (const [code, full] of Object.entries(areaList.city_list)) {
    const province = provinceOf.get(code.slice(0, 2))!;
    const isCity = !directRule.test(full) && !/^(香港|澳门|台湾|北京|天津|上海|重庆)/.test(province);
    cities.set(code.slice(0, 4), isCity ? { province, city: shortCity(full) } : undefined);
  }
  for (const [code, full] of Object.entries(areaList.county_list)) {
    const region = cities.get(code.slice(0, 4));
    if (region === undefined || code.slice(2, 4) === '90' || code.slice(2, 4) === '95') continue;
    yield { full, region: { ...region, county: shortCounty(full) } };
  }
}

/** All districts and counties of the mainland; those of a municipality are the municipality, which has no cities. */
function* districts(
  ofCities: readonly County[],
  provinceOf: ReadonlyMap<string, string>,
): Generator<County & { readonly short: string }> {
  for (const { full, region } of ofCities)
    yield { full, short: full.endsWith('区') ? full.slice(0, -1) : region.county!, region };
  for (const [code, full] of Object.entries(areaList.county_list)) {
    const province = provinceOf.get(code.slice(0, 2))!;
    if (/^(北京|天津|上海|重庆)/.test(province)) yield { full, short: full.replace(/(新区|[区县])$/, ''), region: { province } };
  }
}

let official: ReadonlySet<string> | undefined;

/** Every 省, 省/市 and 省/市/县 by official names without suffix, and 海外 for everywhere else: what a shop's file may name. */
export function officialRegions(): ReadonlySet<string> {
  official ??= new Set([
    ...namedRegions({}, []).map(({ region: { province, city } }) => (city === undefined ? province : `${province}/${city}`)),
    ...[...counties(provinces())].map(({ region: { province, city, county } }) => `${province}/${city}/${county}`),
    '海外',
  ]);
  return official;
}
