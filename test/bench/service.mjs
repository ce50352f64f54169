/** The built service in a process and folders of its own, for benches. */
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';

const root = resolve(import.meta.dirname, '../..');

/**
 * Starts it and waits until it answers.
 * @param service what stands in config/service.yaml
 * @param shop changes the parameters of the demo shop
 */
export async function startService({ service = {}, shop } = {}) {
  const secret = randomBytes(32);
  const port = await new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => done(free));
    });
  });
  const home = mkdtempSync(join(tmpdir(), 'zaima-bench-'));
  symlinkSync(join(root, 'intents'), join(home, 'intents'));
  cpSync(join(root, 'config'), join(home, 'config'), { recursive: true });
  writeFileSync(join(home, 'config/service.yaml'), stringify(service));
  if (shop !== undefined) {
    const file = join(home, 'config/shops/demo.yaml');
    const parameters = parse(readFileSync(file, 'utf8'));
    shop(parameters);
    writeFileSync(file, stringify(parameters));
  }
  const dataDir = join(home, 'data');
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    env: {
      ...process.env,
      ZAIMA_HOME: home,
      LOG_LEVEL: 'error',
      DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}`,
      PORT: String(port),
      DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  // Its own token is written once it listens.
  for (;;) {
    const up = await fetch(`${address}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (up && existsSync(join(dataDir, 'control.json'))) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8'));

  return {
    address,
    token,
    pid: child.pid,
    /** Hands a buyer's message in by the signed webhook. */
    async ask(message) {
      const body = JSON.stringify(message);
      const timestamp = Math.floor(Date.now() / 1000);
      const signature = createHmac('sha256', secret).update(`w-${message.id}.${timestamp}.${body}`).digest('base64');
      const response = await fetch(`${address}/v1/shops/demo/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': `w-${message.id}`,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': `v1,${signature}`,
        },
        body,
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    },
    async stop() {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      rmSync(home, { recursive: true, force: true });
    },
  };
}
