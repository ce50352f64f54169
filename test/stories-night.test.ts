/** Postage, couriers and days asked late at night: what may go out by itself, and what waits for a person. */
import { afterEach, describe, expect, it } from 'vitest';
import { type House, startHouse } from './running-house.js';

let house: House;
afterEach(() => house.stop());

/** A Friday, half an hour after closing and long after the cut-off: what is paid for now leaves on Saturday. */
const night = '2026-11-20T23:30:00+08:00';

/** The automatic reply to each message, each of another buyer; undefined where it was held. */
async function told(...messages: string[]) {
  house = await startHouse({ at: night });
  const replies: (string | undefined)[] = [];
  for (const [at, text] of messages.entries()) {
    const answer = await house.ask(text, { conversation: `night-${at}` });
    replies.push(answer.action === 'auto' ? answer.replies[0]!.text : undefined);
  }
  return replies;
}

const held = (messages: readonly string[]) => messages.map(() => undefined);

describe('what waits for a person', () => {
  it('is a parcel under way, a demand, and words that only the placed order explains', async () => {
    const own = [
      '那后天什么时候送到呀',
      '包裹什么时候到',
      '我那个什么时候到呀',
      '到底几号才能收到',
      '今天务必给我发走',
      '已拍哈今天发',
      '明天可以安排吗',
      '后天拍大后天能到才有人收',
      '是不是明天就到啦',
      '灰色的多久能调到货',
    ];
    expect(await told(...own)).toEqual(held(own));
  });

  it('is what is settled with another; who pays is told for both ways where nothing says for which', async () => {
    const bothWays = ['邮费谁来出', '那邮费你们出'];
    for (const text of await told(...bothWays)) expect(text).toMatch(/包邮.*退货.*质量问题/);
    const fees = ['到时候邮费怎么处理', '还没改好呢不是包邮吗', '让我自己承担运费', '上次邮费收了12'];
    expect(await told(...fees)).toEqual(held(fees));
  });

  it('is a charge that is complained of, and money of one’s own that has not come back', async () => {
    const charges = ['上次说包邮怎么收了我8块', '怎么收了我12块运费', '收了我10块邮费不是包邮吗', '你们说的包邮呢'];
    const refunds = ['退款到账了吗', '我退款到了吗', '钱退了没', '七天过了还能退吗', '确定吗不到就退货'];
    expect(await told(...charges, ...refunds)).toEqual(held([...charges, ...refunds]));
  });

  it('is nothing of two questions without a mark between them: both are answered', async () => {
    const [first, second] = await told('什么时候发货能不能开发票', '能不能开发票什么时候发货');
    for (const text of [first, second]) expect(text).toMatch(/发票.*明天发出|明天发出.*发票/);
  });

  it('is a place that is named and not known, instead of being asked for it again', async () => {
    const places = ['到柳树屯要几天', '寄到青石桥运费多少', '白云区包邮吗'];
    expect(await told(...places)).toEqual(held(places));
  });

  it('is a courier to change to on the way, and an address of which it is asked whether it was changed', async () => {
    const changes = ['帮我看看能不能转发中通', '发圆通了吗', '地址改好了吗', '收货地址修改了没'];
    expect(await told(...changes)).toEqual(held(changes));
  });
});

describe('what goes out by itself', () => {
  it('says after the cut-off what leaves when', async () => {
    const replies = await told('今天还能发货不', '现在拍今晚可以发走吗', '一般几天能到');
    for (const reply of replies) expect(reply).toMatch(/现在付款.*明天/);
    expect(replies[0]).toContain('截单');
    expect(replies.join()).not.toMatch(/前付款一般当天发/);
  });

  it('is honest where the days left are too few', async () => {
    const [reply] = await told('只剩2天就过年了年前能到不');
    expect(reply).toContain('赶不上');
  });

  it('says plainly which couriers the shop does not send by', async () => {
    const [unknown, named, avoided, chosen, ems] = await told(
      '给我发天天快递',
      '申通几天能到',
      '千万别发申通',
      '能换个快递吗邮政不给送',
      '可以指定发EMS吗',
    );
    for (const reply of [unknown, named, avoided]) expect(reply).toMatch(/没合作|没开通|不走/);
    expect(chosen).toMatch(/中通、圆通/);
    expect(chosen).not.toMatch(/圆通、邮政/);
    expect(ems).toMatch(/EMS只/);
  });

  it('takes no fee for an amount or for pieces, and many pieces for a matter of wholesale', async () => {
    const [charged, bulk, together] = await told('不是说免运费的么结账还要6块', '定500个包邮是吧', '和那个帽子一起买包邮不');
    expect(charged).toBeDefined();
    expect(charged).not.toMatch(/满足|够包邮|够啦/);
    expect(bulk).toContain('批量');
    expect(together).toMatch(/一起拍/);
  });

  it('takes the place after 到 for where it goes, and one name for three provinces as all of them', async () => {
    const [jiangsu, three] = await told('我是江西的但是寄到江苏运费多少', '江浙沪运费多少');
    expect(jiangsu).toMatch(/江苏.*8元/);
    expect(three).toMatch(/江浙沪.*8元/);
  });
});
