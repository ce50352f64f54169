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
    ['my XiaoZhou password', 'holds the login or the name'],
    ['周小舟今天也要好好吃饭', 'holds the login or the name'],
    ['aaaaaaaaaaaa', 'is one piece over and over'],
    ['abc123abc123ab', 'is one piece over and over'],
    ['1234567890', 'is digits alone'],
    ['13800138000', 'is digits alone'],
    ['a0987654321', 'is a run of keys'],
    ['qwertyuiop12', 'is a run of keys'],
    ['Qwer1234!asdf', 'is a run of keys'],
    ['1qaz2wsx3edc', 'is a run of keys'],
    ['password2026', 'is a common word with digits'],
    ['P@ssw0rd!!2026', 'is a common word with digits'],
    ['2026-Taobao-888', 'is a common word with digits'],
    ['woaini1314520', 'is a common word with digits'],
  ])('is refused when it is weak: %s', (password, problem) => {
    expect(passwordFault(password, 'xiaozhou', '周小舟')?.problem).toBe(problem);
  });

  it.each(['a sentence is a good one', '今天的茶有点烫慢慢喝', 'tree-boat-9-lamp', 'abcd-Kettle-88', 'my pass is a mountain'])(
    'is taken: %s',
    (password) => expect(passwordFault(password, 'xiaozhou', '周小舟')).toBeUndefined(),
  );
});
