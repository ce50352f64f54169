/** A reply as somebody writes it: how it reads at its shortest and longest and beside other answers, and what is wrong with it. */
import { check } from '../compliance/check.js';
import type { CompiledReply, TemplateBook } from '../composing/book.js';
import { openingsOf, said } from '../composing/composed.js';
import { type Facts, factOf } from '../composing/facts.js';
import { characters, sendable } from '../composing/limits.js';
import { nearest } from '../composing/nearest.js';
import { pack } from '../composing/pack.js';
import { type CompiledTemplate, compileTemplate, TemplateFault } from '../composing/template.js';
import { type Choice, choiceFor } from '../composing/wordings.js';
import type { Finding, FoundIntent, Instant } from '../conversation.js';
import { codedFault, type FaultTold } from '../fault-words.js';
import { factDocs, possibleFacts } from './facts.js';
import { type UsedFact, usedFact } from './intent-catalogue.js';
import type { IntentFile, ReplyTemplate } from './intent-file.js';
import { type ReplySample, replySamples, standingFacts } from './reply-samples.js';
import type { Shop } from './shop.js';

/** What is wrong with a wording, and where: UTF-16 units into it, where a place can be told. */
export interface WordingFault extends FaultTold {
  readonly start?: number;
  readonly end?: number;
}

export interface PreviewedText extends ReplySample {
  readonly characters: number;
}

export interface PreviewedWording {
  readonly faults: readonly WordingFault[];
  readonly facts: readonly UsedFact[];
  /** Absent where it cannot be said. */
  readonly shortest?: PreviewedText;
  readonly longest?: PreviewedText;
  /** Of all samples, each once, with the sample in which it stands. */
  readonly findings: readonly (Finding & { readonly sample: string })[];
}

export interface ReplyPreview {
  readonly texts: readonly PreviewedWording[];
  readonly short: PreviewedWording;
  /** In one reply with other answers, opening and closing; absent where not even the short form fits. */
  readonly combined: readonly { readonly intents: readonly string[]; readonly text?: string; readonly characters?: number }[];
}

/** What buyers ask most beside something else. */
const companions = ['shipping_fee', 'delivery_time', 'invoice'];

export function previewReply(shop: Shop, intent: IntentFile, reply: ReplyTemplate, now: Instant): ReplyPreview {
  const possible = possibleFacts(shop.parameters);
  const preview = (source: string) => previewWording(source, reply.when, shop, intent.othersOrder, possible, now);
  const all = [...reply.texts, reply.short].map(preview);
  const compiled = all.map((one) => one.template);
  const sound = compiled.filter((template) => template !== undefined);
  const longest = all.flatMap(({ wording }) => wording.longest ?? []).sort((one, other) => other.characters - one.characters)[0];
  const template = compiled.at(-1);
  return {
    texts: all.slice(0, -1).map(({ wording }) => wording),
    short: all.at(-1)!.wording,
    combined:
      template === undefined || longest === undefined || sound.length < compiled.length
        ? []
        : combinedWith(shop, intent, reply, sound.slice(0, -1), template, longest.facts, now),
  };
}

/**
 * Holding words as somebody writes them. The matter that they name is the longest title of an intent; it is no fact of the shop.
 * @param intent whose own words they are; undefined: the general ones
 */
export function previewHolding(
  shop: Shop,
  intent: IntentFile | undefined,
  texts: readonly string[],
  now: Instant,
): readonly PreviewedWording[] {
  const possible = possibleFacts(shop.parameters);
  const titles = [...shop.intents.values()].map(({ title }) => title.zh);
  const longest = titles.reduce((one, other) => (other.length > one.length ? other : one), '');
  return texts.map((text) => {
    const source = intent === undefined ? text.replace(/\{\{-?\s*matter\s*-?\}\}/g, longest) : text;
    return previewWording(source, {}, shop, intent?.othersOrder === true, possible, now).wording;
  });
}

function previewWording(
  source: string,
  when: ReplyTemplate['when'],
  shop: Shop,
  isForOthers: boolean,
  possible: ReadonlySet<string>,
  now: Instant,
): { readonly wording: PreviewedWording; readonly template?: CompiledTemplate } {
  let template: CompiledTemplate;
  try {
    template = compileTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    return {
      wording: { faults: [{ ...error.fault, ...placeOf(error, source) }], facts: [], findings: [] },
    };
  }
  const unknown = template.variables.filter((name) => !Object.hasOwn(factDocs, name) && !/^extra_[a-z]/.test(name));
  const facts = template.variables.filter((name) => !unknown.includes(name)).map((name) => usedFact(name, possible));
  if (unknown.length > 0)
    return { wording: { faults: unknown.flatMap((name) => unknownFaults(name, source)), facts, findings: [] } };
  const lacking = template.needed.some((name) => !possible.has(name));
  const samples = lacking ? [] : replySamples(template, when, shop.parameters, now);
  const sorted = samples
    .map((sample) => ({ ...sample, characters: characters(sample.text) }))
    .sort((one, other) => one.characters - other.characters);
  const [shortest, longest] = [sorted[0], sorted.at(-1)];
  return {
    template,
    wording: {
      faults: [],
      facts,
      ...(shortest !== undefined && { shortest }),
      ...(longest !== undefined && { longest }),
      findings: findingsIn(samples, shop, isForOthers),
    },
  };
}

function findingsIn(samples: readonly ReplySample[], shop: Shop, isForOthers: boolean): PreviewedWording['findings'] {
  const found = new Map<string, Finding & { readonly sample: string }>();
  for (const { text, facts } of samples) {
    const cod = facts.cod === 'yes' || facts.cod === 'no' ? { codEnabled: facts.cod === 'yes' } : {};
    const context = { ...shop.checkContext, ...cod, ...(isForOthers && { orderOwner: false }) };
    for (const finding of check(text, context, shop.rules)) {
      const key = `${finding.rule} ${finding.words}`;
      if (!found.has(key)) found.set(key, { ...finding, sample: text });
    }
  }
  return [...found.values()];
}

function unknownFaults(name: string, source: string): WordingFault[] {
  const near = nearest(name, Object.keys(factDocs));
  const fault =
    near === undefined
      ? codedFault('no_fact', { name }, 'documented_fact')
      : codedFault('no_fact', { name, near }, 'did_you_mean');
  const places = [...source.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].flatMap((tag) =>
    [...tag[0].matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map((match) => tag.index + match.index),
  );
  return places.length === 0 ? [fault] : places.map((start) => ({ ...fault, start, end: start + name.length }));
}

/** Where Liquid stopped, or where a brace stands alone. The text was trimmed before it was read. */
function placeOf({ cause }: TemplateFault, source: string): { start?: number; end?: number } {
  const token = (cause as { token?: { begin?: number; end?: number } } | undefined)?.token;
  const before = source.length - source.trimStart().length;
  if (typeof token?.begin === 'number' && typeof token.end === 'number')
    return { start: before + token.begin, end: Math.min(before + token.end, source.length) };
  const masked = source.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (tag) => ' '.repeat(tag.length));
  const stray = masked.search(/[{}｛｝]/);
  return stray < 0 ? {} : { start: stray, end: stray + 1 };
}

/** The reply with what buyers ask beside it, between opening and closing, as it would be packed. */
function combinedWith(
  shop: Shop,
  intent: IntentFile,
  reply: ReplyTemplate,
  texts: readonly CompiledTemplate[],
  short: CompiledTemplate,
  sample: Facts,
  now: Instant,
): ReplyPreview['combined'] {
  const { book, parameters } = shop;
  const facts = { ...standingFacts(parameters, now), opening: '明早9点', ...sample };
  const compiled: CompiledReply = {
    id: `${intent.id}.${reply.id}`,
    asks: reply.asks,
    when: [],
    texts,
    short,
    isDraftOnly: false,
    isOnce: false,
    isPromise: false,
  };
  const entry = { ...book.intents.get(intent.id)!, replies: [compiled] };
  const own = choiceOf(intent.id, reply.asks[0]!, entry, facts);
  if (own === undefined) return [];
  const others = companions.flatMap((id) => {
    const its = book.intents.get(id);
    const choice = id === intent.id || its === undefined ? undefined : choiceOf(id, 'rule', its, facts);
    return choice === undefined ? [] : [choice];
  });
  return [1, 2].flatMap((count) => {
    if (others.length < count) return [];
    const choices = [own, ...others.slice(0, count)];
    const frame = {
      openings: openingsOf({ facts, book, seed: 0 }),
      closings: () => said(closingsOf(book, facts), { facts, seed: 0 }),
      leavesMore: count > 1,
      limit: parameters.bot.replyCharacters,
    };
    const packed = pack(choices, frame);
    const intents = (packed?.said ?? choices).map(({ need }) => need.intent.id);
    if (packed === undefined) return [{ intents }];
    const text = sendable(packed.text);
    return [{ intents, text, characters: characters(text) }];
  });
}

function closingsOf({ words }: TemplateBook, facts: Facts): readonly CompiledTemplate[] {
  return factOf(facts, 'opening') === undefined ? words.leftOpenWithoutTime : words.leftOpenWithTime;
}

function choiceOf(
  id: string,
  ask: FoundIntent['ask'],
  entry: NonNullable<ReturnType<TemplateBook['intents']['get']>>,
  facts: Facts,
): Choice | undefined {
  const intent: FoundIntent = { id, confidence: 1, ask, by: 'both', evidence: [] };
  const found = choiceFor({ intent, entry }, { facts, avoid: [], seed: 0, short: false, forAgent: false });
  return 'choice' in found ? found.choice : undefined;
}
