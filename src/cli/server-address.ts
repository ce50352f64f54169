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

/** The server of this data folder, or undefined when none answers there (a file left by a killed process does not count). */
export async function runningServer(dataDir: string): Promise<ServerAddress | undefined> {
  let text: string;
  try {
    text = readFileSync(controlFile(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = controlSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  try {
    // Loaded when it is needed: the server itself only writes the file.
    const { request } = await import('undici');
    const answer = await request(`${parsed.data.url}/healthz`, { headersTimeout: 3000 });
    const health = (await answer.body.json()) as { pid?: number };
    return health.pid === undefined || health.pid === parsed.data.pid ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
