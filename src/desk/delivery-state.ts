/** What became of a reply, in one word: what the outbox knows and what the platform told afterwards. Pure. */

export const shownStates = ['queued', 'sending', 'handed', 'sent', 'delivered', 'read', 'failed', 'unknown', 'dropped'] as const;
export type ShownState = (typeof shownStates)[number];

/**
 * @param receipts the states that the platform told, in any order
 * @param isHanded a client has read it in the feed and gone on: of one that sends no receipts nothing more is ever heard
 */
export function shownState(
  state: Exclude<ShownState, 'handed' | 'delivered' | 'read'>,
  receipts: readonly ('sent' | 'delivered' | 'read' | 'failed')[],
  isHanded = false,
): ShownState {
  if (receipts.includes('read')) return 'read';
  if (receipts.includes('delivered')) return 'delivered';
  // Taken by the platform, and then not brought to the buyer.
  if (receipts.includes('failed')) return 'failed';
  if (receipts.includes('sent')) return 'sent';
  return state === 'queued' && isHanded ? 'handed' : state;
}
