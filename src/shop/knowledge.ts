/**
 * Knowledge: intent files, language files and shop parameters, joined into one checked frozen value per shop. A bad file
 * stops the start with all faults at once; what is merely off (a reply whose parameter is not set) is a warning.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type CompiledRules, compileRules } from '../compliance/check.js';
import type { Rule } from '../compliance/rule.js';
import type { Fault } from '../errors.js';
import type { Model } from '../understanding/model.js';
import { loadYaml } from '../yaml-file.js';
import { languageSchema } from './language-file.js';
import { loadExamples, loadIntents, missingIntents } from './load-intents.js';
import { compileModel, type ProductWords } from './model.js';
import { loadOwnIntents, type OwnIntent, strayFolders } from './overrides.js';
import { openLayers, ownKnowledge, type SharedKnowledge } from './own-knowledge.js';
import { type ShopParameters, shopSchema } from './parameters.js';
import { referenceFaults } from './reference-faults.js';
import { bookOf, offReplies } from './replies.js';
import { replyWordsSchema } from './reply-words.js';
import { checkContextOf, type Shop, todayIn } from './shop.js';
import { shopWordFaults } from './shop-word-faults.js';
import { templateFaults } from './template-faults.js';

export interface Knowledge {
  readonly shops: ReadonlyMap<string, Shop>;
  /** Errors stop the start; warnings are told. */
  readonly faults: readonly Fault[];
}

/**
 * Loads everything that shops know.
 * @param home the folder that holds intents/ and config/
 */
export function loadKnowledge(home: string, complianceRules: readonly Rule[]): Knowledge {
  const rules: CompiledRules = compileRules(complianceRules);
  const intents = loadIntents(join(home, 'intents'), home);
  const faults: Fault[] = [...intents.faults];
  const languagePath = join(home, 'intents/languages/zh.yaml');
  const language = loadYaml(languagePath, languageSchema, { shownAs: relative(home, languagePath) });
  const wordsPath = join(home, 'intents/languages/zh.replies.yaml');
  const words = loadYaml(wordsPath, replyWordsSchema, { shownAs: relative(home, wordsPath) });
  faults.push(...language.faults, ...words.faults, ...missingIntents(intents));
  const folder = join(home, 'config/shops');
  const shopFiles = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
    : [];
  if (shopFiles.length === 0)
    faults.push({
      file: 'config/shops',
      path: '',
      problem: 'there is no shop',
      mend: 'Add config/shops/<shop>.yaml; demo.yaml shows how.',
      severity: 'error',
    });
  const byId = new Map(intents.files.map((file) => [file.intent.id, file.intent]));
  const parameters: { shown: string; value: ShopParameters; own: readonly OwnIntent[] }[] = [];
  for (const name of shopFiles) {
    const path = join(folder, name);
    const shown = relative(home, path);
    const loaded = loadYaml(path, shopSchema, { shownAs: shown });
    faults.push(...loaded.faults);
    if (loaded.value === undefined) continue;
    if (loaded.value.id !== name.replace(/\.ya?ml$/, '')) {
      faults.push({
        file: shown,
        path: 'id',
        problem: `the id "${loaded.value.id}" differs from the file's name`,
        mend: 'Give both the same name.',
        severity: 'error',
      });
    }
    const own = loadOwnIntents(home, loaded.value.id, byId);
    faults.push(...own.faults);
    for (const id of Object.keys(loaded.value.intents)) {
      if (!byId.has(id) && !own.files.some((file) => file.intent.id === id)) {
        faults.push({
          file: shown,
          path: `intents.${id}`,
          problem: 'there is no such intent',
          mend: "Name one of intents/*.yaml or of the shop's own.",
          severity: 'error',
        });
      }
    }
    faults.push(...referenceFaults(loaded.value, shown));
    parameters.push({ shown, value: loaded.value, own: own.files });
  }
  faults.push(...strayFolders(home, new Set(shopFiles.map((name) => name.replace(/\.ya?ml$/, '')))));

  const shops = new Map<string, Shop>();
  if (language.value === undefined || words.value === undefined) return { shops, faults };
  const compiled = compileModel(
    intents.files,
    language.value,
    relative(home, languagePath),
    productWords(parameters.map((shop) => shop.value)),
  );
  const book = bookOf(intents.files, words.value, relative(home, wordsPath));
  faults.push(
    ...compiled.faults,
    ...book.faults,
    ...templateFaults(intents.files, rules, { path: relative(home, wordsPath), value: words.value }),
  );
  const shared = JSON.stringify([intents.files, language.value, words.value]);
  const common: SharedKnowledge = {
    compiled,
    book: book.book,
    intents: byId,
    words: words.value,
    wordsPath: relative(home, wordsPath),
    rules,
  };
  const layers = openLayers();
  for (const shop of parameters) {
    const own = ownKnowledge(shop.value.id, shop.own, common, layers);
    faults.push(...own.faults, ...offReplies(own.book, shop.value, shop.shown), ...shopWordFaults(shop.value, shop.shown, rules));
    const revision = createHash('sha256')
      .update(shared)
      .update(JSON.stringify([shop.value, ...shop.own.map((file) => [file.path, file.intent])]))
      .digest('hex')
      .slice(0, 16);
    shops.set(
      shop.value.id,
      Object.freeze({
        id: shop.value.id,
        parameters: shop.value,
        intents: own.intents,
        own: shop.own,
        get model() {
          return own.model();
        },
        book: own.book,
        rules,
        checkContext: checkContextOf(shop.value),
        revision,
        today: todayIn(shop.value.timeZone),
      }),
    );
  }
  return { shops, faults };
}

/** The counties that a shop's tables name. */
function countiesOf({ shipping, dispatch, cod }: ShopParameters): readonly string[] {
  const rows = [...(shipping?.table ?? []), ...(dispatch?.daysByRegion ?? [])].flatMap(({ regions }) => regions);
  const places = [...rows, ...(shipping?.notServed ?? []), ...(shipping?.freeExcludes ?? []), ...(cod?.notIn ?? [])];
  return places.filter((place) => place.split('/').length === 3);
}

/** What products are called and the colours they come in, of all shops together: the model is shared. */
function productWords(shops: readonly ShopParameters[]): ProductWords {
  const products = shops.flatMap((shop) => shop.products);
  const colours = products.flatMap((product) => product.variants.map((variant) => variant.colour));
  return {
    counties: [...new Set(shops.flatMap(countiesOf))],
    names: [...new Set(products.flatMap((product) => [product.title, ...product.aliases]))],
    colours: [...new Set(colours.filter((colour) => colour !== undefined))],
    details: [...new Set(products.flatMap((product) => Object.keys(product.details)))],
  };
}

/** A model from a folder of intent files of others, for `zaima understand --intents`. */
export function loadModel(folder: string, home: string): { readonly model?: Model; readonly faults: readonly Fault[] } {
  const intents = loadExamples(folder);
  const languagePath = join(home, 'intents/languages/zh.yaml');
  const language = loadYaml(languagePath, languageSchema, { shownAs: relative(home, languagePath) });
  const faults = [...intents.faults, ...language.faults];
  if (language.value === undefined || faults.some((fault) => fault.severity === 'error')) return { faults };
  const compiled = compileModel(intents.files, language.value, relative(home, languagePath));
  return { model: compiled.model, faults: [...faults, ...compiled.faults] };
}
