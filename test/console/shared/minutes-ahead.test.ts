import { describe, expect, it } from 'vitest';
import { minutesAhead } from '../../../src/console/shared/minutes-ahead.js';

describe('a moment set by a span', () => {
  it.each([
    ['2026-11-22T14:12:20.500Z', 30, '2026-11-22T14:43:00.000Z'],
    ['2026-11-22T14:12:00.000Z', 30, '2026-11-22T14:42:00.000Z'],
    ['2026-11-22T23:59:59.999Z', 1, '2026-11-23T00:01:00.000Z'],
  ])('from %s %d minutes on is %s', (now, minutes, then) => expect(minutesAhead(Date.parse(now), minutes)).toBe(then));
});
