/** What the commands for tables (phrases, stock) share: bytes from and to the running server, a shop's settings beside it. */
import { writeFileSync } from 'node:fs';
import { request } from 'undici';
import type { CompiledRules } from '../compliance/check.js';
import { FaultyFiles } from '../errors.js';
import { home } from '../paths.js';
import { intentNames, readShopFile, shopFileNames } from '../shop/knowledge-files.js';
import { type ShopParameters, shopSchema } from '../shop/parameters.js';
import { fineAmounts, withAmounts } from '../shop/whole-cents.js';
import type { AuditAction } from '../storage/people.js';
import type { Storage } from '../storage/storage.js';
import { account, commandLine } from './account.js';
import { refusal } from './admin-commands.js';
import type { ServerAddress } from './server-address.js';

/** @param output a path; undefined: standard output */
export function writeOut(bytes: Buffer, output: string | undefined): void {
  if (output === undefined) process.stdout.write(bytes);
  else writeFileSync(output, bytes);
}

/** @throws CommandError with what the server says */
export async function bytesFrom(
  server: ServerAddress,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  body?: Buffer,
): Promise<Buffer> {
  const answer = await request(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'zaima-account': encodeURIComponent(account()),
      ...(body !== undefined && { 'content-type': 'application/octet-stream' }),
    },
    ...(body !== undefined && { body }),
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode >= 400) throw refusal(answer.statusCode, bytes.toString());
  return bytes;
}

/**
 * A shop by the settings that a start would take: those stored, else those of its file.
 * @throws FaultyFiles
 */
export async function parametersAsSet(storage: Storage, id: string, rules: CompiledRules): Promise<ShopParameters> {
  const stored = await storage.settings(id);
  if (stored !== undefined) return shopSchema.parse(withAmounts(stored.content, fineAmounts(stored.content), 'rounded'));
  const { parameters, faults } = readShopFile(home, shopFileNames(home).get(id)!, intentNames(home), rules);
  if (parameters === undefined) throw new FaultyFiles(faults);
  return parameters;
}

export function auditCli(
  storage: Storage,
  shop: string,
  action: AuditAction,
  details: Record<string, string | number | boolean>,
): Promise<void> {
  return storage.audit({ shop, at: Date.now(), by: commandLine(), action, details });
}
