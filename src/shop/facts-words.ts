/** How facts are put into words for a buyer: lists, dates, money. Chinese, because buyers read them. */

/** 燕麦色、雾蓝; undefined for an empty list, so that the fact is unset. */
export function listWords(items: readonly (string | number)[]): string | undefined {
  return items.length === 0 ? undefined : items.join('、');
}

const outer = ['香港', '澳门', '台湾'];

/** A list of regions; the three regions that buyers name in one breath become 港澳台. */
export function regionWords(regions: readonly string[]): string | undefined {
  if (!outer.every((one) => regions.includes(one))) return listWords(regions.map(lastName));
  const first = regions.findIndex((one) => outer.includes(one));
  const kept = regions.map((one, index) => (index === first ? '港澳台' : lastName(one)));
  return listWords(kept.filter((one) => !outer.includes(one)));
}

/** 新疆/克拉玛依 is said as 克拉玛依. */
function lastName(region: string): string {
  return region.slice(region.lastIndexOf('/') + 1);
}

/** 2027-03-08 as 3月8日, with the year where it is not this one. */
export function dateWords(date: string, thisYear: number): string {
  const year = Number(date.slice(0, 4));
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
  return year === thisYear ? day : `${year}年${day}`;
}

/** 2-3, or 3 where both ends are the same. */
export function rangeWords(from: number, to: number): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** M as M码; 均码 and other Chinese words stay. */
export function sizeWords(size: string): string {
  return /^[0-9a-z]+$/i.test(size) ? `${size}码` : size;
}

/** Yuan to the fen: sums of decimals never show as 0.30000000000000004. */
export function yuan(amount: number): number {
  return Math.round(amount * 100) / 100;
}
