/**
 * Compiles what all shops share: model, replies, rules. Only what a change touches is made anew: the model (a third of a second)
 * when words of buyers changed, the book when replies did, nothing when a shop changed its fees.
 */
import { createHash } from 'node:crypto';
import { type CompiledRules, compileRules } from '../compliance/check.js';
import type { Rule } from '../compliance/rule.js';
import type { TemplateBook } from '../composing/book.js';
import type { Fault } from '../errors.js';
import type { Model } from '../understanding/model.js';
import type { Steps } from '../understanding/steps.js';
import type { IntentFile } from './intent-file.js';
import type { SharedFiles } from './knowledge-files.js';
import { compilingModel, type ProductWords } from './model.js';
import type { ShopParameters } from './parameters.js';
import { bookOf } from './replies.js';
import { checkContextOf, type Shop, todayIn } from './shop.js';
import { templateFaults } from './template-faults.js';

export interface SharedKnowledge {
  readonly intents: ReadonlyMap<string, IntentFile>;
  readonly model: Model;
  readonly book: TemplateBook;
  readonly rules: CompiledRules;
  /** Content hash of the files it was made from. */
  readonly hash: string;
}

export interface CompiledShared {
  readonly shared: SharedKnowledge;
  readonly faults: readonly Fault[];
}

export interface KnowledgeCompiler {
  /** In short steps. @param shops all of them: what their products are called is understood too */
  compiling(files: SharedFiles, shops: readonly ShopParameters[]): Steps<CompiledShared>;
}

export function openCompiler(complianceRules: readonly Rule[]): KnowledgeCompiler {
  const rules = compileRules(complianceRules);
  const models = lastOf<{ readonly model: Model; readonly faults: readonly Fault[] }>();
  const books = lastOf<{ readonly book: TemplateBook; readonly faults: readonly Fault[] }>();

  return {
    *compiling(files, shops) {
      const { intents, language, languagePath, words, wordsPath } = files;
      const products = productWords(shops);
      const understood = intents.map(({ path, intent: { title: _, replies: __, holding: ___, tests: ____, ...rest } }) => [
        path,
        rest,
      ]);
      const compiled = yield* models.get([understood, language, products], () =>
        compilingModel(intents, language, languagePath, products),
      );
      const said = intents.map(({ path, intent: { id, title, group, priority, replies, holding } }) => [
        path,
        [id, title, group, priority, replies, holding],
      ]);
      const replies = yield* books.get([said, words], function* () {
        const { book, faults } = bookOf(intents, words, wordsPath);
        const all = [...faults];
        for (const file of intents) {
          yield;
          all.push(...templateFaults([file], rules));
        }
        return { book, faults: all };
      });
      const shared: SharedKnowledge = {
        intents: new Map(intents.map((file) => [file.intent.id, file.intent])),
        model: compiled.model,
        book: replies.book,
        rules,
        hash: hashOf([intents, language, words]),
      };
      return { shared, faults: [...compiled.faults, ...replies.faults] };
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

/** What products are called and the colours they come in, of all shops together: the model is shared. */
function productWords(shops: readonly ShopParameters[]): ProductWords {
  const products = shops.flatMap((shop) => shop.products);
  const colours = products.flatMap((product) => product.variants.map((variant) => variant.colour));
  return {
    names: [...new Set(products.flatMap((product) => [product.title, ...product.aliases]))].sort(),
    colours: [...new Set(colours.filter((colour) => colour !== undefined))].sort(),
  };
}

/** A shop at work. @param settings number of the revision that its parameters are */
export function shopOf(parameters: ShopParameters, shared: SharedKnowledge, settings?: number): Shop {
  const { intents, model, book, rules, hash } = shared;
  return Object.freeze({
    id: parameters.id,
    parameters,
    intents,
    model,
    book,
    rules,
    checkContext: checkContextOf(parameters),
    revision: createHash('sha256').update(hash).update(JSON.stringify(parameters)).digest('hex').slice(0, 16),
    ...(settings === undefined ? {} : { settings }),
    today: todayIn(parameters.timeZone),
  });
}
