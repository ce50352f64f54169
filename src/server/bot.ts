/** The kill switch of the bot: in force when the call is answered, over whatever the shop's file says, towards caution only. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { lowestMode } from '../policy/bot-mode.js';
import { type BotSwitch, everyShop } from '../storage/storage.js';
import { actorOf, bearer, callerName, controlOnly } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { bearerProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';
import { botRequestSchema, type botSchema, type botSwitchSchema } from './wire-schemas.js';

const turned = { mode: 'off', since: '2026-11-11T12:00:00.000Z', by: 'token 千牛插件 (店长)' } as const;
const example = { mode: 'off', file: 'auto', switch: turned, history: [turned] };
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;
const shopUrl = '/v1/shops/:shop/bot';
const allUrl = '/v1/bot';
const body = {
  schema: 'BotRequest',
  examples: { stop: { mode: 'off', by: '店长' }, back: { mode: 'auto', by: '店长' } },
} as const;
const bodyProblems = {
  400: { codes: ['not_json'], when: 'the body is not JSON' },
  415: { codes: ['media_type'], when: 'the body is not application/json' },
  422: invalidProblem,
} as const;
const description =
  'A switch can only lower what the file allows; `auto` is as the file says. In force when the call is answered, and after a restart. Replies made before it was thrown that have not gone out are dropped: they leave neither by callback nor by feed, nor when the switch is back.';
const control =
  "Takes the process's own control token (`data/control.json`), by which the command line speaks: no token of one shop opens it.";

export const getBotRoute = {
  method: 'GET',
  url: shopUrl,
  schema: { params: shopParams },
  docs: {
    id: 'getBot',
    tag: 'shop',
    summary: 'May the bot speak now?',
    description: 'The mode in force, what it rests on, and who turned the switch when.',
    security: 'bearer',
    answers: { 200: { description: 'the mode and its switches', schema: 'Bot', example } },
    problems: { ...bearerProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const putBotRoute = {
  method: 'PUT',
  url: shopUrl,
  schema: { params: shopParams, body: botRequestSchema },
  docs: {
    id: 'putBot',
    tag: 'shop',
    summary: 'Switch the bot off, to shadow, or back',
    description,
    security: 'bearer',
    body,
    answers: { 200: { description: 'how it is now', schema: 'Bot', example } },
    problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

const { switch: _, ...ofAll } = example;

export const getAllBotsRoute = {
  method: 'GET',
  url: allUrl,
  schema: {},
  docs: {
    id: 'getAllBots',
    tag: 'process',
    summary: 'May the bots of all shops speak now?',
    description: `The switch that stands over every shop. ${control}`,
    security: 'bearer',
    answers: {
      200: { description: 'the switch of all shops', schema: 'Bots', example: { mode: ofAll.mode, history: [turned] } },
    },
    problems: bearerProblems,
  },
} as const satisfies RouteDescription;

export const putAllBotsRoute = {
  method: 'PUT',
  url: allUrl,
  schema: { body: botRequestSchema },
  docs: {
    id: 'putAllBots',
    tag: 'process',
    summary: 'Switch the bots of all shops',
    description: `${description} ${control}`,
    security: 'bearer',
    body,
    answers: { 200: { description: 'how it is now', schema: 'Bots', example: { mode: ofAll.mode, history: [turned] } } },
    problems: { ...bearerProblems, ...bodyProblems },
  },
} as const satisfies RouteDescription;

type Turn = z.output<typeof botRequestSchema>;

/** So many turns of a switch are shown; all are kept. */
const mostShown = 20;

export function openBot(app: FastifyInstance, deps: ServerDeps): void {
  const { flow, storage, now } = deps;

  async function ofShop(shop: string): Promise<z.output<typeof botSchema>> {
    const file = flow.shop(shop)?.parameters.bot.mode ?? 'off';
    const [own, all] = [flow.bots.latest(shop), flow.bots.latest(everyShop)];
    return {
      mode: lowestMode(file, own?.mode, all?.mode),
      file,
      ...(own !== undefined && { switch: onTheWire(own) }),
      ...(all !== undefined && { all: onTheWire(all) }),
      history: (await storage.botSwitches(shop, mostShown)).map(onTheWire),
    };
  }

  async function ofEvery() {
    const history = (await storage.botSwitches(everyShop, mostShown)).map(onTheWire);
    return { mode: flow.bots.latest(everyShop)?.mode ?? 'auto', history };
  }

  const admin = bearer(deps, 'admin');
  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(getBotRoute),
    onRequest: bearer(deps, 'read'),
    handler: (request) => ofShop(request.params.shop),
  });
  app.route<{ Params: z.output<typeof shopParams>; Body: Turn }>({
    ...routed(putBotRoute),
    onRequest: admin,
    async handler(request) {
      const { mode, by } = request.body;
      const { shop } = request.params;
      const who = callerName(request, by);
      await flow.bots.turn(shop, { mode, at: now(), by: who });
      await storage.audit({ shop, at: now(), by: actorOf(request), action: 'bot_switched', details: { mode, by: who } });
      return ofShop(request.params.shop);
    },
  });
  const control = controlOnly(deps);
  app.route({
    ...routed(getAllBotsRoute),
    onRequest: control,
    handler: ofEvery,
  });
  app.route<{ Body: Turn }>({
    ...routed(putAllBotsRoute),
    onRequest: control,
    async handler(request) {
      const { mode, by } = request.body;
      const who = callerName(request, by);
      await flow.bots.turn(everyShop, { mode, at: now(), by: who });
      const details = { mode, by: who };
      await storage.audit({ shop: everyShop, at: now(), by: actorOf(request), action: 'bot_switched', details });
      return ofEvery();
    },
  });
}

function onTheWire({ mode, at, by }: BotSwitch): z.output<typeof botSwitchSchema> {
  return { mode, since: new Date(at).toISOString(), by };
}
