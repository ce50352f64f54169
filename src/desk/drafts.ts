/**
 * The drafts of a conversation that still hold. A draft rests on what was asked, on what the shop says, and on nobody having
 * answered: when its ground goes it is withdrawn, and says why. Pure.
 */
import type { Answer, Instant, Memory, Reason, Reply } from '../conversation.js';
import { reason } from '../reasons.js';

/** What drafts rest on beside the words of the buyer. */
export interface DraftGround {
  readonly humanSpokeAt?: Memory['humanSpokeAt'];
  /** When the kill switch was last thrown. */
  readonly haltedAt?: Instant | undefined;
  /** Content hash of the knowledge in force; undefined: not known, taken to be the same. */
  readonly knowledge?: string | undefined;
  /** When the stock of what the conversation is about last became another; undefined: not while this process lives. */
  readonly stockChangedAt?: Instant | undefined;
  /** Ids of the replies that say how much there is. */
  readonly stockTemplates?: ReadonlySet<string> | undefined;
}

export interface Draft {
  readonly answer: Answer;
  readonly reply: Reply;
}

export interface Drafts {
  /** Those of the newest Answer first. */
  readonly standing: readonly Draft[];
  readonly withdrawn: readonly { readonly id: string; readonly because: Reason }[];
}

/** So many Answers may have drafts at the same time. */
const mostAnswers = 3;

/** @param answers of the conversation, oldest first; the newest few are enough */
export function draftsOf(answers: readonly Answer[], ground: DraftGround): Drafts {
  const standing: Draft[] = [];
  const withdrawn: { id: string; because: Reason }[] = [];
  const newer: Answer[] = [];
  for (const answer of answers.toReversed()) {
    const drafts = answer.replies.filter((reply) => reply.delivery === 'suggest');
    if (drafts.length > 0) {
      const ofAll = against(answer, newer, ground);
      for (const reply of drafts) {
        const because = ofAll ?? againstStock(answer, reply, ground);
        if (because === undefined) standing.push({ answer, reply });
        else withdrawn.push({ id: reply.id, because });
      }
    }
    newer.push(answer);
    if (newer.length >= mostAnswers) break;
  }
  return { standing, withdrawn };
}

/** Why the drafts of this Answer hold no more. */
function against(answer: Answer, newer: readonly Answer[], ground: DraftGround): Reason | undefined {
  const { humanSpokeAt, haltedAt, knowledge } = ground;
  if (humanSpokeAt !== undefined && humanSpokeAt >= answer.at) return reason('draft_agent_answered');
  if (newer.some((one) => one.because.some(({ code }) => code === 'recalled'))) return reason('draft_recalled');
  if (newer.some((one) => saysItAll(one, answer))) return reason('draft_answered');
  if (newer.some((one) => isOfSameMatter(one, answer))) return reason('draft_newer');
  if (haltedAt !== undefined && haltedAt >= answer.at) return reason('draft_bot_stopped');
  if (knowledge !== undefined && knowledge !== answer.knowledge) return reason('draft_settings_changed');
  return undefined;
}

/** What there was when it was drafted may be gone, or be there again. */
function againstStock({ at }: Answer, { template }: Reply, { stockChangedAt, stockTemplates }: DraftGround): Reason | undefined {
  if (stockChangedAt === undefined || stockChangedAt < at) return undefined;
  // Several replies in one are named one after the other.
  const isOfStock = template.split(/[^\w.]+/).some((id) => stockTemplates?.has(id) === true);
  return isOfStock ? reason('draft_stock_changed') : undefined;
}

/** The bot stepped in with an answer; where it only asked for patience the drafts are still wanted. */
function saysItAll(newer: Answer, answer: Answer): boolean {
  return newer.follows === answer.id && newer.replies.some((reply) => reply.delivery === 'send' && reply.kind === 'answer');
}

/** The buyer said more of the same, so that the older draft says too little; of another matter it still answers what it did. */
function isOfSameMatter(newer: Answer, answer: Answer): boolean {
  if (newer.action === 'silent' || newer.follows !== undefined) return false;
  const asked = new Set(answer.understanding.intents.map(({ id }) => id));
  const { intents } = newer.understanding;
  return asked.size === 0 || intents.some(({ id, by }) => asked.has(id) || by === 'context');
}
