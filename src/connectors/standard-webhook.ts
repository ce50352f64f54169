/**
 * Standard Webhooks 1.0: signs and verifies `${id}.${timestamp}.${body}` with HMAC-SHA256. Pure; `now` is a parameter.
 * Forty lines of node:crypto instead of the package, which hashes in JavaScript; the package is the tests' oracle.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../conversation.js';
import type { FieldFault, RawRequest } from './connector.js';

/** How far the sender's clock may be off, either way. */
export const toleranceSeconds = 300;

const leastBytes = 24;
const mostBytes = 64;
/** A rotation needs two; more only cost the verifier time. */
const mostSignatures = 8;

/**
 * One secret, or two separated by a space while rotating (the new one first). `whsec_` + base64, or bare base64, of 24 to
 * 64 bytes each.
 */
export function parseSecrets(value: string): {
  readonly secrets: readonly Buffer[];
  readonly faults: readonly { readonly problem: string; readonly mend: string }[];
} {
  const parts = value.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 0) return { secrets: [], faults: [{ problem: 'is empty', mend: secretMend }] };
  if (parts.length > 2) {
    return { secrets: [], faults: [{ problem: `holds ${parts.length} secrets`, mend: 'give one, or two while rotating' }] };
  }
  const secrets: Buffer[] = [];
  const faults: { problem: string; mend: string }[] = [];
  for (const [index, part] of parts.entries()) {
    const which = parts.length === 1 ? '' : index === 0 ? 'its first secret ' : 'its second secret ';
    const text = part.startsWith('whsec_') ? part.slice(6) : part;
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) {
      faults.push({ problem: `${which}is not base64`, mend: secretMend });
      continue;
    }
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length < leastBytes || bytes.length > mostBytes) {
      faults.push({ problem: `${which}has ${bytes.length} bytes, not ${leastBytes} to ${mostBytes}`, mend: secretMend });
    } else secrets.push(bytes);
  }
  return faults.length > 0 ? { secrets: [], faults } : { secrets, faults };
}

const secretMend = 'write whsec_ and 32 random bytes in base64: echo "whsec_$(openssl rand -base64 32)"';

/** The secret as it is handed to the other side. */
export function secretText(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}

export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** Signs with every secret, so that a receiver in the middle of a rotation finds the one it knows. */
export function signWebhook(id: string, body: string | Buffer, secrets: readonly Buffer[], now: Instant): WebhookHeaders {
  if (id === '' || id.includes('.')) throw new RangeError('a webhook id is not empty and holds no "."');
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => `v1,${digest(secret, id, timestamp, body).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** @returns undefined when one of the secrets signed these very bytes lately, else why not, one fault a header. */
export function verifyWebhook(
  request: Pick<RawRequest, 'headers' | 'body'>,
  secrets: readonly Buffer[],
  now: Instant,
): readonly FieldFault[] | undefined {
  const id = header(request, 'webhook-id');
  const timestamp = header(request, 'webhook-timestamp');
  const signature = header(request, 'webhook-signature');
  if (id === undefined || timestamp === undefined || signature === undefined) {
    return Object.entries({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature })
      .filter(([, value]) => value === undefined)
      .map(([name]) => fault(name, 'is missing', 'sign the request as Standard Webhooks 1.0 says: `zaima sign` shows how'));
  }
  if (id.includes('.')) return [fault('webhook-id', 'holds a "."', 'use an id without dots')];
  if (!/^\d{1,12}$/.test(timestamp)) {
    return [fault('webhook-timestamp', 'is not a number of seconds', 'send whole seconds since 1970, digits only')];
  }
  const lateSeconds = Math.floor(now / 1000) - Number(timestamp);
  if (lateSeconds > toleranceSeconds) {
    const mend = 'set the clock, and sign anew each time a request is repeated';
    return [fault('webhook-timestamp', `is stale: ${lateSeconds} seconds old, ${toleranceSeconds} are allowed`, mend)];
  }
  if (-lateSeconds > toleranceSeconds) {
    const problem = `lies in the future: ${-lateSeconds} seconds ahead, ${toleranceSeconds} are allowed`;
    return [fault('webhook-timestamp', problem, 'set the clock; send seconds, not milliseconds')];
  }
  const given: Buffer[] = [];
  for (const part of signature.split(' ', mostSignatures)) {
    if (!part.startsWith('v1,')) continue;
    const bytes = Buffer.from(part.slice(3), 'base64');
    if (bytes.length === 32) given.push(bytes);
  }
  if (given.length === 0) {
    return [fault('webhook-signature', 'holds no v1 signature', 'send `v1,` and the HMAC-SHA256 in base64')];
  }
  let signed = false;
  for (const secret of secrets) {
    const right = digest(secret, id, timestamp, request.body);
    for (const one of given) if (timingSafeEqual(one, right)) signed = true;
  }
  if (signed) return undefined;
  const mend =
    "sign `{webhook-id}.{webhook-timestamp}.{body}` over the very bytes of the body with the shop's secret, base64-decoded";
  return [fault('webhook-signature', 'is wrong', mend)];
}

function digest(secret: Buffer, id: string, timestamp: string, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
}

function header(request: Pick<RawRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  const one = Array.isArray(value) ? value.join(' ') : value;
  return one === undefined || one === '' ? undefined : one;
}

function fault(name: string, problem: string, mend: string): FieldFault {
  return { field: `header ${name}`, problem, mend };
}
