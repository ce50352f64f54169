/**
 * The part of the Storage port that the agents' desk needs. What agents see is the state of each conversation, not a list of
 * events: every change of one gives it the shop's next sequence number, so that who was away asks for all that changed since.
 */
import type { Agent, Answer, Buyer, Conversation, DeskState, Instant, Message, Order, Outgoing, Reply } from '../conversation.js';
import type { Actor, AuditEntry } from './people.js';
import type { ConversationChange, DeliveryState, Receipt } from './storage.js';

/** The ten groups in which shops keep buyers. */
export const buyerGroups = [
  'friend',
  'adviser',
  'waiting_for_restock',
  'interested',
  'wholesale',
  'interested_in_wholesale',
  'supplier',
  'has_bought',
  'dear_regular',
  'dispute',
] as const;
export type BuyerGroup = (typeof buyerGroups)[number];

/** What the shop has noted of a buyer. */
export interface BuyerCard {
  readonly nickname?: string;
  readonly note?: string;
  readonly group?: BuyerGroup;
  /** 1, 2, 3 …; 0: nothing was noted yet. */
  readonly version: number;
}

/** `null` takes it away. */
export type BuyerChange = { readonly [Key in 'nickname' | 'note' | 'group']?: BuyerCard[Key] | null };

export interface BuyerVisit {
  readonly conversation: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Of the buyer. */
  readonly messages: number;
  /** What the buyer wrote last. */
  readonly lastText: string;
}

export interface BuyerHistory {
  /** As the platform last named the buyer. */
  readonly buyer: Buyer;
  readonly card: BuyerCard;
  /** Newest first. */
  readonly visits: readonly BuyerVisit[];
  /** As the platform last told of each, newest first. */
  readonly orders: readonly { readonly order: Order; readonly at: Instant }[];
}

/** A conversation as it stands. */
export interface DeskRow {
  readonly conversation: Conversation;
  readonly desk: DeskState;
  /** Grows with each change, and is no other conversation's of the shop. */
  readonly seq: number;
}

export interface ReplyDelivery {
  readonly replyId: string;
  /** Of a reply that only lies in the feed: `queued` until a receipt says `sent` or `failed`. */
  readonly state: DeliveryState;
  /** Of a reply that only lies in the feed: a client has read it there and gone on. */
  readonly isTaken?: true;
  readonly because?: string;
  /** Id of the reply as which a failed one was sent once more. */
  readonly retriedAs?: string;
  readonly receipts: readonly Receipt[];
}

/** One line of a conversation; our own replies that came back from the platform are left out. */
export type DeskLine =
  | { readonly from: 'message'; readonly at: Instant; readonly position: number; readonly message: Message }
  | { readonly from: 'reply'; readonly at: Instant; readonly reply: Outgoing; readonly delivery: ReplyDelivery };

export interface DeskView extends DeskRow {
  readonly card: BuyerCard;
  /** The newest few, oldest first. */
  readonly lines: readonly DeskLine[];
  /** Whether there are older ones. */
  readonly hasEarlier: boolean;
  /** To the newest messages, oldest first. */
  readonly answers: readonly Answer[];
}

export const draftOutcomes = ['accepted', 'edited', 'rejected', 'wrong', 'withdrawn'] as const;
export type DraftOutcome = (typeof draftOutcomes)[number];

/** What an agent made of a draft. */
export interface DraftFeedback {
  readonly draft: string;
  readonly outcome: DraftOutcome;
  /** What was sent instead. */
  readonly text?: string;
  readonly note?: string;
}

export interface DraftFeedbackRow extends DraftFeedback {
  /** Grows from line to line. */
  readonly position: number;
  readonly conversation: string;
  readonly at: Instant;
  readonly by: Actor;
}

/** What is written in one transaction; what is left out stays. */
export interface DeskWrite {
  readonly desk?: DeskState;
  readonly change?: ConversationChange;
  /** Goes out to the buyer, by callback too where the shop has one. */
  readonly reply?: { readonly reply: Outgoing; readonly at: Instant; readonly callback: boolean };
  /** Id of a reply whose delivery failed: it is tried anew from this moment on. */
  readonly requeue?: { readonly replyId: string; readonly at: Instant };
  readonly feedback?: Omit<DraftFeedbackRow, 'position' | 'conversation'>;
  readonly audit?: readonly AuditEntry[];
}

export interface Standing extends DeskRow {
  /** The reply that was asked for by its id, where the shop has it. */
  readonly sent?: { readonly conversation: string; readonly reply: Outgoing; readonly delivery: ReplyDelivery };
}

export interface DeskStorage {
  /**
   * Tells `decide` how the conversation stands and writes what it says, in one transaction: of two who reach for the same
   * conversation the second is told what the first did. Undefined for an unknown conversation. `decide` is pure and may be
   * asked again.
   * @param replyId the reply that the decision is about
   */
  deskWrite<Refused>(
    shop: string,
    conversation: string,
    replyId: string | undefined,
    decide: (standing: Standing) => { readonly refused: Refused } | { readonly write: DeskWrite | undefined },
  ): Promise<{ readonly refused: Refused } | { readonly done: Standing } | undefined>;
  deskView(shop: string, conversation: string): Promise<DeskView | undefined>;
  /** Conversations that changed after a sequence number, in the order of their last change; `seq`: where to go on. */
  deskChanges(shop: string, after: number, limit: number): Promise<{ readonly views: readonly DeskView[]; readonly seq: number }>;
  /** The sequence number of the shop's latest change. */
  deskSeq(shop: string): Promise<number>;
  /** Position of the last message that came into a conversation; 0: none did; undefined for an unknown conversation. */
  lastPosition(shop: string, conversation: string): Promise<number | undefined>;
  /** Conversations in which a buyer waits, that somebody holds, or from which a reply did not reach the buyer; in no order. */
  deskOpen(shop: string, limit: number): Promise<readonly DeskRow[]>;
  /** How many conversations each agent holds, by the agent's id; who holds none is left out. */
  deskHeld(shop: string): Promise<ReadonlyMap<string, number>>;
  /** By their last change, newest first, only those below `before`. */
  deskLatest(
    shop: string,
    filter: { readonly before?: number; readonly limit: number; readonly holder?: string; readonly buyer?: string },
  ): Promise<readonly DeskRow[]>;
  /**
   * Conversations in which these words were said, or that are known by them (names, ids, order numbers, products, notes), the
   * latest change first. Of words that are said everywhere the newest few hundred lines count.
   * @param typed words apart by blanks: one line must hold all of them
   */
  deskSearch(shop: string, typed: string, limit: number): Promise<readonly DeskRow[]>;
  /** What all open conversations rest on has changed: each gets a new sequence number, and the listeners are told. */
  touchDesk(shop: string): Promise<void>;
  /** Called after each commit with the shops in which conversations changed, until the returned function is called. */
  onDeskChange(listener: (shops: ReadonlySet<string>) => void): () => void;

  /** A draft, or what the bot said by itself (`delivery`), by its id, with the Answer it is of. */
  draft(shop: string, id: string): Promise<{ readonly answer: Answer; readonly reply: Reply } | undefined>;
  /** Oldest first, behind a position (0: from the first). */
  draftFeedback(shop: string, after: number, limit: number): Promise<readonly DraftFeedbackRow[]>;

  /** Undefined for a buyer who never wrote to the shop. */
  buyer(shop: string, id: string, visits: number): Promise<BuyerHistory | undefined>;
  /** `stale`: the card is no longer the one of `version`. Undefined for a buyer who never wrote. */
  changeBuyer(
    shop: string,
    id: string,
    version: number | 'any',
    change: BuyerChange,
    by: Agent,
    at: Instant,
  ): Promise<BuyerCard | 'stale' | undefined>;
}
