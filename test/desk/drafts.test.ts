/** Which drafts an agent may still use. */
import { describe, expect, it } from 'vitest';
import type { Answer, FoundIntent, Reply } from '../../src/conversation.js';
import { draftsOf, groundless, restsOnFormerStock } from '../../src/desk/drafts.js';

const noon = Date.parse('2026-09-29T12:00:00+08:00');
const intent = (id: string, by: FoundIntent['by'] = 'both'): FoundIntent => ({
  id,
  confidence: 0.97,
  ask: 'rule',
  by,
  evidence: [],
});
const reply = (id: string, delivery: Reply['delivery'] = 'suggest', kind: Reply['kind'] = 'answer'): Reply => ({
  id,
  kind,
  text: `亲，满95元包邮哦${id}`,
  characters: 9,
  intents: ['shipping_fee'],
  template: 'shipping_fee.free',
  findings: [],
  delivery,
});
const answer = (id: string, its: Partial<Omit<Answer, 'understanding'>> & { intents?: FoundIntent[] } = {}): Answer => {
  const { intents = [intent('shipping_fee')], ...rest } = its;
  return {
    id,
    conversation: 'c1',
    action: 'draft',
    because: [{ code: 'on_duty' }],
    understanding: { text: '包邮吗', intents, slots: {}, margin: 0.9, because: [] },
    replies: [reply(`${id}_1`), reply(`${id}_2`)],
    inReplyTo: ['m1'],
    open: [],
    at: noon,
    knowledge: 'k1',
    ...rest,
  };
};
const standing = (...its: Parameters<typeof draftsOf>) => draftsOf(...its).standing.map((draft) => draft.reply.id);
const withdrawn = (...its: Parameters<typeof draftsOf>) =>
  draftsOf(...its).withdrawn.map(({ id, because }) => `${id} ${because.code}`);

describe('what only says that the matter was seen', () => {
  const seen = (id: string, its: Partial<Reply> = {}): Reply => ({
    ...reply(id, 'suggest', 'holding'),
    template: 'seen',
    ...its,
  });
  const unanswered = answer('a2', { intents: [intent('product_info')], replies: [seen('a2_1')] });

  it('stands behind what answers, and its matter is open', () => {
    const drafts = draftsOf([answer('a1'), unanswered], {});
    expect(drafts.standing.map((draft) => draft.reply.id)).toEqual(['a1_1', 'a1_2', 'a2_1']);
    expect(drafts.open).toEqual(['product_info']);
  });

  it('is no draft where shadow mode would have put the buyer off', () => {
    const watched = { ...unanswered, shadow: 'handoff' as const };
    expect(standing([{ ...watched, replies: [seen('a2_1', { template: 'holding.with_time' })] }], {})).toEqual([]);
    expect(standing([watched], {})).toEqual(['a2_1']);
  });
});

describe('drafts', () => {
  it('stand while nothing has happened', () => {
    expect(standing([answer('a1')], { knowledge: 'k1', haltedAt: noon - 1, humanSpokeAt: noon - 1 })).toEqual(['a1_1', 'a1_2']);
    expect(standing([], {})).toEqual([]);
  });

  it.each([
    ['an agent answered', { humanSpokeAt: noon }, 'draft_agent_answered'],
    ['the bot was stopped', { haltedAt: noon }, 'draft_bot_stopped'],
    ['the settings changed', { knowledge: 'k2' }, 'draft_settings_changed'],
  ])('are withdrawn: %s', (_, ground, code) => {
    expect(standing([answer('a1')], ground)).toEqual([]);
    expect(withdrawn([answer('a1')], ground)).toEqual([`a1_1 ${code}`, `a1_2 ${code}`]);
  });

  it.each([
    ['the buyer asked on', answer('a2', { at: noon + 5 }), 'draft_newer'],
    ['the buyer asked on in few words', answer('a2', { intents: [intent('stock', 'context')] }), 'draft_newer'],
    [
      'the buyer took it back',
      answer('a2', { action: 'silent', because: [{ code: 'recalled' }], replies: [] }),
      'draft_recalled',
    ],
    ['the bot stepped in', answer('a2', { follows: 'a1', replies: [reply('a2_1', 'send')] }), 'draft_answered'],
  ])('are withdrawn when there is something newer: %s', (_, newer, code) => {
    expect(withdrawn([answer('a1'), newer], {})).toEqual([`a1_1 ${code}`, `a1_2 ${code}`]);
  });

  it.each([
    ['another matter', answer('a2', { intents: [intent('invoice')] })],
    ['a word of thanks', answer('a2', { action: 'silent', because: [{ code: 'needs_no_answer' }], replies: [] })],
    ['the bot only asked for patience', answer('a2', { follows: 'a1', replies: [reply('a2_1', 'send', 'holding')] })],
  ])('stand beside what is newer: %s', (_, newer) => {
    expect(standing([answer('a1'), newer], {})).toEqual(expect.arrayContaining(['a1_1', 'a1_2']));
  });

  it('that say how much there is are withdrawn when the stock changes, others are not', () => {
    const both = answer('a1', { replies: [{ ...reply('a1_1'), template: 'stock.in_stock' }, reply('a1_2')] });
    const ground = { stockTemplates: new Set(['stock.in_stock']) };
    const changed = { ...ground, stockChangedAt: noon + 1 };
    expect([standing([both], changed), withdrawn([both], changed)]).toEqual([['a1_2'], ['a1_1 draft_stock_changed']]);
    expect(standing([both], { ...ground, stockChangedAt: noon - 1 })).toEqual(['a1_1', 'a1_2']);
    expect(standing([both], ground)).toEqual(['a1_1', 'a1_2']);
    expect([groundless([both], changed), groundless([both], ground)]).toEqual([[both], []]);
    expect([restsOnFormerStock(both, changed), restsOnFormerStock(both, { ...changed, knowledge: 'k2' })]).toEqual([true, false]);
    const because = [{ code: 'drafts_made_anew_stock' as const }];
    const anew = answer('a2', { follows: 'a1', at: noon + 2, because, replies: [reply('a2_1')] });
    expect([standing([both, anew], changed), withdrawn([both, anew], changed)]).toEqual([
      ['a2_1'],
      ['a1_1 draft_stock_changed', 'a1_2 draft_stock_changed'],
    ]);
    expect(groundless([both, anew], changed)).toEqual([]);
  });

  it('of what was not understood give way to whatever comes next', () => {
    expect(withdrawn([answer('a1', { intents: [] }), answer('a2', { intents: [intent('invoice')] })], {})).toHaveLength(2);
  });

  it('go out to nobody: what the bot sends is no draft', () => {
    expect(draftsOf([answer('a1', { replies: [reply('a1_1', 'send')] })], {})).toEqual({ standing: [], withdrawn: [], open: [] });
  });
});
