import { describe, expect, it } from 'vitest';
import { learningMessages, readerOf } from '../../src/understanding/message-reader.js';
import { fold, foldingOf } from '../../src/understanding/normalise.js';
import { atOnce } from '../../src/understanding/steps.js';
import type { ReadMessage } from '../../src/understanding/taught-messages.js';

const folding = foldingOf('', []);
const message = (text: string, ...intents: number[]): ReadMessage => ({ text: fold(text, folding), intents });
const goods = ['围巾', '手套', '毛衣', '帽子', '袜子', '外套', '裤子', '裙子', '鞋子', '背包'];
const [stock, invoice, silent] = [0, 1, 2];
const taught = [
  ...goods.flatMap((one) => [message(`${one}还有吗`, stock), message(`${one}有没有货`, stock)]),
  ...goods.flatMap((one) => [message(`${one}能开票吗`, invoice), message(`买${one}给发票不`, invoice)]),
  ...goods.flatMap((one) => [
    message(`${one}还有货吗能开发票吗`, stock, invoice),
    message(`我看看${one}`),
    message(`刚才那个${one}`),
  ]),
];
const reader = readerOf(atOnce(learningMessages(taught, [], 3)));
const marginsOf = (text: string) => [...reader.margins(fold(text, folding))];

describe('the second reader', () => {
  it('hears matters of messages that it was never taught', () => {
    const asked = marginsOf('围裙有没有货呀');
    expect(asked[stock]).toBeGreaterThan(0);
    expect(asked[invoice]).toBeLessThan(-0.3);
    const both = marginsOf('雨伞还有吗能开票吗');
    expect(both[stock]).toBeGreaterThan(0);
    expect(both[invoice]).toBeGreaterThan(0);
  });

  it('hears nothing in messages like those that carry nothing', () => {
    for (const text of ['我看看雨伞', '刚才那个雨伞']) expect(Math.max(...marginsOf(text))).toBeLessThan(-0.3);
  });

  it('never hears what no message carries', () => {
    for (const text of ['', '还有吗', '完全别的话', 'hello']) expect(marginsOf(text)[silent]).toBe(-1);
  });

  it('tells the words that speak of a matter', () => {
    const words = (text: string, intent: number) => {
      const { start, end } = reader.stretchOf(fold(text, folding), intent);
      return text.slice(start, end);
    };
    expect(words('雨伞还有吗能开票吗', invoice)).toContain('开票');
    expect(words('雨伞还有吗能开票吗', invoice)).not.toContain('还有');
    expect(words('雨伞还有吗能开票吗', stock)).toContain('还有');
    expect(words('有', stock)).toBe('有');
  });

  it('remembers all that an example says, and forgets what one message alone holds', () => {
    const messages = [...taught, message('买了送赠品嘛', invoice)];
    const mixed = readerOf(atOnce(learningMessages([message('可以刻字吗', silent)], messages, 3)));
    const margin = (text: string, intent: number) => mixed.marginOf(fold(text, folding), intent);
    expect(margin('刻字', silent)).toBeGreaterThan(margin('', silent) + 0.2);
    for (const intent of [stock, invoice, silent]) expect(margin('赠品', intent)).toBe(margin('', intent));
  });

  it('learns the same each time', () => {
    const again = readerOf(atOnce(learningMessages(taught, [], 3)));
    for (const text of ['还有吗', '开票', 'x'.repeat(4000)])
      expect([...again.margins(fold(text, folding))]).toEqual(marginsOf(text));
  });
});
