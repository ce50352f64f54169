/** What webhook and websocket do alike with messages that were read: limits, the flow, the count of what became of them. */
import { openLimiter } from '../access/rate-limit.js';
import type { Answer, Instant, Message } from '../conversation.js';
import type { Accepted } from '../storage/storage.js';
import type { ServerDeps } from './deps.js';

const mostShops = 1000;
/** Room is taken at once, some 60 bytes each; beyond it the buyers who wrote least lately are forgotten. */
const mostBuyers = 30_000;

/** Nothing was taken. */
export interface TooMany {
  readonly waitSeconds: number;
  readonly detail: string;
  /** Of whose messages there are too many, and what to do; undefined: there are too many calls. */
  readonly buyer?: { /** Place of a message of this buyer. */ readonly index: number; readonly mend: string };
}

export interface MessageOnTheWire {
  readonly id: string;
  readonly duplicate: boolean;
  readonly conflict?: true;
}

export interface Taken {
  /** In the order of the call. */
  readonly messages: readonly MessageOnTheWire[];
  readonly answers: readonly Answer[];
}

export interface TakeMessages {
  /** Resolves once they are committed. @param wait answers at once (FlowPort.accept) */
  take(shop: string, messages: readonly Message[], wait: boolean): Promise<Taken | { readonly tooMany: TooMany }>;
}

export function openTakeMessages({ flow, metrics, now, config }: Pick<ServerDeps, 'flow' | 'metrics' | 'now' | 'config'>) {
  const limited = limits(config.limits);
  const taking: TakeMessages = {
    async take(shop, messages, wait) {
      const tooMany = limited(shop, messages, now());
      if (tooMany !== undefined) {
        metrics.messages('refused', messages.length);
        return { tooMany };
      }
      const { accepted, answers } = await flow.accept(messages, wait);
      count(metrics, accepted);
      return { messages: accepted.map(acceptedOnTheWire), answers };
    },
  };
  return taking;
}

function acceptedOnTheWire({ id, duplicate, conflict }: Accepted): MessageOnTheWire {
  return conflict ? { id, duplicate, conflict } : { id, duplicate };
}

function count(metrics: ServerDeps['metrics'], accepted: readonly Accepted[]): void {
  const conflicts = accepted.filter(({ conflict }) => conflict).length;
  const duplicates = accepted.filter(({ duplicate }) => duplicate).length - conflicts;
  metrics.messages('stored', accepted.length - duplicates - conflicts);
  if (duplicates > 0) metrics.messages('duplicate', duplicates);
  if (conflicts > 0) metrics.messages('conflict', conflicts);
}

/** Calls by shop, for it has one secret; then messages by buyer. What is refused takes nothing of a buyer's share. */
function limits(settings: ServerDeps['config']['limits']) {
  const { signedCallsPerSecond, buyerMessagesPerMinute } = settings;
  const calls = openLimiter({ perSecond: signedCallsPerSecond, burst: signedCallsPerSecond }, mostShops);
  const buyers = openLimiter({ perSecond: buyerMessagesPerMinute / 60, burst: buyerMessagesPerMinute }, mostBuyers);

  return (shop: string, messages: readonly Message[], now: Instant): TooMany | undefined => {
    const late = calls.take(new Map([[shop, 1]]), now);
    if (late !== undefined) {
      return { waitSeconds: late.waitSeconds, detail: `more than ${signedCallsPerSecond} signed calls a second` };
    }
    const amounts = new Map<string, number>();
    for (const { author, buyer } of messages) {
      if (author === 'buyer') amounts.set(`${shop}\n${buyer.id}`, (amounts.get(`${shop}\n${buyer.id}`) ?? 0) + 1);
    }
    const over = buyers.take(amounts, now);
    if (over === undefined) return undefined;
    const index = messages.findIndex(({ author, buyer }) => author === 'buyer' && `${shop}\n${buyer.id}` === over.key);
    const never = !Number.isFinite(over.waitSeconds);
    const mend = never ? `send at most ${buyerMessagesPerMinute} messages of one buyer a call` : 'send the call again later';
    return {
      waitSeconds: never ? 60 : over.waitSeconds,
      detail: `more than ${buyerMessagesPerMinute} messages a minute of one buyer; nothing of the call was taken`,
      buyer: { index, mend },
    };
  };
}
