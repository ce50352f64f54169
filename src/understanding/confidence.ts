/** How sure it is that a message carries a matter, 0 to 1. */

// Chosen on labelled messages (zaima eval), not learned.
/** How fast a margin turns into belief, and where belief is even. */
const [steepness, even] = [5, 0.2];

/** How much the reader believes in an intent, 0 to 1, by its margin. */
export function beliefAt(margin: number): number {
  return 1 / (1 + Math.exp(-steepness * (margin - even)));
}

/** The margin at which it believes so much. */
export function marginAt(belief: number): number {
  return even - Math.log(1 / belief - 1) / steepness;
}

/** To the thousandth. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
