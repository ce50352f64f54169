/** What the second reader (message-reader.ts) makes of what patterns found: it doubts some, and hears what they missed. */
import type { Ask, Evidence, FoundIntent } from '../conversation.js';
import type { IntentModel } from './model.js';

// Chosen by F1 and false alarm on labelled messages (zaima eval), not learned.
/** A find is dropped where the message is so far from all that carry its matter; what patterns are sure of stays. */
const doubtsBelow = -0.8;
const sureOfItself = 0.97;
/** A matter is heard where the message lies so far on its side. */
const hearsFrom = 0.3;
/** Nothing is answered automatically on the second reader's word alone. */
const heardConfidence = 0.6;

export interface Reconsidered {
  readonly found: FoundIntent[];
  /** Finds that are doubted. */
  readonly dropped: readonly FoundIntent[];
}

/**
 * @param margins of the message, by number of the intent; those of a shop's own intents are not known and change nothing
 * @param denies whether a file denies an intent here, by its number: then it is not heard
 * @param askAt of the message's first clause
 * @param evidenceFor the words that speak of an intent, by its number
 */
export function reconsidered(
  found: readonly FoundIntent[],
  margins: Float32Array,
  intents: readonly IntentModel[],
  denies: (number: number) => boolean,
  askAt: () => Ask | undefined,
  evidenceFor: (number: number) => Evidence,
): Reconsidered {
  const kept: FoundIntent[] = [];
  const dropped: FoundIntent[] = [];
  const known = new Set<string>();
  for (let number = 0; number < margins.length; number++) {
    if (margins[number]! <= hearsFrom && found.length === 0) continue;
    const intent = intents[number]!;
    const one = found.find(({ id }) => id === intent.id);
    if (one !== undefined) {
      known.add(one.id);
      (margins[number]! < doubtsBelow && one.confidence < sureOfItself ? dropped : kept).push(one);
    } else if (margins[number]! > hearsFrom && !denies(number)) {
      kept.push({
        id: intent.id,
        confidence: heardConfidence,
        ask: askAt() ?? intent.ask,
        by: 'ngrams',
        evidence: [evidenceFor(number)],
      });
    }
  }
  return { found: [...kept, ...found.filter(({ id }) => !known.has(id))], dropped };
}
