import { Converter } from 'opencc-js/t2cn';
import { expect, it } from 'vitest';
import { simplified, traditional } from '../src/traditional.js';

it('knows each traditional character that OpenCC knows', () => {
  const toSimplified = Converter({ from: 't', to: 'cn' });
  let pairs = '';
  for (let code = 0x3400; code < 0xa000; code++) {
    const from = String.fromCharCode(code);
    const to = toSimplified(from);
    if (to.length === 1 && to !== from) pairs += from + to;
  }
  expect(traditional).toBe(pairs);
});

it('simplifies a text one character for one', () => {
  expect(simplified('圍巾多少錢？𠮷 iPhone 围巾')).toBe('围巾多少钱？𠮷 iPhone 围巾');
  expect(simplified('')).toBe('');
});
