/**
 * A shop's webhook secret: from `<SHOP>_WEBHOOK_SECRET`, two separated by a space while rotating. No secret, no start; the
 * demo shop alone may go without and gets one of its own in the data folder, so that a first start needs no preparation.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseSecrets, secretText } from '../connectors/standard-webhook.js';
import type { Fault } from '../errors.js';
import { Secret } from './secret.js';

export const demoShop = 'demo';

/** `old_town` as `OLD_TOWN_WEBHOOK_SECRET`. */
export function secretVariable(shop: string): string {
  return `${shop.toUpperCase()}_WEBHOOK_SECRET`;
}

export interface ShopSecret {
  readonly secret?: Secret;
  /** Where the demo shop's own secret lies, when it is used. */
  readonly file?: string;
  readonly faults: readonly Fault[];
}

/**
 * @param mayMake whether the demo shop's own secret is made where there is none; the data folder must be there
 * @throws when the data folder cannot be read or written.
 */
export function shopSecret(
  shop: string,
  environment: Readonly<Record<string, string | undefined>>,
  dataDir: string,
  mayMake: boolean,
): ShopSecret {
  const variable = secretVariable(shop);
  const given = environment[variable]?.trim() ?? '';
  if (given !== '') return parsed(given, 'environment', variable);
  if (shop === demoShop) {
    const file = join(dataDir, 'demo-webhook-secret');
    if (!mayMake && !existsSync(file)) {
      const mend = `set DATA_DIR to the data folder of the service, or ${variable}; the first start makes the secret`;
      return { faults: [{ file, path: '', problem: "the demo shop's secret is not there", mend, severity: 'error' }] };
    }
    return { ...parsed(readOrCreate(file).trim(), file, ''), file };
  }
  const mend = `set ${variable}, e.g. to the output of: echo "whsec_$(openssl rand -base64 32)"`;
  return {
    faults: [
      { file: 'environment', path: variable, problem: `no secret, no start: shop ${shop} has none`, mend, severity: 'error' },
    ],
  };
}

function parsed(value: string, file: string, path: string): ShopSecret {
  const { secrets, faults } = parseSecrets(value);
  if (faults.length === 0) return { secret: new Secret(secrets), faults: [] };
  return { faults: faults.map(({ problem, mend }) => ({ file, path, problem, mend, severity: 'error' })) };
}

function readOrCreate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Written beside and moved into place, so that whoever reads it reads all of it.
  const beside = `${file}.${process.pid}`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, `${secretText(randomBytes(32))}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return readFileSync(file, 'utf8');
}
