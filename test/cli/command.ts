/** The built command line as a process of its own: `node dist/cli.js …`. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../../src/data-folder.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import { root } from './home.js';

const cli = join(root, 'dist/cli.js');

export interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of standard output, without the last line break. */
  readonly lines: readonly string[];
}

export interface Around {
  readonly dataDir: string;
  /** Intents and config; default: the project's. */
  readonly home?: string;
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Says what to do instead of failing in each test. */
export function mustBeBuilt(): void {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: `npm run build` first (`npm test` does it)');
}

export function zaima(args: readonly string[], around: Around): Promise<Told> {
  return run(process.execPath, [cli, ...args], around);
}

export async function run(
  command: string,
  args: readonly string[],
  { dataDir, home, input = '', environment = {} }: Around,
): Promise<Told> {
  const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error', ...environment };
  for (const name of ['ZAIMA_HOME', 'PORT', 'DEMO_WEBHOOK_SECRET']) if (environment[name] === undefined) delete env[name];
  if (home !== undefined) env.ZAIMA_HOME = home;
  const child = spawn(command, args, { cwd: root, env });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, ...texts, lines: texts.stdout === '' ? [] : texts.stdout.replace(/\n$/, '').split('\n') };
}

/** A data folder as a start leaves it, without the seconds of one. */
export async function startedOnce(dataDir: string): Promise<void> {
  makeDataFolder(dataDir);
  await openSqlite({ path: join(dataDir, 'zaima.db') }).close();
}
