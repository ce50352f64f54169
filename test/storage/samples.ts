/** Things of a shop as the storage tests need them: each with everything it must have, and what the test says besides. */

import type { Answer, Conversation, Memory, Message, Reply } from '../../src/conversation.js';
import { emptyMemory } from '../../src/conversation.js';
import type { User } from '../../src/storage/people.js';
import type { Arrive, Finish, Storage, Token } from '../../src/storage/storage.js';

/** 2026-10-01T21:00:00+08:00, far over 2^31. */
export const evening = 1_790_859_600_000;

export function message(its: Partial<Message> = {}): Message {
  return {
    shop: 'tea',
    connector: 'webhook',
    id: 'm1',
    conversation: 'c1',
    buyer: { id: 'b1' },
    author: 'buyer',
    type: 'text',
    text: '什么时候发货',
    sentAt: evening,
    receivedAt: evening + 200,
    ...its,
  };
}

/** Like the flow: a buyer's message makes the conversation due a second later. */
export const arrive: Arrive = (conversation, { author, receivedAt }) =>
  author === 'buyer'
    ? {
        firstUnansweredAt: conversation.firstUnansweredAt ?? receivedAt,
        dueAt: receivedAt + 1000,
        memory: conversation.memory,
      }
    : { memory: { ...conversation.memory, humanUntil: receivedAt + 600_000 } };

export function reply(its: Partial<Reply> = {}): Reply {
  return {
    id: 'r1',
    kind: 'answer',
    text: '亲，48小时内发货',
    characters: 9,
    intents: ['ship_time'],
    template: 'ship_time.default',
    findings: [],
    delivery: 'send',
    ...its,
  };
}

export function answer(its: Partial<Answer> = {}): Answer {
  return {
    id: 'a1',
    conversation: 'c1',
    action: 'auto',
    because: [{ code: 'off_duty', values: { opening: '09:00' } }],
    understanding: { text: '什么时候发货', intents: [], slots: {}, margin: 0.5, because: [] },
    replies: [reply()],
    inReplyTo: ['m1'],
    open: [],
    at: evening + 1500,
    knowledge: 'k1',
    ...its,
  };
}

export function finishing(its: Partial<Finish> = {}): Finish {
  return {
    shop: 'tea',
    conversation: 'c1',
    version: 1,
    answer: answer(),
    change: { memory: emptyMemory },
    callback: false,
    ...its,
  };
}

/** The buyer asks `m1` and gets reply `r1`, to be delivered by callback. */
export async function askedAndAnswered(storage: Storage, its: Partial<Finish> = {}): Promise<void> {
  await storage.accept([message()], arrive);
  await storage.finish(finishing({ callback: true, ...its }));
}

export function token(its: Partial<Token> = {}): Token {
  return { id: 't1', shop: 'tea', scope: 'connect', createdAt: evening, ...its };
}

export const fullMemory: Memory = {
  answered: [{ key: 'b1 ship_time', at: evening, times: 2 }],
  heldPeriod: evening - 3_600_000,
  humanUntil: evening + 60_000,
  misunderstood: 1,
  lastIntents: ['ship_time'],
  lastSlots: { region: { province: '新疆' }, discount: 0.8, quantity: 2 },
  item: { id: 'i1', title: '大红袍 250g', priceYuan: 19.9 },
  order: { id: '260123456789012345678', status: 'paid' },
  lastTexts: ['亲，48小时内发货'],
};

export function ids(messages: readonly { readonly id: string }[]): string[] {
  return messages.map(({ id }) => id);
}

/** Of a turn that must be there. */
export async function conversationOf(storage: Storage, shop = 'tea', id = 'c1'): Promise<Conversation> {
  const turn = await storage.turn(shop, id);
  if (turn === undefined) throw new Error(`no conversation ${id}`);
  return turn.conversation;
}

export function user(its: Partial<User> = {}): User {
  return { id: 'u1', login: 'xiaozhou', name: '小周', role: 'agent', shops: ['tea'], createdAt: evening, ...its };
}
