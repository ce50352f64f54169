/**
 * Lets a request through, before a body is read, when who sends it may do this in this shop: a machine by its bearer token, a
 * person by the session in a cookie. What a person changes must come from our own pages (cross-site request forgery).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '../access/roles.js';
import { mayDo, opens } from '../access/scopes.js';
import type { LoggedIn } from '../access/sessions.js';
import type { Actor } from '../storage/people.js';
import { everyShop, type Token } from '../storage/storage.js';
import { sessionSecretOf } from './cookie.js';
import type { ServerDeps } from './deps.js';
import { sendProblem, unknownShop } from './problem.js';
import { comesFromElsewhere } from './same-site.js';

export type Caller =
  | ({ readonly kind: 'user' } & LoggedIn)
  | { readonly kind: 'token'; readonly token: Token; readonly account?: string };

type Doors = Pick<ServerDeps, 'access' | 'sessions' | 'config'>;

/** Who sent each request, for what is kept of who did it. */
const callers = new WeakMap<FastifyRequest, Caller>();

/** Who the request comes from. Undefined on routes that everybody may call. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** Who did it, as the audit keeps it. @throws on a route that everybody may call */
export function actorOf(request: FastifyRequest): Actor {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('nobody was let in here');
  return actor(caller);
}

export function actor(caller: Caller): Actor {
  if (caller.kind === 'user') return { kind: 'user', id: caller.user.id, name: caller.user.name };
  const { id, shop, note } = caller.token;
  if (shop !== everyShop) return { kind: 'token', id, name: note ?? id };
  return { kind: 'cli', id: 'cli', name: caller.account === undefined ? 'command line' : `command line (${caller.account})` };
}

/** Who did it, in words: the person, or the token that it came with and the person whom the caller names. */
export function callerName(request: FastifyRequest, person: string | undefined): string {
  const { kind, name } = actorOf(request);
  if (kind === 'cli') return person === undefined ? name : `command line (${person})`;
  const words = kind === 'user' ? name : `token ${name}`;
  return person === undefined ? words : `${words} (${person})`;
}

/** An onRequest hook for what concerns every shop: the control token, or an owner of all shops. */
export function controlOnly(doors: Doors) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const caller = await enter(request, reply, doors);
    if (caller === undefined) return reply;
    const isAll = caller.kind === 'token' ? caller.token.shop === everyShop : mayDo(caller.user, everyShop, ['admin']);
    if (isAll) return undefined;
    const detail = 'what opens one shop does not open what concerns all of them';
    return sendProblem(reply, { status: 403, code: 'forbidden', detail });
  };
}

/** An onRequest hook for what owners do over all their shops: the control token, or an owner. */
export function ownersOnly(doors: Doors) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const caller = await enter(request, reply, doors);
    if (caller === undefined) return reply;
    if (caller.kind === 'token' ? caller.token.shop === everyShop : caller.user.role === 'owner') return undefined;
    return sendProblem(reply, { status: 403, code: 'forbidden', detail: 'this takes an owner who is logged in' });
  };
}

/** An onRequest hook for routes of whoever is logged in. */
export function personOnly(doors: Doors) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const caller = await enter(request, reply, doors);
    if (caller === undefined) return reply;
    if (caller.kind === 'user') return undefined;
    return sendProblem(reply, { status: 403, code: 'forbidden', detail: 'this is for people who are logged in, not for tokens' });
  };
}

/** An onRequest hook for routes with `:shop`. */
export function bearer(doors: Doors & Pick<ServerDeps, 'flow'>, ...wanted: readonly Permission[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const caller = await enter(request, reply, doors);
    if (caller === undefined) return reply;
    const { shop } = request.params as { shop: string };
    if (!isAllowed(caller, shop, wanted)) {
      const scope = [...new Set([...wanted, 'admin'])].join(' or ');
      const detail =
        caller.kind === 'token'
          ? `the token does not open this: it takes one of this shop with scope ${scope}`
          : `${caller.user.role} ${caller.user.login} may not do this in this shop: it takes ${scope}`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    // After the caller: who may not enter does not learn which shops there are.
    return doors.flow.shop(shop) === undefined ? unknownShop(reply) : undefined;
  };
}

export function isAllowed(caller: Caller, shop: string, wanted: readonly Permission[]): boolean {
  return caller.kind === 'token' ? opens(caller.token, shop, wanted) : mayDo(caller.user, shop, wanted);
}

/** Whether the caller may do one of these in some shop or other. */
export function mayAnywhere(caller: Caller, wanted: readonly Permission[]): boolean {
  if (caller.kind === 'token') return opens(caller.token, caller.token.shop, wanted);
  return caller.user.shops.some((shop) => mayDo(caller.user, shop, wanted));
}

/** Who sends it, or undefined where the reply has been sent. */
async function enter(request: FastifyRequest, reply: FastifyReply, doors: Doors): Promise<Caller | undefined> {
  const { caller, refusal } = await callerFrom(request, doors);
  if (caller === undefined) {
    unauthorized(reply, refusal, refusal === unnamed ? '' : ', error="invalid_token"');
    return undefined;
  }
  if (caller.kind === 'user' && comesFromElsewhere(request, doors.config)) {
    const detail = 'a page of another site may not change anything in the name of whoever is logged in here';
    sendProblem(reply, { status: 403, code: 'forbidden', detail });
    return undefined;
  }
  callers.set(request, caller);
  return caller;
}

/** The account on the machine, percent-encoded, beside the control token. */
const accountHeader = 'zaima-account';

const unnamed = 'send `Authorization: Bearer` and a token, or log in';

/** Who it is and the secret by which it is known, or what is wrong with it. */
export type CallerFound =
  | { readonly caller: Caller; readonly secret: string; readonly refusal?: undefined }
  | { readonly caller?: undefined; readonly secret?: undefined; readonly refusal: string };

/**
 * The token or session that a request (or the handshake of a socket) comes with.
 * @param presented a token that came by another way than `Authorization`
 */
export async function callerFrom(
  request: FastifyRequest,
  { access, sessions }: Pick<Doors, 'access' | 'sessions'>,
  presented?: string,
): Promise<CallerFound> {
  const secret = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? presented;
  if (secret !== undefined) {
    const token = await access.check(secret);
    if (token === undefined) return { refusal: 'the token is not known, or was revoked' };
    const account = token.shop === everyShop ? accountOf(request) : undefined;
    return { caller: { kind: 'token', token, ...(account !== undefined && { account }) }, secret };
  }
  const session = sessionSecretOf(request);
  if (session === undefined) return { refusal: unnamed };
  const loggedIn = await sessions.check(session);
  if (loggedIn === undefined) return { refusal: 'the session is over: log in again' };
  return { caller: { kind: 'user', ...loggedIn }, secret: session };
}

/** Who sits at the command line, by its own word: whoever has the control token is believed. */
function accountOf(request: FastifyRequest): string | undefined {
  const given = request.headers[accountHeader];
  if (typeof given !== 'string' || given.length > 256) return undefined;
  try {
    return decodeURIComponent(given);
  } catch {
    return undefined;
  }
}

function unauthorized(reply: FastifyReply, detail: string, error: string): FastifyReply {
  return sendProblem(
    reply,
    { status: 401, code: 'unauthorized', detail },
    { 'www-authenticate': `Bearer realm="zaima"${error}` },
  );
}
