import { describe, expect, it } from 'vitest';
import { leftOut } from '../../src/shop/left-out.js';

const made = ['燕麦色', '雾蓝', '炭灰'];

describe('what a buyer names only to leave it out', () => {
  it.each([
    ['除了雾蓝还有什么颜色', '雾蓝'],
    ['除了雾蓝色，还有什么颜色', '雾蓝'],
    ['除开蓝色有什么颜色', '雾蓝'],
    ['除了雾蓝和燕麦还有哪些颜色', '雾蓝、燕麦色'],
    ['这件除了炭灰这个颜色还有别的吗', '炭灰'],
    ['雾蓝以外还有哪些颜色', '雾蓝'],
    ['有没有雾蓝之外的颜色', '雾蓝'],
  ])('%s: %s', (text, words) => {
    const found = leftOut(text, made);
    expect(found?.words).toBe(words);
    expect(found?.rest).toEqual(made.filter((one) => !words.split('、').includes(one)));
  });

  it.each(['除了这个还有什么颜色', '除了红色还有什么颜色', '除了霧藍還有什麼顏色', '除了雾蓝和粉色还有什么颜色'])(
    'is not to be told of %s',
    (text) => expect(leftOut(text, made)).toEqual({ rest: [] }),
  );

  it.each(['有什么颜色', '雾蓝有货吗', '雾蓝还有吗', '防尘除味吗'])('is nothing in %s', (text) => {
    expect(leftOut(text, made)).toBeUndefined();
  });
});
