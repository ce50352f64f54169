/**
 * What waits to be acknowledged. One frame is under way at a time, so that order holds; while it is, messages gather for the
 * next. After a cut the same messages go again: the service knows their ids.
 */
import { type ClientMessage, type ClientReceipt, ConnectError, type ErrorFrame, type Limits, type MessageAck } from './frames.js';

interface Entry {
  /** Undefined: a receipt. */
  readonly buyer?: string;
  readonly json: string;
  readonly bytes: number;
  readonly done: (ack: MessageAck | undefined) => void;
  readonly failed: (error: ConnectError) => void;
}

export interface Outbox {
  message(message: ClientMessage): Promise<MessageAck>;
  receipt(reply: string, receipt: ClientReceipt): Promise<void>;
  /** The socket can be written to (with the service's limits), or can no longer. */
  connected(send: (text: string) => void, limits: Limits): void;
  disconnected(): void;
  acknowledged(id: string, messages: readonly MessageAck[] | undefined): void;
  /** True when the error was about a frame of this outbox. */
  refused(error: ErrorFrame): boolean;
  /** Everything that waits fails with `closed`. */
  close(): void;
}

/** Of one buyer in one frame: the service takes so many a minute, and a frame is taken whole or not at all. */
const mostOfBuyer = 10;
const encoder = new TextEncoder();

/** @param mostWaiting messages and receipts without an ack; beyond them new ones fail with `queue_full`. */
export function openOutbox(mostWaiting: number): Outbox {
  let waiting: Entry[] = [];
  let underWay: { readonly id: string; readonly entries: readonly Entry[] } | undefined;
  let wire: { readonly send: (text: string) => void; readonly limits: Limits } | undefined;
  /** Buyers who have sent too much for now, and until when. */
  const held = new Map<string, number>();
  let pausedUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frames = 0;
  let isClosed = false;

  function add<T>(entry: Pick<Entry, 'json' | 'buyer'>): Promise<T> {
    return new Promise((done, failed) => {
      const bytes = encoder.encode(entry.json).length;
      if (isClosed) failed(new ConnectError('closed', 'the client was closed'));
      else if (waiting.length + (underWay?.entries.length ?? 0) >= mostWaiting)
        failed(new ConnectError('queue_full', `${mostWaiting} messages wait for their acknowledgement`));
      else {
        waiting.push({ ...entry, bytes, done: done as Entry['done'], failed });
        pump();
      }
    });
  }

  function pump(): void {
    if (wire === undefined || underWay !== undefined || waiting.length === 0) return;
    const now = Date.now();
    for (const [buyer, until] of held) if (until <= now) held.delete(buyer);
    const entries = pausedUntil > now ? [] : nextFrame(wire.limits);
    clearTimeout(timer);
    if (entries.length === 0) {
      if (waiting.length === 0) return;
      const next = Math.min(...held.values(), ...(pausedUntil > now ? [pausedUntil] : []));
      timer = setTimeout(pump, Math.max(1, next - now));
      return;
    }
    const taken = new Set(entries);
    waiting = waiting.filter((entry) => !taken.has(entry));
    frames += 1;
    const id = `f${frames}`;
    underWay = { id, entries };
    const [first] = entries as [Entry];
    // A receipt's frame lacks its id alone.
    if (first.buyer === undefined) wire.send(`{"id":"${id}",${first.json.slice(1)}`);
    else wire.send(`{"type":"messages","id":"${id}","messages":[${entries.map(({ json }) => json).join(',')}]}`);
  }

  function nextFrame({ messages, frameBytes }: Limits): readonly Entry[] {
    const room = frameBytes - 200;
    const tooLarge = waiting.filter(({ bytes }) => bytes > room);
    if (tooLarge.length > 0) {
      waiting = waiting.filter(({ bytes }) => bytes <= room);
      for (const { failed } of tooLarge) failed(new ConnectError('too_large', `a message is larger than ${room} bytes`));
    }
    const entries: Entry[] = [];
    const ofBuyer = new Map<string, number>();
    let bytes = 0;
    for (const entry of waiting) {
      const { buyer } = entry;
      if (buyer === undefined) {
        if (entries.length > 0) break;
        return [entry];
      }
      const count = ofBuyer.get(buyer) ?? 0;
      // Behind one that stays back, whatever the same buyer wrote stays back too.
      if (held.has(buyer) || count >= mostOfBuyer) continue;
      if (entries.length >= messages || bytes + entry.bytes + 1 > room) break;
      ofBuyer.set(buyer, count + 1);
      bytes += entry.bytes + 1;
      entries.push(entry);
    }
    return entries;
  }

  /** What was under way waits again, in front. */
  function putBack(entries: readonly Entry[]): void {
    waiting = [...entries, ...waiting];
  }

  return {
    message: (message) => add<MessageAck>({ json: JSON.stringify(message), buyer: message.buyer.id }),
    receipt: (reply, receipt) => add<void>({ json: JSON.stringify({ type: 'receipt', reply, ...receipt }) }),
    connected(send, limits) {
      wire = { send, limits };
      pump();
    },
    disconnected() {
      wire = undefined;
      clearTimeout(timer);
      if (underWay === undefined) return;
      putBack(underWay.entries);
      underWay = undefined;
    },
    acknowledged(id, messages) {
      if (underWay?.id !== id) return;
      const { entries } = underWay;
      underWay = undefined;
      for (const [index, { done }] of entries.entries()) done(messages?.[index]);
      pump();
    },
    refused(error) {
      if (underWay === undefined || error.inReplyTo !== underWay.id) return false;
      const { entries } = underWay;
      underWay = undefined;
      const { code, detail, faults = [], retryAfterSeconds } = error;
      const named = new Set(faults.flatMap(({ field }) => entries[Number(/^messages\[(\d+)\]/.exec(field)?.[1])] ?? []));
      if (retryAfterSeconds !== undefined) {
        const until = Date.now() + retryAfterSeconds * 1000;
        putBack(entries);
        if (named.size === 0) pausedUntil = until;
        for (const { buyer } of named) if (buyer !== undefined) held.set(buyer, until);
      } else {
        const wrong = named.size > 0 ? named : new Set(entries);
        putBack(entries.filter((entry) => !wrong.has(entry)));
        for (const entry of wrong) {
          const its = faults.filter(
            ({ field }) => !field.startsWith('messages[') || field.startsWith(`messages[${entries.indexOf(entry)}]`),
          );
          entry.failed(new ConnectError(code, detail, its));
        }
      }
      pump();
      return true;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      const left = [...(underWay?.entries ?? []), ...waiting];
      underWay = undefined;
      waiting = [];
      for (const { failed } of left) failed(new ConnectError('closed', 'the client was closed before this was acknowledged'));
    },
  };
}
