/** Counts how often rules were seen, in a clause or a text, without anything to clear or to make. */

// How often a rule was seen since a stamp was given out, by its number: never cleared, one for all models.
let seen = new Float64Array(0);
let lastStamp = 0;
/** More than any text has finds. */
const mostSeen = 2 ** 20;

/** Begins to count anew. @param rules how many there are */
export function nextStamp(rules: number): number {
  if (seen.length < rules) seen = new Float64Array(rules);
  lastStamp += mostSeen;
  return lastStamp;
}

/** How often the rule was seen since then, now included. */
export function timesStamped(rule: number, stamp: number): number {
  const times = seen[rule]! >= stamp ? seen[rule]! + 1 : stamp + 1;
  seen[rule] = times;
  return times - stamp;
}
