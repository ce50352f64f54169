/**
 * The flow at work: messages into the inbox, turns answered when they are due, replies into the feed and the outbox. The
 * due time is a column, so a restart goes on where the last process stopped; the one timer here only says when to look.
 */
import { randomUUID } from 'node:crypto';
import type { Answer, Conversation, Instant, Message, Turn } from '../conversation.js';
import { groundless, restsOnFormerStock } from '../desk/drafts.js';
import { type BotMode, lowestMode } from '../policy/bot-mode.js';
import type { Shop } from '../shop/shop.js';
import { stockTemplates } from '../shop/stock-templates.js';
import type { DeskStorage } from '../storage/desk.js';
import type { AcceptResult, AnswerTurn, Away, ConversationChange, Storage } from '../storage/storage.js';
import { answer, type Moment } from './answer.js';
import { type ArriveSettings, arrive } from './arrive.js';
import { redrafted } from './redraft.js';

/** What the flow tells of itself; messages' words never go through it. */
export interface FlowEvents {
  readonly answered?: (answer: Answer) => void;
  readonly failed?: (shop: string, conversation: string, error: unknown) => void;
  /** New replies were committed for a shop with a callback. */
  readonly queued?: () => void;
}

export interface FlowOptions {
  readonly storage: Storage;
  readonly shop: (id: string) => Shop | undefined;
  /** What the kill switch lowers the shop's bot to now. */
  readonly lowered?: (shop: string) => BotMode | undefined;
  /** When the shop's bot was last stopped. */
  readonly haltedAt?: (shop: string) => Instant | undefined;
  /** When the stock of a product last became another; without one, of any. */
  readonly stockChangedAt?: (shop: string, product?: string) => Instant | undefined;
  /** Whether replies that go by this connector are pushed; default: where the shop names a callback. */
  readonly pushes?: (shop: string, connector: string) => boolean;
  readonly now: () => Instant;
  readonly events?: FlowEvents;
}

export interface Flow {
  /**
   * Stores messages; resolves when they are durable. Wakes the answering of what is due.
   * @param wait answer at once, without the burst wait: one Answer per conversation in which something waits
   */
  accept(messages: readonly Message[], wait?: boolean): Promise<AcceptResult>;
  /**
   * What would be answered if the burst ended now: agents see it at once, buyers and the database nothing of it. Undefined
   * where no message waits, and where answering fails, which the due turn then tells.
   */
  foresee(turn: Turn): Answer | undefined;
  /**
   * Makes drafts anew, by the settings, switches and stock in force, for buyers who still wait and whose drafts rest on others. Resolves
   * when they are stored; what could not be made is told as failed and leaves its drafts withdrawn.
   */
  redraft(shop: string): Promise<void>;
  /** Writes what agents do at the desk; what they wrote goes on its way, and what it answers is closed. */
  readonly deskWrite: DeskStorage['deskWrite'];
  away(shop: string): Away | undefined;
  setAway(shop: string, away: Away | undefined): Promise<void>;
  /** Called after new replies of the shop were committed, with their conversation. Returns how to stop listening. */
  onFeed(shop: string, listener: (conversation: string) => void): () => void;
  /** Loads the away switches and begins to answer what is due. */
  start(shops: readonly string[]): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** A turn is answered again when a message came in meanwhile, so often; then it waits for its due time once more. */
const mostTries = 3;
const requeueSeconds = 2;
const turnsAtOnce = 200;
/** Conversations in which a buyer waits: more than a team can answer. */
const mostRedrafted = 2000;
/** Platforms echo a sent reply within seconds; after this it is taken for a human's own words. */
const echoWindowMinutes = 30;
const longestSleepSeconds = 3600;

/** Whether something is to be answered in it, or a buyer waits for an agent. */
function isOpen({ messages, waiting = [] }: Turn): boolean {
  return messages.length > 0 || waiting.length > 0;
}

/** The owner may have taken it back since the spell began. */
function mayStepIn({ parameters: { bot } }: Shop): boolean {
  return bot.stepIn !== undefined && bot.mode !== 'off';
}

/** Ids that grow with time: an index of random ones touches another page of the database with every answer. */
function answerId(now: Instant): string {
  return `an_${now.toString(36).padStart(9, '0')}${randomUUID().replaceAll('-', '').slice(0, 20)}`;
}

export function createFlow(options: FlowOptions): Flow {
  const { storage, now } = options;
  const events = options.events ?? {};
  const awayNow = new Map<string, Away>();
  const listeners = new Map<string, Set<(conversation: string) => void>>();
  const isPushed = options.pushes ?? ((shop: string) => options.shop(shop)?.parameters.callbackUrl !== undefined);
  let timer: NodeJS.Timeout | undefined;
  let wakeAt = Number.POSITIVE_INFINITY;
  let round: Promise<void> | undefined;
  let stopped = true;

  function wake(at: Instant): void {
    if (stopped || at >= wakeAt) return;
    wakeAt = at;
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(0, at - now()), longestSleepSeconds * 1000));
  }

  function look(): void {
    wakeAt = Number.POSITIVE_INFINITY;
    // One round at a time; a round looks again until nothing is due.
    if (round !== undefined || stopped) return;
    round = answerDue()
      .then(
        () => 0,
        (error: unknown) => {
          events.failed?.('', '', error);
          return requeueSeconds * 1000;
        },
      )
      .then(async (pause) => {
        round = undefined;
        if (stopped) return;
        try {
          const next = await storage.nextDueAt();
          // After a fault not at once: what is due is due all the time.
          if (next !== undefined) wake(Math.max(next, now() + pause));
        } catch (error) {
          if (stopped) return;
          events.failed?.('', '', error);
          wake(now() + requeueSeconds * 1000);
        }
      });
  }

  async function answerDue(): Promise<void> {
    for (;;) {
      const turns = await storage.due(now(), turnsAtOnce);
      if (turns.length === 0 || stopped) return;
      await Promise.all(turns.map(answerTurn));
    }
  }

  async function answerTurn(first: Turn): Promise<void> {
    let turn: Turn | undefined = first;
    const { shop: shopId, id } = first.conversation;
    const shop = options.shop(shopId);
    // A shop that was taken out of the configuration keeps its rows; nobody answers for it.
    if (shop === undefined) {
      await storage.requeue(shopId, id, now() + longestSleepSeconds * 1000);
      return;
    }
    try {
      for (let tries = 0; tries < mostTries && turn !== undefined && isOpen(turn); tries++) {
        if (turn.messages.length === 0 && !mayStepIn(shop)) {
          const { waiting: _, ...memory } = turn.conversation.memory;
          if ((await storage.moveOn(shopId, id, turn.conversation.version, { memory })) === 'done') return;
          turn = await storage.turn(shopId, id);
          continue;
        }
        const done = answered(turn, shop);
        const outcome = await storage.finish({ shop: shopId, conversation: id, version: turn.conversation.version, ...done });
        if (outcome === 'done') {
          finished(shopId, done.answer, done.callback);
          return;
        }
        turn = await storage.turn(shopId, id);
      }
      if (turn !== undefined && isOpen(turn)) await requeue(shopId, id);
    } catch (error) {
      events.failed?.(shopId, id, error);
      await requeue(shopId, id);
    }
  }

  function answered(turn: Turn, shop: Shop): ReturnType<AnswerTurn> & {} {
    return { ...answer(turn, shop, momentOf(shop)), callback: isPushed(turn.conversation.shop, turn.conversation.connector) };
  }

  async function redraft(shopId: string): Promise<void> {
    const atWork = options.shop(shopId);
    if (atWork === undefined || lowestMode(atWork.parameters.bot.mode, options.lowered?.(shopId)) === 'off') return;
    for (const { conversation } of await storage.deskOpen(shopId, mostRedrafted)) {
      if (stopped) return;
      if (conversation.memory.unanswered === undefined) continue;
      try {
        await redraftOne(shopId, conversation.id);
      } catch (error) {
        events.failed?.(shopId, conversation.id, error);
      }
    }
  }

  async function redraftOne(shopId: string, id: string): Promise<void> {
    const done = new Set<string>();
    for (let tries = 0; tries < mostTries * mostTries; tries++) {
      const [shop, view] = [options.shop(shopId), await storage.deskView(shopId, id)];
      if (shop === undefined || view?.conversation.memory.unanswered === undefined) return;
      const { version, firstUnansweredAt, dueAt, memory } = view.conversation;
      const haltedAt = options.haltedAt?.(shopId);
      const { humanSpokeAt } = memory;
      const stockChangedAt = options.stockChangedAt?.(shopId, memory.item?.id);
      const ground = {
        ...(humanSpokeAt !== undefined && { humanSpokeAt }),
        haltedAt,
        knowledge: shop.revision,
        stockChangedAt,
        stockTemplates: stockTemplates(shop.book),
      };
      const former = groundless(view.answers, ground).find((one) => !done.has(one.id));
      if (former === undefined) return;
      const newer = view.answers.slice(view.answers.indexOf(former) + 1);
      const moment = momentOf(shop);
      // Whatever is of the moment in which the bot was stopped, or the stock changed, holds no more.
      const after = { ...moment, now: Math.max(moment.now, (haltedAt ?? 0) + 1, (stockChangedAt ?? 0) + 1) };
      const because = restsOnFormerStock(former, ground) ? 'drafts_made_anew_stock' : 'drafts_made_anew';
      const made = redrafted(former, newer, view.conversation, shop, after, because);
      const change: ConversationChange = {
        memory,
        ...(firstUnansweredAt !== undefined && { firstUnansweredAt }),
        ...(dueAt !== undefined && { dueAt }),
      };
      const finish = { shop: shopId, conversation: id, version, change, callback: false };
      if (made === undefined || (await storage.finish({ ...finish, answer: made })) === 'done') done.add(former.id);
    }
  }

  function momentOf({ id }: Shop): Moment {
    const at = now();
    return { now: at, away: awayNow.get(id), lowered: options.lowered?.(id), id: answerId(at) };
  }

  /** One bad turn must not stop the others: it is tried again later, and the failure is told. */
  async function requeue(shop: string, conversation: string): Promise<void> {
    const at = now() + requeueSeconds * 1000;
    await storage.requeue(shop, conversation, at);
    wake(at);
  }

  function finished(shop: string, done: Answer, callback: boolean): void {
    events.answered?.(done);
    if (done.replies.some((reply) => reply.delivery === 'send')) onItsWay(shop, done.conversation, callback);
  }

  function onItsWay(shop: string, conversation: string, callback: boolean): void {
    for (const listener of listeners.get(shop) ?? []) listener(conversation);
    if (callback) events.queued?.();
  }

  async function accept(messages: readonly Message[], wait = false): Promise<AcceptResult> {
    const ownEchoes = new Set<string>();
    for (const message of messages) {
      if (message.author === 'agent' && (await storage.ownEcho(message, now() - echoWindowMinutes * 60_000)))
        ownEchoes.add(message.id);
    }
    const shop = messages[0] === undefined ? undefined : options.shop(messages[0].shop);
    const bot = shop?.parameters.bot;
    const settings: ArriveSettings = {
      burstSeconds: bot?.burstSeconds ?? 0,
      keepStillMinutes: bot?.keepStillMinutes ?? 0,
      ownEchoes,
    };
    const asking = new Set(messages.filter(({ author }) => author === 'buyer').map(({ conversation }) => conversation));
    // A turn that cannot be answered must not keep its message from being stored: it waits for its due time. So does a burst
    // in which only an agent or the platform has spoken now.
    let stepInAt = Number.POSITIVE_INFINITY;
    const answerTurn: AnswerTurn = (turn) => {
      try {
        if (shop === undefined || !asking.has(turn.conversation.id)) return undefined;
        const done = answered(turn, shop);
        stepInAt = Math.min(stepInAt, done.change.dueAt ?? Number.POSITIVE_INFINITY);
        return done;
      } catch (error) {
        events.failed?.(turn.conversation.shop, turn.conversation.id, error);
        return undefined;
      }
    };
    const move = (conversation: Conversation, message: Message) => arrive(conversation, message, settings);
    const result = await storage.accept(messages, move, wait ? answerTurn : undefined);
    wake(stepInAt);
    for (const turn of result.turns) {
      const done = result.answers.find((one) => one.conversation === turn.conversation.id);
      if (done !== undefined)
        finished(turn.conversation.shop, done, isPushed(turn.conversation.shop, turn.conversation.connector));
      else if (turn.conversation.dueAt !== undefined) wake(turn.conversation.dueAt);
    }
    return result;
  }

  return {
    accept,
    foresee(turn) {
      const shop = options.shop(turn.conversation.shop);
      if (shop === undefined || turn.messages.length === 0) return undefined;
      try {
        return answered(turn, shop).answer;
      } catch {
        return undefined;
      }
    },
    redraft,
    async deskWrite(shop, conversation, replyId, decide) {
      const outcome = await storage.deskWrite(shop, conversation, replyId, decide);
      if (outcome === undefined || 'refused' in outcome) return outcome;
      const { sent, conversation: after } = outcome.done;
      if (sent !== undefined) onItsWay(shop, conversation, isPushed(shop, after.connector));
      if (after.dueAt !== undefined) wake(after.dueAt);
      return outcome;
    },
    away: (shop) => awayNow.get(shop),
    async setAway(shop, away) {
      await storage.setAway(shop, away);
      if (away === undefined) awayNow.delete(shop);
      else awayNow.set(shop, away);
    },
    onFeed(shop, listener) {
      const mine = listeners.get(shop) ?? new Set();
      listeners.set(shop, mine);
      mine.add(listener);
      return () => mine.delete(listener);
    },
    async start(shops) {
      for (const shop of shops) {
        const away = await storage.away(shop);
        if (away !== undefined) awayNow.set(shop, away);
      }
      stopped = false;
      wake(now());
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
