/** What became of a reply, in one word: what the outbox knows and what the platform told afterwards. Pure. */

export const shownStates = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'dropped'] as const;
export type ShownState = (typeof shownStates)[number];

/** @param receipts the states that the platform told, in any order */
export function shownState(
  state: Exclude<ShownState, 'delivered' | 'read'>,
  receipts: readonly ('sent' | 'delivered' | 'read' | 'failed')[],
): ShownState {
  if (receipts.includes('read')) return 'read';
  if (receipts.includes('delivered')) return 'delivered';
  // Taken by the platform, and then not brought to the buyer.
  if (receipts.includes('failed')) return 'failed';
  if (receipts.includes('sent')) return 'sent';
  return state;
}
