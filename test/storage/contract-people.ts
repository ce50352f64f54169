import { expect, test } from 'vitest';
import type { AuditFilter, Session } from '../../src/storage/people.js';
import type { Storage } from '../../src/storage/storage.js';
import { evening, user } from './samples.js';

const session = (its: Partial<Session> = {}): Session => ({
  id: 's1',
  user: 'u1',
  createdAt: evening,
  lastSeenAt: evening,
  ...its,
});
const owner = user({ id: 'o1', login: 'owner', role: 'owner', shops: ['*'], createdAt: evening - 1 });

export function peopleContract(storage: () => Storage): void {
  test('a user is found by id and by login, the password beside it', async () => {
    const full = user({ disabledAt: evening + 1, shops: ['shoes', 'tea'], role: 'lead' });
    await storage().addUser(full, 'hash1');
    await storage().addUser(owner, 'hash2');
    expect(await storage().user('u1')).toStrictEqual(full);
    expect(await storage().user('u2')).toBeUndefined();
    expect(await storage().userByLogin('owner')).toStrictEqual({ user: owner, passwordHash: 'hash2' });
    expect(await storage().userByLogin('Owner')).toBeUndefined();
    expect(await storage().users()).toStrictEqual([owner, full]);
  });

  test('an id or a login given twice is refused', async () => {
    await storage().addUser(user(), 'hash');
    const conflict = { code: 'storage_conflict', retry: 'never' };
    await expect(storage().addUser(user({ id: 'u2' }), 'hash')).rejects.toMatchObject(conflict);
    await expect(storage().addUser(user({ login: 'another' }), 'hash')).rejects.toMatchObject(conflict);
  });

  test('a user changes, is shut out and let in again', async () => {
    await storage().addUser(user(), 'hash');
    await storage().addSession(session(), 'cookie');
    const changed = user({ name: '周', role: 'lead', shops: ['shoes'] });
    expect(await storage().changeUser('u1', { name: '周', role: 'lead', shops: ['shoes'] })).toStrictEqual(changed);
    expect((await storage().session('cookie'))?.user).toStrictEqual(changed);
    expect(await storage().changeUser('u1', { disabledAt: evening + 5 })).toStrictEqual({ ...changed, disabledAt: evening + 5 });
    expect(await storage().session('cookie')).toBeUndefined();
    expect(await storage().changeUser('u1', { disabledAt: null })).toStrictEqual(changed);
    // The sessions of then stay ended.
    expect(await storage().session('cookie')).toBeUndefined();
    expect(await storage().changeUser('nobody', { name: 'x' })).toBeUndefined();
  });

  test('the last owner of all shops cannot be shut out, made less, or bound to one shop', async () => {
    await storage().addUser(owner, 'hash');
    await storage().addUser(user({ role: 'owner' }), 'hash');
    for (const change of [{ disabledAt: evening }, { role: 'lead' as const }, { shops: ['tea'] }])
      expect(await storage().changeUser('o1', change)).toBe('last_owner');
    expect(await storage().user('o1')).toStrictEqual(owner);
    await storage().addUser(user({ id: 'o2', login: 'second', role: 'owner', shops: ['*'] }), 'hash');
    expect(await storage().changeUser('o1', { role: 'lead' })).toMatchObject({ role: 'lead' });
    expect(await storage().changeUser('u1', { role: 'agent' })).toMatchObject({ role: 'agent' });
  });

  test('a new password ends all sessions but the one that sets it', async () => {
    await storage().addUser(user(), 'hash');
    await storage().addSession(session(), 'cookie1');
    await storage().addSession(session({ id: 's2', device: '手机' }), 'cookie2');
    expect(await storage().setPassword('u1', 'new', 's2')).toBe(true);
    expect((await storage().userByLogin('xiaozhou'))?.passwordHash).toBe('new');
    expect(await storage().session('cookie1')).toBeUndefined();
    expect((await storage().session('cookie2'))?.session).toStrictEqual(session({ id: 's2', device: '手机' }));
    expect(await storage().setPassword('u1', 'newer')).toBe(true);
    expect(await storage().sessions('u1')).toStrictEqual([]);
    expect(await storage().setPassword('nobody', 'new')).toBe(false);
  });

  test('sessions are listed by their last use, end one by one, and by age', async () => {
    await storage().addUser(user(), 'hash');
    await storage().addUser(owner, 'hash');
    await storage().addSession(session(), 'c1');
    await storage().addSession(session({ id: 's2', createdAt: evening + 1, lastSeenAt: evening + 1 }), 'c2');
    await storage().addSession(session({ id: 's3', user: 'o1', lastSeenAt: evening + 9 }), 'c3');
    await storage().touchSession('s1', evening + 5);
    await storage().touchSession('s1', evening + 4);
    expect((await storage().sessions('u1')).map(({ id, lastSeenAt }) => [id, lastSeenAt - evening])).toStrictEqual([
      ['s1', 5],
      ['s2', 1],
    ]);
    expect(await storage().endSession('o1', 's1')).toBe(false);
    expect(await storage().endSession('u1', 's1')).toBe(true);
    expect(await storage().session('c1')).toBeUndefined();
    expect(await storage().endSessionsBefore(evening, evening + 2)).toBe(1);
    expect(await storage().session('c2')).toBeUndefined();
    expect(await storage().endSessionsBefore(evening + 1, 0)).toBe(1);
    expect(await storage().session('c3')).toBeUndefined();
  });

  test('the audit keeps who did what, newest first, page by page, each shop with what concerns all', async () => {
    const by = { kind: 'user', id: 'u1', name: '小周' } as const;
    await storage().audit({ shop: 'tea', at: evening, by, action: 'away_switched', details: { away: true, until: null } });
    await storage().audit({ shop: 'shoes', at: evening, by, action: 'exported' });
    await storage().audit({
      shop: '*',
      at: evening + 1,
      by: { kind: 'cli', id: 'cli', name: 'cli' },
      action: 'user_added',
      subject: 'u2',
    });
    const rows = await storage().auditLog('tea', undefined, 10);
    expect(rows.map(({ position: _, ...row }) => row)).toStrictEqual([
      { shop: '*', at: evening + 1, by: { kind: 'cli', id: 'cli', name: 'cli' }, action: 'user_added', subject: 'u2' },
      { shop: 'tea', at: evening, by, action: 'away_switched', details: { away: true, until: null } },
    ]);
    const [first] = await storage().auditLog('tea', undefined, 1);
    expect((await storage().auditLog('tea', first!.position, 10)).map(({ action }) => action)).toStrictEqual(['away_switched']);
    const only = async (filter: AuditFilter) =>
      (await storage().auditLog('tea', undefined, 10, filter)).map(({ action }) => action);
    expect(await only({ by: 'u1' })).toStrictEqual(['away_switched']);
    expect(await only({ by: 'cli' })).toStrictEqual(['user_added']);
    expect(await only({ action: 'user_added' })).toStrictEqual(['user_added']);
    expect(await only({ by: '小周', action: 'user_added' })).toStrictEqual([]);
  });

  test('knows when each user last logged in', async () => {
    const by = { kind: 'user', id: 'u1', name: '小周' } as const;
    for (const at of [evening, evening + 5, evening + 2]) await storage().audit({ shop: '*', at, by, action: 'login' });
    await storage().audit({ shop: '*', at: evening + 9, by: { ...by, id: 'u2' }, action: 'logout' });
    expect([...(await storage().lastLogins())]).toStrictEqual([['u1', evening + 5]]);
  });
}
