/** What the buyer's card shows of what was said: the newest word, never a measure that was taken back. */
import { describe, expect, it } from 'vitest';
import { newestSlots } from '../../../src/console/desk/newest-slots.js';

const said = (text: string, slots: Parameters<typeof newestSlots>[0][number]['understanding']['slots'] = {}) => ({
  understanding: { text, slots, intents: [], margin: 0, because: '', reasons: [] } as never,
});
const tall = said('我身高165体重50公斤穿什么码', { heightCm: 165, weightKg: 50 });
const two = said('要两件', { quantity: 2 });

describe('what was understood', () => {
  it.each<[string, ReturnType<typeof said>[], object]>([
    ['a later word stands for a former one', [two, said('改3件', { quantity: 3 })], { quantity: 3 }],
    ['a height that was mistyped', [tall, said('打错了是175')], { heightCm: 175, weightKg: 50 }],
    ['in one breath', [said('我身高165\n打错了，是 175', { heightCm: 165 })], { heightCm: 175 }],
    ['pieces in one breath', [said('2件多少钱\n改三件', { quantity: 2 })], { quantity: 3 }],
    ['the former number is named', [tall, said('不是165是175')], { heightCm: 175, weightKg: 50 }],
    ['a weight in pounds', [tall, said('体重写错了 110斤')], { heightCm: 165, weightKg: 55 }],
    ['a bare weight in pounds', [tall, said('说错了，110')], { heightCm: 165, weightKg: 55 }],
    ['a bare number of pieces', [two, said('打错了是4')], { quantity: 4 }],
    ['what may be either is neither', [said('165 160斤', { heightCm: 165, weightKg: 80 }), said('打错了是170')], {}],
    ['no measure comes near', [tall, said('打错了是3')], { heightCm: 165, weightKg: 50 }],
    ['a question takes nothing back', [tall, said('是不是175也能穿')], { heightCm: 165, weightKg: 50 }],
    ['another address is no measure', [two, said('改地址，3号楼')], { quantity: 2 }],
    ['nothing was said instead', [tall, said('打错了')], { heightCm: 165, weightKg: 50 }],
    ['understood already', [said('身高165\n错了身高是175', { heightCm: 175 })], { heightCm: 175 }],
  ])('%s', (_, answers, expected) => {
    expect(newestSlots(answers)).toEqual(expected);
  });
});
