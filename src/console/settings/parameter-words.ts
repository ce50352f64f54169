/** What parameters are called and which form they have: the service's schema of settings, asked for once. */
import { signal } from '@preact/signals';
import { at, call } from '../shared/api.js';
import { replyTitle } from '../shared/reply-title.js';
import type { Language } from '../shared/words.js';
import { intentNamed, intentTitle } from './catalogue.js';
import { isRecord, type Path, stepsOf, valueAt } from './content.js';
import { parameterHelp } from './parameter-help.js';

export interface InWords {
  readonly zh: string;
  readonly en: string;
}

/** A part of the JSON Schema, with what forms are made from. */
export interface ParameterSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
  readonly required?: readonly string[];
  readonly items?: ParameterSchema;
  readonly anyOf?: readonly ParameterSchema[];
  readonly additionalProperties?: ParameterSchema | boolean;
  readonly enum?: readonly string[];
  readonly titles?: InWords;
  readonly unit?: InWords;
  readonly examples?: readonly unknown[];
  /** What each of the words that may stand there means. */
  readonly choices?: Readonly<Record<string, InWords>>;
  readonly default?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
  readonly multipleOf?: number;
}

export const parameters = signal<ParameterSchema | undefined>(undefined);

/** @throws ApiError */
export async function loadParameters(shop: string): Promise<void> {
  if (parameters.peek() === undefined)
    parameters.value = (await call<ParameterSchema>('GET', at`/v1/shops/${shop}/settings/schema`)).data;
}

export interface Known extends ParameterSchema {
  /** `shipping.table[].firstKgYuan` */
  readonly name: string;
  readonly help?: InWords;
}

/** A parameter by the steps to it. An entry of a list may stand by its id, as differences name it. */
export function parameterAt(steps: Path, schema = parameters.value): Known | undefined {
  let node = schema;
  let name = '';
  for (const step of steps) {
    if (node === undefined) return undefined;
    const isEntry = node.items !== undefined;
    const own: ParameterSchema | undefined = node.properties?.[step];
    const key = isEntry ? '[]' : own === undefined ? '*' : String(step);
    const additional: ParameterSchema | undefined =
      typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
    node = isEntry ? node.items : (own ?? additional);
    name = key === '[]' ? `${name}[]` : name === '' ? key : `${name}.${key}`;
  }
  if (node === undefined) return undefined;
  const help = parameterHelp[name];
  return { ...node, name, ...(help !== undefined && { help }) };
}

/** Its name; without one the last step itself. Intents and replies are called as the shop knows them. */
export function nameOf(steps: Path, language: Language): string {
  const known = parameterAt(steps);
  const last = String(steps.at(-1) ?? '');
  switch (known?.name) {
    case 'intents.*':
    case 'replies.*':
    case 'holding.intents.*':
      return intentTitle(last, language);
    case 'replies.*.*': {
      const reply = intentNamed(String(steps[1]))?.replies.find(({ id }) => id === last);
      return reply === undefined ? last : replyTitle(reply, language);
    }
  }
  const isOwnKey = known?.name.endsWith('*') === true;
  const title = isOwnKey ? undefined : known?.titles?.[language];
  return title === undefined ? last : upper(title);
}

/**
 * The steps of a path as differences write it: an entry of a list of things with ids stands there by its id, which may be all
 * digits, and is then a word; other entries stand by their place.
 */
export function stepsOfChange(path: string): Path {
  return stepsOf(path).map((step, at, all) =>
    typeof step === 'number' && parameterAt(all.slice(0, at))?.items?.properties?.id !== undefined ? String(step) : step,
  );
}

/** The same with entries by their place, as fields are bound to them; undefined: there is no such entry any more. */
export function stepsByPlace(steps: Path, content: unknown): Path | undefined {
  const placed: (string | number)[] = [];
  for (const step of steps) {
    const list = valueAt(content, placed);
    const place = Array.isArray(list) && typeof step === 'string' ? placeOf(list, step) : step;
    if (place === -1) return undefined;
    placed.push(place);
  }
  return placed;
}

/**
 * 运费 › 运费表 › 第 3 行 › 首重运费
 * @param content the settings meant: a thing in a list is called by its own name, 商品 › 羊毛围巾 › 价格, and not by its place
 */
export function pathInWords(steps: Path, language: Language, content?: unknown): string {
  return steps
    .map((step, at) => {
      const list = valueAt(content, stepsByPlace(steps.slice(0, at), content) ?? []);
      const isEntry = typeof step === 'number' || parameterAt(steps.slice(0, at))?.items !== undefined;
      if (!isEntry) return nameOf(steps.slice(0, at + 1), language);
      const entry = Array.isArray(list) ? list[typeof step === 'number' ? step : placeOf(list, step)] : undefined;
      // A wording is no name: the whole text would stand there.
      const isWording = steps[0] === 'replies' || steps[0] === 'holding';
      const own = isWording ? undefined : ownName(entry, language);
      return own ?? (typeof step === 'string' ? step : language === 'zh' ? `第 ${step + 1} 行` : `row ${step + 1}`);
    })
    .join(' › ');
}

function placeOf(list: readonly unknown[], id: string): number {
  return list.findIndex((entry) => isRecord(entry) && entry.id === id);
}

/** So many words of a list are its name. */
const mostNamed = 3;

/** What an entry of a list is known by; undefined: nothing. */
export function ownName(entry: unknown, language: Language): string | undefined {
  const name = isRecord(entry)
    ? [entry.title, entry.name, listName(entry.regions, language), variantName(entry)].find(isSaid)
    : entry;
  return isSaid(name) ? `“${name}”` : undefined;
}

function isSaid(name: unknown): name is string {
  return typeof name === 'string' && name.trim() !== '';
}

function listName(list: unknown, language: Language): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const more = list.length > mostNamed ? (language === 'zh' ? '等' : ' …') : '';
  return `${list.slice(0, mostNamed).join('、')}${more}`;
}

/** 雾蓝 M; of a product that comes in one way, nothing. */
export function variantName({ colour, size }: { readonly colour?: unknown; readonly size?: unknown }): string {
  return [colour, size].filter((one) => one !== undefined).join(' ');
}

/** English names are written as words within a sentence. */
function upper(title: string): string {
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}
