/**
 * A shop's settings as they are kept: what the owner gave, in the schema's order and without the defaults, so that what is
 * left out stays unset when a default changes. Two settings that say the same have the same form.
 */
import { stringify } from 'yaml';
import type { CompiledRules } from '../compliance/check.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { type ShopParameters, shopSchema } from './parameters.js';
import { referenceProblems } from './reference-faults.js';
import { shopWordFaults } from './shop-word-faults.js';

/** One thing wrong in settings, wherever they came from. */
export interface SettingsFault {
  /** `shipping.table[2].regions` */
  readonly path: string;
  readonly problem: string;
  readonly mend: string;
}

/** `content` and `parameters` are there when there are no faults. */
export interface CheckedSettings {
  /** To be kept: plain JSON. */
  readonly content?: unknown;
  /** To work with: with all defaults. */
  readonly parameters?: ShopParameters;
  readonly faults: readonly SettingsFault[];
}

/**
 * Checks settings against the schema, against what must exist, and their words against the compliance rules; all faults at
 * once, those of sound parts beside a faulty one among them. Mere hints of the rules are none.
 * @param given plain JSON or YAML
 * @param isIntent whether this shop has an intent of this id
 */
export function checkSettings(
  given: unknown,
  shop: string,
  isIntent: (id: string) => boolean,
  rules: CompiledRules,
): CheckedSettings {
  const checked = checkValue(shopSchema, given);
  const schemaFaults = checked.ok
    ? []
    : checked.faults.map(({ path, problem, mend }) => ({ path: pathWords(path), problem, mend }));
  const sound = checked.ok ? checked.value : soundPart(given);
  const faults = [...schemaFaults];
  if (sound.id !== undefined && sound.id !== shop)
    faults.push({
      path: 'id',
      problem: `the id "${sound.id}" differs from the file's name`,
      mend: `Give both the same name, e.g. ${shop}.`,
    });
  for (const id of Object.keys(sound.intents ?? {})) {
    if (!isIntent(id))
      faults.push({
        path: `intents.${id}`,
        problem: 'there is no such intent',
        mend: "Name one of intents/*.yaml or of the shop's own.",
      });
  }
  // Couriers that could not be read are not missing.
  const couriersUnread = schemaFaults.some(({ path }) => /^shipping(\.(couriers|table)\b|$)/.test(path));
  faults.push(...referenceProblems(sound).filter(({ path }) => !(couriersUnread && path.startsWith('shipping.surchargeYuan'))));
  if (checked.ok) {
    const errors = shopWordFaults(checked.value, '', rules).filter(({ severity }) => severity === 'error');
    faults.push(...errors.map(({ path, problem, mend }) => ({ path, problem, mend })));
  }
  if (faults.length > 0 || !checked.ok) return { faults };
  return { content: canonical(given, checked.value), parameters: checked.value, faults };
}

/** What is written of `given`, as the schema read it: its order of keys, its trimmed words. Plain JSON. */
function canonical(given: unknown, read: unknown): unknown {
  return JSON.parse(JSON.stringify(written(given, read))) as unknown;
}

function written(given: unknown, read: unknown): unknown {
  if (Array.isArray(read) && Array.isArray(given)) return read.map((entry, at) => written(given[at], entry));
  if (!isRecord(read) || !isRecord(given)) return read;
  return Object.fromEntries(
    Object.entries(read)
      .filter(([key]) => Object.hasOwn(given, key))
      .map(([key, value]) => [key, written(given[key], value)]),
  );
}

/** All keys may be missing: what is left when the faulty ones are taken out. */
const partSchema = shopSchema.partial();
const mostRounds = 8;

/**
 * The part that can be read when what is faulty is taken out: the key itself, or where something is missing or stands in a list
 * what is around it. Empty when nothing can be read.
 */
function soundPart(given: unknown): Partial<ShopParameters> {
  let rest: unknown = given;
  for (let round = 0; round < mostRounds; round++) {
    const checked = checkValue(partSchema, rest);
    if (checked.ok) return checked.value as Partial<ShopParameters>;
    let next = rest;
    for (const { path } of checked.faults) next = without(next, path);
    if (next === rest) return {};
    rest = next;
  }
  return {};
}

/** A copy without the deepest thing on the path that can be taken out of an object. Lists go whole: their places are names. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const list = path.findIndex((step) => typeof step === 'number');
  let keys = (list < 0 ? path : path.slice(0, list)).map(String);
  while (keys.length > 0 && !hasAt(value, keys)) keys = keys.slice(0, -1);
  return keys.length === 0 ? value : removed(value, keys);
}

function hasAt(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return isRecord(value) && Object.hasOwn(value, key) && hasAt(value[key], rest);
}

function removed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (!isRecord(value) || key === undefined) return value;
  const { [key]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [key]: removed(inner, rest) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The content as a YAML file: comments of the file it once came from are lost. */
export function settingsYaml(content: unknown, comment: string): string {
  return `# ${comment}\n${stringify(content, { lineWidth: 120, flowCollectionPadding: true })}`;
}
