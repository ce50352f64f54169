/** Why a handshake failed: whoever is not let in needs another token, whoever finds nobody home needs patience. */

/**
 * Whether the service refused the token. `ws` names the status in its error, and a broken line; the browsers' WebSocket says
 * neither, so the feed, which takes the same token, is asked by HTTP.
 * @param words of the socket's error
 */
export async function isTurnedAway(url: string, shop: string, token: string, words: string): Promise<boolean> {
  const [, status] = /response: ([1-5]\d\d)\b/.exec(words) ?? [];
  if (status !== undefined) return status === '401' || status === '403';
  if (words !== '' && !words.includes('non-101')) return false;
  try {
    const feed = new URL(
      url.replace(/^ws/, 'http').replace(/\/connect\/?$/, `/shops/${encodeURIComponent(shop)}/replies?limit=1`),
    );
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(feed, { headers, signal: AbortSignal.timeout(5000) });
    await answer.text();
    return answer.status === 401 || answer.status === 403;
  } catch {
    // Nobody answers, or a browser does not let this page look: as good as a dead line.
    return false;
  }
}
