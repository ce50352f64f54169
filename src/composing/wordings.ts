/**
 * What can be said to each need of a turn: the reply that fits the ask and the facts, in all its wordings. A reply whose
 * parameter is not set, or that was said before, is not eligible, and the reason is told.
 */
import type { FoundIntent, Reason, Understanding } from '../conversation.js';
import { reason } from '../reasons.js';
import type { CompiledReply, IntentReplies, TemplateBook } from './book.js';
import { type Facts, factOf, holds } from './facts.js';
import { type CompiledTemplate, missingFacts, TemplateFault } from './template.js';

/** One thing that the buyer wants, with what the book knows of it. */
export interface Need {
  readonly intent: FoundIntent;
  readonly entry: IntentReplies | undefined;
}

/**
 * Needs by priority, the surer first where equal. Small talk is not answered beside a real question: its greeting is in
 * the opening anyway.
 */
export function needsOf(understanding: Understanding, book: TemplateBook): readonly Need[] {
  const all = understanding.intents.map((intent) => ({ intent, entry: book.intents.get(intent.id) }));
  if (all.length < 2) return all;
  const real = all.filter((need) => need.entry?.group !== 'talk');
  const spoken = all.filter((need) => need.entry !== undefined && need.entry.replies.length > 0);
  const kept = real.length > 0 ? real : spoken.length > 0 ? spoken : all;
  return [...kept].sort((a, b) => (b.entry?.priority ?? 0) - (a.entry?.priority ?? 0));
}

/** What is asked of the wordings of one turn. */
export interface Wanted {
  readonly facts: Facts;
  readonly avoid: readonly string[];
  readonly seed: number;
  /** The short form before the full ones. */
  readonly short: boolean;
  /** Replies for an agent's eyes are welcome. */
  readonly forAgent: boolean;
}

/** A need with what may be said to it, in order of preference; never empty. */
export interface Choice {
  readonly need: Need;
  readonly reply: CompiledReply;
  /** Renders the wording at a place, or undefined where it cannot or may not be said. */
  readonly textAt: (at: number) => string | undefined;
  readonly count: number;
  /** The first place with a text. */
  readonly first: number;
}

export type Found = { readonly choice: Choice } | { readonly because: Reason };

/** The first reply of the intent, in the order of its file, that fits the ask and the facts and can be said now. */
export function choiceFor(need: Need, wanted: Wanted): Found {
  const { id, ask } = need.intent;
  let because = reason('reply_none_for_ask', { intent: id, ask });
  let isNearest = false;
  for (const reply of need.entry?.replies ?? []) {
    if (!reply.asks.includes(ask)) continue;
    if (!conditionsHold(reply.when, need, wanted.facts)) {
      if (!isNearest) because = reason('reply_none_for_case', { intent: id });
      continue;
    }
    if (reply.isDraftOnly && !wanted.forAgent) {
      // Meant for this very side of the matter: a general answer would pass over what was asked.
      if (isOfSide(reply)) return { because: reason('reply_draft_only', { intent: id, template: reply.id }) };
      if (!isNearest) because = reason('reply_draft_only', { intent: id, template: reply.id });
      isNearest = true;
      continue;
    }
    if (reply.isOnce && wasAsked(reply, wanted))
      return { because: reason('reply_said_before', { intent: id, template: reply.id }) };
    const choice = choiceOf(need, reply, wanted);
    if (choice !== undefined) return { choice };
    const why = whyNot(need, reply, wanted);
    // What was said is not said again by a more general reply, which may even contradict it.
    if (why.code === 'reply_said_before') return { because: why };
    // The first reply that was meant for the case says best what is lacking.
    if (!isNearest) because = why;
    isNearest = true;
  }
  return { because };
}

/**
 * What an agent may choose from: the first reply that fits, as the buyer would get it, and what is meant for drafts only.
 * An agent may say a thing again, so that what was said before only stands back.
 */
export function choicesFor(need: Need, wanted: Wanted): readonly Choice[] {
  const choices: Choice[] = [];
  for (const reply of need.entry?.replies ?? []) {
    if (!reply.isDraftOnly && choices.some((choice) => !choice.reply.isDraftOnly)) continue;
    // Behind a draft for this very side of the matter a general answer would pass over what was asked.
    if (!reply.isDraftOnly && !isOfSide(reply) && choices.some((choice) => isOfSide(choice.reply))) continue;
    if (!isMeant(reply, need, wanted.facts)) continue;
    const choice = choiceOf(need, reply, wanted) ?? choiceOf(need, reply, { ...wanted, avoid: [] });
    if (choice !== undefined) choices.push(choice);
  }
  return choices;
}

/** Meant for one side of the matter, or for who has told of trouble with an order. */
function isOfSide({ when }: CompiledReply): boolean {
  return when.some(([name]) => name === 'facet' || name === 'trouble');
}

function isMeant(reply: CompiledReply, need: Need, facts: Facts): boolean {
  return reply.asks.includes(need.intent.ask) && conditionsHold(reply.when, need, facts);
}

/** The facet belongs to the need, everything else is a fact of the turn. */
export function conditionsHold(when: CompiledReply['when'], need: Need, facts: Facts): boolean {
  return when.every(([name, condition]) => holds(condition, name === 'facet' ? need.intent.facet : factOf(facts, name)));
}

function choiceOf(need: Need, reply: CompiledReply, wanted: Wanted): Choice | undefined {
  const templates = ordered(reply, wanted.seed, wanted.short);
  const texts: (string | null)[] = [];
  const textAt = (at: number): string | undefined => {
    const template = templates[at];
    if (template === undefined) return undefined;
    const known = texts[at];
    if (known !== undefined) return known ?? undefined;
    const text = textOf(template, wanted.facts);
    const isFresh = text !== undefined && !wasSaid(text, wanted.avoid);
    texts[at] = isFresh ? text : null;
    return isFresh ? text : undefined;
  };
  for (let first = 0; first < templates.length; first += 1)
    if (textAt(first) !== undefined) return { need, reply, textAt, count: templates.length, first };
  return undefined;
}

/** The full wordings from the one that the seed chooses on, and the short one before or behind them. */
function ordered(reply: CompiledReply, seed: number, short: boolean): readonly CompiledTemplate[] {
  const full = rotated(reply.texts, seed);
  return short ? [reply.short, ...full] : [...full, reply.short];
}

export function rotated<T>(list: readonly T[], seed: number): readonly T[] {
  const start = list.length === 0 ? 0 : (seed >>> 0) % list.length;
  return start === 0 ? list : [...list.slice(start), ...list.slice(0, start)];
}

/** A template filled, or undefined where a fact is lacking: sure or silent. */
export function textOf(template: CompiledTemplate, facts: Facts): string | undefined {
  for (const name of template.needed) if (factOf(facts, name) === undefined) return undefined;
  try {
    const text = template.render(facts).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof TemplateFault) return undefined;
    throw error;
  }
}

/** The same sentence never goes out twice, not even with another opening or inside a longer reply. */
export function wasSaid(text: string, avoid: readonly string[]): boolean {
  return avoid.some((one) => one.includes(text));
}

/** Whether any wording of it was said before, as it would read now. */
function wasAsked({ texts, short }: CompiledReply, { facts, avoid }: Wanted): boolean {
  return [...texts, short].some((template) => {
    const text = textOf(template, facts);
    return text !== undefined && wasSaid(text, avoid);
  });
}

function whyNot(need: Need, reply: CompiledReply, { facts }: Wanted): Reason {
  const values = { intent: need.intent.id, template: reply.id };
  const templates = [...reply.texts, reply.short];
  if (templates.some((template) => textOf(template, facts) !== undefined)) return reason('reply_said_before', values);
  const missing = new Set(templates.flatMap((template) => missingFacts(template, facts)));
  if (missing.size === 0) return reason('reply_failed', values);
  return reason('reply_missing_facts', { ...values, facts: [...missing].join(', ') });
}
