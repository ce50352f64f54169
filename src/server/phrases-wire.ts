/** Quick phrases between HTTP and the house: how they are told, whose they are, and refusals as problems. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Finding, Instant } from '../conversation.js';
import { type Assessed, assess, type PhraseShop } from '../phrases/assess.js';
import type { Author, PhraseRefusal } from '../phrases/change.js';
import type { PhraseVariable } from '../phrases/variables.js';
import { mostPhrases } from '../phrases/words.js';
import type { ShopParameters } from '../shop/parameters.js';
import type { Phrase } from '../storage/phrases.js';
import { callerName, callerOf, isAllowed } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import type { phraseFilledSchema, phraseSchema } from './phrases-schemas.js';
import { sendProblem } from './problem.js';

/** The shop in which phrases are judged; the route has made sure that it is served. */
export function phraseShop({ flow }: Pick<ServerDeps, 'flow'>, id: string): PhraseShop {
  const { parameters } = flow.shop(id)!;
  return { parameters, check: (text) => flow.check(id, text, undefined) };
}

/** Id of the user who asks; undefined: a token does. */
function userOf(request: FastifyRequest): string | undefined {
  const caller = callerOf(request);
  return caller?.kind === 'user' ? caller.user.id : undefined;
}

/** Whether who asks may change what is the whole shop's, and everybody's own. */
export function keepsAll(request: FastifyRequest, shop: string): boolean {
  const caller = callerOf(request);
  return caller !== undefined && isAllowed(caller, shop, ['phrases']);
}

/** What is never allowed takes a person's judgement, an owner's or a lead's; of machines the owner's own token speaks for one. */
function mayTakeAll(request: FastifyRequest, shop: string): boolean {
  const caller = callerOf(request);
  return caller?.kind === 'token' ? isAllowed(caller, shop, ['admin']) : keepsAll(request, shop);
}

/** @param isOverride findings are taken upon themselves */
export function authorOf(request: FastifyRequest, shop: string, isOverride: boolean): Author {
  const all = keepsAll(request, shop);
  const own = userOf(request);
  return {
    name: callerName(request, undefined),
    mayChange: (agent) => all || (agent !== undefined && agent === own),
    sees: all ? '*' : (own ?? ''),
    overrides: !isOverride ? 'nothing' : mayTakeAll(request, shop) ? 'everything' : 'points',
  };
}

/**
 * Whose phrases are shown beside the shop's own: of the user who asks; to a machine, everybody's, unless it names an agent.
 * Undefined: the reply has been sent, because another's are not for everyone.
 */
export function viewerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  shop: string,
  agent: string | undefined,
): string | undefined {
  const own = userOf(request);
  if (own === undefined) return agent ?? '*';
  if (agent === undefined || agent === own) return own;
  if (keepsAll(request, shop)) return agent;
  sendProblem(reply, {
    status: 403,
    code: 'forbidden',
    detail: 'what another agent wrote for himself is shown to owners and leads',
  });
  return undefined;
}

export function isVisible({ agent }: Pick<Phrase, 'agent'>, viewer: string): boolean {
  return agent === undefined || viewer === '*' || agent === viewer;
}

const iso = (at: Instant) => new Date(at).toISOString();

export function phraseOnTheWire(phrase: Phrase, shop: PhraseShop, now: Instant): z.output<typeof phraseSchema> {
  const { agent, validFrom, validTo, lastUsedAt, createdAt, changedAt, ...rest } = phrase;
  const assessed = assess(phrase.text, shop, now);
  return {
    ...rest,
    scope: agent === undefined ? 'shop' : 'agent',
    ...(agent !== undefined && { agent }),
    ...(validFrom !== undefined && { validFrom: iso(validFrom) }),
    ...(validTo !== undefined && { validTo: iso(validTo) }),
    ...(lastUsedAt !== undefined && { lastUsedAt: iso(lastUsedAt) }),
    createdAt: iso(createdAt),
    changedAt: iso(changedAt),
    ...('verdict' in assessed ? judged(assessed) : unreadable(phrase.text)),
  };
}

/** A variable of the shop's own (`extra.…`) was taken out of the settings since: it is a gap of another kind. */
function unreadable(text: string): ReturnType<typeof judged> {
  const names = [...text.matchAll(/\{\{-?\s*([a-z_][a-z0-9_]*)/g)].map(([, name]) => name!);
  const gaps = names
    .filter((name) => name.startsWith('extra_'))
    .map((name) => ({ name, title: { zh: name.slice(6), en: name.slice(6) }, parameter: `extra.${name.slice(6)}` }));
  return { characters: text.length, gaps, open: [], findings: [], verdict: 'send' };
}

function judged({ characters, gaps, open, findings, verdict }: Assessed) {
  return { characters, gaps: gaps.map(missing), open: open.map(missing), findings: [...findings], verdict };
}

function missing({ name, title, parameter }: PhraseVariable) {
  return { name, title, ...(parameter !== undefined && { parameter }) };
}

export function filledOnTheWire(assessed: Assessed): z.output<typeof phraseFilledSchema> {
  return { text: assessed.text, points: assessed.points, ...judged(assessed) };
}

const hashes = new WeakMap<ShopParameters, string>();

/** What is told of phrases also rests on the settings (gaps, findings) and on who looks. */
export function setTag(revision: number, { parameters }: PhraseShop, viewer: string): string {
  let hash = hashes.get(parameters);
  if (hash === undefined) {
    hash = createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 8);
    hashes.set(parameters, hash);
  }
  const seen = viewer === '*' ? 'all' : createHash('sha256').update(viewer).digest('hex').slice(0, 8);
  return `"${revision}-${hash}-${seen}"`;
}

export function phraseTag({ revision }: Pick<Phrase, 'revision'>): string {
  return `"${revision}"`;
}

/** Whether If-None-Match names this tag. */
export function isKnownTag(request: FastifyRequest, tag: string): boolean {
  const given = request.headers['if-none-match'];
  return given?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*') ?? false;
}

export function noPhrase(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such phrase' });
}

/** @param field of the operation in the body; empty: the body is the phrase. @throws InvalidRequest */
export function refuse(reply: FastifyReply, refused: PhraseRefusal, shop: PhraseShop, now: Instant, field = ''): FastifyReply {
  const at = field === '' ? '' : `${field}: `;
  switch (refused.why) {
    case 'unknown':
      return sendProblem(reply, { status: 404, code: 'not_found', detail: `${at}the shop has no such phrase` });
    case 'forbidden': {
      const detail = `${at}phrases of the whole shop, and those of others, are kept by owners and leads (permission phrases)`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    case 'stale': {
      const { current } = refused;
      const detail = `${at}the phrase was changed meanwhile (revision ${current.revision}, ${current.changedBy}): look at \`phrase\`, then send it again on that one`;
      const phrase = phraseOnTheWire(current, shop, now);
      const problem = { status: 412, code: 'stale', detail, revision: current.revision, phrase } as const;
      return sendProblem(reply, problem, { etag: phraseTag(current) });
    }
    case 'taken': {
      const { holder } = refused;
      const detail = `${at}the code ${holder.code} belongs to “${holder.title}”: take another one, or change that phrase`;
      return sendProblem(reply, { status: 409, code: 'conflict', detail, phrase: phraseOnTheWire(holder, shop, now) });
    }
    case 'faulty':
      throw new InvalidRequest(
        refused.faults.map(({ kind: _, ...fault }) => ({
          ...fault,
          field: field === '' ? fault.field : `${field}.${fault.field}`,
        })),
      );
    case 'finding':
      return refuseFindings(reply, at, refused.findings, mayTakeAll(reply.request, shop.parameters.id));
    case 'full': {
      const detail = `${at}a shop has at most ${mostPhrases} phrases: delete some that nobody uses`;
      return sendProblem(reply, { status: 409, code: 'conflict', detail });
    }
  }
}

function refuseFindings(reply: FastifyReply, at: string, findings: readonly Finding[], mayAll: boolean): FastifyReply {
  const worst = findings.find(({ severity }) => severity !== 'hint') ?? findings[0]!;
  const isMine = mayAll || findings.every(({ severity }) => severity !== 'block');
  const way = isMine ? 'send `?override=true`, which is audited' : 'ask an owner or a lead, who may enable it';
  const detail = `${at}“${worst.words}”: ${worst.because}. Write e.g. ${worst.wording}; or keep it with \`enabled: false\`, or ${way}`;
  return sendProblem(reply, { status: 422, code: 'finding', detail, findings });
}
