/**
 * Where a reader of the feed stands: the database's epoch, a position in it, and the end of the id of the reply that stands
 * there, since a restored backup keeps its epoch and gives positions anew. Opaque to callers.
 */

export interface Cursor {
  readonly epoch: string;
  readonly position: number;
  /** Empty at the start of the feed. */
  readonly lastReply: string;
}

const tailCharacters = 12;

/** What a cursor keeps of a reply's id. */
export function replyTail(id: string | undefined): string {
  return (id ?? '').replace(/\W/g, '').slice(-tailCharacters);
}

export function cursorText({ epoch, position, lastReply }: Cursor): string {
  return Buffer.from(`${position}.${epoch}.${lastReply}`).toString('base64url');
}

/** Undefined for a text that is no cursor of ours. */
export function readCursor(text: string): Cursor | undefined {
  if (!/^[\w-]{1,200}$/.test(text)) return undefined;
  const found = /^(0|[1-9]\d{0,14})\.(\w{1,100})\.(\w{0,12})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const [, position, epoch, lastReply] = found ?? [];
  if (position === undefined || epoch === undefined || lastReply === undefined) return undefined;
  return { epoch, position: Number(position), lastReply };
}
