/** All that the routes live on. Given by main.ts, and by tests. */
import type { Logger } from 'pino';
import type { People } from '../access/people.js';
import type { Sessions } from '../access/sessions.js';
import type { Access } from '../access/tokens.js';
import type { Config } from '../config.js';
import type { Instant } from '../conversation.js';
import type { LiveKnowledge } from '../knowledge/live.js';
import type { PhraseBook } from '../phrases/phrase-book.js';
import type { StockBook } from '../stock/stock-book.js';
import type { Storage } from '../storage/storage.js';
import type { FlowPort } from './flow-port.js';
import type { Metrics } from './metrics.js';

export interface ServerDeps {
  readonly config: Pick<Config, 'language' | 'limits' | 'feed' | 'sockets' | 'web' | 'sessions' | 'webChat'>;
  readonly log: Logger;
  readonly flow: FlowPort;
  readonly storage: Pick<
    Storage,
    | 'answersTo'
    | 'turn'
    | 'feed'
    | 'feedTaken'
    | 'receipt'
    | 'transcript'
    | 'chat'
    | 'deskView'
    | 'deskChanges'
    | 'deskSeq'
    | 'lastPosition'
    | 'deskOpen'
    | 'deskHeld'
    | 'deskLatest'
    | 'deskSearch'
    | 'touchDesk'
    | 'onDeskChange'
    | 'draft'
    | 'draftFeedback'
    | 'buyer'
    | 'changeBuyer'
    | 'away'
    | 'botSwitches'
    | 'newestShadowAnswers'
    | 'shadowAnswers'
    | 'audit'
    | 'auditLog'
    | 'lastLogins'
    | 'healthy'
  >;
  readonly knowledge: Pick<LiveKnowledge, 'shop' | 'status' | 'settings' | 'change' | 'trial' | 'words' | 'ids'>;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly people: People;
  /** Quick phrases; `onPhrases` tells sockets when a set has moved on. */
  readonly phrases: PhraseBook;
  readonly stock: StockBook;
  /** The file of the script for shops' own sites; undefined, or not there: it is not built. */
  readonly chatScript?: string;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  /** Where the built pages lie; absent: there are none. */
  readonly pagesFolder?: string;
  /** Of Zaima. */
  readonly version: string;
  /** False while the process is not yet, or no longer, to be sent requests. */
  readonly ready: () => boolean;
}
