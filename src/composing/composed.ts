/** What goes into composing and what comes out. */
import type { Decision, Reason, ReplyKind, Understanding } from '../conversation.js';
import type { TemplateBook } from './book.js';
import { type Facts, factOf } from './facts.js';
import { characters, sendable } from './limits.js';
import type { CompiledTemplate } from './template.js';
import { type Need, rotated, textOf } from './wordings.js';

export interface ComposeInput {
  readonly decision: Decision;
  readonly understanding: Understanding;
  readonly facts: Facts;
  readonly book: TemplateBook;
  /** Characters that one text may have, see limits.ts. */
  readonly limit: number;
  /** Texts said before in the conversation: none of their sentences is said again. */
  readonly avoid: readonly string[];
  /** Chooses among wordings. */
  readonly seed: number;
  /** A holding reply on duty because no agent is free. */
  readonly busy?: boolean | undefined;
  /** Intents that only a person sees to. */
  readonly forPerson?: readonly string[] | undefined;
}

export interface ComposedText {
  readonly text: string;
  readonly characters: number;
  readonly intents: readonly string[];
  readonly template: string;
  readonly kind: ReplyKind;
}

export interface Composed {
  /** One text, or up to three drafts; none where nothing can be said. */
  readonly texts: readonly ComposedText[];
  /** Intents that the (first) text leaves to a person. */
  readonly open: readonly string[];
  readonly because: readonly Reason[];
  /** Whether it may go out as decided; otherwise the caller holds. */
  readonly eligible: boolean;
}

/** One text as it is sent. */
export function composedText(text: string, needs: readonly Need[], template: string, kind: ReplyKind): ComposedText {
  const sent = sendable(text);
  return { text: sent, characters: characters(sent), intents: idsOf(needs), template, kind };
}

/** Ids of the intents behind needs, each once. */
export function idsOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.map((need) => need.intent.id))];
}

/** Nothing to say, and why. */
export function nothing(needs: readonly Need[], because: readonly Reason[]): Composed {
  return { texts: [], open: idsOf(needs), because, eligible: false };
}

/** All of these wordings that can be said, from the one that the seed chooses on. */
export function said(
  templates: readonly CompiledTemplate[],
  { facts, seed }: Pick<ComposeInput, 'facts' | 'seed'>,
): readonly string[] {
  return rotated(templates, seed)
    .map((template) => textOf(template, facts))
    .filter((text) => text !== undefined);
}

/** The words that open a reply, by how the shop calls its buyers. */
export function openingsOf({ facts, book, seed }: Pick<ComposeInput, 'facts' | 'book' | 'seed'>): readonly string[] {
  return said(book.words.openings[String(factOf(facts, 'address'))] ?? [], { facts, seed });
}
