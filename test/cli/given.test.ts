import { expect, it } from 'vitest';
import { instant, isMoment } from '../../src/cli/given.js';

it.each(['2026-10-01T23:10:00+08:00', '2026-10-01T23:10+08:00', '2026-10-01T15:10:00Z', '2024-02-29T00:00:00.5-05:00'])(
  '%s is a moment',
  (text) => expect(instant(text)).toBe(Date.parse(text)),
);

// Without a zone it would be the machine's, and the day after 28 February the next one's.
it.each(['2026-10-01', '2026-10-01T23:10:00', '2026-02-30T23:10:00+08:00', '2026-10-01T25:10:00+08:00', 'gestern', ''])(
  '%j is none',
  (text) => {
    expect(isMoment(text)).toBe(false);
    expect(() => instant(text)).toThrow(/the zone/);
  },
);
