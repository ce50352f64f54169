import { expect, it } from 'vitest';
import { shownState } from '../../src/desk/delivery-state.js';

it.each([
  ['queued', [], 'queued'],
  ['sending', [], 'sending'],
  ['unknown', [], 'unknown'],
  ['unknown', ['delivered'], 'delivered'],
  ['sent', ['sent', 'delivered', 'read'], 'read'],
  ['sent', ['read', 'sent'], 'read'],
  ['sent', ['sent', 'failed'], 'failed'],
  ['queued', ['sent'], 'sent'],
  ['failed', [], 'failed'],
] as const)('%s with receipts %j is shown as %s', (state, receipts, shown) => expect(shownState(state, receipts)).toBe(shown));

it.each([
  ['queued', [], 'handed'],
  ['queued', ['sent'], 'sent'],
  ['queued', ['failed'], 'failed'],
  // The callback knows better.
  ['sending', [], 'sending'],
  ['failed', [], 'failed'],
] as const)('%s with receipts %j, read in the feed by a client, is shown as %s', (state, receipts, shown) =>
  expect(shownState(state, receipts, true)).toBe(shown),
);
