/** What is known of the buyer: what the shop noted, visits, orders; and what was understood of what is open. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { toast, toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { now } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import type { Buyer, DeskConversation } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import { buyerName, timeOf } from './names.js';
import { newestSlots } from './newest-slots.js';
import { slotRows } from './slot-rows.js';

type Card = Pick<DeskConversation['buyer'], 'nickname' | 'note' | 'group'>;

export function BuyerCard({ conversation }: { readonly conversation: DeskConversation }) {
  const { desk } = useDesk();
  const w = words.value.desk.buyer;
  const history = useSignal<Buyer | undefined>(undefined);
  const editing = useSignal<'nickname' | 'note' | undefined>(undefined);
  /** What was typed when somebody else had changed it meanwhile. */
  const typed = useSignal<string | undefined>(undefined);
  const card = useRef<HTMLElement>(null);
  const back = useRef<'nickname' | 'note' | undefined>(undefined);
  // Who ended it by a key goes on from there; at once, so that the focus of the next key is not taken.
  useLayoutEffect(() => {
    if (editing.value === undefined && back.current !== undefined)
      card.current?.querySelectorAll<HTMLElement>('.as-text')[back.current === 'note' ? 1 : 0]?.focus();
    back.current = undefined;
  }, [editing.value]);
  const { buyer, order } = conversation;
  const timeZone = desk.welcome.value?.timeZone;

  useEffect(() => {
    const abort = new AbortController();
    editing.value = undefined;
    call<Buyer>('GET', at`/v1/shops/${desk.shop}/buyers/${buyer.id}`, { signal: abort.signal }).then(
      ({ data }) => {
        history.value = data;
      },
      (error: unknown) => {
        if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
      },
    );
    return () => {
      abort.abort();
      history.value = undefined;
    };
  }, [desk.shop, buyer.id, conversation.order?.id]);

  async function change(patch: { readonly [Key in keyof Card]?: Card[Key] | null }): Promise<void> {
    const path = at`/v1/shops/${desk.shop}/buyers/${buyer.id}`;
    // The answer to the last change may be here before all screens are told of it.
    const version = Math.max(buyer.version, history.peek()?.version ?? 0);
    try {
      history.value = (await call<Buyer>('PATCH', path, { body: patch, ifMatch: `"${version}"` })).data;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) return toastError(error, w.notKept);
      toast(w.stale, { kind: 'error' });
      const [field] = Object.keys(patch) as (keyof Card)[];
      if (field !== 'group') {
        typed.value = patch[field!] ?? '';
        editing.value = field;
      }
      call<Buyer>('GET', path).then(
        ({ data }) => {
          history.value = data;
        },
        (again: unknown) => {
          if (!(again instanceof ApiError)) throw again;
        },
      );
    }
  }
  const visits = history.value?.conversations.filter((one) => one.id !== conversation.id) ?? [];
  const orders = history.value?.orders ?? (order === undefined ? [] : [order]);
  return (
    <section class="sec" id="buyer-card" aria-label={w.label} data-pane="card" ref={card}>
      <div class="row between">
        {editing.value === 'nickname' ? (
          <Edit
            label={w.nickname}
            value={typed.peek() ?? buyer.nickname ?? ''}
            most={60}
            onDone={(...how) => done('nickname', ...how)}
          />
        ) : (
          <h2 class="clip">
            <button type="button" class="as-text" lang="zh-CN" title={w.nickname} onClick={() => (editing.value = 'nickname')}>
              {buyerName(conversation)}
            </button>
          </h2>
        )}
        <select
          class="input group"
          aria-label={w.group}
          value={buyer.group ?? ''}
          onChange={(event) =>
            void change({
              group: event.currentTarget.value === '' ? null : (event.currentTarget.value as Card['group'] & string),
            })
          }
        >
          <option value="">{w.noGroup}</option>
          {Object.entries(w.groups).map(([group, title]) => (
            <option key={group} value={group}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {editing.value === 'note' ? (
        <Edit label={w.note} value={typed.peek() ?? buyer.note ?? ''} most={500} onDone={(...how) => done('note', ...how)} />
      ) : (
        <p class="sm note-line">
          <button type="button" class="as-text" onClick={() => (editing.value = 'note')}>
            <Icon name="edit" />
            {buyer.note ?? w.addNote}
          </button>
        </p>
      )}
      <dl class="kv">
        {buyer.nickname !== undefined && buyer.name !== undefined && (
          <>
            <dt>{w.name}</dt>
            <dd lang="zh-CN">{buyer.name}</dd>
          </>
        )}
        <dt>{w.visits}</dt>
        <dd>
          {visits.length === 0 ? w.firstVisit : w.visitsCount(visits.length)}
          {visits[0] !== undefined && (
            <>
              {' '}
              <button type="button" class="link" onClick={() => desk.select(visits[0]!.id)}>
                {timeOf(visits[0].lastAt, now.peek(), timeZone)} {visits[0].lastText.slice(0, 16)}
              </button>
            </>
          )}
        </dd>
        <dt>{w.orders}</dt>
        <dd>
          {orders.length === 0
            ? w.noOrders
            : orders.slice(0, 3).map((one) => (
                <span key={one.id} class="order">
                  {one.id} {one.status !== undefined && <b lang="zh-CN">{one.status}</b>}
                </span>
              ))}
        </dd>
        {order?.isOrderingAccount !== undefined && (
          <>
            <dt>{w.account}</dt>
            <dd>{order.isOrderingAccount ? w.isOwner : <b class="danger">{w.isNotOwner}</b>}</dd>
          </>
        )}
      </dl>
    </section>
  );

  function done(field: 'nickname' | 'note', next: string | undefined, isByKey: boolean): void {
    editing.value = undefined;
    typed.value = undefined;
    if (isByKey) back.current = field;
    if (next === undefined || next === (buyer[field] ?? '')) return;
    void change({ [field]: next === '' ? null : next });
  }
}

function Edit({
  label,
  value,
  most,
  onDone,
}: {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onDone: (next: string | undefined, isByKey: boolean) => void;
}) {
  const isDone = useRef(false);
  /** The field loses the focus as it goes: that is not another end. */
  function end(next: string | undefined, isByKey: boolean): void {
    if (isDone.current) return;
    isDone.current = true;
    onDone(next, isByKey);
  }
  return (
    <input
      class="input"
      aria-label={label}
      maxLength={most}
      defaultValue={value}
      ref={(field) => {
        if (field !== null && document.activeElement !== field) field.focus();
      }}
      onKeyDown={(event) => {
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === 'Enter') {
          event.preventDefault();
          end(event.currentTarget.value.trim(), true);
        }
        if (event.key === 'Escape') {
          event.stopPropagation();
          end(undefined, true);
        }
      }}
      onBlur={(event) => end(event.currentTarget.value.trim(), false)}
    />
  );
}

/** What the words gave beside the intents, over the messages that are open. */
export function Understood({ conversation }: { readonly conversation: DeskConversation }) {
  const { transcript } = useDesk();
  const w = words.value.desk.slots;
  const since = conversation.clocks?.since;
  const answers = transcript.answers.value;
  const open = since === undefined ? answers.slice(-1) : answers.filter((answer) => answer.at >= since);
  const rows = slotRows(newestSlots(open), conversation.item?.title);
  return (
    <section class="sec" aria-label={w.label}>
      <div class="row between">
        <h2>{w.label}</h2>
        {open.length > 0 && (
          <span class="xs muted">{w.from(open.reduce((sum, answer) => sum + answer.inReplyTo.length, 0))}</span>
        )}
      </div>
      {rows.length === 0 ? (
        <p class="xs muted">{w.none}</p>
      ) : (
        <dl class="slots">
          {rows.map(([name, value]) => [
            <dt key={`${name}-t`}>{name}</dt>,
            <dd key={name} lang="zh-CN">
              {value}
            </dd>,
          ])}
        </dl>
      )}
    </section>
  );
}
