/** Lets a request through when its bearer token opens this shop in one of the scopes; before a body is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { opens } from '../access/scopes.js';
import type { Scope, Token } from '../storage/storage.js';
import type { ServerDeps } from './deps.js';
import { sendProblem, unknownShop } from './problem.js';

const tokens = new WeakMap<FastifyRequest, Token>();

/** The token that let the request in: who it is. Undefined on routes without `bearer`. */
export function tokenOf(request: FastifyRequest): Token | undefined {
  return tokens.get(request);
}

/** An onRequest hook for routes with `:shop`. */
export function bearer({ access, flow }: Pick<ServerDeps, 'access' | 'flow'>, ...scopes: readonly Scope[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const secret = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) return unauthorized(reply, 'send `Authorization: Bearer` and a token', '');
    const token = await access.check(secret);
    if (token === undefined) return unauthorized(reply, 'the token is not known, or was revoked', ', error="invalid_token"');
    const { shop } = request.params as { shop: string };
    if (!opens(token, shop, scopes)) {
      const scope = [...new Set([...scopes, 'admin'])].join(' or ');
      const detail = `the token does not open this: it takes one of this shop with scope ${scope}`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    tokens.set(request, token);
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
