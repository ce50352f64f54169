import { expect, test } from 'vitest';
import { emptyMemory } from '../../src/conversation.js';
import type { Storage } from '../../src/storage/storage.js';
import { arrive, evening, finishing, message, token, user } from './samples.js';

export function accessContract(storage: () => Storage): void {
  test('a shop is away until it is back', async () => {
    expect(await storage().away('tea')).toBeUndefined();
    await storage().setAway('tea', { since: evening, until: evening + 3_600_000 });
    expect(await storage().away('tea')).toStrictEqual({ since: evening, until: evening + 3_600_000 });
    expect(await storage().away('shoes')).toBeUndefined();
    await storage().setAway('tea', { since: evening + 1, by: { id: 'u1', name: '小周' } });
    expect(await storage().away('tea')).toStrictEqual({ since: evening + 1, by: { id: 'u1', name: '小周' } });
    await storage().setAway('tea', undefined);
    expect(await storage().away('tea')).toBeUndefined();
  });

  test('a token is found by the hash of its secret', async () => {
    const full = token({ id: 't2', shop: '*', scope: 'admin', lastUsedAt: evening, note: '控制台' });
    await storage().addToken(token(), 'hash1');
    await storage().addToken(full, 'hash2');
    expect(await storage().token('hash1')).toStrictEqual(token());
    expect(await storage().token('hash2')).toStrictEqual(full);
    expect(await storage().token('hash3')).toBeUndefined();
  });

  test('a shop’s tokens are listed oldest first, and no other’s', async () => {
    await storage().addToken(token({ id: 'new', createdAt: evening + 1 }), 'hash1');
    await storage().addToken(token({ id: 'old' }), 'hash2');
    await storage().addToken(token({ id: 'other', shop: 'shoes' }), 'hash3');
    expect((await storage().tokens('tea')).map((one) => one.id)).toStrictEqual(['old', 'new']);
  });

  test('an id or a secret given twice is refused', async () => {
    await storage().addToken(token(), 'hash1');
    const conflict = { code: 'storage_conflict', retry: 'never' };
    await expect(storage().addToken(token({ shop: 'shoes' }), 'hash2')).rejects.toMatchObject(conflict);
    await expect(storage().addToken(token({ id: 't2' }), 'hash1')).rejects.toMatchObject(conflict);
    expect(await storage().tokens('shoes')).toStrictEqual([]);
  });

  test('a revoked token is gone, but only its own shop can revoke it', async () => {
    await storage().addToken(token(), 'hash1');
    expect(await storage().revokeToken('shoes', 't1')).toBe(false);
    expect(await storage().token('hash1')).toBeDefined();
    expect(await storage().revokeToken('tea', 't1')).toBe(true);
    expect(await storage().revokeToken('tea', 't1')).toBe(false);
    expect(await storage().token('hash1')).toBeUndefined();
  });

  test('the last use of a token is noted and never goes back', async () => {
    await storage().addToken(token(), 'hash1');
    await storage().touchToken('t1', evening + 5);
    await storage().touchToken('t1', evening + 4);
    await storage().touchToken('unknown', evening);
    expect((await storage().token('hash1'))?.lastUsedAt).toBe(evening + 5);
  });

  test('it is healthy until it is closed', async () => {
    expect(await storage().healthy()).toBe(true);
    await storage().close();
    expect(await storage().healthy()).toBe(false);
  });

  test('what was asked for before closing is done, every verb after it rejects, closing twice is no fault', async () => {
    const asked = storage().accept([message()], arrive);
    await storage().close();
    expect((await asked).accepted[0]?.duplicate).toBe(false);
    await storage().close();

    const closed = storage();
    const verbs: Record<Exclude<keyof Storage, 'healthy' | 'close' | 'onDeskChange'>, () => Promise<unknown>> = {
      accept: () => closed.accept([message()], arrive),
      chat: () => closed.chat('tea', 'c1', 'webhook', {}, 10),
      answersTo: () => closed.answersTo('tea', 'webhook', ['m1']),
      turn: () => closed.turn('tea', 'c1'),
      due: () => closed.due(evening, 1),
      nextDueAt: () => closed.nextDueAt(),
      finish: () => closed.finish(finishing()),
      moveOn: () => closed.moveOn('tea', 'c1', 1, { memory: emptyMemory }),
      requeue: () => closed.requeue('tea', 'c1', evening),
      feed: () => closed.feed('tea', 0, 1),
      feedTaken: () => closed.feedTaken('tea', 1),
      receipt: () => closed.receipt('tea', 'r1', { state: 'sent', at: evening }),
      transcript: () => closed.transcript('tea', 'c1', 1),
      ownEcho: () => closed.ownEcho(message(), evening),
      claimDeliveries: () => closed.claimDeliveries(evening, 30, 1),
      settleDelivery: () => closed.settleDelivery('r1', 1, 'sent', ''),
      nextDeliveryAt: () => closed.nextDeliveryAt(),
      expireLeases: () => closed.expireLeases(evening, []),
      deskWrite: () => closed.deskWrite('tea', 'c1', undefined, () => ({ write: undefined })),
      deskView: () => closed.deskView('tea', 'c1'),
      deskChanges: () => closed.deskChanges('tea', 0, 1),
      deskSeq: () => closed.deskSeq('tea'),
      lastPosition: () => closed.lastPosition('tea', 'c1'),
      deskOpen: () => closed.deskOpen('tea', 1),
      deskHeld: () => closed.deskHeld('tea'),
      deskLatest: () => closed.deskLatest('tea', { limit: 1 }),
      deskSearch: () => closed.deskSearch('tea', '新疆', 1),
      touchDesk: () => closed.touchDesk('tea'),
      draft: () => closed.draft('tea', 'a1_1'),
      draftFeedback: () => closed.draftFeedback('tea', 0, 1),
      buyer: () => closed.buyer('tea', 'b1', 1),
      changeBuyer: () => closed.changeBuyer('tea', 'b1', 'any', {}, { id: 'u1', name: '小周' }, evening),
      away: () => closed.away('tea'),
      setAway: () => closed.setAway('tea', undefined),
      botSwitch: () => closed.botSwitch('tea'),
      turnBotSwitch: () => closed.turnBotSwitch('tea', { mode: 'off', at: evening, by: '店长' }),
      botSwitches: () => closed.botSwitches('tea', 1),
      shadowAnswers: () => closed.shadowAnswers('tea', 0, 0, 1),
      newestShadowAnswers: () => closed.newestShadowAnswers('tea', 0, undefined, 1),
      settings: () => closed.settings('tea'),
      settingsRevision: () => closed.settingsRevision('tea', 1),
      settingsHistory: () => closed.settingsHistory('tea', undefined, 1),
      addSettings: () => closed.addSettings({ shop: 'tea', at: evening, source: 'api', author: 'a', content: {} }, false),
      settingsFile: () => closed.settingsFile('tea'),
      noteSettingsFile: () => closed.noteSettingsFile('tea', 1),
      phraseSet: () => closed.phraseSet('tea'),
      phrase: () => closed.phrase('tea', 'p1'),
      phraseChanges: () => closed.phraseChanges('tea', 0),
      changePhrases: () => closed.changePhrases('tea', evening, () => ({ put: [], remove: [], result: undefined })),
      usePhrase: () => closed.usePhrase('tea', 'p1', evening),
      stock: () => closed.stock('tea'),
      putStock: () => closed.putStock('tea', 0, new Map()),
      addToken: () => closed.addToken(token(), 'hash'),
      token: () => closed.token('hash'),
      tokens: () => closed.tokens('tea'),
      revokeToken: () => closed.revokeToken('tea', 't1'),
      touchToken: () => closed.touchToken('t1', evening),
      addUser: () => closed.addUser(user(), 'hash'),
      user: () => closed.user('u1'),
      userByLogin: () => closed.userByLogin('xiaozhou'),
      users: () => closed.users(),
      changeUser: () => closed.changeUser('u1', {}),
      setPassword: () => closed.setPassword('u1', 'hash'),
      addSession: () => closed.addSession({ id: 's1', user: 'u1', createdAt: evening, lastSeenAt: evening }, 'hash'),
      session: () => closed.session('hash'),
      sessions: () => closed.sessions('u1'),
      touchSession: () => closed.touchSession('s1', evening),
      endSession: () => closed.endSession('u1', 's1'),
      endSessionsBefore: () => closed.endSessionsBefore(evening, evening),
      audit: () => closed.audit({ shop: 'tea', at: evening, by: { kind: 'cli', id: 'cli', name: 'cli' }, action: 'logout' }),
      auditLog: () => closed.auditLog('tea', undefined, 1),
      lastLogins: () => closed.lastLogins(),
    };
    for (const [name, verb] of Object.entries(verbs)) {
      await expect(verb(), name).rejects.toMatchObject({ code: 'storage_closed' });
    }
  });
}
