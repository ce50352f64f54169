/**
 * /docs and /openapi.json. Most processes never show them, and Swagger UI takes a tenth of a second to set up: a site of
 * its own is built when somebody first looks.
 */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { openApiDocument, openApiText } from './openapi.js';
import { sendProblem } from './problem.js';

const page = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // Swagger UI writes styles into its elements.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

export function openDocs(app: FastifyInstance): void {
  let site: Promise<FastifyInstance> | undefined;
  let text: string | undefined;

  const show = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    site ??= openSite();
    const opened = await site;
    reply.hijack();
    opened.routing(request.raw, reply.raw);
    return reply;
  };
  app.get('/docs', show);
  app.get('/docs/*', show);
  app.get('/openapi.json', async (_request, reply) => {
    text ??= openApiText();
    return reply.type('application/json; charset=utf-8').send(text);
  });
  app.addHook('onClose', async () => (await site)?.close());
}

async function openSite(): Promise<FastifyInstance> {
  const [helmet, swagger, ui] = await Promise.all([
    import('@fastify/helmet'),
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ]);
  const site = Fastify();
  // HTTPS is the proxy's to promise.
  await site.register(helmet.default, {
    contentSecurityPolicy: { useDefaults: false, directives: page },
    strictTransportSecurity: false,
  });
  const document = openApiDocument() as never;
  await site.register(swagger.default, { mode: 'static', specification: { document } });
  await site.register(ui.default, { routePrefix: '/docs' });
  site.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'not_found', detail: 'there is nothing at this address; see /docs' }),
  );
  await site.ready();
  return site;
}
