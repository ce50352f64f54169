/** Refusals as errors with their fields, paths that hold anything, and where a login may lead. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, at, call, faultOf, isLoggedOut } from '../../../src/console/shared/api.js';

afterEach(() => void vi.unstubAllGlobals());

function answers(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetched = vi.fn(
    async (_path: string, _init: RequestInit) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', ...headers } }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('calls', () => {
  it('turn a problem into an error whose faults are found by field', async () => {
    answers(422, {
      code: 'invalid',
      detail: 'a field is wrong',
      faults: [{ field: 'hours.weekly.mon[0]', problem: 'ends before it begins', mend: 'write 18:00-02:00' }],
    });
    const error = await call('PATCH', '/v1/shops/demo/settings', { body: {} }).catch((refused: unknown) => refused as ApiError);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'invalid', message: 'a field is wrong' });
    expect(faultOf(error as ApiError, 'hours.weekly.mon')).toMatchObject({ problem: 'ends before it begins' });
    expect(faultOf(error as ApiError, 'hours.week')).toBeUndefined();
  });

  it('send JSON under If-Match and bring the ETag', async () => {
    const fetched = answers(200, { a: 1 }, { etag: '"8"' });
    expect(await call('PUT', '/x', { body: { a: 1 }, ifMatch: '"7"' })).toEqual({ data: { a: 1 }, etag: '"8"', status: 200 });
    expect(fetched.mock.calls[0]![1]).toMatchObject({
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'if-match': '"7"', 'content-type': 'application/json' },
    });
  });

  it('know a session that is over, a wait that is asked for, and a service that is not there', async () => {
    answers(401, { code: 'unauthorized', detail: 'over' });
    await expect(call('GET', '/v1/me')).rejects.toMatchObject({ status: 401 });
    expect(isLoggedOut.value).toBe(true);
    answers(429, { code: 'too_many', detail: 'wait' }, { 'retry-after': '8' });
    await expect(call('POST', '/v1/login', { body: {} })).rejects.toMatchObject({ retryAfterSeconds: 8 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    await expect(call('GET', '/x')).rejects.toMatchObject({ status: 0, code: 'offline' });
  });

  it('write parts of a path so that they may hold anything', () => {
    expect(at`/v1/shops/${'demo'}/buyers/${'a/b?c#d 你'}`).toBe('/v1/shops/demo/buyers/a%2Fb%3Fc%23d%20%E4%BD%A0');
  });
});
