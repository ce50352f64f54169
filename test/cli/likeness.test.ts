/** Groups of like texts, and the words that tell them apart. */
import { describe, expect, it } from 'vitest';
import { groupsOf, type LikeText } from '../../src/cli/likeness.js';
import { tellingWords } from '../../src/cli/telling-words.js';

const texts = (...all: (string | readonly [string, number])[]): LikeText[] =>
  all.map((one) => (typeof one === 'string' ? { text: one, count: 1 } : { text: one[0], count: one[1] }));

const gifts = ['有没有礼盒装', '礼盒装有吗', '要礼盒装送人', '能换成礼盒装吗', '礼盒装多大'];
const washing = ['可以机洗吗', '机洗会缩水不', '能不能用机洗', '机洗要装网袋吗'];
const mixed = texts(...gifts.flatMap((gift, at) => [gift, ...washing.slice(at, at + 1)]), '明天下雨', '猫在阳台');

const words = (all: readonly LikeText[]) => groupsOf(all).map(({ members }) => members.map((member) => all[member]!.text).sort());

describe('groups of like texts', () => {
  it('puts together what is alike, the largest group first, and leaves out what is like nothing', () => {
    expect(words(mixed)).toEqual([[...gifts].sort(), [...washing].sort()]);
  });

  it('does not depend on the order in which they came', () => {
    expect(words([...mixed].reverse())).toEqual(words(mixed));
    expect(groupsOf(mixed)).toEqual(groupsOf(mixed));
  });

  it('counts messages, not wordings, and takes a wording that many send for a group', () => {
    const all = texts(['怎么注销会员', 9], ...gifts);
    expect(groupsOf(all).map(({ messages, members }) => [messages, members.length])).toEqual([
      [9, 1],
      [5, 5],
    ]);
    expect(groupsOf(all, 6).map(({ messages }) => messages)).toEqual([9]);
  });

  it('names the most typical first', () => {
    const all = texts('礼盒装的那种带提手还是带丝带呢麻烦看看', '礼盒装', '有礼盒装', '礼盒装吗');
    const [group] = groupsOf(all);
    expect(group!.members.at(-1)).toBe(0);
  });

  it('has nothing to say of nothing', () => {
    expect(groupsOf([])).toEqual([]);
    expect(groupsOf(texts('一句话'))).toEqual([]);
    expect(groupsOf(texts(['', 3], [' ', 2]))).toEqual([]);
  });

  it('takes ten thousand texts in seconds, also where all share their words', () => {
    let random = 7;
    const next = (below: number) => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      return random % below;
    };
    const all = texts(
      ...Array.from(
        { length: 10_000 },
        () => `请问这个${String.fromCharCode(0x4e00 + next(400), 0x4e00 + next(400), 0x4e00 + next(400))}可以吗`,
      ),
    );
    // Of this process: others on the machine take nothing from it.
    const begun = process.cpuUsage();
    const groups = groupsOf(all);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(15_000);
    expect(groups.length).toBeGreaterThan(10);
  }, 60_000);
});

describe('telling words', () => {
  it('are those of the group that others do not say, whole and not twice', () => {
    const groups = groupsOf(mixed);
    const [ofGifts, ofWashing] = tellingWords(mixed, groups);
    expect(ofGifts![0]).toBe('礼盒装');
    expect(ofWashing![0]).toBe('机洗');
    for (const all of [ofGifts!, ofWashing!])
      for (const word of all) expect(all.filter((other) => other.includes(word))).toEqual([word]);
  });
});
