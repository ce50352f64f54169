/** All that a shop can say, for its owner: intents with their switches, replies with their words, and what is off and why. */
import type { CompiledReply } from '../composing/book.js';
import type { Condition } from '../composing/facts.js';
import { characters } from '../composing/limits.js';
import { replyStates } from '../composing/reply-states.js';
import type { Action, Ask } from '../conversation.js';
import type { Steps } from '../understanding/steps.js';
import { choicesOf, conditionWords, factTitle, type InWords, parameterOf } from './condition-words.js';
import { facetQuestions } from './facet-questions.js';
import { possibleFacts } from './facts.js';
import type { IntentFile, ReplyTemplate } from './intent-file.js';
import type { OwnIntent } from './overrides.js';
import { replySamples } from './reply-samples.js';
import type { Shop } from './shop.js';

/** A fact that a text names, and the parameter that it rests on. */
export interface UsedFact {
  readonly name: string;
  readonly title: InWords;
  /** `message.…`: the buyer's words or page give it. */
  readonly parameter: string;
  /** Whether it can have a value in this shop. */
  readonly isSet: boolean;
  /** What each of the words that it may be means. */
  readonly choices?: Readonly<Record<string, InWords>>;
}

/** Why a reply is never said here. */
export type OffBecause =
  /** The settings switch it off. */
  | 'switched_off'
  /** A parameter that all its wordings need is not set. */
  | 'parameter_not_set'
  /** It is for shops that have what this one has not. */
  | 'not_for_this_shop';

export interface ListedReply {
  readonly id: string;
  /** Whose words are said: of all shops, of the shop's own file, of its settings. */
  readonly source: 'shared' | 'file' | 'settings';
  readonly asks: readonly Ask[];
  readonly when: readonly { readonly fact: string; readonly condition: Condition; readonly words: InWords }[];
  readonly texts: readonly string[];
  readonly short: string;
  /** Where the settings say it otherwise: what the files have. */
  readonly base?: { readonly texts: readonly string[]; readonly short: string };
  readonly isDraftOnly: boolean;
  readonly isOnce: boolean;
  readonly isPromise: boolean;
  readonly facts: readonly UsedFact[];
  readonly off?: { readonly because: OffBecause; readonly missing: readonly UsedFact[] };
  /** Of all wordings, filled in with the shop's own values and long ones where the turn gives them; absent: cannot be said. */
  readonly longestCharacters?: number;
}

export interface ListedIntent {
  readonly id: string;
  readonly title: InWords;
  readonly group: IntentFile['group'];
  /** The shop's alone. */
  readonly isOwn: boolean;
  readonly most: Action;
  readonly switch?: 'off' | 'draft' | 'auto';
  readonly replies: readonly ListedReply[];
  /** Its own words for when a person must answer; none: the general ones. */
  readonly holding: readonly string[];
  /** Where the settings say them: what the files have. */
  readonly holdingBase?: readonly string[];
}

/** In short steps, an intent each: all of them take longer than callers should wait for others. */
export function* listingIntents(shop: Shop, now: number): Steps<readonly ListedIntent[]> {
  const possible = possibleFacts(shop.parameters);
  const listed: ListedIntent[] = [];
  for (const intent of shop.intents.values()) {
    yield;
    const own = shop.own.find((one) => one.intent.id === intent.id);
    const chosen = shop.parameters.intents[intent.id];
    listed.push({
      id: intent.id,
      title: intent.title,
      group: intent.group,
      isOwn: own !== undefined && own.shared === undefined,
      most: intent.most,
      ...(chosen !== undefined && { switch: chosen }),
      replies: repliesOf(shop, intent, own, possible, now),
      holding: holdingTexts(intent),
      ...(own?.settings?.isHolding === true && { holdingBase: holdingTexts(own.settings.base) }),
    });
  }
  return listed;
}

function holdingTexts({ holding }: IntentFile): readonly string[] {
  return holding.flatMap((entry) => (typeof entry === 'string' ? [entry] : entry.texts));
}

function repliesOf(
  shop: Shop,
  intent: IntentFile,
  own: OwnIntent | undefined,
  possible: ReadonlySet<string>,
  now: number,
): readonly ListedReply[] {
  const written = shop.parameters.replies[intent.id] ?? {};
  const base = own?.settings?.base ?? intent;
  const entry = shop.book.intents.get(intent.id);
  const states = new Map(
    (entry === undefined ? [] : replyStates(entry, possible)).map((state) => [state.reply.id, state] as const),
  );
  const questions = facetQuestions(intent, shop.model);
  const sides = sidesOf(intent, questions);
  // In the files' order, those that are switched off among them.
  return base.replies.map((inFile): ListedReply => {
    const said = intent.replies.find((reply) => reply.id === inFile.id);
    const inForce = said ?? inFile;
    const state = states.get(`${intent.id}.${inFile.id}`);
    const changed = written[inFile.id];
    const isChanged = changed?.texts !== undefined || changed?.short !== undefined;
    const used = (names: readonly string[]) => names.map((name) => usedFact(name, possible, sides));
    const off =
      said === undefined
        ? ({ because: 'switched_off', missing: [] } as const)
        : state !== undefined && state.missing.length > 0
          ? ({ because: 'parameter_not_set', missing: used(state.missing) } as const)
          : state !== undefined && state.notMet.length > 0
            ? ({ because: 'not_for_this_shop', missing: used(state.notMet) } as const)
            : undefined;
    const longest = state === undefined || off !== undefined ? undefined : longestOf(shop, state.reply, inForce, now);
    return {
      id: inFile.id,
      source: isChanged ? 'settings' : own?.replies.includes(inFile.id) === true ? 'file' : 'shared',
      asks: inFile.asks,
      when: Object.entries(inFile.when).map(([fact, condition]) => ({
        fact,
        condition,
        words: conditionWords(fact, condition, questions, intent.facetTitles),
      })),
      texts: inForce.texts,
      short: inForce.short,
      ...(isChanged && { base: { texts: inFile.texts, short: inFile.short } }),
      isDraftOnly: inFile.only === 'draft',
      isOnce: inFile.once === true,
      isPromise: inFile.promises === true,
      facts: used(state === undefined ? [] : variablesOf(state.reply)),
      ...(off !== undefined && { off }),
      ...(longest !== undefined && { longestCharacters: longest }),
    };
  });
}

function variablesOf({ texts, short }: CompiledReply): readonly string[] {
  return [...new Set([...texts, short].flatMap(({ variables }) => variables))];
}

/** Each side of the topic: its title, or what buyers ask of it. */
function sidesOf({ facets, facetTitles }: IntentFile, questions: ReadonlyMap<string, string>): Readonly<Record<string, InWords>> {
  return Object.fromEntries(
    Object.keys(facets).map((side) => {
      const asked = questions.get(side) ?? side.replaceAll('_', ' ');
      return [side, facetTitles[side] ?? { zh: asked, en: asked }];
    }),
  );
}

/** @param sides of the topic, for the fact that names them */
export function usedFact(name: string, possible: ReadonlySet<string>, sides?: Readonly<Record<string, InWords>>): UsedFact {
  const choices = choicesOf(name, sides);
  return {
    name,
    title: factTitle(name),
    parameter: parameterOf(name),
    isSet: possible.has(name),
    ...(choices !== undefined && { choices }),
  };
}

function longestOf(shop: Shop, { texts, short }: CompiledReply, { when }: ReplyTemplate, now: number): number | undefined {
  const all = [...texts, short].flatMap((template) => replySamples(template, when, shop.parameters, now));
  return all.length === 0 ? undefined : Math.max(...all.map(({ text }) => characters(text)));
}
