/** The users, for owners: added, changed, shut out, given a new password; and the audit of what was done. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { passwordFault } from '../access/passwords.js';
import { mayManage } from '../access/scopes.js';
import { userChanges, userDetails } from '../access/user-changes.js';
import { type AuditAction, type AuditRow, auditActions, type User } from '../storage/people.js';
import { everyShop } from '../storage/storage.js';
import { actorOf, bearer, type Caller, callerOf, ownersOnly } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest, invalidOf } from './errors-to-problems.js';
import { userOnTheWire } from './login.js';
import {
  type auditRowSchema,
  passwordRequestSchema,
  userChangeSchema,
  userExample,
  userRequestSchema,
} from './people-schemas.js';
import { sendProblem } from './problem.js';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';

const idParams = z.object({ id: z.string().min(1).max(128) });
const noUser = { codes: ['not_found'], when: 'there is no such user, or it works in shops that are not yours' } as const;
const ownersProblems = {
  401: bearerProblems[401],
  403: { codes: ['forbidden'], when: 'not an owner, or for shops that are not yours' },
} as const;

export const userRoutes = {
  list: {
    method: 'GET',
    url: '/v1/users',
    schema: {},
    docs: {
      id: 'getUsers',
      tag: 'people',
      summary: 'List the users',
      description: 'Those whose shops are all yours.',
      security: 'bearer',
      answers: {
        200: {
          description: 'oldest first',
          schema: 'Users',
          example: { users: [{ ...userExample, lastLoginAt: '2026-11-11T01:00:00.000Z' }] },
        },
      },
      problems: ownersProblems,
    },
  },
  add: {
    method: 'POST',
    url: '/v1/users',
    schema: { body: userRequestSchema },
    docs: {
      id: 'postUser',
      tag: 'people',
      summary: 'Add a user',
      description: 'Without a password one is made.',
      security: 'bearer',
      body: { schema: 'UserRequest', examples: { agent: { login: 'xiaozhou', name: '小周', role: 'agent', shops: ['demo'] } } },
      answers: {
        201: {
          description: 'added; a password that was made is told this once',
          schema: 'NewUser',
          example: { ...userExample, password: 'k7mw-…' },
        },
      },
      problems: { ...ownersProblems, ...bodyProblems, 409: { codes: ['conflict'], when: 'the login is taken' } },
    },
  },
  change: {
    method: 'PATCH',
    url: '/v1/users/:id',
    schema: { params: idParams, body: userChangeSchema },
    docs: {
      id: 'patchUser',
      tag: 'people',
      summary: 'Change a user',
      description: 'In force when the call is answered. `disabled: true` ends all sessions; who did what stays known.',
      security: 'bearer',
      body: { schema: 'UserChange', examples: { promote: { role: 'lead' }, out: { disabled: true } } },
      answers: { 200: { description: 'as it is now', schema: 'User', example: userExample } },
      problems: {
        ...ownersProblems,
        ...bodyProblems,
        404: noUser,
        409: { codes: ['conflict'], when: 'nobody would be left to let others in' },
      },
    },
  },
  password: {
    method: 'PUT',
    url: '/v1/users/:id/password',
    schema: { params: idParams, body: passwordRequestSchema },
    docs: {
      id: 'putUserPassword',
      tag: 'people',
      summary: 'Give a user a new password',
      description:
        'For somebody who forgot it; your own takes the current one: `PUT /v1/me/password`. All sessions of the user end.',
      security: 'bearer',
      body: { schema: 'PasswordRequest', examples: { made: {} } },
      answers: {
        200: {
          description: 'set; without a password, the one that was made',
          schema: 'NewPassword',
          example: { password: 'k7mw-…' },
        },
      },
      problems: { ...ownersProblems, ...bodyProblems, 404: noUser },
    },
  },
  audit: {
    method: 'GET',
    url: '/v1/shops/:shop/audit',
    schema: {
      params: shopParams,
      querystring: z.object({
        before: z.coerce.number().int().min(1).optional().meta({ description: '`before` of the page before' }),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        by: z
          .string()
          .min(1)
          .max(128)
          .optional()
          .meta({ description: 'only what this one did: id or name of a person or token, `cli`' }),
        action: z.enum(auditActions).optional().meta({ description: 'only this' }),
      }),
    },
    docs: {
      id: 'getAudit',
      tag: 'people',
      summary: 'Who did what when',
      description: 'Logins, users, tokens, settings, switches, exports, take-overs, overrides: of the shop and of all shops.',
      security: 'bearer',
      answers: {
        200: {
          description: 'newest first',
          schema: 'Audit',
          example: {
            rows: [
              {
                position: 7,
                shop: 'demo',
                at: '2026-11-11T12:00:00.000Z',
                by: { kind: 'user', id: '5f0a…', name: '小周' },
                action: 'away_switched',
                details: { away: true },
              },
            ],
          },
        },
      },
      problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' }, 422: invalidProblem },
    },
  },
} as const satisfies Record<string, RouteDescription>;

export function openUsers(app: FastifyInstance, deps: ServerDeps): void {
  const { people, storage, now, knowledge } = deps;
  const onRequest = ownersOnly(deps);
  const audit = (request: FastifyRequest, action: AuditAction, { id, shops }: User, details: NonNullable<AuditRow['details']>) =>
    storage.audit({
      shop: shops.length === 1 ? shops[0]! : everyShop,
      at: now(),
      by: actorOf(request),
      action,
      subject: id,
      details,
    });
  /** The user of the path, or undefined where the reply has been sent. */
  async function named(request: FastifyRequest, reply: FastifyReply): Promise<User | undefined> {
    const user = await people.user((request.params as { id: string }).id);
    if (user !== undefined && manages(callerOf(request)!, user)) return user;
    sendProblem(reply, {
      status: 404,
      code: 'not_found',
      detail: 'there is no such user, or it works in shops that are not yours',
    });
    return undefined;
  }
  /** All that is wrong with a user at once, also what the schema of the body knows nothing of. @throws InvalidRequest */
  function checkUser(request: FastifyRequest, login = '', name = ''): void {
    // As it came, where the schema has refused it.
    const { shops, password, ...sent } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    const faults = invalidOf(request);
    const known = new Set<unknown>([everyShop, ...knowledge.ids()]);
    for (const [at, shop] of (Array.isArray(shops) ? shops : []).entries()) {
      const field = `shops[${at}]`;
      if (known.has(shop) || faults.some((fault) => fault.field === field)) continue;
      faults.push({ field, problem: `there is no shop ${String(shop)}`, mend: 'use the id of a file in config/shops' });
    }
    if (typeof password === 'string' && !faults.some(({ field }) => field === 'password')) {
      const names = [login, name, sent.login, sent.name].filter((one) => typeof one === 'string');
      const weak = passwordFault(password, ...names);
      if (weak !== undefined) faults.push({ field: 'password', ...weak });
    }
    if (faults.length > 0) throw new InvalidRequest(faults);
  }
  function refuseShops(
    request: FastifyRequest,
    shops: readonly string[] | undefined,
    reply: FastifyReply,
  ): FastifyReply | undefined {
    if (shops === undefined) return undefined;
    if (manages(callerOf(request)!, { shops })) return undefined;
    return sendProblem(reply, { status: 403, code: 'forbidden', detail: 'you may only let people into shops that are yours' });
  }

  app.route({
    method: userRoutes.list.method,
    url: userRoutes.list.url,
    onRequest,
    async handler(request) {
      const [users, logins] = await Promise.all([people.list(), storage.lastLogins()]);
      const listed = users.filter((user) => manages(callerOf(request)!, user));
      return { users: listed.map((user) => ({ ...userOnTheWire(user), ...loginAt(logins.get(user.id)) })) };
    },
  });
  app.route<{ Body: z.output<typeof userRequestSchema> }>({
    ...routed(userRoutes.add),
    onRequest,
    attachValidation: true,
    async handler(request, reply) {
      checkUser(request);
      const refused = refuseShops(request, request.body.shops, reply);
      if (refused !== undefined) return refused;
      const added = await people.add(request.body);
      if (added === 'taken') return conflict(reply, `the login ${request.body.login} is taken`);
      await audit(request, 'user_added', added.user, userDetails(added.user));
      const made = request.body.password === undefined ? { password: added.password } : {};
      return reply.code(201).send({ ...userOnTheWire(added.user), ...made });
    },
  });
  app.route<{ Params: z.output<typeof idParams>; Body: z.output<typeof userChangeSchema> }>({
    ...routed(userRoutes.change),
    onRequest,
    attachValidation: true,
    async handler(request, reply) {
      checkUser(request);
      const before = await named(request, reply);
      if (before === undefined) return reply;
      const { disabled, name, role, shops } = request.body;
      const refused = refuseShops(request, shops, reply);
      if (refused !== undefined) return refused;
      const after = await people.change(before.id, {
        ...(name !== undefined && { name }),
        ...(role !== undefined && { role }),
        ...(shops !== undefined && { shops }),
        ...(disabled !== undefined && { disabledAt: disabled ? (before.disabledAt ?? now()) : null }),
      });
      if (after === 'last_owner') return conflict(reply, 'no owner of all shops would be left who can log in');
      if (after === undefined) return sendProblem(reply, { status: 404, code: 'not_found', detail: 'there is no such user' });
      const changes = userChanges(before, after);
      if (changes !== undefined) await audit(request, 'user_changed', after, changes);
      return userOnTheWire(after);
    },
  });
  app.route<{ Params: z.output<typeof idParams>; Body: z.output<typeof passwordRequestSchema> }>({
    ...routed(userRoutes.password),
    onRequest,
    async handler(request, reply) {
      const user = await named(request, reply);
      if (user === undefined) return reply;
      const caller = callerOf(request);
      if (caller?.kind === 'user' && caller.user.id === user.id) {
        const mend = 'send the current one and the next to PUT /v1/me/password';
        throw new InvalidRequest([{ field: 'path id', problem: 'is your own', mend }]);
      }
      const given = request.body.password;
      checkUser(request, user.login, user.name);
      const password = await people.setPassword(user.id, given);
      await audit(request, 'user_password', user, userDetails(user));
      return given === undefined ? { password } : {};
    },
  });
  app.route<{ Params: z.output<typeof shopParams>; Querystring: z.output<typeof userRoutes.audit.schema.querystring> }>({
    ...routed(userRoutes.audit),
    onRequest: bearer(deps, 'admin'),
    async handler({ params, query }) {
      const { by, action } = query;
      const rows = await storage.auditLog(params.shop, query.before, query.limit, { by, action });
      const last = rows.at(-1);
      return { rows: rows.map(auditOnTheWire), ...(rows.length === query.limit && last && { before: last.position }) };
    },
  });
}

function loginAt(at: number | undefined): { readonly lastLoginAt?: string } {
  return at === undefined ? {} : { lastLoginAt: new Date(at).toISOString() };
}

function manages(caller: Caller, user: Pick<User, 'shops'>): boolean {
  return caller.kind === 'user' ? mayManage(caller.user, user) : caller.token.shop === everyShop;
}

function conflict(reply: FastifyReply, detail: string): FastifyReply {
  return sendProblem(reply, { status: 409, code: 'conflict', detail });
}

function auditOnTheWire({ at, ...row }: AuditRow): z.output<typeof auditRowSchema> {
  return { ...row, at: new Date(at).toISOString(), details: row.details && { ...row.details } };
}
