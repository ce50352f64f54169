import { expect, it } from 'vitest';
import { grouped, inOrder, shifted } from '../../../src/console/phrases/phrase-order.js';
import type { Phrase } from '../../../src/console/shared/wire.js';

const phrases = [
  ['a', 1, '甲'],
  ['b', 2, '乙'],
  ['c', 5, '甲'],
  ['d', 9, '甲'],
].map(([id, position, group]) => ({ id, position, group }) as unknown as Phrase);
const ids = (list: readonly Phrase[]) => list.map(({ id }) => id).join('');

it('groups in order of their first phrase', () => {
  expect(grouped(phrases).map(({ name, phrases: held }) => name + ids(held))).toEqual(['甲acd', '乙b']);
});

it('gives those that are moved the places that they have among themselves', () => {
  const after = inOrder(phrases, ['d', 'a', 'c', 'gone']);
  expect(ids(after)).toBe('dbac');
  expect(after.map(({ position }) => position)).toEqual([1, 2, 5, 9]);
});

it('moves one, to the ends and no further', () => {
  expect(shifted(['a', 'c', 'd'], 'd', 0)).toEqual(['d', 'a', 'c']);
  expect(shifted(['a', 'c', 'd'], 'a', 9)).toEqual(['c', 'd', 'a']);
  expect(shifted(['a', 'c'], 'a', -1)).toBeUndefined();
  expect(shifted(['a', 'c'], 'x', 0)).toBeUndefined();
});
