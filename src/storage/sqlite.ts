/**
 * The Storage port on embedded SQLite: one file, one process, no server. Reads run at once between transactions; writes
 * share one (batch.ts). Each subject has its own file; this one only puts them together.
 */
import type { Instant } from '../conversation.js';
import { CodedError } from '../errors.js';
import { openBatch } from './batch.js';
import { migrations } from './migrations.js';
import { openAccess } from './sqlite-access.js';
import { openBuyers } from './sqlite-buyers.js';
import { openChats } from './sqlite-chat.js';
import { openConversations } from './sqlite-conversations.js';
import { closeDatabase, openDatabase, transactionOn } from './sqlite-database.js';
import { openDeliveries } from './sqlite-deliveries.js';
import { openDesk } from './sqlite-desk.js';
import { openDeskSeqs } from './sqlite-desk-seq.js';
import { openDeskViews } from './sqlite-desk-views.js';
import { openFeed } from './sqlite-feed.js';
import { openMessages } from './sqlite-messages.js';
import { openPeople } from './sqlite-people.js';
import { openPhrases } from './sqlite-phrases.js';
import { openReplyStates } from './sqlite-reply-states.js';
import { openSearch } from './sqlite-search.js';
import { openSettings } from './sqlite-settings.js';
import { openShadow } from './sqlite-shadow.js';
import { openSql } from './sqlite-statement.js';
import { openStock } from './sqlite-stock.js';
import { openTranscripts } from './sqlite-transcript.js';
import { openTurns } from './sqlite-turns.js';
import type { Storage } from './storage.js';

export interface SqliteOptions {
  /** Of the file; `:memory:` keeps everything in memory and forgets it on close. */
  readonly path: string;
  readonly now?: () => Instant;
  /** Told after each commit how many writes shared it. */
  readonly committed?: (writes: number) => void;
  /** For tests: how many deleted phrases of a shop are remembered. */
  readonly keptTombstones?: number;
}

/**
 * Opens the database, makes or updates its tables, and owns it until `close` or the end of the process.
 * @throws CodedError `storage_locked` at once when another process owns the file, `storage_newer` when a newer version
 *   wrote it, `storage_unusable` when it is no database. The verbs reject with `storage_closed` after `close`,
 *   `storage_bad_value` for what would not be stored as it is, `storage_conflict` for an id given twice, and
 *   `storage_failed` for a fault of disk or file.
 */
export function openSqlite({ path, now = Date.now, committed, keptTombstones }: SqliteOptions): Storage {
  const database = openDatabase(path, migrations, now());
  const sql = openSql(database);
  const seqs = openDeskSeqs(sql, now);
  const conversations = openConversations(sql, seqs);
  const turns = openTurns(sql, conversations);
  const messages = openMessages(sql, conversations, turns);
  const feed = openFeed(sql, conversations);
  const stateOf = openReplyStates(sql);
  const transcripts = openTranscripts(sql, conversations, stateOf);
  const shadow = openShadow(sql);
  const deliveries = openDeliveries(sql, conversations);
  const access = openAccess(sql);
  const settings = openSettings(sql);
  const people = openPeople(sql);
  const phrases = openPhrases(sql, keptTombstones);
  const chats = openChats(sql);
  const stock = openStock(sql);
  const buyers = openBuyers(sql);
  const views = openDeskViews(sql, stateOf, buyers);
  const desk = openDesk(sql, { conversations, seqs, views, stateOf, buyers, people });
  const search = openSearch(sql);
  const ping = sql.one('select 1 as one from meta');
  let isClosed = false;

  const batch = openBatch(transactionOn(database, sql), closedError, (writes) => {
    committed?.(writes);
    seqs.committed();
  });
  const write = batch.write;
  async function read<Result>(work: () => Result): Promise<Result> {
    // The driver still answers after its close.
    if (isClosed) throw closedError();
    return work();
  }

  return {
    accept: (all, arrive, answerTurn) => write(() => messages.accept(all, arrive, answerTurn)),
    answersTo: (shop, connector, ids) => read(() => messages.answersTo(shop, connector, ids)),
    turn: (shop, conversation) => read(() => turns.turn(shop, conversation)),
    async due(at, limit) {
      for (;;) {
        const found = await read(() => turns.due(at, limit));
        if (found.idle.length === 0) return found.turns;
        await write(() => found.idle.forEach(turns.clearDue));
      }
    },
    nextDueAt: () => read(turns.nextDueAt),
    finish: (finish) => write(() => turns.finish(finish)),
    moveOn: (shop, conversation, version, change) =>
      write(() => (conversations.moveOn(shop, conversation, version, change) ? 'done' : 'stale')),
    requeue: (shop, conversation, dueAt) => write(() => turns.requeue(shop, conversation, dueAt)),

    feed: (shop, after, limit) => read(() => feed.feed(shop, after, limit)),
    feedTaken: async (shop, position) => {
      if (await read(() => feed.isNews(shop, position))) await write(() => feed.feedTaken(shop, position));
    },
    receipt: (shop, replyId, receipt) => write(() => feed.receipt(shop, replyId, receipt)),
    transcript: (shop, conversation, limit, range) => read(() => transcripts.transcript(shop, conversation, limit, range)),
    chat: (shop, conversation, connector, after, limit) => read(() => chats.chat(shop, conversation, connector, after, limit)),
    ownEcho: (message, since) => write(() => feed.ownEcho(message, since)),

    claimDeliveries: (at, leaseSeconds, limit) => write(() => deliveries.claimDeliveries(at, leaseSeconds, limit)),
    settleDelivery: (replyId, fence, state, because, retryAt) =>
      write(() => deliveries.settleDelivery(replyId, fence, state, because, retryAt ?? now())),
    nextDeliveryAt: () => read(deliveries.nextDeliveryAt),
    expireLeases: (at, idempotentConnectors) => write(() => deliveries.expireLeases(at, idempotentConnectors)),

    away: (shop) => read(() => access.away(shop)),
    setAway: (shop, away) => write(() => access.setAway(shop, away)),

    botSwitch: (shop) => read(() => access.botSwitch(shop)),
    turnBotSwitch: (shop, turn) => write(() => access.turnBotSwitch(shop, turn)),
    botSwitches: (shop, limit) => read(() => access.botSwitches(shop, limit)),

    shadowAnswers: (shop, since, after, limit) => read(() => shadow.shadowAnswers(shop, since, after, limit)),
    newestShadowAnswers: (shop, since, before, limit) => read(() => shadow.newestShadowAnswers(shop, since, before, limit)),

    settings: (shop) => read(() => settings.current(shop)),
    settingsRevision: (shop, number) => read(() => settings.revision(shop, number)),
    settingsHistory: (shop, before, limit) => read(() => settings.history(shop, before, limit)),
    addSettings: (revision, isFile) => write(() => settings.add(revision, isFile)),
    settingsFile: (shop) => read(() => settings.file(shop)),
    noteSettingsFile: (shop, number) => write(() => settings.noteFile(shop, number)),

    addToken: (token, secretHash) => write(() => access.addToken(token, secretHash)),
    token: (secretHash) => read(() => access.token(secretHash)),
    tokens: (shop) => read(() => access.tokens(shop)),
    revokeToken: (shop, id) => write(() => access.revokeToken(shop, id)),
    touchToken: (id, at) => write(() => access.touchToken(id, at)),

    addUser: (user, passwordHash) => write(() => people.addUser(user, passwordHash)),
    user: (id) => read(() => people.user(id)),
    userByLogin: (login) => read(() => people.userByLogin(login)),
    users: () => read(people.users),
    changeUser: (id, change) => write(() => people.changeUser(id, change)),
    setPassword: (id, passwordHash, keepSession) => write(() => people.setPassword(id, passwordHash, keepSession)),
    addSession: (session, secretHash) => write(() => people.addSession(session, secretHash)),
    session: (secretHash) => read(() => people.session(secretHash)),
    sessions: (user) => read(() => people.sessions(user)),
    touchSession: (id, at) => write(() => people.touchSession(id, at)),
    endSession: (user, id) => write(() => people.endSession(user, id)),
    endSessionsBefore: (createdAt, lastSeenAt) => write(() => people.endSessionsBefore(createdAt, lastSeenAt)),
    audit: (entry) => write(() => people.audit(entry)),
    auditLog: (shop, before, limit, filter) => read(() => people.auditLog(shop, before, limit, filter)),
    lastLogins: () => read(people.lastLogins),

    phraseSet: (shop) => read(() => phrases.set(shop)),
    phrase: (shop, id) => read(() => phrases.one(shop, id)),
    phraseChanges: (shop, since) => read(() => phrases.changes(shop, since)),
    changePhrases: (shop, at, decide) => write(() => phrases.change(shop, at, decide)),
    usePhrase: (shop, id, at) => write(() => phrases.use(shop, id, at)),
    stock: (shop) => read(() => stock.of(shop)),
    putStock: (shop, base, put) => write(() => stock.put(shop, base, put)),
    deskWrite: (shop, conversation, replyId, decide) => write(() => desk.deskWrite(shop, conversation, replyId, decide)),
    deskView: (shop, conversation) => read(() => desk.deskView(shop, conversation)),
    deskChanges: (shop, after, limit) => read(() => desk.deskChanges(shop, after, limit)),
    deskSeq: (shop) => read(() => desk.deskSeq(shop)),
    lastPosition: (shop, conversation) => read(() => desk.lastPosition(shop, conversation)),
    deskOpen: (shop, limit) => read(() => desk.deskOpen(shop, limit)),
    deskHeld: (shop) => read(() => desk.deskHeld(shop)),
    deskLatest: (shop, filter) => read(() => desk.deskLatest(shop, filter)),
    async deskSearch(shop, typed, limit) {
      while (await write(search.catchUp));
      return read(() => search.find(shop, typed, limit));
    },
    touchDesk: (shop) => write(() => desk.touchDesk(shop)),
    onDeskChange: seqs.listen,
    draft: (shop, id) => read(() => desk.draft(shop, id)),
    draftFeedback: (shop, after, limit) => read(() => desk.draftFeedback(shop, after, limit)),
    buyer: (shop, id, visits) => read(() => buyers.history(shop, id, visits)),
    changeBuyer: (shop, id, version, change, by, at) => write(() => desk.changeBuyer(shop, id, version, change, by, at)),

    async healthy() {
      try {
        return !isClosed && ping() !== undefined;
      } catch {
        return false;
      }
    },
    async close() {
      if (isClosed) return;
      batch.close();
      isClosed = true;
      closeDatabase(database);
    },
  };
}

function closedError(): CodedError {
  return new CodedError('storage_closed', 'the database was closed: the service is stopping', 'later');
}
