/** Postage, couriers and days through the real server: what one buyer hears, message after message. */
import { afterEach, describe, expect, it } from 'vitest';
import { type House, type HouseOptions, startHouse } from './running-house.js';

let house: House;
afterEach(() => house.stop());

/** Off duty in the demo shop: a Saturday night. Parcels paid for now leave on Sunday. */
const night = '2026-11-21T23:30:00+08:00';

/** The replies to the messages of one buyer, one after the other; undefined where it was held. */
async function told(messages: readonly string[], options: HouseOptions = {}, item?: { id: string; title: string }) {
  house = await startHouse({ at: night, ...options });
  const replies: (string | undefined)[] = [];
  for (const text of messages) {
    const answer = await house.ask(text, { conversation: 'story', ...(item === undefined ? {} : { item }) });
    replies.push(answer.action === 'auto' ? answer.replies[0]!.text : undefined);
  }
  return replies;
}

const questions = (text: string | undefined) => (text?.match(/您.{0,6}寄到哪|您的收货省份|收货地址是/g) ?? []).length;

describe('postage', () => {
  it('goes from the question to the bare region, and on to another one', async () => {
    const [asked, gansu, xinjiang] = await told(['包邮吗', '甘肃', '那新疆呢']);
    expect(questions(asked)).toBe(1);
    expect(gansu).toMatch(/甘肃.*15元|15元.*甘肃/);
    expect(gansu).toContain('满95元或满2件包邮');
    expect(xinjiang).toMatch(/新疆.*18元/);
    expect(xinjiang).toMatch(/不在包邮范围|没覆盖/);
  });

  it('tells what a courier of choice costs on top', async () => {
    const [surcharge] = await told(['到成都发顺丰要加多少钱']);
    expect(surcharge).toContain('15元');
    expect(surcharge).toContain('顺丰');
  });

  it("tells the courier's own fee where the table has one", async () => {
    const [own, usual] = await told(['到新疆发顺丰多少运费', '到新疆多少运费'], {
      shop: (shop) => shop.shipping.table.push({ regions: ['新疆'], couriers: ['顺丰'], firstKgYuan: 35 }),
    });
    expect(own).toMatch(/顺丰.*35元/);
    expect(own).not.toMatch(/加15元|35\+15|50元/);
    expect(usual).toContain('18元');
  });

  it('knows by the amount and by the pieces whether the threshold is reached', async () => {
    const [amount, short, pieces] = await told(['买够100到上海包邮吗', '买50块钱到上海包邮吗', '3件到上海包邮吗']);
    expect(amount).toMatch(/够|满足/);
    expect(short).toMatch(/差45元/);
    expect(pieces).toMatch(/够|满足|可以/);
  });

  it('never promises it where it is excluded, however much is bought', async () => {
    const [xinjiang, hongKong] = await told(['买够500到新疆包邮吗', '3件到香港包邮吗']);
    expect(xinjiang).toMatch(/不在包邮范围|没覆盖/);
    expect(hongKong).toMatch(/不在包邮范围/);
    expect(hongKong).toContain('EMS');
  });

  it('leaves the fee to 港澳台 to a person: the table has none', async () => {
    expect(await told(['寄到香港运费多少'])).toEqual([undefined]);
  });

  it('takes the row of the county', async () => {
    const replies = await told(['运费多少', '昆山', '那苏州呢', '嘉善县运费多少'], {
      shop: (shop) => {
        shop.shipping.table.push({ regions: ['江苏/苏州/昆山'], firstKgYuan: 5 });
        shop.shipping.table.push({ regions: ['浙江/嘉兴/嘉善'], firstKgYuan: 6 });
      },
    });
    expect(replies[1]).toMatch(/昆山.*5元/);
    expect(replies[2]).toMatch(/苏州.*8元/);
    expect(replies[3]).toMatch(/嘉善.*6元/);
  });

  it('adds up the weight of several where further kilograms have a fee', async () => {
    const [reply] = await told(
      ['4件到新疆多少运费'],
      {
        shop: (shop) => {
          for (const row of shop.shipping.table) row.nextKgYuan = 10;
        },
      },
      { id: 'wool-cardigan', title: '羊毛圆领开衫' },
    );
    expect(reply).toContain('1.8公斤');
    expect(reply).toContain('28元');
  });

  it('asks for the region once, whatever else is asked', async () => {
    const replies = await told(['包邮吗，几天能到', '包邮吧，亲', '几天能到，发什么快递']);
    for (const reply of replies) expect(questions(reply), reply).toBeLessThanOrEqual(1);
    expect(replies[0]).toMatch(/天/);
  });
});

describe('couriers', () => {
  it('names those that cost nothing extra, and the others with their price', async () => {
    const [which, ningxia] = await told(['你们发什么快递', '宁夏']);
    expect(which).toMatch(/中通、圆通、邮政/);
    expect(ningxia).toContain('邮政');
    expect(ningxia).not.toMatch(/中通|顺丰/);
  });

  it('says what can be had: offered, dearer, not there, not at all', async () => {
    const replies = await told(['能发中通吗', '可以发顺丰吗', '发德邦可以吗', '不要发圆通', '寄到宁夏能发顺丰吗']);
    expect(replies[0]).toMatch(/可以.*中通|中通.*可以/);
    expect(replies[1]).toContain('15元');
    expect(replies[2]).toMatch(/德邦/);
    expect(replies[2]).toContain('中通、圆通、邮政');
    expect(replies[3]).toMatch(/备注/);
    expect(replies[3]).toMatch(/中通、邮政/);
    expect(replies[4]).toMatch(/顺丰(暂时)?还到不了/);
  });

  it.each(['快递员电话多少', '邮政不给送上门', '取件码没收到', '我昨天拍的发什么快递', '要圆通不要邮政', 'EMS是邮政吗'])(
    'leaves to a person: %s',
    async (text) => {
      expect(await told([text])).toEqual([undefined]);
    },
  );

  it('says where parcels leave, and that there is no pickup', async () => {
    const [from, pickup, abroad] = await told(['你们从哪里发货', '可以自提吗', '国外能寄吗']);
    expect(from).toContain('浙江嘉兴');
    expect(pickup).toMatch(/自提.*没开放/);
    expect(abroad).toMatch(/海外/);
  });

  it('holds what the shop has not set', async () => {
    const unset = (shop: any) => {
      delete shop.shipping.courierWish;
      delete shop.shipping.pickup;
      delete shop.dispatch.shipsFrom;
    };
    expect(await told(['能发中通吗', '可以自提吗', '你们从哪里发货'], { shop: unset })).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('days', () => {
  it('are the usual ones, never a promise', async () => {
    const [week, oneDay, tomorrow] = await told(['一个星期能到吗', '1天能收到吗', '现在拍明天能到吗']);
    expect(week).toMatch(/2-3天/);
    expect(oneDay).toMatch(/赶不上|有点赶/);
    expect(tomorrow).toMatch(/赶不上|有点赶/);
    for (const reply of [week, oneDay, tomorrow]) expect(reply).not.toMatch(/保证|一定|肯定/);
  });

  it('are not told of a parcel under way', async () => {
    expect(await told(['我的包裹什么时候能到', '这个快递明天派送吗'])).toEqual([undefined, undefined]);
  });

  it('name the parcel that may be under way beside those of a new order, where no word tells which is meant', async () => {
    const [reply] = await told(['今天能到吗']);
    expect(reply).toMatch(/已经寄出的/);
    expect(reply).toMatch(/现在付款的?一般/);
  });

  it('skip the days on which the shop sends nothing, and say so', async () => {
    const [now, asked, other] = await told(['现在付款，什么时候发货', '年底盘点放假还发货吗', '国庆发货吗'], {
      shop: (shop) => {
        shop.dispatch.closed = [{ from: '2026-11-22', to: '2026-11-24', reason: '盘点' }];
      },
    });
    expect(now).toMatch(/盘点11月22日到11月24日/);
    expect(now).toMatch(/11月25日/);
    expect(asked).toMatch(/盘点11月22日到11月24日/);
    expect(other).toBeUndefined();
  });

  it('follow the rule of a promotion while it lasts', async () => {
    const [during] = await told(['什么时候发货'], { at: '2027-11-11T23:30:00+08:00' });
    expect(during).toMatch(/双11期间的订单一般付款后72小时内发出/);
    expect(during).not.toMatch(/16:00|明天发出/);
  });

  it('of a presale begin on its day', async () => {
    const [reply] = await told(
      ['这款什么时候发货'],
      {
        shop: (shop) => {
          shop.products.find((one: any) => one.id === 'knit-skirt').presaleShips = '2026-12-05';
        },
      },
      { id: 'knit-skirt', title: '针织半裙' },
    );
    expect(reply).toMatch(/预售/);
    expect(reply).toContain('12月5日');
  });

  it('answer for the weekend as the shop ships', async () => {
    expect((await told(['周末发货吗']))[0]).toMatch(/周末也照常|周六周日都正常/);
    await house.stop();
    const sixDays = (shop: any) => {
      shop.dispatch.shipsOn = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    };
    expect((await told(['周末发货吗'], { shop: sixDays }))[0]).toMatch(/周日(休息|休)/);
  });
});

describe('what stands beside the question', () => {
  const alone = async (text: string) => {
    const answer = await house.ask(text);
    return { text: answer.replies[0]!.text, action: answer.action };
  };

  it('is answered too, or left to a person in so many words', async () => {
    house = await startHouse({ at: night });
    const both = (await alone('到成都几天呀快递是哪一家的')).text;
    expect(both).toContain('中通、圆通、邮政');
    expect(both).toContain('2-3天');
    expect((await alone('三份包邮对吗一份五个吗')).text).toMatch(/运费.*客服/);
    expect((await alone('成都今天能发货吗')).text).toContain('成都');
    expect((await alone('上海发苏州要几天')).text).toContain('嘉兴');
  });

  it('names the courier that can be had of those that the buyer names', async () => {
    house = await startHouse({ at: night });
    const some = (await alone('申通或者圆通都可以')).text;
    expect(some).toMatch(/圆通可以发|可以走圆通/);
    expect(some).toContain('申通');
  });

  it('turns a refund into a matter for a person where it is tied to a trouble', async () => {
    house = await startHouse({ at: night });
    const held = await alone('要是再没人来送就给我退款吧');
    expect(held.action).toBe('handoff');
    expect(held.text).toMatch(/抱歉/);
    expect(held.text).not.toContain('申请售后');
  });
});
