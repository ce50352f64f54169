/** The cookie in which a browser keeps its session. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';

/** With Secure the browser takes the `__Host-` name from our own host alone; without (plain http, a first try) another one. */
const secureName = '__Host-zaima';
const plainName = 'zaima';

export function sessionSecretOf({ cookies }: FastifyRequest): string | undefined {
  return cookies[secureName] ?? cookies[plainName];
}

export function setSession(reply: FastifyReply, config: Pick<Config, 'web' | 'sessions'>, secret: string): void {
  reply.setCookie(...nameAndOptions(reply.request, config, secret, config.sessions.mostDays * 86_400));
}

export function clearSession(reply: FastifyReply, config: Pick<Config, 'web'>): void {
  reply.setCookie(...nameAndOptions(reply.request, config, '', 0));
}

function nameAndOptions({ protocol }: FastifyRequest, { web }: Pick<Config, 'web'>, value: string, maxAge: number) {
  const secure = protocol === 'https' || web.publicUrl?.startsWith('https:') === true;
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
  return [secure ? secureName : plainName, value, options] as const;
}
