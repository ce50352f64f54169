/** Leads to an intent, or to one of its replies. */
export function repliesAddress(intent: string, reply?: string): string {
  return `/settings/replies?intent=${encodeURIComponent(intent)}${reply === undefined ? '' : `&reply=${encodeURIComponent(reply)}`}`;
}
