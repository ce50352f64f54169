import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softUnit } from '../../src/understanding/normalise.js';
import { stretchFinder } from '../../src/understanding/speaking-stretch.js';
import { gramsOf } from '../../src/understanding/text-grams.js';

/** Any hash is known, but one in four; what it weighs follows from the hash. */
const vectoriser = {
  placeOf: (hash: number) => ((hash & 3) === 0 ? -1 : hash & 0xffff),
  rarityOf: (place: number) => (place < 0 ? 9 : Math.fround(1 + (place % 7) / 3)),
};
const weightOf = (place: number, intent: number) => ((place >> (intent + 2)) % 255) - 127;
const stretchOf = stretchFinder(vectoriser, weightOf);

const unitsOf = (text: string) => Uint16Array.from(text, (one) => one.charCodeAt(0));

function weight(units: Uint16Array, intent: number): number {
  const { hashes, length } = gramsOf({ units, length: units.length });
  let sum = 0;
  for (const hash of hashes.subarray(0, length)) {
    const place = vectoriser.placeOf(hash);
    if (place >= 0) sum += vectoriser.rarityOf(place) * weightOf(place, intent);
  }
  return sum;
}

/** What each two units take with them, by the definition: what is near, read with them and without. */
function costs(text: string, intent: number): readonly number[] {
  const units = unitsOf(text.slice(0, 60));
  return Array.from({ length: Math.max(0, units.length - 1) }, (_, at) => {
    const from = Math.max(0, at - 2);
    const near = units.slice(from, at + 4);
    return weight(near, intent) - weight(near.slice().fill(softUnit, at - from, at - from + 2), intent);
  });
}

describe('the stretch that speaks of an intent', () => {
  it('is where hiding costs most, whatever scripts stand together', () => {
    const texts = fc.array(fc.constantFrom(...'有红色吗包邮几天到货a1x ，？'), { maxLength: 70 }).map((units) => units.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 3 }), (text, intent) => {
        const { start, end } = stretchOf({ units: unitsOf(text), length: text.length }, intent);
        const all = costs(text, intent);
        if (all.length === 0) return start === 0 && end === text.length;
        const worst = all.indexOf(Math.max(...all));
        const isPart = (cost: number | undefined) => cost !== undefined && cost >= all[worst]! * 0.4;
        expect(start).toBeLessThanOrEqual(worst);
        expect(end).toBeGreaterThanOrEqual(worst + 2);
        expect(
          all
            .slice(start, worst)
            .concat(all.slice(worst + 1, end - 1))
            .every(isPart),
        ).toBe(true);
        expect(isPart(all[start - 1]) || isPart(all[end - 1])).toBe(false);
        return true;
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('looks at the start of a long text', () => {
    const units = unitsOf('有红色吗'.repeat(1000));
    expect(stretchOf({ units, length: units.length }, 1).end).toBeLessThanOrEqual(60);
  });
});
