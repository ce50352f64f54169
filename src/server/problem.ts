/** Every refusal as RFC 9457 problem+json: a stable code, a sentence, and where it helps the field and the way to mend it. */
import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FieldFault } from '../connectors/connector.js';
import type { Agent, Finding } from '../conversation.js';
import { findingSchema } from './answer-wire.js';
import { faultFields } from './fault-wire.js';

export const settingsChangeSchema = z
  .object({
    path: z.string().meta({ examples: ['shipping.freeFromYuan', 'products[scarf-01].priceYuan'] }),
    before: z.unknown().optional().meta({ description: 'absent: it was not set' }),
    after: z.unknown().optional().meta({ description: 'absent: it is no longer set' }),
  })
  .meta({ description: 'one difference between two revisions' });

export const problemSchema = z
  .object({
    type: z.string().meta({ description: '`urn:zaima:problem:` and the code' }),
    title: z.string().meta({ description: 'the HTTP status in words' }),
    status: z.number().int(),
    code: z.string().meta({ description: 'stable; programs decide on it', examples: ['signature'] }),
    detail: z.string().meta({ description: 'what is wrong, for people' }),
    faults: z
      .array(
        z.object({
          field: z.string().meta({
            description: 'JSON path in the body (`[2].buyer.id`, empty: the body as a whole), `header …`, `query …` or `path …`',
          }),
          ...faultFields,
        }),
      )
      .optional()
      .meta({ description: 'all of them at once' }),
    cursor: z.string().optional().meta({ description: 'with `cursor_gone`: read on from here' }),
    revision: z.number().int().optional().meta({ description: 'with `stale`: the one in force' }),
    holder: z
      .object({ id: z.string(), name: z.string() })
      .optional()
      .meta({ description: 'with `conflict`: who holds the conversation' }),
    findings: z.array(findingSchema).optional().meta({ description: 'with `finding`: what the text breaks' }),
    changes: z
      .array(settingsChangeSchema)
      .optional()
      .meta({ description: 'with `stale`: what has changed since your `If-Match`' }),
    phrase: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'with `stale`: the phrase as it is now; with `conflict`: the one that has the code' }),
    buyer: z.record(z.string(), z.unknown()).optional().meta({ description: 'with `stale`: the card of the buyer as it is now' }),
  })
  .meta({ description: 'RFC 9457' });

export type ProblemCode =
  | 'signature'
  | 'not_json'
  | 'invalid'
  | 'bad_request'
  | 'too_large'
  | 'media_type'
  | 'too_many'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'finding'
  | 'method_not_allowed'
  | 'cursor_gone'
  | 'stale'
  | 'precondition_required'
  | 'upgrade_required'
  | 'unavailable'
  | 'internal';

export interface Problem {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly faults?: readonly FieldFault[];
  readonly cursor?: string;
  readonly revision?: number;
  readonly holder?: Agent;
  readonly findings?: readonly Finding[];
  readonly changes?: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
  readonly phrase?: object;
  readonly buyer?: object;
}

export function problemBody(problem: Problem): string {
  const { code, status, ...more } = problem;
  const title = STATUS_CODES[status] ?? 'Error';
  return JSON.stringify({ type: `urn:zaima:problem:${code}`, title, status, code, ...more });
}

/** @param headers beside the content type: Retry-After, WWW-Authenticate, Allow. */
export function sendProblem(reply: FastifyReply, problem: Problem, headers: Readonly<Record<string, string>> = {}): FastifyReply {
  return reply.code(problem.status).headers(headers).type('application/problem+json').send(problemBody(problem));
}

export function unknownShop(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    status: 404,
    code: 'not_found',
    detail: 'there is no such shop',
    faults: [{ field: 'path shop', problem: 'is no shop of this service', mend: 'use the id of a file in config/shops' }],
  });
}
