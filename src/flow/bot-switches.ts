/**
 * The kill switch, per shop and for all shops at once. State, not a setting: it holds at once, outlives a restart, and can
 * only lower what the shop's file allows. What was made before it was thrown and has not gone out never goes out: a reply
 * that somebody stopped must not come hours later, when the switch is back.
 */
import type { Instant } from '../conversation.js';
import { type BotMode, lowestMode } from '../policy/bot-mode.js';
import { type BotSwitch, type BotSwitchState, everyShop, type Storage } from '../storage/storage.js';

export interface BotSwitches {
  /** What the switches of this shop and of all shops lower the bot to; undefined: nothing is lowered. */
  lowered(shop: string): BotMode | undefined;
  /** When one of the two was last thrown: replies made until then do not go out any more. */
  haltedAt(shop: string): Instant | undefined;
  /** Whether a reply of this moment may go out to buyers now. */
  maySend(shop: string, madeAt: Instant, file: BotMode): boolean;
  /** The latest turn of one switch; `shop` may be `*`. */
  latest(shop: string): BotSwitch | undefined;
  /** In force before it resolves; towards caution at once, back only when it is stored. */
  turn(shop: string, turn: BotSwitch): Promise<void>;
  /** Reads the switches of these shops and of all, as far as they are not known yet: each turn here is known at once. */
  load(shops: readonly string[]): Promise<void>;
}

export function openBotSwitches(storage: Pick<Storage, 'botSwitch' | 'turnBotSwitch'>): BotSwitches {
  const states = new Map<string, BotSwitchState>();

  function lowered(shop: string): BotMode | undefined {
    const mode = lowestMode('auto', states.get(everyShop)?.latest?.mode, states.get(shop)?.latest?.mode);
    return mode === 'auto' ? undefined : mode;
  }

  function haltedAt(shop: string): Instant | undefined {
    const [one, all] = [states.get(shop)?.haltedAt, states.get(everyShop)?.haltedAt];
    return one === undefined || all === undefined ? (one ?? all) : Math.max(one, all);
  }

  return {
    lowered,
    haltedAt,
    maySend: (shop, madeAt, file) =>
      lowestMode(file, lowered(shop)) === 'auto' && madeAt > (haltedAt(shop) ?? Number.NEGATIVE_INFINITY),
    latest: (shop) => states.get(shop)?.latest,
    async turn(shop, turn) {
      const before = states.get(shop) ?? {};
      const isThrown = turn.mode !== 'auto';
      const after: BotSwitchState = { ...before, latest: turn, ...(isThrown && { haltedAt: turn.at }) };
      // A database that cannot write must not keep the bot talking.
      if (isThrown) states.set(shop, after);
      await storage.turnBotSwitch(shop, turn);
      states.set(shop, after);
    },
    async load(shops) {
      for (const shop of [everyShop, ...shops]) {
        if (states.has(shop)) continue;
        const stored = await storage.botSwitch(shop);
        // Somebody may have thrown it meanwhile.
        if (!states.has(shop)) states.set(shop, stored);
      }
    },
  };
}
