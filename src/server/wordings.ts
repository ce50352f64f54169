/** All that a shop can say, for its owner: intents and replies, the facts that texts may name, and a look at a text while it is written. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Fact } from '../composing/facts.js';
import { allowed } from '../flow/say.js';
import { parameterOf } from '../shop/condition-words.js';
import { type FactDoc, factDocs, possibleFacts } from '../shop/facts.js';
import { listingIntents, usedFact } from '../shop/intent-catalogue.js';
import { previewHolding, previewReply } from '../shop/reply-preview.js';
import { standingFacts, turnValues } from '../shop/reply-samples.js';
import type { Shop } from '../shop/shop.js';
import { inSlices } from '../shop/slices.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { unknownShop } from './problem.js';
import { bearerProblems, bodyProblems, type RouteDescription, routed, shopParams } from './route-description.js';
import { factsListed, holdingPreviewed, intentsListed, replyPreviewed } from './wording-examples.js';
import { type factsSchema, holdingPreviewRequestSchema, replyPreviewRequestSchema } from './wording-schemas.js';

const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;

export const getIntentsRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/intents',
  schema: { params: shopParams },
  docs: {
    id: 'getIntents',
    tag: 'shop',
    summary: 'All that the shop can say',
    description: [
      'Every intent with its switch and its replies: their words as they are said now, what they ask of the facts, and which are',
      'off and why. To say a reply otherwise, change the settings: `PATCH …/settings` with',
      '`{"replies":{"<intent>":{"<reply>":{"texts":["…"],"short":"…"}}}}`, or `{"off":true}`; `null` in its place takes it back.',
      'With `If-None-Match`: 304 as long as nothing has changed today.',
    ].join('\n'),
    security: 'bearer',
    answers: {
      200: { description: 'intents in the order of their files', schema: 'Intents', example: intentsListed },
      304: { description: 'as it was' },
    },
    problems: { ...bearerProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const getFactsRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/facts',
  schema: { params: shopParams },
  docs: {
    id: 'getFacts',
    tag: 'shop',
    summary: 'What texts may name',
    description:
      'All facts of replies: what each is, the parameter it rests on, a sample, and its value now where the shop alone gives it.',
    security: 'bearer',
    answers: { 200: { description: 'the facts', schema: 'Facts', example: factsListed } },
    problems: { ...bearerProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const postReplyPreviewRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/replies/preview',
  schema: { params: shopParams, body: replyPreviewRequestSchema },
  docs: {
    id: 'postReplyPreview',
    tag: 'shop',
    summary: 'How would this reply read?',
    description:
      'Wordings of a reply as they are being written: filled in at their shortest and longest, beside other answers, with faults and findings. Nothing is kept.',
    security: 'bearer',
    body: {
      schema: 'ReplyPreviewRequest',
      examples: { text: { intent: 'stock', reply: 'in_stock', texts: ['亲，{{ item_title }}有货的，您放心拍～'] } },
    },
    answers: { 200: { description: 'how it reads', schema: 'ReplyPreview', example: replyPreviewed } },
    problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const postHoldingPreviewRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/holding/preview',
  schema: { params: shopParams, body: holdingPreviewRequestSchema },
  docs: {
    id: 'postHoldingPreview',
    tag: 'shop',
    summary: 'How would these holding words read?',
    description:
      'Words for when a person must answer, as they are being written: filled in at their shortest and longest, with faults and findings. Nothing is kept; to say them, set `holding` in the settings.',
    security: 'bearer',
    body: {
      schema: 'HoldingPreviewRequest',
      examples: { general: { texts: ['您问的{{ matter }}我记下啦，客服{{ opening }}上班后回复您～'] } },
    },
    answers: { 200: { description: 'how they read', schema: 'HoldingPreview', example: holdingPreviewed } },
    problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

const made = new WeakMap<Shop, { readonly day: string; readonly body: Promise<object> }>();

export function openWordings(app: FastifyInstance, deps: ServerDeps): void {
  const { knowledge, now } = deps;
  const onRequest = bearer(deps, 'read');

  /** The shop is a frozen value, and what it says changes with the day. */
  function catalogue(shop: Shop, day: string): Promise<object> {
    const before = made.get(shop);
    if (before?.day === day) return before.body;
    const body = listed(shop);
    made.set(shop, { day, body });
    // What failed is not kept.
    body.catch(() => made.delete(shop));
    return body;
  }

  async function listed(shop: Shop): Promise<object> {
    const intents = await inSlices(listingIntents(shop, now()));
    const { bot } = shop.parameters;
    const { holding, busy } = knowledge.words();
    return {
      knowledge: shop.revision,
      ...(shop.settings !== undefined && { settings: shop.settings }),
      limits: { reply: bot.replyCharacters, draft: bot.draftCharacters },
      holding: { withTime: holding.withTime, withoutTime: holding.withoutTime, busy },
      intents: intents.map((intent) => ({ ...intent, allowed: allowed(shop, intent.id) })),
    };
  }

  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(getIntentsRoute),
    onRequest,
    async handler({ params, headers }, reply): Promise<object | FastifyReply> {
      const shop = knowledge.shop(params.shop);
      if (shop === undefined) return unknownShop(reply);
      const day = shop.today(now());
      const tag = `"${shop.revision}-${shop.settings ?? 0}-${day}"`;
      reply.header('etag', tag);
      return headers['if-none-match'] === tag ? reply.code(304).send() : catalogue(shop, day);
    },
  });

  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(getFactsRoute),
    onRequest,
    async handler({ params }, reply): Promise<z.output<typeof factsSchema> | FastifyReply> {
      const shop = knowledge.shop(params.shop);
      return shop === undefined ? unknownShop(reply) : { facts: factsOf(shop, now()) };
    },
  });

  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof replyPreviewRequestSchema> }>({
    ...routed(postReplyPreviewRoute),
    onRequest,
    async handler({ params, body }, reply): Promise<object | FastifyReply> {
      const shop = knowledge.shop(params.shop);
      if (shop === undefined) return unknownShop(reply);
      const intent = shop.intents.get(body.intent);
      const file = shop.own.find((one) => one.intent.id === body.intent)?.settings?.base ?? intent;
      // What is switched off may be looked at as well.
      const known = [...(intent?.replies ?? []), ...(file?.replies ?? [])].find((one) => one.id === body.reply);
      if (intent === undefined || known === undefined) {
        const field = intent === undefined ? 'intent' : 'reply';
        throw new InvalidRequest([{ field, problem: `is no ${field} of the shop`, mend: 'name one of GET …/intents' }]);
      }
      const written = { ...known, texts: body.texts ?? known.texts, short: body.short ?? known.short };
      return { limit: shop.parameters.bot.replyCharacters, ...previewReply(shop, intent, written, now()) };
    },
  });

  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof holdingPreviewRequestSchema> }>({
    ...routed(postHoldingPreviewRoute),
    onRequest,
    async handler({ params, body }, reply): Promise<object | FastifyReply> {
      const shop = knowledge.shop(params.shop);
      if (shop === undefined) return unknownShop(reply);
      const intent = body.intent === undefined ? undefined : shop.intents.get(body.intent);
      if (body.intent !== undefined && intent === undefined)
        throw new InvalidRequest([{ field: 'intent', problem: 'is no intent of the shop', mend: 'name one of GET …/intents' }]);
      return { limit: shop.parameters.bot.replyCharacters, texts: previewHolding(shop, intent, body.texts, now()) };
    },
  });
}

function factsOf(shop: Shop, now: number): z.output<typeof factsSchema>['facts'] {
  const { parameters } = shop;
  const possible = possibleFacts(parameters);
  const standing = standingFacts(parameters, now);
  const names = Object.keys(factDocs).filter((name) => name !== 'extra_*');
  return [...names, ...Object.keys(parameters.extra).map((name) => `extra_${name}`)].map((name) => {
    const doc = (factDocs as Readonly<Record<string, FactDoc>>)[name];
    const parameter = parameterOf(name);
    const standingNow = parameter.startsWith('message.') || doc?.values !== undefined ? undefined : factOrNone(standing[name]);
    const sample = standingNow ?? factOrNone(turnValues(name, parameters).at(-1));
    return {
      ...usedFact(name, possible),
      ...(doc?.values !== undefined && { values: [...doc.values] }),
      ...(sample !== undefined && { sample }),
      ...(standingNow !== undefined && { value: standingNow }),
    };
  });
}

function factOrNone(value: Fact | undefined): Fact | undefined {
  return value === '' ? undefined : value;
}
