/**
 * Which requests may leave HTTP. As soon as somebody listens for upgrades, Node hands over every request with an `Upgrade`
 * header and no longer reads its body: also the `h2c` that Java's and curl's clients offer with an ordinary POST.
 */
import { IncomingMessage } from 'node:http';

/**
 * The class of a server's requests: only a GET of one of these paths (they may be added later) that asks for a websocket
 * counts as an upgrade. Everything else is answered as if the header were not there.
 */
export function requestsThatUpgrade(paths: ReadonlySet<string>): typeof IncomingMessage {
  class UpgradingRequest extends IncomingMessage {}
  const asked = new WeakSet<IncomingMessage>();
  // An accessor on the prototype: Node's parser sets the property before it reads the headers, and asks for it after.
  Object.defineProperty(UpgradingRequest.prototype, 'upgrade', {
    get(this: IncomingMessage): boolean {
      if (!asked.has(this)) return false;
      // A tunnel is refused by Node itself: nobody listens for one.
      if (this.method === 'CONNECT') return true;
      return this.method === 'GET' && /^websocket$/i.test(this.headers.upgrade ?? '') && paths.has(pathOf(this.url ?? ''));
    },
    set(this: IncomingMessage, isAsked: unknown) {
      if (isAsked === true) asked.add(this);
      else asked.delete(this);
    },
  });
  return UpgradingRequest;
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
