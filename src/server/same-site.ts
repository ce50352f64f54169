/**
 * Whether a request that changes something was made by a page of another site. Browsers say so themselves (Fetch Metadata,
 * Origin); whoever sends neither is no browser and carries no cookie that it was not given.
 */
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.js';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

export function comesFromElsewhere(request: FastifyRequest, config: Pick<Config, 'web'>): boolean {
  if (safe.has(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return true;
  return !isOwnOrigin(request, config);
}

/** True where no Origin is named, or it is the one under which we are reached. */
export function isOwnOrigin({ headers, protocol }: FastifyRequest, { web }: Pick<Config, 'web'>): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (web.publicUrl !== undefined && origin === new URL(web.publicUrl).origin) return true;
  return host !== undefined && origin === `${protocol}://${host}`;
}
