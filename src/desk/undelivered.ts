/** Replies of ours that never reached the buyer: nobody has answered then, whatever the log seems to say. Pure. */

/** A line of a conversation, as screens are told it and as the service has it. */
export interface SaidLine {
  readonly from: string;
  readonly id: string;
  readonly delivery?: { readonly state: string; readonly retriedAs?: string | undefined } | undefined;
}

/** A failed reply counts until it is sent again, or the buyer has written on after it and got another. */
export function undelivered<Line extends SaidLine>(lines: readonly Line[]): Line | undefined {
  let isLast = true;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at]!;
    if (line.from === 'buyer' && !isLast) return undefined;
    if (line.from !== 'desk' && line.from !== 'bot') continue;
    if (line.delivery?.state === 'failed' && line.delivery.retriedAs === undefined) return line;
    isLast = false;
  }
  return undefined;
}
