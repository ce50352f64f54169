/** The floor: a bare fastify that gives back the body it was sent. */
import Fastify from 'fastify';

const app = Fastify();
app.get('/healthz', () => ({ ok: true }));
app.post('/v1/shops/:shop/messages', (request) => request.body);
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
