/**
 * Drafts made anew: what was left to agents is said once more by the settings in force, while the buyer still waits. What was
 * understood stays; only the words rest on the shop. Pure.
 */
import type { Answer, Conversation, Decision, Memory } from '../conversation.js';
import type { madeAnew } from '../desk/drafts.js';
import { lowestMode } from '../policy/bot-mode.js';
import { openingWords } from '../policy/opening-words.js';
import { dutyAt } from '../policy/schedule.js';
import { reason } from '../reasons.js';
import { haggled } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import type { Moment } from './answer.js';
import { topicOf } from './heard.js';
import { leftOf, type Said, say } from './say.js';

/** So many seeds try every place at which the wordings of a reply may begin. */
const seeds = 12;

/**
 * The Answer that takes the place of one whose drafts rest on other settings, in words as near to the former as can be: agents
 * have them before their eyes. Undefined where neither had a draft.
 * @param newer what was answered since; a product named in it is not the one that was meant before
 * @param because what of the shop has changed
 */
export function redrafted(
  former: Answer,
  newer: readonly Answer[],
  conversation: Conversation,
  shop: Shop,
  { now, away, lowered, id }: Moment,
  because: (typeof madeAnew)[number] = 'drafts_made_anew',
): Answer | undefined {
  const { timeZone, hours, bot } = shop.parameters;
  const mode = lowestMode(bot.mode, lowered);
  const { memory } = conversation;
  // Where the bot stepped in, what it said is said.
  const hasSaid = former.replies.some(({ delivery }) => delivery === 'send');
  const understanding = hasSaid ? leftOf(former.understanding, former.open) : former.understanding;
  const { named, ...unnamed } = memory;
  const isNamedSince = newer.some((one) => one.follows === undefined && one.understanding.text.includes(named?.title ?? '\n\n'));
  const its: Memory = named === undefined || isNamedSince ? unnamed : memory;
  const item = topicOf(its, understanding);
  const duty = dutyAt(hours, timeZone, away, now);
  const decision: Decision = {
    action: former.action === 'handoff' ? 'handoff' : 'draft',
    kind: former.action === 'handoff' ? 'holding' : 'answer',
    ...{ short: false, leaves: [], apart: [], because: [] },
  };
  const sayAs = (version: number): Said =>
    say(decision, {
      ...{ shop, duty, mode, now, id, isAttended: true },
      conversation: { ...conversation, version },
      heard: { messages: [], understanding, memory: its, thread: memory, item, isOtherItem: false },
      haggling: haggled(shop.parameters, understanding, { ...roundBefore(its), item }, now),
      opening: openingWords(duty.nextOpening, now, timeZone, 'zh'),
    });
  const before = former.replies.filter(({ delivery }) => delivery === 'suggest').map(({ text }) => wording(text));
  let said = sayAs(0);
  for (let version = 1; version < seeds && likeness(said, before) < before.length; version++) {
    const other = sayAs(version);
    if (likeness(other, before) > likeness(said, before)) said = other;
  }
  if (said.replies.length === 0 && before.length === 0) return undefined;
  const { settings: _settings, shadow: _shadow, ...standing } = former;
  return {
    ...standing,
    ...{ id, at: now, action: decision.action, knowledge: shop.revision, inReplyTo: [] },
    follows: former.follows ?? former.id,
    because: [reason(because), ...understanding.because, ...said.because],
    replies: said.replies,
    open: said.open,
    ...(shop.settings !== undefined && { settings: shop.settings }),
  };
}

/** A text but for its figures. */
function wording(text: string): string {
  return text.replace(/[\d.]+/g, '#');
}

/** How many drafts are worded as before, each in its place; in another place half as much. */
function likeness({ replies }: Said, before: readonly string[]): number {
  const texts = replies.map(({ text }) => wording(text));
  return before.reduce((sum, text, at) => sum + (texts[at] === text ? 1 : texts.includes(text) ? 0.5 : 0), 0);
}

/** The round of haggling was counted when it was heard. */
function roundBefore({ haggling }: Memory): Pick<Memory, 'haggling'> {
  if (haggling === undefined || haggling.rounds < 1) return {};
  const { lowestOfferYuan: _, ...rest } = haggling;
  return { haggling: { ...rest, rounds: haggling.rounds - 1 } };
}
