/** One POST to an address a shop gave us: guarded, bounded in time, without redirects, and its outcome by table. */
import { lookup as systemLookup } from 'node:dns';
import type { Agent } from 'undici';
import type { Instant } from '../conversation.js';
import { guardedLookup, type ResolveAll, urlRefused } from './address-guard.js';
import type { SendOutcome } from './connector.js';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For Retry-After given as a date. */
  readonly now: Instant;
}

export interface Poster {
  /** Never throws: every fault is an outcome. The receiver drops repeats by their id, so that whatever may help is retried. */
  post(post: Post, signal: AbortSignal): Promise<SendOutcome>;
  /** Ends the kept connections. */
  close(): Promise<void>;
}

export interface PosterSettings {
  readonly allowPrivateAddresses: boolean;
  /** Default: the system's resolver. */
  readonly resolve?: ResolveAll;
}

const mostAnswerBytes = 65_536;
const longestWaitSeconds = 86_400;

/** undici is loaded with the first call: it takes 50 ms that a start without callbacks need not wait for. */
export function openPoster(settings: PosterSettings): Poster {
  let opened: Promise<Agent> | undefined;
  const agent = (undici: typeof import('undici')): Agent =>
    new undici.Agent({
      connect: settings.allowPrivateAddresses ? {} : { lookup: guardedLookup(settings.resolve ?? systemLookup) },
      pipelining: 1,
      keepAliveTimeout: 4000,
    });
  return {
    async post(post, signal) {
      if (!URL.canParse(post.url)) return { state: 'failed', because: 'the callback address is not a URL' };
      const url = new URL(post.url);
      const refused = settings.allowPrivateAddresses ? undefined : urlRefused(url);
      if (refused !== undefined) return { state: 'failed', because: refusedWords(refused) };
      try {
        const undici = await import('undici');
        opened ??= Promise.resolve(agent(undici));
        const response = await undici.request(url, {
          dispatcher: await opened,
          method: 'POST',
          headers: post.headers,
          body: post.body,
          signal,
        });
        // Read (a little of) the answer so that the connection can be used again; what it says does not matter.
        await response.body.dump({ limit: mostAnswerBytes, signal }).catch(() => undefined);
        return outcome(response.statusCode, response.headers['retry-after'], post.now);
      } catch (error) {
        return faultOutcome(error, signal);
      }
    },
    async close() {
      await (await opened)?.destroy();
    },
  };
}

/** The table: 2xx sent; 408, 429 and 5xx again; everything else, redirects and 410 included, never. */
export function outcome(status: number, retryAfter: string | string[] | undefined, now: Instant): SendOutcome {
  if (status >= 200 && status < 300) return { state: 'sent' };
  if (status === 408 || status === 429 || status >= 500) {
    const afterSeconds = retryAfterSeconds(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now);
    return { state: 'retry', because: `answered ${status}`, ...(afterSeconds !== undefined && { afterSeconds }) };
  }
  if (status === 410) return { state: 'failed', because: 'answered 410: the address is gone' };
  if (status >= 300 && status < 400) return { state: 'failed', because: `answered ${status}: redirects are not followed` };
  return { state: 'failed', because: `answered ${status}` };
}

function retryAfterSeconds(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), longestWaitSeconds);
}

function faultOutcome(error: unknown, signal: AbortSignal): SendOutcome {
  const fault = error as { code?: unknown; message?: unknown; cause?: { code?: unknown; message?: unknown } };
  for (const one of [fault, fault.cause]) {
    if (one?.code === 'ZAIMA_ADDRESS_REFUSED') return { state: 'failed', because: refusedWords(String(one.message)) };
  }
  if (signal.aborted) return { state: 'retry', because: 'no answer in time' };
  const code = typeof fault.code === 'string' ? fault.code : 'no connection';
  return { state: 'retry', because: `could not be reached (${code})` };
}

function refusedWords(refused: string): string {
  return `the callback address is not called: ${refused}; callbacks.allowPrivateAddresses in config/service.yaml allows it`;
}
