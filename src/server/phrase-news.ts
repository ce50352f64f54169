/** Tells connected clients that a shop's phrases have changed: once for all of them, and of several changes the latest. */
import { broadcast, type LiveSocket } from './socket-live.js';

/** Where the phrases are kept: the book of phrases. */
export interface PhraseSource {
  /** What is different since a revision; here only its own revision counts, which grows with each change. */
  changes(shop: string, since: number): Promise<{ readonly revision: number }>;
  /** Calls back after each committed change of the shop's phrases, until the returned function is called. */
  onPhrases(shop: string, listener: (revision: number, agents?: ReadonlySet<string>) => void): () => void;
}

export interface PhraseNews {
  /** The current revision where it is not the one that is held; undefined: there is nothing new. */
  missed(shop: string, held: number): Promise<number | undefined>;
  /**
   * Returns how to stop telling this socket.
   * @param agent id of the user who sits at it: sees the shop's phrases and his own; undefined: sees everybody's
   */
  add(shop: string, socket: LiveSocket, agent?: string): () => void;
}

export function openPhraseNews(source: PhraseSource | undefined): PhraseNews {
  const shops = new Map<string, { readonly sockets: Map<LiveSocket, string | undefined>; readonly stop: () => void }>();
  return {
    async missed(shop, held) {
      const revision = (await source?.changes(shop, held))?.revision;
      return revision === held ? undefined : revision;
    },
    add(shop, socket, agent) {
      if (source === undefined) return () => undefined;
      let its = shops.get(shop);
      if (its === undefined) {
        const sockets = new Map<LiveSocket, string | undefined>();
        const stop = source.onPhrases(shop, (revision, agents) =>
          broadcast(whoSee(sockets, agents), { type: 'phrases.changed', revision }, 'phrases'),
        );
        its = { sockets, stop };
        shops.set(shop, its);
      }
      const { sockets, stop } = its;
      sockets.set(socket, agent);
      return () => {
        sockets.delete(socket);
        if (sockets.size > 0 || shops.get(shop)?.sockets !== sockets) return;
        stop();
        shops.delete(shop);
      };
    },
  };
}

function* whoSee(sockets: ReadonlyMap<LiveSocket, string | undefined>, agents?: ReadonlySet<string>): Iterable<LiveSocket> {
  for (const [socket, agent] of sockets) if (agents === undefined || agent === undefined || agents.has(agent)) yield socket;
}
