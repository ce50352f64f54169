/** Tells connected clients that a shop's phrases have changed: once for all of them, and of several changes the latest. */
import { broadcast, type LiveSocket } from './socket-live.js';

/** Where the phrases are kept. */
export interface PhraseSource {
  /** Of the shop's phrases as they are; grows with each change. */
  revision(shop: string): number | Promise<number>;
  /** Calls back after a change is committed, until the returned function is called. */
  onChange(shop: string, listener: (revision: number) => void): () => void;
}

export interface PhraseNews {
  /** Undefined: there are no phrases here. */
  revision(shop: string): Promise<number | undefined>;
  /** Returns how to stop telling this socket. */
  add(shop: string, socket: LiveSocket): () => void;
}

export function openPhraseNews(source: PhraseSource | undefined): PhraseNews {
  const shops = new Map<string, { readonly sockets: Set<LiveSocket>; readonly stop: () => void }>();
  return {
    revision: async (shop) => source?.revision(shop),
    add(shop, socket) {
      if (source === undefined) return () => undefined;
      let its = shops.get(shop);
      if (its === undefined) {
        const sockets = new Set<LiveSocket>();
        const stop = source.onChange(shop, (revision) => broadcast(sockets, { type: 'phrases.changed', revision }, 'phrases'));
        its = { sockets, stop };
        shops.set(shop, its);
      }
      const { sockets, stop } = its;
      sockets.add(socket);
      return () => {
        sockets.delete(socket);
        if (sockets.size > 0 || shops.get(shop)?.sockets !== sockets) return;
        stop();
        shops.delete(shop);
      };
    },
  };
}
