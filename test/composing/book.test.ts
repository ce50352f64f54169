import { describe, expect, it } from 'vitest';
import { compileBook, type IntentWords } from '../../src/composing/book.js';
import { missingParameters } from '../../src/composing/off-replies.js';
import { factDocs, possibleFacts } from '../../src/shop/facts.js';
import { replyWordsSchema } from '../../src/shop/reply-words.js';
import { book, demo, demoWith, replyWords } from './demo.js';

type Reply = IntentWords['replies'][number];

function intent(replies: readonly Partial<Reply>[], holding: IntentWords['holding'] = []): IntentWords {
  const full = replies.map((one, at) => ({
    id: `r${at}`,
    asks: ['rule'] as const,
    when: {},
    texts: ['好的～'],
    short: '好～',
    ...one,
  }));
  return { id: 'own', title: { zh: '自有' }, group: 'own', priority: 50, replies: full, holding };
}

function faultsOf(file: IntentWords) {
  return compileBook([file], replyWords, factDocs).faults;
}

describe('the book', () => {
  it('tells all faults at once, with path and mend', () => {
    const faults = faultsOf(
      intent([
        { texts: ['寄{{ regoin }}～', '{% include "x" %}'], short: '{{ fee_yuan' },
        { id: 'r0', when: { stock: 'inn', nonsense: true } },
      ]),
    );
    expect(faults.map(({ path, problem, mend }) => `${path}: ${problem}. ${mend}`)).toEqual([
      'replies[0].texts[0]: there is no fact "regoin". Did you mean region?',
      'replies[0].texts[1]: the tag {% include %} is not allowed. Use if, unless, case and assign only.',
      expect.stringMatching(/^replies\[0\]\.short: .*not closed/),
      'replies[1].id: the reply "r0" stands here twice. Give each reply an id of its own.',
      'replies[1].when.stock: stock is never "inn". It is one of in, low, out, unknown.',
      'replies[1].when.nonsense: there is no fact "nonsense". Name one of the documented facts.',
    ]);
    expect(faults.every((fault) => fault.intent === 'own' && fault.severity === 'error')).toBe(true);
  });

  it("lets a shop's own facts pass and holds composing's own to the holding texts", () => {
    expect(faultsOf(intent([{ texts: ['{{ extra_slogan }}～'] }]))).toEqual([]);
    expect(faultsOf(intent([{ texts: ['{{ matter }}～'] }]))).toHaveLength(1);
  });

  it('tells faults of holding texts for one side of the matter, with their places', () => {
    const side = { when: { stock: 'inn', nonsense: true }, texts: ['{{ opening }}见～', '{{ regoin }}见～'] };
    expect(faultsOf(intent([], ['{{ opening }}见～', '稍后见～', side])).map(({ path }) => path)).toEqual([
      'holding[2].when.stock',
      'holding[2].when.nonsense',
      'holding[2].texts[1]',
    ]);
    expect(faultsOf(intent([], [{ when: {}, texts: ['稍后见～'] }]))).toMatchObject([
      { path: 'holding[0]', severity: 'warning' },
    ]);
  });

  it('warns where holding texts of an intent are never said', () => {
    expect(faultsOf(intent([], ['收到～']))).toMatchObject([{ path: 'holding', severity: 'warning' }]);
    expect(faultsOf(intent([], ['收到～', '收到，客服{{ opening }}回复您～']))).toEqual([]);
  });

  it('leaves out a reply that cannot be compiled and keeps the rest', () => {
    const { book: compiled } = compileBook([intent([{ texts: ['{{ x'] }, {}])], replyWords, factDocs);
    expect(compiled.intents.get('own')?.replies.map((reply) => reply.id)).toEqual(['own.r1']);
  });

  it('wants the time named where it is known, and only there', () => {
    const holding = { ...replyWords.holding, withTime: ['稍后回复您～'], withoutTime: ['{{ opening }}回复您～'] };
    expect(compileBook([], { ...replyWords, holding }, factDocs).faults).toMatchObject([
      { path: 'holding.withTime[0]', mend: 'Name {{ opening }}.' },
      { path: 'holding.withoutTime[0]', mend: 'Leave {{ opening }} out.' },
    ]);
  });

  it('wants a last resort that can never be off', () => {
    const words = { ...replyWords, holding: { ...replyWords.holding, shortest: '{{ opening }}见～' } };
    expect(compileBook([], words, factDocs).faults).toMatchObject([{ path: 'holding.shortest', severity: 'error' }]);
    expect(replyWordsSchema.safeParse({ ...words, holding: { ...words.holding, shortest: '长'.repeat(31) } }).success).toBe(
      false,
    );
  });
});

describe('replies that are off', () => {
  it('are none in the demo shop but those meant for other shops', () => {
    expect(missingParameters(book, possibleFacts(demo))).toEqual([]);
  });

  it('are told by intent where a whole part of the parameters is not set', () => {
    const shop = demoWith((draft) => {
      delete draft.pricing;
      delete draft.invoice;
      draft.shipping!.table = [];
    });
    const off = missingParameters(book, possibleFacts(shop));
    expect(off).toContainEqual({ intent: 'haggling', missing: expect.arrayContaining(['price_rule', 'coupons', 'gift']) });
    expect(off).toContainEqual({ intent: 'invoice', missing: expect.arrayContaining(['invoice_kinds']) });
    expect(off).toContainEqual({ intent: 'shipping_fee', reply: 'shipping_fee.fee', missing: ['fee_yuan'] });
    expect(off.map((one) => one.intent)).not.toContain('stock');
  });
});
