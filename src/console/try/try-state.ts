/** A talk that is tried out: what the buyer said, when, from where; each turn asked anew when one of these changes. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import { serverNow, setServerTime } from '../shared/clock.js';
import { instantOf, wallOf } from '../shared/wall-time.js';
import type { Answer, AskRequest, Calendar, IntentsListed, Preview, ShopParametersGiven } from '../shared/wire.js';
import { type OrderState, orderOf } from './orders.js';

export type Duty = NonNullable<AskRequest['duty']>;

export interface TriedTurn {
  readonly messages: readonly string[];
  /** Since the talk began. */
  readonly offsetMs: number;
  /** Undefined: being asked. */
  readonly answer?: Answer;
  /** The other side of it: what agents would see, or what would go out without them. */
  readonly other?: Answer;
}

export interface ShopTried {
  readonly settings: ShopParametersGiven;
  readonly intents: IntentsListed;
  readonly timeZone: string;
  /** The next one, where the shop follows the holidays. */
  readonly holiday?: { readonly date: string; readonly name: string };
}

export interface Trial {
  readonly shop: ReadonlySignal<ShopTried | undefined>;
  /** What the shop's calendar says of the moment. */
  readonly preview: ReadonlySignal<Preview | undefined>;
  readonly failed: ReadonlySignal<ApiError | undefined>;
  readonly turns: ReadonlySignal<readonly TriedTurn[]>;
  /** Messages that may go on: they are answered together. */
  readonly gathering: ReadonlySignal<readonly string[]>;
  /** Which turn is explained: a number, or the last one. */
  readonly chosen: Signal<number | undefined>;
  /** Undefined: now. */
  readonly moment: ReadonlySignal<number | undefined>;
  readonly duty: ReadonlySignal<Duty>;
  readonly item: ReadonlySignal<string>;
  readonly order: ReadonlySignal<OrderState>;
  /** A message of the buyer; it is answered once nothing follows for a while. */
  say(text: string): void;
  /** Somebody types: wait. */
  typing(): void;
  sayTogether(messages: readonly string[]): void;
  change(next: Partial<{ moment: number | undefined; duty: Duty; item: string; order: OrderState }>): void;
  /** When a turn is said, in this trial. */
  momentOf(turn: TriedTurn): number;
  restart(): void;
  retry(): void;
  close(): void;
}

/** As the service waits for what a buyer adds. */
const quietMs = 1200;
const monthsAhead = 12;
/** As /ask takes them. */
const mostEarlier = 50;
const mostTogether = 20;

export function openTrial(shopId: string): Trial {
  const shop = signal<ShopTried | undefined>(undefined);
  const preview = signal<Preview | undefined>(undefined);
  const failed = signal<ApiError | undefined>(undefined);
  const turns = signal<readonly TriedTurn[]>([]);
  const gathering = signal<readonly string[]>([]);
  const chosen = signal<number | undefined>(undefined);
  const moment = signal<number | undefined>(undefined);
  // What the bot is for: a newcomer sees it first, at whatever time of day.
  const duty = signal<Duty>('off');
  const item = signal('');
  const order = signal<OrderState>('none');
  let begunAt = serverNow();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = new AbortController();
  /** Of the round that runs. */
  let asking: AbortSignal | undefined;
  const base = computed(() => moment.value ?? begunAt);
  const momentOf = (turn: Pick<TriedTurn, 'offsetMs'>) => base.value + turn.offsetMs;

  async function caught(doing: () => Promise<void>): Promise<void> {
    const mine = abort;
    try {
      await doing();
      if (!mine.signal.aborted) failed.value = undefined;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      failed.value = error;
    }
  }
  const get = async <T>(path: string) => (await call<T>('GET', path, { signal: abort.signal })).data;

  async function readShop(): Promise<void> {
    const [settings, intents, told] = await Promise.all([
      get<ShopParametersGiven>(at`/v1/shops/${shopId}/settings`),
      get<IntentsListed>(at`/v1/shops/${shopId}/intents`),
      get<Preview>(`${at`/v1/shops/${shopId}/preview`}?days=0`),
    ]);
    setServerTime(told.at);
    begunAt = serverNow();
    preview.value = told;
    const read = await nextHoliday();
    shop.value = { settings, intents, timeZone: read.timeZone, ...(read.holiday !== undefined && { holiday: read.holiday }) };
  }

  /** Holidays are looked up month by month, until there is one. */
  async function nextHoliday(): Promise<{ timeZone: string; holiday?: { date: string; name: string } }> {
    let month: Calendar | undefined;
    for (let ahead = 0; ahead < monthsAhead; ahead++) {
      const first = month?.today ?? '';
      const wanted = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1 + ahead, 1));
      const query = ahead === 0 ? '' : `?month=${wanted.toISOString().slice(0, 7)}`;
      month = await get<Calendar>(at`/v1/shops/${shopId}/calendar` + query);
      const { today, timeZone, announcedThrough } = month;
      const found = month.days.find(({ by, date }) => by === 'holiday' && date > today);
      if (found !== undefined) return { timeZone, holiday: { date: found.date, name: found.name ?? found.date } };
      if (announcedThrough === undefined) return { timeZone };
    }
    return { timeZone: month!.timeZone };
  }

  const ask = async (index: number, as: Duty): Promise<Answer> => {
    const said = turns.peek().map((turn) => ({
      messages: [...turn.messages],
      at: new Date(momentOf(turn)).toISOString(),
    }));
    const body: AskRequest = {
      ...said[index]!,
      earlier: said.slice(Math.max(0, index - mostEarlier), index),
      duty: as,
      ...(item.peek() !== '' && { item: item.peek() }),
      ...orderOf(order.peek()),
    };
    return (await call<Answer>('POST', at`/v1/shops/${shopId}/ask`, { body, signal: abort.signal })).data;
  };

  /** Asks what has no answer yet, in order; what is said meanwhile is asked by the round that runs. */
  function askOpen(): Promise<void> {
    const { signal: stopped } = abort;
    if (asking === stopped) return Promise.resolve();
    asking = stopped;
    return caught(async () => {
      for (let index = 0; index < turns.peek().length; index++) {
        if (turns.peek()[index]!.answer !== undefined) continue;
        const answer = await ask(index, duty.peek());
        const other = await ask(index, answer.action === 'draft' ? 'off' : 'on');
        if (stopped.aborted) return;
        turns.value = turns.peek().map((turn, place) => (place === index ? { ...turn, answer, other } : turn));
      }
    }).finally(() => {
      if (asking === stopped) asking = undefined;
    });
  }

  function askAnew(): void {
    abort.abort();
    abort = new AbortController();
    turns.value = turns.peek().map(({ messages, offsetMs }) => ({ messages, offsetMs }));
    void askOpen();
    void caught(async () => {
      const query = `?days=0&at=${encodeURIComponent(new Date(base.peek()).toISOString())}`;
      preview.value = await get<Preview>(at`/v1/shops/${shopId}/preview` + query);
    });
  }

  function add(messages: readonly string[]): void {
    if (turns.peek().length === 0) begunAt = serverNow();
    turns.value = [...turns.peek(), { messages, offsetMs: Math.max(0, serverNow() - begunAt) }];
    chosen.value = undefined;
    void askOpen();
  }

  function closeBurst(): void {
    clearTimeout(timer);
    const messages = gathering.peek();
    gathering.value = [];
    if (messages.length > 0) add(messages);
  }

  function waitOn(): void {
    clearTimeout(timer);
    timer = setTimeout(closeBurst, quietMs);
  }

  void caught(readShop);
  return {
    shop,
    preview,
    failed,
    turns,
    gathering,
    chosen,
    moment,
    duty,
    item,
    order,
    say(text) {
      if (gathering.peek().length === mostTogether) closeBurst();
      gathering.value = [...gathering.peek(), text];
      waitOn();
    },
    typing() {
      if (gathering.peek().length > 0) waitOn();
    },
    sayTogether(messages) {
      closeBurst();
      add(messages);
    },
    change(next) {
      closeBurst();
      // Whoever chooses a moment asks what the shop's hours make of it.
      if ('moment' in next) {
        moment.value = next.moment;
        duty.value = 'hours';
      }
      if (next.duty !== undefined) duty.value = next.duty;
      if (next.item !== undefined) item.value = next.item;
      if (next.order !== undefined) order.value = next.order;
      if (moment.peek() === undefined && turns.peek().length === 0) begunAt = serverNow();
      askAnew();
    },
    momentOf,
    restart() {
      clearTimeout(timer);
      abort.abort();
      abort = new AbortController();
      gathering.value = [];
      turns.value = [];
      chosen.value = undefined;
      failed.value = undefined;
    },
    retry() {
      failed.value = undefined;
      if (shop.peek() === undefined) void caught(readShop);
      else void askOpen();
    },
    close() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}

/** A day of the shop's calendar, so many days after `from`, at a time of its wall. */
export function dayAt(from: number, days: number, time: string, timeZone: string): number {
  const date = wallOf(from + days * 86_400_000, timeZone).slice(0, 10);
  return instantOf(`${date}T${time}`, timeZone);
}
