/** The one place where the story is told: a turn in, its whole Answer and the conversation's next memory out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters } from '../../src/composing/limits.js';
import { emptyMemory, type Memory } from '../../src/conversation.js';
import { answer } from '../../src/flow/answer.js';
import { afterAgentWord } from '../../src/policy/presence.js';
import { ask, conversation, demo, demoWith, message, nextNight, night, noon, sentTexts, talk } from './demo-shop.js';

/** A value that throws when anybody edits it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

const codes = (answered: ReturnType<typeof ask>) => answered.answer.because.map(({ code }) => code);
const kinds = (answered: ReturnType<typeof ask>) => answered.answer.replies.map(({ kind, delivery }) => `${delivery} ${kind}`);

describe('an Answer', () => {
  it('tells the whole story: what was understood, decided and said, and why', () => {
    const { answer: told } = ask('发到新疆邮费多少，能开发票吗', { more: { id: 'p-1' } });
    expect(told).toMatchObject({
      id: 'an1',
      conversation: 'c1',
      action: 'auto',
      inReplyTo: ['p-1'],
      at: night,
      knowledge: demo.revision,
    });
    expect(told.understanding.intents.map(({ id }) => id).sort()).toEqual(['invoice', 'shipping_fee']);
    expect(told.because.map(({ code }) => code)).toEqual(['understood', 'off_duty', 'reply_chosen']);
    expect(told.replies).toHaveLength(1);
    expect(told.replies[0]).toMatchObject({ id: 'an1_1', kind: 'answer', delivery: 'send', findings: [] });
    expect(told.replies[0]!.intents).toEqual(expect.arrayContaining(['invoice', 'shipping_fee']));
    expect(told.replies[0]!.text).toMatch(/18.*发票|发票.*18/s);
  });

  it.each(['可以开发票吗', '发到克拉玛依邮费多少', '我要投诉', '好的谢谢', '随便写点看不懂的', ''])(
    'is the same for the same turn, shop and moment, and edits none of them: %s',
    (text) => {
      const memory = frozen(talk(['在吗', '包邮吗']).at(-1)!.change.memory);
      const turn = frozen({
        conversation: conversation({ memory }),
        messages: [message({ text }), message({ id: 'm2', text: '？' })],
      });
      const moment = frozen({ now: night, away: undefined, id: 'an9' });
      const first = answer(turn, demo, moment);
      expect(answer(turn, demo, moment)).toStrictEqual(first);
      expect(answer(structuredClone(turn), demo, { ...moment })).toStrictEqual(first);
    },
  );

  it('does not hang on which turns were answered between', () => {
    const before = ask('可以开发票吗');
    talk(['包邮吗', '那新疆呢', '有货吗', '我要投诉']);
    expect(ask('可以开发票吗')).toStrictEqual(before);
  });

  it('joins a burst to one question and names all its messages', () => {
    const burst = ['在吗', '包邮吗', '几天能到'].map((text, at) => message({ id: `m${at}`, text }));
    const { answer: told } = answer({ conversation: conversation(), messages: burst }, demo, {
      now: night,
      away: undefined,
      id: 'a',
    });
    expect(told.inReplyTo).toEqual(['m0', 'm1', 'm2']);
    expect(told.understanding.text).toBe('在吗\n包邮吗\n几天能到');
    expect(told.replies).toHaveLength(1);
  });

  it('leaves out what was recalled, and says nothing where all was', () => {
    const turn = (types: readonly ('text' | 'recall')[]) =>
      answer(
        {
          conversation: conversation(),
          messages: types.map((type, at) =>
            message({ id: `m${at}`, type, text: type === 'text' ? ['可以开发票吗', '包邮吗'][at]! : '' }),
          ),
        },
        demo,
        { now: night, away: undefined, id: 'a' },
      ).answer;
    expect(turn(['text', 'text', 'recall']).understanding.text).toBe('可以开发票吗');
    expect(turn(['text', 'recall'])).toMatchObject({
      action: 'silent',
      replies: [],
      because: expect.arrayContaining([{ code: 'recalled' }]),
    });
    expect(turn(['text', 'text', 'recall']).inReplyTo).toEqual(['m0', 'm1', 'm2']);
  });

  it('keeps the product page and the order for the turns to come', () => {
    const item = { id: 'wool-scarf', title: '羊毛素色围巾', priceYuan: 89 };
    const first = ask('在吗', { more: { item, order: { id: '2605', status: 'paid' } } });
    expect(first.change.memory).toMatchObject({ item, order: { id: '2605' } });
    const next = ask('有酒红色吗', { memory: first.change.memory });
    expect(next.answer.action).toBe('auto');
    expect(next.change.memory.item).toEqual(item);
  });
});

describe('a holding reply', () => {
  it('is said once a closed period, and again in the next', () => {
    const [first, second] = talk(['我要投诉你们', '你们到底管不管']);
    expect([kinds(first!), kinds(second!)]).toEqual([['send holding'], []]);
    expect(codes(second!)).toContain('held_already');
    expect(first!.change.memory.heldPeriod).toBe(Date.parse('2026-11-21T23:00:00+08:00'));
    const later = ask('我要投诉你们', { memory: second!.change.memory, at: nextNight });
    expect(kinds(later)).toEqual(['send holding']);
    expect(sentTexts(later)).not.toEqual(sentTexts(first!));
  });

  it('names when a person answers, and leaves the matter open', () => {
    const { answer: told } = ask('我要投诉你们');
    expect(told.replies[0]!.text).toContain('明天上午10点');
    expect(told).toMatchObject({ action: 'handoff', open: ['complaint'] });
  });

  it('is not said where an answer was, so that the closed period still has one to give', () => {
    const [answered, held] = talk(['可以开发票吗', '我要投诉你们']);
    expect([kinds(answered!), kinds(held!)]).toEqual([['send answer'], ['send holding']]);
  });

  it('is one for the away switch and the closed hours that follow on it', () => {
    const away = { since: Date.parse('2026-11-21T20:00:00+08:00') };
    const first = ask('我要投诉你们', { at: away.since + 60_000, away });
    const second = ask('我要投诉你们', { at: night, away, memory: first.change.memory });
    expect([kinds(first), kinds(second)]).toEqual([['send holding'], []]);
  });
});

describe('what a person said', () => {
  it('is not talked over at night, not even to calm an angry buyer', () => {
    const memory = afterAgentWord(emptyMemory, night - 60_000, 10);
    for (const text of ['可以开发票吗', '我要投诉你们', '随便写点看不懂的']) {
      const told = ask(text, { memory });
      expect(sentTexts(told)).toEqual([]);
      expect(codes(told)).toContain('agent_holds');
    }
    expect(ask('我要投诉你们', { memory }).answer.action).toBe('handoff');
    expect(ask('可以开发票吗', { memory: afterAgentWord(emptyMemory, night - 11 * 60_000, 10) }).answer.action).toBe('auto');
  });
});

describe('what the shop set', () => {
  it('switched off is neither answered nor drafted; what stands beside it is', () => {
    const shop = demoWith({}, { intents: { invoice: 'off' } });
    const [alone, beside, held] = [
      ask('可以开发票吗', { shop, at: noon }),
      ask('可以开发票吗，包邮吗', { shop, at: noon }),
      ask('可以开发票吗', { shop }),
    ];
    expect(alone.answer).toMatchObject({ action: 'draft', replies: [], open: ['invoice'] });
    expect(codes(alone)).toContain('switched_off');
    expect(beside.answer.replies.length).toBeGreaterThan(0);
    expect(beside.answer.replies.flatMap(({ intents }) => intents)).not.toContain('invoice');
    expect(kinds(held)).toEqual(['send holding']);
  });

  it('to be drafted only is drafted on duty and held off duty', () => {
    const shop = demoWith({}, { intents: { invoice: 'draft' } });
    expect(ask('可以开发票吗', { shop, at: noon }).answer.replies[0]).toMatchObject({ delivery: 'suggest', kind: 'answer' });
    expect(kinds(ask('可以开发票吗', { shop }))).toEqual(['send holding']);
  });

  it('to be auto does not make bolder what the intent’s file leaves to a person', () => {
    const shop = demoWith({}, { intents: { complaint: 'auto', human: 'auto' } });
    expect(ask('我要投诉你们', { shop }).answer.action).toBe('handoff');
    expect(ask('转人工', { shop }).answer.action).toBe('handoff');
  });

  it('in shadow mode, what would be sent is shown and kept back', () => {
    const shadow = demoWith({ mode: 'shadow' });
    for (const text of ['可以开发票吗', '我要投诉你们', '随便写点看不懂的']) {
      const [shown, sent] = [ask(text, { shop: shadow }), ask(text)];
      expect(sentTexts(shown)).toEqual([]);
      expect(shown.change.memory.heldPeriod).toBeUndefined();
      expect(codes(shown)).toContain('shadow');
      expect(shown.answer.replies.map((reply) => reply.text)).toEqual(sentTexts(sent));
    }
  });

  it('off: the bot says nothing, not even to anger', () => {
    expect(ask('我要投诉你们', { shop: demoWith({ mode: 'off' }) }).answer).toMatchObject({ action: 'silent', replies: [] });
  });
});

describe('the memory of a conversation', () => {
  it('grows no further, however long the buyer goes on', () => {
    const questions = [
      '包邮吗',
      '可以开发票吗',
      '支持信用卡吗',
      '几天能到',
      '能退货吗',
      '货到付款可以吗',
      '有货吗',
      '便宜点',
      '在吗',
      '我要投诉',
      '哈哈哈',
    ];
    const regions = ['新疆', '广东', '北京', '西藏', '上海', '四川', '香港'];
    const texts = Array.from(
      { length: 150 },
      (_, at) => `${at % 3 === 0 ? `发到${regions[at % 7]}` : ''}${questions[at % 11]}${at % 13 === 0 ? `要${at}件` : ''}`,
    );
    const sizes = talk(texts, { shop: demoWith({ cooldownMinutes: 10_000 }) }).map(({ change }) => change.memory);
    for (const memory of sizes) {
      expect(memory.answered.length).toBeLessThanOrEqual(12);
      expect(memory.lastTexts.length).toBeLessThanOrEqual(6);
      expect(memory.lastIntents.length).toBeLessThanOrEqual(demo.model.intents.length);
    }
    const bytes = sizes.map((memory) => JSON.stringify(memory).length);
    expect(Math.max(...bytes.slice(75))).toBeLessThan(3000);
    expect(sizes.at(-1)!.answered).toHaveLength(12);
  });

  it('keeps the thread over thanks, greetings and what nobody understood', () => {
    for (const between of ['好的', '在吗', '嘟嘟噜噜']) {
      const last = talk(['邮费多少', between, '那新疆呢']).at(-1)!;
      expect(last.answer.understanding.intents.map(({ id, by }) => `${id} ${by}`)).toEqual(['shipping_fee context']);
    }
    const elsewhere = talk(['邮费多少', '可以开发票吗', '那新疆呢']).at(-1)!;
    expect(elsewhere.answer.understanding.intents).toEqual([]);
  });

  it('counts misunderstandings in a row, and two make a hand-off', () => {
    const [first, second, third] = talk(['随便写点看不懂的', '嘟嘟噜噜', '可以开发票吗']);
    expect([first, second, third].map((one) => one!.change.memory.misunderstood)).toEqual([1, 2, 0]);
    expect(third!.answer.action).toBe('handoff');
    expect(codes(third!)).toContain('misunderstood_twice');
    expect(ask('可以开发票吗', { memory: third!.change.memory }).answer.action).toBe('auto');
  });
});

// ---- whatever buyers write --------------------------------------------------------------------

const word = fc.constantFrom(
  ...`在吗 亲 请问 你好 包邮吗 邮费多少 运费 能便宜点吗 再少点 打八折 发票 开专票 抬头 有货吗 还有吗 什么时候发货 几天能到 今天能发吗 退货 换货
  七天无理由 运费险 谁出运费 信用卡 花呗 分期 手续费 货到付款 到付 支持 可以 吗 呢 那 多少钱 我要投诉 转人工 差评 谢谢 好的 哈哈 发什么快递 能发顺丰吗 催一下 我的订单 到哪了
  新疆 克拉玛依 西藏 香港 广东 上海 内蒙古 呼市 海外 台湾 魔都 顺丰 圆通 EMS 邮政 两件 3件 100元 1.5公斤 2斤 二百块 6期 12期 招行 XL M码 均码 米白 酒红 燕麦色 开衫 围巾 大衣 礼盒
  贝雷帽 打底衫 請問這款包郵嗎 運費多少 fapiao baoyou OK 😀 [微笑] /:^_^ {{opening}} {%if%} 订单号123456789012 <b> \\n 1 99 ， 。 ？ ！`.split(
    /\s+/,
  ),
);
const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join('')) },
  { weight: 2, arbitrary: fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join('\n')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);
const item = fc.constantFrom(undefined, ...demo.parameters.products.map(({ id, title }) => ({ id, title })), {
  id: 'not-listed',
  title: '一件店里没有登记过而且标题写得特别特别长的商品标题用来撑爆回复',
});
/** Settings, not a whole shop: what fails is printed. */
const limits = fc.record({ replyCharacters: fc.constantFrom(128, 128, 128, 80, 40), draftCharacters: fc.constantFrom(200, 60) });

it('names every coming opening in words that keep the rules', () => {
  const words = new Set<string>();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 * 1440 }),
      fc.constantFrom('我要投诉', '转人工', '那个那个怎么说呢'),
      (minutes, asked) => {
        const told = ask(asked, { away: { since: night, until: night + minutes * 60_000 } }).answer.replies;
        expect(told.map(({ kind, findings }) => [kind, findings])).toEqual([['holding', []]]);
        const opening = /今晚|明晚|明早|(今天|明天|后天|周[一二三四五六日]|日)(凌晨|早上|上午|中午|下午|晚上)/.exec(
          told[0]!.text,
        )?.[0];
        expect(opening, told[0]!.text).toBeDefined();
        words.add(opening!);
      },
    ),
    { numRuns: 300 },
  );
  expect(words.size).toBeGreaterThan(3);
});

const unfilled = /\{\{|\}\}|\{%|undefined|NaN|null|\[object/;

describe('whatever buyers write', () => {
  const story = fc.record({ texts: fc.array(text, { minLength: 1, maxLength: 7 }), bot: limits, page: item });

  it('off duty nothing that goes out is too long, unfilled, against a rule or said before', () => {
    let answers = 0;
    fc.assert(
      fc.property(story, ({ texts, bot, page }) => {
        const limit = bot.replyCharacters;
        const turns = talk(texts, { shop: demoWith(bot), more: page === undefined ? {} : { item: page } });
        for (const [at, turn] of turns.entries()) {
          const { action, replies, because } = turn.answer;
          expect(because.length).toBeGreaterThan(0);
          expect(replies.length).toBeLessThanOrEqual(1);
          if (action === 'silent') expect(replies).toEqual([]);
          for (const reply of replies) {
            expect(reply.delivery).toBe('send');
            expect(reply.kind).toBe(action === 'auto' ? 'answer' : 'holding');
            expect(characters(reply.text)).toBeLessThanOrEqual(limit);
            expect(reply.characters).toBe(characters(reply.text));
            expect(reply.text).not.toMatch(unfilled);
            expect(reply.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
            if (reply.kind === 'answer') answers += 1;
          }
          // Unsure is never silence: the first matter of a night that is not answered is held.
          const before: Memory = turns[at - 1]?.change.memory ?? emptyMemory;
          if (action !== 'silent' && before.heldPeriod === undefined) expect(replies).toHaveLength(1);
        }
        const sent = turns.flatMap(sentTexts);
        expect(new Set(sent).size).toBe(sent.length);
        expect(turns.filter(({ answer: { replies } }) => replies[0]?.kind === 'holding').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
    expect(answers).toBeGreaterThan(100);
  });

  it('on duty and in shadow mode nothing goes out at all', () => {
    let drafts = 0;
    fc.assert(
      fc.property(story, fc.boolean(), ({ texts, bot, page }, isShadow) => {
        const its = { shop: demoWith({ ...bot, mode: isShadow ? 'shadow' : 'auto' }), at: isShadow ? night : noon };
        for (const { answer: told, change } of talk(texts, { ...its, more: page === undefined ? {} : { item: page } })) {
          expect(told.action).not.toBe('auto');
          expect(change.memory.lastTexts).toEqual([]);
          for (const reply of told.replies) {
            expect(reply.delivery).toBe('suggest');
            const { draftCharacters, replyCharacters } = bot;
            // Shadow mode shows what would be sent.
            expect(characters(reply.text)).toBeLessThanOrEqual(isShadow ? replyCharacters : draftCharacters);
            expect(reply.text).not.toMatch(unfilled);
            drafts += 1;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(drafts).toBeGreaterThan(100);
  });

  it('the same story is told again word by word', () => {
    fc.assert(
      fc.property(story, ({ texts, bot, page }) => {
        const its = { shop: demoWith(bot), more: page === undefined ? {} : { item: page } };
        expect(talk(texts, its)).toStrictEqual(talk(texts, its));
      }),
      { numRuns: 60 },
    );
  });
});

it('drafts for an agent in the agent’s own voice where the matter is for a person', () => {
  const { answer } = ask('你们骗人，我要投诉', { at: noon });
  expect(answer.action).toBe('handoff');
  expect(answer.replies.map(({ template, delivery }) => [template, delivery])).toEqual(
    Array(answer.replies.length).fill(['complaint.soothe', 'suggest']),
  );
  expect(answer.replies.length).toBeGreaterThan(1);
  expect(answer.replies.map(({ text }) => text).join()).not.toContain('客服看到后');
});

describe('what the buyer waits for', () => {
  const left = (text: string, at: number, settings = demo) =>
    answer(
      {
        conversation: conversation({ memory: { ...emptyMemory, unanswered: { since: at, count: 1 } } }),
        messages: [message({ text, sentAt: at, receivedAt: at })],
      },
      settings,
      { now: at, away: undefined, id: 'an1' },
    ).change.memory.unanswered;

  it.each([
    ['is over with an automatic answer', '可以开发票吗', undefined],
    ['is over when nothing was asked', '好的谢谢', undefined],
    ['goes on after a word of patience, for a person', '我要投诉', { since: night, count: 1, isForPerson: true }],
  ])('%s', (_, text, still) => expect(left(text, night)).toEqual(still));

  it('goes on while there are only drafts, and while the bot is stopped', () => {
    expect(left('可以开发票吗', noon)).toEqual({ since: noon, count: 1 });
    const off = demoWith({ mode: 'off' });
    expect(left('好的谢谢', night, off)).toEqual({ since: night, count: 1 });
  });
});
