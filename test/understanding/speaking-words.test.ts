import { describe, expect, it } from 'vitest';
import { fold } from '../../src/understanding/normalise.js';
import { speakingWords } from '../../src/understanding/speaking-words.js';
import { tinyModel } from './tiny-model.js';

/** Words are named by what they say, each as much as it is told to. */
function named(text: string, says: Readonly<Record<string, number>>): string[] {
  const folded = fold(text, tinyModel.folding);
  const speaksOf = ({ units, length }: Pick<typeof folded, 'units' | 'length'>) => {
    const words = String.fromCharCode(...units.subarray(0, length));
    return Object.entries(says).reduce((sum, [word, weight]) => sum + (words.includes(word) ? weight : 0), 0);
  };
  return speakingWords(speaksOf, folded).map(({ start, end }) => text.slice(folded.start[start]!, folded.end[end - 1]!));
}

describe('the words that speak most of an intent', () => {
  it('are whole words, joined where they stand together, and at most three', () => {
    expect(named('I have lost my card', { lost: 1, card: 0.2 })).toEqual(['lost']);
    expect(named('I have lost my card', { lost: 1, card: 0.6 })).toEqual(['lost', 'card']);
    expect(named('I have lost my card', { lost: 1, my: 0.5, card: 0.6 })).toEqual(['lost my card']);
    expect(named('a1 no b1 no c1 no d1', { a1: 5, b1: 4, c1: 4.5, d1: 3 })).toEqual(['a1', 'b1', 'c1']);
  });

  it('are characters where words are not written apart, as the buyer wrote them', () => {
    expect(named('請問退貨怎麼弄', { 退货: 1 })).toEqual(['退貨']);
    expect(named('退', { 退: 1 })).toEqual(['退']);
    expect(named('我的iPhone坏了', { iphone: 1 })).toEqual(['iPhone']);
  });

  it('are the whole text where nothing in it is a word', () => {
    expect(named('？！', {})).toEqual(['？！']);
    expect(speakingWords(() => 0, { units: new Uint16Array(0), length: 0 })).toEqual([{ start: 0, end: 0 }]);
  });
});
