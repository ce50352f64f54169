/**
 * From a decision to words: one reply off duty, up to three drafts for an agent, or a holding reply. Sure or silent: every
 * need is answered by an eligible reply within the limit, or the composition is not eligible and says why. Pure; the seed
 * chooses among wordings.
 */
import type { Reason } from '../conversation.js';
import { reason } from '../reasons.js';
import {
  type Composed,
  type ComposedText,
  type ComposeInput,
  composedText,
  idsOf,
  nothing,
  openingsOf,
  said,
} from './composed.js';
import { factOf } from './facts.js';
import { composeHolding, composeSeen } from './holding.js';
import { type Frame, type Packed, pack, packShort } from './pack.js';
import { type Choice, choiceFor, choicesFor, type Need, needsOf, type Wanted } from './wordings.js';

export type { Composed, ComposedText, ComposeInput } from './composed.js';

const mostDrafts = 3;

/** Writes what was decided. */
export function compose(input: ComposeInput): Composed {
  const needs = needsOf(input.understanding, input.book);
  if (input.decision.kind === undefined) return nothing(needs, []);
  if (input.decision.kind === 'holding') return composeHolding(input, needs);
  if (needs.length === 0) return nothing(needs, [reason('reply_nothing_asked')]);
  return input.decision.action === 'draft' ? composeDrafts(input, needs) : composeAnswer(input, needs);
}

/** Every need by a reply of its own; what is left to a person is told in the closing line. */
function composeAnswer(input: ComposeInput, all: readonly Need[]): Composed {
  const { leaves, apart } = input.decision;
  const needs = all.filter((need) => !leaves.includes(need.intent.id));
  const wanted = wantedOf(input, false);
  const choices: Choice[] = [];
  const because: Reason[] = [];
  let mayLeave = true;
  for (const need of needs) {
    const found = choiceFor(need, wanted);
    if ('choice' in found) choices.push(found.choice);
    else {
      because.push(found.because);
      if (!apart.includes(need.intent.id)) mayLeave = false;
    }
  }
  if (choices.length === 0 || !mayLeave) return nothing(all, because);
  const left = all.filter((need) => !choices.some((choice) => choice.need === need));
  const leavesMore = leaves.length > 0 || because.length > 0;
  const packed = pack(onePerReply(choices), { ...frameOf(input, input.seed, true, left), leavesMore });
  if (packed === undefined) return nothing(all, [...because, reason('reply_too_long', { limit: input.limit })]);
  const text = textFrom(packed, choices);
  const tooLong = idsOf(choices.map((choice) => choice.need)).filter((id) => !text.intents.includes(id));
  if (tooLong.length > 0) because.push(reason('reply_left_open', { intents: tooLong.join(', '), limit: input.limit }));
  const promises = choices.filter(({ reply, need }) => reply.isPromise && text.intents.includes(need.intent.id));
  const promised = idsOf(promises.map(({ need }) => need));
  const open = [...idsOf(needs).filter((id) => !text.intents.includes(id) || promised.includes(id)), ...leaves];
  if (promised.length > 0) because.push(reason('reply_promises', { intents: promised.join(', ') }));
  return { texts: [text], open, because: [reason('reply_chosen', { template: text.template }), ...because], eligible: true };
}

/** Drafts: the best, a short one, other wordings. An agent reads them, so that not all needs must be met. */
function composeDrafts(input: ComposeInput, needs: readonly Need[]): Composed {
  const because: Reason[] = [];
  const choices = (more: number) =>
    needs.map((need) =>
      choicesFor(need, wantedOf({ ...input, seed: input.seed + more, avoid: more === 0 ? input.avoid : [] }, true)),
    );
  const byNeed = choices(0);
  const best = firstOfEach(byNeed, 0);
  needs.forEach((need, at) => {
    const found = byNeed[at]?.length === 0 ? choiceFor(need, wantedOf(input, true)) : undefined;
    if (found !== undefined && 'because' in found) because.push(found.because);
  });
  const attempts = [
    () => pack(best, frameOf(input, input.seed, false)),
    () => packShort(best, frameOf(input, input.seed, false)),
    ...[1, 2].map((more) => () => pack(firstOfEach(choices(more), more), frameOf(input, input.seed + more, false))),
  ];
  const texts: ComposedText[] = [];
  for (const attempt of attempts) {
    const packed = best.length === 0 || texts.length === mostDrafts ? undefined : attempt();
    const text = packed === undefined ? undefined : textFrom(packed, byNeed.flat());
    if (text !== undefined && !texts.some((before) => before.text === text.text)) texts.push(text);
  }
  const first = texts[0];
  if (first === undefined) {
    const seen = composeSeen(input, needs);
    const why = best.length === 0 ? because : [...because, reason('reply_too_long', { limit: input.limit })];
    return { ...seen, because: [...why, ...seen.because] };
  }
  const open = idsOf(needs).filter((id) => !first.intents.includes(id));
  return { texts, open, because: [reason('reply_chosen', { template: first.template }), ...because], eligible: true };
}

/** Each need by its best choice; the most important by another of its choices where there are more. */
function firstOfEach(byNeed: readonly (readonly Choice[])[], more: number): readonly Choice[] {
  const picked = byNeed.map((choices, at) => (at === 0 && choices.length > 0 ? choices[more % choices.length] : choices[0]));
  return onePerReply(picked.filter((choice) => choice !== undefined));
}

function wantedOf({ facts, avoid, seed, decision }: ComposeInput, forAgent: boolean): Wanted {
  return { facts, avoid, seed, short: decision.short, forAgent };
}

/** Two needs met by the same reply are met once. */
function onePerReply(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter((choice, at) => choices.findIndex((one) => one.reply === choice.reply) === at);
}

/**
 * The words around the parts. An agent sees what is left open, so that a draft need not say it.
 * @param left needs that are left to a person whatever fits
 */
function frameOf({ facts, book, limit }: ComposeInput, seed: number, tellsLeft: boolean, left: readonly Need[] = []): Frame {
  const { leftOpenWithTime, leftOpenWithoutTime } = book.words;
  const closings = factOf(facts, 'opening') === undefined ? leftOpenWithoutTime : leftOpenWithTime;
  const [only] = left;
  const matter = left.length === 1 && only!.entry?.group !== 'talk' ? only!.entry?.title : undefined;
  // Where one matter is left the buyer hears which; where more may be, the general words hold.
  const naming = matter === undefined ? [] : closings.filter((one) => one.needed.includes('matter'));
  return {
    openings: openingsOf({ facts, book, seed }),
    closings: (mayBeMore) =>
      !tellsLeft
        ? []
        : [...(mayBeMore ? [] : said(naming, { facts: { ...facts, matter }, seed })), ...said(closings, { facts, seed })],
    leavesMore: false,
    limit,
  };
}

function textFrom({ text, said }: Packed, choices: readonly Choice[]): ComposedText {
  const met = choices.filter((choice) => said.some((one) => one.reply === choice.reply)).map((choice) => choice.need);
  return composedText(text, met, said.map((choice) => choice.reply.id).join('+'), 'answer');
}
