/** What is kept of knowledge between two starts: the very same, or made anew. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileRules } from '../src/compliance/check.js';
import { fold } from '../src/compliance/fold.js';
import { loadRules } from '../src/compliance/load-rules.js';
import { noParts, openParts } from '../src/kept-parts.js';
import { loadKnowledge } from '../src/shop/knowledge.js';
import { understand } from '../src/understanding/understand.js';
import { root } from './cli/home.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zaima-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** How often a part was made, and what came of it. */
function counted(parts = openParts([folder], '1')) {
  let made = 0;
  const get = (from: unknown) =>
    parts.get('sums', from, () => {
      made++;
      return { values: Float32Array.of(made, 0.1), words: ['包邮'], map: new Map([[1, made]]) };
    });
  return { get, made: () => made };
}

describe('kept parts', () => {
  it('come back as they were, to another process too', () => {
    const first = counted();
    const made = first.get([1, 'a']);
    expect(first.get([1, 'a'])).toEqual(made);
    expect(first.made()).toBe(1);
    const other = counted();
    expect(other.get([1, 'a'])).toEqual(made);
    expect(other.made()).toBe(0);
  });

  it('are made anew from other inputs, by other code, and of another kind', () => {
    const one = counted();
    for (const from of [[1], [2], ['1'], { a: 1 }]) one.get(from);
    expect(one.made()).toBe(4);
    const newer = counted(openParts([folder], '2'));
    newer.get([1]);
    expect(newer.made()).toBe(1);
    expect(openParts([folder], '1').get('others', [1], () => 'made')).toBe('made');
  });

  it('are made anew where the file is torn or another’s, and then hold again', () => {
    counted().get([1]);
    const [name] = readdirSync(folder) as [string];
    const path = join(folder, name);
    const whole = readFileSync(path);
    const damages: (() => void)[] = [
      () => truncateSync(path, whole.length - 3),
      () => truncateSync(path, 0),
      () => writeFileSync(path, 'something else'),
      () => writeFileSync(path, Buffer.from(whole).fill(0, whole.length - 2)),
    ];
    for (const damage of damages) {
      damage();
      const again = counted();
      again.get([1]);
      expect(again.made()).toBe(1);
      expect(readFileSync(path)).toEqual(whole);
    }
    // A sound file of other inputs under this name.
    counted().get([2]);
    const other = readdirSync(folder).find((one) => one !== name)!;
    writeFileSync(path, readFileSync(join(folder, other)));
    const again = counted();
    again.get([1]);
    expect(again.made()).toBe(1);
  });

  it('are looked for in all folders and kept in the first', () => {
    counted().get([1]);
    const own = join(folder, 'own');
    const two = counted(openParts([own, folder], '1'));
    two.get([1]);
    expect(two.made()).toBe(0);
    two.get([2]);
    expect(readdirSync(own)).toHaveLength(1);
  });

  it('are made each time where nothing can be kept', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const one = counted(openParts([file], '1'));
    one.get([1]);
    one.get([1]);
    expect(one.made()).toBe(2);
  });

  it('leave no more than they may, the least used first', () => {
    const few = () => counted(openParts([folder], '1', 400));
    few().get([1]);
    const [oldest] = readdirSync(folder) as [string];
    utimesSync(join(folder, oldest), 1, 1);
    for (let i = 2; i < 9; i++) few().get([i]);
    const names = readdirSync(folder);
    expect(names).not.toContain(oldest);
    expect(names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThanOrEqual(400);
    expect(names.some((name) => name.endsWith('.new'))).toBe(false);
  });

  it('stay while a running process has need of them, however long ago it read them', () => {
    counted().get([0]);
    const [used] = readdirSync(folder) as [string];
    for (let i = 1; i < 9; i++) counted().get([i]);
    const running = counted(openParts([folder], '1', 400));
    running.get([0]);
    utimesSync(join(folder, used), 1, 1);
    running.get([9]);
    expect(readdirSync(folder)).toContain(used);
    expect(readdirSync(folder).length).toBeLessThan(9);
  });

  it('tell a step that fails as it is', () => {
    const fails = () =>
      openParts([folder], '1').get('sums', [1], () => {
        throw new Error('no sum');
      });
    expect(fails).toThrow('no sum');
  });
});

describe('knowledge from kept parts', () => {
  it('is the very same as made anew', async () => {
    const rules = await loadRules();
    const told = (parts: typeof noParts) => {
      // What was learnt last for a process is forgotten.
      compileRules([]).reader();
      const { shops, faults } = loadKnowledge(root, rules, parts);
      const shop = shops.get('demo')!;
      const texts = [...shop.intents.values()].flatMap(({ examples, tests }) => [...examples, ...tests.no]);
      return {
        faults,
        shop: { intents: shop.intents, parameters: shop.parameters, revision: shop.revision },
        rules: shop.model.rules,
        taught: shop.model.reader!.basis.taught,
        understood: texts.map((text) => understand(text, shop.model, { today: '2026-10-01' })),
        checked: texts.map((text) => shop.rules.reader()!.read(fold(text), {})),
      };
    };
    const fresh = told(noParts);
    const parts = openParts([folder]);
    expect(told(parts)).toEqual(fresh);
    const kinds = new Set(readdirSync(folder).map((name) => name.replace(/-.*/, '')));
    expect([...kinds].sort()).toEqual(['checks', 'lines', 'patterns', 'reader', 'regions', 'rules', 'yaml']);
    const before = readdirSync(folder).length;
    expect(told(openParts([folder]))).toEqual(fresh);
    expect(readdirSync(folder)).toHaveLength(before);
  });
});
