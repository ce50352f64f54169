/**
 * The string as the engine keeps those of the source: a part that was kept brings its own, and each comparison with a constant
 * would be by their letters.
 */
export function asConstant(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}
