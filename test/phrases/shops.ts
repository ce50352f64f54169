/** Shops that phrases are judged in. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type CompiledRules, check } from '../../src/compliance/check.js';
import type { PhraseShop } from '../../src/phrases/assess.js';
import { shopSchema } from '../../src/shop/parameters.js';
import { checkContextOf } from '../../src/shop/shop.js';

export const noon = Date.parse('2026-11-20T04:00:00Z');

const demo = shopSchema.parse(parse(readFileSync('config/shops/demo.yaml', 'utf8')));
const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const bare = shopSchema.parse({ id: 'bare', name: '小店', timeZone: 'Asia/Shanghai', hours: { weekly: closed } });

function shopOf(parameters: typeof demo, rules: CompiledRules): PhraseShop {
  return { parameters, check: (text) => check(text, checkContextOf(parameters), rules) };
}

/** Has set everything. */
export function demoShop(rules: CompiledRules): PhraseShop {
  return shopOf(demo, rules);
}

/** Has set nothing but its name. */
export function bareShop(rules: CompiledRules): PhraseShop {
  return shopOf(bare, rules);
}
