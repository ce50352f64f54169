/** The lines of a conversation in their order: what was read of it, and over it what was told since. Pure. */
import type { DeskLine, Transcript } from '../shared/wire.js';
import { highlights, type Piece } from './highlights.js';

export interface ShownLine extends DeskLine {
  /** The words of a buyer in pieces, where something was understood. */
  readonly pieces?: readonly Piece[];
}

/** @param transcript undefined: not read yet */
export function transcriptLines(transcript: Transcript | undefined, told: readonly DeskLine[]): ShownLine[] {
  const lines = new Map<string, ShownLine>();
  if (transcript !== undefined) {
    const deliveries = new Map(transcript.deliveries.map((one) => [one.replyId, one]));
    const delivery = (id: string): Pick<DeskLine, 'delivery'> => {
      const known = deliveries.get(id);
      if (known === undefined) return {};
      const { retriedAs, receipts } = known;
      const because = known.because ?? receipts.find((receipt) => receipt.state === 'failed')?.error;
      return {
        delivery: {
          state: stateOf(known),
          ...(because !== undefined && { because }),
          ...(retriedAs !== undefined && { retriedAs }),
        },
      };
    };
    const pieces = new Map<string, readonly Piece[]>();
    for (const answer of transcript.answers) {
      const its = new Set(answer.inReplyTo);
      for (const [id, cut] of highlights(
        answer,
        transcript.messages.filter((message) => its.has(message.id)),
      ))
        pieces.set(id, cut);
    }
    for (const { id, author, type, text, sentAt, position, echoOf } of transcript.messages) {
      if (echoOf !== undefined) continue;
      const cut = pieces.get(id);
      lines.set(id, { from: author, id, type, text, at: sentAt, position, ...(cut !== undefined && { pieces: cut }) });
    }
    const oldest = transcript.messages[0]?.sentAt ?? '';
    for (const { replies, at } of transcript.answers)
      for (const { id, kind, text, delivery: how } of replies)
        if (how === 'send' && at >= oldest) lines.set(id, { from: 'bot', id, type: 'text', text, at, kind, ...delivery(id) });
    for (const { id, author, text, at } of transcript.written)
      lines.set(id, { from: 'desk', id, type: 'text', text, at, author, kind: 'agent', ...delivery(id) });
  }
  for (const line of told) {
    const cut = lines.get(line.id)?.pieces;
    lines.set(line.id, cut === undefined ? line : { ...line, pieces: cut });
  }
  // Sorting is stable: lines of one moment stay as they were told.
  return [...lines.values()].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function stateOf({ state, receipts }: Transcript['deliveries'][number]): NonNullable<DeskLine['delivery']>['state'] {
  const told = receipts.map((receipt) => receipt.state);
  for (const best of ['read', 'delivered', 'failed', 'sent'] as const) if (told.includes(best)) return best;
  return state;
}

/** How many of the last lines are a buyer's without an answer: they stand in one bracket. */
export function unansweredFrom(lines: readonly ShownLine[], waiting: { readonly messages: number } | undefined): number {
  if (waiting === undefined) return lines.length;
  let left = waiting.messages;
  let from = lines.length;
  for (let at = lines.length - 1; at >= 0 && left > 0; at--) {
    const line = lines[at]!;
    if (line.from === 'buyer') {
      left -= 1;
      from = at;
    } else if (line.from === 'desk' || line.from === 'agent') break;
  }
  return from;
}
