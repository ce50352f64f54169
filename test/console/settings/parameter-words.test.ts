/** Names and helps of parameters, as the service's schema has them. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/console/settings/catalogue.js';
import { rowInWords, rowsOf } from '../../../src/console/settings/changes.js';
import { stepsOf } from '../../../src/console/settings/content.js';
import { parameterHelp } from '../../../src/console/settings/parameter-help.js';
import {
  nameOf,
  parameterAt,
  parameters,
  pathInWords,
  stepsByPlace,
  stepsOfChange,
} from '../../../src/console/settings/parameter-words.js';
import { valueWords } from '../../../src/console/settings/value-words.js';
import type { IntentsListed } from '../../../src/console/shared/wire.js';
import { parameterPaths, parameterSchema } from '../../../src/shop/parameter-schema.js';
import { changesBetween } from '../../../src/shop/settings-diff.js';

parameters.value = parameterSchema();
const say = {
  nothing: '（未设）',
  yes: '是',
  no: '否',
  emptyList: '（空）',
  hours: { closed: '休息' },
  products: { shelf: { states: { in: '有货', low: '少量', out: '缺货', unknown: '未知' } } },
};

describe('the names of parameters', () => {
  it('are found by every path', () => {
    for (const path of parameterPaths()) {
      const steps = path
        .replaceAll('[]', '[0]')
        .split(/\.|(?=\[)/)
        .map((step) => (step === '[0]' ? 0 : step));
      expect([path, parameterAt(steps)?.name]).toEqual([path, path]);
    }
    expect(pathInWords(stepsOf('shipping.table[2].firstKgYuan'), 'zh')).toBe('运费 › 运费表 › 第 3 行 › 首重运费');
    expect(pathInWords(['shipping', 'surchargeYuan', '顺丰'], 'zh')).toBe('运费 › 指定快递加价 › 顺丰');
    expect(pathInWords(stepsOf('products[wool-scarf].priceYuan'), 'zh')).toBe('商品 › wool-scarf › 价格');
    expect(parameterAt(stepsOf('products[wool-scarf].priceYuan'))?.unit?.zh).toBe('元');
    expect(pathInWords(['something', 'else'], 'en')).toBe('something › else');
    expect(nameOf(['bot', 'cooldownMinutes'], 'en')).toMatch(/^The same question/);
  });

  it('call a thing in a list by its own name, and its fields as the pages do', () => {
    const content = {
      products: [{ id: 'hat', title: '呢帽' }, { id: 'cap' }],
      webChat: { origins: ['https://shop.example', 'nowhere'] },
    };
    expect(pathInWords(stepsOf('products[0].priceYuan'), 'zh', content)).toBe('商品 › “呢帽” › 价格');
    expect(pathInWords(stepsOf('products[1].priceYuan'), 'zh', content)).toBe('商品 › 第 2 行 › 价格');
    expect(pathInWords(stepsOf('webChat.origins[1]'), 'zh', content)).toMatch(/› “nowhere”$/);
    const campaign = { name: '店庆', from: '2026-11-20', words: '第二件八折' };
    expect(valueWords([campaign], say, ['campaigns'], 'zh')).not.toMatch(/name|from|words/);
    expect(valueWords(campaign, say, ['campaigns', 0], 'zh')).toContain('2026-11-20');
    expect(valueWords([], say, ['campaigns'], 'zh')).toBe('（空）');
  });

  it('name a product by its title in differences too, whatever its id looks like', () => {
    const before = {
      products: [{ id: '6531234567', title: '羊毛手套', priceYuan: 49.5, variants: [{ colour: '灰', size: 'M', stock: 3 }] }],
    };
    const [product] = before.products;
    const after = { products: [{ ...product!, priceYuan: 45, variants: [{ colour: '灰', size: 'M', stock: 'out' }] }] };
    const said = (content?: unknown) =>
      rowsOf(changesBetween(before, after)).map((row) => [
        pathInWords(row.steps, 'zh', content),
        valueWords(row.before, say, row.steps, 'zh'),
        valueWords(row.after, say, row.steps, 'zh'),
      ]);
    expect(said(after)).toEqual([
      ['商品 › “羊毛手套” › 价格', '49.5 元', '45 元'],
      ['商品 › “羊毛手套” › 款式与库存 › “灰 M” › 库存', '3 件', '缺货'],
    ]);
    expect(said()[0]![0]).toBe('商品 › 6531234567 › 价格');
    expect(
      pathInWords(stepsOf('shipping.table[0].nextKgYuan'), 'en', { shipping: { table: [{ regions: ['江苏', '浙江'] }] } }),
    ).toBe('Postage › Fee table › “江苏、浙江” › Each further kilogram');
    const [price] = changesBetween(before, after);
    expect(stepsByPlace(stepsOfChange(price!.path), after)).toEqual(['products', 0, 'priceYuan']);
    expect(stepsByPlace(stepsOfChange('products[gone].priceYuan'), after)).toBeUndefined();
  });

  it('say what a word of the file means, and a section that came whole field by field', () => {
    const rows = rowsOf(
      changesBetween(
        { hours: { weekly: { sun: ['09:00-12:00'] } } },
        {
          hours: { weekly: { sun: [] } },
          bot: { mode: 'shadow', stepIn: { afterSeconds: 40, with: 'busy' } },
          dispatch: { shipsOn: ['mon', 'tue'] },
          intents: { cod: 'draft' },
          products: [{ id: 'a', title: '帽', asOf: '2026-11-22T10:00:00+08:00' }],
        },
      ),
    );
    const told = rows.map(({ steps, after }) => `${pathInWords(steps, 'zh')} ${valueWords(after, say, steps, 'zh')}`);
    expect(told).toEqual([
      '营业时间 › 每周时间 › 周日 休息',
      '机器人 › 运行方式 影子：只记录',
      '机器人 › 客服忙时代为应答 › 等待多久后 40 秒',
      '机器人 › 客服忙时代为应答 › 怎么应答 请买家稍等',
      '发货 › 哪几天发货 周一、周二',
      '意图开关 › cod 只出草稿',
      expect.stringMatching(/^商品 .*商品名：帽，.*2026-11-22 10:00 \(\+08:00\)$/),
    ]);
  });

  it('name what was taken out by the name that it had', () => {
    const before = {
      intents: { cod: 'draft' },
      products: [
        { id: 'a', title: '帽' },
        { id: 'b', title: '鞋' },
      ],
    };
    const after = { intents: {}, products: [{ id: 'b', title: '鞋' }] };
    expect(rowsOf(changesBetween(before, after)).map((row) => rowInWords(row, 'zh', after))).toEqual([
      '意图开关 › cod',
      '商品 › “帽”',
    ]);
  });

  it('call intents and replies as the shop knows them', () => {
    const when = [{ fact: 'cod_offered', condition: true, words: { zh: '货到付款：是', en: 'Cash on delivery: yes' } }];
    const intent = { id: 'cod', title: { zh: '货到付款', en: 'Cash on delivery' }, replies: [{ id: 'offered', when }] };
    catalogue.value = { shop: 'demo', revision: 1, listed: { intents: [intent] } as unknown as IntentsListed };
    expect(
      pathInWords(stepsOf('replies.cod.offered.texts[1]'), 'zh', { replies: { cod: { offered: { texts: ['亲', '您'] } } } }),
    ).toBe('改过的回复 › 货到付款 › 货到付款：是 › 说法 › 第 2 行');
    expect(nameOf(['intents', 'cod'], 'en')).toBe('Cash on delivery');
    expect(nameOf(['holding', 'intents', 'cod'], 'zh')).toBe('货到付款');
    expect(nameOf(['replies', 'cod', 'gone'], 'zh')).toBe('gone');
    catalogue.value = undefined;
    expect(nameOf(['intents', 'cod'], 'en')).toBe('cod');
  });

  it('have help only where there is a parameter', () => {
    const known = new Set(parameterPaths());
    expect(Object.keys(parameterHelp).filter((path) => !known.has(path))).toEqual([]);
  });
});
