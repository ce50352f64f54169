/** Names and helps of parameters, as the service's schema has them. */
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/console/settings/content.js';
import { parameterHelp } from '../../../src/console/settings/parameter-help.js';
import { nameOf, parameterAt, parameters, pathInWords } from '../../../src/console/settings/parameter-words.js';
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

  it('have help only where there is a parameter', () => {
    const known = new Set(parameterPaths());
    expect(Object.keys(parameterHelp).filter((path) => !known.has(path))).toEqual([]);
  });
});
