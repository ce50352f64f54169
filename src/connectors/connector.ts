/**
 * The Connector port: translates one chat platform. It never stores, never decides and never acknowledges by itself:
 * `receive` is pure and returns the acknowledgement as data; the inbox sends it after the commit.
 */
import type { Instant, Message } from '../conversation.js';
import type { FaultTold } from '../fault-words.js';
import type { Delivery } from '../storage/storage.js';

export interface RawRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's bytes as they came: signatures are over bytes. */
  readonly body: Buffer;
  readonly shop: string;
}

/** One thing wrong with a request, with the way to mend it. */
export interface FieldFault extends FaultTold {
  /** JSON path: `[2].buyer.id`; empty for the body as a whole, `header webhook-id` for a header. */
  readonly field: string;
}

export interface Refusal {
  readonly refused: true;
  readonly status: 400 | 401 | 413 | 422;
  readonly because: string;
  readonly faults: readonly FieldFault[];
}

export interface Received {
  readonly refused: false;
  readonly messages: readonly Message[];
}

export type SendOutcome =
  | { readonly state: 'sent'; readonly platformMessageId?: string }
  /** Surely not delivered: refused connection, 429, or any fault where the platform has an idempotency key. */
  | { readonly state: 'retry'; readonly because: string; readonly afterSeconds?: number }
  /** May have been delivered: never resent. */
  | { readonly state: 'unknown'; readonly because: string }
  /** Will never be delivered (410, not allowed). */
  | { readonly state: 'failed'; readonly because: string };

export interface Connector {
  readonly name: string;
  /** True where the platform drops a repeated send by its key: then a lost receipt may be retried. */
  readonly idempotent: boolean;
  /** @param secrets current and, while rotating, former secret: either may have signed. */
  receive(request: RawRequest, secrets: readonly Buffer[], now: Instant): Received | Refusal;
  send?(delivery: Delivery, signal: AbortSignal): Promise<SendOutcome>;
  /** Whether replies of the shop are pushed by `send`; else they wait to be fetched. */
  pushes(shop: string): boolean;
  /** Ends kept connections. */
  close?(): Promise<void>;
}

/** What connectors are opened with. */
export interface ConnectorSettings {
  /** Where a shop takes its replies and what they are signed with; undefined: the shop fetches them. */
  readonly callback: (shop: string) => { readonly url: string; readonly secrets: readonly Buffer[] } | undefined;
  readonly allowPrivateAddresses: boolean;
  readonly now: () => Instant;
}

/** What a file in this folder exports as `connector` (load-connectors.ts). */
export interface ConnectorFile {
  readonly name: string;
  open(settings: ConnectorSettings): Connector;
}
