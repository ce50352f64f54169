/**
 * A shop's settings as they are kept: what the owner gave, in the schema's order and without the defaults, so that what is
 * left out stays unset when a default changes. Two settings that say the same have the same form.
 */
import { stringify } from 'yaml';
import { type CompiledRules, compileRules } from '../compliance/check.js';
import { nearest } from '../composing/nearest.js';
import { type CodedFault, codedFault, codesOf, type FaultTold } from '../fault-words.js';
import { soundPart } from '../sound-part.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { hoursFaults } from './hours-faults.js';
import { type ShopParameters, shopSchema } from './parameters.js';
import { referenceProblems } from './reference-faults.js';
import { shopWordFaults } from './shop-word-faults.js';
import { fineHint, keptAmounts, withAmounts } from './whole-cents.js';

/** One thing wrong in settings, wherever they came from. */
export interface SettingsFault extends FaultTold {
  /** `shipping.table[2].regions` */
  readonly path: string;
}

/** Undefined: the address may be called. */
export type JudgeCallback = (address: string) => FaultTold | undefined;

/** `content` and `parameters` are there when there are no faults. */
export interface CheckedSettings {
  /** To be kept: plain JSON. */
  readonly content?: unknown;
  /** To work with: with all defaults. */
  readonly parameters?: ShopParameters;
  readonly faults: readonly SettingsFault[];
  /** Words that may be kept, yet keep every reply that says them from going out by itself; amounts that are said as whole cents. */
  readonly hints: readonly SettingsFault[];
}

/**
 * Checks settings against the schema, against what must exist, and their words against the compliance rules; all faults at
 * once, those of sound parts beside a faulty one among them. Mere hints of the rules are told apart.
 * @param given plain JSON or YAML
 * @param intents ids of all that this shop has, those of its own among them
 * @param judgeCallback what is wrong with a `callbackUrl`; left out: it was judged when it was set
 * @param kept what is in force: what an earlier version let pass and can be worked with is no fault where it stands there already
 *   (`hoursFaults` and `fineAmounts` tell it)
 */
export function checkSettings(
  given: unknown,
  shop: string,
  intents: ReadonlySet<string>,
  rules: CompiledRules,
  judgeCallback?: JudgeCallback,
  kept?: unknown,
): CheckedSettings {
  const asGiven = checkValue(shopSchema, given);
  const fine = asGiven.ok || kept === undefined ? [] : keptAmounts(given, kept);
  const checked = fine.length === 0 ? asGiven : checkValue(shopSchema, withAmounts(given, fine, 'rounded'));
  const schemaFaults: readonly SettingsFault[] = checked.ok
    ? []
    : checked.faults.map((fault) => ({ ...fault, path: pathWords(fault.path) }));
  const part = checked.ok ? undefined : soundPart(partSchema, given);
  const sound = ((checked.ok ? checked.value : part?.value) ?? {}) as Partial<ShopParameters>;
  const faults = [...schemaFaults];
  if (sound.id !== undefined && sound.id !== shop)
    faults.push({ path: 'id', ...codedFault('id_of_file', { id: sound.id, shop }) });
  for (const id of Object.keys(sound.intents ?? {})) {
    if (intents.has(id)) continue;
    const near = nearest(id, [...intents]);
    const found = near === undefined ? codedFault('no_intent') : codedFault('no_intent', { near }, 'did_you_mean');
    faults.push({ path: `intents.${id}`, ...found });
  }
  const callback = sound.callbackUrl === undefined ? undefined : judgeCallback?.(sound.callbackUrl);
  if (callback !== undefined) faults.push({ path: 'callbackUrl', ...callback });
  const unread = schemaFaults.map(({ path }) => path);
  const inWords = shopWordFaults(sound, '', rules).filter(({ values }) => !restsOnUnread(String(values?.rule), unread));
  const placed = ({ path, problem, mend, ...fault }: SettingsFault): SettingsFault => ({
    path: part?.placed(path) ?? path,
    problem,
    mend,
    ...codesOf(fault as CodedFault),
  });
  const hints = [...fine.map(fineHint), ...inWords.filter(({ severity }) => severity === 'warning').map(placed)];
  const errors = inWords.filter(({ severity }) => severity === 'error');
  const beside = [...(hasSameHours(given, kept) ? [] : hoursFaults(sound)), ...referenceProblems(sound), ...errors].map(placed);
  faults.push(...beside.filter((fault) => !isOfUnread(fault, unread, given)));
  if (faults.length > 0 || !checked.ok) return { faults, hints };
  const content = withAmounts(canonical(given, checked.value), fine, 'amount');
  return { content, parameters: checked.value, faults, hints };
}

const unruled = compileRules([]);

/**
 * The same for settings that are kept already. Their words were judged when they were kept: a rule that has grown graver
 * since holds back the replies that say them, and does not take a shop out of service.
 */
export function checkKeptSettings(given: unknown, shop: string, intents: ReadonlySet<string>): CheckedSettings {
  return checkSettings(given, shop, intents, unruled, undefined, given);
}

function hasSameHours(given: unknown, kept: unknown): boolean {
  const hoursIn = (content: unknown) => (isRecord(content) ? JSON.stringify([content.hours, content.desk]) : undefined);
  return kept !== undefined && hoursIn(given) === hoursIn(kept);
}

/** What could not be read is not missing. */
function isOfUnread({ path, code, values }: SettingsFault, unread: readonly string[], given: unknown): boolean {
  const isUnread = (place: RegExp) => unread.some((one) => place.test(one));
  const [, product] = /^products\[(\d+)\]\.sizeChart/.exec(path) ?? [];
  if (product !== undefined) return unread.some((one) => one.startsWith(`products[${product}].variants`));
  if (/^products\[\d+\]\.alternatives/.test(path))
    return code === 'no_product' && productIds(given).some((id) => id === values?.id);
  if (/^shipping\.(surchargeYuan|ruralCouriers)/.test(path)) return isUnread(/^shipping(\.(couriers|table)\b|$)/);
  if (/^pricing\.coupons(Where|Stack)$/.test(path)) return isUnread(/^pricing\.coupons\b/);
  return path === 'pricing.giftFromYuan' && isUnread(/^pricing\.gift$/);
}

function productIds(given: unknown): readonly unknown[] {
  const products = isRecord(given) ? given.products : undefined;
  return Array.isArray(products) ? products.map((one) => (isRecord(one) ? one.id : undefined)) : [];
}

/** A rule that goes by the shop's own terms says nothing where these could not be read. */
function restsOnUnread(rule: string, unread: readonly string[]): boolean {
  const terms: Readonly<Record<string, RegExp>> = {
    'free-shipping': /^shipping\b/,
    'cod-refusal': /^cod\b/,
    'card-fee': /^creditCard\b/,
  };
  return unread.some((one) => terms[rule]?.test(one) === true);
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

/** All keys may be missing. */
const partSchema = shopSchema.partial();

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The content as a YAML file: comments of the file it once came from are lost. */
export function settingsYaml(content: unknown, comment: string): string {
  return `# ${comment}\n${stringify(content, { lineWidth: 120, flowCollectionPadding: true })}`;
}
