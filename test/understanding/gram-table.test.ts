import { describe, expect, it } from 'vitest';
import { enlargedTable, knownGrams, openGramTable } from '../../src/understanding/gram-table.js';
import { fold, foldingOf } from '../../src/understanding/normalise.js';
import { gramHashes, gramsOf } from '../../src/understanding/text-grams.js';

/** Hashes that fall on the same places: a few lower halves, each with many upper halves. */
const lows = [0, 1, 2, 31, 32, 0x7fff, 0x8000, 0xffff];
const highs = [0, 1, 2, 3, 0x7fff, 0x8000, 0xfffe, 0xffff];
const crowded = lows.flatMap((low) => highs.map((high) => (high << 16) | low | 0));

describe('the table of grams', () => {
  it('numbers hashes in the order in which they come, and each once', () => {
    const table = openGramTable(100);
    expect(crowded.map(table.add)).toEqual(crowded.map((_, number) => number));
    expect(crowded.map(table.add)).toEqual(crowded.map((_, number) => number));
    expect([...table.hashes()]).toEqual(crowded);
  });

  it('knows a hash by all its bits', () => {
    for (const room of [32, 64, 5000]) {
      const table = openGramTable(room);
      const added = crowded.filter((_, at) => at % 2 === 0);
      for (const hash of added) table.add(hash);
      expect(crowded.map(table.find)).toEqual(crowded.map((hash) => added.indexOf(hash)));
    }
  });

  it('keeps all numbers when it grows', () => {
    let table = openGramTable(8);
    for (const [at, hash] of crowded.entries()) {
      if (at === table.room) table = enlargedTable(table);
      table.add(hash);
    }
    expect(crowded.map(table.find)).toEqual(crowded.map((_, number) => number));
  });

  it('finds the grams of a text that it knows, in their order', () => {
    const folding = foldingOf('', []);
    const table = openGramTable(64);
    const learnt = gramsOf(fold('这件有红色吗 size xl', folding));
    for (let i = 0; i < learnt.length; i += 2) table.add(gramHashes[i]!);
    const { words, length } = gramsOf(fold('有没有红色的 xxl size', folding));
    const known = [...gramHashes.subarray(0, length)].map(table.find);
    const end = table.findAll(words, length, table.findAll(0, words, 0));
    expect([...knownGrams.subarray(0, end)]).toEqual(known.filter((number) => number >= 0));
    expect(known.some((number) => number < 0)).toBe(true);
    expect(end).toBeGreaterThan(5);
  });
});
