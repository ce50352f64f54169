/**
 * The generic connector: any platform, or a shop's own program, that can sign a webhook (Standard Webhooks 1.0). Replies
 * go back by the feed and, where the shop names a callback address, as signed webhooks.
 */
import type { Instant } from '../conversation.js';
import type { Connector, ConnectorFile, ConnectorSettings, FieldFault, RawRequest, Received, Refusal } from './connector.js';
import { readBody } from './generic-body.js';
import { feedReply } from './generic-reply.js';
import { jsonFault } from './json-fault.js';
import { openPoster, type PosterSettings } from './post-webhook.js';
import { signWebhook, verifyWebhook } from './standard-webhook.js';

export interface GenericSettings extends ConnectorSettings, PosterSettings {}

export interface GenericConnector extends Connector {
  readonly send: NonNullable<Connector['send']>;
  /** Ends the kept connections of the send side. */
  close(): Promise<void>;
}

export function openGeneric(settings: GenericSettings): GenericConnector {
  const poster = openPoster(settings);
  return {
    name: 'generic',
    idempotent: true,
    receive: receiveGeneric,
    pushes: (shop) => settings.callback(shop) !== undefined,
    async send(delivery, signal) {
      const callback = settings.callback(delivery.shop);
      if (callback === undefined) return { state: 'failed', because: 'the shop has no callback address' };
      const now = settings.now();
      const body = JSON.stringify({ type: 'reply.created', timestamp: new Date(now).toISOString(), data: feedReply(delivery) });
      // The reply's id is the idempotency key: the same in every attempt, while timestamp and signature are new.
      const signed = signWebhook(delivery.reply.id, body, callback.secrets, now);
      const headers = { 'content-type': 'application/json', 'user-agent': 'zaima', ...signed };
      return poster.post({ url: callback.url, headers, body, now }, signal);
    },
    close: () => poster.close(),
  };
}

export const connector: ConnectorFile = { name: 'generic', open: openGeneric };

/** Signature first: nothing of an unsigned body is looked at. Then JSON, then its shape, all faults at once. */
export function receiveGeneric(request: RawRequest, secrets: readonly Buffer[], now: Instant): Received | Refusal {
  const unsigned = verifyWebhook(request, secrets, now);
  if (unsigned !== undefined) return refusal(401, unsigned);
  if (request.body.length === 0) {
    return refusal(400, [{ field: '', problem: 'is empty', mend: 'send one JSON object, or an array of them' }]);
  }
  const text = request.body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const fault = jsonFault(text) ?? { field: '', problem: 'is not JSON', mend: 'send JSON in UTF-8' };
    return refusal(400, [fault]);
  }
  const { messages, faults } = readBody(parsed, request.shop, now);
  return faults.length > 0 ? refusal(422, faults) : { refused: false, messages };
}

function refusal(status: Refusal['status'], faults: readonly FieldFault[]): Refusal {
  const because = faults.map(({ field, problem }) => `${field === '' ? 'the body' : field} ${problem}`).join('; ');
  return { refused: true, status, because, faults };
}
