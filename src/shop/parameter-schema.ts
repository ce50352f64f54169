/** The shape of a shop's parameters as JSON Schema with titles, units and examples: what a form can be made from. */
import { z } from 'zod';
import { parameterDocs } from './parameter-docs.js';
import { shopSchema } from './parameters.js';

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  [key: string]: unknown;
}

/** Units are in the names (`cooldownMinutes`). */
const units: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  Yuan: ['元', 'yuan'],
  Seconds: ['秒', 's'],
  Minutes: ['分钟', 'min'],
  Hours: ['小时', 'h'],
  WorkingDays: ['个工作日', 'working days'],
  Days: ['天', 'days'],
  Kg: ['公斤', 'kg'],
  Cm: ['厘米', 'cm'],
  Characters: ['字', 'characters'],
  Items: ['件', 'pieces'],
  Messages: ['条', 'messages'],
  months: ['个月', 'months'],
  stock: ['件', 'pieces'],
  lowStock: ['件', 'pieces'],
};

/** Made once: the schema never changes while a process runs. */
let made: JsonSchema | undefined;

export function parameterSchema(): Readonly<Record<string, unknown>> {
  made ??= documented();
  return made;
}

function documented(): JsonSchema {
  // As text and back: parts that zod shares become parts of their own.
  const schema = JSON.parse(JSON.stringify(z.toJSONSchema(shopSchema, { io: 'input' }))) as JsonSchema;
  describe(schema, '', '');
  return schema;
}

/** @param unit of the field around it, for a list or a span of numbers */
function describe(schema: JsonSchema, path: string, unit: string): void {
  const key = path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf(']')) + 1);
  const own = Object.keys(units).find((name) => key === name || (key.endsWith(name) && /^[A-Z]/.test(name))) ?? unit;
  const doc = parameterDocs[path];
  if (doc !== undefined) {
    schema.title = doc.zh;
    schema.titles = { zh: doc.zh, en: doc.en };
    if (doc.example !== undefined) schema.examples = [doc.example];
    if (doc.choices !== undefined) schema.choices = doc.choices;
  }
  const [zh, en] = units[own] ?? [];
  if (isMeasured(schema) && zh !== undefined) schema.unit = { zh, en };
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    describe(inner, path === '' ? name : `${path}.${name}`, own);
  if (schema.items !== undefined) describe(schema.items, `${path}[]`, own);
  if (typeof schema.additionalProperties === 'object') describe(schema.additionalProperties, `${path}.*`, own);
}

function isMeasured({ type, anyOf = [] }: JsonSchema): boolean {
  return type === 'number' || type === 'integer' || anyOf.some(isMeasured);
}

/** Every field that an owner may set, by path. Entries of lists that are words or numbers alone have none of their own. */
export function parameterPaths(schema: Readonly<Record<string, unknown>> = parameterSchema(), path = ''): readonly string[] {
  const { properties = {}, items, additionalProperties } = schema as JsonSchema;
  const inner = Object.entries(properties).flatMap(([name, one]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [at, ...parameterPaths(one, at)];
  });
  const ofList = items === undefined ? [] : parameterPaths(items, `${path}[]`);
  const ofKeys =
    typeof additionalProperties === 'object' ? [`${path}.*`, ...parameterPaths(additionalProperties, `${path}.*`)] : [];
  return [...inner, ...ofList, ...ofKeys];
}
