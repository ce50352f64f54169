/**
 * The Storage port: the verbs the flow needs, nothing a database might offer besides. Each promise resolves only when
 * what it says is durable (SQLite: committed with synchronous=FULL). Verbs take pure functions where a decision must be
 * taken on the row as it stands, so that every implementation runs the same rule inside its own transaction.
 */

import type { Agent, AgentReply, Answer, Conversation, Instant, Message, Outgoing, Turn } from '../conversation.js';
import type { DeskStorage, ReplyDelivery } from './desk.js';
import type { PeopleStorage } from './people.js';
import type { PhraseStorage } from './phrases.js';
import type { StockStorage } from './stock.js';

/** What became of one message that was handed in. */
export interface Accepted {
  readonly id: string;
  /** The platform delivered it before; the first one stands. */
  readonly duplicate: boolean;
  /** Same id, other body: the first is kept. */
  readonly conflict: boolean;
}

/** What a new message does to its conversation: version and identity are the storage's own business. */
export type ConversationChange = Pick<Conversation, 'firstUnansweredAt' | 'dueAt' | 'memory'>;

/**
 * Told per new message, in order of sentAt, on the conversation as it stands in the same transaction. An unknown conversation
 * comes with version 0 and an empty memory; buyer and connector are already those of the message. Synchronous and pure: it
 * may be told the same message again when a transaction is repeated.
 */
export type Arrive = (conversation: Conversation, message: Message) => ConversationChange;

export interface AcceptResult {
  readonly accepted: readonly Accepted[];
  /**
   * One per conversation named, in order of first mention, as it stands after the messages. None for a conversation that is
   * only named by a conflicting message and does not exist. As it stands before `answerTurn`.
   */
  readonly turns: readonly Turn[];
  /** What `answerTurn` made of them. */
  readonly answers: readonly Answer[];
}

/** One transaction: messages answered, Answer stored, replies in the feed, conversation moved on. */
export interface Finish {
  readonly shop: string;
  readonly conversation: string;
  /** The version the turn was read at; another one means "answer again". */
  readonly version: number;
  readonly answer: Answer;
  readonly change: ConversationChange;
  /** Deliver by callback as well as in the feed. */
  readonly callback: boolean;
}

/** What becomes of a turn: the Answer with all that goes with it, or undefined to leave it waiting for its due time. */
export type AnswerTurn = (turn: Turn) => Pick<Finish, 'answer' | 'change' | 'callback'> | undefined;

/** A row of the append-only feed of replies that go to buyers. */
export interface FeedRow {
  readonly position: number;
  readonly conversation: string;
  readonly inReplyTo: readonly string[];
  readonly reply: Outgoing;
  readonly createdAt: Instant;
}

export type FeedPage = { readonly rows: readonly FeedRow[]; readonly position: number; readonly epoch: string };

/** A reply to be pushed out by a connector. `fence` grows with each claim: an older holder's settle is refused. */
export interface Delivery {
  readonly shop: string;
  readonly conversation: string;
  readonly connector: string;
  readonly reply: Outgoing;
  readonly inReplyTo: readonly string[];
  readonly createdAt: Instant;
  /** How often it was claimed, this time included: 1 at first. */
  readonly attempts: number;
  readonly fence: number;
}

export type DeliveryState = 'queued' | 'sending' | 'sent' | 'unknown' | 'dropped' | 'failed';

export interface Receipt {
  readonly state: 'sent' | 'delivered' | 'read' | 'failed';
  readonly at: Instant;
  /** The platform's own id of the sent message: its echo is then known by id. */
  readonly platformMessageId?: string;
  readonly error?: string;
}

/** A stored message with the Answer that it got, for the conversation page. */
export interface TranscriptLine {
  readonly message: Message;
  /** Grows from message to message of the shop, in the order in which they came in. */
  readonly position: number;
  /** Id of our own reply that came back as this message. */
  readonly echoOf?: string;
  readonly answerId?: string;
}

export interface Transcript {
  readonly conversation: Conversation;
  /** In order of sentAt. */
  readonly lines: readonly TranscriptLine[];
  /** Those of the lines shown and those that follow them (Answer.follows), oldest first. */
  readonly answers: readonly Answer[];
  /** What agents wrote at the desk since the first of the lines, oldest first. */
  readonly written: readonly { readonly reply: AgentReply; readonly at: Instant }[];
  /** One per reply of these that goes to the buyer. */
  readonly deliveries: readonly ReplyDelivery[];
}

/** A line of a conversation as its buyer sees it. */
export type ChatLine =
  | { readonly kind: 'message'; readonly id: string; readonly text: string; readonly type: Message['type']; readonly at: Instant }
  /** `isReceived`: its receipt says that the buyer's client has it. */
  | { readonly kind: 'reply'; readonly reply: Outgoing; readonly at: Instant; readonly isReceived: boolean };

export type Scope = 'connect' | 'phrases' | 'stock' | 'read' | 'admin';

export interface Token {
  readonly id: string;
  /** `*` for the process's own control token. */
  readonly shop: string;
  readonly scope: Scope;
  readonly createdAt: Instant;
  readonly lastUsedAt?: Instant;
  readonly note?: string;
}

/** State, not a revision: who is away now, until when (unset: until switched back). */
export interface Away {
  readonly since: Instant;
  readonly until?: Instant;
  /** Who said so; absent: before that was kept. */
  readonly by?: Agent;
}

/** The shop of what is meant for every shop. */
export const everyShop = '*';

/** One turn of the kill switch: to what, when, and who did it. `auto`: as the shop's file says. */
export interface BotSwitch {
  readonly mode: 'off' | 'shadow' | 'auto';
  readonly at: Instant;
  readonly by: string;
}

export interface BotSwitchState {
  /** Undefined: it was never touched. */
  readonly latest?: BotSwitch;
  /** When it was last turned to something else than `auto`. */
  readonly haltedAt?: Instant;
}

/** An Answer made in shadow mode, with what a person of the shop wrote next in its conversation. */
export interface ShadowAnswer {
  /** Grows from Answer to Answer: `after` of the next page. */
  readonly position: number;
  readonly answer: Answer;
  readonly agent?: { readonly text: string; readonly type: Message['type']; readonly at: Instant };
}

/** Where a revision of a shop's settings came from. */
export type SettingsSource = 'file' | 'api' | 'cli' | 'rollback';

/** A shop's settings as they once were, whole. Revisions are only added, never changed. */
export interface SettingsRevision {
  readonly shop: string;
  /** 1, 2, 3 … within the shop. */
  readonly number: number;
  /** The revision that it replaced; undefined for the first. */
  readonly parent?: number;
  readonly at: Instant;
  readonly source: SettingsSource;
  readonly author: string;
  readonly note?: string;
  /** JSON; the storage does not look into it. */
  readonly content: unknown;
}

export interface Storage extends PeopleStorage, PhraseStorage, StockStorage, DeskStorage {
  /**
   * Stores new messages and applies `arrive` for each; duplicates change nothing. Commits before it resolves.
   * Calls of one tick share a transaction; a failing call fails alone. A conversation is answered through the connector by
   * which its buyer wrote last, and keeps the buyer's name when a later message comes without one.
   * With `answerTurn` each turn in which something waits is answered in the same transaction: one flush to disk for a caller
   * that waits for its answer. It is pure, may be called again, and does not throw.
   */
  accept(messages: readonly Message[], arrive: Arrive, answerTurn?: AnswerTurn): Promise<AcceptResult>;
  /** Stored Answers of the given messages (for duplicates that ask again), each once, oldest first. */
  answersTo(shop: string, connector: string, messageIds: readonly string[]): Promise<readonly Answer[]>;
  /**
   * The turn as it stands now (messages in order of sentAt), or undefined for an unknown conversation. Where no message is
   * unanswered it brings those that its memory's waiting spell names, unless the bot has stepped in.
   */
  turn(shop: string, conversation: string): Promise<Turn | undefined>;
  /**
   * Turns whose due time has come, oldest due first: with unanswered messages, or with a buyer who waits. A due time on a
   * conversation where neither is so is taken away.
   */
  due(now: Instant, limit: number): Promise<readonly Turn[]>;
  /** The earliest due time of all, so that a process may sleep until then. */
  nextDueAt(): Promise<Instant | undefined>;
  /** `stale`: the version moved meanwhile (or the conversation is unknown) and nothing was changed. Done: version + 1. */
  finish(finish: Finish): Promise<'done' | 'stale'>;
  /** Moves a conversation on without an Answer, by the same rule: done on the version it was read at, else `stale`. */
  moveOn(shop: string, conversation: string, version: number, change: ConversationChange): Promise<'done' | 'stale'>;
  /** Puts a turn back to be tried again at `dueAt` (it could not be finished). The version stays. */
  requeue(shop: string, conversation: string, dueAt: Instant): Promise<void>;

  /** Feed rows after a position (0: from the start), in order of commit. `position` of the page: of its last row, else `after`. */
  feed(shop: string, after: number, limit: number): Promise<FeedPage>;
  /**
   * A client has dealt with the feed up to here: it came back with this position to read on. Earlier positions change nothing.
   * What lies before it is with the client, whether or not it ever sends receipts.
   */
  feedTaken(shop: string, position: number): Promise<void>;
  /** False when the shop has sent no such reply. Once per state: the first stands, and takes a platform id it lacked. */
  receipt(shop: string, replyId: string, receipt: Receipt): Promise<boolean>;
  /**
   * The conversation with its newest `limit` messages; undefined for an unknown one.
   * @param range only messages stored behind the position `after`; only what was said before the message of position `before`
   */
  transcript(
    shop: string,
    conversation: string,
    limit: number,
    range?: { readonly after?: number | undefined; readonly before?: number | undefined },
  ): Promise<Transcript | undefined>;

  /**
   * The newest `limit` lines of a conversation as its buyer sees them, oldest first: what was written through this connector,
   * and all that was sent. None for an unknown conversation.
   * @param after only what was stored after this message and this reply; unknown ids count as none
   */
  chat(
    shop: string,
    conversation: string,
    connector: string,
    after: { readonly message?: string | undefined; readonly reply?: string | undefined },
    limit: number,
  ): Promise<readonly ChatLine[]>;

  /**
   * Echo ledger: is this agent message our own reply coming back? True once per reply sent: by the platform id of its
   * receipt, or by the same text (trimmed) in the same conversation since `since`, unless the reply is known not to have gone
   * out. Marks the reply as echoed by this message: asked again for the same message it says the same.
   */
  ownEcho(message: Message, since: Instant): Promise<boolean>;

  /** Takes up to `limit` queued deliveries whose time has come under a lease; state `sending` is committed first. */
  claimDeliveries(now: Instant, leaseSeconds: number, limit: number): Promise<readonly Delivery[]>;
  /**
   * Refused (false) when the fence is not the latest or its claim was settled before; a lease that ran out may still be settled
   * until somebody claims anew. `retryAt` only with `queued`; without it: at once. An empty `because` is none.
   */
  settleDelivery(
    replyId: string,
    fence: number,
    state: Exclude<DeliveryState, 'sending'>,
    because: string,
    retryAt?: Instant,
  ): Promise<boolean>;
  /** The earliest time a queued delivery may go out. */
  nextDeliveryAt(): Promise<Instant | undefined>;
  /**
   * Leases that ran out: idempotent connectors go back to `queued`, others end as `unknown`, both because `lease_expired`.
   * Returns how many.
   */
  expireLeases(now: Instant, idempotentConnectors: readonly string[]): Promise<number>;

  away(shop: string): Promise<Away | undefined>;
  setAway(shop: string, away: Away | undefined): Promise<void>;

  /** The kill switch of a shop, or of all shops (`*`). */
  botSwitch(shop: string): Promise<BotSwitchState>;
  /** Turns are kept, each: an audit. */
  turnBotSwitch(shop: string, turn: BotSwitch): Promise<void>;
  /** The turns of a switch, newest first. */
  botSwitches(shop: string, limit: number): Promise<readonly BotSwitch[]>;

  /** Answers made in shadow mode from `since` on, oldest first, behind a position (0: from the first). */
  shadowAnswers(shop: string, since: Instant, after: number, limit: number): Promise<readonly ShadowAnswer[]>;
  /** The same newest first, before a position (undefined: from the newest). */
  newestShadowAnswers(shop: string, since: Instant, before: number | undefined, limit: number): Promise<readonly ShadowAnswer[]>;

  /** The current revision of a shop's settings: the one with the highest number. */
  settings(shop: string): Promise<SettingsRevision | undefined>;
  settingsRevision(shop: string, number: number): Promise<SettingsRevision | undefined>;
  /** Newest first, only those below `before` (undefined: from the current one on). */
  settingsHistory(shop: string, before: number | undefined, limit: number): Promise<readonly SettingsRevision[]>;
  /**
   * Adds a revision with the next number. Undefined, and nothing is changed, when the current one is not its `parent`.
   * @param isFile the shop's own file says the same: it is in line with the new revision
   */
  addSettings(revision: Omit<SettingsRevision, 'number'>, isFile: boolean): Promise<SettingsRevision | undefined>;
  /** Number of the revision that the shop's file was last in line with. */
  settingsFile(shop: string): Promise<number | undefined>;
  noteSettingsFile(shop: string, number: number): Promise<void>;

  /** Rejects with `storage_conflict` when id or secret exist. */
  addToken(token: Token, secretHash: string): Promise<void>;
  /** By hash of the secret. */
  token(secretHash: string): Promise<Token | undefined>;
  tokens(shop: string): Promise<readonly Token[]>;
  revokeToken(shop: string, id: string): Promise<boolean>;
  /** Notes the use; an earlier time never replaces a later one. */
  touchToken(id: string, at: Instant): Promise<void>;

  /** True when the database answers; false after `close`. */
  healthy(): Promise<boolean>;
  /** Commits what was asked for before, then lets go of the database. Every other verb then rejects: `storage_closed`. */
  close(): Promise<void>;
}
