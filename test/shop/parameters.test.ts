import { describe, expect, it } from 'vitest';
import { faultWords } from '../../src/fault-words.js';
import { productSchema } from '../../src/shop/parameters.js';
import { webChatSchema } from '../../src/shop/web-chat-parameters.js';
import { checkValue } from '../../src/zod-faults.js';

const product = (priceYuan: number) => ({ id: 'hat', title: '呢帽', priceYuan, variants: [{ stock: 1 }] });

describe('money', () => {
  it('has two places at most', () => {
    for (const price of [8, 8.5, 8.55, 19.99, 999_999.99, 0.07, 1.1 + 2.2])
      expect(productSchema.safeParse(product(price)).success, String(price)).toBe(true);
    const refused = checkValue(productSchema, product(8.555));
    if (refused.ok) throw new Error('8.555 was taken');
    expect(refused.faults.map(({ path }) => path)).toEqual([['priceYuan']]);
    expect(faultWords(refused.faults[0]!, 'zh')).toEqual({ problem: '小数超过了两位', mend: '最多写到分，如 8.55' });
  });
});

describe('the sites of the web chat', () => {
  it('are taken as an address bar gives them', () => {
    const origins = (...typed: string[]) => webChatSchema.parse({ origins: typed }).origins;
    expect(origins('https://www.Shop.example/', ' https://m.shop.example ')).toEqual([
      'https://www.shop.example',
      'https://m.shop.example',
    ]);
    expect(webChatSchema.safeParse({ origins: ['https://www.shop.example/tea'] }).success).toBe(false);
  });
});
