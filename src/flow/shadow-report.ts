/**
 * What the bot would have done in the time it ran in shadow mode, to be read before it may speak: how much it would have
 * sent, how much it would have held, and each would-be reply beside what a person really wrote.
 */
import type { Action, Instant, ReplyKind } from '../conversation.js';
import type { ShadowAnswer, Storage } from '../storage/storage.js';

export interface ShadowSummary {
  /** Turns of buyers in this time. */
  readonly answers: number;
  /** What mode `auto` would have done; `draft`: an agent was there. */
  readonly byAction: Readonly<Record<Action, number>>;
  /** Replies that would have gone out. */
  readonly wouldSend: Readonly<Record<ReplyKind, number>>;
  /** Of the turns without an agent that need an answer: the share that it would have answered by itself, 0..1. */
  readonly autoShare: number;
  /** Per intent, most frequent first; `none`: nothing was understood. */
  readonly byIntent: readonly {
    readonly intent: string;
    readonly auto: number;
    readonly handoff: number;
    readonly draft: number;
  }[];
}

const pageSize = 500;

/** Counts all answers of shadow mode since a moment, page by page, so that nobody else waits for it. */
export async function shadowSummary(
  storage: Pick<Storage, 'shadowAnswers'>,
  shop: string,
  since: Instant,
): Promise<ShadowSummary> {
  const byAction = { auto: 0, draft: 0, handoff: 0, silent: 0 };
  const wouldSend = { answer: 0, holding: 0 };
  const byIntent = new Map<string, { auto: number; handoff: number; draft: number }>();
  let answers = 0;
  let after = 0;
  for (;;) {
    const page = await storage.shadowAnswers(shop, since, after, pageSize);
    for (const { answer } of page) {
      const action = wouldBe(answer);
      answers += 1;
      byAction[action] += 1;
      if (action !== 'draft') for (const reply of answer.replies) wouldSend[reply.kind] += 1;
      if (action === 'silent') continue;
      const ids = answer.understanding.intents.map((intent) => intent.id);
      for (const id of ids.length === 0 ? ['none'] : ids) {
        const counts = byIntent.get(id) ?? { auto: 0, handoff: 0, draft: 0 };
        counts[action] += 1;
        byIntent.set(id, counts);
      }
    }
    after = page.at(-1)?.position ?? after;
    if (page.length < pageSize) break;
    await new Promise<void>((resume) => setImmediate(resume));
  }
  const alone = byAction.auto + byAction.handoff;
  const total = (one: { auto: number; handoff: number; draft: number }) => one.auto + one.handoff + one.draft;
  return {
    answers,
    byAction,
    wouldSend,
    autoShare: alone === 0 ? 0 : byAction.auto / alone,
    byIntent: [...byIntent]
      .map(([intent, counts]) => ({ intent, ...counts }))
      .sort((a, b) => total(b) - total(a) || (a.intent < b.intent ? -1 : 1)),
  };
}

/** What mode `auto` would have done with it. */
export function wouldBe(answer: ShadowAnswer['answer']): Action {
  return answer.shadow ?? answer.action;
}
