/**
 * Websockets behind the same doors as HTTP.
 *
 *     const sockets = openSockets(app, deps, paths);       // once, in server.ts
 *     sockets.route({
 *       url: '/v1/desk',
 *       permissions: ['desk'],                             // of any shop: `open` looks which one
 *       frames: { hello: z.object({ type: z.literal('hello'), shop: z.string() }) },
 *       open(socket) {                                     // LiveSocket in socket-live.ts: send, offer, tell, join, close
 *         return {
 *           async frame(frame) {                           // typed by `frames`; one at a time, in order
 *             if (!isAllowed(socket.caller, frame.shop, ['desk'])) return socket.tell({ code: 'forbidden', … });
 *             if (!socket.join(frame.shop)) return socket.tell({ code: 'too_many', … });
 *             socket.send({ type: 'welcome' });
 *           },
 *           closed() {},
 *         };
 *       },
 *     });
 *
 * Who calls is known by `Authorization: Bearer`; by the entry `bearer.<token>` of Sec-WebSocket-Protocol, beside `zaima.v1`
 * (browsers cannot set headers, and addresses get into logs); or by the session's cookie, then only from our own pages.
 * Refusals before the upgrade are problem+json. Frames are text, JSON, at most `frameBytes`; an `error` frame
 * `{type, code, detail, faults?, inReplyTo?}` says what is wrong with one and the socket stays open; `ping` gets `pong`.
 * Closed with 1008 (ten bad frames in a row), 1009 (too large), 1012 (the server stops), 4001 (login over, token revoked),
 * 4008 (slow reader). Dead peers are told by pings; each ping looks again whether the caller may still be here.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Permission } from '../access/roles.js';
import { type Caller, callerFrom, mayAnywhere } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';
import type { RouteDescription } from './route-description.js';
import { isOwnOrigin } from './same-site.js';
import { closeCodes, type FrameSchemas, type LiveSocket, type OpenSocket, openLive, type SocketHandler } from './socket-live.js';

export const subprotocol = 'zaima.v1';
/** Of one frame from outside. */
export const frameBytes = 256 * 1024;

export interface SocketRoute<S extends FrameSchemas> {
  readonly url: string;
  /** The caller must have one of them, in whatever shop. */
  readonly permissions: readonly Permission[];
  /** Checked before the upgrade. */
  readonly schema?: Pick<RouteDescription['schema'], 'querystring'>;
  readonly frames: S;
  open(socket: LiveSocket): SocketHandler<S>;
}

export interface Sockets {
  /** Opens an address for websockets. To be called while the server is built. */
  route<S extends FrameSchemas>(route: SocketRoute<S>): void;
}

type SocketDeps = Pick<ServerDeps, 'access' | 'sessions' | 'config' | 'metrics' | 'log'>;

/** A socket, and how it came in. */
interface Held {
  readonly socket: OpenSocket;
  readonly ws: WebSocket;
  readonly url: string;
  readonly secret: string;
}

const stopMs = 2000;

/** @param paths the server's upgradable paths (socket-upgrade.ts): those of the routes are added. */
export function openSockets(app: FastifyInstance, deps: SocketDeps, paths: Set<string>): Sockets {
  const { access, sessions, config, metrics, log } = deps;
  const routes: SocketRoute<FrameSchemas>[] = [];
  const held = new Set<Held>();
  const ofCaller = tally(config.sockets.perCaller);
  const ofShop = tally(config.sockets.perShop);
  const admitted = new WeakMap<IncomingMessage, { readonly caller: Caller; readonly secret: string }>();
  let isStopping = false;
  let pinging: NodeJS.Timeout | undefined;

  async function door(request: FastifyRequest, reply: FastifyReply, permissions: readonly Permission[]) {
    if (request.headers.upgrade === undefined) return notAWebsocket(reply);
    if (isStopping) {
      const detail = 'the server is about to stop; come back in a moment';
      return sendProblem(reply, { status: 503, code: 'unavailable', detail }, { 'retry-after': '5' });
    }
    const offered = protocolsOf(request.headers['sec-websocket-protocol']);
    if (offered.length > 0 && !offered.includes(subprotocol)) {
      const mend = `name ${subprotocol}, beside bearer.<token> if you send one so`;
      const faults = [{ field: 'header sec-websocket-protocol', problem: `does not name ${subprotocol}`, mend }];
      return sendProblem(reply, { status: 400, code: 'bad_request', detail: 'no subprotocol that is spoken here', faults });
    }
    const presented = offered.find((one) => one.startsWith('bearer.'))?.slice('bearer.'.length);
    const { caller, secret, refusal } = await callerFrom(request, deps, presented);
    if (caller === undefined) {
      const headers = { 'www-authenticate': 'Bearer realm="zaima"' };
      return sendProblem(reply, { status: 401, code: 'unauthorized', detail: refusal }, headers);
    }
    if (caller.kind === 'user' && !isOwnOrigin(request, config)) {
      const detail = 'a page of another site may not speak in the name of whoever is logged in here';
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    if (!mayAnywhere(caller, permissions)) {
      const detail = `this takes ${[...new Set([...permissions, 'admin'])].join(' or ')}`;
      return sendProblem(reply, { status: 403, code: 'forbidden', detail });
    }
    if (ofCaller.isFull(keyOf(caller))) {
      const detail = `more than ${config.sockets.perCaller} open sockets of one caller`;
      return sendProblem(reply, { status: 429, code: 'too_many', detail }, { 'retry-after': '30' });
    }
    admitted.set(request.raw, { caller, secret });
    return undefined;
  }

  function opened(route: SocketRoute<FrameSchemas>, ws: WebSocket, request: FastifyRequest): void {
    const { caller, secret } = admitted.get(request.raw)!;
    const { url } = route;
    const shops = new Set<string>();
    const { socket, handle } = openLive(ws, {
      frames: route.frames,
      caller,
      join(shop) {
        if (shops.has(shop)) return true;
        if (!socket.isOpen || !ofShop.add(shop)) return false;
        shops.add(shop);
        return true;
      },
      count: (direction) => metrics.socketFrame(url, direction),
      failed: (error, frame) => log.error({ err: error, route: url, frame }, 'a frame failed'),
    });
    const one: Held = { socket, ws, url, secret };
    held.add(one);
    metrics.sockets(url, 1);
    // Many may have come in while each was looked up.
    const isCounted = ofCaller.add(keyOf(caller));
    ws.once('close', (code) => {
      held.delete(one);
      if (isCounted) ofCaller.remove(keyOf(caller));
      for (const shop of shops) ofShop.remove(shop);
      metrics.sockets(url, -1);
      metrics.socketClosed(url, code);
    });
    if (!isCounted || isStopping) {
      if (isStopping) socket.close(closeCodes.restart, 'the server stops');
      else socket.close(closeCodes.policy, 'too many sockets of one caller');
      return;
    }
    handle(route.open(socket));
    // The login may have ended since the door.
    void look(one);
    pinging ??= setInterval(ping, config.sockets.pingSeconds * 1000).unref();
  }

  function ping(): void {
    for (const one of held) {
      if (!one.socket.wasHeard()) one.ws.terminate();
      else if (one.socket.isOpen) {
        one.ws.ping();
        void look(one);
      }
    }
  }

  /** Whether the caller may still be here; a store that cannot tell just now closes nobody's socket. */
  async function look({ socket, secret, url }: Held): Promise<void> {
    try {
      const known = await (socket.caller.kind === 'token' ? access.check(secret) : sessions.check(secret));
      if (known === undefined) socket.close(closeCodes.ended, 'over');
    } catch (error) {
      log.warn({ err: error, route: url }, 'whether a socket may stay open could not be looked up');
    }
  }

  const forgetSessions = sessions.onEnd((user, session) => {
    for (const { socket } of held) {
      const { caller } = socket;
      if (caller.kind !== 'user' || caller.user.id !== user) continue;
      if (session === undefined || caller.session.id === session) socket.close(closeCodes.ended, 'over');
    }
  });
  const forgetTokens = access.onRevoke((token) => {
    for (const { socket } of held) {
      if (socket.caller.kind === 'token' && socket.caller.token.id === token) socket.close(closeCodes.ended, 'over');
    }
  });

  /** Says farewell once what is at work is done; who does not answer is cut off. */
  async function stop(): Promise<void> {
    isStopping = true;
    clearInterval(pinging);
    forgetSessions();
    forgetTokens();
    const closed = Promise.all([...held].map(({ ws }) => new Promise<void>((done) => ws.once('close', () => done()))));
    for (const { socket } of held) void socket.finish().then(() => socket.close(closeCodes.restart, 'the server stops'));
    await Promise.race([closed, new Promise((done) => setTimeout(done, stopMs))]);
    for (const { ws } of held) ws.terminate();
    await closed;
  }

  // A scope of its own: what the plug-in does to each request is not done to the others.
  app.register(async (scope) => {
    const { default: websocket } = await import('@fastify/websocket');
    await scope.register(websocket, {
      options: {
        maxPayload: frameBytes,
        // A window of compression costs more memory than these frames are worth.
        perMessageDeflate: false,
        handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
      },
      errorHandler(error, socket, request) {
        // What the other side does wrong (no UTF-8, too large) ws has answered with its close code.
        if ((error as { code?: string }).code?.startsWith('WS_ERR_') === true) return;
        if ((error as { code?: string }).code !== 'ECONNRESET' && (error as { code?: string }).code !== 'EPIPE')
          log.error({ err: error, route: request.routeOptions.url }, 'a socket failed');
        socket.terminate();
      },
      preClose: stop,
    });
    for (const route of routes) {
      scope.route({
        method: 'GET',
        url: route.url,
        ...(route.schema !== undefined && { schema: route.schema }),
        onRequest: (request, reply) => door(request, reply, route.permissions),
        handler: (_request, reply) => notAWebsocket(reply),
        wsHandler: (ws, request) => opened(route, ws, request),
      });
    }
  });
  return {
    route(route) {
      paths.add(route.url);
      routes.push(route as unknown as SocketRoute<FrameSchemas>);
    },
  };
}

function notAWebsocket(reply: FastifyReply): FastifyReply {
  const detail = 'this address speaks websocket: connect with ws:// or wss://';
  return sendProblem(reply, { status: 426, code: 'upgrade_required', detail }, { upgrade: 'websocket', connection: 'upgrade' });
}

function keyOf(caller: Caller): string {
  return caller.kind === 'token' ? `token ${caller.token.id}` : `user ${caller.user.id}`;
}

function protocolsOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Counts up to a number by key. */
function tally(most: number) {
  const counts = new Map<string, number>();
  const isFull = (key: string): boolean => (counts.get(key) ?? 0) >= most;
  return {
    isFull,
    add(key: string): boolean {
      if (isFull(key)) return false;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return true;
    },
    remove(key: string): void {
      const left = (counts.get(key) ?? 1) - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
    },
  };
}
