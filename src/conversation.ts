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
  readonly weightKg?: number;
}

export interface Understanding {
  /** The buyer's words as one text: messages of a burst joined by a line break. */
  readonly text: string;
  /** Best first; empty means `none`. */
  readonly intents: readonly FoundIntent[];
  readonly slots: Slots;
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
}

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

/** The whole story of one turn, stored as it is and served as it is. */
export interface Answer {
  readonly id: string;
  readonly conversation: string;
  readonly action: Action;
  readonly because: readonly Reason[];
  readonly understanding: Understanding;
  readonly replies: readonly Reply[];
  /** Ids of the messages that it answers. */
  readonly inReplyTo: readonly string[];
  /** Intents that a person still has to see to. */
  readonly open: readonly string[];
  readonly at: Instant;
  /** Content hash of the knowledge (intents and shop parameters) it was made with. */
  readonly knowledge: string;
  /** Number of the revision of the shop's settings among it; absent where files were used as they lay. */
  readonly settings?: number;
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

/** A line said earlier, as the context of the next. */
export interface EarlierLine {
  readonly author: 'buyer' | 'agent' | 'bot';
  readonly text: string;
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
  readonly lastIntents: readonly string[];
  readonly lastSlots: Slots;
  readonly item?: Item;
  readonly order?: Order;
  /** The last few texts sent by the bot, so that the same text never goes out twice. */
  readonly lastTexts: readonly string[];
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
  /** When the turn is to be answered; undefined: nothing waits. */
  readonly dueAt?: Instant;
  readonly memory: Memory;
}

/** What answer() answers: the unanswered buyer messages of one conversation, oldest first. */
export interface Turn {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
}
