/** `zaima sign`: a signed call, ready to paste. Signatures hold for five minutes. */
import { randomUUID } from 'node:crypto';
import { signWebhook } from '../connectors/standard-webhook.js';

export interface SignedCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A message body for one buyer's words, as the generic connector takes it. */
export function exampleBody(text: string, conversation: string): string {
  return JSON.stringify({ id: `m-${randomUUID()}`, conversation, buyer: { id: `buyer-${conversation}` }, text });
}

export function signedCall(
  address: string,
  shop: string,
  body: string,
  secrets: readonly Buffer[],
  now: number,
  wait: boolean,
): SignedCall {
  const headers = signWebhook(`msg_${randomUUID().replaceAll('-', '')}`, body, secrets, now);
  return {
    url: `${address}/v1/shops/${shop}/messages${wait ? '?wait=answer' : ''}`,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  };
}

/** The call as a curl command for a POSIX shell. */
export function curlCommand(call: SignedCall): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const headers = Object.entries(call.headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)} \\`);
  return [`curl -s ${quoted(call.url)} \\`, ...headers, `  -d ${quoted(call.body)}`].join('\n');
}
