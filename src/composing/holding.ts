/**
 * The holding reply: acknowledges the matter and names when a person answers. Off duty and unsure is never silence, so that
 * its last resort fits any limit.
 */
import { seenTemplate } from '../conversation.js';
import { reason } from '../reasons.js';
import { type Composed, type ComposeInput, composedText, idsOf, nothing, openingsOf, said } from './composed.js';
import { factOf } from './facts.js';
import { fits } from './limits.js';
import { join } from './pack.js';
import type { CompiledTemplate } from './template.js';
import { conditionsHold, type Need, wasSaid } from './wordings.js';

interface Wordings {
  /** `complaint.holding`, `holding.with_time`, `busy` */
  readonly id: string;
  readonly templates: readonly CompiledTemplate[];
}

/**
 * Below it a matter is not named: the wrong one named is worse than none, and the general words fit whatever it was. What both
 * readers found, or the talk before, may be less sure.
 */
const namedFrom = 0.85;
const namedTogetherFrom = 0.6;

function isNamed({ intent: { by, confidence } }: Need): boolean {
  return confidence >= (by === 'both' || by === 'context' ? namedTogetherFrom : namedFrom);
}

/** One text: the wordings of the most important intent that has its own, else the general ones, else the shortest. */
export function composeHolding(input: ComposeInput, needs: readonly Need[]): Composed {
  const named = needs.filter(isNamed);
  const real = named.find((need) => need.entry !== undefined && need.entry.group !== 'talk');
  // The side of the matter that is asked may have words of its own: first steps where paying fails.
  const facts = { ...input.facts, matter: real?.entry?.title, facet: real?.intent.facet };
  const openings = [...openingsOf(input), ''];
  for (const { id, templates } of wordingsFor(input, named)) {
    for (const text of said(templates, { facts, seed: input.seed })) {
      if (wasSaid(text, input.avoid)) continue;
      const whole = openings.map((opening) => join(opening, [text], '', openings)).find((one) => fits(one, input.limit));
      if (whole === undefined) continue;
      const because = [reason('holding_chosen', { template: id })];
      return { texts: [composedText(whole, needs, id, 'holding')], open: idsOf(needs), because, eligible: true };
    }
  }
  return nothing(needs, [reason('holding_said_before')]);
}

/** For an agent who is there, where no reply fits: that the matter was seen; without a matter that is sure, nothing. */
export function composeSeen(input: ComposeInput, needs: readonly Need[]): Composed {
  const real = needs.filter(isNamed).find(({ entry }) => entry !== undefined && entry.group !== 'talk');
  if (real === undefined) return nothing(needs, []);
  const facts = { ...input.facts, matter: real.entry!.title };
  const openings = [...openingsOf(input), ''];
  for (const text of said(input.book.words.seen, { facts, seed: input.seed })) {
    const whole = openings.map((opening) => join(opening, [text], '', openings)).find((one) => fits(one, input.limit));
    if (whole === undefined || wasSaid(text, input.avoid)) continue;
    const because = [reason('draft_seen')];
    // It answers none of them.
    return { texts: [composedText(whole, [], seenTemplate, 'holding')], open: idsOf(needs), because, eligible: true };
  }
  return nothing(needs, []);
}

/** When a person comes is told to any buyer; every other fact is of the buyer's own words. */
const ofAnyBuyer: ReadonlySet<string> = new Set(['opening', 'person_then']);

/**
 * Wordings in the order in which they are tried. One that names the time is said only where it is known, and then always.
 * While agents are busy the general word of patience is enough for a question, but not for anger or a mishap.
 */
function wordingsFor({ facts, book, busy, forPerson = [] }: ComposeInput, needs: readonly Need[]): readonly Wordings[] {
  const { words } = book;
  const isTimed = factOf(facts, 'opening') !== undefined;
  const isGrave = ({ intent }: Need) => intent.ask === 'report' || forPerson.includes(intent.id);
  const ownOf = (those: readonly Need[]) =>
    those.flatMap((need) =>
      (need.entry?.holding ?? [])
        .filter(({ asks, when }) => asks?.includes(need.intent.ask) !== false && conditionsHold(when, need, facts))
        .flatMap(({ texts }) => {
          const templates = texts.filter((one) => one.needed.includes('opening') === isTimed);
          // What names the buyer's own words (an offer) comes before what would do for any.
          const naming = templates.filter((one) => one.needed.some((name) => !ofAnyBuyer.has(name)));
          const id = `${need.intent.id}.holding`;
          return naming.length === 0
            ? [{ id, templates }]
            : [
                { id, templates: naming },
                { id, templates: templates.filter((one) => !naming.includes(one)) },
              ];
        }),
    );
  return [
    ...(busy === true ? [...ownOf(needs.filter(isGrave)), { id: 'busy', templates: words.busy }] : []),
    ...ownOf(needs),
    ...(isTimed ? [{ id: 'holding.with_time', templates: words.holdingWithTime }] : []),
    { id: 'holding.without_time', templates: words.holdingWithoutTime },
    { id: 'holding.shortest', templates: words.shortest },
  ];
}
