import { describe, expect, it } from 'vitest';
import { loadReadings } from '../../src/phrases/pinyin.js';
import { searchPhrases } from '../../src/phrases/search.js';
import type { Phrase } from '../../src/storage/phrases.js';
import { noon } from './shops.js';

const readings = await loadReadings();

function phrase(code: string, title: string, its: Partial<Phrase> = {}): Phrase {
  const kept = { revision: 1, createdAt: noon, changedAt: noon, changedBy: '店长', uses: 0, position: 1 };
  return { id: code, code, title, text: '亲，在的', group: '', enabled: true, ...kept, ...its };
}

const set = [
  phrase('fh1', '发货时间', { text: '亲，16:00前付款当天安排', group: '物流' }),
  phrase('x2', '发货后查物流', { group: '物流' }),
  phrase('cfh', '催发货安抚'),
  phrase('yfsm', '返还运费说明', { group: '售后' }),
  phrase('zk', '重量和长度', { text: '亲，行李箱的重量在详情页' }),
  phrase('7t', '7天无理由'),
];
const found = (typed: string, phrases: readonly Phrase[] = set, now?: number) =>
  searchPhrases(phrases, typed, readings, 10, now).map(({ phrase: { code } }) => code);

describe('a search', () => {
  it('finds by initials: the code first, then titles that begin with them, then those that hold them', () => {
    expect(found('fh')).toEqual(['fh1', 'x2', 'yfsm', 'cfh']);
  });

  it.each([
    ['fahuo', ['fh1', 'x2', 'cfh']],
    ['fahuoh', ['x2']],
    ['fanhuan', ['yfsm']],
    ['fhai', ['yfsm']],
    // 重 zhong and chong, 长 chang and zhang, 行 xing and hang.
    ['zl', ['zk']],
    ['cl', ['zk']],
    ['cd', ['zk']],
    ['zd', ['zk']],
    ['hlx', ['zk']],
    ['xlx', ['zk']],
    ['7twly', ['7t']],
    ['wly', ['7t']],
  ])('reads %s every way that its characters can be read', (typed, codes) => {
    expect(found(typed)).toEqual(codes);
  });

  it('finds by words of title, group and text, in full width and capitals too, and needs all words', () => {
    expect(found('物流')).toEqual(['x2', 'fh1']);
    expect(found('付款')).toEqual(['fh1']);
    expect(found('ＦＨ１')).toEqual(['fh1']);
    expect(found('FH1')).toEqual(['fh1']);
    expect(found('物流 付款')).toEqual(['fh1']);
    expect(found('wl sj')).toEqual(['fh1']);
    expect(found('没有的词')).toEqual([]);
  });

  it('does not read short initials into long texts, but longer ones', () => {
    expect(found('dt')).toEqual([]);
    expect(found('fkdt')).toEqual(['fh1']);
  });

  const ranked = [
    phrase('a1', '退款说明', { text: '亲，发货后也可以退' }),
    phrase('b1', '催单安抚', { group: '发货' }),
    phrase('c1', '催发货'),
    phrase('d1', '发货时间'),
    phrase('e1', '发货'),
    phrase('fh2', '顺丰说明'),
    phrase('fh', '退货地址'),
    phrase('g1', '其他说明', { group: '发货与物流' }),
    phrase('xfh', '新客问候'),
    phrase('h1', '满减', { text: '亲，发货前都可以改' }),
  ];
  it.each([
    [
      'the code, what begins with it, the whole title, its beginning, within it, within a code, the group',
      'fh',
      'fh fh2 e1 d1 c1 xfh b1 g1',
    ],
    ['whole syllables alike, without a code', 'fahuo', 'e1 d1 c1 b1 g1 a1 h1'],
    ['words alike, title before group before text', '发货', 'e1 d1 c1 b1 g1 a1 h1'],
    ['initials of the whole title', 'fhsj', 'd1'],
    ['capitals and full width', 'ＦＨ', 'fh fh2 e1 d1 c1 xfh b1 g1'],
    ['several words, each where it fits best', 'fh sm', 'fh2 g1'],
  ])('ranks %s', (_, typed, codes) => {
    const order = codes.split(' ');
    expect(found(typed, ranked)).toEqual(order);
    // However the set comes.
    const places = ranked.map((one, at) => ({ ...one, position: at + 1 }));
    expect(found(typed, [...places].reverse())).toEqual(found(typed, places));
  });

  it('says where, so that a page can mark it', () => {
    const [first, second, third] = searchPhrases(set, 'fh', readings, 10);
    expect(first!.matches).toEqual([
      { field: 'code', start: 0, end: 2 },
      { field: 'title', start: 0, end: 2 },
    ]);
    expect(second!.matches).toEqual([{ field: 'title', start: 0, end: 2 }]);
    expect(third!.phrase.title.slice(third!.matches[0]!.start, third!.matches[0]!.end)).toBe('返还');
    const [rare] = searchPhrases([phrase('a', '𠮷祥发货')], 'fh', readings, 10);
    expect(rare!.phrase.title.slice(rare!.matches[0]!.start, rare!.matches[0]!.end)).toBe('发货');
  });

  it('puts an agent’s own first, then what is used most', () => {
    const three = [phrase('a', '发货', { uses: 1 }), phrase('b', '发货', { uses: 9 }), phrase('c', '发货', { agent: 'u1' })];
    expect(found('发货', three)).toEqual(['c', 'b', 'a']);
  });

  it('leaves out what is switched off or not valid now', () => {
    const four = [
      phrase('a', '发货', { enabled: false }),
      phrase('b', '发货', { validFrom: noon + 1 }),
      phrase('c', '发货', { validTo: noon }),
      phrase('d', '发货', { validFrom: noon, validTo: noon + 1 }),
    ];
    expect(found('发货', four, noon)).toEqual(['d']);
    expect(found('发货', four)).toHaveLength(4);
  });

  it('stays quick on 5,000 long phrases and on what is typed to make it slow', () => {
    const many = Array.from({ length: 5000 }, (_, at) =>
      phrase(`c${at}`, '还还还还还还还还还还'.repeat(4), { text: '还'.repeat(200) }),
    );
    // Of this process: others on the machine take nothing from it.
    const begun = process.cpuUsage();
    expect(found(`${'h'.repeat(15)}z`, many)).toEqual([]);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5000);
  });
});
