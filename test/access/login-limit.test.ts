import { expect, it } from 'vitest';
import { openLoginLimit } from '../../src/access/login-limit.js';

const start = Date.parse('2026-11-11T12:00:00Z');

it('lets a few wrong passwords pass, then doubles the wait up to a quarter of an hour', () => {
  const limit = openLoginLimit();
  let now = start;
  const waits: number[] = [];
  for (let tries = 0; tries < 18; tries++) {
    waits.push(limit.waitSeconds('owner', `10.0.0.${tries}`, now));
    now += limit.waitSeconds('owner', `10.0.0.${tries}`, now) * 1000;
    limit.failed('owner', `10.0.0.${tries}`, now);
  }
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
});

it('counts down, and forgets after a day', () => {
  const limit = openLoginLimit();
  for (let tries = 0; tries < 10; tries++) limit.failed('owner', 'here', start);
  expect(limit.waitSeconds('owner', 'here', start)).toBe(32);
  expect(limit.waitSeconds('owner', 'here', start + 30_500)).toBe(2);
  expect(limit.waitSeconds('owner', 'here', start + 32_000)).toBe(0);
  limit.failed('owner', 'here', start + 25 * 3_600_000);
  expect(limit.waitSeconds('owner', 'here', start + 25 * 3_600_000)).toBe(0);
});

it('slows an address that tries many logins, later than a login', () => {
  const limit = openLoginLimit();
  for (let tries = 0; tries < 20; tries++) limit.failed(`user${tries}`, 'there', start);
  expect(limit.waitSeconds('somebody', 'there', start)).toBe(1);
  expect(limit.waitSeconds('somebody', 'elsewhere', start)).toBe(0);
  expect(limit.waitSeconds('user3', 'elsewhere', start)).toBe(0);
});

it('lets off the login that got in, and an office that logs in all day', () => {
  const limit = openLoginLimit();
  for (let tries = 0; tries < 8; tries++) limit.failed('owner', 'there', start);
  limit.succeeded('owner', 'elsewhere');
  expect(limit.waitSeconds('owner', 'elsewhere', start)).toBe(0);
  for (let logins = 0; logins < 200; logins++) {
    limit.failed(`agent${logins}`, 'office', start);
    limit.succeeded(`agent${logins}`, 'office');
  }
  expect(limit.waitSeconds('agent', 'office', start)).toBe(0);
});
