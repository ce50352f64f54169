/** Who stands where in the queue: groups, filters, search, and an order that holds still under a hand. Pure. */
import { undelivered } from '../../desk/undelivered.js';
import { byUrgency, type Urgency, urgencyOf } from '../../desk/urgency.js';
import type { DeskConversation, DeskFrameOf, DeskLine } from '../shared/wire.js';

export type Targets = DeskFrameOf<'welcome'>['targets'];
/** 马上回, 等我回, 不用我回. */
export const groups = ['now', 'mine', 'rest'] as const;
export type Group = (typeof groups)[number];
export const filters = ['all', 'mine', 'free'] as const;
export type Filter = (typeof filters)[number];

export interface Ranked {
  readonly conversation: DeskConversation;
  readonly urgency: Urgency;
  readonly group: Group;
}

/** The urgency as it is now: what the service told grows with time. */
export function urgencyNow(conversation: DeskConversation, targets: Targets, now: number): Urgency {
  const { clocks, lines } = conversation;
  const changedAt = Date.parse(lines.at(-1)?.at ?? '') || 0;
  const failed = failedLine(conversation);
  const failedAt = failed === undefined ? undefined : Date.parse(failed.at);
  if (clocks === undefined) return urgencyOf(undefined, targets, changedAt, now, failedAt);
  const { since, messages, forPerson, averageBy, firstAnswerBy, ruleBy } = clocks;
  return urgencyOf(
    {
      since: Date.parse(since),
      messages,
      isForPerson: forPerson,
      averageBy: Date.parse(averageBy),
      ...(firstAnswerBy !== undefined && { firstAnswerBy: Date.parse(firstAnswerBy) }),
      ...(ruleBy !== undefined && { ruleBy: Date.parse(ruleBy) }),
    },
    targets,
    changedAt,
    now,
    failedAt,
  );
}

/** What of ours did not reach the buyer. Who closed the conversation knew it: what fails later opens it again. */
export function failedLine({ lines, state }: DeskConversation): DeskLine | undefined {
  return state === 'closed' ? undefined : undelivered(lines);
}

function groupOf(conversation: DeskConversation, { level }: Urgency, me: string, now: number): Group {
  const { holder, clocks } = conversation;
  if (holder !== undefined && holder.id !== me) return 'rest';
  if (level === 'undelivered') return 'now';
  if (clocks === undefined) return 'rest';
  // A first answer that is late can no longer be saved: who waits longest goes first then, as among all others.
  const isFirst = level === 'first' && Date.parse(clocks.firstAnswerBy ?? '') >= now;
  return level === 'lost' || isFirst || clocks.forPerson ? 'now' : 'mine';
}

/** Whether the buyer has no answer, also one whom an answer did not reach. */
export function waits(conversation: DeskConversation): boolean {
  return conversation.clocks !== undefined || failedLine(conversation) !== undefined;
}

/** Whether somebody should answer whom nobody else answers. */
export function waitsForMe(conversation: DeskConversation, me: string): boolean {
  const { holder } = conversation;
  return (holder === undefined || holder.id === me) && waits(conversation);
}

/** All of them, the most urgent first. */
export function ranked(all: Iterable<DeskConversation>, targets: Targets, me: string, now: number): Ranked[] {
  return [...all]
    .map((conversation) => {
      const urgency = urgencyNow(conversation, targets, now);
      return { conversation, urgency, group: groupOf(conversation, urgency, me, now) };
    })
    .sort(
      (one, other) =>
        groups.indexOf(one.group) - groups.indexOf(other.group) ||
        byUrgency(one.urgency, other.urgency) ||
        (one.conversation.id < other.conversation.id ? -1 : 1),
    );
}

/**
 * What is shown: closed ones only where they are searched for, or stand open.
 * @param found ids of those that the service found for this search
 * @param extra ids of those that were only fetched: they stand in the queue for as long as they are asked for
 */
export function shown(
  all: readonly Ranked[],
  {
    filter,
    search,
    found,
    extra,
    me,
    selected,
  }: {
    filter: Filter;
    search: string;
    found?: ReadonlySet<string>;
    extra?: ReadonlySet<string>;
    me: string;
    selected: string | undefined;
  },
): Ranked[] {
  const words = search.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  return all.filter(({ conversation }) => {
    if (words.length > 0)
      return found?.has(conversation.id) === true || words.every((word) => textOf(conversation).includes(word));
    if (conversation.id === selected) return true;
    if (conversation.state === 'closed' || extra?.has(conversation.id) === true) return false;
    if (filter === 'mine') return waitsForMe(conversation, me);
    if (filter === 'free') return conversation.holder === undefined && waits(conversation);
    return true;
  });
}

export interface Pin {
  readonly id: string;
  /** Where it stood, and how many stood before it. */
  readonly group: Group;
  readonly before: number;
}

/** Who has just been answered keeps the place until somebody else is opened: the rows do not move under who goes on from there. */
export function pinned(rows: readonly Ranked[], pin: Pin | undefined): readonly Ranked[] {
  const row = pin && rows.find(({ conversation }) => conversation.id === pin.id);
  if (pin === undefined || row === undefined || row.group !== 'rest') return rows;
  const others = rows.filter((one) => one !== row);
  return [...others.slice(0, pin.before), { ...row, group: pin.group }, ...others.slice(pin.before)];
}

const texts = new WeakMap<DeskConversation, string>();

/** What a search looks at: nickname, note, words, order, product. */
function textOf(conversation: DeskConversation): string {
  let text = texts.get(conversation);
  if (text === undefined) {
    const { id, buyer, lines, order, item } = conversation;
    text = [id, buyer.id, buyer.name, buyer.nickname, buyer.note, order?.id, item?.title, ...lines.map((line) => line.text)]
      .filter(Boolean)
      .join('\n')
      .toLowerCase();
    texts.set(conversation, text);
  }
  return text;
}

/**
 * While a hand is on the queue rows keep their places: what is gone leaves, what is new stands at the end, and only the count
 * tells that the order would be another.
 * @param held ids as they stood when the hand came
 * @returns `moved`: how many rows would stand elsewhere
 */
export function heldOrder(
  wanted: readonly Ranked[],
  held: readonly string[],
): { readonly rows: Ranked[]; readonly moved: number } {
  const byId = new Map(wanted.map((row) => [row.conversation.id, row]));
  const rows: Ranked[] = [];
  for (const id of held) {
    const row = byId.get(id);
    if (row === undefined) continue;
    rows.push(row);
    byId.delete(id);
  }
  rows.push(...byId.values());
  return { rows, moved: rows.length - longestInOrder(rows.map((row) => wanted.indexOf(row))) };
}

/** How many can stay where they are when the others are moved: the longest rising sequence. */
function longestInOrder(places: readonly number[]): number {
  const tails: number[] = [];
  for (const place of places) {
    const at = tails.findIndex((tail) => tail >= place);
    if (at === -1) tails.push(place);
    else tails[at] = place;
  }
  return tails.length;
}
