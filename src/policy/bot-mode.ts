/** How bold the bot may be: what the shop's file says, lowered by the switches that are thrown now. Pure. */

/** From bold to cautious: it speaks off duty; it only records what it would have said; it is silent. */
export const botModes = ['auto', 'shadow', 'off'] as const;
export type BotMode = (typeof botModes)[number];

/** The most cautious of them: a switch can only lower what the file allows, and `auto` is "as the file says". */
export function lowestMode(file: BotMode, ...switches: readonly (BotMode | undefined)[]): BotMode {
  let lowest = file;
  for (const one of switches) if (one !== undefined && botModes.indexOf(one) > botModes.indexOf(lowest)) lowest = one;
  return lowest;
}
