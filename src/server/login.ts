/** Logging in and out, and what belongs to whoever is logged in: the own password and the own sessions. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { passwordFault } from '../access/passwords.js';
import { permissionsOf } from '../access/roles.js';
import { worksIn } from '../access/scopes.js';
import type { LoggedIn } from '../access/sessions.js';
import type { Session, User } from '../storage/people.js';
import { everyShop } from '../storage/storage.js';
import { callerOf, personOnly } from './bearer.js';
import { clearSession, setSession } from './cookie.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import {
  loginRequestSchema,
  type meSchema,
  passwordChangeSchema,
  type sessionSchema,
  userExample,
  type userSchema,
} from './people-schemas.js';
import { sendProblem } from './problem.js';
import { bodyProblems, type RouteDescription, routed, sessionProblems } from './route-description.js';
import { comesFromElsewhere } from './same-site.js';

const me = {
  ...userExample,
  permissions: ['read', 'desk', 'away'],
  servedShops: [{ id: 'demo', name: '木禾针织', timeZone: 'Asia/Shanghai' }],
};
const session = {
  id: '8c1e…',
  createdAt: '2026-11-11T01:00:00.000Z',
  lastSeenAt: '2026-11-11T12:00:00.000Z',
  device: 'Mozilla/5.0',
  current: true,
};
const tooMany = { codes: ['too_many'], when: 'too many wrong passwords for this login or from this address' } as const;

export const loginRoutes = {
  login: {
    method: 'POST',
    url: '/v1/login',
    schema: { body: loginRequestSchema },
    docs: {
      id: 'logIn',
      tag: 'people',
      summary: 'Log in',
      description:
        'Sets the session cookie (HttpOnly, SameSite=Lax, Secure over https). Wrong passwords are slowed: the wait doubles.',
      security: 'none',
      body: { schema: 'LoginRequest', examples: { agent: { login: 'xiaozhou', password: 'a sentence is a good one' } } },
      answers: { 200: { description: 'logged in', schema: 'Me', example: me } },
      problems: {
        ...bodyProblems,
        401: { codes: ['unauthorized'], when: 'login or password is wrong, or the user is disabled' },
        403: { codes: ['forbidden'], when: 'a page of another site sent it' },
        429: tooMany,
      },
    },
  },
  logout: {
    method: 'POST',
    url: '/v1/logout',
    schema: {},
    docs: {
      id: 'logOut',
      tag: 'people',
      summary: 'Log out',
      description: 'Ends this session, for all who have its cookie.',
      security: 'session',
      answers: { 204: { description: 'the session is over' } },
      problems: sessionProblems,
    },
  },
  me: {
    method: 'GET',
    url: '/v1/me',
    schema: {},
    docs: {
      id: 'getMe',
      tag: 'people',
      summary: 'Who am I?',
      description: 'The user, what the role may do, and the shops that it works in.',
      security: 'session',
      answers: { 200: { description: 'who is logged in', schema: 'Me', example: me } },
      problems: sessionProblems,
    },
  },
  password: {
    method: 'PUT',
    url: '/v1/me/password',
    schema: { body: passwordChangeSchema },
    docs: {
      id: 'putMyPassword',
      tag: 'people',
      summary: 'Change my password',
      description: 'All other sessions end.',
      security: 'session',
      body: {
        schema: 'PasswordChange',
        examples: { change: { current: 'a sentence is a good one', next: 'another one is as good' } },
      },
      answers: { 204: { description: 'changed' } },
      problems: { ...sessionProblems, ...bodyProblems, 429: tooMany },
    },
  },
  sessions: {
    method: 'GET',
    url: '/v1/me/sessions',
    schema: {},
    docs: {
      id: 'getMySessions',
      tag: 'people',
      summary: 'Where am I logged in?',
      description: 'Newest use first.',
      security: 'session',
      answers: { 200: { description: 'the sessions', schema: 'Sessions', example: { sessions: [session] } } },
      problems: sessionProblems,
    },
  },
  endOthers: {
    method: 'DELETE',
    url: '/v1/me/sessions',
    schema: {},
    docs: {
      id: 'deleteMyOtherSessions',
      tag: 'people',
      summary: 'End all my other sessions',
      description: 'All but the one that asks; their sockets are closed.',
      security: 'session',
      answers: { 204: { description: 'ended' } },
      problems: sessionProblems,
    },
  },
  end: {
    method: 'DELETE',
    url: '/v1/me/sessions/:id',
    schema: { params: z.object({ id: z.string().min(1).max(128) }) },
    docs: {
      id: 'deleteMySession',
      tag: 'people',
      summary: 'End one of my sessions',
      description: 'In force when the call is answered; its sockets are closed.',
      security: 'session',
      answers: { 204: { description: 'ended' } },
      problems: { ...sessionProblems, 404: { codes: ['not_found'], when: 'there is no such session' } },
    },
  },
} as const satisfies Record<string, RouteDescription>;

export function openLogin(app: FastifyInstance, deps: ServerDeps): void {
  const { sessions, people, storage, config, now, knowledge, flow } = deps;
  const onRequest = personOnly(deps);

  const meOnTheWire = (user: User): z.output<typeof meSchema> => ({
    ...userOnTheWire(user),
    permissions: [...permissionsOf(user.role)],
    servedShops: knowledge
      .ids()
      .filter((shop) => worksIn(user, shop))
      .map((id) => {
        const { name = id, timeZone } = flow.shop(id)?.parameters ?? {};
        return { id, name, ...(timeZone !== undefined && { timeZone }) };
      }),
  });

  app.route<{ Body: z.output<typeof loginRequestSchema> }>({
    ...routed(loginRoutes.login),
    async handler(request, reply) {
      if (comesFromElsewhere(request, config))
        return sendProblem(reply, { status: 403, code: 'forbidden', detail: 'a page of another site may not log anybody in' });
      const { login, password } = request.body;
      const device = request.headers['user-agent'];
      const outcome = await sessions.logIn(login, password, { address: request.ip, ...(device !== undefined && { device }) });
      const failed = (reason: string) =>
        storage.audit({
          shop: everyShop,
          at: now(),
          by: { kind: 'user', id: 'unknown', name: login },
          action: 'login_failed',
          details: { reason, address: request.ip },
        });
      if (outcome.outcome === 'wait') {
        const detail = `too many wrong passwords: try again in ${outcome.seconds} s`;
        return sendProblem(reply, { status: 429, code: 'too_many', detail }, { 'retry-after': String(outcome.seconds) });
      }
      if (outcome.outcome === 'refused') {
        await failed('wrong');
        return sendProblem(reply, { status: 401, code: 'unauthorized', detail: 'login or password is wrong' });
      }
      const { user, session: made, secret } = outcome;
      await storage.audit({
        shop: everyShop,
        at: now(),
        by: { kind: 'user', id: user.id, name: user.name },
        action: 'login',
        subject: made.id,
        details: { address: request.ip },
      });
      setSession(reply, config, secret);
      return meOnTheWire(user);
    },
  });
  app.route({
    ...routed(loginRoutes.logout),
    onRequest,
    async handler(request, reply) {
      const { user, session: mine } = person(request);
      await sessions.end(user.id, mine.id);
      await storage.audit({ shop: everyShop, at: now(), by: { kind: 'user', id: user.id, name: user.name }, action: 'logout' });
      clearSession(reply, config);
      return reply.code(204).send();
    },
  });
  app.route({ ...routed(loginRoutes.me), onRequest, handler: async (request) => meOnTheWire(person(request).user) });
  app.route<{ Body: z.output<typeof passwordChangeSchema> }>({
    ...routed(loginRoutes.password),
    onRequest,
    async handler(request, reply) {
      const { user, session: mine } = person(request);
      const { current, next } = request.body;
      const seconds = await sessions.confirm(user, current, request.ip);
      if (seconds === 'wrong')
        throw new InvalidRequest([{ field: 'current', problem: 'is not your password', mend: 'type it again' }]);
      if (seconds > 0) {
        const detail = `too many wrong passwords: try again in ${seconds} s`;
        return sendProblem(reply, { status: 429, code: 'too_many', detail }, { 'retry-after': String(seconds) });
      }
      const isSame = next.normalize('NFKC') === current.normalize('NFKC');
      const fault = isSame
        ? { problem: 'is the one that you have', mend: 'take another one' }
        : passwordFault(next, user.login, user.name);
      if (fault !== undefined) throw new InvalidRequest([{ field: 'next', ...fault }]);
      await people.setPassword(user.id, next, mine.id);
      await storage.audit({
        shop: everyShop,
        at: now(),
        by: { kind: 'user', id: user.id, name: user.name },
        action: 'user_password',
        subject: user.id,
      });
      return reply.code(204).send();
    },
  });
  app.route({
    ...routed(loginRoutes.sessions),
    onRequest,
    async handler(request) {
      const { user, session: mine } = person(request);
      return { sessions: (await sessions.list(user.id)).map((one) => sessionOnTheWire(one, mine.id)) };
    },
  });
  app.route({
    ...routed(loginRoutes.endOthers),
    onRequest,
    async handler(request, reply) {
      const { user, session: mine } = person(request);
      for (const { id } of await sessions.list(user.id)) if (id !== mine.id) await sessions.end(user.id, id);
      return reply.code(204).send();
    },
  });
  app.route<{ Params: { id: string } }>({
    ...routed(loginRoutes.end),
    onRequest,
    async handler(request, reply) {
      if (await sessions.end(person(request).user.id, request.params.id)) return reply.code(204).send();
      return sendProblem(reply, { status: 404, code: 'not_found', detail: 'you have no such session' });
    },
  });
}

export function userOnTheWire({ id, login, name, role, shops, createdAt, disabledAt }: User): z.output<typeof userSchema> {
  return {
    id,
    login,
    name,
    role,
    shops: [...shops],
    createdAt: new Date(createdAt).toISOString(),
    ...(disabledAt !== undefined && { disabledAt: new Date(disabledAt).toISOString() }),
  };
}

function sessionOnTheWire({ id, createdAt, lastSeenAt, device }: Session, current: string): z.output<typeof sessionSchema> {
  return {
    id,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    ...(device !== undefined && { device }),
    current: id === current,
  };
}

/** Whoever personOnly let in. */
function person(request: FastifyRequest): LoggedIn {
  const caller = callerOf(request);
  if (caller?.kind !== 'user') throw new Error('only people are let in here');
  return caller;
}
