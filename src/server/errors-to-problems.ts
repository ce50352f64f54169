/** The one place where errors become HTTP: what a caller did wrong is told, what went wrong here is not, and is logged. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FieldFault } from '../connectors/connector.js';
import { CodedError } from '../errors.js';
import { type Problem, sendProblem } from './problem.js';

/** A request whose path, query or body does not fit its schema. */
export class InvalidRequest extends Error {
  readonly faults: readonly FieldFault[];
  constructor(faults: readonly FieldFault[]) {
    super(faults.map(({ field, problem }) => `${field === '' ? 'the body' : field} ${problem}`).join('; '));
    this.name = 'InvalidRequest';
    this.faults = faults;
  }
}

/** What the schemas of a route with `attachValidation` refused, so that the handler can add what only it knows. */
export function invalidOf({ validationError }: FastifyRequest): FieldFault[] {
  return validationError instanceof InvalidRequest ? [...validationError.faults] : [];
}

/** A body that is not JSON. */
export class NotJson extends Error {
  readonly fault: FieldFault;
  constructor(fault: FieldFault) {
    super(`the body ${fault.problem}`);
    this.name = 'NotJson';
    this.fault = fault;
  }
}

export function errorsToProblems(app: FastifyInstance): void {
  const methodsByUrl = new Map<string, { readonly shape: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methodsByUrl.get(url) ?? { shape: shapeOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) known.methods.add(one);
    methodsByUrl.set(url, known);
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = atRoute(problemOf(error), request);
    if (problem.status >= 500) {
      request.log.error({ err: error, route: request.routeOptions.url, method: request.method }, 'a request failed');
    }
    return sendProblem(reply, problem, problem.status === 503 ? { 'retry-after': '5' } : {});
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    for (const { shape, methods } of methodsByUrl.values()) {
      // A file that is not there, behind a route that takes any name.
      if (!shape.test(path) || methods.has(request.method)) continue;
      const allow = [...methods].sort().join(', ');
      const problem: Problem = { status: 405, code: 'method_not_allowed', detail: `this address takes ${allow}` };
      return sendProblem(reply, problem, { allow });
    }
    return sendProblem(reply, { status: 404, code: 'not_found', detail: 'there is nothing at this address; see /docs' });
  });
}

/** Each address has a limit of its own. */
function atRoute(problem: Problem, { routeOptions }: FastifyRequest): Problem {
  if (problem.code !== 'too_large') return problem;
  const detail =
    routeOptions.url === '/v1/shops/:shop/messages'
      ? 'the body is larger than limits.bodyBytes; send fewer messages a call'
      : `the body is larger than ${Math.floor((routeOptions.bodyLimit ?? 0) / 1024)} KiB`;
  return { ...problem, detail };
}

/** For requests that do not even reach a route. */
export function frameworkError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(reply, problemOf(error));
}

const fastifyProblems: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'too_large',
    detail: 'the body is too large',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'media_type', detail: 'send application/json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'not_json', detail: 'the body is empty; send a JSON object' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'not_json', detail: 'the body is not JSON' },
};

export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidRequest) return { status: 422, code: 'invalid', detail: error.message, faults: error.faults };
  if (error instanceof CodedError && error.retry === 'later') {
    return { status: 503, code: 'unavailable', detail: 'not possible just now; nothing was taken, try again' };
  }
  if (error instanceof NotJson) return { status: 400, code: 'not_json', detail: error.message, faults: [error.fault] };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? fastifyProblems[code] : undefined;
  if (known !== undefined) return known;
  if (!(error instanceof CodedError) && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, code: 'bad_request', detail: 'the request cannot be read' };
  }
  return { status: 500, code: 'internal', detail: 'something went wrong here; it was logged' };
}

/** `/v1/shops/:shop/replies` as a pattern of paths. */
function shapeOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}
