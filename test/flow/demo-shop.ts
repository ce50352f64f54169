/** The demo shop as its files say, and turns of one conversation in it. */
import { loadRules } from '../../src/compliance/load-rules.js';
import { type Conversation, emptyMemory, type Memory, type Message } from '../../src/conversation.js';
import { faultLine } from '../../src/errors.js';
import { type Answered, answer } from '../../src/flow/answer.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import type { Shop } from '../../src/shop/shop.js';
import type { Away } from '../../src/storage/storage.js';
import { root } from '../cli/home.js';

/** Saturday 2026-11-21, half an hour after closing; a person answers on Sunday at 10:00. */
export const night = Date.parse('2026-11-21T23:30:00+08:00');
export const nextNight = Date.parse('2026-11-22T23:30:00+08:00');
/** Friday afternoon: agents are there. */
export const noon = Date.parse('2026-11-20T15:00:00+08:00');

const { shops, faults } = loadKnowledge(root, await loadRules());
if (!shops.has('demo')) throw new Error(faults.map(faultLine).join('\n'));
export const demo: Shop = shops.get('demo')!;

/** The demo shop with some of the bot's settings set otherwise. */
export function demoWith(bot: Partial<ShopParameters['bot']>, more: Partial<ShopParameters> = {}): Shop {
  return { ...demo, parameters: { ...demo.parameters, ...more, bot: { ...demo.parameters.bot, ...bot } } };
}

export function message(its: Partial<Message> = {}): Message {
  return {
    shop: 'demo',
    connector: 'generic',
    id: 'm1',
    conversation: 'c1',
    buyer: { id: 'b1' },
    author: 'buyer',
    type: 'text',
    text: '在吗',
    sentAt: night,
    receivedAt: night,
    ...its,
  };
}

export function conversation(its: Partial<Conversation> = {}): Conversation {
  return { shop: 'demo', id: 'c1', connector: 'generic', buyer: { id: 'b1' }, version: 1, memory: emptyMemory, ...its };
}

export interface Asked {
  readonly shop?: Shop;
  readonly memory?: Memory;
  readonly at?: number;
  readonly away?: Away;
  readonly more?: Partial<Message>;
  readonly version?: number;
}

/** One buyer message as a turn of its own. */
export function ask(
  text: string,
  { shop = demo, memory = emptyMemory, at = night, away, more = {}, version = 1 }: Asked = {},
): Answered {
  const messages = [message({ text, sentAt: at, receivedAt: at, ...more })];
  return answer({ conversation: conversation({ memory, version }), messages }, shop, { now: at, away, id: 'an1' });
}

/** Messages one after the other, each in a turn of its own; the memory goes on. */
export function talk(texts: readonly string[], its: Asked = {}): readonly Answered[] {
  const turns: Answered[] = [];
  for (const text of texts) {
    const memory = turns.at(-1)?.change.memory ?? its.memory ?? emptyMemory;
    turns.push(ask(text, { ...its, memory, version: turns.length + 1 }));
  }
  return turns;
}

export const sentTexts = ({ answer: { replies } }: Answered): readonly string[] =>
  replies.filter((reply) => reply.delivery === 'send').map((reply) => reply.text);
