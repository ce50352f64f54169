/** Lets a request through when its bearer token opens this shop in one of the scopes; before a body is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { opens } from '../access/scopes.js';
import { everyShop, type Scope, type Token } from '../storage/storage.js';
import type { ServerDeps } from './deps.js';
import { sendProblem, unknownShop } from './problem.js';

/** Whose token each request came with, for what is kept of who did it. */
const callers = new WeakMap<FastifyRequest, Token>();

/** The token that let the request in: who it is. Undefined on routes without a token. */
export function callerOf(request: FastifyRequest): Token | undefined {
  return callers.get(request);
}

/** Who did it, as it is kept: the token that it came with and the person whom the caller names. */
export function callerName(request: FastifyRequest, person: string | undefined): string {
  const token = callers.get(request);
  const machine = token === undefined ? 'unknown' : token.shop === everyShop ? 'command line' : `token ${token.note ?? token.id}`;
  return person === undefined ? machine : `${machine} (${person})`;
}

/** An onRequest hook for what concerns every shop: the control token alone opens it. */
export function controlOnly({ access }: Pick<ServerDeps, 'access'>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const token = await tokenOf(request, reply, access);
    if (token === undefined) return reply;
    if (token.shop === everyShop) return undefined;
    const detail = 'a token of one shop does not open what concerns all of them';
    return sendProblem(reply, { status: 403, code: 'forbidden', detail });
  };
}

/** The token of a request, or undefined where the reply has been sent. */
async function tokenOf(request: FastifyRequest, reply: FastifyReply, access: ServerDeps['access']): Promise<Token | undefined> {
  const secret = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = secret === undefined ? undefined : await access.check(secret);
  if (secret === undefined) unauthorized(reply, 'send `Authorization: Bearer` and a token', '');
  else if (token === undefined) unauthorized(reply, 'the token is not known, or was revoked', ', error="invalid_token"');
  else callers.set(request, token);
  return token;
}

/** An onRequest hook for routes with `:shop`. */
export function bearer({ access, flow }: Pick<ServerDeps, 'access' | 'flow'>, ...scopes: readonly Scope[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const token = await tokenOf(request, reply, access);
    if (token === undefined) return reply;
    const { shop } = request.params as { shop: string };
    if (!opens(token, shop, scopes)) {
      const scope = [...new Set([...scopes, 'admin'])].join(' or ');
      const detail = `the token does not open this: it takes one of this shop with scope ${scope}`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    // After the token: who may not enter does not learn which shops there are.
    return flow.shop(shop) === undefined ? unknownShop(reply) : undefined;
  };
}

function unauthorized(reply: FastifyReply, detail: string, error: string): FastifyReply {
  return sendProblem(
    reply,
    { status: 401, code: 'unauthorized', detail },
    { 'www-authenticate': `Bearer realm="zaima"${error}` },
  );
}
