/**
 * Messages coming in: stored once, and each new one moves its conversation on.
 */
import type { Answer, Buyer, Conversation, Message } from '../conversation.js';
import { emptyMemory } from '../conversation.js';
import { messageBody } from './message-body.js';
import type { Conversations } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import type { Accepted, AcceptResult, Arrive, ConversationChange } from './storage.js';

export interface Messages {
  accept(messages: readonly Message[], arrive: Arrive): Omit<AcceptResult, 'answers'>;
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

export function openMessages(sql: Sql, conversations: Conversations): Messages {
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
    accept(messages, arrive) {
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

      const turns = [];
      for (const its of mentioned.values()) {
        its.arrived.sort((one, other) => one.sentAt - other.sentAt);
        for (const message of its.arrived) its.now = movedBy(its.now ?? newConversation(message), message, arrive);
        // Only a message that conflicts can name a conversation that does not exist.
        if (its.now === undefined) continue;
        if (its.before === undefined) {
          conversations.add(its.now);
          // A new conversation has no older messages: nothing to read.
          turns.push({ conversation: its.now, messages: its.arrived.filter((message) => message.author === 'buyer') });
        } else {
          if (its.arrived.length > 0) conversations.replace(its.now);
          turns.push(conversations.turn(its.now));
        }
      }
      return { accepted, turns };
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
  const change: ConversationChange = arrive({ ...conversation, connector, buyer }, message);
  return {
    shop,
    id,
    connector,
    buyer,
    version: version + 1,
    ...(change.firstUnansweredAt !== undefined && { firstUnansweredAt: change.firstUnansweredAt }),
    ...(change.dueAt !== undefined && { dueAt: change.dueAt }),
    memory: change.memory,
  };
}

/** The latest buyer, but a name once learned is not lost to a message without one. */
function knownBuyer(known: Buyer, latest: Buyer): Buyer {
  return latest.name === undefined && latest.id === known.id ? known : latest;
}
