/**
 * Messages coming in: stored once, and each new one moves its conversation on.
 */
import type { Answer, Buyer, Conversation, Message, Turn } from '../conversation.js';
import { emptyMemory } from '../conversation.js';
import { messageBody } from './message-body.js';
import type { Conversations } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import type { Turns } from './sqlite-turns.js';
import type { Accepted, AcceptResult, AnswerTurn, Arrive, ConversationChange } from './storage.js';

export interface Messages {
  accept(messages: readonly Message[], arrive: Arrive, answerTurn?: AnswerTurn): AcceptResult;
  answersTo(shop: string, connector: string, messageIds: readonly string[]): readonly Answer[];
}

/** A conversation while the messages of one call are stored. */
interface Mentioned {
  readonly shop: string;
  readonly id: string;
  readonly before: Conversation | undefined;
  now: Conversation | undefined;
  readonly arrived: Message[];
}

export function openMessages(sql: Sql, conversations: Conversations, answered: Pick<Turns, 'record' | 'finish'>): Messages {
  const insert = sql.write(`
    insert into messages (shop, connector, id, conversation, author, sent_at_ms, received_at_ms, body)
    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (shop, connector, id) do nothing`);
  const stored = sql.one<{ body: string }>('select body from messages where shop = ? and connector = ? and id = ?');
  const answerTo = sql.one<{ seq: number; body: string }>(`
    select answers.seq as seq, answers.body as body
    from messages join answers on answers.shop = messages.shop and answers.id = messages.answer_id
    where messages.shop = ? and messages.connector = ? and messages.id = ?`);

  function store(message: Message): Accepted {
    const { shop, connector, id, conversation, author, sentAt, receivedAt } = message;
    const body = messageBody(message);
    if (insert(shop, connector, id, conversation, author, sentAt, receivedAt, body) === 1) {
      return { id, duplicate: false, conflict: false };
    }
    return { id, duplicate: true, conflict: stored(shop, connector, id)?.body !== body };
  }

  return {
    accept(messages, arrive, answerTurn) {
      const mentioned = new Map<string, Mentioned>();
      const accepted = messages.map((message) => {
        const { shop, conversation: id } = message;
        const outcome = store(message);
        const key = `${shop}\0${id}`;
        let its = mentioned.get(key);
        if (its === undefined) {
          const before = conversations.load(shop, id);
          its = { shop, id, before, now: before, arrived: [] };
          mentioned.set(key, its);
        }
        if (!outcome.duplicate) its.arrived.push(message);
        return outcome;
      });

      const turns: Turn[] = [];
      const answers: Answer[] = [];
      for (const its of mentioned.values()) {
        its.arrived.sort((one, other) => one.sentAt - other.sentAt);
        for (const message of its.arrived) its.now = movedBy(its.now ?? newConversation(message), message, arrive);
        // Only a message that conflicts can name a conversation that does not exist.
        const { now, before, arrived } = its;
        if (now === undefined) continue;
        // A new conversation has no older messages: nothing to read.
        const turn = before === undefined ? newTurn(now, arrived) : conversations.turn(now);
        turns.push(turn);
        const done = turn.messages.length === 0 ? undefined : answerTurn?.(turn);
        if (done !== undefined) answers.push(done.answer);
        const { shop, id, version } = now;
        if (arrived.length === 0) {
          if (done !== undefined) answered.finish({ shop, conversation: id, version, ...done });
          continue;
        }
        // Written once, as it stands after its Answer: each writing moves it in the desk's index.
        const after = done === undefined ? now : changedTo(now, done.change);
        if (before === undefined) conversations.add(after);
        else conversations.replace(after);
        if (done !== undefined) answered.record(shop, id, done);
      }
      return { accepted, turns, answers };
    },

    answersTo(shop, connector, messageIds) {
      const found = new Map<number, Answer>();
      for (const id of messageIds) {
        const row = answerTo(shop, connector, id);
        if (row !== undefined && !found.has(row.seq)) found.set(row.seq, JSON.parse(row.body) as Answer);
      }
      return [...found].sort(([one], [other]) => one - other).map(([, answer]) => answer);
    },
  };
}

function newConversation({ shop, conversation, connector, buyer }: Message): Conversation {
  return { shop, id: conversation, connector, buyer, version: 0, memory: emptyMemory };
}

function movedBy(conversation: Conversation, message: Message, arrive: Arrive): Conversation {
  const { shop, id, version } = conversation;
  // Answers go back to where the buyer wrote last; where an agent writes from says nothing of that.
  const connector = message.author === 'buyer' ? message.connector : conversation.connector;
  const buyer = knownBuyer(conversation.buyer, message.buyer);
  return changedTo({ shop, id, connector, buyer, version }, arrive({ ...conversation, connector, buyer }, message));
}

function changedTo(
  { shop, id, connector, buyer, version }: Pick<Conversation, 'shop' | 'id' | 'connector' | 'buyer' | 'version'>,
  { firstUnansweredAt, dueAt, memory }: ConversationChange,
): Conversation {
  return {
    shop,
    id,
    connector,
    buyer,
    version: version + 1,
    ...(firstUnansweredAt !== undefined && { firstUnansweredAt }),
    ...(dueAt !== undefined && { dueAt }),
    memory,
  };
}

function newTurn(conversation: Conversation, arrived: readonly Message[]): Turn {
  return { conversation, messages: arrived.filter((message) => message.author === 'buyer') };
}

/** The latest buyer, but a name once learned is not lost to a message without one. */
function knownBuyer(known: Buyer, latest: Buyer): Buyer {
  return latest.name === undefined && latest.id === known.id ? known : latest;
}
