/**
 * Passwords, kept as scrypt hashes (RFC 7914). N = 2^15, r = 8, p = 3 is one of the settings that OWASP's password storage
 * sheet recommends: 32 MiB and about a tenth of a second for each guess. The settings stand in the hash, so that they can grow.
 */
import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { weakness } from './weak-passwords.js';

const current = { logN: 15, r: 8, p: 3 };
const keyBytes = 32;
const saltBytes = 16;
export const shortestPassword = 10;
export const longestPassword = 200;
/** Without signs that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The hash to keep: `scrypt$15$8$3$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const { logN, r, p } = current;
  const key = await derived(password, salt, logN, r, p);
  return ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** @param kept undefined where there is no such user: it takes as long as a wrong password, and is one */
export async function verifyPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, logN, r, p, salt, key] = (kept ?? nobody).split('$');
  const expected = Buffer.from(key!, 'base64url');
  const found = await derived(password, Buffer.from(salt!, 'base64url'), Number(logN), Number(r), Number(p));
  return timingSafeEqual(found, expected) && kept !== undefined;
}

/** A hash that no password has. */
const nobody = ['scrypt', current.logN, current.r, current.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

/** A new password to be told once: 16 signs in groups of four, 79 bits. */
export function newPassword(): string {
  const signs = Array.from({ length: 16 }, () => letters[randomInt(letters.length)]);
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-');
}

/** What is wrong with a password that somebody chose; undefined: nothing. @param names login and name of who chose it */
export function passwordFault(
  password: string,
  ...names: readonly string[]
): { readonly problem: string; readonly mend: string } | undefined {
  if (password.length < shortestPassword || password.length > longestPassword)
    return {
      problem: `has ${password.length} characters`,
      mend: `take ${shortestPassword} to ${longestPassword}; a sentence is good`,
    };
  return weakness(password, names);
}

function derived(password: string, salt: Buffer, logN: number, r: number, p: number): Promise<Buffer> {
  const N = 2 ** logN;
  // The same characters typed on another device may be composed otherwise.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((done, fail) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => (error === null ? done(key) : fail(error)));
  });
}
