/** Knowledge that is wrong stops the start, with all faults at once; what is merely off is told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import type { Rule } from '../../src/compliance/rule.js';
import { type Fault, faultLine } from '../../src/errors.js';
import { loadKnowledge, loadModel } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';
import { type HomeCopy, homeCopy, root } from '../cli/home.js';

let rules: readonly Rule[];
let home: HomeCopy;
beforeAll(async () => {
  rules = await loadRules();
});
beforeEach(() => {
  home = homeCopy(true);
});
afterEach(() => home.drop());

const demo = 'config/shops/demo.yaml';
const faults = () => loadKnowledge(home.folder, rules).faults;
const errors = () => faults().filter((fault) => fault.severity === 'error');
const short = ({ file, path, problem }: Fault) => `${file} ${path}: ${problem}`;

/** Whoever reads a fault knows where it is and what to do. */
function tellsAll(fault: Fault): void {
  expect(
    fault.line !== undefined || fault.path !== '' || /no file|not there|no \(valid\) file|no intent|no shop/.test(fault.problem),
  ).toBe(true);
  expect(fault.problem).not.toBe('');
  expect(fault.mend).not.toBe('');
  expect(faultLine(fault)).toMatch(/^(error|warn ) [\w./]+(:\d+)?( \S.*)?: .+\. .+/);
}

describe('a file that is wrong', () => {
  it('is not among those that ship', () => {
    expect(faults().map(faultLine)).toEqual([]);
  });

  it('has a key that nobody knows: its line, its path and the mend', () => {
    home.change('intents/courier.yaml', /^group:/m, 'colour: red\ngroup:');
    expect(errors()).toEqual([
      {
        file: 'intents/courier.yaml',
        line: home.lineOf('intents/courier.yaml', 'colour'),
        path: 'colour',
        problem: 'is not a known key',
        mend: 'check its spelling and place, or remove it',
        code: 'unknown_key',
        values: {},
        severity: 'error',
      },
    ]);
  });

  it('has a pattern that cannot be read', () => {
    home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '(发什么快递'\n");
    const found = errors();
    expect(found.map(short)).toEqual([expect.stringMatching(/^intents\/courier\.yaml patterns\[0\]: pattern "\(发什么快递": ./)]);
    found.forEach(tellsAll);
  });

  it('has its line in every fault that is found later than the schema’s', () => {
    home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '发什么'\n  - match: '(发什么快递'\n");
    home.change('intents/shipping_fee.yaml', /^ {4}short: .*/m, '    short: 发{{ curiers }}～');
    home.change('intents/languages/zh.yaml', /^words:\n/m, "words:\n  parting: ['{whenever}见', 再见]\n");
    home.change('config/shops/demo.yaml', '[甘肃]', '[甘素]');
    const at = (file: string, words: string) => `${file}:${home.lineOf(file, words)}`;
    expect(
      errors()
        .map(({ file, line }) => `${file}:${line}`)
        .sort(),
    ).toEqual(
      [
        at('intents/courier.yaml', "- match: '(发什么快递'"),
        at('intents/shipping_fee.yaml', 'short: 发{{ curiers }}'),
        at('intents/languages/zh.yaml', 'parting:'),
        at('config/shops/demo.yaml', '- { regions: [甘素]'),
      ].sort(),
    );
  });

  it('of a shop has its references told beside what is wrong with its shape', () => {
    home.changeShop((shop) => {
      shop.bot = { modus: 'auto' };
      shop.shipping.table[0].regions = ['东广'];
      shop.intents = { courrier: 'off' };
    });
    expect(errors().map(short)).toEqual([
      'config/shops/demo.yaml bot.modus: is not a known key',
      'config/shops/demo.yaml intents.courrier: there is no such intent',
      'config/shops/demo.yaml shipping.table[0].regions[0]: "东广" is no place that is known',
    ]);
  });

  it('uses a word list that is not there', () => {
    home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '{whenever}…发'\n");
    const found = errors();
    expect(found.map(short)).toEqual([expect.stringMatching(/^intents\/courier\.yaml patterns\[0\]: .*whenever/)]);
    found.forEach(tellsAll);
  });

  it('makes a word list of one that is not there', () => {
    home.change('intents/languages/zh.yaml', /^words:\n/m, "words:\n  parting: ['{whenever}见', 再见]\n");
    const found = errors();
    expect(found.map(short)).toEqual(['intents/languages/zh.yaml words.parting[0]: there is no word list "whenever" above it']);
    found.forEach(tellsAll);
  });

  it('stands for words by more or fewer letters than they have characters', () => {
    home.change('intents/languages/zh.yaml', /^abbreviations:\n/m, 'abbreviations:\n  bym: [包邮]\n');
    const found = errors();
    expect(found.map(({ file, path, mend }) => [file, path, mend])).toEqual([
      ['intents/languages/zh.yaml', 'abbreviations.bym[0]', '"bym" has 3 letters: name words of as many characters'],
    ]);
    found.forEach(tellsAll);
  });

  it('calls itself by another id than its name', () => {
    home.change('intents/courier.yaml', 'id: courier', 'id: kuaidi');
    expect(errors().map(short)).toEqual(['intents/courier.yaml id: the id "kuaidi" differs from the file\'s name']);
    home.change('intents/courier.yaml', 'id: kuaidi', 'id: courier');
    home.changeShop((shop) => {
      shop.id = 'demon';
    });
    expect(errors().map(short)).toEqual([`${demo} id: the id "demon" differs from the file's name`]);
  });

  it('is missing although others measure by its intent', () => {
    home.remove('intents/cod.yaml');
    const found = errors();
    expect(found.map(short)).toEqual(['intents/cod.yaml : this intent has no file']);
    found.forEach(tellsAll);
  });

  it('offers a product that the shop does not have', () => {
    home.changeShop((shop) => shop.products[0].alternatives.push('silk-tie'));
    expect(errors().map(short)).toEqual([`${demo} products[0].alternatives[2]: there is no product "silk-tie"`]);
  });

  it('switches an intent that there is not', () => {
    home.changeShop((shop) => {
      shop.intents = { shiping_fee: 'draft' };
    });
    const found = errors();
    expect(found.map(short)).toEqual([`${demo} intents.shiping_fee: there is no such intent`]);
    found.forEach(tellsAll);
  });

  it('writes a time that no clock shows', () => {
    home.change(demo, 'mon: [09:00-23:00]', 'mon: [09:00-25:00]');
    home.change(demo, 'cutOff: 16:00', 'cutOff: 16:60');
    expect(errors()).toEqual([
      {
        file: demo,
        line: home.lineOf(demo, 'mon:'),
        path: 'hours.weekly.mon[0]',
        problem: 'has not the right form',
        mend: 'write a range as HH:MM-HH:MM, e.g. 09:00-12:00',
        code: 'form',
        mendCode: 'range',
        values: {},
        severity: 'error',
      },
      {
        file: demo,
        line: home.lineOf(demo, 'cutOff:'),
        path: 'dispatch.cutOff',
        problem: 'has not the right form',
        mend: 'write a time of day as HH:MM, e.g. 09:00',
        code: 'form',
        mendCode: 'clock',
        values: {},
        severity: 'error',
      },
    ]);
  });

  it('is no YAML: with its line', () => {
    home.write('intents/courier.yaml', 'id: courier\ntitle: { zh: 快递, en: Courier\ngroup: support\n');
    const found = errors();
    expect(found.length).toBeGreaterThan(0);
    for (const fault of found) {
      expect(fault.file).toBe('intents/courier.yaml');
      expect(fault.line).toBeGreaterThan(0);
      expect(fault.problem).toMatch(/^is not valid YAML: /);
      tellsAll(fault);
    }
  });

  it('says a fact that nobody knows, and names the nearest', () => {
    home.change('intents/cod.yaml', /^ {4}short: .*$/m, '    short: "{{ shop_nam }}可以货到付款～"');
    const found = errors();
    expect(found.map(({ file, path }) => `${file} ${path}`)).toEqual([
      expect.stringMatching(/^intents\/cod\.yaml replies\[0\]\.short/),
    ]);
    expect(found[0]!.problem + found[0]!.mend).toContain('shop_name');
  });
});

describe('many files that are wrong', () => {
  it('are told all at once', () => {
    home.change('intents/courier.yaml', /^group:/m, 'colour: red\ngroup:');
    home.change('intents/stock.yaml', /^patterns:\n/m, "patterns:\n  - '(有货'\n");
    home.change('intents/promotion.yaml', 'id: promotion', 'id: sale');
    home.remove('intents/cod.yaml');
    home.write('intents/warranty.yaml', 'id: [warranty\n');
    home.changeShop((shop) => {
      shop.timeZone = 'Asia/Xanadu';
      shop.products[0].priceYuan = 'dear';
      delete shop.name;
    });
    home.write('config/shops/second.yaml', 'id: second\n');
    const found = errors();
    const files = new Set(found.map(({ file }) => file));
    expect([...files].sort()).toEqual([
      demo,
      'config/shops/second.yaml',
      ...['cod', 'courier', 'promotion', 'stock', 'warranty'].map((id) => `intents/${id}.yaml`),
    ]);
    expect(found.filter(({ file }) => file === demo).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'timeZone', 'products[0].priceYuan']),
    );
    found.forEach(tellsAll);
  });

  it('are told when there is nothing at all', () => {
    const nothing = mkdtempSync(join(tmpdir(), 'zaima-nothing-'));
    try {
      const { shops, faults: found } = loadKnowledge(nothing, rules);
      expect(shops.size).toBe(0);
      const files = found.map(({ file }) => file);
      expect(files).toEqual(
        expect.arrayContaining(['intents', 'intents/languages/zh.yaml', 'config/shops', 'intents/stock.yaml']),
      );
    } finally {
      rmSync(nothing, { recursive: true });
    }
  });
});

describe('a reply whose parameter is not set', () => {
  it('is a warning that names the parameter, and the shop starts', () => {
    home.changeShop((shop) => {
      delete shop.invoice;
      delete shop.cod;
    });
    const { shops, faults: told } = loadKnowledge(home.folder, rules);
    expect(shops.get('demo')).toBeDefined();
    expect(new Set(told.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    const about = (intent: string) => told.filter(({ problem }) => problem.includes(intent));
    for (const intent of ['invoice', 'cod']) {
      expect(about(intent).length).toBeGreaterThan(0);
      for (const fault of about(intent)) {
        expect(fault.file).toBe(demo);
        expect(fault.path).toContain(intent);
        tellsAll(fault);
      }
    }
  });

  it('names the one that is missing and not its neighbours', () => {
    home.changeShop((shop) => {
      delete shop.shipping.table;
    });
    const told = faults();
    expect(new Set(told.map(({ path, severity }) => `${severity} ${path}`))).toEqual(
      new Set(['warning shipping.table.firstKgYuan']),
    );
    expect(told.map(({ problem }) => problem)).toContain('the reply shipping_fee.fee is off: fee_yuan has no value in this shop');
  });
});

describe('the revision of a shop', () => {
  const revision = () => loadKnowledge(home.folder, rules).shops.get('demo')!.revision;

  it('is another one after any change of what it knows, and the same without', () => {
    const first = revision();
    expect(revision()).toBe(first);
    home.change(demo, 'firstKgYuan: 18', 'firstKgYuan: 19');
    const dearer = revision();
    home.change('intents/cod.yaml', /^examples:\n/m, 'examples:\n  - 能不能送到家再给钱呀\n');
    const wiser = revision();
    expect(new Set([first, dearer, wiser]).size).toBe(3);
  });
});

describe("others' folders of intents", () => {
  const folder = () => join(home.folder, 'others');
  const write = (name: string, text: string) => {
    const path = join(folder(), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };

  it('need nothing but examples: the id is then the name of the file', () => {
    write('card-arrival.yaml', 'examples: [where is my card, my card has not come, when will the card arrive, 42]\n');
    write(
      'Topup_1.yml',
      'id: Topup_1\nowner: somebody\nexamples: [top up failed, I cannot top up, why was my top up declined]\n',
    );
    const { model, faults: found } = loadModel(folder(), root);
    expect(found).toEqual([]);
    expect(model!.intents.map(({ id }) => id)).toEqual(['Topup_1', 'card-arrival']);
    expect(understand('has my card arrived', model!).intents.map(({ id }) => id)).toEqual(['card-arrival']);
    expect(understand('42', model!).intents.map(({ id }) => id)).toEqual(['card-arrival']);
  });

  it('may be whole intent files', () => {
    const { model, faults: found } = loadModel(join(root, 'intents'), root);
    expect(found).toEqual([]);
    expect(understand('可以开发票吗', model!).intents.map(({ id }) => id)).toEqual(['invoice']);
  });

  it('are refused where they cannot be read, all faults at once', () => {
    write('a.yaml', 'id: [white, space]\nexamples: [a b c]\n');
    write('b.yaml', 'examples: just words\n');
    write('c.yaml', 'id: d\nexamples: [x]\n');
    write('d.yaml', 'examples: [y]\n');
    const { model, faults: found } = loadModel(folder(), root);
    expect(model).toBeUndefined();
    expect(found.map(({ file, path }) => `${file} ${path}`)).toEqual(['a.yaml id', 'b.yaml examples', 'd.yaml id']);
    found.forEach(tellsAll);
    expect(loadModel(join(folder(), 'nowhere'), root).faults.map(({ problem }) => problem)).toEqual(['is not there']);
  });
});
