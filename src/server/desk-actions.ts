/**
 * What agents do to conversations, the same over HTTP and websocket. Each is decided on the conversation as it stands, in one
 * transaction; a refusal is told as a problem.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { isLead } from '../access/roles.js';
import { mayDo } from '../access/scopes.js';
import { judge } from '../compliance/verdict.js';
import { characters, fits } from '../composing/limits.js';
import type { Agent, Conversation, DeskState, Finding, Instant, Memory } from '../conversation.js';
import { shownState } from '../desk/delivery-state.js';
import { closed, givenToBot, handedOver, keptStill, type Refusal, reopened, taken, written } from '../desk/hold.js';
import { spokenByAgent } from '../flow/arrive.js';
import { itemInView } from '../flow/heard.js';
import { isOrderingAccount, orderNamed } from '../policy/order-facts.js';
import type { DeskWrite, DraftFeedback, Standing } from '../storage/desk.js';
import type { Actor, AuditEntry } from '../storage/people.js';
import type { ConversationChange } from '../storage/storage.js';
import { actor, type Caller } from './bearer.js';
import type { ServerDeps } from './deps.js';
import type { DeskLook } from './desk-look.js';
import type {
  closeRequestSchema,
  DeskConversationOnTheWire,
  feedbackRequestSchema,
  handOverRequestSchema,
  sendRequestSchema,
  takeRequestSchema,
} from './desk-schemas.js';
import { undeliveredOf } from './desk-wire.js';
import { InvalidRequest } from './errors-to-problems.js';
import type { Problem } from './problem.js';

/** Who is at the desk. */
export interface Worker {
  readonly agent: Agent;
  readonly actor: Actor;
  /** May take away what a colleague holds, and send what the rules forbid. */
  readonly isLead: boolean;
}

export type Done<Result = DeskConversationOnTheWire> = { readonly done: Result } | { readonly problem: Problem };

export interface DeskActions {
  take(shop: string, id: string, who: Worker, asked: z.output<typeof takeRequestSchema>): Promise<Done>;
  handOver(shop: string, id: string, who: Worker, asked: z.output<typeof handOverRequestSchema>): Promise<Done>;
  close(shop: string, id: string, who: Worker, asked: z.output<typeof closeRequestSchema>): Promise<Done>;
  reopen(shop: string, id: string, who: Worker): Promise<Done>;
  send(
    shop: string,
    id: string,
    who: Worker,
    asked: z.output<typeof sendRequestSchema>,
  ): Promise<Done<{ readonly reply: string; readonly duplicate: boolean; readonly conversation: DeskConversationOnTheWire }>>;
  retry(shop: string, id: string, who: Worker, reply: string): Promise<Done>;
  feedback(shop: string, id: string, who: Worker, asked: z.output<typeof feedbackRequestSchema>): Promise<Done<true>>;
}

export function workerOf(caller: Caller): Worker {
  const by = actor(caller);
  return {
    agent: { id: by.id, name: by.name },
    actor: by,
    isLead: caller.kind === 'token' || isLead(caller.user.role),
  };
}

type ActionDeps = Pick<ServerDeps, 'storage' | 'flow' | 'people' | 'now'>;

export function openDeskActions({ storage, flow, people, now }: ActionDeps, look: DeskLook): DeskActions {
  /** Decides on the conversation as it stands, and tells how it stands then. */
  async function decided(
    shop: string,
    id: string,
    who: Worker,
    replyId: string | undefined,
    decide: (standing: Standing) => { readonly refused: Refusal } | { readonly write: DeskWrite | undefined },
  ): Promise<Done> {
    const outcome = await flow.deskWrite(shop, id, replyId, decide);
    if (outcome === undefined) return { problem: unknownConversation };
    if ('refused' in outcome) return { problem: refusalProblem(outcome.refused) };
    return { done: (await look.one(shop, id, who.agent.id))! };
  }

  /** @throws InvalidRequest for more than the platform takes: it would be cut, or not arrive */
  function mustFit(shop: string, text: string): void {
    const most = flow.shop(shop)?.parameters.bot.draftCharacters;
    if (most === undefined || fits(text, most)) return;
    const problem = `has ${characters(text)} characters, and the platform takes ${most}`;
    const mend = 'say it shorter, or in two messages (the limit is bot.draftCharacters of the shop)';
    throw new InvalidRequest([{ field: 'text', problem, mend }]);
  }

  const keepStillMinutes = (shop: string): number => flow.shop(shop)?.parameters.bot.keepStillMinutes ?? 0;

  async function agentNamed(shop: string, id: string): Promise<Agent> {
    const user = await people.user(id);
    if (user !== undefined && user.disabledAt === undefined && mayDo(user, shop, ['desk']))
      return { id: user.id, name: user.name };
    const mend = 'name the id of a user who works at the desk of this shop';
    throw new InvalidRequest([{ field: 'agent', problem: 'does not work here', mend }]);
  }

  return {
    take: (shop, id, who, { from }) =>
      decided(shop, id, who, undefined, ({ conversation, desk }) => {
        const at = now();
        const held = taken(desk, who.agent, from, at);
        if ('refused' in held) return held;
        if (held.desk === desk) return { write: undefined };
        const memory = keptStill(conversation.memory, at, keepStillMinutes(shop));
        return {
          write: { desk: held.desk, change: changed(conversation, memory), audit: takenEntries(shop, id, who, desk, at) },
        };
      }),

    async handOver(shop, id, who, { to, agent: named, note }) {
      // Frames of a socket are checked field by field alone.
      if ((to === 'agent') !== (named !== undefined))
        throw new InvalidRequest([
          { field: 'agent', problem: 'goes with `to: agent`', mend: 'name the agent with it, and only then' },
        ]);
      const next = named === undefined ? undefined : await agentNamed(shop, named);
      return decided(shop, id, who, undefined, ({ conversation, desk }) => {
        const at = now();
        const held = handedOver(desk, who.agent, next, note, who.isLead, at);
        if ('refused' in held) return held;
        const memory = to === 'bot' ? givenToBot(conversation.memory) : conversation.memory;
        const details = { to: next?.id ?? to, from: desk.holder?.id ?? null };
        const audit = [{ shop, at, by: who.actor, action: 'conversation_handed_over' as const, subject: id, details }];
        return { write: { desk: held.desk, change: changed(conversation, memory), audit } };
      });
    },

    async close(shop, id, who, { force }) {
      const view = await storage.deskView(shop, id);
      const failed = view && undeliveredOf(view);
      return decided(shop, id, who, undefined, ({ conversation, desk }) => {
        const held = closed(desk, conversation.memory, who.agent, force, who.isLead, now(), failed);
        if ('refused' in held) return held;
        const { unanswered: _, waiting: _waiting, ...memory } = conversation.memory;
        return { write: { desk: held.desk, change: changed(conversation, memory) } };
      });
    },

    reopen: (shop, id, who) =>
      decided(shop, id, who, undefined, ({ desk }) => {
        const at = now();
        const held = reopened(desk, who.agent, at);
        if ('refused' in held) return held;
        if (held.desk === desk) return { write: undefined };
        return { write: { desk: held.desk, audit: takenEntries(shop, id, who, desk, at) } };
      }),

    async send(shop, id, who, { text, id: own, draft: draftId, override }) {
      mustFit(shop, text);
      const turn = await storage.turn(shop, id);
      if (turn === undefined) return { problem: unknownConversation };
      const { memory, buyer } = turn.conversation;
      const isOwner = isOrderingAccount(orderNamed(memory, turn.messages), buyer.id);
      const findings = flow.check(shop, text, isOwner, itemInView(turn));
      const problem = findingsProblem(findings, override, who.isLead);
      const reply = own === undefined ? freshReplyId() : `ag_${own}`;
      const draft = draftId === undefined ? undefined : await draftOf(shop, id, draftId);
      let duplicate = false;
      const outcome = await decided(shop, id, who, reply, ({ conversation, desk, sent }) => {
        duplicate = sent !== undefined;
        if (sent !== undefined)
          return sent.conversation === id && sent.reply.text === text ? { write: undefined } : { refused: { code: 'id_taken' } };
        const at = now();
        const held = written(desk, who.agent, at);
        if ('refused' in held) return held;
        if (problem !== undefined) return { refused: { code: 'findings' } };
        const audit = takenEntries(shop, id, who, desk, at);
        const grave = findings.filter(({ severity }) => severity !== 'hint');
        if (grave.length > 0) {
          const details = { reply, rules: grave.map(({ rule }) => rule).join(', '), points: judge(grave).points };
          audit.push({ shop, at, by: who.actor, action: 'finding_overridden', subject: id, details });
        }
        const outgoing = { id: reply, kind: 'agent', author: who.agent, text, characters: characters(text), findings } as const;
        const isEdited = draft !== undefined && draft.text !== text;
        return {
          write: {
            desk: held.desk,
            change: spokenByAgent(conversation, at, keepStillMinutes(shop)),
            reply: { reply: outgoing, at, callback: flow.pushes(shop, conversation.connector) },
            ...(draft !== undefined && {
              feedback: {
                draft: draft.id,
                outcome: isEdited ? 'edited' : 'accepted',
                ...(isEdited && { text }),
                by: who.actor,
                at,
              },
            }),
            audit,
          },
        };
      });
      if ('problem' in outcome) return problem !== undefined && outcome.problem.code === 'finding' ? { problem } : outcome;
      return { done: { reply, duplicate, conversation: outcome.done } };
    },

    retry: (shop, id, who, reply) => {
      const fresh = freshReplyId();
      return decided(shop, id, who, reply, ({ conversation, desk, sent }) => {
        const at = now();
        const held = written(desk, who.agent, at);
        if ('refused' in held) return held;
        if (sent?.conversation !== id) return { refused: { code: 'not_failed' } };
        const { state, receipts, retriedAs } = sent.delivery;
        if (retriedAs !== undefined) return { refused: { code: 'retried', as: retriedAs } };
        const told = receipts.map((receipt) => receipt.state);
        const shown = shownState(state, told);
        if (shown !== 'failed') return { refused: { code: 'not_failed', state: shown } };
        const audit = takenEntries(shop, id, who, desk, at);
        const change = changed(conversation, keptStill(conversation.memory, at, keepStillMinutes(shop)));
        // What the shop's own address never took goes there again. What it took, and the platform then refused, it knows by
        // its id and would drop: that goes as a new reply. So do the bot's words, for which the agent answers from here on.
        if (sent.reply.kind === 'agent' && !told.includes('failed'))
          return { write: { desk: held.desk, change, requeue: { replyId: reply, at }, audit } };
        const { text, findings } = sent.reply;
        const again = { id: fresh, kind: 'agent', author: who.agent, text, characters: characters(text), findings } as const;
        const callback = flow.shop(shop)?.parameters.callbackUrl !== undefined;
        return { write: { desk: held.desk, change, reply: { reply: { ...again, retryOf: reply }, at, callback }, audit } };
      });
    },

    async feedback(shop, id, who, { draft, outcome, text, note }) {
      if ((outcome === 'edited') !== (text !== undefined))
        throw new InvalidRequest([{ field: 'text', problem: 'goes with `edited`', mend: 'say what it became, and only then' }]);
      const found = await draftOf(shop, id, draft, outcome === 'wrong' || outcome === 'withdrawn');
      const given: DraftFeedback = {
        draft: found.id,
        outcome,
        ...(text !== undefined && { text }),
        ...(note !== undefined && { note }),
      };
      const result = await decided(shop, id, who, undefined, () => ({
        write: { feedback: { ...given, by: who.actor, at: now() } },
      }));
      return 'problem' in result ? result : { done: true };
    },
  };

  function freshReplyId(): string {
    return `ag_${now().toString(36)}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  }

  /**
   * @param alsoSaid whether it may be what the bot said by itself
   * @throws InvalidRequest for a draft that this conversation never had
   */
  async function draftOf(
    shop: string,
    id: string,
    draft: string,
    alsoSaid = false,
  ): Promise<{ readonly id: string; readonly text: string }> {
    const found = await storage.draft(shop, draft);
    const isOne = alsoSaid || found?.reply.delivery === 'suggest';
    if (found !== undefined && isOne && found.answer.conversation === id) return found.reply;
    const mend = 'send the id of one of the `drafts` of this conversation';
    throw new InvalidRequest([{ field: 'draft', problem: 'is no draft of this conversation', mend }]);
  }
}

/** The turn stays as it was: what waits for the bot goes on waiting. */
function changed({ firstUnansweredAt, dueAt }: Conversation, memory: Memory): ConversationChange {
  return {
    ...(firstUnansweredAt !== undefined && { firstUnansweredAt }),
    ...(dueAt !== undefined && { dueAt }),
    memory,
  };
}

function takenEntries(shop: string, id: string, who: Worker, before: DeskState, at: Instant): AuditEntry[] {
  if (before.holder?.id === who.agent.id) return [];
  const details = { from: before.holder?.id ?? null };
  return [{ shop, at, by: who.actor, action: 'conversation_taken', subject: id, details }];
}

function findingsProblem(findings: readonly Finding[], override: boolean, isLead: boolean): Problem | undefined {
  const grave = findings.filter(({ severity }) => severity !== 'hint');
  if (grave.length === 0) return undefined;
  const isBlocked = grave.some(({ severity }) => severity === 'block');
  if (override && isBlocked && !isLead)
    return { status: 403, code: 'forbidden', detail: 'only a lead or an owner may send this', findings };
  if (override) return undefined;
  const { points } = judge(grave);
  const who = isBlocked ? 'a lead or an owner' : 'you';
  const detail = `it breaks ${grave.length} rule(s)${points > 0 ? ` (${points} points)` : ''}: take a wording of \`findings\`, or ${who} may send it with \`override: true\``;
  return { status: 422, code: 'finding', detail, findings };
}

export const unknownConversation: Problem = { status: 404, code: 'not_found', detail: 'the shop has no such conversation' };

function refusalProblem(refusal: Refusal): Problem {
  const conflict = (detail: string): Problem => ({ status: 409, code: 'conflict', detail });
  switch (refusal.code) {
    case 'held': {
      const { id, name } = refusal.holder;
      return { ...conflict(`${name} holds this conversation`), holder: { id, name } };
    }
    case 'not_held':
      return conflict('nobody holds this conversation any more: take it without `from`');
    case 'waits':
      return conflict('the buyer waits for an answer: answer, or close it with `force: true`');
    case 'undelivered':
      return conflict('a reply did not reach the buyer: send it again, or close it with `force: true`');
    case 'id_taken':
      return conflict('this id was used for another message');
    case 'not_failed':
      return conflict(
        refusal.state === undefined
          ? 'nothing was sent under this id in this conversation'
          : `only what failed is tried again; this is ${refusal.state}`,
      );
    case 'retried':
      return conflict(`it was sent again already, as ${refusal.as}`);
    case 'findings':
      return { status: 422, code: 'finding', detail: 'the text breaks rules' };
  }
}
