/** What an agent is offered while the talk goes on: drafts follow the buyer's newest words, the bot's and the shop's settings. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../src/conversation.js';
import { createFlow, type Flow } from '../src/flow/flow.js';
import { openDeskLook } from '../src/server/desk-look.js';
import type { FlowPort } from '../src/server/flow-port.js';
import type { Shop } from '../src/shop/shop.js';
import type { StockBook } from '../src/stock/stock-book.js';
import { openSqlite } from '../src/storage/sqlite.js';
import type { Storage } from '../src/storage/storage.js';
import { ask, demo, demoWith, message, noon } from './flow/demo-shop.js';

const turnOfLoop = setImmediate;
const loop = () => new Promise<void>((done) => turnOfLoop(done));

let storage: Storage;
let flow: Flow;
let shop: Shop;

beforeEach(async () => {
  vi.useFakeTimers({ now: noon, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  shop = demo;
  storage = openSqlite({ path: ':memory:', now: Date.now });
  flow = createFlow({ storage, shop: (id) => (id === 'demo' ? shop : undefined), now: Date.now });
  await flow.start(['demo']);
});
afterEach(async () => {
  await flow.stop();
  await storage.close();
  vi.useRealTimers();
});

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    await vi.advanceTimersByTimeAsync(0);
    await loop();
  }
}

async function pass(seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 5) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 5) * 1000);
    await settled();
  }
}

let count = 0;
async function says(text: string, its: Partial<Message> = {}): Promise<void> {
  await flow.accept([message({ text, id: `m${++count}`, sentAt: Date.now(), receivedAt: Date.now(), ...its })]);
}

/** The conversation as the desk tells it. */
async function seen() {
  const atWork = { parameters: shop.parameters, knowledge: shop.revision } as ReturnType<FlowPort['shop']>;
  const port = { shop: () => atWork, foresee: flow.foresee, bots: { haltedAt: () => undefined } } as unknown as FlowPort;
  const stock = { changedAt: () => undefined } as unknown as StockBook;
  const look = openDeskLook({ storage, flow: port, stock, config: { language: 'zh' } as never, now: Date.now });
  return (await look.one('demo', 'c1', 'u1'))!;
}
const texts = async () => (await seen()).drafts.map(({ text }) => text);

async function withdrawn(): Promise<string[]> {
  return (await seen()).withdrawn.map(({ id, code }) => `${id.split('_').at(-1)} ${code}`);
}

it('whether an order leaves today is drafted by the cut-off of the shop, and the agent looks', async () => {
  await says('我拍了开衫燕麦色M');
  await says('今天能发货不');
  await pass(10);
  const [best] = await texts();
  expect(best).toMatch(/16:00前付.*(顺延).*帮您看/);
  // Nothing is promised of this very order.
  expect(best).not.toMatch(/今天(就|会|能|可以)/);
});

describe('a buyer who would rather talk elsewhere', () => {
  it.each(['加个微信呗', '能加您QQ吗'])('is kindly kept on the platform: %s', async (words) => {
    await says(words);
    await pass(10);
    const all = await texts();
    expect(all.length).toBeGreaterThan(1);
    for (const text of all) expect(text).toMatch(/平台|在这里/);
    expect(all.join()).not.toMatch(/微信|QQ/i);
    const { replies } = ask(words).answer;
    expect(replies).toMatchObject([{ kind: 'holding', delivery: 'send', text: expect.stringMatching(/平台|在这里/) }]);
  });

  it('is no advertiser: those get nothing', async () => {
    await says('加我微信 刷单日结');
    await pass(10);
    expect(await texts()).toEqual([]);
  });
});

describe('drafts to anger beside a mishap', () => {
  const words = '收到的箱子都压坏了，你们太过分了我要投诉';
  const apologies = (text: string) => text.match(/抱歉|不好意思|对不起/g)?.length ?? 0;

  it('apologise once, and ask for the order number once', async () => {
    await says(words);
    await pass(10);
    const all = await texts();
    expect(all.length).toBeGreaterThan(1);
    for (const text of all) expect([text, apologies(text), text.match(/订单号/g)?.length]).toEqual([text, 1, 1]);
  });

  it('do not ask for the number of an order that is known', async () => {
    await says(words, { order: { id: '2605', status: 'shipped' } });
    await pass(10);
    const all = await texts();
    expect(all.length).toBeGreaterThan(1);
    for (const text of all) expect(text).not.toContain('订单号');
    expect(all[0]).toContain('您这单我马上核实');
  });
});

describe('a buyer who corrects what was written', () => {
  it.each(['不是，我问的是寄上海', '打错了，寄上海', '不是北京，是上海', '我说的是上海', '说错了 上海'])(
    'by %s gets the fee to the place that was meant, and no draft names the other',
    async (correction) => {
      await says('寄北京多少钱运费');
      await pass(4);
      expect((await texts()).join()).toContain('北京');
      const [first] = (await seen()).drafts;
      await says(correction);
      await pass(4);
      const offered = await texts();
      expect(offered.length).toBeGreaterThan(0);
      expect(offered.every((text) => text.includes('上海') && !text.includes('北京'))).toBe(true);
      // Whoever has it in the composer is told by its id.
      expect((await seen()).withdrawn).toContainEqual(expect.objectContaining({ id: first!.id, code: 'draft_newer' }));
    },
  );

  it('in words that nobody understands has the drafts taken back all the same, and the question is told as open', async () => {
    await says('可以开发票吗');
    await pass(4);
    await says('打错了哈哈那个啥');
    await pass(4);
    expect(await texts()).toEqual([]);
    expect((await withdrawn())[0]).toBe('1 draft_corrected');
  });

  it('is answered by the bot as it was meant; nothing that contradicts it is offered any more', async () => {
    await says('寄北京多少钱运费');
    await pass(4);
    await says('打错了，寄新疆');
    await pass(80);
    expect((await seen()).lines.at(-1)).toMatchObject({ from: 'bot', text: expect.stringMatching(/新疆.*18元/) });
    expect((await texts()).join()).not.toMatch('北京');
  });

  it('by another place beside another question has no draft that names the first one', async () => {
    await says('寄北京多少钱运费');
    await pass(4);
    await says('我在新疆，几天能收到呀');
    await pass(4);
    const { drafts } = await seen();
    expect(drafts.length).toBeGreaterThan(0);
    expect(drafts.map(({ text }) => text).join()).not.toMatch('北京');
    expect(await withdrawn()).toContain('1 draft_corrected');
    expect(drafts[0]!.open).toContain('shipping_fee');
  });
});

describe('where no reply fits', () => {
  it('the matter is named in the agent’s own words, and told as open', async () => {
    await says('这个面料是什么成分');
    await pass(4);
    const { drafts } = await seen();
    expect(drafts.map(({ text }) => text)).toEqual([expect.stringMatching(/商品信息(我看到啦|的事我这就帮您看)/)]);
    expect(drafts[0]!.text).not.toMatch(/客服/);
    expect(JSON.stringify(drafts[0]!.open)).toContain('product_info');
  });

  it('it stands behind drafts that answer another question', async () => {
    await says('包邮吗');
    await pass(4);
    await says('这个面料是什么成分');
    await pass(4);
    const offered = await texts();
    expect(offered[0]).toMatch(/满95元/);
    expect(offered.at(-1)).toMatch(/商品信息/);
  });

  it('and nobody knows what was meant nothing is drafted, however often', async () => {
    for (const text of ['阿巴阿巴', '歪比巴卜', '那个东西呢', '嘎嘎嘎嘎']) {
      await says(text);
      await pass(4);
      expect(await texts(), text).toEqual([]);
    }
  });
});

describe('drafts beside another question', () => {
  it('of one place leave the other open', async () => {
    await says('寄四川多少运费');
    await says('那新疆呢');
    await pass(4);
    const { drafts } = await seen();
    expect(drafts[0]).toMatchObject({ text: expect.stringContaining('新疆'), open: ['none'] });
  });

  it('stand, and say what they leave open', async () => {
    await says('寄北京多少钱运费');
    await pass(4);
    await says('那个那个怎么说呢就是那样');
    await pass(4);
    const { drafts } = await seen();
    expect(drafts[0]).toMatchObject({ text: expect.stringContaining('北京'), open: ['none'] });
  });

  it('of two turns before stand when the buyer goes on from the last one', async () => {
    shop = demoWith({ stepIn: undefined });
    await says('可以开发票吗');
    await pass(4);
    await says('邮费多少');
    await pass(4);
    await says('那新疆呢');
    await pass(4);
    expect((await seen()).drafts.flatMap(({ intents }) => intents)).toEqual(expect.arrayContaining(['invoice', 'shipping_fee']));
  });
});

describe('a bot that steps in and leaves something open', () => {
  it('asks for patience where an agent may give a price, and leaves the drafts that name it', async () => {
    await says('大衣850卖不卖');
    await pass(3);
    await says('两件呢');
    await pass(3);
    const before = (await seen()).drafts;
    expect(before[0]!.text).toMatch(/1745元/);
    await pass(60);
    const { lines, clocks, drafts } = await seen();
    const said = lines.at(-1)!;
    expect([said.from, clocks?.messages]).toEqual(['bot', 2]);
    expect(said).toMatchObject({ text: expect.stringMatching(/稍等|久等/) });
    expect(drafts.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    // They are drafts like all others: kept, and open to an agent's judgement.
    expect(await storage.draft('demo', drafts[0]!.id)).toMatchObject({ reply: { delivery: 'suggest' } });
    expect((await storage.feed('demo', 0, 10)).rows).toHaveLength(1);
  });

  it('counts what was haggled in the spell as one round', async () => {
    await says('大衣850卖不卖');
    await pass(3);
    await says('两件呢');
    await pass(63);
    const stepIn = (await storage.deskView('demo', 'c1'))!.answers.at(-1)!;
    expect(stepIn.because).toContainEqual({ code: 'haggling_probing', values: { round: 1 } });
  });

  it('leaves none where all is answered', async () => {
    await says('寄北京多少钱运费');
    await pass(70);
    expect((await seen()).lines.at(-1)!.from).toBe('bot');
    expect(await texts()).toEqual([]);
  });
});

describe('settings that an owner saves', () => {
  const dearer = (): Shop => {
    const { shipping } = demo.parameters;
    const table = shipping!.table.map((row) => ({ ...row, firstKgYuan: row.firstKgYuan === 12 ? 13 : row.firstKgYuan }));
    return { ...demo, revision: 'k2', parameters: { ...demo.parameters, shipping: { ...shipping!, table } } };
  };

  it('make the drafts of who waits anew; the former are taken back', async () => {
    await says('寄北京多少钱运费');
    await pass(4);
    const former = (await seen()).drafts;
    expect(former[0]!.text).toContain('12元');
    shop = dearer();
    await flow.redraft('demo');
    const { drafts, lines } = await seen();
    expect(drafts.map(({ text }) => text)).toEqual(former.map(({ text }) => text.replace('12元', '13元')));
    expect(drafts[0]!.reasons[0]!.code).toBe('drafts_made_anew');
    expect(await withdrawn()).toContain('1 draft_settings_changed');
    expect(lines).toHaveLength(1);
    await pass(60);
    expect((await seen()).lines.at(-1)).toMatchObject({ from: 'bot', text: expect.stringContaining('13元') });
    expect(await texts()).toEqual([]);
  });

  it('leave drafts as they are that say the same by them', async () => {
    await says('可以开发票吗');
    await pass(4);
    const former = await texts();
    shop = dearer();
    await flow.redraft('demo');
    expect([await texts(), await withdrawn()]).toEqual([former, []]);
    // Once is enough.
    const { seq } = (await storage.deskView('demo', 'c1'))!;
    await flow.redraft('demo');
    expect((await storage.deskView('demo', 'c1'))!.seq).toBe(seq);
  });

  it('take drafts back for which nothing is left to say', async () => {
    await says('可以开发票吗');
    await pass(4);
    const { invoice: _, ...parameters } = demo.parameters;
    shop = { ...demo, revision: 'k3', parameters };
    await flow.redraft('demo');
    // That it was seen can be said of any matter.
    expect(await texts()).toEqual([expect.stringMatching(/发票(我看到啦|的事我这就帮您看)/)]);
    expect(await withdrawn()).toContain('1 draft_settings_changed');
  });

  it('give drafts where nothing could be said before', async () => {
    const { invoice: _, ...parameters } = demo.parameters;
    shop = { ...demo, revision: 'k0', parameters };
    await says('可以开发票吗');
    await pass(4);
    const former = await texts();
    expect(former).toEqual([expect.stringMatching(/发票(我看到啦|的事我这就帮您看)/)]);
    shop = demo;
    await flow.redraft('demo');
    expect((await texts())[0]).toMatch(/电子|抬头|税号/);
    expect(await texts()).not.toContain(former[0]);
  });

  it('touch nothing of who was answered, and no round of haggling', async () => {
    await says('大衣850卖不卖');
    await pass(4);
    const former = await texts();
    shop = dearer();
    await flow.redraft('demo');
    expect(await texts()).toEqual(former);
    await says('亲，我问一下', { author: 'agent' });
    shop = { ...dearer(), revision: 'k4' };
    await flow.redraft('demo');
    expect(await texts()).toEqual([]);
    expect((await storage.deskView('demo', 'c1'))!.answers).toHaveLength(2);
  });
});

describe('what the product is made in', () => {
  const scarf = { id: 'wool-scarf', title: '羊毛素色围巾' };

  it('is drafted and, where nobody is there, told by itself', async () => {
    await says('这个围巾有什么颜色', { item: scarf });
    await pass(4);
    expect((await texts())[0]).toMatch(/米白、酒红、藏青/);
    expect(ask('这个围巾有什么颜色', { more: { item: scarf } }).answer).toMatchObject({
      action: 'auto',
      replies: [{ text: expect.stringMatching(/米白、酒红、藏青/) }],
    });
  });

  it.each([
    ['都有哪些尺码', 'wool-cardigan', /S码、M码、L码/],
    ['有什么颜色和尺码', 'wool-cardigan', /燕麦色、雾蓝、炭灰.*S码、M码、L码/],
    ['这款多重', 'wool-cardigan', /约450克/],
  ])('%s of %s', (text, id, expected) => {
    const { action, replies } = ask(text, { more: { item: { id, title: '页面' } } }).answer;
    expect([action, replies[0]!.text]).toEqual(['auto', expect.stringMatching(expected)]);
  });

  it('names apart what can be bought now', () => {
    const products = demo.parameters.products.map((one) =>
      one.id === scarf.id ? { ...one, variants: one.variants.map((its, at) => (at === 0 ? { ...its, stock: 0 } : its)) } : one,
    );
    const some = demoWith({}, { products });
    const { text } = ask('这个有什么颜色', { shop: some, more: { item: scarf } }).answer.replies[0]!;
    expect(text).toMatch(/米白、酒红、藏青.*酒红、藏青/);
  });

  it('is a draft alone where all are gone: nothing out of stock is pushed', () => {
    const gone = { item: { id: 'cashmere-scarf', title: '羊绒格纹围巾' } };
    expect(ask('这个有什么颜色', { more: gone }).answer.replies[0]!.kind).toBe('holding');
    const { replies } = ask('这个有什么颜色', { at: noon, more: gone }).answer;
    expect(replies[0]!.text).toMatch(/驼格、灰格.*补货/);
  });

  it('is not told to who asks which one looks better', () => {
    expect(ask('什么颜色好看', { more: { item: scarf } }).answer.replies[0]!.kind).toBe('holding');
  });
});

describe('a draft', () => {
  const drafts = (text: string, more: Partial<Message> = {}) =>
    ask(text, { at: noon, more: { ...more, receivedAt: noon, sentAt: noon } }).answer.replies.map((reply) => reply.text);

  it('speaks as the agent who sends it', () => {
    for (const text of [
      '我想用顺丰',
      '能开专票吗',
      '我要开发票',
      '大衣850卖不卖',
      '能便宜点吗',
      '质量怎么样',
      '30件有优惠吗',
      '帮我查一下朋友的订单',
    ])
      expect(drafts(text).join('\n'), text).not.toMatch(/客服/);
    expect(ask('我想用顺丰').answer.replies[0]!.text).toMatch(/客服|备注/);
  });

  it('to who asks for a special invoice says nothing of others alone', () => {
    const texts = drafts('能开专票吗');
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toContain('专票');
  });

  it('to who asks within a return who pays tells of the return', () => {
    for (const text of ['可以退货吗，运费谁出', '不想要了，运费谁出']) {
      const texts = drafts(text);
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.join(), text).not.toMatch(/包邮/);
    }
  });

  it('of one piece reads as of one', () => {
    const texts = drafts('拍1件寄北京运费多少', { item: { id: 'wool-scarf', title: '羊毛素色围巾' } });
    expect(texts.join()).toMatch(/1件约0.2公斤/);
    expect(texts.join()).not.toMatch(/1件(一起|合起来)|一共/);
  });
});
