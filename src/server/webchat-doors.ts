/** Who may call the web chat: pages of the sites that the shop names, in bounds, and visitors by their token. */
import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { openLimiter } from '../access/rate-limit.js';
import { visitorOf } from '../connectors/web-visitor.js';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';
import { isOwnOrigin } from './same-site.js';

type Doors = Pick<ServerDeps, 'flow' | 'config' | 'now'>;

const mostAddresses = 50_000;
/** Browsers ask again whether they may after so long at most. */
const preflightSeconds = 7200;

/** An onRequest hook: the shop has a web chat, and the page that calls is of one of its sites. */
export function chatDoor({ flow, config }: Doors) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { shop } = request.params as { shop: string };
    const web = flow.shop(shop)?.parameters.webChat;
    if (web?.enabled !== true) return sendProblem(reply, { status: 404, code: 'not_found', detail: 'there is no web chat here' });
    const { origin } = request.headers;
    // No browser, or our own page.
    if (origin === undefined) return undefined;
    if (!isOwnOrigin(request, config) && !web.origins.includes(origin)) {
      const detail = `${origin.slice(0, 100)} is none of the sites of this shop: add it to webChat.origins`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after', vary: 'origin' });
    return undefined;
  };
}

/** What browsers ask before a call from another site; the door has said whether. */
export function preflight(methods: string) {
  return (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': String(preflightSeconds),
      })
      .send();
}

export interface KnownVisitor {
  readonly visitor: string;
  /** The newest of the shop's secrets signed the token. */
  readonly isFresh: boolean;
}

const visitors = new WeakMap<FastifyRequest, KnownVisitor>();

/** An onRequest hook behind the door, for what a visitor alone may do. */
export function visitorsOnly({ flow }: Doors) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { shop } = request.params as { shop: string };
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const secrets = flow.shop(shop)?.secrets ?? [];
    const visitor = visitorOf(shop, token, secrets);
    if (visitor === undefined) {
      const detail = 'send the token of a visitor of this shop as Bearer, or ask for a new one';
      const headers = { 'www-authenticate': 'Bearer realm="zaima web chat"' };
      return sendProblem(reply, { status: 401, code: 'unauthorized', detail }, headers);
    }
    visitors.set(request, { visitor, isFresh: visitorOf(shop, token, secrets.slice(0, 1)) !== undefined });
    return undefined;
  };
}

/** Who was let in. @throws on a route without that hook */
export function knownVisitor(request: FastifyRequest): KnownVisitor {
  const known = visitors.get(request);
  if (known === undefined) throw new Error('no visitor was let in here');
  return known;
}

/** Whoever comes from one address: of IPv6 its /64, which one customer has. */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!isIPv6(ip)) return ip;
  const parsed = ipaddr.process(ip);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
}

/** Takes some of what an address or a visitor may do a minute; false: the reply has been sent. */
export function openChatLimits({ config: { webChat }, now }: Doors) {
  const each = (perMinute: number) => openLimiter({ perSecond: perMinute / 60, burst: perMinute }, mostAddresses);
  const limiters = {
    visitorMessages: each(webChat.visitorMessagesPerMinute),
    addressMessages: each(webChat.addressMessagesPerMinute),
    addressVisitors: each(webChat.addressVisitorsPerMinute),
    addressLooks: each(webChat.addressLooksPerMinute),
  };
  return (kind: keyof typeof limiters, key: string, amount: number, reply: FastifyReply): boolean => {
    const over = limiters[kind].take(new Map([[key, amount]]), now());
    if (over === undefined) return true;
    const seconds = Number.isFinite(over.waitSeconds) ? Math.max(1, Math.ceil(over.waitSeconds)) : 60;
    const detail = kind === 'visitorMessages' ? 'too many messages of one visitor' : 'too much from one address';
    sendProblem(reply, { status: 429, code: 'too_many', detail }, { 'retry-after': String(seconds) });
    return false;
  };
}

/** Counts what is open by key. */
export function openTally(most: number) {
  const counts = new Map<string, number>();
  return {
    /** False: there are too many already. */
    add(key: string): boolean {
      const count = counts.get(key) ?? 0;
      if (count >= most) return false;
      counts.set(key, count + 1);
      return true;
    },
    remove(key: string): void {
      const left = (counts.get(key) ?? 1) - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
    },
  };
}
