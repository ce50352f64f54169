/**
 * Compiles what all shops share: model, replies, rules. Only what a change touches is made anew: the model (a third of a second)
 * when words of buyers changed, the book when replies did, nothing when a shop changed its fees.
 */
import { createHash } from 'node:crypto';
import type { CompiledRules } from '../compliance/check.js';
import type { TemplateBook } from '../composing/book.js';
import type { Fault } from '../errors.js';
import { noParts } from '../kept-parts.js';
import type { Steps } from '../understanding/steps.js';
import type { IntentFile } from './intent-file.js';
import type { SharedFiles } from './knowledge-files.js';
import { type CompiledModel, compilingModel, type ProductWords } from './model.js';
import type { OwnIntent } from './overrides.js';
import { compilingOwn, type OwnKnowledge, openLayers, type SharedKnowledge } from './own-knowledge.js';
import type { ShopParameters } from './parameters.js';
import { bookOf } from './replies.js';
import type { ReplyWordsFile } from './reply-words.js';
import { generalWords } from './settings-replies.js';
import { checkContextOf, type Shop, todayIn } from './shop.js';
import { checkingTemplates } from './template-faults.js';

export interface CompiledShared {
  /** The very same as long as nothing of it has changed. */
  readonly shared: SharedKnowledge;
  readonly faults: readonly Fault[];
}

export interface KnowledgeCompiler {
  /** In short steps. @param shops all of them: what their products are called is understood too */
  compiling(files: SharedFiles, shops: readonly ShopParameters[]): Steps<CompiledShared>;
  /** What one shop says and hears otherwise, in short steps too. */
  compilingOwn(shop: string, files: readonly OwnIntent[], shared: SharedKnowledge): Steps<OwnKnowledge>;
  /** Lets go of what is kept of shops that are no longer in force as they were. */
  forget(shops: Iterable<string>): void;
}

/** @param parts where it is kept what takes long to make */
export function openCompiler(rules: CompiledRules, parts = noParts): KnowledgeCompiler {
  const layers = openLayers();
  let last: SharedKnowledge | undefined;
  const models = lastOf<CompiledModel>();
  const books = lastOf<{ readonly book: TemplateBook; readonly faults: readonly Fault[] }>();

  return {
    *compiling(files, shops) {
      const { intents, messages, language, languagePath, words, wordsPath } = files;
      const products = productWords(shops);
      const hashes = intents.map(({ path, intent }) => ({ path, ...hashesOf(intent) }));
      const understood = hashes.map(({ path, understood: hash }) => [path, hash]);
      const compiled = yield* models.get([understood, hashOnce(messages), hashOnce(language), products], () =>
        compilingModel(intents, language, languagePath, products, messages, parts),
      );
      const said = hashes.map(({ path, said: hash }) => [path, hash]);
      const replies = yield* books.get([said, hashOnce(words)], function* () {
        const { book, faults } = bookOf(intents, words, wordsPath);
        yield;
        const wordings = yield* checkingTemplates(intents, rules, { path: wordsPath, value: words }, parts);
        return { book, faults: [...faults, ...wordings] };
      });
      const { model, basis } = compiled;
      const { book } = replies;
      const whole = hashes.map(({ path, whole: hash }) => [path, hash]);
      const hash = hashOf([whole, hashOnce(messages), hashOnce(language), hashOnce(words)]);
      if (last?.hash !== hash || last.model !== model || last.book !== book) {
        const byId = new Map(intents.map((file) => [file.intent.id, file.intent]));
        last = { intents: byId, model, basis, book, words, wordsPath, rules, hash };
      }
      return { shared: last, faults: [...compiled.faults, ...replies.faults] };
    },
    compilingOwn: (shop, files, shared) => compilingOwn(shop, files, shared, layers),
    forget(shops) {
      for (const shop of shops) layers.delete(shop);
    },
  };
}

/** Keeps the last thing made, for as long as it is asked for with the same key. */
function lastOf<T>() {
  let last: { readonly key: string; readonly made: T } | undefined;
  return {
    *get(from: unknown, make: () => Steps<T>): Steps<T> {
      const key = hashOf(from);
      if (last?.key !== key) last = { key, made: yield* make() };
      return last.made;
    },
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** What was read from files is never changed, and is the very same value as long as the file is. */
const hashesByValue = new WeakMap<object, string>();

function hashOnce(value: object): string {
  const hash = hashesByValue.get(value) ?? hashOf(value);
  hashesByValue.set(value, hash);
  return hash;
}

interface IntentHashes {
  readonly whole: string;
  /** Of what the model is made from. */
  readonly understood: string;
  /** Of what the book is made from. */
  readonly said: string;
}

const hashesByIntent = new WeakMap<IntentFile, IntentHashes>();

function hashesOf(intent: IntentFile): IntentHashes {
  const known = hashesByIntent.get(intent);
  if (known !== undefined) return known;
  const { title: _, replies: __, holding: ___, tests: ____, ...understood } = intent;
  const {
    patterns: _____,
    unless: ______,
    facets: _______,
    examples: ________,
    goesOn: _________,
    tests: __________,
    ...said
  } = intent;
  const hashes = { whole: hashOf(intent), understood: hashOf(understood), said: hashOf(said) };
  hashesByIntent.set(intent, hashes);
  return hashes;
}

/** What products are called and the colours they come in, of all shops together: the model is shared. */
function productWords(shops: readonly ShopParameters[]): ProductWords {
  const products = shops.flatMap((shop) => shop.products);
  const colours = products.flatMap((product) => product.variants.map((variant) => variant.colour));
  const sorted = (words: readonly string[]) => [...new Set(words)].sort();
  return {
    counties: sorted(shops.flatMap(countiesOf)),
    names: sorted(products.flatMap((product) => [product.title, ...product.aliases])),
    colours: sorted(colours.filter((colour) => colour !== undefined)),
    details: sorted(products.flatMap((product) => Object.keys(product.details))),
    campaigns: sorted(shops.flatMap(({ campaigns }) => campaigns.flatMap(({ name, aliases }) => [name, ...aliases]))),
  };
}

/** The counties that a shop's tables name. */
function countiesOf({ shipping, dispatch, cod }: ShopParameters): readonly string[] {
  const rows = [...(shipping?.table ?? []), ...(dispatch?.daysByRegion ?? [])].flatMap(({ regions }) => regions);
  const places = [...rows, ...(shipping?.notServed ?? []), ...(shipping?.freeExcludes ?? []), ...(cod?.notIn ?? [])];
  return places.filter((place) => place.split('/').length === 3);
}

export interface ShopParts {
  readonly parameters: ShopParameters;
  readonly shared: SharedKnowledge;
  /** The shop's own files, and what they were compiled to. */
  readonly files: readonly OwnIntent[];
  readonly own: OwnKnowledge;
  /** Number of the revision that the parameters are. */
  readonly settings?: number;
}

/** A shop at work. */
export function shopOf(parts: ShopParts): Shop {
  const { parameters, shared, files } = parts;
  const content = JSON.stringify([parameters, ...files.map(({ path, intent }) => [path, intent])]);
  return shopAt(createHash('sha256').update(shared.hash).update(content).digest('hex').slice(0, 16), parts);
}

/** The same shop with the stock of the moment. Its revision stays: counting pieces is no new knowledge. */
export function stockedShop(shop: Shop, parameters: ShopParameters): Shop {
  return Object.freeze({
    id: shop.id,
    parameters,
    intents: shop.intents,
    own: shop.own,
    get model() {
      return shop.model;
    },
    book: shop.book,
    rules: shop.rules,
    checkContext: shop.checkContext,
    revision: shop.revision,
    ...(shop.settings === undefined ? {} : { settings: shop.settings }),
    today: shop.today,
  });
}

/** The book with the general holding words of the settings; the very same where they say none. */
function withGeneralWords(book: TemplateBook, words: ReplyWordsFile, { holding }: ShopParameters): TemplateBook {
  const own = generalWords(words, holding);
  return own === words ? book : { intents: book.intents, words: bookOf([], own, '').book.words };
}

function shopAt(revision: string, { parameters, shared, files, own, settings }: ShopParts): Shop {
  return Object.freeze({
    id: parameters.id,
    parameters,
    intents: own.intents,
    own: files,
    get model() {
      return own.model();
    },
    book: withGeneralWords(own.book, shared.words, parameters),
    rules: shared.rules,
    checkContext: checkContextOf(parameters),
    revision,
    ...(settings === undefined ? {} : { settings }),
    today: todayIn(parameters.timeZone),
  });
}
