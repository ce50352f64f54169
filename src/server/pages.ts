/**
 * The console's pages: one document for all addresses, and hashed assets that browsers keep for good, compressed at the build.
 * They get a policy that allows our own scripts and nothing else; only /sidebar may stand in frames (`web.frameAncestors`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from './deps.js';
import { pagePaths } from './page-paths.js';
import { sendProblem } from './problem.js';

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'https:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
};
/** The page that stands beside or inside a chat client. */
const framed = '/sidebar';
/** A changed page is asked for again each time, which an ETag makes cheap; assets have their content in their name. */
const assetSeconds = 31_536_000;

/** @param folder where the build lies; undefined or empty: every page says that it is not built */
export function openPages(
  app: FastifyInstance,
  { config, pagesFolder: folder }: Pick<ServerDeps, 'config' | 'pagesFolder'>,
): void {
  const document = folder === undefined ? undefined : documentIn(folder);
  if (folder === undefined || document === undefined) {
    for (const path of pagePaths)
      app.get(path, (_request, reply) =>
        sendProblem(reply, {
          status: 404,
          code: 'not_found',
          detail: 'the pages are not built: npm run build; the API is at /docs',
        }),
      );
    return;
  }
  app.register(async (site) => {
    site.addHook('onRequest', (_request, reply, done) => {
      // What routes of the API say would stand over what helmet says.
      reply.removeHeader('content-security-policy').removeHeader('x-content-type-options');
      done();
    });
    await site.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: { ...policy, frameAncestors: ["'none'"] } },
      // HTTPS is the proxy's to promise.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    });
    await site.register(files, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
    });
    for (const path of pagePaths) {
      const inFrames = path.startsWith(framed) && {
        helmet: {
          contentSecurityPolicy: {
            useDefaults: false,
            directives: { ...policy, frameAncestors: [...config.web.frameAncestors] },
          },
          // Knows only one origin; browsers that know frame-ancestors pass it over.
          xFrameOptions: false,
          crossOriginResourcePolicy: { policy: 'cross-origin' as const },
          crossOriginOpenerPolicy: false,
        },
      };
      site.get(path, { ...inFrames }, (_request, reply) =>
        reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(document),
      );
    }
    site.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
      reply.header('cache-control', `public, max-age=${assetSeconds}, immutable`).sendFile(`assets/${request.params['*']}`),
    );
    for (const file of ['before-paint.js', 'favicon.svg'])
      site.get(`/${file}`, (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(file));
  });
}

function documentIn(folder: string): string | undefined {
  const file = join(folder, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
