/** Notes cover nothing that is edited, where there is a place that does not. */
import { expect, it } from 'vitest';
import { freest } from '../../../src/console/shell/toast-place.js';

const band = (top: number, bottom: number) => ({ top, bottom });
const bands = [band(6, 46), band(700, 740)];

it('leaves the field with the focus free, then as many others as it can, and stands at the top else', () => {
  expect(freest(bands, undefined, [])).toBe(0);
  expect(freest(bands, band(100, 140), [band(720, 760)])).toBe(0);
  expect(freest(bands, undefined, [band(40, 80), band(100, 140)])).toBe(1);
  expect(freest(bands, band(20, 60), [])).toBe(1);
  // The one that is edited counts more than any number beside it.
  expect(freest(bands, band(20, 60), [band(20, 60), band(690, 720), band(725, 760)])).toBe(1);
  expect(freest(bands, band(705, 730), [band(0, 20), band(25, 60), band(705, 730)])).toBe(0);
  expect(freest(bands, undefined, [band(0, 10), band(735, 760)])).toBe(0);
});
