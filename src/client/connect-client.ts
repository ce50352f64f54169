/**
 * A client of /v1/connect for plug-ins of chat clients: connects again by itself, goes on by cursor, hands in again what was
 * not acknowledged. Runs in Node (give it `WebSocket` of `ws`, or Node 22 its own) and in browsers; no other dependency.
 *
 *     const client = connectToZaima({
 *       url: 'wss://zaima.example/v1/connect', shop: 'demo', token, cursor: await load(), webSocket: WebSocket,
 *       async onReplies(replies, cursor) {
 *         for (const reply of replies) await sendToBuyer(reply.conversation, reply.text);
 *         await store(cursor);
 *       },
 *     });
 *     await client.send({ id: 'm-1', conversation: 'c-1', buyer: { id: 'b-1' }, text: '包邮吗' });   // resolves once it is on disk
 */
import { messageFaults } from './checked-message.js';
import { isTurnedAway } from './door.js';
import {
  type ClientMessage,
  type ClientReceipt,
  type ClientReply,
  ConnectError,
  type MessageAck,
  type ServerFrame,
} from './frames.js';
import { openOutbox } from './outbox.js';

/** What the client needs of a websocket: the browser's, or that of `ws`. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type ConnectState =
  | { readonly state: 'connecting' | 'open' | 'closed' }
  /** `code`: the close code, as in the service's description; 1006 where it never opened. */
  | { readonly state: 'waiting'; readonly code: number; readonly reason: string; readonly milliseconds: number };

export interface ConnectOptions {
  /** `wss://host/v1/connect`. */
  readonly url: string;
  readonly shop: string;
  /** Of scope `connect`. A function is asked before each connection. */
  readonly token: string | (() => string | Promise<string>);
  /** Default: the environment's own. */
  readonly webSocket?: new (
    url: string,
    protocols: string[],
  ) => SocketLike;
  /** Where to go on: the one that `onReplies` was last told. Absent: from the start of the feed. */
  readonly cursor?: string;
  /** Of the phrases that are held here. */
  readonly phrasesRevision?: number;
  /** Name and version of the plug-in. */
  readonly client?: string;
  /**
   * Replies in their order, each id once as long as this client lives. They count as dealt with when it resolves: store the
   * cursor in it. When it rejects they come again.
   */
  readonly onReplies: (replies: readonly ClientReply[], cursor: string) => void | Promise<void>;
  readonly onPhrases?: (revision: number) => void;
  readonly onState?: (state: ConnectState) => void;
  /**
   * Errors that no promise tells: of the connection, of hello, of `onReplies`. The client goes on; after `unauthorized`, which
   * only another token or shop mends, it asks for the token anew once in `refusedMs`.
   */
  readonly onFault?: (error: ConnectError) => void;
  /** Before the first further attempt, doubled from one to the next, half of it by chance. Default 500 and 30,000. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
  /** Before the next attempt where the token was refused (`unauthorized`), half of it by chance. Default 60,000. */
  readonly refusedMs?: number;
  /** From 0 to 1. Default: Math.random. */
  readonly random?: () => number;
  /** Messages and receipts that may wait. Default 10,000. */
  readonly mostWaiting?: number;
  /** Without a word for so long the connection is given up. Default 60,000. */
  readonly silenceMs?: number;
}

export interface ConnectClient {
  /** Resolves when the service has it on disk, however often the connection breaks. @throws ConnectError */
  send(message: ClientMessage): Promise<MessageAck>;
  /** Tells what became of a reply. @throws ConnectError */
  receipt(reply: string, receipt: ClientReceipt): Promise<void>;
  /** Behind the replies that were dealt with. */
  readonly cursor: string | undefined;
  /** For good. What is not acknowledged fails with `closed`. */
  close(): void;
}

const rememberedReplies = 10_000;

export function connectToZaima(options: ConnectOptions): ConnectClient {
  const {
    shop,
    onReplies,
    onState,
    onFault,
    backoff = { firstMs: 500, mostMs: 30_000 },
    silenceMs = 60_000,
    refusedMs = 60_000,
  } = options;
  const random = options.random ?? Math.random;
  const Socket = options.webSocket ?? (globalThis as unknown as { WebSocket?: ConnectOptions['webSocket'] }).WebSocket;
  if (Socket === undefined) throw new ConnectError('socket', 'there is no WebSocket here: give one as `webSocket`');
  const outbox = openOutbox(options.mostWaiting ?? 10_000);
  const known = new Set<string>();
  let cursor = options.cursor;
  let phrasesRevision = options.phrasesRevision;
  let current: SocketLike | undefined;
  let handling: Promise<void> = Promise.resolve();
  let failures = 0;
  let isRefused = false;
  let isUnauthorized = false;
  /** The current socket; without a welcome nothing but hello and ping is said. */
  let isOpen = false;
  let isClosed = false;
  let heardAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;

  async function connect(): Promise<void> {
    onState?.({ state: 'connecting' });
    let socket: SocketLike;
    let token = '';
    let words = '';
    try {
      token = typeof options.token === 'string' ? options.token : await options.token();
      if (isClosed) return;
      socket = new Socket!(options.url, ['zaima.v1', `bearer.${token}`]);
    } catch (error) {
      fault(new ConnectError('socket', 'the connection could not be begun', [], { cause: error }));
      down(undefined, 1006, '');
      return;
    }
    current = socket;
    isRefused = false;
    isUnauthorized = false;
    isOpen = false;
    heardAt = Date.now();
    socket.onopen = () => {
      isOpen = true;
      hello(socket);
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (current === socket) received(socket, JSON.parse(String(data)) as ServerFrame);
    };
    // Tells nothing that `close` does not; `ws` throws where nobody listens.
    socket.onerror = ({ message }: { message?: string }) => {
      if (current !== socket || message === undefined) return;
      words = message;
      fault(new ConnectError('socket', message));
    };
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      if (isOpen || current !== socket) down(socket, code, reason);
      else void neverOpened(socket, token, words, code);
    };
    clearInterval(watch);
    watch = setInterval(() => {
      const silent = Date.now() - heardAt;
      if (silent < silenceMs / 3) return;
      if (silent < silenceMs) write(socket, { type: 'ping' });
      else down(socket, 1006, 'silence');
    }, silenceMs / 4);
  }

  async function neverOpened(socket: SocketLike, token: string, words: string, code: number): Promise<void> {
    if ((await isTurnedAway(options.url, shop, token, words)) && current === socket)
      turnedAway('the service does not take this token');
    down(socket, code, isUnauthorized ? 'unauthorized' : '');
  }

  function turnedAway(detail: string): void {
    isUnauthorized = true;
    fault(new ConnectError('unauthorized', detail));
  }

  function hello(socket: SocketLike): void {
    const { client } = options;
    write(socket, { type: 'hello', shop, cursor, phrasesRevision, client });
  }

  /** Only once it is open: before, `send` throws; after its end what is written goes nowhere. */
  function write(socket: SocketLike, frame: object): void {
    if (current === socket && isOpen) socket.send(JSON.stringify(frame));
  }

  function received(socket: SocketLike, frame: ServerFrame): void {
    heardAt = Date.now();
    if (frame.type === 'welcome') {
      failures = 0;
      cursor ??= frame.cursor;
      onState?.({ state: 'open' });
      outbox.connected((text) => current === socket && socket.send(text), frame.limits);
    } else if (frame.type === 'ack') {
      outbox.acknowledged(frame.id, frame.messages);
    } else if (frame.type === 'replies') {
      handling = handling.then(() => handle(socket, frame.replies, frame.cursor));
    } else if (frame.type === 'phrases.changed') {
      phrasesRevision = frame.revision;
      options.onPhrases?.(frame.revision);
    } else if (frame.type === 'error' && !outbox.refused(frame)) {
      fault(new ConnectError(frame.code, frame.detail, frame.faults));
      if (frame.code === 'cursor_gone' && frame.cursor !== undefined) {
        cursor = frame.cursor;
        hello(socket);
      } else if (frame.code === 'forbidden') turnedAway(frame.detail);
      else isRefused = true;
    }
  }

  async function handle(socket: SocketLike, replies: readonly ClientReply[], behind: string): Promise<void> {
    // What a broken connection brought and nobody began with comes again.
    if (current !== socket) return;
    const fresh = replies.filter(({ id }) => !known.has(id));
    try {
      if (fresh.length > 0) await onReplies(fresh, behind);
    } catch (error) {
      fault(new ConnectError('handler', 'onReplies failed; the replies come again', [], { cause: error }));
      down(socket, 1000, 'onReplies failed');
      return;
    }
    for (const { id } of fresh) known.add(id);
    for (const id of known) {
      if (known.size <= rememberedReplies) break;
      known.delete(id);
    }
    cursor = behind;
    write(socket, { type: 'seen', cursor: behind });
  }

  /** The connection is over, or is given up: another one after a while. */
  function down(socket: SocketLike | undefined, code: number, reason: string): void {
    if (current !== socket || isClosed) return;
    current = undefined;
    outbox.disconnected();
    clearInterval(watch);
    socket?.close();
    failures += 1;
    const inTurn = Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(failures - 1, 20));
    const longest = isUnauthorized ? refusedMs : isRefused ? backoff.mostMs : inTurn;
    const milliseconds = Math.round(longest * (0.5 + random() / 2));
    onState?.({ state: 'waiting', code, reason, milliseconds });
    retry = setTimeout(() => void connect(), milliseconds);
  }

  function fault(error: ConnectError): void {
    onFault?.(error);
  }

  void connect();
  return {
    async send(message) {
      const faults = messageFaults(message);
      if (faults.length === 0) return outbox.message(message);
      throw new ConnectError('invalid', faults.map(({ field, problem }) => `${field} ${problem}`).join('; '), faults);
    },
    receipt: (reply, receipt) => outbox.receipt(reply, receipt),
    get cursor() {
      return cursor;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(retry);
      clearInterval(watch);
      outbox.close();
      current?.close(1000, 'done');
      current = undefined;
      onState?.({ state: 'closed' });
    },
  };
}
