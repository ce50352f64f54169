/** Figures for Prometheus. Labels are few and fixed: no shop, no buyer, no words. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Action } from '../conversation.js';

export type MessageFate = 'stored' | 'duplicate' | 'conflict' | 'refused';

export interface Metrics {
  messages(fate: MessageFate, count: number): void;
  /** Told by the flow, once per Answer that was stored. */
  answered(action: Action): void;
  /** @param route the pattern, never the path as called. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** A websocket of this route was opened (1) or is gone (-1). */
  sockets(route: string, change: 1 | -1): void;
  socketClosed(route: string, code: number): void;
  socketFrame(route: string, direction: 'in' | 'out'): void;
  /** In the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const fates: readonly MessageFate[] = ['stored', 'duplicate', 'conflict', 'refused'];
const actions: readonly Action[] = ['auto', 'draft', 'handoff', 'silent'];

const knownCloses = new Set([1000, 1001, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 4001, 4008]);

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const messages = new Counter({
    name: 'zaima_messages_total',
    help: 'Messages handed in, by what became of them',
    labelNames: ['fate'],
    registers,
  });
  const answers = new Counter({
    name: 'zaima_answers_total',
    help: 'Answers made, by action',
    labelNames: ['action'],
    registers,
  });
  const requests = new Histogram({
    name: 'zaima_request_seconds',
    help: 'Time from a request to its answer; long polls are left out',
    labelNames: ['route', 'method', 'status'],
    // Each is a line of every route, method and status.
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5],
    registers,
  });
  const sockets = new Gauge({ name: 'zaima_sockets', help: 'Open websockets', labelNames: ['route'], registers });
  const closes = new Counter({
    name: 'zaima_socket_closes_total',
    help: 'Websockets that were closed, by close code',
    labelNames: ['route', 'code'],
    registers,
  });
  const frames = new Counter({
    name: 'zaima_socket_frames_total',
    help: 'Frames of websockets, from outside (in) and from here (out)',
    labelNames: ['route', 'direction'],
    registers,
  });
  const framesBy = new Map<string, Counter.Internal>();
  // Bound once: looking labels up costs more than counting.
  const messagesBy = new Map(fates.map((fate) => [fate, messages.labels(fate)]));
  const answersBy = new Map(actions.map((action) => [action, answers.labels(action)]));
  for (const counter of [...messagesBy.values(), ...answersBy.values()]) counter.inc(0);
  const requestsBy = new Map<string, Histogram.Internal<string>>();

  return {
    messages: (fate, count) => messagesBy.get(fate)?.inc(count),
    answered: (action) => answersBy.get(action)?.inc(),
    request(route, method, status, seconds) {
      const key = `${route} ${method} ${status}`;
      let bound = requestsBy.get(key);
      if (bound === undefined) {
        bound = requests.labels(route, method, String(status));
        requestsBy.set(key, bound);
      }
      bound.observe(seconds);
    },
    sockets: (route, change) => sockets.labels(route).inc(change),
    // Codes are the other side's to choose: what is none of RFC 6455's or ours is counted as one.
    socketClosed: (route, code) => closes.labels(route, knownCloses.has(code) ? String(code) : 'other').inc(),
    socketFrame(route, direction) {
      const key = `${route} ${direction}`;
      let bound = framesBy.get(key);
      if (bound === undefined) {
        bound = frames.labels(route, direction);
        framesBy.set(key, bound);
      }
      bound.inc();
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
