/**
 * How characters are counted against the platform's limit (128 an automatic reply).
 *
 * The rule: UTF-16 code units of the text as it is sent, in Unicode NFC. 汉字, letter, digit, punctuation, blank and line
 * break count 1 each, an emoji outside the basic plane 2, a sticker code as many as it is written with (`/:^_^` 5).
 * Platforms count code units, code points or visible characters; none of these is ever more than our count, so that a
 * text that fits here fits there. It is also what `text.length` says in a browser: page and server never disagree.
 */

/** The text as it is sent: composed characters (é as one), so that no platform counts an accent by itself. */
export function sendable(text: string): string {
  return text.normalize('NFC');
}

/** Characters of a text, never fewer than a platform counts, be it composed before or not. */
export function characters(text: string): number {
  return Math.max(text.length, sendable(text).length);
}

/** Whether a text may go out whole. There is no cutting: what does not fit is said in other words or left open. */
export function fits(text: string, limit: number): boolean {
  return characters(text) <= limit;
}
