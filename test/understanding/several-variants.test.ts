import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';

const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
const several = (text: string) => understand(text, model).because.find(({ code }) => code === 'several_variants')?.values?.words;

describe('two colours or sizes in one question', () => {
  it.each([
    ['雾蓝M或者L有吗', 'M、L'],
    ['M码和L码有货吗', 'M、L'],
    ['雾蓝两件M一件L有货吗', 'M、L'],
    ['大码和中码有吗', '大码、中码'],
    ['雾蓝和燕麦色L有吗', '雾蓝、燕麦'],
    ['雾蓝有货吗\n燕麦色呢', '雾蓝、燕麦'],
    ['38码跟39码还有吗', '38、39'],
  ])('are told of %s', (text, words) => expect(several(text)).toBe(words));

  it.each([
    '雾蓝L有吗',
    '雾蓝色雾蓝有吗',
    '有L吗，L码',
    '大码大号有吗',
    '羊毛大衣驼色有吗',
    '160 100斤选M还是L',
    '有雾蓝吗，我要雾蓝M码',
  ])('are none in %s', (text) => expect(several(text)).toBeUndefined());
});
