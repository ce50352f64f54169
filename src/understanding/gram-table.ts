/**
 * Numbers of grams by their hashes: a Map of a hundred thousand numbers costs five times the memory and the time. A cell is
 * one whole number, so that a text reads few lines of memory: the bits of the hash that its place does not tell, then whether
 * other hashes have the same place, then the number, from 1 on; 0 is an empty cell. Those others stand aside.
 */
import { gramHashes, mostGrams } from './text-grams.js';

export interface GramTable {
  /** So many it takes. */
  readonly room: number;
  /** Its number, a new one where it is new. */
  readonly add: (hash: number) => number;
  /** Its number, or -1. */
  readonly find: (hash: number) => number;
  /**
   * Of the grams from one to another of the text that was read last (`gramHashes`) the numbers of those that are known, in
   * their order, into `knownGrams`.
   * @param at where the first goes; not behind `from`
   * @returns where they end
   */
  readonly findAll: (from: number, to: number, at: number) => number;
  /** All, by their numbers. */
  readonly hashes: () => Int32Array;
}

/** Where findAll writes. */
export const knownGrams = new Int32Array(mostGrams);

/** @param room for how many it is made, eight at least */
export function openGramTable(room: number): GramTable {
  const known = new Int32Array(Math.max(room, 8));
  let size = 0;
  // More than twice the room: most places are of one hash alone, and a number and one more take one bit less than a place.
  const mask = (1 << (33 - Math.clz32(known.length))) - 1;
  const numbers = mask >>> 1;
  const isShared = numbers + 1;
  const cells = new Int32Array(mask + 1);
  // Numbers, each at the first free place from where the upper half of its hash points.
  let aside = new Int32Array(8);
  // What another file gives is looked up each time that it is named.
  const read = gramHashes;
  const found = knownGrams;
  let asideSize = 0;

  function find(hash: number): number {
    const cell = cells[hash & mask]!;
    if (((cell ^ hash) & ~mask) === 0) return (cell & numbers) - 1;
    return (cell & isShared) === 0 ? -1 : findAside(hash);
  }

  function findAside(hash: number): number {
    const last = aside.length - 1;
    for (let at = (hash >>> 16) & last; aside[at] !== 0; at = (at + 1) & last)
      if (known[aside[at]! - 1] === hash) return aside[at]! - 1;
    return -1;
  }

  function putAside(number: number): void {
    const last = aside.length - 1;
    let at = (known[number]! >>> 16) & last;
    while (aside[at] !== 0) at = (at + 1) & last;
    aside[at] = number + 1;
  }

  return {
    room: known.length,
    add(hash) {
      const number = find(hash);
      if (number >= 0) return number;
      known[size] = hash;
      const at = hash & mask;
      if (cells[at] === 0) cells[at] = (hash & ~mask) | (size + 1);
      else {
        cells[at]! |= isShared;
        if (++asideSize * 2 > aside.length) {
          const before = aside;
          aside = new Int32Array(before.length * 2);
          for (const one of before) if (one !== 0) putAside(one - 1);
        }
        putAside(size);
      }
      return size++;
    },
    find,
    findAll(from, to, at) {
      // What is named in front of a loop is known there for the very array that it is, and each read of it costs a third.
      const table = cells;
      const hashes = read;
      const into = found;
      // Nothing is decided in this loop, so that what is far away in memory comes at once and not one after the other.
      for (let i = from; i < to; i++) into[i] = table[hashes[i]! & mask]!;
      let end = at;
      for (let i = from; i < to; i++) {
        const hash = hashes[i]!;
        const cell = into[i]!;
        const other = (cell ^ hash) & ~mask;
        // Whether it is known can hardly be foretold, so that branches would cost more: the number is 0 where it is not, and the
        // next is written over it.
        let number = cell & numbers & ~((other | (0 - other)) >> 31);
        if ((cell & isShared) !== 0 && number === 0) number = findAside(hash) + 1;
        into[end] = number - 1;
        end = (end + ((0 - number) >>> 31)) | 0;
      }
      return end;
    },
    hashes: () => known.slice(0, size),
  };
}

/** The same with twice the room. */
export function enlargedTable(table: GramTable): GramTable {
  const larger = openGramTable(table.room * 2);
  for (const hash of table.hashes()) larger.add(hash);
  return larger;
}
