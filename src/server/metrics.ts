/** Figures for Prometheus. Labels are few and fixed: no shop, no buyer, no words. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Action } from '../conversation.js';

export type MessageFate = 'stored' | 'duplicate' | 'conflict' | 'refused';

export interface Metrics {
  messages(fate: MessageFate, count: number): void;
  /** Told by the flow, once per Answer that was stored. */
  answered(action: Action): void;
  /** @param route the pattern, never the path as called. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** In the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const fates: readonly MessageFate[] = ['stored', 'duplicate', 'conflict', 'refused'];
const actions: readonly Action[] = ['auto', 'draft', 'handoff', 'silent'];

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
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
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
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
