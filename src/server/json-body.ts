/** JSON bodies of routes without a signature: what cannot be read is told with its place, as by the webhook. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonFault } from '../connectors/json-fault.js';
import { NotJson } from './errors-to-problems.js';

type Done = (error: Error | null, value?: unknown) => void;

/** For addContentTypeParser, with the body as text. */
export function jsonParser(app: FastifyInstance): (request: FastifyRequest, text: string, done: Done) => void {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request, text, done) => {
    parse(request, text, (error, value) => {
      const fault = error === null || text === '' ? undefined : jsonFault(text);
      done(fault === undefined ? error : new NotJson({ ...fault, mend: 'send one JSON object in UTF-8' }), value);
    });
  };
}
