/**
 * Cool-down 冷却: the same question asked again within a set time is told apart, so that a buyer never reads the same
 * lines twice. The first repeat gets the short form, the next one a person.
 */
import type { Answered, Instant, Item, Memory, Understanding } from '../conversation.js';

/** Rounds of haggling that have words of their own; what is said later is said again. */
const roundsApart = 3;

/**
 * buyer + intents with ask and facet + item + slots, in an order that does not depend on how the words stood.
 * @param round of haggling: 再便宜点 said once more is the next round and not the same question
 */
export function cooldownKey(buyerId: string, understanding: Understanding, item: Item | undefined, round?: number): string {
  const intents = understanding.intents.map(({ id, ask, facet = '' }) => `${id}:${ask}:${facet}`).sort();
  const slots = Object.entries(understanding.slots)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? Object.values(value).join('/') : value}`)
    .sort();
  const key = [buyerId, intents.join(','), item?.id ?? '', slots.join(',')].join('|');
  return round === undefined ? key : `${key}|${Math.min(round, roundsApart)}`;
}

/** How often the question was answered within the cool-down; 0: never. */
export function timesAnswered(memory: Memory, key: string, now: Instant, cooldownMinutes: number): number {
  const known = memory.answered.find((one) => one.key === key);
  return known === undefined || now - known.at > cooldownMinutes * 60_000 ? 0 : known.times;
}

const mostRemembered = 12;

/** The memory with this answer noted; what is older than the cool-down is forgotten. */
export function noteAnswered(memory: Memory, key: string, now: Instant, cooldownMinutes: number): readonly Answered[] {
  const times = timesAnswered(memory, key, now, cooldownMinutes) + 1;
  const others = memory.answered.filter((one) => one.key !== key && now - one.at <= cooldownMinutes * 60_000);
  return [...others.slice(-(mostRemembered - 1)), { key, at: now, times }];
}
