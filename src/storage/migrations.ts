/**
 * The SQLite schema as a list that only grows: a migration that was released is never edited, a change is a new one.
 * Every table of a shop's things has the shop first, so that a bigger database can split by shop. STRICT: SQLite would
 * otherwise keep a text in an integer column without a word. Times are integer milliseconds, named *_at_ms.
 */

export interface Migration {
  readonly id: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
    id: '001_conversations',
    sql: `
      create table meta (
        key text primary key,
        value text not null
      ) strict, without rowid;
      insert into meta (key, value) values ('epoch', lower(hex(randomblob(16))));

      create table conversations (
        shop text not null,
        id text not null,
        connector text not null,
        buyer text not null,
        version integer not null,
        first_unanswered_at_ms integer,
        due_at_ms integer,
        memory text not null,
        primary key (shop, id)
      ) strict;
      create index conversations_due on conversations (due_at_ms) where due_at_ms is not null;

      -- body: the message as canonical JSON without receivedAt; answer_id: the Answer that it got.
      create table messages (
        shop text not null,
        seq integer primary key autoincrement,
        connector text not null,
        id text not null,
        conversation text not null,
        author text not null,
        sent_at_ms integer not null,
        received_at_ms integer not null,
        body text not null,
        answer_id text,
        unique (shop, connector, id),
        foreign key (shop, conversation) references conversations (shop, id) deferrable initially deferred
      ) strict;
      create index messages_by_conversation on messages (shop, conversation, sent_at_ms);
      create index messages_pending on messages (shop, conversation, sent_at_ms)
        where author = 'buyer' and answer_id is null;

      create table answers (
        shop text not null,
        seq integer primary key autoincrement,
        id text not null,
        conversation text not null,
        at_ms integer not null,
        body text not null,
        unique (shop, id)
      ) strict;

      -- The feed. One writer, so the order of positions is the order of commits.
      create table replies (
        shop text not null,
        position integer primary key autoincrement,
        id text not null,
        conversation text not null,
        in_reply_to text not null,
        body text not null,
        created_at_ms integer not null,
        echo_message_id text,
        unique (shop, id),
        foreign key (shop, conversation) references conversations (shop, id)
      ) strict;
      create index replies_feed on replies (shop, position);
      create index replies_by_conversation on replies (shop, conversation, created_at_ms);

      create table receipts (
        shop text not null,
        seq integer primary key autoincrement,
        reply_id text not null,
        state text not null,
        at_ms integer not null,
        platform_message_id text,
        error text,
        unique (shop, reply_id, state),
        foreign key (shop, reply_id) references replies (shop, id)
      ) strict;
      create index receipts_by_platform_id on receipts (shop, platform_message_id)
        where platform_message_id is not null;

      -- fence: 0 never claimed. lease_ends_at_ms: of the latest claim, empty once that claim was settled.
      create table deliveries (
        shop text not null,
        seq integer primary key autoincrement,
        reply_id text not null,
        connector text not null,
        state text not null,
        due_at_ms integer not null,
        attempts integer not null default 0,
        fence integer not null default 0,
        lease_ends_at_ms integer,
        because text,
        unique (shop, reply_id),
        foreign key (shop, reply_id) references replies (shop, id)
      ) strict;
      create index deliveries_queued on deliveries (due_at_ms) where state = 'queued';
      create index deliveries_sending on deliveries (lease_ends_at_ms) where state = 'sending';
      create index deliveries_by_fence on deliveries (fence);

      create table away (
        shop text primary key,
        since_at_ms integer not null,
        until_at_ms integer
      ) strict, without rowid;

      create table tokens (
        shop text not null,
        seq integer primary key autoincrement,
        id text not null unique,
        scope text not null,
        secret_hash text not null unique,
        created_at_ms integer not null,
        last_used_at_ms integer,
        note text
      ) strict;
      create index tokens_by_shop on tokens (shop);
    `,
  },
  {
    id: '002_answers_that_follow',
    // An Answer that the bot gave because no agent used the drafts of an earlier one: messages do not lead to it.
    sql: `
      alter table answers add column follows text;
      create index answers_that_follow on answers (shop, follows) where follows is not null;
    `,
  },
  {
    id: '003_bot_switches',
    sql: `
      -- Every turn of the kill switch; the last one holds. shop '*': all shops.
      create table bot_switches (
        shop text not null,
        seq integer primary key autoincrement,
        mode text not null,
        by_whom text not null,
        at_ms integer not null
      ) strict;
      create index bot_switches_by_shop on bot_switches (shop, seq);
    `,
  },
  {
    id: '004_shadow_answers',
    sql: `
      -- shadow: what mode auto would have done, of Answers made in shadow mode.
      alter table answers add column shadow text;
      create index answers_shadow on answers (shop, seq) where shadow is not null;
    `,
  },
  {
    id: '005_settings',
    sql: `
      -- content: the shop's settings as JSON. parent: empty for the first.
      create table settings (
        shop text not null,
        number integer not null,
        parent integer,
        at_ms integer not null,
        source text not null,
        author text not null,
        note text,
        content text not null,
        primary key (shop, number)
      ) strict;

      -- Which revision the shop's file was last in line with.
      create table settings_files (
        shop text primary key,
        number integer not null,
        foreign key (shop, number) references settings (shop, number)
      ) strict, without rowid;
    `,
  },
  {
    id: '006_people',
    sql: `
      -- login: in lower case. shops: JSON list of ids, '*' for all.
      create table users (
        seq integer primary key autoincrement,
        id text not null unique,
        login text not null unique,
        name text not null,
        role text not null,
        shops text not null,
        password_hash text not null,
        created_at_ms integer not null,
        disabled_at_ms integer
      ) strict;

      create table sessions (
        seq integer primary key autoincrement,
        id text not null unique,
        user_id text not null references users (id) on delete cascade,
        secret_hash text not null unique,
        created_at_ms integer not null,
        last_seen_at_ms integer not null,
        device text
      ) strict;
      create index sessions_by_user on sessions (user_id);

      -- actor: {kind, id, name} as they were then. shop '*': what concerns all shops.
      create table audit (
        shop text not null,
        seq integer primary key autoincrement,
        at_ms integer not null,
        actor text not null,
        action text not null,
        subject text,
        details text
      ) strict;
      create index audit_by_shop on audit (shop, seq);
    `,
  },
  {
    id: '007_phrases',
    sql: `
      -- whole_before: who has an older revision than this takes the whole set, because deletions since were forgotten.
      create table phrase_sets (
        shop text primary key,
        revision integer not null,
        whole_before integer not null
      ) strict, without rowid;

      -- revision: of the set when the phrase was last changed. agent: whose own it is; empty: the shop's.
      create table phrases (
        shop text not null,
        id text not null,
        revision integer not null,
        position integer not null,
        code text not null,
        title text not null,
        text text not null,
        group_name text not null,
        agent text,
        enabled integer not null,
        valid_from_at_ms integer,
        valid_to_at_ms integer,
        created_at_ms integer not null,
        changed_at_ms integer not null,
        changed_by text not null,
        uses integer not null default 0,
        last_used_at_ms integer,
        primary key (shop, id)
      ) strict;
      create index phrases_by_revision on phrases (shop, revision);

      create table phrase_tombstones (
        shop text not null,
        id text not null,
        revision integer not null,
        primary key (shop, id)
      ) strict, without rowid;
      create index phrase_tombstones_by_revision on phrase_tombstones (shop, revision);
    `,
  },
  {
    id: '008_desk',
    sql: `
      -- desk_seq: number of the latest change in the shop. desk_open: 1 where the buyer waits or an agent holds it.
      -- holder: id of that agent. desk: what agents did with it, as JSON.
      alter table conversations add column desk_seq integer not null default 0;
      alter table conversations add column desk_open integer not null default 0;
      alter table conversations add column holder text;
      alter table conversations add column desk text;
      create index conversations_desk on conversations (shop, desk_open, desk_seq);
      create index conversations_by_buyer on conversations (shop, json_extract(buyer, '$.id'));

      -- grp: one of the ten groups.
      create table buyers (
        shop text not null,
        id text not null,
        nickname text,
        note text,
        grp text,
        version integer not null,
        changed_at_ms integer not null,
        changed_by text not null,
        primary key (shop, id)
      ) strict, without rowid;

      -- What agents made of drafts. text: what was sent instead. actor: {kind, id, name} as they were then.
      create table draft_feedback (
        shop text not null,
        seq integer primary key autoincrement,
        draft text not null,
        conversation text not null,
        outcome text not null,
        text text,
        note text,
        actor text not null,
        at_ms integer not null
      ) strict;
      create index draft_feedback_by_shop on draft_feedback (shop, seq);
    `,
  },
  {
    id: '009_stock',
    sql: `
      -- What was last imported of each product. levels: its variants as JSON.
      create table stock (
        shop text not null,
        product text not null,
        levels text not null,
        primary key (shop, product)
      ) strict, without rowid;
      create table stock_revisions (
        shop text primary key,
        revision integer not null
      ) strict, without rowid;
    `,
  },
  {
    id: '010_retries',
    sql: `
      -- retry_of: id of the reply that failed and was sent once more as this one; once each.
      alter table replies add column retry_of text;
      create unique index replies_retried on replies (shop, retry_of) where retry_of is not null;
    `,
  },
  {
    id: '011_feed_taken',
    sql: `
      -- Up to where readers of the feed have come back for more: what lies before is with them.
      create table feed_taken (
        shop text primary key,
        position integer not null
      ) strict, without rowid;
    `,
  },
  {
    id: '012_search',
    // Which rows are in it `meta` tells (searched_messages, searched_replies): it is filled when somebody searches.
    sql: `
      -- words: pairs of characters, each with its shop (search-words.ts); nothing but the index is kept. rowid: messages.seq.
      create virtual table message_words using fts5 (
        words, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
      -- rowid: replies.position.
      create virtual table reply_words using fts5 (
        words, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
    `,
  },
  {
    id: '013_away_by',
    sql: `
      -- by_whom: id and name of who said that nobody is there, as JSON.
      alter table away add column by_whom text;
    `,
  },
];
