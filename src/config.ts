/**
 * The configuration of one process: config/service.yaml (never a secret), the environment (addresses and secrets), and
 * nothing else. All faults come back at once; whoever starts the process prints them and does not start.
 */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { Fault } from './errors.js';
import { loadYaml } from './yaml-file.js';

/** Between one attempt of a callback and the next, as Standard Webhooks proposes: the tenth comes after three days. */
const standardRetrySeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const serviceSchema = z.strictObject({
  /** The language of every `because` that is served. */
  language: z.enum(['zh', 'en']).default('zh'),
  limits: z
    .strictObject({
      signedCallsPerSecond: z.number().int().min(1).max(1_000_000).default(5000),
      buyerMessagesPerMinute: z.number().int().min(1).max(100_000).default(60),
      /**
       * 100 messages of 4,000 characters are 2.4 MB when a caller writes Chinese as \uXXXX (six bytes each), and their
       * ids, names, items and orders at most 1.6 MB more.
       */
      bodyBytes: z.number().int().min(16_384).max(67_108_864).default(4_194_304),
    })
    .prefault({}),
  callbacks: z
    .strictObject({
      allowPrivateAddresses: z.boolean().default(false),
      retrySeconds: z.array(z.number().min(0).max(604_800)).min(1).max(20).default(standardRetrySeconds),
    })
    .prefault({}),
  /** How browsers reach the service. */
  web: z
    .strictObject({
      /** `https://desk.example.com` where a proxy stands before it: cookies are then sent over https alone. */
      publicUrl: z.httpUrl().optional(),
      /** Addresses of proxies whose `X-Forwarded-…` is believed: `127.0.0.1`, `10.0.0.0/8`. */
      trustedProxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
      /** Sites in whose frames /sidebar may stand: `'self'` and origins, as `https://app.chatwoot.com` or `https://*.example.com`. */
      frameAncestors: z
        .array(
          z
            .string()
            .regex(/^('self'|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?)$/, "write 'self' or an origin: https://app.chatwoot.com"),
        )
        .default(["'self'"]),
    })
    .prefault({}),
  sessions: z
    .strictObject({
      /** A login that was not used for so long is over: one week, so that a weekend does not log anybody out. */
      idleHours: z.number().int().min(1).max(8760).default(168),
      mostDays: z.number().int().min(1).max(365).default(30),
    })
    .prefault({}),
  feed: z.strictObject({ longPollSeconds: z.number().min(0).max(60).default(30) }).prefault({}),
  /** Websockets: connected chat clients, desks. */
  sockets: z
    .strictObject({
      /** Between two pings; a peer that answers none of them is gone at the next. */
      pingSeconds: z.number().min(0.1).max(300).default(25),
      /** Open at once by one token or one user. */
      perCaller: z.number().int().min(1).max(100_000).default(1000),
      perShop: z.number().int().min(1).max(100_000).default(2000),
    })
    .prefault({}),
  /** Visitors of web chats, who are nobody's: what one of them, and one address (for IPv6 its /64), may do. */
  webChat: z
    .strictObject({
      visitorMessagesPerMinute: z.number().int().min(1).max(10_000).default(20),
      addressMessagesPerMinute: z.number().int().min(1).max(100_000).default(120),
      addressVisitorsPerMinute: z.number().int().min(1).max(100_000).default(30),
      /** Looks for something new; a stream counts as one. */
      addressLooksPerMinute: z.number().int().min(1).max(1_000_000).default(600),
      /** Open at once, from one address and in one shop. */
      streamsPerAddress: z.number().int().min(1).max(100_000).default(50),
      streamsPerShop: z.number().int().min(1).max(100_000).default(5000),
    })
    .prefault({}),
  logging: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
});

export type ServiceSettings = z.output<typeof serviceSchema>;

export interface Config extends ServiceSettings {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
}

const environmentSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port from 0 to 65535 (0: any free one)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port from 0 to 65535 (0: any free one)')
    .default(8080),
  /** This machine alone, so that a first start opens nothing to the network; the Dockerfile sets 0.0.0.0. */
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(logLevels).optional(),
});

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param file config/service.yaml; it may be absent.
 * @param environment an empty variable counts as absent.
 */
export function loadConfig(
  file: string,
  environment: Environment,
): { readonly value?: Config; readonly faults: readonly Fault[] } {
  const service = loadYaml(file, serviceSchema, { optional: true });
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const variables = environmentSchema.safeParse(given);
  const faults: Fault[] = [...service.faults];
  for (const issue of variables.error?.issues ?? []) {
    const variable = String(issue.path[0]);
    const mend = variable === 'LOG_LEVEL' ? `write one of ${logLevels.join(', ')}` : issue.message;
    faults.push({ file: 'environment', path: variable, problem: 'has a value that is not allowed', mend, severity: 'error' });
  }
  if (service.value === undefined || !variables.success) return { faults };
  const { PORT, HOST, DATA_DIR, LOG_LEVEL } = variables.data;
  const value: Config = {
    ...service.value,
    logging: { level: LOG_LEVEL ?? service.value.logging.level },
    host: HOST,
    port: PORT,
    dataDir: isAbsolute(DATA_DIR) ? DATA_DIR : resolve(DATA_DIR),
  };
  return { value, faults };
}
