/** What parameters are called and which form they have: the service's schema of settings, asked for once. */
import { signal } from '@preact/signals';
import { at, call } from '../shared/api.js';
import type { Language } from '../shared/words.js';
import { isRecord, type Path, valueAt } from './content.js';
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

/** Its name; without one the last step itself. */
export function nameOf(steps: Path, language: Language): string {
  const known = parameterAt(steps);
  const isOwnKey = known?.name.endsWith('*') === true;
  const title = isOwnKey ? undefined : known?.titles?.[language];
  return title === undefined ? String(steps.at(-1) ?? '') : upper(title);
}

/**
 * 运费 › 运费表 › 第 3 行 › 首重运费
 * @param content the settings meant: a thing in a list is called by its own name, 商品 › 羊毛围巾 › 价格, and not by its place
 */
export function pathInWords(steps: Path, language: Language, content?: unknown): string {
  return steps
    .map((step, at) => {
      if (typeof step === 'number') {
        const own = ownName(valueAt(content, steps.slice(0, at + 1)));
        return own ?? (language === 'zh' ? `第 ${step + 1} 行` : `row ${step + 1}`);
      }
      return nameOf(steps.slice(0, at + 1), language);
    })
    .join(' › ');
}

/** What an entry of a list is known by; undefined: nothing. */
function ownName(entry: unknown): string | undefined {
  const name = isRecord(entry) ? [entry.title, entry.name].find((one) => typeof one === 'string' && one !== '') : entry;
  return typeof name === 'string' && name.trim() !== '' ? `“${name}”` : undefined;
}

/** English names are written as words within a sentence. */
function upper(title: string): string {
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}
