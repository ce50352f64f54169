/** Lines in their order, the words that gave an intent, and which stand without an answer. */
import { describe, expect, it } from 'vitest';
import { highlights } from '../../../src/console/desk/highlights.js';
import { transcriptLines, unansweredFrom } from '../../../src/console/desk/transcript-lines.js';
import type { Answer, Transcript } from '../../../src/console/shared/wire.js';
import { evening, iso, line } from './samples.js';

function answer(text: string, found: readonly [id: string, words: string][], more: Partial<Answer> = {}): Answer {
  return {
    id: 'a1',
    conversation: 'c1',
    action: 'draft',
    because: '',
    reasons: [],
    understanding: {
      text,
      intents: found.map(([id, words]) => ({
        id,
        confidence: 0.9,
        ask: 'rule',
        by: 'both',
        evidence: [{ start: text.indexOf(words), end: text.indexOf(words) + words.length, words, rule: words }],
      })),
      slots: {},
      margin: 0.5,
      because: '',
    },
    replies: [],
    inReplyTo: ['m1', 'm2'],
    open: [],
    at: iso(evening),
    knowledge: 'k',
    ...more,
  };
}
const shape = (pieces: readonly { text: string; found?: { intent: string } }[] | undefined) =>
  pieces?.map((piece) => (piece.found === undefined ? piece.text : `${piece.found.intent}:${piece.text}`));

describe('words that gave an intent', () => {
  it('are found in each message of a burst', () => {
    const found = highlights(
      answer('M码还有吗\n两件包邮吗', [
        ['stock', '还有吗'],
        ['shipping_fee', '包邮'],
      ]),
      [
        { id: 'm1', text: 'M码还有吗' },
        { id: 'm2', text: '两件包邮吗' },
      ],
    );
    expect(shape(found.get('m1'))).toEqual(['M码', 'stock:还有吗']);
    expect(shape(found.get('m2'))).toEqual(['两件', 'shipping_fee:包邮', '吗']);
  });

  it('go to the surer intent where two share them, and pass over pictures', () => {
    const found = highlights(
      answer('刷信用卡分期要手续费吗', [
        ['credit_card', '信用卡分期'],
        ['fee', '分期要手续费'],
      ]),
      [
        { id: 'p', text: '' },
        { id: 'm1', text: '刷信用卡分期要手续费吗' },
      ],
    );
    expect(found.has('p')).toBe(false);
    expect(shape(found.get('m1'))).toEqual(['刷', 'credit_card:信用卡分期', 'fee:要手续费', '吗']);
  });
});

describe('lines', () => {
  const transcript: Transcript = {
    id: 'c1',
    connector: 'generic',
    buyer: { id: 'b1' },
    messages: [
      {
        id: 'm1',
        position: 1,
        author: 'buyer',
        type: 'text',
        text: '包邮吗',
        sentAt: iso(evening),
        receivedAt: iso(evening),
        answerId: 'a1',
      },
      {
        id: 'e1',
        position: 2,
        author: 'agent',
        type: 'text',
        text: '包邮哦',
        sentAt: iso(evening + 2),
        receivedAt: iso(evening + 2),
        echoOf: 'r1',
      },
    ],
    answers: [
      answer('包邮吗', [['shipping_fee', '包邮']], {
        inReplyTo: ['m1'],
        at: iso(evening + 1),
        replies: [
          { id: 'r1', kind: 'answer', text: '包邮哦', characters: 3, intents: [], template: '', findings: [], delivery: 'send' },
          { id: 'r2', kind: 'answer', text: '草稿', characters: 2, intents: [], template: '', findings: [], delivery: 'suggest' },
        ],
      }),
    ],
    written: [{ id: 'ag_1', author: { id: 'u1', name: '小周' }, text: '在的', at: iso(evening + 3), findings: [] }],
    deliveries: [{ replyId: 'r1', state: 'sent', receipts: [{ state: 'read', at: iso(evening) }] }],
  };

  it('hold what was said, once, with what became of it, and no draft', () => {
    const lines = transcriptLines(transcript, [line({ id: 'm9', text: '新的', at: iso(evening + 9), position: 9 })]);
    expect(lines.map(({ id, from, delivery }) => [id, from, delivery?.state])).toEqual([
      ['m1', 'buyer', undefined],
      ['r1', 'bot', 'read'],
      ['ag_1', 'desk', undefined],
      ['m9', 'buyer', undefined],
    ]);
    expect(shape(lines[0]!.pieces)).toEqual(['shipping_fee:包邮', '吗']);
  });

  it('keep their marks when they are told anew', () => {
    expect(transcriptLines(transcript, [line({ id: 'm1', text: '包邮吗' })])[0]!.pieces).toBeDefined();
  });

  it('without an answer stand in a bracket that a word of an agent ends and one of the bot does not', () => {
    const lines = [
      line({ id: '1' }),
      line({ id: '2', from: 'desk' }),
      line({ id: '3' }),
      line({ id: '4', from: 'bot' }),
      line({ id: '5' }),
    ];
    expect(unansweredFrom(lines, { messages: 2 })).toBe(2);
    expect(unansweredFrom(lines, { messages: 9 })).toBe(2);
    expect(unansweredFrom(lines, undefined)).toBe(5);
  });
});
