/** The OpenAPI 3.1 document, made from the routes as described and the schemas that check them. Needs no server. */
import { writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { parameterDocs } from '../shop/parameter-docs.js';
import { postAskRoute } from './ask.js';
import { getAwayRoute, putAwayRoute } from './away.js';
import { getAllBotsRoute, getBotRoute, putAllBotsRoute, putBotRoute } from './bot.js';
import { getCalendarRoute, postCalendarRoute } from './calendar.js';
import { postCheckRoute } from './check.js';
import { connectRoute } from './connect-frames.js';
import { conversationRoute } from './conversations.js';
import { deskSocketRoute } from './desk-frames.js';
import { deskRoutes } from './desk-routes.js';
import { healthRoute, metricsRoute, readyRoute } from './health.js';
import { knowledgeRoute } from './knowledge-route.js';
import { loginRoutes } from './login.js';
import { messagesRoute } from './messages-route.js';
import { phraseRoutes } from './phrases-routes.js';
import { postPreviewRoute, previewRoute } from './preview.js';
import { getRepliesRoute, postReceiptRoute } from './replies-route.js';
import type { RouteAnswer, RouteDescription } from './route-description.js';
import { getSettingsFileRoute, postSettingsFileRoute } from './settings-file.js';
import { settingsRoutes } from './settings-routes.js';
import { shadowRoute } from './shadow.js';
import { stockRoutes } from './stock-routes.js';
import { deleteTokenRoute, getTokensRoute, postTokenRoute } from './tokens.js';
import { userRoutes } from './users.js';
import { webChatRoutes } from './webchat-routes.js';
import { answerSchemas, requestSchemas } from './wire-schemas.js';
import { getFactsRoute, getIntentsRoute, postHoldingPreviewRoute, postReplyPreviewRoute } from './wordings.js';

export const documentedRoutes: readonly RouteDescription[] = [
  messagesRoute,
  getRepliesRoute,
  postReceiptRoute,
  connectRoute,
  ...Object.values(webChatRoutes),
  conversationRoute,
  ...Object.values(deskRoutes),
  deskSocketRoute,
  postCheckRoute,
  getAwayRoute,
  putAwayRoute,
  previewRoute,
  postPreviewRoute,
  postAskRoute,
  getCalendarRoute,
  postCalendarRoute,
  getIntentsRoute,
  getFactsRoute,
  postReplyPreviewRoute,
  postHoldingPreviewRoute,
  getBotRoute,
  putBotRoute,
  shadowRoute,
  knowledgeRoute,
  ...Object.values(settingsRoutes),
  getSettingsFileRoute,
  postSettingsFileRoute,
  ...Object.values(stockRoutes),
  ...Object.values(phraseRoutes),
  getTokensRoute,
  postTokenRoute,
  deleteTokenRoute,
  ...Object.values(loginRoutes),
  ...Object.values(userRoutes),
  getAllBotsRoute,
  putAllBotsRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
];

type Json = Record<string, unknown>;

/** Of the interface, not of the program: it grows when the interface does. */
const interfaceVersion = '1.0.0';

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of documentedRoutes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zaima 在吗',
      version: interfaceVersion,
      description: "Answers a shop's buyers off duty and drafts for its agents on duty. Errors are problem+json (RFC 9457).",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'chat', description: 'Messages in, replies out' },
      { name: 'webchat', description: "Visitors of a shop's own site, called by webchat.js" },
      { name: 'desk', description: 'Agents and the conversations that they hold' },
      { name: 'shop', description: 'The shop and who may call' },
      { name: 'phrases', description: 'Quick phrases of agents' },
      { name: 'people', description: 'Users, their sessions, and who did what' },
      { name: 'process', description: 'For whoever runs it' },
    ],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'a token of the shop: `zaima token add --shop demo --scope connect`',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-zaima',
          description: 'of somebody who logged in; over plain http the cookie is named `zaima`',
        },
        visitor: {
          type: 'http',
          scheme: 'bearer',
          description: 'of one visitor of the web chat: `POST …/webchat/visitors` gives it',
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description: 'Standard Webhooks 1.0, together with `webhook-id` and `webhook-timestamp`',
        },
      },
      schemas: { ...components(requestSchemas, 'input'), ...components(answerSchemas, 'output') },
    },
  };
}

/** The document as it is served and as it lies in openapi.json. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** @throws when the file cannot be written. */
export function writeOpenApi(file: string): void {
  writeFileSync(file, openApiText());
}

function operation({ schema, docs }: RouteDescription): Json {
  const responses: Record<string, Json> = {};
  for (const [status, answer] of Object.entries(docs.answers)) responses[status] = answered(answer);
  for (const [status, { codes, when }] of Object.entries(docs.problems)) responses[status] = refused(Number(status), codes, when);
  return {
    operationId: docs.id,
    tags: [docs.tag],
    summary: docs.summary,
    description: docs.description,
    security: securityOf(docs.security),
    parameters: [
      ...parameters('path', schema.params),
      ...parameters('query', schema.querystring),
      ...(docs.security === 'signature' ? signatureHeaders : []),
      ...(docs.ifMatch === undefined ? [] : [ifMatchHeader(docs.ifMatch)]),
    ],
    ...(docs.body && {
      requestBody: {
        required: true,
        content: {
          [docs.body.contentType ?? 'application/json']: {
            schema: reference(docs.body.schema),
            examples: Object.fromEntries(Object.entries(docs.body.examples).map(([name, value]) => [name, { value }])),
          },
        },
      },
    }),
    responses,
  };
}

function securityOf(security: RouteDescription['docs']['security']): Json[] {
  if (security === 'none') return [];
  return security === 'bearer' ? [{ bearer: [] }, { session: [] }] : [{ [security]: [] }];
}

const signatureHeaders: readonly Json[] = [
  ['webhook-id', 'id of this call, without dots; new for each call', 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'],
  ['webhook-timestamp', 'seconds since 1970, at most five minutes off', '1762862400'],
  ['webhook-signature', '`v1,` and the base64 of the HMAC-SHA256; several, separated by spaces, while rotating', 'v1,g0hM9SsE…'],
].map(([name, description, example]) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
}));

function ifMatchHeader(is: 'required' | 'optional'): Json {
  const description = 'the revision it builds on, as `ETag` told it; `*`: whatever is in force';
  return { name: 'if-match', in: 'header', required: is === 'required', description, schema: { type: 'string' }, example: '"7"' };
}

/** What means the same wherever it stands. */
const usualParameters: Readonly<Record<string, string>> = {
  limit: 'at most so many; ask on for the rest',
  format: 'of the file, or of the answer',
  buyer: 'id of the buyer, as the chat client names him',
  conversation: 'id of the conversation, as the chat client names it',
  revision: 'number of the revision',
  id: 'as the list of them tells it',
};

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, examples, ...rest } = property as Json & { examples?: readonly unknown[] };
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...((description ?? usualParameters[name]) !== undefined && { description: description ?? usualParameters[name] }),
      schema: rest,
      ...(examples?.[0] !== undefined && { example: examples[0] }),
    };
  });
}

function answered({ description, schema, contentType, otherTypes = [], example }: RouteAnswer): Json {
  if (schema === undefined) {
    if (contentType === undefined) return { description };
    const types = [contentType, ...otherTypes];
    const content = Object.fromEntries(
      types.map((type) => [
        type,
        type === contentType && example !== undefined ? { schema: schemaOfType(type), example } : { schema: schemaOfType(type) },
      ]),
    );
    return { description, content };
  }
  const content = { schema: reference(schema), ...(example !== undefined && { example }) };
  return { description, content: { 'application/json': content } };
}

function schemaOfType(type: string): Json {
  return type === 'application/json' ? {} : { type: 'string' };
}

const headersOf: Readonly<Record<number, Json>> = {
  401: { 'WWW-Authenticate': { description: 'how to identify yourself', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } },
};

function refused(status: number, codes: readonly string[], when: string): Json {
  const code = codes[0] ?? '';
  const title = STATUS_CODES[status];
  const faults = code === 'invalid' ? [{ field: '[0].buyer.id', problem: 'is missing', mend: 'add it: text' }] : undefined;
  const example = { type: `urn:zaima:problem:${code}`, title, status, code, detail: when, ...(faults && { faults }) };
  return {
    description: `\`${codes.join('`, `')}\`: ${when}`,
    ...(headersOf[status] && { headers: headersOf[status] }),
    content: { 'application/problem+json': { schema: reference('Problem'), example } },
  };
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function components(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    // Answers may grow: a reader must not choke on a key that it does not know.
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // A screenful of pattern that says no more than the format does.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  }).schemas as Record<string, Json>;
  if (made.ShopSettings !== undefined) nameFields(made.ShopSettings, '');
  return Object.fromEntries(Object.entries(made).map(([id, { $schema, $id, ...rest }]) => [id, rest]));
}

/** The settings as forms name them (parameter-docs.ts): what a field is called, and what each of its words means. */
function nameFields(schema: Json, path: string): void {
  const doc = parameterDocs[path];
  if (doc !== undefined) {
    const choices = Object.entries(doc.choices ?? {}).map(([word, { en }]) => `\`${word}\`: ${en}`);
    schema.description ??= [doc.en, ...choices].join('; ');
    if (doc.example !== undefined) schema.examples ??= [doc.example];
  }
  const { properties = {}, items, additionalProperties } = schema as Readonly<Record<string, Record<string, Json> & Json>>;
  for (const [name, inner] of Object.entries(properties)) nameFields(inner, path === '' ? name : `${path}.${name}`);
  if (items !== undefined) nameFields(items, `${path}[]`);
  if (typeof additionalProperties === 'object') nameFields(additionalProperties, `${path}.*`);
}
