/** All that the routes live on. Given by main.ts, and by tests. */
import type { Logger } from 'pino';
import type { People } from '../access/people.js';
import type { Sessions } from '../access/sessions.js';
import type { Access } from '../access/tokens.js';
import type { Config } from '../config.js';
import type { Instant } from '../conversation.js';
import type { LiveKnowledge } from '../knowledge/live.js';
import type { PhraseBook } from '../phrases/phrase-book.js';
import type { Storage } from '../storage/storage.js';
import type { FlowPort } from './flow-port.js';
import type { Metrics } from './metrics.js';

export interface ServerDeps {
  readonly config: Pick<Config, 'language' | 'limits' | 'feed' | 'sockets' | 'web' | 'sessions'>;
  readonly log: Logger;
  readonly flow: FlowPort;
  readonly storage: Pick<
    Storage,
    | 'answersTo'
    | 'turn'
    | 'feed'
    | 'receipt'
    | 'transcript'
    | 'deskView'
    | 'deskChanges'
    | 'deskSeq'
    | 'lastPosition'
    | 'deskOpen'
    | 'deskLatest'
    | 'touchDesk'
    | 'onDeskChange'
    | 'draft'
    | 'draftFeedback'
    | 'buyer'
    | 'changeBuyer'
    | 'away'
    | 'botSwitches'
    | 'shadowAnswers'
    | 'audit'
    | 'auditLog'
    | 'healthy'
  >;
  readonly knowledge: Pick<LiveKnowledge, 'status' | 'settings' | 'change' | 'ids'>;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly people: People;
  /** Quick phrases; `onPhrases` tells sockets when a set has moved on. */
  readonly phrases: PhraseBook;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  /** Of Zaima. */
  readonly version: string;
  /** False while the process is not yet, or no longer, to be sent requests. */
  readonly ready: () => boolean;
}
