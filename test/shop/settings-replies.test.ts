/** Replies of the settings over those of the files: what is said, and what is wrong with them. */
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CompiledRules, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import type { IntentFile } from '../../src/shop/intent-file.js';
import { openKnowledgeFiles, type SharedFiles } from '../../src/shop/knowledge-files.js';
import type { OwnIntent } from '../../src/shop/overrides.js';
import { generalWords, settingsReplyFaults, withSettingsReplies } from '../../src/shop/settings-replies.js';

let shared: ReadonlyMap<string, IntentFile>;
let files: readonly OwnIntent[];
let words: SharedFiles['words'];
let rules: CompiledRules;
beforeAll(async () => {
  rules = compileRules(await loadRules());
  const reader = openKnowledgeFiles(resolve(import.meta.dirname, '../..'), rules);
  const read = reader.read().shared!;
  shared = new Map(read.intents.map(({ intent }) => [intent.id, intent]));
  words = read.words;
  const [own] = [shared.get('cod')!];
  // A file of the shop over cash on delivery, as overrides.ts lays it.
  const intent = { ...own, replies: own.replies.map((reply) => ({ ...reply, short: '付款方式看商品页～' })) };
  files = [
    {
      path: 'config/shops/demo/intents/cod.yaml',
      shared: own,
      intent,
      added: { patterns: [], unless: [], examples: [], facets: {}, goesOn: { slots: [], patterns: [] } },
      tests: { yes: [], no: [] },
      replies: [own.replies[0]!.id],
    },
  ];
});

describe('replies of the settings', () => {
  const laid = (replies: Parameters<typeof withSettingsReplies>[2]['replies']) =>
    withSettingsReplies(files, shared, { replies }, 'demo.yaml');

  it('take the place of what the files say, wording by wording, and leave the rest as it is', () => {
    const [reply] = shared.get('cod')!.replies;
    const changed = laid({ cod: { [reply!.id]: { texts: ['付款方式商品页写着～'] } }, stock: {} }).find(
      ({ intent }) => intent.id === 'cod',
    )!;
    expect(changed.intent.replies[0]).toEqual({ ...reply, texts: ['付款方式商品页写着～'], short: '付款方式看商品页～' });
    expect(changed.intent.replies.slice(1)).toEqual(files[0]!.intent.replies.slice(1));
    expect([changed.path, changed.shared]).toEqual([files[0]!.path, files[0]!.shared]);
  });

  it('are not said where they are off, and their files are given back when nothing is written', () => {
    const [first, second] = shared.get('invoice')!.replies;
    const off = laid({ invoice: { [first!.id]: { off: true } } }).find(({ intent }) => intent.id === 'invoice')!;
    expect(off.intent.replies[0]).toEqual(second);
    expect(off.settings!.base.replies[0]).toEqual(first);
    expect(laid({})).toBe(files);
    expect(laid({ nothing: { a: { off: true } } })).toBe(files);
  });

  it('are told with all their faults, each under its path', () => {
    const [reply] = shared.get('invoice')!.replies;
    const { faults } = settingsReplyFaults(
      {
        replies: {
          nothing: { a: { off: true } },
          invoice: {
            [reply!.id]: { texts: ['{{ invoice_kindz }}', '开发票要加6个点'], short: '{{ invoice' },
            kindz: { off: true },
          },
        },
      },
      files,
      shared,
      rules,
      words,
    );
    const at = `replies.invoice.${reply!.id}`;
    expect(faults.map(({ path }) => path).sort()).toEqual(
      ['replies.nothing', 'replies.invoice.kindz', `${at}.texts[0]`, `${at}.texts[1]`, `${at}.short`].sort(),
    );
    for (const { problem, mend } of faults) expect([problem.length > 5, mend.length > 5]).toEqual([true, true]);
    expect(
      settingsReplyFaults({ replies: { invoice: { [reply!.id]: { off: true } } } }, files, shared, rules, words).faults,
    ).toEqual([]);
  });
});

describe('a wording that the rules only warn of', () => {
  const hinted = (id: string, reply: string, texts: readonly string[]) =>
    settingsReplyFaults({ replies: { [id]: { [reply]: { texts: [...texts] } } } }, files, shared, rules, words);

  it('may be kept, and is told where the bot would have sent it by itself', () => {
    const { replies } = shared.get('invoice')!;
    const [sent, drafted] = [
      replies.find(({ only }) => only === undefined)!.id,
      replies.find(({ only }) => only === 'draft')!.id,
    ];
    const { faults, hints } = hinted('invoice', sent, ['全网最低价，发票也能开～']);
    expect(faults).toEqual([]);
    expect(hints).toMatchObject([{ path: `replies.invoice.${sent}.texts[0]`, code: 'rule_broken', mendCode: 'better' }]);
    expect(hinted('invoice', drafted, ['全网最低价，发票也能开～'])).toEqual({ faults: [], hints: [] });
  });
});

describe('holding words of the settings', () => {
  const judged = (holding: Parameters<typeof settingsReplyFaults>[0]['holding'] & object) =>
    settingsReplyFaults({ replies: {}, holding }, files, shared, rules, words).faults.map(({ path, code }) => `${path} ${code}`);

  it('stand in place of those of the files', () => {
    const [laid] = withSettingsReplies([], shared, { replies: {}, holding: { intents: { invoice: ['发票的事记下啦～'] } } }, 'f');
    expect(laid!.intent.holding).toEqual(['发票的事记下啦～']);
    expect(laid!.intent.replies).toEqual(shared.get('invoice')!.replies);
    const general = generalWords(words, { busy: ['这会儿有点忙～'], intents: {} });
    expect(general.busy).toEqual(['这会儿有点忙～']);
    expect(general.holding).toEqual(words.holding);
    expect(generalWords(words, { intents: {} })).toBe(words);
  });

  it('are told with all their faults: names, times, rules with every matter', () => {
    expect(
      judged({
        withTime: ['客服{{ opening }}上班后回复您～', '您问的{{ matter }}记下啦'],
        withoutTime: ['客服{{ opening }}上班后回复您～'],
        busy: ['加微信聊更快', '{{ nobody }}'],
        intents: { invoice: ['开发票要加6个点', '好的～{{'], nowhere: ['好的～'] },
      }).sort(),
    ).toEqual(
      [
        'holding.withTime[1] opening_missing',
        'holding.withoutTime[0] opening_unknown',
        'holding.busy[0] rule_broken',
        'holding.busy[1] no_fact',
        'holding.intents.invoice[0] rule_broken',
        'holding.intents.invoice[1] output_not_closed',
        'holding.intents.nowhere no_intent',
      ].sort(),
    );
    expect(judged({ withTime: ['您问的{{ matter }}记下啦，客服{{ opening }}上班后回复您～'], intents: {} })).toEqual([]);
  });
});
