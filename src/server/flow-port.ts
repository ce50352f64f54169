/** What the server asks of the flow. */
import type { Answer, Finding, Item, Message, Turn } from '../conversation.js';
import type { BotSwitches } from '../flow/bot-switches.js';
import type { Preview, PreviewQuestion, Switches } from '../flow/preview.js';
import type { ShopParameters } from '../shop/parameters.js';
import type { DeskStorage } from '../storage/desk.js';
import type { AcceptResult, Away } from '../storage/storage.js';

/** A shop as it works now. */
export interface ShopAtWork {
  readonly parameters: ShopParameters;
  /** Content hash of the intents and parameters in force. */
  readonly knowledge?: string;
  /** Ids of the replies that say how much there is. */
  readonly stockTemplates?: ReadonlySet<string>;
  /** What the intents are called, by id. */
  readonly titles?: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  /** Current webhook secret and, while rotating, the former one. */
  readonly secrets: readonly Buffer[];
}

export interface FlowPort {
  /** Undefined for a shop that this process does not serve. */
  shop(id: string): ShopAtWork | undefined;
  /**
   * Resolves once the messages are committed.
   * @param wait answers at once, without the burst wait: one Answer per conversation with buyer messages that wait
   */
  accept(messages: readonly Message[], wait: boolean): Promise<AcceptResult>;
  /**
   * What the shop would do at a moment; nothing is stored. Undefined for a shop that this process does not serve.
   * @param withAway whether the away switch counts as it stands now
   */
  preview(shop: string, question: PreviewQuestion, withAway: boolean): Preview | undefined;
  /**
   * Findings of all rules in a text, by the shop's own terms. An unknown shop has none.
   * @param orderOwner whether it goes to the account that ordered; undefined: not known
   * @param item what the conversation is about
   */
  check(shop: string, text: string, orderOwner: boolean | undefined, item?: Item): readonly Finding[];
  /** The switches of a shop as they stand. */
  switches(shop: string): Switches;
  setAway(shop: string, away: Away | undefined): Promise<Away | undefined>;
  /** What would be answered if the burst ended now; nothing is stored. */
  foresee?(turn: Turn): Answer | undefined;
  /** Makes drafts anew for who waits, where the ground of theirs has changed; resolves when they are stored. */
  redraft?(shop: string): Promise<void>;
  /** As the storage's verb; what is written goes on its way to the buyer. */
  readonly deskWrite: DeskStorage['deskWrite'];
  /** The kill switches. */
  readonly bots: Pick<BotSwitches, 'latest' | 'turn' | 'haltedAt'>;
  /** Whether replies of a shop that go by this connector are pushed, and not fetched. */
  pushes(shop: string, connector: string): boolean;
  /** Calls back after new replies of the shop are committed, with their conversation, until the returned function is called. */
  onFeed(shop: string, listener: (conversation: string) => void): () => void;
}
