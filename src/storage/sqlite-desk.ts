/** What agents do at the desk, and what they are shown. */
import type { Agent, Answer, Instant, Outgoing, Reply } from '../conversation.js';
import type { BuyerCard, BuyerChange, DeskRow, DeskView, DeskWrite, DraftFeedbackRow, DraftOutcome, Standing } from './desk.js';
import type { Actor } from './people.js';
import type { Buyers } from './sqlite-buyers.js';
import { type Conversations, waits } from './sqlite-conversations.js';
import type { DeskSeqs } from './sqlite-desk-seq.js';
import { type DeskConversationRow, type DeskViews, deskColumns, deskRowFrom } from './sqlite-desk-views.js';
import type { People } from './sqlite-people.js';
import type { ReplyStates } from './sqlite-reply-states.js';
import { plainText, type Sql } from './sqlite-statement.js';

interface Parts {
  readonly conversations: Conversations;
  readonly seqs: DeskSeqs;
  readonly views: DeskViews;
  readonly stateOf: ReplyStates;
  readonly buyers: Buyers;
  readonly people: People;
}

interface FeedbackRow {
  readonly seq: number;
  readonly draft: string;
  readonly conversation: string;
  readonly outcome: DraftOutcome;
  readonly text: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly at_ms: Instant;
}

const newest = Number.MAX_SAFE_INTEGER;

export function openDesk(sql: Sql, { conversations, seqs, views, stateOf, buyers, people }: Parts) {
  const load = sql.one<DeskConversationRow>(`select ${deskColumns} from conversations where shop = ? and id = ?`);
  const save = sql.write(`
    update conversations set version = version + 1, first_unanswered_at_ms = ?, due_at_ms = ?, memory = ?, desk_seq = ?,
      desk_open = ?, holder = ?, desk = ?
    where shop = ? and id = ?`);
  const sent = sql.one<{ conversation: string; body: string }>(
    'select conversation, body from replies where shop = ? and id = ?',
  );
  const addReply = sql.write(`
    insert into replies (shop, id, conversation, in_reply_to, body, created_at_ms, retry_of) values (?, ?, ?, '[]', ?, ?, ?)`);
  const addDelivery = sql.write(`
    insert into deliveries (shop, reply_id, connector, state, due_at_ms) values (?, ?, ?, 'queued', ?)`);
  const requeue = sql.write(`
    update deliveries set state = 'queued', due_at_ms = ?, attempts = 0, because = null, lease_ends_at_ms = null
    where shop = ? and reply_id = ? and state = 'failed'`);
  const changes = sql.many<DeskConversationRow>(`
    select ${deskColumns} from conversations where shop = ? and desk_open = ? and desk_seq > ? order by desk_seq limit ?`);
  const open = sql.many<DeskConversationRow>(`
    select ${deskColumns} from conversations where shop = ? and desk_open = 1 order by desk_seq limit ?`);
  const held = sql.many<{ holder: string }>(
    'select holder from conversations where shop = ? and desk_open = 1 and holder is not null',
  );
  const latest = sql.many<DeskConversationRow>(`
    select ${deskColumns} from conversations where shop = ? and desk_open = ? and desk_seq < ? order by desk_seq desc limit ?`);
  const heldBy = sql.many<DeskConversationRow>(`
    select ${deskColumns} from conversations where shop = ? and desk_open = 1 and desk_seq < ? and holder = ?
    order by desk_seq desc limit ?`);
  const ofBuyer = sql.many<DeskConversationRow>(`
    select ${deskColumns} from conversations where shop = ? and json_extract(buyer, '$.id') = ? and desk_seq < ?
    order by desk_seq desc limit ?`);
  const lastPosition = sql.one<{ position: number }>(`
    select coalesce((select max(seq) from messages m where m.shop = c.shop and m.conversation = c.id), 0) as position
    from conversations c where shop = ? and id = ?`);
  const answer = sql.one<{ body: string }>('select body from answers where shop = ? and id = ?');
  const addFeedback = sql.write(`
    insert into draft_feedback (shop, draft, conversation, outcome, text, note, actor, at_ms) values (?, ?, ?, ?, ?, ?, ?, ?)`);
  const feedback = sql.many<FeedbackRow>(`
    select seq, draft, conversation, outcome, text, note, actor, at_ms from draft_feedback
    where shop = ? and seq > ? order by seq limit ?`);

  function standing(shop: string, id: string, replyId: string | undefined): Standing | undefined {
    const row = load(shop, id);
    if (row === undefined) return undefined;
    const known = replyId === undefined ? undefined : sent(shop, replyId);
    if (known === undefined) return deskRowFrom(row);
    const reply = JSON.parse(known.body) as Outgoing;
    return { ...deskRowFrom(row), sent: { conversation: known.conversation, reply, delivery: stateOf(shop, reply.id) } };
  }

  function write(
    before: DeskRow,
    { desk = before.desk, change, reply, requeue: again, feedback: note, audit = [] }: DeskWrite,
  ): void {
    const { shop, id, connector } = before.conversation;
    const { firstUnansweredAt, dueAt, memory } = change ?? before.conversation;
    const { holder } = desk;
    const isOpen = holder !== undefined ? 1 : waits(memory);
    const deskJson = Object.keys(desk).length === 0 ? null : plainText(JSON.stringify(desk));
    const [first, due] = [firstUnansweredAt ?? null, dueAt ?? null];
    save(first, due, JSON.stringify(memory), seqs.next(shop), isOpen, holder?.id ?? null, deskJson, shop, id);
    if (reply !== undefined) {
      const retryOf = reply.reply.kind === 'agent' ? (reply.reply.retryOf ?? null) : null;
      addReply(shop, reply.reply.id, id, plainText(JSON.stringify(reply.reply)), reply.at, retryOf);
      if (reply.callback) addDelivery(shop, reply.reply.id, connector, reply.at);
    }
    if (again !== undefined) requeue(again.at, shop, again.replyId);
    if (note !== undefined) {
      const { draft, outcome, text, note: words, by, at } = note;
      const actor: Actor = { kind: by.kind, id: by.id, name: by.name };
      const plain = (value: string | undefined) => (value === undefined ? null : plainText(value));
      addFeedback(shop, draft, id, outcome, plain(text), plain(words), plainText(JSON.stringify(actor)), at);
    }
    for (const entry of audit) people.audit(entry);
  }

  return {
    deskWrite<Refused>(
      shop: string,
      id: string,
      replyId: string | undefined,
      decide: (standing: Standing) => { readonly refused: Refused } | { readonly write: DeskWrite | undefined },
    ): { readonly refused: Refused } | { readonly done: Standing } | undefined {
      const before = standing(shop, id, replyId);
      if (before === undefined) return undefined;
      const decided = decide(before);
      if ('refused' in decided) return { refused: decided.refused };
      if (decided.write === undefined) return { done: before };
      write(before, decided.write);
      return { done: standing(shop, id, replyId)! };
    },
    deskView(shop: string, id: string): DeskView | undefined {
      const row = load(shop, id);
      return row && views.view(row);
    },
    deskChanges(shop: string, after: number, limit: number) {
      // Both halves of the index, each in order.
      const rows = [...changes(shop, 0, after, limit), ...changes(shop, 1, after, limit)]
        .sort((one, other) => one.desk_seq - other.desk_seq)
        .slice(0, limit);
      return { views: rows.map(views.view), seq: rows.at(-1)?.desk_seq ?? after };
    },
    deskSeq: (shop: string) => seqs.latest(shop),
    lastPosition: (shop: string, id: string): number | undefined => lastPosition(shop, id)?.position,
    deskOpen: (shop: string, limit: number) => open(shop, limit).map(deskRowFrom),
    deskHeld(shop: string): ReadonlyMap<string, number> {
      const counts = new Map<string, number>();
      for (const { holder } of held(shop)) counts.set(holder, (counts.get(holder) ?? 0) + 1);
      return counts;
    },
    deskLatest(
      shop: string,
      filter: { readonly before?: number; readonly limit: number; readonly holder?: string; readonly buyer?: string },
    ): readonly DeskRow[] {
      const { before = newest, limit, holder, buyer } = filter;
      if (buyer !== undefined) return ofBuyer(shop, buyer, before, limit).map(deskRowFrom);
      if (holder !== undefined) return heldBy(shop, before, holder, limit).map(deskRowFrom);
      return [...latest(shop, 0, before, limit), ...latest(shop, 1, before, limit)]
        .sort((one, other) => other.desk_seq - one.desk_seq)
        .slice(0, limit)
        .map(deskRowFrom);
    },
    touchDesk(shop: string): void {
      seqs.moved(shop);
      for (const { id } of open(shop, newest)) conversations.touch(shop, id);
    },
    draft(shop: string, id: string): { readonly answer: Answer; readonly reply: Reply } | undefined {
      const row = answer(shop, id.replace(/_\d+$/, ''));
      if (row === undefined) return undefined;
      const found = JSON.parse(row.body) as Answer;
      const reply = found.replies.find((one) => one.id === id);
      return reply && { answer: found, reply };
    },
    draftFeedback(shop: string, after: number, limit: number): readonly DraftFeedbackRow[] {
      return feedback(shop, after, limit).map((row) => ({
        position: row.seq,
        draft: row.draft,
        conversation: row.conversation,
        outcome: row.outcome,
        ...(row.text !== null && { text: row.text }),
        ...(row.note !== null && { note: row.note }),
        by: JSON.parse(row.actor) as Actor,
        at: row.at_ms,
      }));
    },
    changeBuyer(
      shop: string,
      id: string,
      version: number | 'any',
      change: BuyerChange,
      by: Agent,
      at: Instant,
    ): BuyerCard | 'stale' | undefined {
      const card = buyers.change(shop, id, version, change, by, at);
      if (card !== undefined && card !== 'stale')
        for (const conversation of buyers.conversationsOf(shop, id)) conversations.touch(shop, conversation);
      return card;
    },
  };
}
