/** Compiles intent files and a language file into the model that understand() runs. Faults name pattern and mend. */
import { Converter } from 'opencc-js/t2cn';
import type { Ask } from '../conversation.js';
import type { Fault } from '../errors.js';
import { itemSlot } from '../understanding/candidates.js';
import type { RuleSequence, SlotWord } from '../understanding/match-plan.js';
import { compilingMatcher } from '../understanding/matcher.js';
import type { Model, Rule } from '../understanding/model.js';
import { type Sample, trainingNgrams } from '../understanding/ngrams.js';
import { fold, foldedText, foldingOf } from '../understanding/normalise.js';
import { PatternError, parsePattern } from '../understanding/pattern.js';
import { namedRegions } from '../understanding/regions.js';
import { atOnce, type Steps } from '../understanding/steps.js';
import type { IntentFile } from './intent-file.js';
import type { LanguageFile } from './language-file.js';

/** Whether an intent is reported: the score that balances misses and false finds on labelled messages (zaima eval). */
const defaultThreshold = 0.5;
/** With examples alone the n-grams stand by themselves. */
const examplesOnlyThreshold = 0.35;
const defaultWeight = 0.9;
const wordsAStep = 500;

export interface ProductWords {
  /** Titles and aliases. */
  readonly names: readonly string[];
  readonly colours: readonly string[];
}

export interface CompiledModel {
  readonly model: Model;
  readonly faults: readonly Fault[];
}

let traditionalPairs: string | undefined;

/** 繁 and 简 one after the other, from OpenCC's character tables; made once a process. */
function traditional(): string {
  if (traditionalPairs === undefined) {
    // One character a line, so that each is converted by itself: as words some would turn into two.
    const characters: string[] = [];
    for (let code = 0x3400; code < 0xa000; code++) characters.push(String.fromCharCode(code));
    const simple = Converter({ from: 't', to: 'cn' })(characters.join('\n')).split('\n');
    let pairs = '';
    for (const [at, from] of characters.entries()) {
      const to = simple[at]!;
      if (to.length === 1 && to !== from) pairs += from + to;
    }
    traditionalPairs = pairs;
  }
  return traditionalPairs;
}

/**
 * @param files intent files with the path they came from
 * @param products what the shops' own products are called and the colours they come in
 */
export function compileModel(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  language: LanguageFile,
  languagePath: string,
  products: ProductWords = { names: [], colours: [] },
): CompiledModel {
  return atOnce(compilingModel(files, language, languagePath, products));
}

/** The same in steps of some ten milliseconds, for a server that answers meanwhile. */
export function* compilingModel(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  language: LanguageFile,
  languagePath: string,
  products: ProductWords,
): Steps<CompiledModel> {
  const faults: Fault[] = [];
  const folding = foldingOf(
    traditional(),
    Object.entries(language.rewrites).flatMap(([to, froms]) => froms.map((from) => ({ from, to }))),
  );
  const foldWord = (word: string) => foldedText(word, folding).trim();
  const words = wordLists(language, languagePath, faults);
  yield;

  const rules: Rule[] = [];
  const sequences: RuleSequence[] = [];
  const addPattern = (rule: Rule, pattern: string, path: string, place: string): number | undefined => {
    try {
      const parsed = parsePattern(pattern, words, foldWord);
      const id = rules.push(rule) - 1;
      for (const sequence of parsed) sequences.push({ rule: id, sequence });
      return id;
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      faults.push({
        file: path,
        path: place,
        problem: `pattern "${pattern}": ${error.message}`,
        mend: 'See the pattern language in README.',
        severity: 'error',
      });
      return undefined;
    }
  };

  const intents = files.map(({ intent }) => intent);
  for (const [index, { path, intent }] of files.entries()) {
    for (const [at, entry] of intent.patterns.entries()) {
      const pattern = typeof entry === 'string' ? { match: entry } : entry;
      const place = `patterns[${at}]`;
      const rule: Rule = {
        does: 'find',
        intent: index,
        weight: pattern.weight ?? defaultWeight,
        ...(pattern.ask === undefined ? {} : { ask: pattern.ask }),
        pattern: pattern.match,
      };
      const id = addPattern(rule, pattern.match, path, place);
      if (id === undefined) continue;
      for (const unless of pattern.unless ?? []) addPattern({ does: 'cancel_rule', rule: id }, unless, path, `${place}.unless`);
    }
    for (const [order, [facet, patterns]] of Object.entries(intent.facets).entries()) {
      for (const [at, pattern] of patterns.entries())
        addPattern({ does: 'facet', intent: index, facet, order }, pattern, path, `facets.${facet}[${at}]`);
    }
    for (const [at, pattern] of intent.unless.entries())
      addPattern({ does: 'cancel_intent', intent: index }, pattern, path, `unless[${at}]`);
    yield;
  }
  for (const [ask, patterns] of Object.entries(language.asks) as [Ask, string[]][]) {
    for (const [at, pattern] of patterns.entries()) addPattern({ does: 'ask', ask }, pattern, languagePath, `asks.${ask}[${at}]`);
  }

  yield;
  const named = namedRegions(language.regions, language.plainWords);
  yield;
  const couriers = Object.keys(language.couriers);
  const banks = Object.keys(language.banks);
  const colours = [...new Set([...language.colours, ...products.colours])];
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
  for (const [value, name] of products.names.entries()) addWord(itemSlot, name, value);
  for (const numeral of '一二两三四五六七八九十百半') slotWords.push({ slot: 'number', literal: numeral, value: 0 });

  const samples: Sample[] = [];
  for (const [index, intent] of intents.entries()) {
    yield;
    for (const example of intent.examples) samples.push({ text: fold(example, folding), intent: index });
  }
  yield;
  const examplesOnly = intents.every((intent) => intent.patterns.length === 0);
  const ngrams = yield* trainingNgrams(samples, intents.length);
  const edges = { leads: language.leads.map(foldWord), tails: language.tails };
  const matcher = yield* compilingMatcher(sequences, slotWords, edges);
  const model: Model = {
    intents: intents.map((intent) => ({
      id: intent.id,
      ask: intent.ask,
      yields: intent.yields,
      beside: intent.beside,
      aboutOrder: intent.aboutOrder,
      threshold: examplesOnly ? examplesOnlyThreshold : defaultThreshold,
      mostBeside: intent.mostBeside,
    })),
    talk: new Set(intents.filter((intent) => intent.group === 'talk').map((intent) => intent.id)),
    rules,
    matcher,
    ngrams,
    folding,
    tables: { regions: named.map((one) => one.region), couriers, banks, colours, measures: language.measures },
    examplesOnly,
  };
  return { model, faults };
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
