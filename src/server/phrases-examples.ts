/** What the routes of quick phrases show in their documentation. */

/** A phrase. */
export const example = {
  id: '0b8e…',
  revision: 42,
  code: 'fh1',
  title: '发货时间',
  text: '亲，{{ cut_off }}前付款的当天安排发出～',
  group: '物流',
  scope: 'shop',
  enabled: true,
  position: 22,
  uses: 318,
  createdAt: '2026-11-01T01:00:00.000Z',
  changedAt: '2026-11-10T02:00:00.000Z',
  changedBy: '店主',
  characters: 18,
  gaps: [],
  open: [],
  findings: [],
  verdict: 'send',
} as const;

/** All phrases as a file. */
export const exported = {
  phrases: [{ code: 'fh1', title: '发货时间', text: '亲，{{ cut_off }}前付款的当天安排发出～', group: '物流', enabled: true }],
} as const;

/** A text filled in. */
export const filled = {
  text: '亲，16:00前付款的当天安排发出～',
  characters: 18,
  gaps: [],
  open: [],
  findings: [],
  verdict: 'send',
  points: 0,
} as const;

/** What became of a file. */
export const imported = {
  dryRun: false,
  format: 'qianniu',
  revision: 43,
  added: 1,
  changed: 0,
  unchanged: 0,
  skipped: 1,
  rows: [
    { line: 2, code: 'fh1', outcome: 'added', id: '0b8e…', findings: [] },
    {
      line: 3,
      code: 'fh1',
      outcome: 'skipped',
      why: 'duplicate_code',
      because: 'line 2 has the code too',
      findings: [],
    },
  ],
} as const;
