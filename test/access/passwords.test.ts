import { describe, expect, it } from 'vitest';
import { hashPassword, newPassword, passwordFault, verifyPassword } from '../../src/access/passwords.js';

describe('a password', () => {
  it('is known again by its hash, which is another one each time', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await verifyPassword('correct horse battery', one)).toBe(true);
    expect(await verifyPassword('correct horse batterz', one)).toBe(false);
  });

  it('is the same however its characters are composed', async () => {
    const hash = await hashPassword('caf\u00e9 au lait 123');
    expect(await verifyPassword('cafe\u0301 au lait 123', hash)).toBe(true);
  });

  it('opens nothing where there is no user', async () => {
    expect(await verifyPassword('anything at all', undefined)).toBe(false);
  });

  it('is read with the settings of its own hash', async () => {
    // 2^10 rounds: as a hash of another time would stand.
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync('an older password', salt, 32, { N: 1024, r: 8, p: 1 });
    const kept = `scrypt$10$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
    expect(await verifyPassword('an older password', kept)).toBe(true);
  });

  it('that is made has groups of signs that do not look alike', () => {
    const made = new Set(Array.from({ length: 50 }, newPassword));
    expect(made.size).toBe(50);
    for (const one of made) {
      expect(one).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}$/);
      expect(passwordFault(one, 'xiaozhou')).toBeUndefined();
    }
  });

  it.each([
    ['short', 'has 5 characters'],
    ['x'.repeat(201), 'has 201 characters'],
    ['my XiaoZhou password', 'holds the login'],
    ['aaaaaaaaaaaa', 'is one sign over and over'],
  ])('is refused when it is weak: %s', (password, problem) => {
    expect(passwordFault(password, 'xiaozhou')?.problem).toBe(problem);
  });
});
