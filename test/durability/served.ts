/** The built service as a process of its own, so that it can be killed and traced. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { signWebhook } from '../../src/connectors/standard-webhook.js';

const root = resolve(import.meta.dirname, '../..');

export interface Served {
  readonly process: ChildProcess;
  readonly address: string;
  readonly token: string;
  /** Of the service itself, not of a command around it. */
  readonly pid: number;
  readonly exited: Promise<void>;
}

/** A port nobody uses just now. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** Starts `node dist/main.js` (or a command around it) and waits until it answers. */
export async function serve(dataDir: string, secret: Buffer, around: readonly string[] = []): Promise<Served> {
  const port = await freePort();
  const [command, ...rest] = [...around, process.execPath, join(root, 'dist/main.js')];
  const child = spawn(command!, rest, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}`,
    },
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 2000; tries++) {
    if (child.exitCode !== null) throw new Error(`the service ended with code ${child.exitCode}`);
    const isUp = await fetch(`${address}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) {
      const control = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { token: string; pid: number };
      return { process: child, address, ...control, exited };
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('the service did not come up');
}

/** One signed message; resolves when it was acknowledged, rejects when the connection broke. */
export async function post(address: string, secret: Buffer, message: Record<string, unknown>, wait = false): Promise<unknown> {
  const body = JSON.stringify(message);
  const response = await fetch(`${address}/v1/shops/demo/messages${wait ? '?wait=answer' : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signWebhook(`w-${message.id}`, body, [secret], Date.now()) },
    body,
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

export async function get<T>(served: Served, path: string): Promise<T> {
  const response = await fetch(`${served.address}${path}`, { headers: { authorization: `Bearer ${served.token}` } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export async function putAway(served: Served): Promise<void> {
  const response = await fetch(`${served.address}/v1/shops/demo/away`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${served.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ away: true }),
  });
  if (!response.ok) throw new Error(await response.text());
}
