/** Calls to the service: JSON in and out, refusals as ApiError with the fields that they name. */
import { signal } from '@preact/signals';
import type { Problem } from './wire.js';
import { words } from './words.js';

export type Fault = NonNullable<Problem['faults']>[number];

/** A refusal, or a call that did not come through (`offline`). Decide on `code`, show `message`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | undefined;
  /** As the service asks by Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, detail: string, problem?: Problem, retryAfterSeconds?: number, cause?: unknown) {
    super(detail, { cause });
    this.status = status;
    this.code = code;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get faults(): readonly Fault[] {
    return this.problem?.faults ?? [];
  }
}

/** What is wrong with one field of a form, for `<Field error=…>`. @param field as in the body: `hours.weekly.mon[0]` */
export function faultOf(error: ApiError | undefined, field: string): Fault | undefined {
  return error?.faults.find(
    (fault) => fault.field === field || fault.field.startsWith(`${field}.`) || fault.field.startsWith(`${field}[`),
  );
}

/** True after a 401: main.tsx shows the login then. */
export const isLoggedOut = signal(false);

export interface CallOptions {
  readonly body?: unknown;
  /** A string is sent as it is, under `contentType`. */
  readonly contentType?: string;
  /** ETag of what the change builds on. */
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly signal?: AbortSignal;
  /** Goes out though the page is being left. */
  readonly keepalive?: boolean;
}

export interface Called<T> {
  readonly data: T;
  readonly etag: string | undefined;
  readonly status: number;
}

/**
 * @param path from `/v1/…`; make parts safe with `encodeURIComponent`, or write it by the tag `at`
 * @throws ApiError; an aborted call throws what `fetch` throws (AbortError)
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Called<T>> {
  const { body, ifMatch, ifNoneMatch, signal: abort } = options;
  const contentType = options.contentType ?? 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        ...(body !== undefined && { 'content-type': contentType }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      },
      ...(body !== undefined && { body: contentType.endsWith('json') ? JSON.stringify(body) : (body as BodyInit) }),
      ...(abort !== undefined && { signal: abort }),
      ...(options.keepalive === true && { keepalive: true }),
    });
  } catch (error) {
    if (abort?.aborted === true) throw error;
    throw new ApiError(0, 'offline', words.peek().shell.noService, undefined, undefined, error);
  }
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const data: unknown = isJson ? await response.json() : await response.text();
  if (response.ok || response.status === 304) {
    return { data: data as T, etag: response.headers.get('etag') ?? undefined, status: response.status };
  }
  if (response.status === 401 && path !== '/v1/login') isLoggedOut.value = true;
  const problem = isJson ? (data as Problem) : undefined;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new ApiError(
    response.status,
    problem?.code ?? 'internal',
    problem?.detail ?? `${response.status}`,
    problem,
    Number.isNaN(after) ? undefined : after,
  );
}

/** A path whose parts may hold anything: at`/v1/shops/${shop}/buyers/${buyer}`. */
export function at(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return strings.reduce((path, text, index) => path + encodeURIComponent(String(parts[index - 1])) + text);
}
