import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, fits, sendable } from '../../src/composing/limits.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

describe('characters are counted so that no platform counts more', () => {
  it.each([
    ['', 0],
    ['亲，有货的～', 6],
    ['A1.，', 4],
    ['一\n二', 3],
    ['好😀', 3],
    ['/:^_^', 5],
    ['caf\u00e9', 4],
    ['cafe\u0301', 5],
  ])('%j counts %i', (text, count) => {
    expect(characters(text)).toBe(count);
  });

  it('is never below code units, code points or visible characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const count = characters(text);
        expect(count).toBeGreaterThanOrEqual(text.length);
        expect(count).toBeGreaterThanOrEqual([...text].length);
        expect(count).toBeGreaterThanOrEqual([...graphemes.segment(text)].length);
        expect(count).toBeGreaterThanOrEqual(sendable(text).length);
      }),
    );
  });

  it('is what a browser calls length once the text is as it is sent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(characters(sendable(text))).toBe(sendable(text).length);
      }),
    );
  });

  it('never falls when words are added, and fits exactly up to the limit', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const text = sendable(a);
        expect(characters(text + b)).toBeGreaterThanOrEqual(characters(b));
        expect(fits(text, characters(text))).toBe(true);
        expect(fits(text, characters(text) - 1)).toBe(false);
      }),
    );
  });
});
