/** Which name was meant by a misspelt one. */

/** The name that differs least, if it differs little. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names.map((one) => ({ one, distance: distance(name, one) })).sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= 3 ? best.one : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
