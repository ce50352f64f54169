/**
 * What stands over the web chat: who answers now. Hours alone do not say it: on duty nobody may sit at the desk, and a visitor
 * who reads that somebody is there waits for nobody.
 */
import { z } from 'zod';
import type { Instant } from '../conversation.js';
import { lowestMode } from '../policy/bot-mode.js';
import type { ServerDeps } from './deps.js';
import type { DeskHub } from './desk-hub.js';

export const standingSchema = z.object({
  answers: z.enum(['agent', 'later', 'bot', 'nobody']).meta({
    description:
      'who answers now: an agent sits at the desk; on duty, and nobody sits there just now; off duty the bot, or nobody until the next opening',
  }),
  onDuty: z.boolean().meta({ description: 'whether agents answer now, by the hours and the away switch' }),
  opening: z
    .string()
    .optional()
    .meta({ description: 'off duty: when a person answers', examples: ['明早9点'] }),
});
export type Standing = z.output<typeof standingSchema>;

export interface ChatStanding {
  /** Undefined for a shop that is not served. */
  of(shop: string): Standing | undefined;
  /** Calls back when the first agent of the shop sits down, until the returned function is called. All else is to be looked up. */
  listen(shop: string, listener: () => void): () => void;
}

/** A page that is loaded anew, or a short cut, is nobody's leaving. */
const leavingMs = 15_000;

export function openChatStanding(
  { flow, now }: Pick<ServerDeps, 'flow' | 'now'>,
  hub: Pick<DeskHub, 'present' | 'onPresence'>,
): ChatStanding {
  const listeners = new Map<string, Set<() => void>>();
  /** When the last one left. */
  const leftAt = new Map<string, Instant>();
  const there = new Set<string>();
  const isThere = (shop: string): boolean => hub.present(shop).some(({ online, away }) => online && !away);

  hub.onPresence((shop) => {
    const is = isThere(shop);
    if (!is && there.delete(shop)) leftAt.set(shop, now());
    if (!is || there.has(shop)) return;
    there.add(shop);
    for (const listener of listeners.get(shop) ?? []) listener();
  });

  return {
    of(shop) {
      const told = flow.preview(shop, { at: now(), days: 0 }, true);
      const atWork = flow.shop(shop);
      if (told === undefined || atWork === undefined) return undefined;
      const { onDuty } = told.duty;
      const isAttended = isThere(shop) || now() - (leftAt.get(shop) ?? Number.NEGATIVE_INFINITY) < leavingMs;
      const mode = lowestMode(atWork.parameters.bot.mode, flow.switches(shop).lowered);
      const answers = onDuty ? (isAttended ? 'agent' : 'later') : mode === 'auto' ? 'bot' : 'nobody';
      return { answers, onDuty, ...(!onDuty && told.openingWords !== '' && { opening: told.openingWords }) };
    },
    listen(shop, listener) {
      const mine = listeners.get(shop) ?? new Set();
      listeners.set(shop, mine.add(listener));
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && listeners.get(shop) === mine) listeners.delete(shop);
      };
    },
  };
}
