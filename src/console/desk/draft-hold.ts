/** Drafts as they are shown: what is told anew waits while a key was just pressed, so that no card slips under it. Pure. */
import type { DeskDraft } from '../shared/wire.js';

export const mostDrafts = 3;
/** Who presses 2 means the card that was second when the eye left it. */
export const settleMs = 400;

/**
 * Of drafts to several matters each first one, so that none is forgotten; then the other wordings.
 * @param standing those of the newest Answer first
 */
export function chosenDrafts(standing: readonly DeskDraft[]): readonly DeskDraft[] {
  const answers = new Set<string>();
  const [firsts, others]: [DeskDraft[], DeskDraft[]] = [[], []];
  for (const draft of standing) {
    if (answers.has(draft.answerId)) others.push(draft);
    else {
      answers.add(draft.answerId);
      firsts.push(draft);
    }
  }
  return [...firsts, ...others].slice(0, mostDrafts);
}

export interface ShownDrafts {
  readonly conversation: string | undefined;
  readonly drafts: readonly DeskDraft[];
}

/**
 * @param sinceKeyMs since a key was pressed
 * @returns what is to be shown, and after how many milliseconds to look again (absent: it is up to date)
 */
export function settledDrafts(
  shown: ShownDrafts,
  told: ShownDrafts,
  sinceKeyMs: number,
): { readonly show: ShownDrafts; readonly againInMs?: number } {
  if (told.conversation !== shown.conversation || shown.drafts.length === 0 || sameDrafts(shown.drafts, told.drafts))
    return { show: told };
  return sinceKeyMs < settleMs ? { show: shown, againInMs: settleMs - sinceKeyMs } : { show: told };
}

function sameDrafts(one: readonly DeskDraft[], other: readonly DeskDraft[]): boolean {
  return one.length === other.length && one.every((draft, at) => draft.id === other[at]!.id && draft.text === other[at]!.text);
}
