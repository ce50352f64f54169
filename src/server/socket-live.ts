/**
 * One open websocket, whatever is spoken on it: JSON frames with a `type`, checked and handled one after the other; faults are
 * told and the socket stays open; what is sent is bounded by what the other side takes.
 */
import type { RawData, WebSocket } from 'ws';
import type { z } from 'zod';
import type { FieldFault } from '../connectors/connector.js';
import { jsonFault } from '../connectors/json-fault.js';
import { checkValue, pathWords } from '../zod-faults.js';
import type { Caller } from './bearer.js';
import { InvalidRequest, problemOf } from './errors-to-problems.js';
import type { ProblemCode } from './problem.js';

/** What the other side may send, by `type`. Each schema holds its `type` as a literal. `ping` is answered here. */
export type FrameSchemas = Readonly<Record<string, z.ZodObject>>;
export type FrameOf<S extends FrameSchemas> = { [K in keyof S]: z.output<S[K]> }[keyof S];

export const closeCodes = {
  /** RFC 6455: too many frames in a row that are no good, or a refusal that asking again does not mend. */
  policy: 1008,
  /** The server stops or restarts: come back in a moment. */
  restart: 1012,
  /** RFC 6455: a fault on our side. */
  fault: 1011,
  /** The login is over or the token was revoked. */
  ended: 4001,
  /** The other side takes less than there is to send: come back and go on from where you were. */
  slow: 4008,
} as const;

/** A frame made ready once, for any number of sockets. */
export interface Packed {
  readonly bytes: Buffer;
}

export function pack(frame: object): Packed {
  return { bytes: Buffer.from(JSON.stringify(frame)) };
}

/** Sends one frame to many; it is made ready once. With `key` as state (see LiveSocket.offer). */
export function broadcast(sockets: Iterable<LiveSocket>, frame: object | Packed, key?: string): void {
  const packed = packedOf(frame);
  for (const socket of sockets) {
    if (key === undefined) socket.send(packed);
    else socket.offer(key, packed);
  }
}

/** What is told of a frame that is not done. Beside these, keys of its own: `cursor`, `retryAfterSeconds`. */
export interface SocketError {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly faults?: readonly FieldFault[];
  /** `id` of the frame. */
  readonly inReplyTo?: string | undefined;
  readonly cursor?: string;
  readonly retryAfterSeconds?: number;
}

export interface LiveSocket {
  readonly caller: Caller;
  /** False once it closes, from either side. */
  readonly isOpen: boolean;
  /** True while more waits to be taken by the other side than is good: hold back what can wait until `onTaken`. */
  readonly isSlow: boolean;
  /** Sends what must arrive. A socket on which too much waits is closed with 4008 instead. False: it is not on its way. */
  send(frame: object | Packed): boolean;
  /** Sends a state of which only the latest counts: while the socket is slow, a newer one of the same key replaces it. */
  offer(key: string, frame: object | Packed): void;
  /** Told each time the socket is no longer slow. One listener. */
  onTaken(listener: () => void): void;
  /** Tells an error. It does not count as a fault of the other side. */
  tell(error: SocketError): void;
  /** Counts the socket among those of a shop (a socket may join several): false when the shop has too many. */
  join(shop: string): boolean;
  close(code: number, reason: string): void;
}

/** What a route does with an open socket. */
export interface SocketHandler<S extends FrameSchemas> {
  /**
   * One frame, the former one being done. What it throws is told as an `error` frame, by the same rules as over HTTP
   * (InvalidRequest: `invalid` with its faults; CodedError to be tried later: `unavailable`); anything else is logged.
   */
  frame(frame: FrameOf<S>): void | Promise<void>;
  /** Once, when the socket is gone. */
  closed?(code: number): void;
}

export interface LiveSettings {
  readonly frames: FrameSchemas;
  readonly caller: Caller;
  readonly join: (shop: string) => boolean;
  readonly count: (direction: 'in' | 'out') => void;
  readonly failed: (error: unknown, frame: string) => void;
  /** From here on the socket is slow. */
  readonly slowBytes?: number;
  /** At most so much waits for the other side. */
  readonly mostBytes?: number;
}

/** What socket.ts does with a socket beside its handler. */
export interface OpenSocket extends LiveSocket {
  /** Whether anything was heard since it was asked last; a socket that we do not read counts as heard. */
  wasHeard(): boolean;
  /** Takes no more frames and resolves when the one at work is done. */
  finish(): Promise<void>;
}

const faultsInRow = 10;
/** Frames that wait; beyond them nothing more is read from the network. */
const mostFrames = 8;
const mostStates = 1000;
const closeMs = 2000;
const isOpenState = 1;

export function openLive<S extends FrameSchemas>(ws: WebSocket, settings: LiveSettings) {
  const { frames, caller, join, count, failed, slowBytes = 64 * 1024, mostBytes = 1024 * 1024 } = settings;
  let handler: SocketHandler<S> | undefined;
  const queue: FrameOf<S>[] = [];
  const states = new Map<string, Packed>();
  let atWork: Promise<void> | undefined;
  let badInRow = 0;
  let heard = true;
  let finishing = false;
  let taken: (() => void) | undefined;

  const socket: OpenSocket = {
    caller,
    get isOpen() {
      return ws.readyState === isOpenState;
    },
    get isSlow() {
      return ws.bufferedAmount > slowBytes;
    },
    send(frame) {
      if (!socket.isOpen) return false;
      const { bytes } = packedOf(frame);
      // A frame that is larger than all that may wait goes out alone.
      if (ws.bufferedAmount > 0 && ws.bufferedAmount + bytes.length > mostBytes) {
        socket.close(closeCodes.slow, 'slow');
        return false;
      }
      count('out');
      ws.send(bytes, { binary: false }, sent);
      return true;
    },
    offer(key, frame) {
      if (!socket.isOpen) return;
      if (!socket.isSlow && states.size === 0) {
        socket.send(frame);
        return;
      }
      states.delete(key);
      states.set(key, packedOf(frame));
      if (states.size > mostStates) socket.close(closeCodes.slow, 'slow');
    },
    onTaken(listener) {
      taken = listener;
    },
    tell: (error) => void socket.send({ type: 'error', ...error }),
    join,
    close(code, reason) {
      queue.length = 0;
      states.clear();
      if (ws.readyState > isOpenState) return;
      ws.close(code, reason);
      // What waits before the farewell may never be taken.
      setTimeout(() => ws.terminate(), closeMs).unref();
    },
    wasHeard() {
      const was = heard || ws.isPaused;
      heard = false;
      return was;
    },
    async finish() {
      finishing = true;
      queue.length = 0;
      await atWork;
    },
  };

  function sent(error?: Error | null): void {
    if (error !== undefined && error !== null) return;
    if ((states.size === 0 && taken === undefined) || socket.isSlow) return;
    for (const [key, packed] of states) {
      states.delete(key);
      socket.send(packed);
      if (socket.isSlow) return;
    }
    taken?.();
  }

  function received(data: RawData, isBinary: boolean): void {
    heard = true;
    if (finishing || !socket.isOpen) return;
    count('in');
    if (isBinary) {
      refuse({ code: 'not_json', detail: 'a binary frame came', faults: [fault('', 'is binary', 'send JSON as text')] });
      return;
    }
    const text = data.toString();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const mend = 'send one JSON object as text';
      const broken = { ...(jsonFault(text) ?? fault('', 'is not JSON', mend)), mend };
      refuse({ code: 'not_json', detail: `the frame ${broken.problem}`, faults: [broken] });
      return;
    }
    const type = (value as { type?: unknown } | null)?.type;
    const id = idOf(value);
    const schema = typeof type === 'string' && Object.hasOwn(frames, type) ? frames[type] : undefined;
    if (schema !== undefined) {
      const checked = checkValue(schema, value);
      if (checked.ok) {
        queue.push(checked.value as FrameOf<S>);
        if (queue.length >= mostFrames) ws.pause();
        atWork ??= work();
        return;
      }
      const faults = checked.faults.map(({ path, problem, mend }) => fault(pathWords(path), problem, mend));
      refuse({ code: 'invalid', detail: wordsOf(faults), faults, inReplyTo: id });
    } else if (type === 'ping') {
      badInRow = 0;
      socket.send({ type: 'pong', ...(id !== undefined && { id }) });
    } else {
      const known = [...Object.keys(frames), 'ping'].map((one) => JSON.stringify(one)).join(', ');
      const problem = type === undefined ? 'is missing' : 'is none of the known words';
      const faults = [fault('type', problem, `write one of ${known}`)];
      refuse({ code: 'invalid', detail: wordsOf(faults), faults, inReplyTo: id });
    }
  }

  async function work(): Promise<void> {
    // Not in the same tick: the handler of a first frame may not be there yet.
    await undefined;
    for (let frame = queue.shift(); frame !== undefined; frame = queue.shift()) {
      if (queue.length < mostFrames && ws.isPaused) ws.resume();
      try {
        await handler?.frame(frame);
        badInRow = 0;
      } catch (error) {
        const { status, code, detail, faults } = problemOf(error);
        const told: SocketError = { code, detail, inReplyTo: idOf(frame), ...(faults !== undefined && { faults }) };
        if (error instanceof InvalidRequest) refuse(told);
        else socket.tell(status === 503 ? { ...told, retryAfterSeconds: 5 } : told);
        if (status >= 500) failed(error, String((frame as { type?: unknown }).type));
      }
    }
    atWork = undefined;
  }

  /** Tells what is wrong; who goes on and on is not listening. */
  function refuse(error: SocketError): void {
    socket.tell(error);
    badInRow += 1;
    if (badInRow >= faultsInRow) socket.close(closeCodes.policy, `${faultsInRow} bad frames in a row`);
  }

  ws.on('message', received);
  ws.on('pong', () => {
    heard = true;
  });
  ws.on('close', (code) => {
    queue.length = 0;
    states.clear();
    handler?.closed?.(code);
  });

  return {
    socket,
    handle(its: SocketHandler<S>): void {
      handler = its;
    },
  };
}

function packedOf(frame: object | Packed): Packed {
  return 'bytes' in frame && Buffer.isBuffer(frame.bytes) ? (frame as Packed) : pack(frame);
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id.length <= 128 ? id : undefined;
}

function fault(field: string, problem: string, mend: string): FieldFault {
  return { field, problem, mend };
}

function wordsOf(faults: readonly FieldFault[]): string {
  return faults.map(({ field, problem }) => `${field === '' ? 'the frame' : field} ${problem}`).join('; ');
}
