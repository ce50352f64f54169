/** Names and helps of parameters, as the service's schema has them. */
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/console/settings/content.js';
import { parameterHelp } from '../../../src/console/settings/parameter-help.js';
import { nameOf, parameterAt, parameters, pathInWords } from '../../../src/console/settings/parameter-words.js';
import { valueWords } from '../../../src/console/settings/value-words.js';
import { parameterPaths, parameterSchema } from '../../../src/shop/parameter-schema.js';

parameters.value = parameterSchema();

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
    const say = { nothing: '（未设）', yes: '是', no: '否', emptyList: '（空）' };
    const campaign = { name: '店庆', from: '2026-11-20', words: '第二件八折' };
    expect(valueWords([campaign], say, ['campaigns'], 'zh')).not.toMatch(/name|from|words/);
    expect(valueWords(campaign, say, ['campaigns', 0], 'zh')).toContain('2026-11-20');
    expect(valueWords([], say, ['campaigns'], 'zh')).toBe('（空）');
  });

  it('have help only where there is a parameter', () => {
    const known = new Set(parameterPaths());
    expect(Object.keys(parameterHelp).filter((path) => !known.has(path))).toEqual([]);
  });
});
