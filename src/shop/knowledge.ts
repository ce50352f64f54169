/**
 * Knowledge: intent files, language files and shop parameters, joined into one checked frozen value per shop. A bad file
 * stops the start with all faults at once; what is merely off (a reply whose parameter is not set) is a warning.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ZodType } from 'zod';
import { type CompiledRules, compileRules } from '../compliance/check.js';
import type { CheckContext, Rule } from '../compliance/rule.js';
import type { TemplateBook } from '../composing/book.js';
import type { Instant } from '../conversation.js';
import type { Fault } from '../errors.js';
import type { Model } from '../understanding/understand.js';
import { loadYaml } from '../yaml-file.js';
import { examplesSchema, type IntentFile, intentSchema } from './intent-file.js';
import { languageSchema } from './language-file.js';
import { compileModel, type ProductWords } from './model.js';
import { type ShopParameters, shopSchema } from './parameters.js';
import { bookOf, offReplies } from './replies.js';
import { replyWordsSchema } from './reply-words.js';

/** A shop at work: parameters, knowledge and rules as one frozen value. A change makes a new one. */
export interface Shop {
  readonly id: string;
  readonly parameters: ShopParameters;
  readonly intents: ReadonlyMap<string, IntentFile>;
  readonly model: Model;
  readonly book: TemplateBook;
  readonly rules: CompiledRules;
  readonly checkContext: CheckContext;
  /** Content hash of all files it was made from. */
  readonly revision: string;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today: (now: Instant) => string;
}

export interface Knowledge {
  readonly shops: ReadonlyMap<string, Shop>;
  /** Errors stop the start; warnings are told. */
  readonly faults: readonly Fault[];
}

/** Intents that others measure by: each must have its file. Supporting ones may be added. */
const requiredIntents = [
  'stock',
  'haggling',
  'invoice',
  'shipping_fee',
  'delivery_time',
  'returns',
  'credit_card',
  'cod',
  'greeting',
  'ack',
  'complaint',
  'human',
  'order_status',
  'off_topic',
];

interface IntentFiles {
  readonly files: readonly { readonly path: string; readonly intent: IntentFile }[];
  readonly faults: readonly Fault[];
}

/** Reads one folder of intent files. */
export function loadIntents(folder: string, root: string): IntentFiles {
  const { files, faults } = readIntents(folder, root, intentSchema);
  for (const { path, name, value } of files) {
    if (value.id === name) continue;
    faults.push({
      file: path,
      path: 'id',
      problem: `the id "${value.id}" differs from the file's name`,
      mend: `Call it ${name} or rename the file.`,
      severity: 'error',
    });
  }
  return { files: files.map(({ path, value }) => ({ path, intent: value })), faults };
}

/** Reads a folder of others, which may hold examples alone. */
function loadExamples(folder: string): IntentFiles {
  const { files, faults } = readIntents(folder, folder, examplesSchema);
  const intents = files.map(({ path, name, value }) => {
    const { id = name, ...rest } = value;
    const title = { zh: id, en: id };
    return { path, intent: { ...intentSchema.parse({ id: 'others', title }), ...rest, id } };
  });
  intents.forEach(({ path, intent }, at) => {
    const first = intents.findIndex((one) => one.intent.id === intent.id);
    if (first === at) return;
    faults.push({
      file: path,
      path: 'id',
      problem: `the id "${intent.id}" is that of ${intents[first]!.path} too`,
      mend: 'Give each intent one file.',
      severity: 'error',
    });
  });
  return { files: intents, faults };
}

function readIntents<T>(folder: string, root: string, schema: ZodType<T>) {
  const files: { readonly path: string; readonly name: string; readonly value: T }[] = [];
  const faults: Fault[] = [];
  const found = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
    : [];
  if (found.length === 0) {
    faults.push({
      file: relative(root, folder) || folder,
      path: '',
      problem: 'there are no intent files here',
      mend: 'Name a folder that holds <id>.yaml files.',
      severity: 'error',
    });
  }
  for (const name of found) {
    const path = relative(root, join(folder, name));
    const loaded = loadYaml(join(folder, name), schema, { shownAs: path });
    faults.push(...loaded.faults);
    if (loaded.value !== undefined) files.push({ path, name: name.replace(/\.ya?ml$/, ''), value: loaded.value });
  }
  return { files, faults };
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
  faults.push(...language.faults, ...words.faults);
  for (const id of requiredIntents) {
    if (!intents.files.some((file) => file.intent.id === id)) {
      faults.push({
        file: `intents/${id}.yaml`,
        path: '',
        problem: 'this intent has no (valid) file',
        mend: 'It is one of the fixed ids: mend or restore its file.',
        severity: 'error',
      });
    }
  }

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
  const parameters: { shown: string; value: ShopParameters }[] = [];
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
    for (const id of Object.keys(loaded.value.intents)) {
      if (!intents.files.some((file) => file.intent.id === id)) {
        faults.push({
          file: shown,
          path: `intents.${id}`,
          problem: 'there is no such intent',
          mend: 'Name one of intents/*.yaml.',
          severity: 'error',
        });
      }
    }
    faults.push(...referenceFaults(loaded.value, shown));
    parameters.push({ shown, value: loaded.value });
  }

  const shops = new Map<string, Shop>();
  if (language.value === undefined || words.value === undefined) return { shops, faults };
  const compiled = compileModel(
    intents.files,
    language.value,
    relative(home, languagePath),
    productWords(parameters.map((shop) => shop.value)),
  );
  const book = bookOf(intents.files, words.value, relative(home, wordsPath));
  faults.push(...compiled.faults, ...book.faults);
  const shared = JSON.stringify([intents.files, language.value, words.value]);
  const byId = new Map(intents.files.map((file) => [file.intent.id, file.intent]));
  for (const shop of parameters) {
    faults.push(...offReplies(book.book, shop.value, shop.shown));
    const revision = createHash('sha256').update(shared).update(JSON.stringify(shop.value)).digest('hex').slice(0, 16);
    shops.set(
      shop.value.id,
      Object.freeze({
        id: shop.value.id,
        parameters: shop.value,
        intents: byId,
        model: compiled.model,
        book: book.book,
        rules,
        checkContext: checkContextOf(shop.value),
        revision,
        today: todayIn(shop.value.timeZone),
      }),
    );
  }
  return { shops, faults };
}

/** What products are called and the colours they come in, of all shops together: the model is shared. */
function productWords(shops: readonly ShopParameters[]): ProductWords {
  const products = shops.flatMap((shop) => shop.products);
  const colours = products.flatMap((product) => product.variants.map((variant) => variant.colour));
  return {
    names: [...new Set(products.flatMap((product) => [product.title, ...product.aliases]))],
    colours: [...new Set(colours.filter((colour) => colour !== undefined))],
  };
}

/** Alternatives must exist; couriers named in the fee table must be the shop's. */
function referenceFaults(shop: ShopParameters, file: string): Fault[] {
  const faults: Fault[] = [];
  const ids = new Set(shop.products.map((product) => product.id));
  shop.products.forEach((product, at) => {
    product.alternatives.forEach((id, k) => {
      if (!ids.has(id))
        faults.push({
          file,
          path: `products[${at}].alternatives[${k}]`,
          problem: `there is no product "${id}"`,
          mend: 'Name the id of another product.',
          severity: 'error',
        });
    });
  });
  return faults;
}

/** What the compliance rules must know of the shop. */
function checkContextOf(shop: ShopParameters): CheckContext {
  const { shipping } = shop;
  return {
    ...(shop.cod === undefined ? {} : { codEnabled: shop.cod.enabled }),
    ...(shop.creditCard === undefined ? {} : { cardAccepted: shop.creditCard.accepted }),
    ...(shipping === undefined
      ? {}
      : {
          freeShipping: {
            excludes: shipping.freeExcludes,
            ...(shipping.freeFromYuan === undefined ? {} : { fromYuan: shipping.freeFromYuan }),
            ...(shipping.freeFromItems === undefined ? {} : { fromItems: shipping.freeFromItems }),
          },
        }),
  };
}

function todayIn(timeZone: string): (now: Instant) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let minute = -1;
  let text = '';
  return (now) => {
    // Formatting costs microseconds; the date changes on a full minute in every zone.
    const at = Math.floor(now / 60_000);
    if (at !== minute) {
      minute = at;
      text = format.format(now);
    }
    return text;
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
