/** /webchat.js: the script that a shop puts on its own site. Any page may load it; whether it may chat the routes say. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';

/** A new version is there within the hour; until then nobody asks. */
const cacheSeconds = 3600;

export function openWebChatScript(app: FastifyInstance, { chatScript }: Pick<ServerDeps, 'chatScript'>): void {
  if (chatScript === undefined || !existsSync(chatScript)) {
    app.get('/webchat.js', (_request, reply) =>
      sendProblem(reply, { status: 404, code: 'not_found', detail: 'the web chat is not built: npm run build' }),
    );
    return;
  }
  const plain = readFileSync(chatScript);
  // When it is first asked for: a shop without a site of its own needs neither.
  const packing = { br: () => brotliCompressSync(plain), gzip: () => gzipSync(plain, { level: 9 }) };
  const packed = new Map<keyof typeof packing, Buffer>();
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`;
  app.get('/webchat.js', (request, reply) => {
    reply.headers({
      etag,
      'cache-control': `public, max-age=${cacheSeconds}`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'accept-encoding',
    });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.type('text/javascript; charset=utf-8');
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const encoding = (['br', 'gzip'] as const).find((one) => new RegExp(`\\b${one}\\b`).test(accepted));
    if (encoding === undefined) return reply.send(plain);
    const bytes = packed.get(encoding) ?? packing[encoding]();
    packed.set(encoding, bytes);
    return reply.header('content-encoding', encoding).send(bytes);
  });
}
