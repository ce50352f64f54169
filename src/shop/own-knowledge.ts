/**
 * A shop's own intents at work, beside what it shares with all others: its replies in the book, its patterns and examples
 * as a layer over the shared model. Shops without files of their own share everything; the others cost what they add.
 */
import { LRUCache } from 'lru-cache';
import type { CompiledRules } from '../compliance/check.js';
import type { TemplateBook } from '../composing/book.js';
import type { Fault } from '../errors.js';
import { compileMatcher } from '../understanding/compile-patterns.js';
import { layered } from '../understanding/layer.js';
import type { RuleSequence } from '../understanding/match-plan.js';
import type { Model } from '../understanding/model.js';
import { fold } from '../understanding/normalise.js';
import type { Steps } from '../understanding/steps.js';
import type { IntentFile } from './intent-file.js';
import { intentModel, type ModelBasis } from './model.js';
import type { OwnIntent } from './overrides.js';
import { bookOf } from './replies.js';
import type { ReplyWordsFile } from './reply-words.js';
import { openRules, type RuleCompiler } from './rule-compiler.js';
import { faultOfSettings } from './settings-replies.js';
import { sideFaults } from './side-faults.js';
import { checkingTemplates } from './template-faults.js';

/** What all shops share. */
export interface SharedKnowledge {
  readonly model: Model;
  readonly basis: ModelBasis;
  readonly book: TemplateBook;
  readonly intents: ReadonlyMap<string, IntentFile>;
  readonly words: ReplyWordsFile;
  readonly wordsPath: string;
  readonly rules: CompiledRules;
  /** Content hash of the files it was made from. */
  readonly hash: string;
}

/** The shared model with what shops' own patterns are compiled with. */
type Heard = Pick<SharedKnowledge, 'model' | 'basis'>;

export interface OwnKnowledge {
  readonly intents: ReadonlyMap<string, IntentFile>;
  readonly book: TemplateBook;
  /** Made when it is first asked for. */
  readonly model: () => Model;
  readonly faults: readonly Fault[];
}

/** Compiled layers that are kept; one that was let go is made again in milliseconds. */
const mostLayers = 500;

/** By shop, with the files and the shared model that it was compiled from: a change of either makes a new one. */
export type Layers = LRUCache<string, { readonly files: readonly OwnIntent[]; readonly base: Model; readonly model: Model }>;

/** Layers are compiled when a shop is first asked something, and the least used are let go. */
export function openLayers(): Layers {
  return new LRUCache({ max: mostLayers });
}

/** In short steps, so that a server can answer meanwhile. */
export function* compilingOwn(
  shop: string,
  files: readonly OwnIntent[],
  shared: SharedKnowledge,
  layers: Layers,
): Steps<OwnKnowledge> {
  const base = shared.model;
  if (files.length === 0) return { intents: shared.intents, book: shared.book, model: () => base, faults: [] };
  const intents = new Map([...shared.intents, ...files.map(({ intent }) => [intent.id, intent] as const)]);
  const { book, faults: bookFaults } = bookOf(files, shared.words, shared.wordsPath);
  yield;
  const templates = yield* checkingTemplates(files, shared.rules);
  const sides = files.flatMap(({ intent, path }) => sideFaults(intent, path));
  const faults = [...bookFaults, ...templates, ...sides].flatMap((fault) => placed(fault, files));
  faults.push(...patternFaults(files, shared));
  yield;
  const isHeard = files.some(
    ({ shared: known, added }) =>
      known === undefined ||
      [added.patterns, added.unless, added.examples, added.goesOn.patterns].some((list) => list.length > 0),
  );
  return {
    intents,
    book: { intents: new Map([...shared.book.intents, ...book.intents]), words: shared.book.words },
    model: isHeard ? () => kept(layers, shop, files, shared) : () => base,
    faults,
  };
}

function kept(layers: Layers, shop: string, files: readonly OwnIntent[], shared: Heard): Model {
  const known = layers.get(shop);
  if (known?.files === files && known.base === shared.model) return known.model;
  const model = layerOver(files, shared);
  layers.set(shop, { files, base: shared.model, model });
  return model;
}

/** A fault of the merged intent as one of the shop's file; what stands in the shared file was told there. */
function placed(fault: Fault, files: readonly OwnIntent[]): Fault[] {
  const file = files.find((one) => one.path === fault.file);
  const at = /^replies\[(\d+)\]/.exec(fault.path)?.[1];
  if (file === undefined) return [];
  const ofSettings = faultOfSettings(fault, file);
  if (ofSettings !== undefined) return [ofSettings];
  if (file.shared === undefined) return [fault];
  if (at === undefined) return file.intent.holding === file.shared.holding ? [] : [fault];
  const place = file.replies.indexOf(file.intent.replies[Number(at)]?.id ?? '');
  return place < 0 ? [] : [{ ...fault, path: fault.path.replace(/^replies\[\d+\]/, `replies[${place}]`) }];
}

/** Patterns are read at the start, so that a bad one stops it; what they compile to is made when it is needed. */
function patternFaults(files: readonly OwnIntent[], compiled: Heard): readonly Fault[] {
  const faults: Fault[] = [];
  rulesOf(files, compiled, faults);
  return faults;
}

function rulesOf(files: readonly OwnIntent[], { model, basis }: Heard, faults: Fault[]): RuleCompiler {
  const isKnown = (id: string) => [...model.intents, ...files.map(({ intent }) => intent)].some((one) => one.id === id);
  const rules = openRules(basis.words, basis.foldWord, faults, isKnown, model.rules.length);
  for (const { index, file } of numbered(files, model))
    rules.addIntent(index, file.added, file.path, file.intent.group === 'talk');
  return rules;
}

/** Shared intents keep their number, the shop's own come behind them. */
function numbered(files: readonly OwnIntent[], model: Model) {
  const fresh = files.filter((file) => file.shared === undefined);
  return files.map((file) => ({
    file,
    index:
      file.shared === undefined
        ? model.intents.length + fresh.indexOf(file)
        : model.intents.findIndex((one) => one.id === file.intent.id),
  }));
}

function layerOver(files: readonly OwnIntent[], compiled: Heard): Model {
  const { model, basis } = compiled;
  const { rules, sequences } = rulesOf(files, compiled, []);
  const fresh = files.filter((file) => file.shared === undefined).map((file) => file.intent);
  const places = numbered(files, model);
  return layered(model, {
    intents: fresh.map((intent) => ({ ...intentModel(intent, basis.foldWord), isFirm: true })),
    talk: fresh.filter((intent) => intent.group === 'talk').map((intent) => intent.id),
    rules,
    matcher: sequences.length === 0 ? undefined : compileMatcher(sequences, slotWordsIn(sequences, basis.slotWords), basis.edges),
    touched: new Set(places.map(({ index }) => index)),
    samples: places.flatMap(({ file, index }) =>
      file.added.examples.map((example) => ({ text: fold(example, model.folding), intent: index })),
    ),
  });
}

/** The thousand place names only for a shop whose patterns ask for one. */
function slotWordsIn<Word extends { readonly slot: string }>(
  sequences: readonly RuleSequence[],
  words: readonly Word[],
): readonly Word[] {
  const used = new Set(sequences.flatMap(({ sequence }) => sequence.elements.map((element) => element.slot)));
  return words.filter((word) => used.has(word.slot));
}
