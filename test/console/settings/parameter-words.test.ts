/** Every parameter of the schema has a name that an owner can read. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { stepsOf } from '../../../src/console/settings/content.js';
import { parameterWords, pathInWords, wordsOf } from '../../../src/console/settings/parameter-words.js';
import { shopSchema } from '../../../src/shop/parameters.js';

interface Node {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
}

/** Figures that hold where nothing is set, by path. */
function standards(node: Node, path: string): (readonly [string, number])[] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([key, one]) =>
    standards(one, path === '' ? key : `${path}.${key}`),
  );
  return typeof node.default === 'number' ? [[path, node.default], ...inner] : inner;
}

function leaves(node: Node, path: string): string[] {
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (node.properties !== undefined) return Object.entries(node.properties).flatMap(([key, one]) => leaves(one, below(key)));
  if (typeof node.additionalProperties === 'object') return leaves(node.additionalProperties, below('*'));
  if (node.items?.properties !== undefined) return leaves(node.items, `${path}[]`);
  return [path];
}
const schema = z.toJSONSchema(shopSchema, { io: 'input', unrepresentable: 'any' }) as Node;
const all = leaves(schema, '');

describe('the names of parameters', () => {
  it('are there for each of them, and for no other', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter((path) => parameterWords[path] === undefined)).toEqual([]);
    const known = (path: string) => all.some((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[]`));
    expect(Object.keys(parameterWords).filter((path) => !known(path))).toEqual([]);
  });

  it('tell the figures that hold where nothing is set', () => {
    const told = Object.entries(parameterWords).flatMap(([path, { standard }]) =>
      standard === undefined ? [] : [[path, standard]],
    );
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(standards(schema, '')));
  });

  it('are found by any path', () => {
    expect(wordsOf(stepsOf('products[scarf-01].variants[2].stock'))?.zh).toBe('库存');
    expect(wordsOf(['shipping', 'surchargeYuan', '顺丰'])?.zh).toBe('加价');
    expect(pathInWords(stepsOf('shipping.table[2].firstKgYuan'), 'zh')).toBe('运费 › 运费表 › 第 3 行 › 首重运费');
    expect(pathInWords(['shipping', 'surchargeYuan', '顺丰'], 'en')).toBe('Shipping › Extra for a chosen courier › 顺丰');
    expect(pathInWords(stepsOf('products[wool-scarf].priceYuan'), 'zh')).toBe('商品 › wool-scarf › 价格');
    expect(pathInWords(['something', 'else'], 'en')).toBe('something › else');
  });
});
