/**
 * The nouns of the house. Every room speaks in these; this file imports nothing.
 * All values are read-only: a stage returns a new value and never edits an older one.
 */

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Why a stage did what it did. `code` names a sentence in reasons.ts; `values` fill its gaps. */
export interface Reason {
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

// ---- what comes in ----------------------------------------------------------------------------

/** Who wrote a message. `agent` is any human of the shop, `system` the platform itself. */
export type Author = 'buyer' | 'agent' | 'system';

export type MessageType = 'text' | 'image' | 'voice' | 'video' | 'card' | 'sticker' | 'recall';

export interface Buyer {
  readonly id: string;
  readonly name?: string;
}

/** The product page from which the buyer opened the chat (focus item 咨询商品). */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly priceYuan?: number;
  readonly url?: string;
}

export interface Order {
  readonly id: string;
  readonly status?: string;
  /** The account that placed it, where the platform tells: news of an order are for nobody else. */
  readonly buyerId?: string;
}

/** One message as a connector hands it to the inbox. `id` is the platform's own message id. */
export interface Message {
  readonly shop: string;
  readonly connector: string;
  readonly id: string;
  readonly conversation: string;
  readonly buyer: Buyer;
  readonly author: Author;
  readonly type: MessageType;
  /** Empty for types that carry no words. */
  readonly text: string;
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
  readonly item?: Item;
  readonly order?: Order;
}

// ---- what is understood -----------------------------------------------------------------------

/**
 * What a buyer wants with a topic: `rule` the shop's policy, `own_order` news of the buyer's own order, `request` that the
 * shop does something, `report` tells of a problem, `statement` only names the matter.
 */
export type Ask = 'rule' | 'own_order' | 'request' | 'report' | 'statement';

/** Words that an intent rests on: offsets (UTF-16 units) into the original text of the turn. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** The pattern as the owner wrote it, or `n-grams`, or `context`. */
  readonly rule: string;
}

export interface FoundIntent {
  readonly id: string;
  /** 0..1, calibrated: of the intents found at 0.9, nine of ten are right. */
  readonly confidence: number;
  readonly ask: Ask;
  /** Which side of the matter is asked, as the intent's file names it: `postage` of returns. */
  readonly facet?: string;
  /** Which readers found it; both agreeing is what makes an automatic answer safe. */
  readonly by: 'rules' | 'ngrams' | 'both' | 'context';
  readonly evidence: readonly Evidence[];
}

/** Official names without suffix: 新疆, 克拉玛依. A municipality is a province without a city. */
export interface Region {
  readonly province: string;
  readonly city?: string;
  readonly county?: string;
}

/** What the words give beside the intents; only what is there. Fixed names: an interface. */
export interface Slots {
  readonly region?: Region;
  readonly courier?: string;
  readonly quantity?: number;
  readonly offeredPriceYuan?: number;
  /** 0.8 for 八折. */
  readonly discount?: number;
  readonly size?: string;
  readonly colour?: string;
  /** YYYY-MM-DD in the shop's zone. */
  readonly date?: string;
  readonly days?: number;
  readonly orderId?: string;
  readonly instalments?: number;
  readonly bank?: string;
  /** Of a parcel or, with a height, of a body; of a range (35~40斤) its heavier end, and the lighter one beside it. */
  readonly weightKg?: number;
  readonly weightFromKg?: number;
  readonly heightCm?: number;
  /** What the buyer asks of the goods, by the shop's labels (材质, 洗护), and what he fears of them (起球, 掉色). */
  readonly details?: readonly string[];
  readonly weaknesses?: readonly string[];
}

/** What a buyer names in haggling: the price that he would pay, or how much is to come off (少10块), which is no price of its own. */
export interface Offer {
  readonly yuan?: number;
  readonly reductionYuan?: number;
  /** Whether the words mean each piece or all of them together; `withPostage`: the price is to hold the postage too, 150包邮卖吗. */
  readonly of: 'piece' | 'all' | 'unsaid';
  readonly withPostage?: true;
}

export interface Understanding {
  /** The buyer's words as one text: messages of a burst joined by a line break. */
  readonly text: string;
  /** Best first; empty means `none`. */
  readonly intents: readonly FoundIntent[];
  readonly slots: Slots;
  /** Beside the slots, whose names are fixed: an amount off is no offered price. */
  readonly offer?: Offer;
  /** The best that was not found. */
  readonly runnerUp?: { readonly id: string; readonly confidence: number };
  /** How far the best stands above the runner-up, 0..1. */
  readonly margin: number;
  readonly because: readonly Reason[];
}

// ---- what is decided and said -----------------------------------------------------------------

/** From bold to cautious. Caution only grows: nothing turns a draft into an automatic answer. */
export type Action = 'auto' | 'draft' | 'handoff' | 'silent';

/** `answer` answers; `holding` acknowledges the matter and names when a person answers. */
export type ReplyKind = 'answer' | 'holding';

/** What decide() returns and compose() works from. */
export interface Decision {
  readonly action: Action;
  /** What is to be written: undefined when nothing is said. */
  readonly kind?: ReplyKind;
  /** True after a repeat of the same question: say it in its short form. */
  readonly short: boolean;
  /** What a person answers while the rest is answered now: intents, `none` for a question that nobody understood. */
  readonly leaves: readonly string[];
  /** Intents that may be left to a person too where nothing fits them: they stand apart from the others. */
  readonly apart: readonly string[];
  readonly because: readonly Reason[];
}

export type Severity = 'hint' | 'points' | 'block';

/** One breach of one compliance rule, in a text about to go out. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Platform penalty points; 0 where the rule only warns. */
  readonly points: number;
  /** Where sources disagree on the points, or what else a person should know. */
  readonly note?: string;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly because: string;
  /** A wording that keeps the rule. */
  readonly wording: string;
  /** How the wording takes the place of what was found; none where it would not fit: a person then writes it anew. */
  readonly replacement?: Replacement;
  /** `because` and `note` in English; findings kept from before have none. */
  readonly english?: { readonly because: string; readonly note?: string };
}

/** A piece of a text, in UTF-16 units, and what to put in its place. */
export type Replacement = { readonly start: number; readonly end: number; readonly text: string };

/** Who works at the desk: a person of the shop, or a machine by its token. */
export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** The template of drafts that only say that the matter was seen: no reply fits it. */
export const seenTemplate = 'seen';

export interface Reply {
  readonly id: string;
  readonly kind: ReplyKind;
  readonly text: string;
  /** As the platform counts them (composing/limits.ts). */
  readonly characters: number;
  readonly intents: readonly string[];
  /** Which template(s) it was made from: `stock.in_stock` joined by `+`. */
  readonly template: string;
  readonly findings: readonly Finding[];
  /** `send`: goes to the buyer by itself. `suggest`: a draft for the agent, never sent by Zaima. */
  readonly delivery: 'send' | 'suggest';
}

/** What an agent wrote to the buyer at the desk. */
export interface AgentReply {
  readonly id: string;
  readonly kind: 'agent';
  readonly author: Agent;
  readonly text: string;
  /** As the platform counts them. */
  readonly characters: number;
  /** Findings that the agent sent it with all the same. */
  readonly findings: readonly Finding[];
  /** Id of the reply whose words did not come to the buyer: these are the same once more. */
  readonly retryOf?: string;
}

/** What goes out to a buyer. */
export type Outgoing = Reply | AgentReply;

/** The whole story of one turn, stored as it is and served as it is. */
export interface Answer {
  readonly id: string;
  readonly conversation: string;
  readonly action: Action;
  readonly because: readonly Reason[];
  readonly understanding: Understanding;
  readonly replies: readonly Reply[];
  /** Ids of the messages that it answers; none where it follows an earlier Answer to them. */
  readonly inReplyTo: readonly string[];
  /**
   * The Answer whose drafts no agent used in time: the bot stepped in. Its messages stay answered by that Answer, so that a
   * message stands in one `inReplyTo` only.
   */
  readonly follows?: string;
  /** Intents that a person still has to see to. */
  readonly open: readonly string[];
  readonly at: Instant;
  /** Content hash of the knowledge (intents and shop parameters) it was made with. */
  readonly knowledge: string;
  /** Number of the revision of the shop's settings among it; absent where files were used as they lay. */
  readonly settings?: number;
  /** Only in shadow mode: what the bot would have done by itself in mode `auto`. Nothing went out. */
  readonly shadow?: Action;
}

// ---- what is remembered of a conversation -----------------------------------------------------

/** One question that was answered, so that a repeat is told apart (cool-down 冷却). */
export interface Answered {
  /** buyer + intents + item + slots. */
  readonly key: string;
  readonly at: Instant;
  /** How often it was answered within the cool-down: 1 long form, 2 short form too. */
  readonly times: number;
}

/** How far the haggling over one item has gone. Forgotten when the item changes and after a day. */
export interface Haggling {
  /** The product's id, empty where nobody knows it. */
  readonly item: string;
  /** How often the buyer has asked for less. */
  readonly rounds: number;
  readonly at: Instant;
  /** Pieces that the amounts below are for. */
  readonly pieces: number;
  /** The lowest that the buyer has offered for all pieces together. */
  readonly lowestOfferYuan?: number;
  /** The last price for all pieces together that the bot has told the buyer it would be changed to. */
  readonly concededYuan?: number;
}

/** A line said earlier, as the context of the next. */
export interface EarlierLine {
  readonly author: 'buyer' | 'agent' | 'bot';
  readonly text: string;
}

/**
 * A waiting spell: a buyer wrote while agents were there, got drafts and no word. It ends with an agent's word, with an
 * answer by the bot off duty, and some time after the bot stepped in (policy/step-in.ts). What was talked about before its
 * messages is kept with them: they are understood again as they were.
 */
export interface Waiting extends Pick<Memory, 'lastIntents' | 'lastSlots' | 'lastFacets' | 'trouble' | 'haggling'> {
  /** When the first of its messages came in. */
  readonly since: Instant;
  /** Ids of its messages, oldest first; the newest few. None once the bot has stepped in. */
  readonly messages: readonly string[];
  /** The newest Answer with drafts for them. */
  readonly answer: string;
  /** When the bot stepped in: once a spell. */
  readonly steppedInAt?: Instant;
}

/**
 * Messages of the buyer that have neither a person's word nor a full answer by the bot: the clocks of the desk run from here.
 * Ends with an agent's word and with an automatic answer that leaves nothing open.
 */
export interface Unanswered {
  /** When the first of them came in. */
  readonly since: Instant;
  readonly count: number;
  /** The bot handed the matter to a person. */
  readonly isForPerson?: true;
}

/** What the flow keeps of a conversation between turns. Grows no further than its few fields. */
export interface Memory {
  readonly answered: readonly Answered[];
  /** The start of the closed period in which the holding reply was sent: one a period. */
  readonly heldPeriod?: Instant;
  /** When an agent last wrote. */
  readonly humanSpokeAt?: Instant;
  /** Until when the bot keeps still because an agent spoke. */
  readonly humanUntil?: Instant;
  /** Turns in a row that were not understood: two make a hand-off. */
  readonly misunderstood: number;
  /** The thread: intents and slots of the buyer's last turn with a matter, and when the buyer last wrote. */
  readonly lastIntents: readonly string[];
  readonly lastSlots: Slots;
  readonly wroteAt?: Instant;
  /** Which side of each of these matters was asked. */
  readonly lastFacets?: Readonly<Record<string, string>>;
  /** What the buyer has told of an order of his own (understanding/trouble.ts). */
  readonly trouble?: string;
  /** The page from which the chat was opened, or whose card was sent last. */
  readonly item?: Item;
  /** The product that the buyer last named in words. */
  readonly named?: Item;
  readonly order?: Order;
  /** Id of the buyer whose message named the order: its facts are told to this account alone. */
  readonly orderOf?: string;
  readonly haggling?: Haggling;
  /** The last few texts sent by the bot, so that the same text never goes out twice. */
  readonly lastTexts: readonly string[];
  readonly unanswered?: Unanswered;
  /** The buyer waits for an agent; absent where nobody waits, or the shop lets the bot never step in. */
  readonly waiting?: Waiting;
  /** In shadow mode: the same as if the replies had been sent. */
  readonly shadow?: Pick<Memory, 'answered' | 'heldPeriod' | 'lastTexts'>;
}

export const emptyMemory: Memory = {
  answered: [],
  misunderstood: 0,
  lastIntents: [],
  lastSlots: {},
  lastTexts: [],
};

/** A conversation as stored: its memory and the clockwork around it. */
export interface Conversation {
  readonly shop: string;
  readonly id: string;
  readonly connector: string;
  readonly buyer: Buyer;
  /** Grows with every message and answer; a turn is finished only on the version it was read at. */
  readonly version: number;
  /** When the oldest unanswered buyer message came in. */
  readonly firstUnansweredAt?: Instant;
  /** When the turn is to be answered, or the bot to step in; undefined: nothing waits. */
  readonly dueAt?: Instant;
  readonly memory: Memory;
}

/** Whoever holds a conversation at the desk answers it. */
export interface Holder extends Agent {
  readonly since: Instant;
}

/** What agents did with a conversation at the desk. */
export interface DeskState {
  readonly holder?: Holder;
  /** What the last one who handed it over wants the next one to know. */
  readonly note?: { readonly text: string; readonly by: Agent; readonly at: Instant };
  /** A message of the buyer opens it again; so does a reply that turns out not to have reached him, but the one known then. */
  readonly closed?: { readonly by: Agent; readonly at: Instant; readonly undelivered?: string };
}

/** What answer() answers: the unanswered buyer messages of one conversation, oldest first. */
export interface Turn {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** Where no message is unanswered: those of the waiting spell in which the bot has not stepped in, oldest first. */
  readonly waiting?: readonly Message[];
}
