import { beforeAll, describe, expect, it } from 'vitest';
import { type CompiledRules, check, checkWords, compileRules } from '../../src/compliance/check.js';
import { fold } from '../../src/compliance/fold.js';
import { learnLines } from '../../src/compliance/line-reader.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import type { CheckContext, Rule } from '../../src/compliance/rule.js';
import { firstOrdinaryLines, firstViolatingLines, ordinaryLines, violatingLines } from './own-lines.js';

const rules = await loadRules();
const terms: CheckContext = {
  codEnabled: true,
  cardAccepted: true,
  freeShipping: { excludes: ['新疆', '西藏', '香港', '澳门', '台湾', '海外'], fromYuan: 95, fromItems: 2 },
};
const share = (part: number, whole: number) => Math.round((1000 * part) / whole) / 10;

/** Rules and ordinary lines without every fifth line, which the reader then has never seen. */
function without(part: number): CompiledRules {
  const isKept = (_: string, at: number) => at % 5 !== part;
  const kept = (rule: Rule): Rule =>
    rule.learned === undefined ? rule : { ...rule, learned: { ...rule.learned, lines: rule.learned.lines.filter(isKept) } };
  return compileRules(rules.map(kept), ordinaryLines.filter(isKept));
}

describe('lines that the reader has not learnt', () => {
  let caught = 0;
  let caughtByReader = 0;
  let isFalse: string[] = [];
  let unnamed = 0;

  beforeAll(() => {
    for (let part = 0; part < 5; part++) {
      const compiled = without(part);
      for (const { id, learned } of rules)
        for (const line of (learned?.lines ?? []).filter((_, at) => at % 5 === part)) {
          const found = check(line, terms, compiled);
          if (found.length === 0) continue;
          caught += 1;
          if (!found.some(({ rule }) => rule === id)) unnamed += 1;
          if (checkWords(line, terms, compiled).length === 0) caughtByReader += 1;
        }
      const told = ordinaryLines.filter((line, at) => at % 5 === part && check(line, terms, compiled).length > 0);
      isFalse = [...isFalse, ...told];
    }
  });

  it('are caught, 93 of 100, if they break a rule, and named by it', () => {
    expect(share(caught, violatingLines.length)).toBeGreaterThanOrEqual(93);
    expect(share(unnamed, caught)).toBeLessThanOrEqual(4);
  });

  it('are caught by the reader alone where patterns know nothing of them', () => {
    const unknown = violatingLines.filter(([, line]) => checkWords(line, terms, compileRules(rules)).length === 0);
    expect(unknown.length).toBeGreaterThanOrEqual(200);
    expect(share(caughtByReader, unknown.length)).toBeGreaterThanOrEqual(45);
  });

  it('are left alone if they are ordinary, 97 of 100', () => {
    expect(share(isFalse.length, ordinaryLines.length), isFalse.join('\n')).toBeLessThanOrEqual(2.5);
  });
});

describe('the line reader', () => {
  const compiled = compileRules(rules);
  const alone = (line: string, context: CheckContext) =>
    check(line, context, compiled).filter(({ because }) => because.startsWith('读起来像'));

  it('is the same from the same lines', () => {
    const read = () => learnLines(rules.slice(0, 3), ordinaryLines.slice(0, 300))!.read(fold('亲，这个真的开不了票呀'), {});
    expect(read()).toEqual(read());
  });

  it('is none where no rule has lines', () => {
    expect(compileRules([]).reader()).toBeUndefined();
    expect(check('加我微信', {}, compileRules([]))).toEqual([]);
  });

  it('asks to look again, stops nobody, and points at the words', () => {
    const text = '您好，这款有现货的，今天就可以拍哦！钱别走这儿，直接给师傅。还有什么想了解的吗，我一直都在的呢';
    const [finding, ...more] = alone(text, terms);
    expect(finding).toMatchObject({ rule: 'off-platform-payment', severity: 'hint', points: 0 });
    expect(text.slice(finding!.start, finding!.end)).toBe(finding!.words);
    expect(finding!.words).toContain('钱别走这儿');
    expect(finding!.words).not.toContain('现货');
    expect(more).toEqual([]);
    expect(alone('刷卡的那点抽成您自己扛', terms)[0]).toMatchObject({
      rule: 'card-fee',
      points: 0,
      note: expect.stringContaining('可能扣4分'),
    });
  });

  it('keeps to what the shop allows', () => {
    const refusals = violatingLines.filter(([rule]) => rule === 'cod-refusal').map(([, line]) => line);
    const told = (context: CheckContext) =>
      refusals.filter((line) => alone(line, context).some(({ rule }) => rule === 'cod-refusal')).length;
    expect(told(terms)).toBeGreaterThan(20);
    expect(told({ ...terms, codEnabled: false })).toBe(0);
  });

  it('says nothing of names, dates and single words', () => {
    for (const word of ['发票', '2027-02-04', 'electronic', '微信', '16:00', '~~', '你好'])
      expect(alone(word, terms), word).toEqual([]);
  });

  it('leaves alone what agents say all day long and nobody taught it: taking over, saying sorry, showing the way', () => {
    const lines = [
      '我也来答',
      '我也来答一下',
      '这个我来接吧',
      '我接手了，您请讲',
      '亲，我是8号客服，接着上一位同事为您服务',
      '稍等哈，我翻一下聊天记录',
      '您前面说的我看到啦',
      '刚刚在帮另一位顾客，让您久等了',
      '价格改好了，您看下',
      '优惠券领了吗，没领的话我发您链接',
      '满减和券可以一起用的',
      '这个链接点进去就能领',
      '收到请帮忙确认一下尺寸',
      '有问题随时来找我',
      '晚上是小林值班，您也可以找她',
      '我先下班啦，同事接着帮您看',
      '午饭时间回复慢一点，见谅',
      '活动到周日晚上结束',
      '人比较多，排队中，很快到您',
      '这位顾客我来回',
      '我来答吧',
      '下一位我来',
      '我先答她的',
      '交接：3号顾客等换货单号',
      '这位我来跟',
      '我来接待下一位',
      '她那边我去说',
      '我替她答吧',
      '让我来回这一句',
      '我也想说一句',
      '我来补充一下',
      '我这边也回一下您',
      '换我来为您服务',
      '她说完我再说',
      '刚才那位客服去吃饭了，我来继续',
      '我帮她问问',
      '这边我先应着',
      '这个问题我也碰到过',
      '您的评价对我们很重要',
      '谁在跟这个买家',
      '这个单子谁在处理',
      '我去倒杯水马上回来',
      '主管说可以的',
      '我先记个备注',
      '明天我休息，小李替我',
      '中午我替班',
      '我这会儿就看',
      '哈哈您真幽默',
      '是的是的',
      '对的，就是这样',
      '不是这个意思哈',
      '我重新说一遍',
      '我听明白了',
      '您别急，我在看',
      '您是想问大小对吗',
      '稍等，电话里在跟仓库确认',
      '您往右滑一下',
      '滑到头就有',
      '要等它转完圈',
      '您用的苹果还是安卓',
      '我这边也卡',
      '我先截个图',
      '您看这张对吗',
      '我翻翻柜子',
      '找到了！',
      '找了半天没找着',
      '同事说在三号架',
      '这个真没注意',
      '应该差不多',
      '今天第一单是您',
      '周末愉快',
      '替我向家里人问好',
      '怎么称呼您呢',
      '我在，刚才去拿快递了',
      '灯光有点暗，颜色看着深',
      '窗边拍一张试试',
    ];
    const learnt = new Set(ordinaryLines);
    expect(lines.filter((line) => learnt.has(line))).toEqual([]);
    const told = lines.filter((line) => alone(line, terms).length > 0);
    expect(share(told.length, lines.length), told.join('\n')).toBeLessThanOrEqual(5);
  });

  it('is not talked over by ordinary lines around a breach', () => {
    const caught = firstViolatingLines.filter(([, line], at) => {
      const before = firstOrdinaryLines[at % 240]!;
      const after = firstOrdinaryLines[(at * 7) % 240]!;
      return check(`${before}。${line}。${after}`, terms, compiled).length > 0;
    });
    expect(share(caught.length, firstViolatingLines.length)).toBeGreaterThanOrEqual(95);
  });
});
