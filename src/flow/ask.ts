/** "What would you say?": a buyer's words through the whole flow, turn by turn, for owners who try it out. Stores nothing. */
import type { Answer, Conversation, Instant, Item, Message, MessageType, Order } from '../conversation.js';
import { emptyMemory } from '../conversation.js';
import { afterAgentWord } from '../policy/presence.js';
import type { Duty } from '../policy/schedule.js';
import { reason } from '../reasons.js';
import type { Shop } from '../shop/shop.js';
import { answer, type Moment } from './answer.js';

/** Short messages that are one thought, or what an agent wrote in between. */
export interface AskedTurn {
  readonly messages: readonly { readonly text: string; readonly type: MessageType; readonly author: 'buyer' | 'agent' }[];
  readonly at: Instant;
}

export interface Asking {
  /** What was said before, oldest first. */
  readonly earlier: readonly AskedTurn[];
  readonly turn: AskedTurn;
  /** The switches as they are to be taken. */
  readonly switches: Pick<Moment, 'away' | 'lowered'>;
  /** `on`: agents are there whatever the hours say; `off`: they are away; `hours`: as hours and switches say. */
  readonly duty: 'hours' | 'on' | 'off';
  /** The product page from which the buyer writes, by its id in the shop's list. */
  readonly itemId?: string | undefined;
  readonly order?: Order | undefined;
}

const onDuty: Duty = { onDuty: true, provisional: false, because: reason('on_duty_assumed') };

/** Plays the earlier turns and this one, one after the other, as one conversation; returns the last Answer. */
export function askShop({ earlier, turn, switches, duty, itemId, order }: Asking, shop: Shop): Answer {
  const product = shop.parameters.products.find((one) => one.id === itemId);
  const item: Item | undefined = product && { id: product.id, title: product.title, priceYuan: product.priceYuan };
  const buyer = { id: 'buyer' };
  let conversation: Conversation = { shop: shop.id, id: 'ask', connector: 'ask', buyer, version: 0, memory: emptyMemory };
  let count = 0;
  const messageOf = ({ text, type }: AskedTurn['messages'][number], at: Instant): Message => {
    count += 1;
    const id = String(count);
    const said = { shop: shop.id, connector: 'ask', id, conversation: 'ask', buyer, author: 'buyer', type, text } as const;
    return { ...said, sentAt: at, receivedAt: at, ...(item !== undefined && { item }), ...(order !== undefined && { order }) };
  };
  let last: Answer | undefined;
  for (const [index, { messages, at }] of [...earlier, turn].entries()) {
    const buyers = messages.filter(({ author }) => author === 'buyer').map((one) => messageOf(one, at));
    if (buyers.length > 0) {
      const { away, lowered } = duty === 'off' ? { ...switches, away: { since: at } } : switches;
      const moment = { now: at, away, lowered, id: `ask_${index + 1}`, ...(duty === 'on' && { duty: onDuty }) };
      const done = answer({ conversation, messages: buyers }, shop, moment);
      conversation = { ...conversation, memory: done.change.memory };
      last = done.answer;
    }
    if (buyers.length < messages.length) {
      // Just before whatever is said at the same moment: an agent's word closes what came before it, not what follows.
      const memory = afterAgentWord(conversation.memory, at - 1, shop.parameters.bot.keepStillMinutes);
      conversation = { ...conversation, memory };
    }
    conversation = { ...conversation, version: conversation.version + 1 };
  }
  if (last === undefined) throw new RangeError('a buyer says nothing in any turn');
  return last;
}
