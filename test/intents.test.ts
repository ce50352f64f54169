/** The intent files that ship: each carries its own tests, examples enough to learn from, and the core eight their words. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLines, ownTestFaults } from '../src/cli/check-command.js';
import { loadRules } from '../src/compliance/load-rules.js';
import { faultLine } from '../src/errors.js';
import { loadKnowledge } from '../src/shop/knowledge.js';
import type { Shop } from '../src/shop/shop.js';
import { understand } from '../src/understanding/understand.js';
import { root } from './cli/home.js';

const core = ['stock', 'haggling', 'invoice', 'shipping_fee', 'delivery_time', 'returns', 'credit_card', 'cod'];
const required = [...core, 'greeting', 'ack', 'complaint', 'human', 'order_status', 'off_topic'];
/** The other fixed ids of the list that figures and other tools go by. */
const supporting = `promotion price_query product_info authenticity quality advice how_to_order payment order_change cancel_order
  parcel_problem courier warranty wholesale`.split(/\s+/);

let shop: Shop;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-intents-'));
  const knowledge = loadKnowledge(root, await loadRules());
  if (knowledge.shops.get('demo') === undefined) throw new Error(knowledge.faults.map(faultLine).join('\n'));
  shop = knowledge.shops.get('demo')!;
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const intent = (id: string) => shop.intents.get(id)!;

describe('the intents that ship', () => {
  it('are all there', () => {
    expect([...shop.intents.keys()]).toEqual(expect.arrayContaining([...required, ...supporting]));
  });

  it('pass the tests that they carry', () => {
    expect(ownTestFaults(shop).map(faultLine)).toEqual([]);
  });

  it('are never told with a runner-up that is surer than they are', () => {
    const texts = [...shop.intents.values()].flatMap(({ examples }) => examples);
    const behind = texts.flatMap((text) => {
      const { intents, runnerUp, margin } = understand(`${text} 有味道怎么办`, shop.model);
      const isBehind = intents.length > 0 && (margin < 0 || (runnerUp?.confidence ?? 0) > intents[0]!.confidence);
      return isBehind ? [text] : [];
    });
    expect(behind).toEqual([]);
  });

  it('would be told apart from each other by a test that is wrong', () => {
    const ack = {
      ...intent('ack'),
      tests: { yes: ['可以开发票吗', { say: '好的谢谢', ask: 'request' as const }], no: ['好的谢谢'] },
    };
    const faults = ownTestFaults({ ...shop, intents: new Map([['ack', ack]]) });
    expect(faults.map((fault) => [fault.file, fault.path])).toEqual([
      ['intents/ack.yaml', 'tests.yes[0]'],
      ['intents/ack.yaml', 'tests.yes[1].ask'],
      ['intents/ack.yaml', 'tests.no[0]'],
    ]);
    expect(faults[0]!.problem).toBe('"可以开发票吗" is understood as invoice (rule)');
  });

  it('each carry tests of both kinds', () => {
    const bare = [...shop.intents.values()].filter(({ tests }) => tests.yes.length === 0 || tests.no.length === 0);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it.each(required)('%s has 25 examples or more, 5 tests of what it is and 3 of what it is not', (id) => {
    const { examples, tests } = intent(id);
    expect(new Set(examples).size).toBe(examples.length);
    expect(examples.length).toBeGreaterThanOrEqual(25);
    expect(tests.yes.length).toBeGreaterThanOrEqual(5);
    expect(tests.no.length).toBeGreaterThanOrEqual(3);
  });

  it.each(core)('%s is answered in two wordings or more and a short form', (id) => {
    const { replies } = intent(id);
    expect(replies.length).toBeGreaterThan(0);
    for (const reply of replies) {
      expect([reply.id, new Set(reply.texts).size >= 2, reply.texts.includes(reply.short)]).toEqual([reply.id, true, false]);
    }
    expect(replies.some((reply) => reply.asks.includes('rule') && reply.only === undefined)).toBe(true);
  });

  it('leave a matter open where a reply says what a person will do, unless the buyer must first write again', () => {
    const isPromised = (text: string) => text.includes('{{ person_then }}') && !/留(在这里|下)|改不了/.test(text);
    const unmarked = [...shop.intents.values()].flatMap(({ id, replies }) =>
      replies
        .filter(({ texts, only, promises }) => only === undefined && promises !== true && texts.some(isPromised))
        .map((reply) => `${id}.${reply.id}`),
    );
    expect(unmarked).toEqual([]);
  });

  it.each(['complaint', 'human'])('%s is never answered by the bot', (id) => expect(intent(id).most).toBe('handoff'));

  it('leave `zaima check` without a word of blame for the demo shop', async () => {
    // In June: at the end of a year it warns of holidays that are not announced.
    const { lines, errors } = await checkLines(root, { DATA_DIR: dataDir }, Date.parse('2026-06-01T12:00:00+08:00'));
    expect(lines).toEqual([`1 shop, ${shop.intents.size} intents: 0 errors, 0 warnings`]);
    expect(errors).toBe(0);
  });
});
