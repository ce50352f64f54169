/** What was heard in a turn: the messages that still stand, their words, and what the conversation now speaks of. Pure. */
import type { Instant, Item, Memory, Message, Turn, Understanding } from '../conversation.js';
import { orderNamed } from '../policy/order-facts.js';
import { namedItem, namesOther } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import { pointsAtPage, type Thread, threadAt } from '../understanding/thread.js';
import { understand } from '../understanding/understand.js';

export interface Heard {
  /** Messages that were not taken back. */
  readonly messages: readonly Message[];
  readonly understanding: Understanding;
  /** The conversation's memory with what these messages name. */
  readonly memory: Memory;
  /** What the words went on from. */
  readonly thread: Thread;
  /** The product that the turn is about. */
  readonly item: Item | undefined;
  /** Another product than before is spoken of. */
  readonly isOtherItem: boolean;
}

/**
 * Hears a turn.
 * @param memory what was remembered before it
 * @param waited the messages stood unanswered while agents were there; they were heard once and go on from what was before them
 */
export function hear(turn: Turn, memory: Memory, waited: Memory['waiting'], shop: Shop, now: Instant): Heard {
  const messages = withoutRecalled(waited === undefined ? turn.messages : (turn.waiting ?? []));
  const before = remembered(memory, messages);
  const thread = waited === undefined ? threadAt(before, now) : { ...waited, isFresh: true };
  const text = spoken(messages);
  const isNewItem = before.item?.id !== memory.item?.id;
  const earlier = thread.isFresh ? before.named : undefined;
  const said = namedItem(shop.parameters, text);
  const isOtherItem = isNewItem || namesOther(said, earlier ?? before.item);
  const understanding = understand(text, shop.model, {
    lastIntents: thread.lastIntents,
    lastSlots: thread.lastSlots,
    ...(thread.lastFacets === undefined ? {} : { lastFacets: thread.lastFacets }),
    isNewItem,
    isOtherItem,
    today: shop.today(now),
  });
  const named = said.item ?? earlier;
  const { named: _named, ...others } = before;
  const after: Memory = named === undefined ? others : { ...others, named };
  return { messages, understanding, memory: after, thread, item: topicOf(after, understanding), isOtherItem };
}

/** A recall takes back the buyer's message before it. */
function withoutRecalled(messages: readonly Message[]): readonly Message[] {
  if (!messages.some((message) => message.type === 'recall')) return messages;
  const standing: Message[] = [];
  for (const message of messages) {
    if (message.type === 'recall') standing.pop();
    else standing.push(message);
  }
  return standing;
}

function spoken(messages: readonly Message[]): string {
  if (messages.length === 1) return messages[0]!.type === 'sticker' ? '' : messages[0]!.text;
  return messages
    .filter((message) => message.type !== 'sticker' && message.text !== '')
    .map((message) => message.text)
    .join('\n');
}

/** The focus item and order that the newest messages name. */
function remembered(memory: Memory, messages: readonly Message[]): Memory {
  let { item } = memory;
  for (const message of messages) {
    item = message.item ?? item;
  }
  const named = orderNamed(memory, messages);
  if (item === memory.item && named.order === memory.order && named.orderOf === memory.orderOf) return memory;
  if (item?.id !== memory.item?.id) {
    // Another page is another topic.
    const { named: _, ...rest } = memory;
    memory = rest;
  }
  return { ...memory, ...(item === undefined ? {} : { item }), ...named };
}

/** The product that a conversation is about as far as it was written. */
export function itemInView({ conversation: { memory }, messages }: Turn): Item | undefined {
  const shown = messages.findLast(({ item }) => item !== undefined)?.item;
  return shown !== undefined && shown.id !== memory.item?.id ? shown : (memory.named ?? memory.item);
}

/** The product that the turn is about: the one named last, unless the words point at the page or nothing was named. */
export function topicOf({ item, named }: Memory, { intents, text }: Understanding): Item | undefined {
  if (named === undefined || item === undefined) return named ?? item;
  const isCarried = intents.some((intent) => intent.by === 'context');
  return isCarried || !pointsAtPage(text) ? named : item;
}
