/**
 * A route as data: what Fastify checks (`schema`) and what the OpenAPI document tells beside it (`docs`). Handlers are
 * added where the routes are opened, so that the document can be written without a server.
 */
import { z } from 'zod';
import type { ProblemCode } from './problem.js';
import type { SchemaName } from './wire-schemas.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It stays open: how long it took tells nothing. */
    isStream?: boolean;
  }
}

export interface RouteDescription {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for parameters, as Fastify writes them. */
  readonly url: string;
  readonly schema: {
    readonly params?: z.ZodObject;
    readonly querystring?: z.ZodObject;
    readonly body?: z.ZodType;
  };
  readonly docs: RouteDocs;
}

export interface RouteDocs {
  readonly id: string;
  readonly tag: 'chat' | 'webchat' | 'desk' | 'shop' | 'phrases' | 'people' | 'process';
  readonly summary: string;
  readonly description: string;
  /** `bearer`: a token, or the session of somebody whose role may do it; `session`: people alone; `visitor`: of the web chat. */
  readonly security: 'signature' | 'bearer' | 'session' | 'visitor' | 'none';
  /** `required`, `optional`: whether the call says which revision it builds on. */
  readonly ifMatch?: 'required' | 'optional';
  readonly body?: {
    readonly schema: SchemaName;
    readonly contentType?: string;
    readonly examples: Readonly<Record<string, unknown>>;
  };
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  readonly problems: Readonly<Record<number, { readonly codes: readonly ProblemCode[]; readonly when: string }>>;
}

export interface RouteAnswer {
  readonly description: string;
  /** Absent: no content, or text. */
  readonly schema?: SchemaName;
  readonly contentType?: string;
  /** Without a schema: other kinds of file that the same call may give. */
  readonly otherTypes?: readonly string[];
  readonly example?: unknown;
}

export const shopParams = z.object({
  shop: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'id of the shop', examples: ['demo'] }),
});

/** Of every route that takes a bearer token or a session. */
export const bearerProblems = {
  401: { codes: ['unauthorized'], when: 'no token and no session, or one that is not known, was revoked or is over' },
  403: { codes: ['forbidden'], when: 'the token or the user is of another shop, or may not do this' },
} as const;

/** Of every route for people alone. */
export const sessionProblems = {
  401: { codes: ['unauthorized'], when: 'nobody is logged in, or the session is over' },
  403: { codes: ['forbidden'], when: 'a token came, or the page of another site' },
} as const;

export const invalidProblem = { codes: ['invalid'], when: 'a field is wrong; all faults at once, with their mends' } as const;

/** Of every route that reads JSON. */
export const bodyProblems = {
  400: { codes: ['not_json'], when: 'the body is not JSON' },
  415: { codes: ['media_type'], when: 'the body is not application/json' },
  422: invalidProblem,
} as const;

/** What Fastify takes of a route: method, address and the schemas that check it. */
export function routed<Route extends Pick<RouteDescription, 'method' | 'url' | 'schema'>>({ method, url, schema }: Route) {
  return { method, url, schema };
}

/** Of every websocket, before it is one. */
export const socketProblems = {
  400: { codes: ['bad_request'], when: 'subprotocols are named, and `zaima.v1` is not among them' },
  401: { codes: ['unauthorized'], when: 'no token and no session, or one that is not known, was revoked or is over' },
  403: { codes: ['forbidden'], when: 'another scope or role, or the page of another site with a session' },
  426: { codes: ['upgrade_required'], when: 'it was called without asking for a websocket' },
  429: { codes: ['too_many'], when: 'too many open sockets of this caller (`sockets.perCaller`)' },
  503: { codes: ['unavailable'], when: 'the server is about to stop' },
} as const;
