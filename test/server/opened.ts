/** A server on a real database in memory; the flow answers every question with the same sentence. */
import { randomUUID, scryptSync } from 'node:crypto';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openPeople } from '../../src/access/people.js';
import { openSessions } from '../../src/access/sessions.js';
import { openAccess } from '../../src/access/tokens.js';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadConfig } from '../../src/config.js';
import { signWebhook } from '../../src/connectors/standard-webhook.js';
import type { Answer, Turn } from '../../src/conversation.js';
import { arrive } from '../../src/flow/arrive.js';
import { openBotSwitches } from '../../src/flow/bot-switches.js';
import { openSettings } from '../../src/knowledge/settings.js';
import { openPhraseBook, type PhraseBook } from '../../src/phrases/phrase-book.js';
import { previewDuty } from '../../src/policy/schedule-preview.js';
import type { FlowPort } from '../../src/server/flow-port.js';
import { openMetrics } from '../../src/server/metrics.js';
import type { PhraseSource } from '../../src/server/phrase-news.js';
import { buildServer } from '../../src/server.js';
import { shopSchema } from '../../src/shop/parameters.js';
import { openStockBook } from '../../src/stock/stock-book.js';
import type { Role, User } from '../../src/storage/people.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import { type Away, everyShop, type Scope, type Storage } from '../../src/storage/storage.js';

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

export const secretOf = { demo: Buffer.alloc(32, 1), other: Buffer.alloc(32, 2) };
export const start = Date.parse('2026-11-11T12:00:00Z');

export function answerTo(turn: Turn, at: number): Answer {
  const text = turn.messages.map((message) => message.text).join('\n');
  return {
    id: `a-${randomUUID()}`,
    conversation: turn.conversation.id,
    action: 'auto',
    because: [{ code: 'off_duty', values: { opening: '明早9点' } }],
    understanding: {
      text,
      intents: [
        {
          id: 'shipping_fee',
          confidence: 0.97,
          ask: 'rule',
          by: 'both',
          evidence: [{ start: 0, end: 2, words: text.slice(0, 2), rule: '快递' }],
        },
      ],
      slots: { region: { province: '新疆' } },
      runnerUp: { id: 'courier', confidence: 0.1 },
      margin: 0.87,
      because: [{ code: 'on_duty' }],
    },
    replies: [
      {
        id: `r-${randomUUID()}`,
        kind: 'answer',
        text: '亲，新疆首重20元哦~',
        characters: 11,
        intents: ['shipping_fee'],
        template: 'shipping_fee.region',
        findings: [],
        delivery: 'send',
      },
    ],
    inReplyTo: turn.messages.map((message) => message.id),
    open: [],
    at,
    knowledge: 'k1',
  };
}

const rules = compileRules(await loadRules());

const password = 'a sentence is a good one';
/** Kept with a thousandth of the work that a real one is worth: hundreds log in here. The settings stand in the hash. */
const cheaplyKept = [
  'scrypt',
  4,
  8,
  1,
  'A'.repeat(22),
  scryptSync(password, Buffer.alloc(16), 32, { N: 16, r: 8, p: 1 }).toString('base64url'),
].join('$');

function sampleFlow(storage: Storage, now: () => number, secrets: Map<string, Buffer[]>): FlowPort & { answers(): number } {
  const listeners = new Set<(conversation: string) => void>();
  let answers = 0;
  const bots = openBotSwitches(storage);
  const awayNow = new Map<string, Away | undefined>();
  return {
    answers: () => answers,
    shop(id) {
      const shopSecrets = secrets.get(id);
      if (shopSecrets === undefined) return undefined;
      const parameters = shopSchema.parse({ id, name: id, timeZone: 'Asia/Shanghai', hours: { weekly: closed }, webChat: {} });
      return { parameters, secrets: shopSecrets };
    },
    async accept(messages, wait) {
      const result = await storage.accept(
        messages,
        (conversation, message) =>
          arrive(conversation, message, { burstSeconds: 1.5, keepStillMinutes: 10, ownEchoes: new Set() }),
        wait
          ? (turn) => ({ answer: answerTo(turn, now()), change: { memory: turn.conversation.memory }, callback: true })
          : undefined,
      );
      answers += result.answers.length;
      for (const { conversation } of result.answers) for (const listener of listeners) listener(conversation);
      return result;
    },
    preview(id, { at, days }) {
      const parameters = this.shop(id)?.parameters;
      return parameters && { ...previewDuty(parameters.hours, parameters.timeZone, undefined, at, days), openingWords: '' };
    },
    switches: (id) => ({ away: awayNow.get(id), lowered: bots.lowered(id) }),
    async setAway(shop, away) {
      await storage.setAway(shop, away);
      awayNow.set(shop, away);
      return storage.away(shop);
    },
    check: (_shop, text, orderOwner) => check(text, orderOwner === undefined ? {} : { orderOwner }, rules),
    deskWrite: storage.deskWrite,
    pushes: () => false,
    bots,
    onFeed(_shop, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export async function openServer(
  environment: { ready?: () => boolean; secrets?: Buffer[]; web?: { publicUrl?: string }; phrases?: PhraseSource } = {},
) {
  const clock = { now: start };
  const now = () => clock.now;
  const storage = openSqlite({ path: ':memory:', now });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const secrets = new Map([
    ['demo', environment.secrets ?? [secretOf.demo]],
    ['other', [secretOf.other]],
  ]);
  const flow = sampleFlow(storage, now, secrets);
  const config = loadConfig('config/service.yaml', {}).value!;
  const access = openAccess({ storage, now });
  const sessions = openSessions({ storage, now, idleHours: 168, mostDays: 30 });
  const people = openPeople(storage, sessions, now);
  const phrases = openPhraseBook({
    storage,
    shop: (id) => {
      const shop = flow.shop(id);
      return shop && { parameters: shop.parameters, check: (text) => flow.check(id, text, undefined) };
    },
    now,
  });
  const stock = openStockBook({ storage, parameters: (id) => flow.shop(id)?.parameters, now });
  const settings = openSettings({
    storage,
    now,
    intents: () => new Set(['shipping_fee']),
    rules,
    judgeReplies: () => ({ faults: [], hints: [] }),
  });
  const app = buildServer({
    config: { ...config, language: 'en', web: { ...config.web, ...environment.web } },
    log,
    flow,
    storage,
    sessions,
    people,
    stock,
    phrases: { ...phrases, ...(environment.phrases as Partial<PhraseBook> | undefined) },
    knowledge: {
      ids: () => [...secrets.keys()],
      shop: () => undefined,
      trial: async () => undefined,
      settings,
      change: (request) => settings.change(request, undefined),
      status: () => undefined,
      words: () => {
        throw new Error('no shop here has replies');
      },
    },
    access,
    metrics: openMetrics(),
    now,
    version: '0.1.0',
    ready: environment.ready ?? (() => true),
  });
  onTestFinished(async () => {
    await app.close();
    await storage.close();
  });
  const token = async (scope: Scope, shop = 'demo') => (await access.create(shop, scope)).secret;

  return {
    app,
    flow,
    storage,
    settings,
    clock,
    lines,
    access,
    people,
    phrases,
    sessions,
    token,
    /** A signed call; `signed` changes headers, `signedAt` the clock of the signer. */
    post(
      body: unknown,
      options: { query?: string; shop?: string; secret?: Buffer; signedAt?: number; headers?: Record<string, string> } = {},
    ) {
      const { query = '', shop = 'demo', secret = secretOf.demo, signedAt = clock.now, headers = {} } = options;
      const payload = typeof body === 'string' ? body : JSON.stringify(body);
      const signed = signWebhook(`call-${randomUUID()}`, payload, [secret], signedAt);
      return app.inject({
        method: 'POST',
        url: `/v1/shops/${shop}/messages${query}`,
        payload,
        headers: { 'content-type': 'application/json', ...signed, ...headers },
      });
    },
    get: (path: string, bearer?: string) =>
      app.inject({ method: 'GET', url: path, headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } }),
    /** Logs somebody of the role in; calls come with the cookie. */
    async loggedIn(role: Role, shops: readonly string[] = ['demo'], login = `${role}-${shops.join('-').replace('*', 'all')}`) {
      const user: User = {
        id: randomUUID(),
        login,
        name: login,
        role,
        shops: shops.includes(everyShop) ? [everyShop] : [...new Set(shops)].sort(),
        createdAt: clock.now,
      };
      await storage.addUser(user, cheaplyKept);
      const { statusCode, headers, cookies } = await app.inject({
        method: 'POST',
        url: '/v1/login',
        payload: { login, password },
        remoteAddress: '203.0.113.7',
      });
      if (statusCode !== 200) throw new Error(`login: ${statusCode}`);
      const [cookie] = cookies as { name: string; value: string }[];
      const call = (
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
        url: string,
        body?: unknown,
        more: Record<string, string> = {},
      ) =>
        app.inject({
          method,
          url,
          headers: { cookie: `${cookie!.name}=${cookie!.value}`, ...more },
          ...(body !== undefined && { payload: body as object }),
        });
      return { user, password, cookie: cookie!, setCookie: String(headers['set-cookie']), call };
    },
    async call(method: 'POST' | 'PUT' | 'DELETE', path: string, bearer: string, body?: unknown) {
      return app.inject({
        method,
        url: path,
        headers: { authorization: `Bearer ${bearer}` },
        ...(body !== undefined && { payload: body as object }),
      });
    },
  };
}

let count = 0;
/** A message of a new id. */
export function question(text = '到新疆多少钱', more: object = {}) {
  count += 1;
  return { id: `m-${count}`, conversation: 'c-1', buyer: { id: 'b-1', name: '小王' }, text, ...more };
}
