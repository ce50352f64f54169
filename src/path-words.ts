/** Paths as people read them. Small and pure: the pages have it too. */

/** `['replies', 0, 'when']` as `replies[0].when`. */
export function pathWords(path: readonly PropertyKey[]): string {
  let words = '';
  for (const step of path) {
    if (typeof step === 'number') words += `[${step}]`;
    else words += words === '' ? String(step) : `.${String(step)}`;
  }
  return words;
}
