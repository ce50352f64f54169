/**
 * Finds the running server of a data folder. At start it leaves `control.json` (owner only) with its address and a token of
 * its own for every shop; a command that must change what the server holds talks to it, and opens the database itself only
 * when no server runs, so that two writers never meet.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const controlSchema = z.object({ url: z.url(), token: z.string(), pid: z.number().int() });

export type ServerAddress = z.infer<typeof controlSchema>;

function controlFile(dataDir: string): string {
  return join(dataDir, 'control.json');
}

/** Written beside and moved into place: a reader sees all of it or nothing. */
export function writeServerAddress(dataDir: string, address: ServerAddress): void {
  const beside = `${controlFile(dataDir)}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(address), { mode: 0o600 });
  renameSync(beside, controlFile(dataDir));
}

export function removeServerAddress(dataDir: string): void {
  rmSync(controlFile(dataDir), { force: true });
}

/**
 * The server of this data folder, or undefined when none answers there. A file left by a killed process does not count, nor
 * does whatever took its port meanwhile: only the server that wrote the file knows its token.
 */
export async function runningServer(dataDir: string): Promise<ServerAddress | undefined> {
  const written = readAddress(dataDir);
  if (written === undefined) return undefined;
  // Loaded when it is needed: the server itself only writes the file.
  const { request } = await import('undici');
  try {
    const headers = { authorization: `Bearer ${written.token}` };
    const answer = await request(`${written.url}${noShop}`, { headers, headersTimeout: 3000 });
    await answer.body.dump();
    const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
    return answer.statusCode === 404 && isProblem ? written : undefined;
  } catch {
    return undefined;
  }
}

/** Who has the token is told that there is no such shop; anybody else that he may not ask. */
const noShop = '/v1/shops/-/away';

function readAddress(dataDir: string): ServerAddress | undefined {
  try {
    return controlSchema.safeParse(JSON.parse(readFileSync(controlFile(dataDir), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
