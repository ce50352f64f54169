/** Compiles intent files and a language file into the model that understand() runs. Faults name pattern and mend. */
import type { Ask } from '../conversation.js';
import type { Fault } from '../errors.js';
import { noParts } from '../kept-parts.js';
import { traditional } from '../traditional.js';
import { automatonOf } from '../understanding/aho-corasick.js';
import { asConstant } from '../understanding/as-constant.js';
import { compilingPatterns } from '../understanding/compile-patterns.js';
import type { Edges } from '../understanding/edges.js';
import { trainingExamples } from '../understanding/example-model.js';
import type { SlotWord } from '../understanding/match-plan.js';
import { matcherOf } from '../understanding/matcher.js';
import { learningMessages, readerOf } from '../understanding/message-reader.js';
import type { IntentModel, Model, Rule } from '../understanding/model.js';
import { type Folded, type Folding, fold, foldedText, foldingOf } from '../understanding/normalise.js';
import { formalNumerals } from '../understanding/numbers.js';
import type { Sample } from '../understanding/own-examples.js';
import { namedRegions } from '../understanding/regions.js';
import { itemSlot } from '../understanding/slots.js';
import { atOnce, type Steps } from '../understanding/steps.js';
import type { ReadMessage } from '../understanding/taught-messages.js';
import { countWordings, wordingsOf } from '../understanding/wordings.js';
import { fixedIntents } from './fixed-intents.js';
import type { IntentFile } from './intent-file.js';
import type { LanguageFile } from './language-file.js';
import type { WrittenMessage } from './message-files.js';
import { type IntentPatterns, openRules, type RuleCompiler } from './rule-compiler.js';
import { sideFaults } from './side-faults.js';

/** Whether an intent is reported: the score that balances misses and false finds on labelled messages (zaima eval). */
const defaultThreshold = 0.5;
/** What may stand beside a matter un-understood where its file says nothing: judged on answers read one by one. */
const usualBeside = 2;
/** Where examples are all there is, what is given for these shows what belongs to no intent. */
export const rejectingIds: readonly string[] = ['none', 'out_of_scope', 'oos'];
const wordsAStep = 500;

export interface ProductWords {
  /** Titles and aliases. */
  readonly names: readonly string[];
  readonly colours: readonly string[];
  /** 省/市/县 that the shops' own tables name: their short names are understood. */
  readonly counties?: readonly string[];
  /** Labels of their details. */
  readonly details: readonly string[];
  /** What their campaigns are called. */
  readonly campaigns?: readonly string[];
}

/** What a shop's own patterns are compiled with, so that they read words as the shared ones do. */
export interface ModelBasis {
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly foldWord: (word: string) => string;
  readonly slotWords: readonly SlotWord[];
  readonly edges: Edges;
}

export interface CompiledModel {
  readonly model: Model;
  readonly basis: ModelBasis;
  readonly faults: readonly Fault[];
}

/**
 * @param files intent files with the path they came from
 * @param messages whole messages with their matters; none: the second reader seconds, and no more. Examples alone learn of
 *   them those without a matter
 * @param products what the shops' own products are called and the colours they come in
 */
export function compileModel(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  language: LanguageFile,
  languagePath: string,
  products: ProductWords = { names: [], colours: [], details: [] },
  messages: readonly WrittenMessage[] = [],
): CompiledModel {
  return atOnce(compilingModel(files, language, languagePath, products, messages));
}

/**
 * The same in steps of some ten milliseconds, for a server that answers meanwhile.
 * @param parts where it is kept what the second reader learnt
 */
export function* compilingModel(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  language: LanguageFile,
  languagePath: string,
  products: ProductWords,
  messages: readonly WrittenMessage[] = [],
  parts = noParts,
): Steps<CompiledModel> {
  const faults: Fault[] = [];
  const spelt = Object.entries(language.rewrites).flatMap(([to, froms]) => froms.map((from) => ({ from, to })));
  const folding = foldingOf(traditional, [...spelt, ...formalNumerals(language.measures)]);
  const foldWord = (word: string) => foldedText(word, folding).trim();
  const words = wordLists(language, languagePath, faults);
  yield;

  const intents = files.map(({ intent }) => intent);
  const patterns = files.map(({ path, intent: { id, group, patterns, facets, unless, goesOn } }) => ({
    path,
    intent: { id, group, patterns, facets, unless, goesOn },
  }));
  const named = parts.get('regions', [language.regions, language.plainWords, products.counties], () =>
    namedRegions(language.regions, language.plainWords, products.counties),
  );
  yield;
  const couriers = Object.keys(language.couriers);
  const banks = Object.keys(language.banks);
  const colours = [...new Set([...language.colours, ...products.colours])];
  const weaknesses = Object.keys(language.weaknesses);
  const details = [...new Set([...Object.keys(language.details), ...products.details])].filter(
    (label) => !weaknesses.includes(label),
  );
  const slotWords: SlotWord[] = [];
  const addWord = (slot: string, literal: string, value: number) => {
    const folded = foldWord(literal);
    if (folded !== '') slotWords.push({ slot, literal: folded, value });
  };
  for (const [value, one] of named.entries()) {
    if (value % wordsAStep === 0) yield;
    addWord('region', one.name, value);
  }
  for (const [value, name] of couriers.entries())
    for (const alias of [name, ...language.couriers[name]!]) addWord('courier', alias, value);
  for (const [value, name] of banks.entries())
    for (const alias of [name, ...language.banks[name]!]) addWord('bank', alias, value);
  for (const [value, colour] of colours.entries()) addWord('colour', colour, value);
  // A label of a shop's own is no longer another's synonym: 克重 beside 厚薄.
  for (const [value, label] of details.entries())
    for (const word of [label, ...(language.details[label] ?? []).filter((one) => !details.includes(one))])
      addWord('detail', word, value);
  for (const [value, label] of weaknesses.entries())
    for (const word of [label, ...language.weaknesses[label]!]) addWord('weakness', word, value);
  for (const [value, name] of products.names.entries()) addWord(itemSlot, name, value);
  for (const [value, name] of (products.campaigns ?? []).entries()) addWord('campaign', name, value);
  for (const numeral of '一二两三四五六七八九十百半') slotWords.push({ slot: 'number', literal: numeral, value: 0 });

  const edges: Edges = { leads: language.leads.map(foldWord), tails: language.tails, closings: language.closings };
  const heard = { words: [...words], asks: language.asks, questions: language.questions };
  const patternsFrom = [patterns, heard, languagePath, traditional, language.rewrites];
  const taught = intents.map((intent) => [intent.id, intent.examples]);
  const { rules, compiled, wordings, ...read } = yield* parts.getting(
    'patterns',
    [patternsFrom, slotWords, edges, taught, language.syllables, language.abbreviations],
    function* () {
      const { rules, sequences, faults } = yield* parts.getting('rules', patternsFrom, () =>
        readingPatterns(patterns, language, languagePath, words, foldWord),
      );
      const sentences = intents.flatMap(({ examples }) => examples.map((example) => foldedText(example, folding)));
      yield;
      const wordings = countWordings(
        sentences,
        fragmentsOf(rules, sequences, slotWords),
        language.syllables,
        language.abbreviations,
      );
      yield;
      return { rules, faults, wordings, compiled: yield* compilingPatterns(sequences, slotWords, edges) };
    },
  );
  faults.push(...read.faults, ...files.flatMap(({ path, intent }) => sideFaults(intent, path)));
  const matcher = matcherOf(compiled, edges);
  yield;
  const examplesOnly = intents.every((intent) => intent.patterns.length === 0);
  // Where nobody wrote whole messages, examples are all there is to hear what no pattern foresaw.
  const isUntaught = messages.length > 0 && messages.every((message) => message.intents.length === 0);
  const samples = samplesOf(intents, folding);
  const rejecting = new Set([...intents.keys()].filter((index) => rejectingIds.includes(intents[index]!.id)));
  const examples =
    examplesOnly || (isUntaught && samples.length > 0)
      ? yield* trainingExamples(samples, intents.length, rejecting, withoutMatter(messages, folding))
      : undefined;
  // It seconds what patterns find: without patterns there is nothing to second.
  const reader = examplesOnly
    ? undefined
    : readerOf(
        yield* parts.getting('reader', [taught, messages, traditional, language.rewrites], () =>
          learningMessages(
            samples.map(({ text, intent }) => ({ text, intents: [intent] })),
            isUntaught ? [] : readMessages(messages, intents, folding),
            intents.length,
          ),
        ),
      );
  const wordsOf = (list: readonly string[]) => automatonOf([...new Set(list.map(foldWord))].filter((word) => word !== ''));
  const model: Model = {
    intents: intents.map((intent) => intentModel(intent, foldWord)),
    talk: new Set(intents.filter((intent) => intent.group === 'talk').map((intent) => intent.id)),
    rules: ofOneShape(rules),
    matcher,
    folding,
    ...(Object.keys(language.syllables).length === 0 ? {} : { wordings: wordingsOf(wordings) }),
    ...(reader === undefined ? {} : { reader }),
    askingParticles: new Set([...language.askingParticles].map((one) => one.charCodeAt(0))),
    fillers: wordsOf(language.fillers),
    goods: wordsOf(language.goods),
    tables: {
      regions: named.map((one) => one.region),
      notPlaces: new Set(language.notPlaces.map(foldWord)),
      couriers,
      banks,
      colours,
      details,
      weaknesses,
      measures: language.measures,
    },
    ...(examples === undefined ? {} : { examples }),
  };
  return { model, basis: { words, foldWord, slotWords, edges }, faults };
}

const anyRule = {
  does: undefined,
  intent: undefined,
  weight: undefined,
  ask: undefined,
  pattern: undefined,
  rules: undefined,
  facet: undefined,
  order: undefined,
  after: undefined,
  with: undefined,
  afterFacets: undefined,
} satisfies Record<KeyOf<Rule>, undefined>;

/** The keys of any member of a union. */
type KeyOf<T> = T extends unknown ? keyof T : never;

/** Rules of one shape, whatever they do and wherever they come from: what is asked of thousands is then found without a search. */
function ofOneShape(rules: readonly Rule[]): readonly Rule[] {
  const does = new Map<string, string>();
  return rules.map((rule) => {
    if (!does.has(rule.does)) does.set(rule.does, asConstant(rule.does));
    return { ...anyRule, ...rule, does: does.get(rule.does) } as Rule;
  });
}

/** Pieces of what buyers write, with how often each stands in a pattern or a list. */
function fragmentsOf(
  rules: readonly Rule[],
  sequences: RuleCompiler['sequences'],
  slotWords: readonly SlotWord[],
): ReadonlyMap<string, number> {
  const fragments = new Map<string, number>();
  const add = (word: string, times: number) => fragments.set(word, (fragments.get(word) ?? 0) + times);
  for (const { rule, sequence } of sequences) {
    const known = rules[rule]!;
    // What many patterns share counts for each of them.
    const times = known.does === 'cancel_rules' ? known.rules.length : 1;
    for (const { literals } of sequence.elements) for (const literal of literals) add(literal, times);
  }
  for (const { slot, literal } of slotWords) if (slot !== 'region') add(literal, 1);
  return fragments;
}

function withoutMatter(messages: readonly WrittenMessage[], folding: Folding): readonly Folded[] {
  return messages.flatMap(({ text, intents }) => (intents.length === 0 ? [fold(text, folding)] : []));
}

function samplesOf(intents: readonly IntentFile[], folding: Folding): readonly Sample[] {
  return intents.flatMap(({ examples }, intent) => examples.map((example) => ({ text: fold(example, folding), intent })));
}

interface ReadPatterns extends Pick<RuleCompiler, 'rules' | 'sequences'> {
  readonly faults: readonly Fault[];
}

/** All patterns of all files as the matcher looks for them. */
function* readingPatterns(
  files: readonly { readonly path: string; readonly intent: IntentPatterns & Pick<IntentFile, 'id' | 'group'> }[],
  language: LanguageFile,
  languagePath: string,
  words: ReadonlyMap<string, readonly string[]>,
  foldWord: (word: string) => string,
): Steps<ReadPatterns> {
  const faults: Fault[] = [];
  // A fixed intent whose file is broken or missing is told by itself.
  const isKnown = (id: string) => fixedIntents.includes(id) || files.some(({ intent }) => intent.id === id);
  const { rules, sequences, addPattern, addIntent } = openRules(words, foldWord, faults, isKnown);
  for (const [index, { path, intent }] of files.entries()) {
    addIntent(index, intent, path, intent.group === 'talk');
    yield;
  }
  for (const [ask, patterns] of Object.entries(language.asks) as [Ask, string[]][]) {
    for (const [at, pattern] of patterns.entries()) addPattern({ does: 'ask', ask }, pattern, languagePath, `asks.${ask}[${at}]`);
  }
  for (const [at, pattern] of language.questions.entries())
    addPattern({ does: 'question' }, pattern, languagePath, `questions[${at}]`, true);
  return { rules, sequences, faults };
}

/** The messages as the second reader learns them. */
function readMessages(
  messages: readonly WrittenMessage[],
  intents: readonly IntentFile[],
  folding: Folding,
): readonly ReadMessage[] {
  const numbers = new Map(intents.map(({ id }, number) => [id, number]));
  return messages.map(({ text, intents: ids }) => ({
    text: fold(text, folding),
    intents: ids.flatMap((id) => numbers.get(id) ?? []),
  }));
}

/**
 * What understanding must know of an intent beside its patterns.
 * @param foldWord words as messages are read
 */
export function intentModel(intent: IntentFile, foldWord: (word: string) => string): IntentModel {
  const {
    id,
    ask,
    most,
    yields,
    beside,
    aboutOrder,
    mostBeside,
    anyGoods,
    apartFromOffers,
    droppedBelow,
    goesOn,
    keepsVariant,
    keepsQuantity,
    trouble,
  } = intent;
  return {
    id,
    ask,
    yields,
    beside,
    aboutOrder,
    threshold: defaultThreshold,
    ...(droppedBelow === undefined ? {} : { droppedBelow }),
    isFirm: most === 'handoff',
    mostBeside: mostBeside ?? (intent.group === 'talk' ? Number.POSITIVE_INFINITY : usualBeside),
    anyGoods,
    apartFromOffers,
    goesOnWith: new Set(goesOn.slots),
    keepsVariant: new Set(keepsVariant),
    keepsQuantity: new Set(keepsQuantity),
    troubles: trouble.map((one) => ({ ...one, words: one.words?.map(foldWord), unless: one.unless?.map(foldWord) })),
  };
}

/** Word lists with the lists they use filled in; a list may use those written above it. */
function wordLists(language: LanguageFile, file: string, faults: Fault[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  for (const [name, entries] of Object.entries(language.words)) {
    for (const [at, entry] of entries.entries()) {
      const unknown = [...entry.matchAll(openList)].find(([, used]) => !lists.has(used!))?.[1];
      if (unknown === undefined) continue;
      faults.push({
        file,
        path: `words.${name}[${at}]`,
        problem: `there is no word list "${unknown}" above it`,
        mend: 'Name a list that stands above, or move this one down.',
        severity: 'error',
      });
    }
    lists.set(
      name,
      entries.flatMap((entry) => filled(entry, lists)),
    );
  }
  return lists;
}

const openList = /\{(\w+)\}/g;

function filled(entry: string, lists: ReadonlyMap<string, readonly string[]>): string[] {
  const open = /\{(\w+)\}/.exec(entry);
  if (open === null) return [entry];
  const inner = lists.get(open[1]!) ?? [];
  return inner.flatMap((word) => filled(entry.slice(0, open.index) + word + entry.slice(open.index + open[0].length), lists));
}
