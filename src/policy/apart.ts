/** Which of the matters of a turn stand apart from the others, so that one may be answered while another waits for a person. */
import type { FoundIntent, Understanding } from '../conversation.js';

/** What parts two thoughts: a mark, a pause, another message. */
const parting = /[\s,，。.!！?？;；、~～…]/;

/**
 * Ids of the intents whose words lie in another thought than the words of every other intent: 包邮吗，我的货到哪了. Where two
 * readings rest on the same words, or on none, it is one question, and half an answer would be a wrong one.
 */
export function apartIntents({ intents, text }: Understanding): readonly string[] {
  if (intents.length < 2) return [];
  return intents.filter((one) => intents.every((other) => other === one || isApart(one, other, text))).map((one) => one.id);
}

function isApart(one: FoundIntent, other: FoundIntent, text: string): boolean {
  // What was heard in the message as a whole has no words of its own.
  if ([one, other].some(({ by, evidence }) => by === 'ngrams' || evidence.length === 0)) return false;
  return one.evidence.every((mine) =>
    other.evidence.every((its) => {
      const [first, second] = mine.start <= its.start ? [mine, its] : [its, mine];
      // A find may end with the very mark that parts it from the next.
      return first.end <= second.start && parting.test(text.slice(Math.max(first.start, first.end - 1), second.start + 1));
    }),
  );
}
