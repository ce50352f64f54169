import { describe, expect, it } from 'vitest';
import { closingsOf } from '../../src/understanding/edges.js';
import { phraseCount, phrasesIn } from '../../src/understanding/phrases.js';

const closings = closingsOf({ leads: [], tails: '', closings: '吗呢吧' });

/** The text with a bar between its phrases; a comma is a pause, 。 parts sentences, as they are when folded. */
function parted(text: string): string {
  const units = Uint16Array.from(text.replaceAll(',', ' ').replaceAll('。', '\n'), (one) => one.charCodeAt(0));
  const places = Int32Array.from(units.keys());
  const { at } = phrasesIn({ units, length: units.length, start: places, end: places.map((one) => one + 1) }, closings);
  return [...text].map((one, i) => (i > 0 && at[i] !== at[i - 1] ? `|${one}` : one)).join('');
}

describe('phrases', () => {
  it.each([
    ['能开票,几天能到', '能开票|,几天能到'],
    ['亲,几天能到', '亲,几天能到'],
    ['几天能到,谢', '几天能到,谢'],
    ['能开票吗?几天能到', '能开票吗?|几天能到'],
    ['有货。几天能到', '有货。|几天能到'],
  ])('are parted at pauses between enough words: %s', (text, expected) => expect(parted(text)).toBe(expected));

  it.each([
    ['能开票吗几天能到', '能开票吗|几天能到'],
    ['包邮吗发什么快递呢几天能到', '包邮吗|发什么快递呢|几天能到'],
    ['是吗几天能到', '是吗几天能到'],
    ['能开票吗亲', '能开票吗亲'],
    ['能便宜吧吗几天能到', '能便宜吧吗|几天能到'],
    ['能开票吗,几天能到', '能开票吗|,几天能到'],
    ['能开票吗。几天能到', '能开票吗。|几天能到'],
  ])('and behind a particle that ends one: %s', (text, expected) => expect(parted(text)).toBe(expected));

  it('are counted', () => {
    const length = 3;
    const places = Int32Array.of(0, 1, 2);
    expect(phraseCount(phrasesIn({ units: Uint16Array.of(97, 10, 98), length, start: places, end: places }, closings))).toBe(2);
  });
});
