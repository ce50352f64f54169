/**
 * The drafts of a conversation that still hold. A draft rests on what was asked, on what the shop says, and on nobody having
 * answered: when its ground goes it is withdrawn, and says why. Pure.
 */
import { type Answer, type Instant, type Memory, type Reason, type Region, type Reply, seenTemplate } from '../conversation.js';
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
  /** Intents that are asked beside what the standing drafts rest on; `none` for words that nobody understood. */
  readonly open: readonly string[];
}

/** So many Answers to messages may have drafts at the same time. */
const mostAnswers = 3;

/** @param answers of the conversation, oldest first; the newest few are enough */
export function draftsOf(answers: readonly Answer[], ground: DraftGround): Drafts {
  const standing: Draft[] = [];
  const gone: { reply: Reply; because: Reason }[] = [];
  const open: string[] = [];
  for (const { answer, because } of judged(answers, ground)) {
    const drafts = answer.replies.filter((reply) => reply.delivery === 'suggest' && !isForNobody(answer, reply));
    let isAnswered = false;
    for (const reply of drafts) {
      const why = because ?? againstStock(answer, reply, ground);
      if (why === undefined) {
        standing.push({ answer, reply });
        isAnswered ||= reply.kind === 'answer';
      } else gone.push({ reply, because: why });
    }
    const isAsked = because === undefined ? !isAnswered : leavesAsked.has(because.code);
    if (isAsked) open.push(...askedOf(answer));
  }
  // Made anew in the same words, it holds as it was.
  const texts = new Set(standing.map(({ reply }) => reply.text));
  const withdrawn = gone.filter(({ reply }) => !texts.has(reply.text)).map(({ reply: { id }, because }) => ({ id, because }));
  // What only says that the matter was seen stands behind what answers another.
  const ranked = [...standing.filter(isOfAnswer), ...standing.filter((draft) => !isOfAnswer(draft))];
  return { standing: ranked, withdrawn, open: [...new Set(open)] };
}

function isOfAnswer({ reply }: Draft): boolean {
  return reply.kind === 'answer';
}

/** What shadow mode would have sent to put the buyer off until somebody is there is no draft for who is there. */
function isForNobody({ shadow }: Answer, { kind, template }: Reply): boolean {
  return shadow !== undefined && kind === 'holding' && template !== seenTemplate;
}

/** Answers, oldest first, whose matter is as open as it was, but for the ground that the shop has taken from their drafts. */
export function groundless(answers: readonly Answer[], ground: DraftGround): readonly Answer[] {
  const { humanSpokeAt } = ground;
  return judged(answers, { humanSpokeAt })
    .filter(({ answer, because }) => because === undefined && hasDraftsToMake(answer))
    .map(({ answer }) => answer)
    .filter((answer) => isOfOtherSettings(answer, ground) || restsOnFormerStock(answer, ground))
    .toReversed();
}

function isOfOtherSettings({ at, knowledge: its }: Answer, { haltedAt, knowledge }: DraftGround): boolean {
  return (haltedAt !== undefined && haltedAt >= at) || (knowledge !== undefined && knowledge !== its);
}

/** Whether its drafts are gone for the stock alone. */
export function restsOnFormerStock(answer: Answer, ground: DraftGround): boolean {
  const isOfStock = answer.replies.some((one) => one.delivery === 'suggest' && againstStock(answer, one, ground) !== undefined);
  return isOfStock && !isOfOtherSettings(answer, ground);
}

/** Left to agents whole, or where the bot stepped in and left something. */
function hasDraftsToMake({ action, replies, follows, open }: Answer): boolean {
  if (action === 'silent') return false;
  const sent = replies.find(({ delivery }) => delivery === 'send');
  return sent === undefined || (follows !== undefined && sent.kind === 'answer' && open.length > 0);
}

/** The matter is open although the drafts are gone. */
const leavesAsked: ReadonlySet<string> = new Set([
  'draft_corrected',
  'draft_bot_stopped',
  'draft_settings_changed',
  'draft_stock_changed',
]);

/** Newest first. */
function judged(
  answers: readonly Answer[],
  ground: DraftGround,
): readonly { readonly answer: Answer; readonly because: Reason | undefined }[] {
  const all: { answer: Answer; because: Reason | undefined }[] = [];
  const newer: Answer[] = [];
  let turns = 0;
  for (const answer of answers.toReversed()) {
    all.push({ answer, because: against(answer, newer, ground) });
    newer.push(answer);
    if (answer.follows === undefined) turns += 1;
    if (turns >= mostAnswers) break;
  }
  return all;
}

/** What is to be seen to although no draft is to it. */
function askedOf({ action, open, understanding: { intents }, replies }: Answer): readonly string[] {
  if (action === 'silent') return [];
  if (replies.some(({ delivery }) => delivery === 'send')) return open;
  return intents.length === 0 ? ['none'] : intents.map(({ id }) => id);
}

/** Why the drafts of this Answer hold no more. @param newer newest first */
function against(answer: Answer, newer: readonly Answer[], ground: DraftGround): Reason | undefined {
  const { humanSpokeAt, haltedAt, knowledge } = ground;
  if (humanSpokeAt !== undefined && humanSpokeAt >= answer.at) return reason('draft_agent_answered');
  if (newer.some((one) => one.because.some(({ code }) => code === 'recalled'))) return reason('draft_recalled');
  if (newer.some(hasSteppedIn)) return reason('draft_answered');
  const anew = newer.find((one) => isMadeAnew(one, answer));
  if (anew !== undefined)
    return reason(anewOf(anew) === 'drafts_made_anew_stock' ? 'draft_stock_changed' : 'draft_settings_changed');
  const next = newer.findLast((one) => one.follows === undefined && one.action !== 'silent');
  if (newer.some((one) => isOfSameMatter(one, answer, one === next))) return reason('draft_newer');
  if ((next !== undefined && takesBack(next)) || newer.some((one) => isAtOdds(one, answer))) return reason('draft_corrected');
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

/**
 * The bot stepped in with an answer: it heard all that had been written until then, and what it leaves open has drafts of its
 * own. Where it only asked for patience the drafts are still wanted.
 */
function hasSteppedIn(newer: Answer): boolean {
  return newer.follows !== undefined && newer.replies.some((reply) => reply.delivery === 'send' && reply.kind === 'answer');
}

/** What of the shop has changed, where drafts were made anew for it. */
export const madeAnew = ['drafts_made_anew', 'drafts_made_anew_stock'] as const;

function anewOf({ because }: Answer): string | undefined {
  return because.find(({ code }) => (madeAnew as readonly string[]).includes(code))?.code;
}

/** The same messages by the settings, or the stock, that are in force since. */
function isMadeAnew(newer: Answer, answer: Answer): boolean {
  const isSame = newer.follows !== undefined && (newer.follows === answer.id || newer.follows === answer.follows);
  return isSame && anewOf(newer) !== undefined;
}

/**
 * The buyer said more of the same, so that the older draft says too little; of another matter it still answers what it did.
 * @param isNext nothing was said between them that a few words could go on from
 */
function isOfSameMatter(newer: Answer, answer: Answer, isNext: boolean): boolean {
  if (newer.action === 'silent' || newer.follows !== undefined) return false;
  const asked = new Set(answer.understanding.intents.map(({ id }) => id));
  const { intents } = newer.understanding;
  return asked.size === 0 || intents.some(({ id, by }) => asked.has(id) || (isNext && by === 'context'));
}

/** 打错了, 我问的是: what was written before was not meant. Of 不是 and 不对 alone only where nothing else was understood. */
const retraction = /^[\s，,。.]*(不是[，,\s]*)?((刚才?|剛才?)?我?[打写寫说說问問看弄搞选選][错錯]|我?(是)?[问問说說]的是)/;
const denial = /^[\s，,。.]*(不是(?![吧么吗嘛])|不[对對](?![吧么吗嘛])|[错錯]了)/;

function takesBack({ understanding: { text, intents } }: Answer): boolean {
  return retraction.test(text) || (intents.length === 0 && denial.test(text));
}

/** What a draft may have named. */
const named = ['courier', 'quantity', 'size', 'colour'] as const;

/** The buyer named another place, size or number since: a draft that names the former contradicts what was said. */
function isAtOdds({ action, understanding: { slots: said } }: Answer, { understanding: { slots } }: Answer): boolean {
  if (action === 'silent') return false;
  const { region: other } = said;
  const { region } = slots;
  const isElsewhere = region !== undefined && other !== undefined && !isSamePlace(region, other);
  return isElsewhere || named.some((name) => slots[name] !== undefined && said[name] !== undefined && slots[name] !== said[name]);
}

/** Or one of them lies in the other. */
function isSamePlace(one: Region, other: Region): boolean {
  const levels = ['province', 'city', 'county'] as const;
  return levels.every((level) => one[level] === undefined || other[level] === undefined || one[level] === other[level]);
}
