import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../../src/paths.js';
import { conditionWords } from '../../src/shop/condition-words.js';

const folder = join(projectFolder, 'intents');

describe('the sides of a matter', () => {
  it('have a title in both languages, each of its own', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
      const { facets = {}, facetTitles = {} } = parse(readFileSync(join(folder, file), 'utf8'));
      expect([file, ...Object.keys(facetTitles)]).toEqual([file, ...Object.keys(facets)]);
      for (const [side, { zh, en }] of Object.entries<{ zh: string; en: string }>(facetTitles)) {
        expect(zh, `${file} ${side}`).toMatch(/^[\u3400-\u9fff、，]{2,16}$/);
        expect(en, `${file} ${side}`).toMatch(/^[A-Za-z][ -~]{2,60}$/);
      }
      const titles = Object.values<{ zh: string }>(facetTitles).map(({ zh }) => zh);
      expect([file, titles.filter((one, at) => titles.indexOf(one) !== at)]).toEqual([file, []]);
    }
  });

  it('are told by their titles, else by what buyers ask, else by their ids', () => {
    const questions = new Map([['free', '包邮吗']]);
    const sides = { free: { zh: '包不包邮', en: 'whether it is free' } };
    expect(conditionWords('facet', 'free', questions, sides).zh).toBe('问到的方面：「包不包邮」');
    expect(conditionWords('facet', 'free', questions, sides).en).toContain('“whether it is free”');
    expect(conditionWords('facet', ['free', 'by_courier'], questions).zh).toBe('问到的方面：「包邮吗」 或 「by courier」');
  });
});
