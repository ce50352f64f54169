/**
 * What a buyer has told of an order of his own. What holds for all orders is no answer to what is asked next: after 发错颜色了
 * neither is the postage of whoever has changed his mind, nor after 一直没发货 how soon what is paid for now will leave. What tells
 * of it stands in the intent files (`trouble`). Pure.
 */
import type { Ask, FoundIntent } from '../conversation.js';
import type { IntentModel } from './model.js';

/**
 * `fault`: of the goods as they came; `parcel`: wrong, missing, lost, or goods that were worn; `order`: late; `undone`: called
 * off; `return`, `repair`: goods go back; `cheaper`: less is asked for them now.
 */
export const troubles = ['fault', 'parcel', 'order', 'undone', 'return', 'repair', 'cheaper', 'complaint'] as const;
export type Trouble = (typeof troubles)[number];

/** Stands among `facets` for an intent of which no side is told. */
export const noSide = 'none';

/** When an intent tells of trouble: all that is given must hold. Words are folded. */
export interface TroubleTold {
  readonly tells: Trouble;
  readonly facets?: readonly string[] | undefined;
  readonly otherFacets?: readonly string[] | undefined;
  readonly asks?: readonly Ask[] | undefined;
  readonly words?: readonly string[] | undefined;
  readonly unless?: readonly string[] | undefined;
}

function isTold({ facets, otherFacets, asks, words, unless }: TroubleTold, { facet = noSide, ask }: FoundIntent, text: string) {
  return (
    (facets === undefined || facets.includes(facet)) &&
    otherFacets?.includes(facet) !== true &&
    (asks === undefined || asks.includes(ask)) &&
    (words === undefined || words.some((word) => text.includes(word))) &&
    unless?.some((word) => text.includes(word)) !== true
  );
}

/** 不是质量问题，就是不喜欢 takes a fault back; 这不是质量问题吗 tells of one. */
function denies(text: string): boolean {
  return /(不是|没有?|没说|不算)[^ \n?]{0,4}(质量|问题|毛病|瑕疵|破|坏|损|错)/.test(text) && !/[吗么?]/.test(text);
}

/** Of goods or a parcel: whatever else is told stands beside it. */
const heavy: ReadonlySet<string | undefined> = new Set(['fault', 'parcel']);

/**
 * What stands after a turn.
 * @param text as it is read: folded, so that 繁體 and marks of any width tell the same
 * @param models of all intents: of each found the first of its `troubles` that fits counts
 * @param isOtherItem the words name another product than before
 */
export function troubleAfter(
  before: string | undefined,
  intents: readonly FoundIntent[],
  text: string,
  models: readonly Pick<IntentModel, 'id' | 'troubles'>[],
  isOtherItem: boolean,
): string | undefined {
  if (denies(text)) return heavy.has(before) ? undefined : before;
  const now = intents.flatMap((intent) => {
    const told = models.find(({ id }) => id === intent.id)?.troubles.find((one) => isTold(one, intent, text));
    return told === undefined ? [] : [told.tells];
  });
  const newest = now.find((one) => heavy.has(one)) ?? now[0];
  if (newest === undefined) return isOtherItem ? undefined : before;
  // Money for what was called off comes back, and no goods do.
  if (before === 'undone' && newest === 'return') return before;
  return heavy.has(newest) || !heavy.has(before) ? newest : before;
}
