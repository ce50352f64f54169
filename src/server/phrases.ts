/** Quick phrases over HTTP, read: the set and what changed of it, search, what a text may name and what it comes to. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { assess } from '../phrases/assess.js';
import { phraseVariables } from '../phrases/variables.js';
import { judgeText, longestText } from '../phrases/words.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { openPhraseChanges } from './phrases-change.js';
import { mustKnowValues } from './phrases-faults.js';
import { openPhraseFiles } from './phrases-files.js';
import { phraseRoutes as routes } from './phrases-routes.js';
import type { phrasePreviewRequestSchema, phraseSetSchema, phraseUseRequestSchema } from './phrases-schemas.js';
import {
  filledOnTheWire,
  isKnownTag,
  isVisible,
  keepsAll,
  noPhrase,
  phraseOnTheWire,
  phraseShop,
  phraseTag,
  setTag,
  viewerOf,
} from './phrases-wire.js';
import { routed, type shopParams } from './route-description.js';

type Params = z.output<typeof shopParams>;
type PhraseParams = z.output<typeof routes.one.schema.params>;

export function openPhrases(app: FastifyInstance, deps: ServerDeps): void {
  openReading(app, deps);
  openUsing(app, deps);
  openPhraseChanges(app, deps);
  app.register(async (scope) => openPhraseFiles(scope, deps));
}

function openReading(app: FastifyInstance, deps: ServerDeps): void {
  const { phrases, now } = deps;
  const onRequest = bearer(deps, 'read', 'connect', 'desk', 'phrases');
  app.route<{ Params: Params; Querystring: z.output<typeof routes.list.schema.querystring> }>({
    ...routed(routes.list),
    onRequest,
    async handler(request, reply) {
      const { shop: id } = request.params;
      const { since = 0, agent } = request.query;
      const viewer = viewerOf(request, reply, id, agent);
      if (viewer === undefined) return reply;
      const shop = phraseShop(deps, id);
      const { revision, whole, phrases: all, gone } = await phrases.changes(id, since);
      const tag = setTag(revision, shop, viewer);
      reply.header('etag', tag);
      if (isKnownTag(request, tag)) return reply.code(304).send();
      const at = now();
      const isHidden = (phrase: { readonly agent?: string }) => !isVisible(phrase, viewer);
      // What was handed to another agent is gone for this one.
      const hidden = whole ? [] : all.filter(isHidden).map((one) => ({ id: one.id, revision: one.revision }));
      const body: z.output<typeof phraseSetSchema> = {
        revision,
        whole,
        phrases: all.filter((one) => isVisible(one, viewer)).map((one) => phraseOnTheWire(one, shop, at)),
        gone: [...gone, ...hidden],
      };
      return body;
    },
  });
  app.route<{ Params: Params; Querystring: z.output<typeof routes.search.schema.querystring> }>({
    ...routed(routes.search),
    onRequest,
    async handler(request, reply) {
      const { shop: id } = request.params;
      const { q, limit, all = false, agent } = request.query;
      const viewer = viewerOf(request, reply, id, agent);
      if (viewer === undefined) return reply;
      const at = now();
      const shop = phraseShop(deps, id);
      const found = await phrases.search(id, q, limit, (one) => isVisible(one, viewer), all ? undefined : at);
      return { found: found.map(({ phrase, matches }) => ({ phrase: phraseOnTheWire(phrase, shop, at), matches })) };
    },
  });
  app.route<{ Params: Params }>({
    ...routed(routes.variables),
    onRequest,
    async handler({ params }) {
      const shop = phraseShop(deps, params.shop);
      return { variables: phraseVariables(shop.parameters, now()), longest: longestText(shop) };
    },
  });
  app.route<{ Params: Params; Body: z.output<typeof phrasePreviewRequestSchema> }>({
    ...routed(routes.preview),
    onRequest,
    async handler({ params, body }) {
      const shop = phraseShop(deps, params.shop);
      mustKnowValues(body.values, shop);
      const { faults } = judgeText(body.text.trim(), shop, now());
      // What is too long is shown too: the page counts as one types.
      const unreadable = faults.filter(({ kind }) => kind !== 'too_long');
      if (unreadable.length > 0) throw new InvalidRequest(unreadable.map(({ kind: _, ...fault }) => fault));
      const assessed = assess(body.text.trim(), shop, now(), body.values ?? {});
      if (!('verdict' in assessed)) throw new InvalidRequest(assessed.map((fault) => ({ field: 'text', ...fault })));
      return filledOnTheWire(assessed);
    },
  });
  app.route<{ Params: PhraseParams }>({
    ...routed(routes.one),
    onRequest,
    async handler(request, reply) {
      const { shop: id } = request.params;
      const viewer = keepsAll(request, id) ? '*' : viewerOf(request, reply, id, undefined);
      const found = await phrases.phrase(id, request.params.id);
      if (found === undefined || viewer === undefined || !isVisible(found, viewer)) return noPhrase(reply);
      reply.header('etag', phraseTag(found));
      if (isKnownTag(request, phraseTag(found))) return reply.code(304).send();
      return phraseOnTheWire(found, phraseShop(deps, id), now());
    },
  });
}

function openUsing(app: FastifyInstance, deps: ServerDeps): void {
  const { phrases, now } = deps;
  app.route<{ Params: PhraseParams; Body: z.output<typeof phraseUseRequestSchema> }>({
    ...routed(routes.used),
    onRequest: bearer(deps, 'connect', 'desk', 'phrases'),
    async handler(request, reply) {
      const { shop: id } = request.params;
      const viewer = keepsAll(request, id) ? '*' : viewerOf(request, reply, id, undefined);
      const before = await phrases.phrase(id, request.params.id);
      if (before === undefined || viewer === undefined || !isVisible(before, viewer)) return noPhrase(reply);
      mustKnowValues(request.body.values, phraseShop(deps, id));
      const used = await phrases.use(id, before.id);
      if (used === undefined) return noPhrase(reply);
      const assessed = assess(used.text, phraseShop(deps, id), now(), request.body.values ?? {});
      // A variable of the shop's own was taken out of its settings since.
      if (!('verdict' in assessed)) throw new InvalidRequest(assessed.map((fault) => ({ field: 'phrase.text', ...fault })));
      return { ...filledOnTheWire(assessed), uses: used.uses };
    },
  });
}
