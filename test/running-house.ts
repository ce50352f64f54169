/** The real service on a free port, with a data folder, a clock and, where a story needs them, shop parameters of its own. */
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { signWebhook } from '../src/connectors/standard-webhook.js';
import { keptKnowledge, type Running, run } from '../src/start.js';

const root = resolve(import.meta.dirname, '..');

export interface BuyerMessage {
  readonly id?: string;
  readonly conversation: string;
  readonly text?: string;
  readonly author?: 'buyer' | 'agent' | 'system';
  readonly type?: string;
  readonly buyer?: { readonly id: string; readonly name?: string };
  readonly sentAt?: string;
  readonly item?: { readonly id: string; readonly title: string; readonly price?: number };
  readonly order?: { readonly id: string; readonly status?: string };
}

export interface WireReply {
  readonly id: string;
  readonly kind: 'answer' | 'holding';
  readonly text: string;
  readonly characters: number;
  readonly intents: readonly string[];
  readonly template: string;
  readonly delivery: 'send' | 'suggest';
  readonly findings: readonly unknown[];
}

export interface WireAnswer {
  readonly id: string;
  readonly conversation: string;
  readonly action: 'auto' | 'draft' | 'handoff' | 'silent';
  readonly because: string;
  readonly reasons: readonly { readonly code: string }[];
  readonly understanding: {
    readonly intents: readonly { readonly id: string; readonly confidence: number; readonly ask: string }[];
    readonly slots: Record<string, unknown>;
  };
  readonly replies: readonly WireReply[];
  readonly inReplyTo: readonly string[];
  readonly open: readonly string[];
}

export interface FeedReply {
  readonly id: string;
  readonly conversation: string;
  readonly inReplyTo: readonly string[];
  readonly kind: string;
  readonly text: string;
}

export interface MessagesAnswer {
  readonly messages: readonly { readonly id: string; readonly duplicate: boolean; readonly conflict?: boolean }[];
  readonly answers?: readonly WireAnswer[];
}

export interface House {
  readonly address: string;
  readonly dataDir: string;
  readonly secret: Buffer;
  /** The control token. */
  readonly token: string;
  readonly now: () => number;
  /** Sends messages signed; resolves to status and body. */
  send(
    messages: BuyerMessage | readonly BuyerMessage[],
    options?: { readonly wait?: boolean; readonly shop?: string },
  ): Promise<{ status: number; body: MessagesAnswer }>;
  /** One buyer message, answered at once. */
  ask(text: string, more?: Partial<BuyerMessage>, shop?: string): Promise<WireAnswer>;
  /** The whole feed. */
  feed(): Promise<readonly FeedReply[]>;
  /** The feed as soon as it has so many replies. */
  feedOf(count: number): Promise<readonly FeedReply[]>;
  /** With the control token. */
  post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: any }>;
  get(path: string, token?: string): Promise<{ status: number; body: unknown }>;
  put(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  away(isAway: boolean, until?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface HouseOptions {
  /** The moment at which the story begins, ISO; the clock runs on from there. */
  readonly at?: string;
  /** Changes the demo shop's parameters (as read from YAML) before the start. */
  readonly shop?: (parameters: Record<string, any>) => void;
  readonly service?: Record<string, unknown>;
  /** Further files of config, by path: `shops/wool.yaml`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  /** Intent files of the shop's own, by id. */
  readonly intents?: Readonly<Record<string, string>>;
}

/** A copy of the project's intents and config in a folder of its own, with the demo shop changed. */
export function homeWith(
  shop: HouseOptions['shop'],
  service: Record<string, unknown> = {},
  intents: Readonly<Record<string, string>> = {},
): string {
  const home = mkdtempSync(join(tmpdir(), 'zaima-home-'));
  if (Object.keys(intents).length === 0) symlinkSync(join(root, 'intents'), join(home, 'intents'));
  else cpSync(join(root, 'intents'), join(home, 'intents'), { recursive: true });
  for (const [id, text] of Object.entries(intents)) writeFileSync(join(home, `intents/${id}.yaml`), text);
  cpSync(join(root, 'config'), join(home, 'config'), { recursive: true });
  const file = join(home, 'config/shops/demo.yaml');
  const parameters = parse(readFileSync(file, 'utf8')) as Record<string, any>;
  shop?.(parameters);
  writeFileSync(file, stringify(parameters));
  writeFileSync(join(home, 'config/service.yaml'), stringify(service));
  return home;
}

/** Houses have the same intents for the most part: compiled once a file of tests. */
const kept = await keptKnowledge().then(({ load, ...parts }) => ({
  ...parts,
  load: ((file, schema, options) => load(existsSync(file) ? realpathSync(file) : file, schema, options)) as typeof load,
}));

let counter = 0;
export const freshId = (): string => `m${process.pid}-${++counter}`;

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const home = homeWith(options.shop, options.service, options.intents);
  for (const [path, text] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(home, 'config', path)), { recursive: true });
    writeFileSync(join(home, 'config', path), text);
  }
  const others = Object.keys(options.files ?? {}).flatMap((path) => /^shops\/(\w+)\.yaml$/.exec(path)?.[1] ?? []);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'zaima-data-'));
  const startedAt = Date.now();
  const shift = options.at === undefined ? 0 : Date.parse(options.at) - startedAt;
  const now = () => Date.now() + shift;
  const secret = randomBytes(32);
  const running: Running = await run({
    home,
    now,
    say: () => undefined,
    kept,
    environment: {
      ...Object.fromEntries(others.map((shop) => [`${shop.toUpperCase()}_WEBHOOK_SECRET`, `whsec_${secret.toString('base64')}`])),
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}`,
    },
  });
  const control = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { token: string };
  const authorized = { authorization: `Bearer ${control.token}` };

  const house: House = {
    address: running.address,
    dataDir,
    secret,
    token: control.token,
    now,
    async send(messages, { wait = false, shop = 'demo' } = {}) {
      const complete = (message: BuyerMessage) => ({ id: freshId(), buyer: { id: `buyer-${message.conversation}` }, ...message });
      const body = JSON.stringify(
        Array.isArray(messages) ? (messages as BuyerMessage[]).map(complete) : complete(messages as BuyerMessage),
      );
      const response = await fetch(`${running.address}/v1/shops/${shop}/messages${wait ? '?wait=answer' : ''}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signWebhook(freshId(), body, [secret], now()) },
        body,
      });
      return { status: response.status, body: (await response.json()) as MessagesAnswer };
    },
    async ask(text, more = {}, shop = 'demo') {
      const { status, body } = await house.send({ conversation: `c-${freshId()}`, text, ...more }, { wait: true, shop });
      if (status !== 200 || body.answers?.length !== 1)
        throw new Error(`expected one answer, got ${status} ${JSON.stringify(body)}`);
      return body.answers[0]!;
    },
    async feed() {
      const response = await fetch(`${running.address}/v1/shops/demo/replies?limit=500`, { headers: authorized });
      return ((await response.json()) as { replies: FeedReply[] }).replies;
    },
    async feedOf(count) {
      for (let tries = 0; tries < 600; tries++) {
        const replies = await house.feed();
        if (replies.length >= count) return replies;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`the feed did not come to ${count} replies`);
    },
    async post(path, body) {
      const response = await fetch(`${running.address}${path}`, {
        method: 'POST',
        headers: { ...authorized, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async get(path, token = control.token) {
      const response = await fetch(`${running.address}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, body: await response.json() };
    },
    async put(path, body) {
      const response = await fetch(`${running.address}${path}`, {
        method: 'PUT',
        headers: { ...authorized, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async away(isAway, until) {
      const response = await fetch(`${running.address}/v1/shops/demo/away`, {
        method: 'PUT',
        headers: { ...authorized, 'content-type': 'application/json' },
        body: JSON.stringify({ away: isAway, ...(until === undefined ? {} : { until }) }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    async stop() {
      await running.stop();
      rmSync(home, { recursive: true, force: true });
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return house;
}
