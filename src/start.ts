/** Puts the house together and opens the door: everything that main.ts and `zaima start` do. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openPeople } from './access/people.js';
import { openSessions } from './access/sessions.js';
import { demoShop, type ShopSecret, shopSecret } from './access/shop-secret.js';
import { newTokenSecret, openAccess } from './access/tokens.js';
import { removeServerAddress, writeServerAddress } from './cli/server-address.js';
import { curlCommand, exampleBody, signedCall } from './cli/sign-command.js';
import type { CompiledRules } from './compliance/check.js';
import { loadRules } from './compliance/load-rules.js';
import { type Config, loadConfig } from './config.js';
import { callbackFault, callbackJudge } from './connectors/address-guard.js';
import type { ConnectorSettings } from './connectors/connector.js';
import { loadConnectors } from './connectors/load-connectors.js';
import { makeDataFolder } from './data-folder.js';
import { type Fault, FaultyFiles, faultLine, systemWords } from './errors.js';
import { openBotSwitches } from './flow/bot-switches.js';
import { startCallback } from './flow/callback.js';
import { createFlow } from './flow/flow.js';
import { preview } from './flow/preview.js';
import { ownParts } from './kept-parts.js';
import { type LiveKnowledge, openLiveKnowledge } from './knowledge/live.js';
import { watchKnowledge } from './knowledge/watch.js';
import { home, projectFolder } from './paths.js';
import { openPhraseBook } from './phrases/phrase-book.js';
import { isHeldByAgent } from './policy/presence.js';
import { reason } from './reasons.js';
import { openLog } from './server/log.js';
import { openMetrics } from './server/metrics.js';
import { buildServer } from './server.js';
import { calendarFaults } from './shop/calendar-faults.js';
import { checkTyped } from './shop/check-typed.js';
import { intentTitles } from './shop/intent-titles.js';
import { rulesWith } from './shop/kept-rules.js';
import { checkedKnowledge } from './shop/knowledge.js';
import { openKnowledgeFiles, shopFileNames } from './shop/knowledge-files.js';
import { type MessageReading, rememberingMessages } from './shop/message-files.js';
import { type KnowledgeCompiler, openCompiler } from './shop/shared-knowledge.js';
import { stockTemplates } from './shop/stock-templates.js';
import { openStockBook } from './stock/stock-book.js';
import { openSqlite } from './storage/sqlite.js';
import { everyShop } from './storage/storage.js';

import { type loadYaml, rememberingYaml } from './yaml-file.js';
export interface Running {
  readonly address: string;
  readonly server: FastifyInstance;
  /** Reads all knowledge anew, as a changed file does by itself. @param cause for the log */
  reload(cause: string): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The folder that holds intents/ and config/. */
  readonly home?: string;
  /** For tests: a clock of their own. */
  readonly now?: () => number;
  /** Where the greeting goes; default: standard output. */
  readonly say?: (line: string) => void;
  /** For tests, which start many houses: what former ones read and compiled. */
  readonly kept?: KeptKnowledge;
}

/** Each part remembers what it made, and makes it anew where its ground has changed. */
export interface KeptKnowledge {
  readonly rules: CompiledRules;
  readonly load: typeof loadYaml;
  readonly messages: MessageReading;
  readonly compiler: KnowledgeCompiler;
}

export async function keptKnowledge(): Promise<KeptKnowledge> {
  const parts = ownParts();
  const rules = rulesWith(await loadRules(), parts);
  return { rules, load: rememberingYaml(parts), messages: rememberingMessages(), compiler: openCompiler(rules, parts) };
}

/**
 * Runs the service until it is told to stop.
 * @throws FaultyFiles with every fault of configuration, knowledge and secrets at once
 */
export async function run(options: StartOptions = {}): Promise<Running> {
  const environment = options.environment ?? process.env;
  const root = options.home ?? home;
  const now = options.now ?? Date.now;
  const say = options.say ?? ((line: string) => process.stdout.write(`${line}\n`));
  const version = (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;

  const { value: config, faults: configFaults } = loadConfig(join(root, 'config/service.yaml'), environment);
  const { rules, load, messages, compiler } = options.kept ?? (await keptKnowledge());
  const judgeCallback = config === undefined ? callbackFault : callbackJudge(config);
  const reader = openKnowledgeFiles(root, rules, load, judgeCallback, messages);
  const checked = checkedKnowledge(reader, compiler, rules);
  // The first answer is not to wait for it.
  rules.reader();
  const secrets = new Map<string, ShopSecret>();
  const secretOf = (shop: string): ShopSecret => {
    const secret = secrets.get(shop) ?? shopSecret(shop, environment, config!.dataDir, true);
    secrets.set(shop, secret);
    return secret;
  };
  const faults: Fault[] = [...configFaults, ...checked.faults];
  if (config !== undefined) makeDataFolder(config.dataDir);
  // Of shops whose files are faulty too: all is mended in one go.
  if (config !== undefined) for (const shop of shopFileNames(root).keys()) faults.push(...secretOf(shop).faults);
  faults.push(...calendarFaults(checked.shops, now()));
  const errors = faults.filter((fault) => fault.severity === 'error');
  if (errors.length > 0 || config === undefined) throw new FaultyFiles(errors);

  const log = openLog(config.logging.level);
  for (const fault of faults) log.warn(faultLine(fault));
  const storage = openSqlite({ path: join(config.dataDir, 'zaima.db'), now });
  const metrics = openMetrics();
  /** What is under way of it. */
  let telling: Promise<void> = Promise.resolve();
  /** Drafts rest on the knowledge and on the switches: they are made anew for who waits, and those that are gone are taken back. */
  const tellDesks = async (shops: readonly string[]): Promise<void> => {
    for (const shop of shops)
      await flow
        .redraft(shop)
        .then(() => storage.touchDesk(shop))
        .catch((error: unknown) => log.error({ err: error, shop }, 'the desk could not be told that its drafts changed'));
  };
  const controlSecret = newTokenSecret();
  const access = openAccess({ storage, now, controlSecret });
  const sessions = openSessions({ storage, now, ...config.sessions });
  const people = openPeople(storage, sessions, now);
  const bots = openBotSwitches(storage);
  const stock = openStockBook({ storage, parameters: (id) => knowledge.shop(id)?.parameters, now });
  let isReady = false;
  let knowledge: LiveKnowledge;
  try {
    knowledge = await openLiveKnowledge({
      reader,
      files: checked.files,
      compiler,
      rules,
      storage,
      now,
      secretFaults: (shop) => secretOf(shop).faults,
      judgeCallback,
      // Also for shops that come back: the kill switch before anything can be sent, who is away, and what is due.
      joined: async (shops) => {
        await bots.load(shops);
        await stock.load(shops);
        if (isReady) await flow.start(shops);
      },
      events: {
        swapped: (shops, cause, milliseconds) => {
          log.info({ shops, cause, milliseconds: Math.round(milliseconds) }, 'knowledge is in force');
          if (isReady) telling = telling.then(() => tellDesks(shops));
        },
        removed: (shop) => log.warn({ shop }, 'the file of a shop is gone: the shop is no longer served'),
        refused: (all) => {
          for (const fault of all) log.error(faultLine(fault));
        },
        warned: (all) => {
          for (const fault of all) log.warn(faultLine(fault));
        },
      },
    });
  } catch (error) {
    await storage.close();
    throw error;
  }

  /** With the stock of the moment: what buyers are told from. */
  const stockedShop = (id: string) => {
    const shop = knowledge.shop(id);
    return shop && stock.stocked(shop);
  };
  const settings: ConnectorSettings = {
    callback: (shop) => {
      const url = knowledge.shop(shop)?.parameters.callbackUrl;
      return url === undefined ? undefined : { url, secrets: secrets.get(shop)?.secret?.reveal() ?? [] };
    },
    allowPrivateAddresses: config.callbacks.allowPrivateAddresses,
    now,
  };
  const connectors = (await loadConnectors()).map((file) => file.open(settings));
  const pushes = (shop: string, connector: string) => connectors.some((one) => one.name === connector && one.pushes(shop));
  const flow = createFlow({
    storage,
    shop: stockedShop,
    lowered: bots.lowered,
    haltedAt: bots.haltedAt,
    stockChangedAt: stock.changedAt,
    pushes,
    now,
    events: {
      answered: (answer) => metrics.answered(answer.action),
      failed: (shop, conversation, error) =>
        log.error({ err: error, shop, conversation }, 'a turn could not be answered; it is tried again'),
      queued: () => callback.wake(),
    },
  });
  const callback = startCallback({
    storage,
    connectors,
    mayStillSend: async (delivery) => {
      // The switch stops the bot, not the people.
      if (delivery.reply.kind === 'agent') return undefined;
      const file = knowledge.shop(delivery.shop)?.parameters.bot.mode ?? 'off';
      if (!bots.maySend(delivery.shop, delivery.createdAt, file)) return reason('bot_stopped');
      const turn = await storage.turn(delivery.shop, delivery.conversation);
      return turn !== undefined && isHeldByAgent(turn.conversation.memory, now()) ? reason('agent_holds') : undefined;
    },
    retrySeconds: config.callbacks.retrySeconds,
    // Not a secret, only a spread: many callers should not come back at the same moment.
    jitterSeconds: (seconds) => seconds * 0.1 * Math.random(),
    now,
    language: config.language,
    log,
  });

  const phrases = openPhraseBook({
    storage,
    shop: (id) => {
      const shop = stockedShop(id);
      return shop && { parameters: shop.parameters, check: (text) => checkTyped(text, shop, { now: now() }) };
    },
    now,
  });
  const server = buildServer({
    config,
    log,
    flow: {
      shop: (id) => {
        const shop = knowledge.shop(id);
        const secret = secrets.get(id)?.secret;
        return shop === undefined || secret === undefined
          ? undefined
          : {
              parameters: shop.parameters,
              knowledge: shop.revision,
              titles: intentTitles(shop),
              stockTemplates: stockTemplates(shop.book),
              secrets: secret.reveal(),
            };
      },
      accept: flow.accept,
      preview: (id, question, withAway) => {
        const shop = stockedShop(id);
        const switches = { away: withAway ? flow.away(id) : undefined, lowered: bots.lowered(id) };
        return shop === undefined ? undefined : preview(shop, switches, question);
      },
      switches: (id) => ({ away: flow.away(id), lowered: bots.lowered(id) }),
      setAway: async (shop, away) => {
        await flow.setAway(shop, away);
        return flow.away(shop);
      },
      check: (id, text, orderOwner, item) => {
        const shop = stockedShop(id);
        return shop === undefined ? [] : checkTyped(text, shop, { orderOwner, item, now: now() });
      },
      foresee: flow.foresee,
      redraft: flow.redraft,
      deskWrite: flow.deskWrite,
      pushes,
      bots: {
        ...bots,
        async turn(shop, turn) {
          await bots.turn(shop, turn);
          await tellDesks(shop === everyShop ? knowledge.ids() : [shop]);
        },
      },
      onFeed: flow.onFeed,
    },
    storage,
    knowledge,
    access,
    sessions,
    people,
    phrases,
    stock,
    metrics,
    now,
    pagesFolder: join(projectFolder, 'dist/console'),
    chatScript: join(projectFolder, 'dist/webchat/webchat.js'),
    version,
    ready: () => isReady,
  });

  const reload = (cause: string): Promise<void> =>
    knowledge.reload(cause).catch((error: unknown) => {
      if (isReady) log.error({ err: error }, 'knowledge could not be reloaded; what was in force stays');
    });
  let unwatch: (() => Promise<void>) | undefined;

  async function stop(): Promise<void> {
    isReady = false;
    await unwatch?.();
    removeServerAddress(config!.dataDir);
    await server.close();
    await flow.stop();
    await telling;
    await callback.stop();
    await Promise.all(connectors.map((connector) => connector.close?.()));
    await storage.close();
  }

  let first: { readonly login: string; readonly password: string } | undefined;
  try {
    await flow.start(knowledge.ids());
    await server.listen({ host: config.host, port: config.port });
    // Told this once: not before nothing can fail any more.
    first = await people.first();
  } catch (error) {
    await stop();
    throw error;
  }
  isReady = true;
  const { port } = server.server.address() as AddressInfo;
  const address = `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host}:${port}`;
  writeServerAddress(config.dataDir, { url: address, token: controlSecret, pid: process.pid });
  greet(address, config, first, knowledge.shop(demoShop) !== undefined ? secrets.get(demoShop) : undefined, say, now());
  unwatch = await watchKnowledge(
    root,
    (paths) => void reload(paths.map((path) => relative(root, path)).join(', ')),
    (error) => log.warn({ err: error }, 'files of knowledge cannot be watched: send SIGHUP after a change'),
  );
  // What was written between the first reading and the watch.
  await reload('start');
  // Of who waited over the restart, by files that changed meanwhile.
  telling = telling.then(() => tellDesks(knowledge.ids()));
  return { address, server, reload, stop };
}

/** What a newcomer needs first: where it is, and a call to paste. */
function greet(
  address: string,
  config: Config,
  first: { readonly login: string; readonly password: string } | undefined,
  demo: ShopSecret | undefined,
  say: (line: string) => void,
  now: number,
): void {
  say(`Zaima 在吗 is at ${address}  (API: ${address}/docs, data: ${config.dataDir})`);
  if (first !== undefined) {
    say(`Log in at ${address} with the first login, made for you and told this once: ${first.login}  ${first.password}`);
    say(`(another password: npm run -s zaima -- user password ${first.login})`);
  }
  if (demo?.secret === undefined) return;
  if (demo.file !== undefined) say(`The demo shop's webhook secret was made for you: ${demo.file}`);
  say('Ask the demo shop something (the signature holds for five minutes; `npm run -s zaima -- sign` makes a new one):\n');
  say(
    curlCommand(
      signedCall(address, demoShop, exampleBody('在吗，这款羊毛围巾包邮吗', 'example-1'), demo.secret.reveal(), now, true),
    ),
  );
  say('');
}

/** Undefined: a fault of ours, to be seen whole. */
function whyNotStarted(error: unknown): string | undefined {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException;
  if (code.startsWith('storage_')) return message;
  if (code === 'EADDRINUSE') return 'the port is taken; set PORT to another one';
  if (syscall === 'listen' && code === 'EACCES') return 'this account may not open that port; set PORT to one above 1023';
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo')
    return 'HOST is no address of this machine; set it to 127.0.0.1, or to 0.0.0.0 to open it to the network';
  return systemWords(error);
}

/** The process: runs until SIGTERM or SIGINT; faults are printed and end it with code 1. */
export async function start(): Promise<void> {
  let running: Running;
  try {
    running = await run();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof FaultyFiles) {
      for (const fault of error.faults) process.stderr.write(`${faultLine(fault)}\n`);
      return;
    }
    const words = whyNotStarted(error);
    if (words === undefined) throw error;
    process.stderr.write(`zaima: ${words}\n`);
    return;
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.stop();
  };
  process.on('SIGHUP', () => void running.reload('SIGHUP'));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
