/**
 * The push side of the outbox: claims deliveries under a lease, looks once more whether a person took over meanwhile,
 * sends them through their connector, and writes down what became of them. It sleeps until the next one is due. A fault
 * of one delivery is that delivery's outcome, a fault of the storage a pause; nothing here ends the process.
 */
import type { Logger } from 'pino';
import type { Connector, SendOutcome } from '../connectors/connector.js';
import type { Instant, Reason } from '../conversation.js';
import { type Language, reasonWords } from '../reasons.js';
import type { Delivery, Storage } from '../storage/storage.js';

export interface CallbackSettings {
  readonly storage: Pick<Storage, 'claimDeliveries' | 'settleDelivery' | 'nextDeliveryAt' | 'expireLeases' | 'receipt'>;
  readonly connectors: readonly Connector[];
  /** Asked right before each attempt; a reason drops the reply. */
  readonly mayStillSend: (delivery: Delivery) => Promise<Reason | undefined>;
  /** Between one attempt and the next; after the last the reply has failed. */
  readonly retrySeconds: readonly number[];
  /** Seconds to add to a wait, so that many do not come at the same moment. */
  readonly jitterSeconds: (waitSeconds: number) => number;
  readonly now: () => Instant;
  /** In which a drop is explained. */
  readonly language: Language;
  readonly log: Pick<Logger, 'warn' | 'error' | 'debug'>;
  /** Default 16. */
  readonly mostAtOnce?: number;
}

export interface CallbackWorker {
  /** New deliveries were queued. */
  wake(): void;
  /** Claims no more and resolves when those under way are settled. */
  stop(): Promise<void>;
}

const leaseSeconds = 30;
const timeoutMs = 10_000;
/** The longest sleep: leases of a process that died are looked for at this pace. */
const longestSleepMs = leaseSeconds * 1000;
/** After a round that found nothing to claim although something was due. */
const shortestSleepMs = 1000;

export function startCallback(settings: CallbackSettings): CallbackWorker {
  const { storage, now, log } = settings;
  const mostAtOnce = settings.mostAtOnce ?? 16;
  const connectors = new Map(settings.connectors.map((connector) => [connector.name, connector]));
  const idempotent = settings.connectors.filter((connector) => connector.idempotent).map((connector) => connector.name);
  const underWay = new Set<Promise<void>>();
  /** The last delivery under way of each conversation: replies of one conversation go out one after the other. */
  const last = new Map<string, Promise<void>>();
  let stopping = false;
  let woken = false;
  let endSleep: (() => void) | undefined;
  let leasesCheckedAt = Number.NEGATIVE_INFINITY;

  function wake(): void {
    woken = true;
    endSleep?.();
  }

  /** Until woken, or for so long. */
  async function sleep(ms: number): Promise<void> {
    if (woken || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endSleep = undefined;
  }

  /** Starts what is due and tells for how many milliseconds nothing else is. */
  async function round(): Promise<number> {
    if (now() - leasesCheckedAt >= longestSleepMs) {
      const expired = await storage.expireLeases(now(), idempotent);
      leasesCheckedAt = now();
      if (expired > 0) log.warn({ expired }, 'deliveries were left under way and are taken up again');
    }
    const room = mostAtOnce - underWay.size;
    // Whatever ends under way wakes.
    if (room <= 0) return longestSleepMs;
    const next = await storage.nextDeliveryAt();
    if (next === undefined) return longestSleepMs;
    if (next > now()) return Math.min(next - now(), longestSleepMs);
    const claimedAt = now();
    const claimed = await storage.claimDeliveries(claimedAt, leaseSeconds, room);
    for (const delivery of claimed) begin(delivery, claimedAt + leaseSeconds * 1000);
    return claimed.length === 0 ? shortestSleepMs : 0;
  }

  function begin(delivery: Delivery, leaseEndsAt: Instant): void {
    const key = `${delivery.shop}\n${delivery.conversation}`;
    const work = (last.get(key) ?? Promise.resolve())
      .then(() => deliver(delivery, leaseEndsAt))
      .catch((error: unknown) => log.error({ err: error, reply: delivery.reply.id }, 'a delivery could not be settled'))
      .finally(() => {
        underWay.delete(work);
        if (last.get(key) === work) last.delete(key);
        wake();
      });
    underWay.add(work);
    last.set(key, work);
  }

  async function deliver(delivery: Delivery, leaseEndsAt: Instant): Promise<void> {
    // It waited for another of its conversation so long that its lease may end while it is sent: left to a later claim.
    if (now() > leaseEndsAt - timeoutMs) return;
    const id = delivery.reply.id;
    const against = await settings.mayStillSend(delivery);
    if (against !== undefined) {
      await storage.settleDelivery(id, delivery.fence, 'dropped', reasonWords(against, settings.language));
      return;
    }
    const outcome = await send(delivery);
    if (outcome.state === 'retry') await settleRetry(delivery, outcome);
    else {
      const because = outcome.state === 'sent' ? '' : outcome.because;
      await storage.settleDelivery(id, delivery.fence, outcome.state, because);
      if (outcome.state !== 'sent') log.warn({ reply: id, shop: delivery.shop, state: outcome.state, because }, 'not delivered');
    }
    if (outcome.state === 'sent' && outcome.platformMessageId !== undefined) {
      const { platformMessageId } = outcome;
      await storage.receipt(delivery.shop, id, { state: 'sent', at: now(), platformMessageId });
    }
  }

  async function send(delivery: Delivery): Promise<SendOutcome> {
    const connector = connectors.get(delivery.connector);
    if (connector?.send === undefined) return { state: 'failed', because: `connector ${delivery.connector} does not send` };
    try {
      return await connector.send(delivery, AbortSignal.timeout(timeoutMs));
    } catch (error) {
      log.error({ err: error, reply: delivery.reply.id }, 'a connector failed');
      return { state: connector.idempotent ? 'retry' : 'unknown', because: 'the connector failed' };
    }
  }

  async function settleRetry(delivery: Delivery, outcome: Extract<SendOutcome, { state: 'retry' }>): Promise<void> {
    const id = delivery.reply.id;
    const scheduled = settings.retrySeconds[delivery.attempts - 1];
    if (scheduled === undefined) {
      const because = `${outcome.because}; given up after ${delivery.attempts} attempts`;
      log.warn({ reply: id, shop: delivery.shop, because }, 'not delivered');
      await storage.settleDelivery(id, delivery.fence, 'failed', because);
      return;
    }
    // A receiver may ask for more time than the schedule gives, never for less: attempts are few.
    const waitSeconds = Math.max(scheduled, outcome.afterSeconds ?? 0);
    const retryAt = now() + Math.round((waitSeconds + settings.jitterSeconds(waitSeconds)) * 1000);
    log.debug({ reply: id, attempts: delivery.attempts, because: outcome.because, retryAt }, 'delivery is tried again');
    await storage.settleDelivery(id, delivery.fence, 'queued', outcome.because, retryAt);
  }

  async function run(): Promise<void> {
    let faults = 0;
    while (!stopping) {
      woken = false;
      let sleepMs: number;
      try {
        sleepMs = await round();
        faults = 0;
      } catch (error) {
        faults += 1;
        sleepMs = Math.min(shortestSleepMs * 2 ** faults, longestSleepMs);
        // A wake-up does not shorten the pause: the storage is what is missing.
        woken = false;
        log.error({ err: error }, 'deliveries cannot be read');
      }
      if (sleepMs > 0) await sleep(sleepMs);
    }
  }

  const running = run();
  return {
    wake,
    async stop() {
      stopping = true;
      endSleep?.();
      await running;
      await Promise.all(underWay);
    },
  };
}
