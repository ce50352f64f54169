/** The line to the server: messages out, each once however often the connection breaks; what is said in, at once. */
import type { Keeping, Waiting } from './keeping.js';

export interface Line {
  readonly id: string;
  readonly author: 'visitor' | 'bot' | 'agent';
  readonly name?: string;
  readonly text: string;
  readonly at: string;
}

/** What stands over the chat: who answers now. */
export interface Standing {
  readonly answers: 'agent' | 'later' | 'bot' | 'nobody';
  readonly opening?: string;
}

export interface ChatBegin extends Standing {
  readonly title: string;
  readonly greeting?: string;
  readonly hours?: string;
  readonly limits: { readonly characters: number; readonly messages: number };
}

export type LineState = 'fine' | 'offline' | 'busy' | 'gone';

export interface LineEvents {
  readonly told: (lines: readonly Line[]) => void;
  /** On disk there, or refused for good. */
  readonly settled: (id: string, isTaken: boolean) => void;
  readonly state: (state: LineState) => void;
  readonly standing: (standing: Standing) => void;
}

export interface ChatLine {
  begin(): Promise<ChatBegin | undefined>;
  /** Looks again at what stands over the chat: who has not written yet hears nothing by the line. */
  lookAgain(): Promise<void>;
  send(one: Waiting): void;
  /** Whether somebody looks: only then replies are fetched. */
  look(isLooking: boolean): void;
  receipts(replies: readonly string[], state: 'delivered' | 'read'): void;
}

/** So long nothing at all: the way to the server keeps events back, or is broken. */
const firstByteMs = 5000;
const silenceMs = 45_000;
const longPollSeconds = 25;
const shortestPauseMs = 1000;
const longestPauseMs = 30_000;

interface Answered {
  readonly messages: readonly Line[];
  readonly cursor: string;
  readonly token?: string;
  readonly standing?: Standing;
}

export function openLine(base: string, keeping: Keeping, events: LineEvents): ChatLine {
  let cursor = '';
  let isLooking = false;
  let isSending = false;
  let streams = true;
  let pause = shortestPauseMs;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stop: AbortController | undefined;

  const call = (path: string, more: RequestInit = {}): Promise<Response> => {
    const token = keeping.token();
    const headers: Record<string, string> = {};
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (more.body !== undefined) headers['content-type'] = 'application/json';
    return fetch(base + path, { credentials: 'omit', cache: 'no-store', ...more, headers });
  };
  const post = (path: string, body: unknown): Promise<Response> => call(path, { method: 'POST', body: JSON.stringify(body) });

  /** One tab alone becomes the visitor; the others find the token. */
  async function becomeVisitor(): Promise<void> {
    const become = async (): Promise<void> => {
      if (keeping.token() !== undefined) return;
      const response = await call('/visitors', { method: 'POST' });
      if (!response.ok) throw new Refused(response);
      keeping.setToken(((await response.json()) as { token: string }).token);
    };
    await (navigator.locks === undefined ? become() : navigator.locks.request(`zaima ${base}`, become));
  }

  async function sendWaiting(): Promise<void> {
    if (isSending) return;
    isSending = true;
    clearTimeout(again);
    try {
      for (let batch = keeping.waiting(); batch.length > 0; batch = keeping.waiting()) {
        const sent = batch.slice(0, 20);
        await becomeVisitor();
        const now = Date.now();
        const messages = sent.map(({ id, text, item, at }) => ({
          id,
          text,
          ...(item !== undefined && { item }),
          ageSeconds: Math.min(Math.max(0, (now - at) / 1000), 600_000),
        }));
        const response = await post('/messages', { messages });
        if (response.status === 422 || response.status === 413) {
          // One by one it is found out which it is.
          for (const one of sent.length === 1 ? sent : sent.slice(0, 1)) settle(one.id, false);
          continue;
        }
        if (!response.ok) throw new Refused(response);
        for (const { id } of sent) settle(id, true);
        pause = shortestPauseMs;
        events.state('fine');
        void listen();
      }
    } catch (error) {
      const waitMs = after(error);
      if (waitMs !== undefined) again = setTimeout(() => void sendWaiting(), waitMs);
    } finally {
      isSending = false;
    }
  }

  function settle(id: string, isTaken: boolean): void {
    keeping.dropWaiting(id);
    events.settled(id, isTaken);
  }

  /** What a failure means; when to try again, undefined: never. */
  function after(error: unknown): number | undefined {
    const status = error instanceof Refused ? error.response.status : 0;
    if (status === 401) {
      // The shop has another secret: what was said before is out of reach, and the chat begins anew.
      keeping.setToken(undefined);
      cursor = '';
      return shortestPauseMs;
    }
    if (status === 403 || status === 404) {
      events.state('gone');
      return undefined;
    }
    pause = Math.min(pause * 2, longestPauseMs);
    if (status === 429) {
      events.state('busy');
      return Math.max(Number((error as Refused).response.headers.get('retry-after') ?? 0) * 1000, pause);
    }
    events.state('offline');
    // Many pages should not come back at the same moment.
    return pause * (0.75 + Math.random() / 2);
  }

  async function listen(): Promise<void> {
    if (stop !== undefined || !isLooking || keeping.token() === undefined) return;
    const mine = new AbortController();
    stop = mine;
    let waitMs: number | undefined = 0;
    try {
      if (streams) await stream(mine);
      else take((await (await asked(`/messages?after=${cursor}&wait=${longPollSeconds}`, mine)).json()) as Answered);
      pause = shortestPauseMs;
    } catch (error) {
      waitMs = mine.signal.aborted && mine.signal.reason === 'enough' ? undefined : after(error);
    }
    if (stop === mine) stop = undefined;
    if (waitMs !== undefined && isLooking) setTimeout(() => void listen(), waitMs);
  }

  async function asked(path: string, { signal }: AbortController): Promise<Response> {
    const response = await call(path, { signal });
    if (!response.ok) throw new Refused(response);
    events.state('fine');
    return response;
  }

  async function stream(mine: AbortController): Promise<void> {
    let hasBegun = false;
    const give = (): void => {
      // A proxy that keeps events back: from now on by long poll.
      if (!hasBegun) streams = false;
      mine.abort('silence');
    };
    let silence = setTimeout(give, firstByteMs);
    try {
      const { body } = await asked(`/stream?after=${cursor}`, mine);
      if (body === null) {
        streams = false;
        return;
      }
      const reader = body.getReader();
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        hasBegun = true;
        clearTimeout(silence);
        silence = setTimeout(give, silenceMs);
        text += decoder.decode(value, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) if (block.startsWith('data: ')) take(JSON.parse(block.slice(6)) as Answered);
      }
    } catch (error) {
      if (mine.signal.reason === 'silence') return;
      throw error;
    } finally {
      clearTimeout(silence);
    }
  }

  function take({ messages, cursor: next, token, standing }: Answered): void {
    cursor = next;
    if (token !== undefined) keeping.setToken(token);
    if (standing !== undefined) events.standing(standing);
    if (messages.length > 0) events.told(messages);
  }

  addEventListener('online', () => {
    pause = shortestPauseMs;
    void sendWaiting();
    void listen();
  });
  addEventListener('offline', () => events.state('offline'));

  return {
    async begin() {
      const response = await call('').catch(() => undefined);
      if (response?.ok !== true) return undefined;
      void sendWaiting();
      return (await response.json()) as ChatBegin;
    },
    async lookAgain() {
      if (keeping.token() !== undefined) return;
      const response = await call('').catch(() => undefined);
      if (response?.ok === true) events.standing((await response.json()) as ChatBegin);
    },
    send(one) {
      keeping.addWaiting(one);
      void sendWaiting();
    },
    look(is) {
      isLooking = is;
      if (is) void listen();
      else {
        stop?.abort('enough');
        stop = undefined;
      }
    },
    receipts(replies, state) {
      // A receipt that is lost is told with the next.
      if (replies.length > 0) void post('/receipts', { replies: replies.slice(-100), state }).catch(() => undefined);
    },
  };
}

class Refused extends Error {
  readonly response: Response;
  constructor(response: Response) {
    super(String(response.status));
    this.response = response;
  }
}
