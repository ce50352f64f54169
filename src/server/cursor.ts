/** Where a reader of the feed stands: the database's epoch and a position in it. Opaque to callers. */

export interface Cursor {
  readonly epoch: string;
  readonly position: number;
}

export function cursorText({ epoch, position }: Cursor): string {
  return Buffer.from(`${position}.${epoch}`).toString('base64url');
}

/** Undefined for a text that is no cursor of ours. */
export function readCursor(text: string): Cursor | undefined {
  if (!/^[\w-]{1,200}$/.test(text)) return undefined;
  const found = /^(0|[1-9]\d{0,14})\.(\w{1,100})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const [, position, epoch] = found ?? [];
  return position === undefined || epoch === undefined ? undefined : { epoch, position: Number(position) };
}
