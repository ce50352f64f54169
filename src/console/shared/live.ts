/**
 * The line to /v1/desk: connects again by itself, goes on behind the last `seq` that was told, and keeps the server's time.
 * What is told is how conversations stand, so that after a cut nothing is missed and nothing counts twice.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { setServerTime } from './clock.js';
import type { DeskCommand, DeskFrame, DeskFrameOf, DeskWord } from './wire.js';

export type LineState = 'connecting' | 'open' | 'waiting' | 'closed';

/** A command was refused, or the line was cut before its answer came (`offline`). */
export class CommandError extends Error {
  readonly code: string;
  readonly frame: Partial<DeskFrameOf<'error'>>;

  constructor(code: string, detail: string, frame: Partial<DeskFrameOf<'error'>> = {}) {
    super(detail);
    this.code = code;
    this.frame = frame;
  }
}

export interface LiveOptions {
  readonly shop: string;
  /** Of phrases alone, without sitting down at the desk: what holds is told by reading it. */
  readonly only?: 'phrases';
  /** Every frame that is no answer to a command. A `welcome` with `reset`: what is held from before is void. */
  readonly onFrame: (frame: DeskFrame) => void;
  /** The line broke; whoever cares may find out whether the session is over. */
  readonly onCut?: (code: number) => void;
  /** Default: the browser's own, to where the page came from. */
  readonly open?: () => WebSocket;
  readonly random?: () => number;
}

export interface Live {
  readonly state: ReadonlySignal<LineState>;
  /** When the next attempt is made, by this computer's clock (`Date.now()`); while `waiting`. */
  readonly nextTryAt: ReadonlySignal<number>;
  /** Told if the line is open, else forgotten: typing, seen. `open` and `away` are told again after a cut. */
  say(word: Exclude<DeskWord, DeskCommand | { type: 'hello' }>): void;
  /**
   * Resolves when it is done and on disk. A `send` waits out a cut and goes out once, by its id; all else is refused as
   * `offline`, since who waits should decide again. @throws CommandError
   */
  ask(command: DeskCommand): Promise<DeskFrameOf<'result'>>;
  /** A command that waits out a cut is not said again; it is refused as `forgotten`. */
  forget(id: string): void;
  /** Without waiting: somebody presses the button, or the network is back. */
  tryNow(): void;
  close(): void;
}

const firstWaitMs = 500;
const mostWaitMs = 15_000;
/** Without a word for so long the line is given up; the server pings browsers below what they can see. */
const silenceMs = 40_000;

export function openLive(options: LiveOptions): Live {
  const { shop, only, onFrame, random = Math.random } = options;
  const open = options.open ?? (() => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/desk`));
  const state = signal<LineState>('connecting');
  const nextTryAt = signal(0);
  const asked = new Map<
    string,
    { command: DeskCommand; resolve: (frame: DeskFrameOf<'result'>) => void; reject: (error: CommandError) => void }
  >();
  let seq: number | undefined;
  let isStarting = false;
  let standsOpen: string | undefined;
  let isAway = false;
  let socket: WebSocket | undefined;
  let failures = 0;
  let heardAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;

  function connect(): void {
    clearTimeout(retry);
    if (state.peek() === 'closed') return;
    state.value = 'connecting';
    const mine = open();
    socket = mine;
    heardAt = Date.now();
    mine.onopen = () =>
      write({ type: 'hello', shop, ...(only !== undefined && { only }), ...(seq !== undefined && { since: seq }) });
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      heardAt = Date.now();
      received(JSON.parse(String(data)) as DeskFrame);
    };
    mine.onclose = ({ code }) => down(mine, code);
    clearInterval(watch);
    watch = setInterval(() => {
      const silent = Date.now() - heardAt;
      if (silent > silenceMs) down(mine, 1006);
      else if (silent > silenceMs / 2) write({ type: 'ping' });
    }, silenceMs / 4);
  }

  function write(word: DeskWord): void {
    if (socket?.readyState === 1) socket.send(JSON.stringify(word));
  }

  function received(frame: DeskFrame): void {
    switch (frame.type) {
      case 'welcome':
        setServerTime(frame.now);
        isStarting = frame.reset;
        if (frame.reset) seq = undefined;
        onFrame(frame);
        return;
      case 'changed':
        // The frames of a start all carry the last number: who is cut in their midst must start anew.
        if (!isStarting) seq = Math.max(seq ?? 0, frame.seq);
        onFrame(frame);
        return;
      case 'ready': {
        isStarting = false;
        seq = Math.max(seq ?? 0, frame.seq);
        failures = 0;
        // Whoever speaks as soon as the line stands has said it then.
        const unsaid = [...asked.values()];
        state.value = 'open';
        if (standsOpen !== undefined) write({ type: 'open', conversation: standsOpen });
        if (isAway) write({ type: 'away', away: true });
        for (const { command } of unsaid) write(command);
        onFrame(frame);
        return;
      }
      case 'result': {
        const waiting = asked.get(frame.id);
        asked.delete(frame.id);
        if (frame.conversation !== undefined) onFrame({ type: 'changed', seq: seq ?? 0, conversations: [frame.conversation] });
        waiting?.resolve(frame);
        return;
      }
      case 'error': {
        const waiting = frame.inReplyTo === undefined ? undefined : asked.get(frame.inReplyTo);
        if (waiting === undefined) {
          onFrame(frame);
          return;
        }
        asked.delete(frame.inReplyTo!);
        waiting.reject(new CommandError(frame.code, frame.detail, frame));
        return;
      }
      case 'pong':
        return;
      default:
        onFrame(frame);
    }
  }

  function down(mine: WebSocket, code: number): void {
    if (socket !== mine || state.peek() === 'closed') return;
    socket = undefined;
    clearInterval(watch);
    mine.close();
    for (const [id, { command, reject }] of asked) {
      if (command.type === 'send') continue;
      asked.delete(id);
      reject(new CommandError('offline', 'the line was cut before it was done'));
    }
    const wait = Math.min(mostWaitMs, firstWaitMs * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);
    failures += 1;
    nextTryAt.value = Date.now() + wait;
    state.value = 'waiting';
    retry = setTimeout(connect, wait);
    options.onCut?.(code);
  }

  function tryNow(): void {
    if (state.peek() === 'waiting') connect();
  }
  const lost = (): void => {
    if (socket !== undefined) down(socket, 1006);
  };
  globalThis.addEventListener?.('online', tryNow);
  globalThis.addEventListener?.('offline', lost);

  connect();
  return {
    state,
    nextTryAt,
    say(word) {
      if (word.type === 'open') standsOpen = word.conversation;
      if (word.type === 'away') isAway = word.away;
      if (state.peek() === 'open') write(word);
    },
    ask(command) {
      if (state.peek() !== 'open' && command.type !== 'send')
        return Promise.reject(new CommandError('offline', 'there is no line to the service'));
      return new Promise((resolve, reject) => {
        asked.set(command.id, { command, resolve, reject });
        if (state.peek() === 'open') write(command);
      });
    },
    forget(id) {
      const waiting = asked.get(id);
      asked.delete(id);
      waiting?.reject(new CommandError('forgotten', 'it is not said again'));
    },
    tryNow,
    close() {
      state.value = 'closed';
      clearTimeout(retry);
      clearInterval(watch);
      globalThis.removeEventListener?.('online', tryNow);
      globalThis.removeEventListener?.('offline', lost);
      for (const { reject } of asked.values()) reject(new CommandError('closed', 'the page was left'));
      asked.clear();
      socket?.close(1000);
      socket = undefined;
    },
  };
}
