/** Only what a change touches is made anew, and what is compiled in slices is what is compiled at once. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CompiledRules, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { type KnowledgeReader, openKnowledgeFiles } from '../../src/shop/knowledge-files.js';
import { type KnowledgeCompiler, openCompiler } from '../../src/shop/shared-knowledge.js';
import { inSlices } from '../../src/shop/slices.js';
import { atOnce } from '../../src/understanding/steps.js';
import { understand } from '../../src/understanding/understand.js';
import { type HomeCopy, homeCopy } from '../cli/home.js';

let rules: CompiledRules;
let home: HomeCopy;
let reader: KnowledgeReader;
let compiler: KnowledgeCompiler;
beforeAll(async () => {
  rules = compileRules(await loadRules());
});
beforeEach(() => {
  home = homeCopy(true);
  reader = openKnowledgeFiles(home.folder, rules);
  compiler = openCompiler(rules);
});
afterEach(() => home.drop());

function compiling() {
  const files = reader.read();
  return compiler.compiling(
    files.shared!,
    [...files.shops.values()].map((file) => file.parameters!),
  );
}
const compiled = () => atOnce(compiling()).shared;

describe('compiling again', () => {
  it('keeps model and replies when a shop changed its fees', () => {
    const before = compiled();
    home.change('config/shops/demo.yaml', 'freeFromYuan: 95', 'freeFromYuan: 88');
    const after = compiled();
    expect(after.model).toBe(before.model);
    expect(after.book).toBe(before.book);
  });

  it('keeps the model when a reply changed, and the replies when a pattern did', () => {
    const before = compiled();
    home.change('intents/shipping_fee.yaml', /^ {4}short: .*/m, '    short: 运费看省份～');
    const reply = compiled();
    expect(reply.model).toBe(before.model);
    expect(reply.book).not.toBe(before.book);
    home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '走哪家物流'\n");
    const pattern = compiled();
    expect(pattern.model).not.toBe(before.model);
    expect(pattern.book).toBe(reply.book);
    expect(pattern.hash).not.toBe(reply.hash);
  });

  it('makes the model anew when a shop sells something else', () => {
    const before = compiled();
    home.changeShop((shop) => {
      shop.products[0].aliases = ['云朵毯'];
    });
    expect(compiled().model).not.toBe(before.model);
  });
});

describe('compiling in slices', () => {
  it('gives the same as at once, and lets others work in between', async () => {
    const texts = ['到新疆多少运费', '发什么快递', '可以便宜点吗', '在吗'];
    const told = (shared: ReturnType<typeof compiled>) =>
      texts.map((text) => understand(text, shared.model, { today: '2026-11-11' }));
    const whole = told(compiled());
    compiler = openCompiler(rules);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const { shared } = await inSlices(compiling());
    isDone = true;
    expect(told(shared)).toEqual(whole);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('reading again', () => {
  it('parses what has changed and nothing else', () => {
    const before = reader.read().shared!.intents;
    home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '走哪家物流'\n");
    const after = reader.read().shared!.intents;
    const changed = after.filter((file, at) => file.intent !== before[at]!.intent).map((file) => file.intent.id);
    expect(changed).toEqual(['courier']);
  });
});
