/** What goes over /v1/connect, as a client sees it. The service's openapi.json has the same as JSON schemas. */

export interface ClientMessage {
  /** The platform's own id of the message: handed in again it is a duplicate and changes nothing. */
  readonly id: string;
  readonly conversation: string;
  readonly buyer: { readonly id: string; readonly name?: string };
  readonly author?: 'buyer' | 'agent' | 'system';
  readonly type?: 'text' | 'image' | 'voice' | 'video' | 'card' | 'sticker' | 'recall';
  readonly text?: string;
  /** ISO, with offset. */
  readonly sentAt?: string;
  readonly item?: { readonly id: string; readonly title: string; readonly price?: number; readonly url?: string };
  readonly order?: { readonly id: string; readonly status?: string; readonly buyerId?: string };
}

export interface MessageAck {
  readonly id: string;
  /** It was taken before. */
  readonly duplicate: boolean;
  /** With another body: the first stands. */
  readonly conflict?: true;
}

export interface ClientReply {
  /** Stable: the same reply never comes under another id. */
  readonly id: string;
  readonly conversation: string;
  readonly inReplyTo: readonly string[];
  readonly author: 'bot' | 'agent';
  /** Of the agent who wrote it. */
  readonly name?: string;
  readonly kind: 'answer' | 'holding' | 'agent';
  readonly text: string;
  /** Id of the reply that failed: an agent sends the same words again. */
  readonly retryOf?: string;
  readonly createdAt: string;
}

export interface ClientReceipt {
  readonly state: 'sent' | 'delivered' | 'read' | 'failed';
  readonly at?: string;
  readonly platformMessageId?: string;
  readonly error?: string;
}

export interface FieldFault {
  readonly field: string;
  readonly problem: string;
  readonly mend: string;
}

export interface Limits {
  readonly messages: number;
  readonly frameBytes: number;
}

export type ServerFrame =
  | { readonly type: 'welcome'; readonly shop: string; readonly cursor: string; readonly limits: Limits }
  | { readonly type: 'ack'; readonly id: string; readonly messages?: readonly MessageAck[] }
  | { readonly type: 'replies'; readonly cursor: string; readonly replies: readonly ClientReply[] }
  | { readonly type: 'phrases.changed'; readonly revision: number }
  | { readonly type: 'pong' }
  | ErrorFrame;

export interface ErrorFrame {
  readonly type: 'error';
  readonly code: string;
  readonly detail: string;
  readonly faults?: readonly FieldFault[];
  readonly inReplyTo?: string;
  readonly cursor?: string;
  readonly retryAfterSeconds?: number;
}

/** What went wrong; `code` is the service's, or `queue_full`, `too_large`, `closed`, `handler`, `socket`, `unauthorized` of the client itself. */
export class ConnectError extends Error {
  readonly code: string;
  readonly faults: readonly FieldFault[];
  constructor(code: string, message: string, faults: readonly FieldFault[] = [], options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ConnectError';
    this.code = code;
    this.faults = faults;
  }
}
