/** Which revision a change builds on: `If-Match` with the ETag of what its author saw, or `*` for whatever is in force. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from './errors-to-problems.js';
import { sendProblem } from './problem.js';

/**
 * Undefined where nothing is said.
 * @param what it is the revision of, for the mend: `the settings`
 * @param isOfSet the tag goes on behind the number: `"7-…"`
 * @throws InvalidRequest for what is no revision
 */
export function baseOf({ headers }: FastifyRequest, what: string, isOfSet = false): number | 'any' | undefined {
  const given = headers['if-match']?.trim();
  if (given === undefined) return undefined;
  if (given === '*') return 'any';
  const [, number, more] = /^(?:W\/)?"?(\d{1,15})(-[0-9a-z-]+)?"?$/.exec(given) ?? [];
  if (number !== undefined && (isOfSet || more === undefined)) return Number(number);
  const mend = `send the ETag of ${what} that you changed, e.g. "7", or *`;
  throw new InvalidRequest([{ field: 'header if-match', problem: 'is no revision', mend }]);
}

/** @param what as above */
export function baseMissing(reply: FastifyReply, what: string): FastifyReply {
  const detail = `send If-Match with the ETag of ${what} that you changed, so that nobody else’s change is lost; \`*\` forces it`;
  return sendProblem(reply, { status: 428, code: 'precondition_required', detail });
}
