/** One talk as the routes that tell of it show it in their documentation: a buyer asks for the postage while agents are there. */

const reasons = [
  { code: 'understood', values: { intents: 'shipping_fee' } },
  { code: 'on_duty' },
  { code: 'reply_chosen', values: { template: 'shipping_fee.fee_excluded' } },
] as const;
const because = '听懂：shipping_fee；客服在线，给客服草稿；用回复 shipping_fee.fee_excluded';
const asked = { id: 'm-1042', text: '到新疆多少运费', at: '2026-11-11T13:32:13.027Z' } as const;
const draft = {
  text: '亲～寄新疆路程远一些，不在包邮范围内，1公斤内18元，几件一起拍只算一份，您看可以吗？',
  characters: 43,
  intents: ['shipping_fee'],
  template: 'shipping_fee.fee_excluded',
  findings: [],
} as const;

/** An Answer with a draft. */
export const draftedAnswer = {
  id: 'an_0mwr…',
  conversation: 'c-77',
  action: 'draft',
  because,
  reasons,
  understanding: {
    text: asked.text,
    intents: [
      {
        id: 'shipping_fee',
        confidence: 0.968,
        ask: 'rule',
        by: 'both',
        evidence: [{ start: 0, end: 7, words: asked.text, rule: '(到|寄|发|邮)<region>~(多少钱|几块|…)' }],
      },
    ],
    slots: { region: { province: '新疆' } },
    margin: 0.968,
    because: '听懂：shipping_fee',
  },
  replies: [{ id: 'an_0mwr…_1', delivery: 'suggest', kind: 'answer', ...draft }],
  inReplyTo: [asked.id],
  open: [],
  at: '2026-11-11T13:32:13.029Z',
  knowledge: '2796e19f0f722ddd',
  settings: 8,
} as const;

/** Off duty, of what only an agent may answer: the holding reply. */
export const heldAnswer = {
  id: 'ask_1',
  conversation: 'ask',
  action: 'handoff',
  because:
    '听懂：invoice；客服已设为离开，2026-11-12 09:00 有人回复；invoice：回复 invoice.vat_special_ask 只给客服作草稿；用等候话术 invoice.holding',
  reasons: [
    { code: 'understood', values: { intents: 'invoice' } },
    { code: 'away', values: { opening: '2026-11-12 09:00' } },
    { code: 'reply_draft_only', values: { intent: 'invoice', template: 'invoice.vat_special_ask' } },
    { code: 'holding_chosen', values: { template: 'invoice.holding' } },
  ],
  understanding: {
    text: '能开专票吗',
    intents: [
      {
        id: 'invoice',
        confidence: 0.96,
        ask: 'rule',
        facet: 'vat_special',
        by: 'both',
        evidence: [{ start: 2, end: 4, words: '专票', rule: '(专|普|增|纸|电子|增值|纸质|…)票' }],
      },
    ],
    slots: {},
    margin: 0.96,
    because: '听懂：invoice',
  },
  replies: [
    {
      id: 'ask_1_1',
      delivery: 'send',
      kind: 'holding',
      text: '亲，开票的事我记下啦，抬头和税号可以先留在这里，客服明早9点上班后帮您办～',
      characters: 37,
      intents: ['invoice'],
      template: 'invoice.holding',
      findings: [],
    },
  ],
  inReplyTo: ['1'],
  open: ['invoice'],
  at: '2026-11-11T13:32:13.167Z',
  knowledge: '2796e19f0f722ddd',
  settings: 8,
} as const;

const zhou = { id: 'ce29a913-b646-4958-9411-ea4a48917888', name: '周周' } as const;

/** The conversation as the desk has it: an agent holds it, the buyer waits. */
export const deskConversation = {
  id: 'c-77',
  seq: 1795354333125,
  connector: 'generic',
  state: 'open',
  buyer: { id: 'b-9', name: '豆浆油条', version: 0 },
  holder: { ...zhou, since: '2026-11-11T13:32:15.125Z' },
  clocks: {
    since: asked.at,
    messages: 1,
    forPerson: false,
    averageBy: '2026-11-11T13:32:45.027Z',
    firstAnswerBy: '2026-11-11T13:32:23.027Z',
    ruleBy: '2026-11-11T13:35:13.027Z',
  },
  urgency: { level: 'waiting', because: '已等 2 秒', reasons: [{ code: 'desk_waits', values: { seconds: 2 } }] },
  unread: 1,
  intents: ['shipping_fee'],
  lines: [{ from: 'buyer', id: asked.id, position: 1, type: 'text', text: asked.text, at: asked.at }],
  hasEarlier: false,
  drafts: [{ id: 'an_0mwr…_1', answerId: 'an_0mwr…', ...draft, because, reasons, open: [], at: '2026-11-11T13:32:13.029Z' }],
  draftsPending: false,
  withdrawn: [],
} as const;

const { clocks: _, ...calm } = deskConversation;

/** The same, answered: nobody waits. */
export const answeredConversation = {
  ...calm,
  seq: 1795354341004,
  urgency: { level: 'none', because: '没有人在等', reasons: [{ code: 'desk_nobody_waits' }] },
  unread: 0,
  drafts: [],
} as const;

/** The conversation whole. */
export const wholeConversation = {
  id: 'c-77',
  connector: 'generic',
  buyer: { id: 'b-9', name: '豆浆油条' },
  messages: [
    {
      id: asked.id,
      author: 'buyer',
      type: 'text',
      text: asked.text,
      sentAt: asked.at,
      receivedAt: asked.at,
      position: 1,
      answerId: 'an_0mwr…',
    },
  ],
  answers: [draftedAnswer],
  written: [],
  deliveries: [],
  desk: deskConversation,
} as const;

/** What agents made of drafts. */
export const draftFeedback = {
  rows: [
    {
      position: 17,
      draft: 'an_0mwr…_1',
      conversation: 'c-77',
      outcome: 'edited',
      text: '亲，寄新疆18元，几件一起拍只算一份～',
      at: '2026-11-11T13:32:20.000Z',
      by: { kind: 'user', ...zhou },
    },
  ],
  after: 17,
} as const;

/** What shadow mode would have sent. */
export const shadowReport = {
  summary: {
    answers: 1,
    byAction: { auto: 1, draft: 0, handoff: 0, silent: 0 },
    wouldSend: { answer: 1, holding: 0 },
    autoShare: 1,
    byIntent: [{ intent: 'shipping_fee', auto: 1, handoff: 0, draft: 0 }],
  },
  answers: [
    {
      id: 'an_0mwr…',
      conversation: 'c-77',
      at: '2026-11-11T15:32:13.029Z',
      said: asked.text,
      intents: [{ id: 'shipping_fee', confidence: 0.968, ask: 'rule' }],
      action: 'auto',
      because: '听懂：shipping_fee；非工作时间，2026-11-12 09:00 有人回复；用回复 shipping_fee.fee_excluded',
      reasons: [
        { code: 'understood', values: { intents: 'shipping_fee' } },
        { code: 'off_duty', values: { opening: '2026-11-12 09:00' } },
        { code: 'reply_chosen', values: { template: 'shipping_fee.fee_excluded' } },
      ],
      replies: [{ kind: 'answer', text: draft.text, template: draft.template, findings: [] }],
      open: [],
    },
  ],
  cursor: 'WyJhbl8wbXdy…',
} as const;
