import { describe, expect, it } from 'vitest';
import { opens } from '../../src/access/scopes.js';
import { newTokenSecret, openAccess, type TokenStorage } from '../../src/access/tokens.js';
import type { Token } from '../../src/storage/storage.js';

/** Rows as the Storage port describes them, with a count of look-ups. */
function rows(): TokenStorage & { lookups: number; touches: number; hashes: string[] } {
  const byHash = new Map<string, Token>();
  return {
    lookups: 0,
    touches: 0,
    hashes: [],
    async token(hash) {
      this.lookups += 1;
      return byHash.get(hash);
    },
    tokens: async (shop) => [...byHash.values()].filter((token) => token.shop === shop),
    async addToken(token, hash) {
      this.hashes.push(hash);
      byHash.set(hash, token);
    },
    async revokeToken(shop, id) {
      for (const [hash, token] of byHash) if (token.id === id && token.shop === shop) return byHash.delete(hash);
      return false;
    },
    async touchToken() {
      this.touches += 1;
    },
  };
}

describe('tokens', () => {
  it('are shown once and kept as a hash', async () => {
    const storage = rows();
    const access = openAccess({ storage, now: () => 5 });
    const { secret, token } = await access.create('demo', 'connect', 'qianniu bridge');
    expect(secret).toMatch(/^zt_[\w-]{43}$/);
    expect(storage.hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await access.list('demo'))).not.toContain(secret);
    expect(await access.check(secret)).toEqual(token);
    expect(await access.check(newTokenSecret())).toBeUndefined();
    expect(await access.check('zt_short')).toBeUndefined();
  });

  it('are looked up once, noted once a minute, and gone as soon as they are revoked', async () => {
    const storage = rows();
    let now = 1_000_000;
    const access = openAccess({ storage, now: () => now });
    const { secret, token } = await access.create('demo', 'read');
    for (let i = 0; i < 5; i += 1) await access.check(secret);
    expect(storage.lookups).toBe(1);
    expect(storage.touches).toBe(1);
    now += 60_000;
    await access.check(secret);
    expect(storage.touches).toBe(2);
    expect(await access.revoke('other', token.id)).toBe(false);
    expect(await access.check(secret)).toEqual(token);
    expect(await access.revoke('demo', token.id)).toBe(true);
    expect(await access.check(secret)).toBeUndefined();
  });

  it('that are revoked while they are looked up are not remembered', async () => {
    const storage = rows();
    const access = openAccess({ storage, now: () => 0 });
    const { secret, token } = await access.create('demo', 'read');
    const checking = access.check(secret);
    await access.revoke('demo', token.id);
    await checking;
    expect(await access.check(secret)).toBeUndefined();
  });

  it('of the control process open every shop and are stored nowhere', async () => {
    const storage = rows();
    const controlSecret = newTokenSecret();
    const token = await openAccess({ storage, now: () => 0, controlSecret }).check(controlSecret);
    expect(token && opens(token, 'any', ['connect'])).toBe(true);
    expect(storage.lookups + storage.touches).toBe(0);
  });

  it('open their own shop and scope, admin all of its scopes', () => {
    const token = (shop: string, scope: Token['scope']): Token => ({ id: 't', shop, scope, createdAt: 0 });
    expect(opens(token('demo', 'connect'), 'demo', ['connect', 'read'])).toBe(true);
    expect(opens(token('demo', 'phrases'), 'demo', ['connect', 'read'])).toBe(false);
    expect(opens(token('demo', 'admin'), 'demo', ['read'])).toBe(true);
    expect(opens(token('demo', 'admin'), 'other', ['read'])).toBe(false);
    expect(opens(token('demo', 'read'), 'demo', ['admin'])).toBe(false);
  });
});
