import { Converter } from 'opencc-js/t2cn';
import { expect, it } from 'vitest';
import { traditional } from '../src/traditional.js';

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
