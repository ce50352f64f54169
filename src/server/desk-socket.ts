/** /v1/desk: an agent's screen. What changes comes in frames that are made once for all screens; commands go the way of HTTP. */
import { mayDo } from '../access/scopes.js';
import { isAllowed } from './bearer.js';
import { helloSeconds } from './connect-frames.js';
import type { ServerDeps } from './deps.js';
import { type DeskActions, type Done, type Worker, workerOf } from './desk-actions.js';
import type { AgentAtDesk } from './desk-agents.js';
import { deskFrames, deskSocketRoute } from './desk-frames.js';
import { asSet, type DeskHub, type Seat } from './desk-hub.js';
import type { DeskConversationOnTheWire } from './desk-schemas.js';
import { InvalidRequest } from './errors-to-problems.js';
import type { ShopAtWork } from './flow-port.js';
import { openPhraseNews } from './phrase-news.js';
import type { Sockets } from './socket.js';
import { closeCodes, type FrameOf, type LiveSocket } from './socket-live.js';

type AnyFrame = FrameOf<typeof deskFrames>;
type Frame<T extends AnyFrame['type']> = Extract<AnyFrame, { type: T }>;
type Command = Exclude<AnyFrame, { type: 'hello' | 'open' | 'away' | 'typing' | 'seen' }>;

const typingEveryMs = 1000;
/** Somebody who no longer works here is sent away within this time. */
const lookEveryMs = 30_000;

export function openDeskSocket(
  deps: ServerDeps,
  sockets: Sockets,
  hub: DeskHub,
  actions: DeskActions,
  agents: (shop: string) => Promise<readonly AgentAtDesk[]>,
): void {
  const { flow, people, now } = deps;
  const news = openPhraseNews(deps.phrases);

  /** Who it is now: a role may have changed since the socket was opened. Undefined: may no longer be here. */
  async function workerNow(socket: LiveSocket, shop: string): Promise<Worker | undefined> {
    const { caller } = socket;
    if (caller.kind === 'token') return isAllowed(caller, shop, ['desk']) ? workerOf(caller) : undefined;
    const user = await people.user(caller.user.id);
    if (user === undefined || user.disabledAt !== undefined || !mayDo(user, shop, ['desk'])) return undefined;
    return workerOf({ ...caller, user });
  }

  sockets.route({
    url: deskSocketRoute.url,
    permissions: ['desk'],
    frames: deskFrames,
    open(socket) {
      let shop: string | undefined;
      let seat: Seat | undefined;
      let forgetPhrases: (() => void) | undefined;
      let typedAt = Number.NEGATIVE_INFINITY;
      const deadline = setTimeout(() => socket.close(closeCodes.policy, 'no hello'), helloSeconds * 1000).unref();
      let looking: NodeJS.Timeout | undefined;

      async function hello(frame: Frame<'hello'>): Promise<void> {
        if (shop !== undefined) throw wrongPlace('came a second time', 'open another socket for another shop');
        const who = await workerNow(socket, frame.shop);
        if (who === undefined) return turnAway('forbidden', 'the caller may not sit at the desk of this shop');
        const atWork = flow.shop(frame.shop);
        if (atWork === undefined) return turnAway('not_found', 'there is no such shop');
        if (!socket.join(frame.shop)) {
          socket.tell({ code: 'too_many', detail: 'too many open sockets in this shop', retryAfterSeconds: 30 });
          return;
        }
        if (!socket.isOpen) return;
        clearTimeout(deadline);
        shop = frame.shop;
        if (frame.only === undefined) seat = hub.sit(shop, socket, who.agent);
        looking = setInterval(() => void lookAgain(), lookEveryMs).unref();
        forgetPhrases = news.add(shop, socket, socket.caller.kind === 'user' ? who.agent.id : undefined);
        if (seat === undefined) socket.send({ type: 'ready', seq: await deps.storage.deskSeq(shop) });
        else await catchUp(frame.shop, seat, frame.since, who, atWork);
        // After it listens: a change between the two is told twice rather than not at all.
        const revision = frame.phrasesRevision === undefined ? undefined : await news.missed(shop, frame.phrasesRevision);
        if (revision !== undefined) socket.offer('phrases', { type: 'phrases.changed', revision });
      }

      /** Tells who sits down all that was missed; only then what happens from now on, so that no number is skipped. */
      async function catchUp(
        its: string,
        place: Seat,
        since: number | undefined,
        who: Worker,
        atWork: ShopAtWork,
      ): Promise<void> {
        const latest = await deps.storage.deskSeq(its);
        // A number that was never given is of another database: a backup was brought back.
        const isKnown = since !== undefined && since <= latest;
        let seq = isKnown ? since : latest;
        socket.send({
          type: 'welcome',
          shop: its,
          seq,
          reset: !isKnown,
          now: new Date(now()).toISOString(),
          me: { ...who.agent, isLead: who.isLead },
          agents: await agents(its),
          ...asSet(atWork, flow.switches(its), now()),
        });
        if (!isKnown) {
          const start = await hub.start(its);
          for (const frame of start.framesOf(who.agent.id)) socket.send(frame);
          seq = start.seq;
        }
        while (socket.isOpen) {
          const page = await hub.page(its, seq);
          if (page.frameOf === undefined) break;
          socket.send(page.frameOf(who.agent.id));
          seq = page.seq;
        }
        place.caughtUp(seq);
        socket.send({ type: 'ready', seq });
      }

      /** @throws InvalidRequest where the shop has no such conversation */
      async function mustBe(its: string, conversation: string): Promise<void> {
        if ((await deps.storage.lastPosition(its, conversation)) === undefined) throw notThere();
      }

      async function lookAgain(): Promise<void> {
        try {
          if (shop !== undefined && (await workerNow(socket, shop)) === undefined) socket.close(closeCodes.ended, 'over');
        } catch (error) {
          deps.log.warn({ err: error }, 'whether somebody may stay at the desk could not be looked up');
        }
      }

      function turnAway(code: 'forbidden' | 'not_found', detail: string): void {
        socket.tell({ code, detail });
        socket.close(closeCodes.policy, code);
      }

      async function obey(frame: Command, its: string, who: Worker): Promise<void> {
        const outcome = await done(frame, its, who);
        if ('problem' in outcome) {
          const { code, detail, holder, findings } = outcome.problem;
          socket.send({ type: 'error', code, detail, inReplyTo: frame.id, holder, findings });
        } else socket.send({ type: 'result', id: frame.id, ...outcome.done });
      }

      function done(frame: Command, its: string, who: Worker): Promise<Done<object>> {
        const { conversation } = frame;
        switch (frame.type) {
          case 'take':
            return asResult(actions.take(its, conversation, who, frame));
          case 'handOver':
            return asResult(actions.handOver(its, conversation, who, frame));
          case 'close':
            return asResult(actions.close(its, conversation, who, frame));
          case 'reopen':
            return asResult(actions.reopen(its, conversation, who));
          case 'retry':
            return asResult(actions.retry(its, conversation, who, frame.reply));
          case 'send':
            return actions.send(its, conversation, who, frame);
          case 'feedback':
            return actions
              .feedback(its, conversation, who, frame)
              .then((outcome) => ('problem' in outcome ? outcome : { done: {} }));
        }
      }

      return {
        async frame(frame) {
          if (frame.type === 'hello') return hello(frame);
          if (shop === undefined || seat === undefined) throw wrongPlace('came before hello', 'say hello first');
          if (frame.type === 'open') {
            if (frame.conversation !== undefined) await mustBe(shop, frame.conversation);
            return seat.open(frame.conversation);
          }
          if (frame.type === 'away') return seat.away(frame.away);
          const who = await workerNow(socket, shop);
          if (who === undefined) return socket.close(closeCodes.ended, 'over');
          if (frame.type === 'seen') {
            if (!(await hub.seen(shop, frame.conversation, frame.position, who.agent))) throw notThere();
            return;
          }
          if (frame.type === 'typing') {
            if (now() - typedAt < typingEveryMs) return;
            typedAt = now();
            await mustBe(shop, frame.conversation);
            return hub.typing(shop, frame.conversation, who.agent);
          }
          return obey(frame, shop, who);
        },
        closed() {
          clearTimeout(deadline);
          clearInterval(looking);
          seat?.leave();
          forgetPhrases?.();
        },
      };
    },
  });
}

function asResult(doing: Promise<Done<DeskConversationOnTheWire>>): Promise<Done<{ conversation: DeskConversationOnTheWire }>> {
  return doing.then((outcome) => ('problem' in outcome ? outcome : { done: { conversation: outcome.done } }));
}

function notThere(): InvalidRequest {
  const mend = 'name the `id` of a conversation of this shop';
  return new InvalidRequest([{ field: 'conversation', problem: 'is unknown', mend }]);
}

function wrongPlace(problem: string, mend: string): InvalidRequest {
  return new InvalidRequest([{ field: 'type', problem, mend }]);
}
