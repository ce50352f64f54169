/** Quick phrases over HTTP, changed: one by one on the revision that its author saw, many at once, in another order. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { worksIn } from '../access/scopes.js';
import type { FieldFault } from '../connectors/connector.js';
import { codedFault } from '../fault-words.js';
import { assessAhead } from '../phrases/assess.js';
import type { Applied, PhraseChange, PhraseOperation } from '../phrases/change.js';
import { titleOf } from '../phrases/import.js';
import type { Changed } from '../phrases/phrase-book.js';
import type { PhraseWords } from '../storage/phrases.js';
import { actorOf, bearer, callerOf } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { baseMissing, baseOf } from './if-match.js';
import { mustBeSound, type SentWords, sentIn, textOf, whoseSchema } from './phrases-faults.js';
import { phraseRoutes as routes } from './phrases-routes.js';
import type { phraseBulkSchema, phraseChangeSchema, phraseOrderSchema, phraseRequestSchema } from './phrases-schemas.js';
import { authorOf, keepsAll, noPhrase, phraseOnTheWire, phraseShop, phraseTag, refuse } from './phrases-wire.js';
import { unknownShop } from './problem.js';
import { routed, type shopParams } from './route-description.js';

type Params = z.output<typeof shopParams>;
type Request = z.output<typeof phraseRequestSchema>;
type Change = z.output<typeof phraseChangeSchema>;

const bodyLimit = 2_097_152;
/** What a revision is of. */
const what = 'the phrase';

export function openPhraseChanges(app: FastifyInstance, deps: ServerDeps): void {
  const { phrases, now } = deps;
  const onRequest = bearer(deps, 'phrases', 'desk');

  /** Undefined: the reply has been sent. */
  async function done(
    request: FastifyRequest,
    reply: FastifyReply,
    changed: Changed | undefined,
    fieldOf: (at: number) => string = () => '',
  ): Promise<Applied | undefined> {
    const { shop } = request.params as Params;
    if (changed === undefined) {
      unknownShop(reply);
      return undefined;
    }
    const { outcome } = changed;
    if ('refused' in outcome) {
      refuse(reply, outcome.refused, phraseShop(deps, shop), now(), fieldOf(outcome.refused.at));
      return undefined;
    }
    await auditOverrides(deps, request, outcome.done.overridden);
    return outcome.done;
  }

  app.route<{ Params: Params; Querystring: z.output<typeof routes.create.schema.querystring>; Body: Request }>({
    ...routed(routes.create),
    onRequest,
    bodyLimit,
    attachValidation: true,
    async handler(request, reply) {
      const { shop } = request.params;
      const sent = [{ words: request.body, at: '' }];
      mustBeSound(request, sent, phraseShop(deps, shop), now(), await ownerFaults(request, shop, sent));
      const { words, position } = await wordsOf(request, shop, request.body, '');
      const operation: PhraseOperation = { op: 'create', id: randomUUID(), words, ...position };
      const author = authorOf(request, shop, request.query.override === true);
      if ((await done(request, reply, await phrases.apply(shop, [operation], author))) === undefined) return reply;
      return told(reply.code(201), shop, operation.id);
    },
  });
  app.route<{
    Params: z.output<typeof routes.change.schema.params>;
    Querystring: z.output<typeof routes.change.schema.querystring>;
    Body: Change;
  }>({
    ...routed(routes.change),
    onRequest,
    bodyLimit,
    attachValidation: true,
    async handler(request, reply) {
      const { shop, id } = request.params;
      const sent = [{ words: request.body, at: '' }];
      mustBeSound(request, sent, phraseShop(deps, shop), now(), await ownerFaults(request, shop, sent));
      const base = baseOf(request, what);
      if (base === undefined) return baseMissing(reply, what);
      const operation: PhraseOperation = { op: 'update', id, base, change: await changeOf(request, shop, request.body, '') };
      const author = authorOf(request, shop, request.query.override === true);
      if ((await done(request, reply, await phrases.apply(shop, [operation], author))) === undefined) return reply;
      return told(reply, shop, id);
    },
  });
  app.route<{ Params: z.output<typeof routes.remove.schema.params> }>({
    ...routed(routes.remove),
    onRequest,
    async handler(request, reply) {
      const { shop, id } = request.params;
      const base = baseOf(request, what);
      if (base === undefined) return baseMissing(reply, what);
      const changed = await phrases.apply(shop, [{ op: 'delete', id, base }], authorOf(request, shop, false));
      return (await done(request, reply, changed)) === undefined ? reply : reply.code(204).send();
    },
  });
  app.route<{
    Params: Params;
    Querystring: z.output<typeof routes.bulk.schema.querystring>;
    Body: z.output<typeof phraseBulkSchema>;
  }>({
    ...routed(routes.bulk),
    onRequest,
    bodyLimit,
    attachValidation: true,
    async handler(request, reply) {
      const { shop } = request.params;
      const sent = sentIn(request.body);
      await assessAhead(sent.flatMap(textOf), phraseShop(deps, shop), now());
      mustBeSound(request, sent, phraseShop(deps, shop), now(), await ownerFaults(request, shop, sent));
      const operations: PhraseOperation[] = [];
      for (const [at, one] of request.body.operations.entries()) {
        if (one.op === 'create') {
          const { words, position } = await wordsOf(request, shop, one.phrase, `operations[${at}].phrase.`);
          operations.push({ op: 'create', id: randomUUID(), words, ...position });
          continue;
        }
        const on = { id: one.id, base: one.revision === '*' ? 'any' : one.revision } as const;
        if (one.op === 'delete') operations.push({ op: 'delete', ...on });
        else
          operations.push({
            op: 'update',
            ...on,
            change: await changeOf(request, shop, one.change, `operations[${at}].change.`),
          });
      }
      const author = authorOf(request, shop, request.query.override === true);
      const changed = await phrases.apply(shop, operations, author);
      const part = (at: number) =>
        operations[at]?.op === 'create' ? '.phrase' : operations[at]?.op === 'update' ? '.change' : '';
      const applied = await done(request, reply, changed, (at) => `operations[${at}]${part(at)}`);
      if (applied === undefined) return reply;
      const judged = phraseShop(deps, shop);
      const kept = await Promise.all([...new Set(applied.ids)].map((id) => phrases.phrase(shop, id)));
      const left = kept.filter((one) => one !== undefined);
      return { revision: changed!.revision, phrases: left.map((one) => phraseOnTheWire(one, judged, now())) };
    },
  });
  app.route<{ Params: Params; Body: z.output<typeof phraseOrderSchema> }>({
    ...routed(routes.reorder),
    onRequest,
    bodyLimit,
    async handler(request, reply) {
      const { shop } = request.params;
      const changed = await phrases.reorder(shop, request.body.ids, authorOf(request, shop, false));
      const applied = await done(request, reply, changed, (at) => `ids[${at}]`);
      return applied === undefined ? reply : { revision: changed!.revision };
    },
  });

  async function told(reply: FastifyReply, shop: string, id: string) {
    const phrase = await phrases.phrase(shop, id);
    // Somebody deleted it in the same moment.
    if (phrase === undefined) return noPhrase(reply);
    reply.header('etag', phraseTag(phrase)).header('location', `/v1/shops/${shop}/phrases/${id}`);
    return phraseOnTheWire(phrase, phraseShop(deps, shop), now());
  }

  async function wordsOf(
    request: FastifyRequest,
    shop: string,
    sent: Request,
    at: string,
  ): Promise<{ readonly words: PhraseWords; readonly position: { readonly position?: number } }> {
    const { code, title, text, group, enabled, validFrom, validTo, position } = sent;
    const scope = sent.scope ?? (sent.agent !== undefined ? 'agent' : keepsAll(request, shop) ? 'shop' : 'agent');
    const agent = await ownerOf(request, shop, { ...sent, scope }, at);
    return {
      words: {
        code,
        title: title ?? titleOf(text),
        text,
        group,
        enabled,
        ...(agent !== undefined && { agent }),
        ...(validFrom !== undefined && { validFrom: Date.parse(validFrom) }),
        ...(validTo !== undefined && { validTo: Date.parse(validTo) }),
      },
      position: position === undefined ? {} : { position },
    };
  }

  /** What is wrong with whose they are to be. */
  async function ownerFaults(request: FastifyRequest, shop: string, sent: readonly SentWords[]): Promise<readonly FieldFault[]> {
    const faults: FieldFault[] = [];
    for (const { words, at } of sent) {
      const { success, data } = whoseSchema.safeParse(words);
      // Of another kind: the schema tells of it.
      if (!success || (data.scope === undefined && data.agent === undefined)) continue;
      try {
        await ownerOf(request, shop, data, at);
      } catch (error) {
        if (!(error instanceof InvalidRequest)) throw error;
        faults.push(...error.faults);
      }
    }
    return faults;
  }

  async function changeOf(request: FastifyRequest, shop: string, sent: Change, at: string): Promise<PhraseChange> {
    const { scope: _, agent: __, validFrom, validTo, ...rest } = sent;
    const isMoved = sent.scope !== undefined || sent.agent !== undefined;
    const agent = isMoved ? await ownerOf(request, shop, sent, at) : undefined;
    return {
      ...given(rest),
      ...(isMoved && { agent: agent ?? null }),
      ...(validFrom !== undefined && { validFrom: validFrom === null ? null : Date.parse(validFrom) }),
      ...(validTo !== undefined && { validTo: validTo === null ? null : Date.parse(validTo) }),
    };
  }

  /** Whose own it is to be; undefined: the shop's. @throws InvalidRequest */
  async function ownerOf(
    request: FastifyRequest,
    shop: string,
    { scope, agent }: Pick<Change, 'scope' | 'agent'>,
    at: string,
  ): Promise<string | undefined> {
    if (scope === 'shop') {
      if (agent === undefined) return undefined;
      throw new InvalidRequest([{ field: `${at}agent`, ...codedFault('phrase_of_shop') }]);
    }
    const caller = callerOf(request);
    if (agent === undefined) {
      if (caller?.kind === 'user') return caller.user.id;
      throw new InvalidRequest([{ field: `${at}agent`, ...codedFault('missing', {}, 'phrase_agent') }]);
    }
    await mustWorkHere(deps, shop, agent, `${at}agent`);
    return agent;
  }
}

/** Without what was not sent. */
function given<T extends object>(sent: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as never;
}

/** @throws InvalidRequest */
export async function mustWorkHere(deps: Pick<ServerDeps, 'people'>, shop: string, agent: string, field: string): Promise<void> {
  const user = await deps.people.user(agent);
  if (user !== undefined && worksIn(user, shop)) return;
  throw new InvalidRequest([{ field, ...codedFault('nobody_here') }]);
}

/** Who let findings pass, and which. */
export async function auditOverrides(
  deps: Pick<ServerDeps, 'storage' | 'now'>,
  request: FastifyRequest,
  overridden: Applied['overridden'],
): Promise<void> {
  const { shop } = request.params as Params;
  for (const { id, findings } of overridden) {
    const grave = findings.filter(({ severity }) => severity !== 'hint');
    await deps.storage.audit({
      shop,
      at: deps.now(),
      by: actorOf(request),
      action: 'finding_overridden',
      subject: id,
      details: { rules: [...new Set(grave.map(({ rule }) => rule))].join(' '), where: 'phrase' },
    });
  }
}
