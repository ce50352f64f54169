/** The HTTP server without a port: all routes, what is common to them, and nothing that starts by itself. */
import type { Socket } from 'node:net';
import cookies from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { openAsk } from './server/ask.js';
import { openAway } from './server/away.js';
import { openBot } from './server/bot.js';
import { openBuyers } from './server/buyers.js';
import { openCalendar } from './server/calendar.js';
import { openCheck } from './server/check.js';
import { openConnect } from './server/connect.js';
import { openConversations } from './server/conversations.js';
import type { ServerDeps } from './server/deps.js';
import { openDesk } from './server/desk.js';
import { openDeskActions } from './server/desk-actions.js';
import { openDeskAgents } from './server/desk-agents.js';
import { openDeskHub } from './server/desk-hub.js';
import { openDeskLook } from './server/desk-look.js';
import { openDeskSocket } from './server/desk-socket.js';
import { openDocs } from './server/docs.js';
import { errorsToProblems, frameworkError } from './server/errors-to-problems.js';
import { openHealth } from './server/health.js';
import { jsonParser } from './server/json-body.js';
import { openKnowledge } from './server/knowledge-route.js';
import { openLogin } from './server/login.js';
import { openMessages } from './server/messages.js';
import { openPages } from './server/pages.js';
import { openPhrases } from './server/phrases.js';
import { openPreview } from './server/preview.js';
import { problemBody } from './server/problem.js';
import { openReplies } from './server/replies.js';
import { openSettings } from './server/settings.js';
import { openShadow } from './server/shadow.js';
import { openSockets } from './server/socket.js';
import { requestsThatUpgrade } from './server/socket-upgrade.js';
import { openStock } from './server/stock.js';
import { openTakeMessages } from './server/take-messages.js';
import { openTokens } from './server/tokens.js';
import { openUsers } from './server/users.js';
import { validatorFor } from './server/validate.js';
import { openWebChat } from './server/webchat.js';
import { openWebChatScript } from './server/webchat-script.js';
import { openChatStanding } from './server/webchat-standing.js';
import { openWordings } from './server/wordings.js';

export { openApiDocument, openApiText, writeOpenApi } from './server/openapi.js';

/** Of JSON bodies; the webhook has its own limit. */
const bodyBytes = 65_536;
/** A whole request must be in by then; long polls wait after it. */
const requestTimeoutMs = 30_000;
/** 128 characters of four bytes, percent-encoded. */
const mostParameterCharacters = 1536;

export function buildServer(deps: ServerDeps): FastifyInstance {
  const log: FastifyBaseLogger = deps.log;
  const socketPaths = new Set<string>();
  const app = Fastify({
    loggerInstance: log,
    http: { IncomingMessage: requestsThatUpgrade(socketPaths) },
    // A logger of its own for each request costs more than it tells.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: [...deps.config.web.trustedProxies],
    bodyLimit: bodyBytes,
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: mostParameterCharacters },
    frameworkErrors: frameworkError,
    clientErrorHandler: unreadable,
    // Named here, Fastify does not load its own (ajv, fast-json-stringify): 25 ms less to start.
    schemaController: {
      compilersFactory: { buildValidator: () => validatorFor as never, buildSerializer: () => () => JSON.stringify },
    },
  });
  app.register(cookies);
  app.removeContentTypeParser(['text/plain', 'application/json']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, jsonParser(app));
  errorsToProblems(app);
  app.addHook('onRequest', (_request, reply, done) => {
    // What helmet says to browsers that matters where nothing is shown; all of helmet costs a third of the throughput and
    // is kept for /docs.
    reply.headers(apiHeaders);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = reply.elapsedTime;
    // A long poll that waits is not slow, nor is a stream.
    const waited = (request.query as { wait?: unknown } | undefined)?.wait;
    const isStream = request.routeOptions.config.isStream === true;
    if (!isStream && (typeof waited !== 'number' || waited === 0)) {
      deps.metrics.request(route, request.method, reply.statusCode, milliseconds / 1000);
    }
    if (deps.log.isLevelEnabled('debug')) {
      deps.log.debug({ route, method: request.method, status: reply.statusCode, milliseconds }, 'request');
    }
    done();
  });
  const sockets = openSockets(app, deps, socketPaths);
  const taking = openTakeMessages(deps);
  openMessages(app, deps, taking);
  openReplies(app, deps);
  openConnect(deps, sockets, taking);
  openWebChatScript(app, deps);
  const look = openDeskLook(deps);
  const actions = openDeskActions(deps, look);
  openConversations(app, deps, look);
  const hub = openDeskHub(deps, look);
  app.addHook('onClose', async () => hub.close());
  openWebChat(app, deps, taking, openChatStanding(deps, hub));
  const agents = openDeskAgents(deps, hub);
  openDesk(app, deps, { look, actions, agents, seen: (shop, id, position, who) => hub.seen(shop, id, position, who.agent) });
  openDeskSocket(deps, sockets, hub, actions, agents);
  openBuyers(app, deps);
  openCheck(app, deps);
  openAway(app, deps);
  openPreview(app, deps);
  openAsk(app, deps);
  openCalendar(app, deps);
  openWordings(app, deps);
  openBot(app, deps);
  openShadow(app, deps);
  openKnowledge(app, deps);
  openSettings(app, deps);
  openStock(app, deps);
  openPhrases(app, deps);
  openTokens(app, deps);
  openLogin(app, deps);
  openUsers(app, deps);
  openHealth(app, deps);
  openDocs(app);
  openPages(app, deps);
  return app;
}

const apiHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** What is not even HTTP. */
function unreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = problemBody({ status, code: 'bad_request', detail: 'the request cannot be read' });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
