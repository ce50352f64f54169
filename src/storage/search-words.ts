/**
 * Words as the search keeps them. Chinese is written without blanks, and what agents look for is often two characters long
 * (运费, a nickname): so each character goes in together with its neighbour, and a search is for a run of such pairs. Every pair
 * bears its shop, so that a shop's search reads nothing of another's. Pure.
 */

/** Characters of a search; what is typed beyond them is left aside. */
export const longestSearch = 100;
const mostRuns = 8;

/** Stretches of letters and digits, folded: 全角 and capitals are found by plain ones. */
function runs(text: string): readonly string[][] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((run) => [...run]);
}

/** Letters and digits alone, one to one: no tokenizer cuts it, and no two shops share it. */
function shopToken(shop: string): string {
  return `${shop.replace(/[^a-wy-z0-9]/g, (sign) => `x${sign.charCodeAt(0).toString(16)}x`)}_`;
}

/** What goes into the index for a text. The last character of a run stands alone, so that each can be found by itself. */
export function indexWords(shop: string, texts: readonly (string | undefined)[]): string {
  const token = shopToken(shop);
  const words: string[] = [];
  for (const text of texts)
    if (text !== undefined)
      for (const run of runs(text)) for (const [at, sign] of run.entries()) words.push(`${token}${sign}${run[at + 1] ?? ''}`);
  return words.join(' ');
}

/** The search in FTS5's language: every run that was typed must be there. Undefined: nothing that could be searched for. */
export function searchQuery(shop: string, typed: string): string | undefined {
  const token = shopToken(shop);
  const wanted = runs(typed.slice(0, longestSearch))
    .slice(0, mostRuns)
    .map((run) =>
      run.length === 1
        ? `"${token}${run[0]}" *`
        : `"${run
            .slice(0, -1)
            .map((sign, at) => `${token}${sign}${run[at + 1]}`)
            .join(' ')}"`,
    );
  return wanted.length === 0 ? undefined : wanted.join(' AND ');
}
