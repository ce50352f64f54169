#!/usr/bin/env node
/** The command line. Each command's work is in cli/; here stand its words and options. Logs go to stderr, results to stdout. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from './cli/command-error.js';
import { type Config, loadConfig } from './config.js';
import type { Fault } from './errors.js';
import { FaultyFiles, faultLine } from './errors.js';
import { home, projectFolder } from './paths.js';
import type { Shop } from './shop/shop.js';

const version = (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;
const program = new Command('zaima')
  .description("Zaima (在吗): answers a shop's buyers off duty and drafts for its agents on duty")
  .version(version);

const shopOption = () => new Option('--shop <shop>', 'which shop').default('demo');

program
  .command('start')
  .description('run the service (the same as npm start)')
  .action(async () => {
    const { start } = await import('./start.js');
    await start();
  });

program
  .command('check')
  .description('check all intent files, shops and settings; all faults at once')
  .action(async () => {
    const { checkLines } = await import('./cli/check-command.js');
    const { lines, errors } = await checkLines(home, process.env);
    for (const line of lines) console.log(line);
    if (errors > 0) process.exitCode = 1;
  });

program
  .command('ask')
  .description('ask the shop a question and see what is understood, decided and said, and why')
  .argument('<message>', 'what the buyer writes')
  .addOption(shopOption())
  .option('--at <iso>', 'when, e.g. 2026-10-01T23:10:00+08:00 (default: now)', instant)
  .option(
    '--after <message>',
    'an earlier message of the buyer; may be repeated',
    (value: string, all: string[]) => [...all, value],
    [],
  )
  .option('--item <id>', 'the product page the buyer came from')
  .option('--away', 'as if the shop were switched to away')
  .option('--lang <language>', 'language of the reasons: zh or en', 'zh')
  .option('--json', 'print the Answer as HTTP serves it')
  .action(
    async (
      text: string,
      options: { shop: string; at?: number; after: string[]; item?: string; away?: boolean; lang: string; json?: boolean },
    ) => {
      const { answerLines, askShop } = await import('./cli/ask-command.js');
      const shop = await shopNamed(options.shop);
      const now = options.at ?? Date.now();
      const language = options.lang === 'en' ? 'en' : 'zh';
      const answered = askShop(
        {
          text,
          after: options.after,
          now,
          away: options.away === true ? { since: now } : undefined,
          ...(options.item === undefined ? {} : { itemId: options.item }),
        },
        shop,
      );
      if (options.json === true) {
        const { answerOnTheWire } = await import('./server/answer-wire.js');
        console.log(JSON.stringify(answerOnTheWire(answered, language)));
      } else for (const line of answerLines(answered, shop, language)) console.log(line);
    },
  );

program
  .command('understand')
  .description('JSON lines {id,text,after?,at?,item?} on stdin to {id,intents,slots,auto} on stdout')
  .addOption(shopOption())
  .option('--intents <dir>', 'understand with another folder of intent files, which may hold examples alone')
  .action(async (options: { shop: string; intents?: string }) => {
    const { understandLines } = await import('./cli/understand-command.js');
    if (options.intents !== undefined) {
      const { loadModel } = await import('./shop/knowledge.js');
      const { model, faults } = loadModel(options.intents, home);
      stopOnErrors(faults);
      await understandLines(model!, undefined);
    } else {
      const shop = await shopNamed(options.shop);
      await understandLines(shop.model, shop);
    }
  });

program
  .command('eval')
  .description('score a file of labelled messages: JSON lines {id,text,labels,also?,natural?}')
  .argument('<file>', 'the file, or - for stdin')
  .addOption(shopOption())
  .option('--errors <n>', 'show so many wrong messages', count, 0)
  .action(async (file: string, options: { shop: string; errors: number }) => {
    const { evaluate, evaluationLines } = await import('./cli/eval-command.js');
    for (const line of evaluationLines(await evaluate(file, await shopNamed(options.shop)), options.errors)) console.log(line);
  });

program
  .command('replay')
  .description('play a file of recorded messages through the running server by signed webhook')
  .argument('<file>', 'plain lines, or JSON lines with "text"; - for stdin')
  .addOption(shopOption())
  .option('--url <url>', 'the server (default: the one running on the data folder)')
  .option('--limit <n>', 'at most so many messages', count, Number.POSITIVE_INFINITY)
  .option('--concurrency <n>', 'calls under way at once', count, 16)
  .option('--out <file>', 'write transcripts as JSON lines')
  .action(async (file: string, options: { shop: string; url?: string; limit: number; concurrency: number; out?: string }) => {
    const { replay } = await import('./cli/replay-command.js');
    const config = checkedConfig();
    const counts = await replay({
      file,
      address: await addressOf(config, options.url),
      shop: options.shop,
      secrets: await secretsOf(config, options.shop),
      limit: options.limit,
      concurrency: Math.max(1, options.concurrency),
      out: options.out,
      run: Date.now().toString(36),
    });
    console.log(`messages ${counts.messages}`);
    for (const [title, map] of [
      ['action', counts.byAction],
      ['replies', counts.byKind],
      ['intent', counts.byIntent],
    ] as const) {
      console.log(title);
      for (const [key, number] of [...map].sort((a, b) => b[1] - a[1])) console.log(`  ${key.padEnd(18)} ${number}`);
    }
  });

program
  .command('sign')
  .description('print a signed call, ready to paste (its signature holds for five minutes)')
  .addOption(shopOption())
  .option('--text <text>', 'what the buyer writes', '在吗，这款包邮吗')
  .option('--conversation <id>', 'conversation id', 'example-1')
  .option('--body <file>', "sign this file's bytes instead; - for stdin")
  .option('--headers', 'print the signature headers alone')
  .option('--url <url>', 'the server (default: the one running on the data folder)')
  .option('--no-wait', 'leave out ?wait=answer')
  .action(
    async (options: {
      shop: string;
      text: string;
      conversation: string;
      body?: string;
      headers?: boolean;
      url?: string;
      wait: boolean;
    }) => {
      const { curlCommand, exampleBody, signedCall } = await import('./cli/sign-command.js');
      const config = checkedConfig();
      const body =
        options.body === undefined
          ? exampleBody(options.text, options.conversation)
          : readFileSync(options.body === '-' ? 0 : options.body, 'utf8');
      const address = options.headers === true ? '' : await addressOf(config, options.url, true);
      const call = signedCall(address, options.shop, body, await secretsOf(config, options.shop), Date.now(), options.wait);
      if (options.headers === true) for (const [name, value] of Object.entries(call.headers)) console.log(`${name}: ${value}`);
      else console.log(curlCommand(call));
    },
  );

const token = program.command('token').description('bearer tokens of machines');
const scopeOption = () =>
  new Option('--scope <scope>', 'what it may do').choices(['connect', 'phrases', 'read', 'admin']).makeOptionMandatory();
token
  .command('add')
  .description('make a token; it is printed alone on the last line, and only this once')
  .addOption(shopOption())
  .addOption(scopeOption())
  .option('--note <note>', 'what it is for')
  .action(async (options: { shop: string; scope: 'connect' | 'phrases' | 'read' | 'admin'; note?: string }) => {
    const { addToken } = await import('./cli/admin-commands.js');
    await mustHaveFile(options.shop);
    console.log(await addToken(checkedConfig(), options.shop, options.scope, options.note));
  });
token
  .command('list')
  .addOption(shopOption())
  .action(async (options: { shop: string }) => {
    const { listTokens } = await import('./cli/admin-commands.js');
    for (const one of await listTokens(checkedConfig(), options.shop)) console.log(JSON.stringify(one));
  });
token
  .command('revoke')
  .argument('<id>')
  .addOption(shopOption())
  .action(async (id: string, options: { shop: string }) => {
    const { revokeToken } = await import('./cli/admin-commands.js');
    await revokeToken(checkedConfig(), options.shop, id);
  });

const shop = program.command('shop').description('the state and the settings of a shop');
shop
  .command('away')
  .description('switch away-now on or off: off duty whatever the hours')
  .argument('<shop>')
  .argument('<on|off>')
  .option('--until <iso>', 'when agents are back', instant)
  .action(async (id: string, state: string, options: { until?: number }) => {
    const { setAway } = await import('./cli/admin-commands.js');
    if (state !== 'on' && state !== 'off') throw new CommandError(`say on or off, not "${state}"`);
    await mustHaveFile(id);
    await setAway(checkedConfig(), id, state === 'on', options.until);
    console.log(`${id} away ${state}`);
  });
shop
  .command('status')
  .description('which knowledge is in force, and what was refused')
  .argument('<shop>')
  .action((id: string) => settingsCommand((commands, desk) => commands.statusLines(desk, id)));
shop
  .command('export')
  .description('print the settings in force as YAML')
  .argument('<shop>')
  .option('--revision <n>', 'those of an earlier revision', count)
  .action((id: string, options: { revision?: number }) =>
    settingsCommand((commands, desk) => commands.exportLines(desk, id, options.revision)),
  );
shop
  .command('import')
  .description('take settings from a YAML file, all of them; refused when the shop was changed since the file was made')
  .argument('<file>')
  .option('--force', 'take them whatever was changed meanwhile')
  .option('--note <note>', 'why, for the history')
  .action((file: string, options: { force?: boolean; note?: string }) =>
    settingsCommand((commands, desk) => commands.importLines(desk, home, file, options.force === true, options.note)),
  );
shop
  .command('revisions')
  .description('who changed the settings, and when; newest first')
  .argument('<shop>')
  .option('--limit <n>', 'at most so many', count, 20)
  .action((id: string, options: { limit: number }) =>
    settingsCommand((commands, desk) => commands.revisionLines(desk, id, options.limit)),
  );
shop
  .command('diff')
  .description('what differs between two revisions (default: the last change)')
  .argument('<shop>')
  .argument('[from]', 'revision', count)
  .argument('[to]', 'revision (default: the one in force)', count)
  .action((id: string, from: number | undefined, to: number | undefined) =>
    settingsCommand((commands, desk) => commands.diffLines(desk, id, from, to)),
  );
shop
  .command('rollback')
  .description('go back to the settings of a revision; the history stays')
  .argument('<shop>')
  .argument('<revision>', 'whose settings', count)
  .option('--note <note>', 'why, for the history')
  .action((id: string, revision: number, options: { note?: string }) =>
    settingsCommand((commands, desk) => commands.rollbackLines(desk, id, revision, options.note)),
  );

type SettingsCommands = typeof import('./cli/settings-commands.js');
type SettingsDesk = import('./cli/settings-desk.js').SettingsDesk;

/** Through the running server, so that a change is in force when the command returns; else on the file. */
async function settingsCommand(
  work: (commands: SettingsCommands, desk: SettingsDesk) => Promise<readonly string[]>,
): Promise<void> {
  const [commands, { withDesk }] = await Promise.all([import('./cli/settings-commands.js'), import('./cli/settings-desk.js')]);
  for (const line of await withDesk(checkedConfig(), home, (desk) => work(commands, desk))) console.log(line);
}

program
  .command('openapi')
  .description('print the OpenAPI document of the HTTP interface')
  .action(async () => {
    const { openApiText } = await import('./cli/openapi-command.js');
    process.stdout.write(await openApiText());
  });

function instant(value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new InvalidArgumentError('write a moment as ISO 8601, e.g. 2026-10-01T23:10:00+08:00');
  return at;
}

function count(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('write a whole number');
  return Number(value);
}

function stopOnErrors(faults: readonly Fault[]): void {
  const errors = faults.filter((fault) => fault.severity === 'error');
  if (errors.length > 0) throw new FaultyFiles(errors);
}

function checkedConfig(): Config {
  const { value, faults } = loadConfig(join(home, 'config/service.yaml'), process.env);
  stopOnErrors(faults);
  return value!;
}

/** Without reading what is in the files: away and tokens are none of theirs. */
async function mustHaveFile(id: string): Promise<void> {
  const { shopFileNames } = await import('./shop/knowledge-files.js');
  const names = shopFileNames(home);
  if (!names.has(id)) throw new CommandError(`there is no shop "${id}"; config/shops has: ${[...names.keys()].join(', ')}`);
}

async function shopNamed(id: string): Promise<Shop> {
  const [{ loadKnowledge }, { loadRules }] = await Promise.all([
    import('./shop/knowledge.js'),
    import('./compliance/load-rules.js'),
  ]);
  const { shops, faults } = loadKnowledge(home, await loadRules());
  stopOnErrors(faults);
  const found = shops.get(id);
  if (found === undefined) throw new CommandError(`there is no shop "${id}"; config/shops has: ${[...shops.keys()].join(', ')}`);
  return found;
}

async function secretsOf(config: Config, id: string): Promise<readonly Buffer[]> {
  const { shopSecret } = await import('./access/shop-secret.js');
  const { secret, faults } = shopSecret(id, process.env, config.dataDir);
  stopOnErrors(faults);
  return secret!.reveal();
}

async function addressOf(config: Config, given: string | undefined, orDefault = false): Promise<string> {
  if (given !== undefined) return given.replace(/\/$/, '');
  const { runningServer } = await import('./cli/server-address.js');
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return server.url;
  if (orDefault) return `http://127.0.0.1:${config.port}`;
  throw new CommandError(`no server runs on ${config.dataDir}; start one with npm start, or name it with --url`);
}

/** A file that is not there, a server that is not up: the system's own words say enough. */
function isTold(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return error instanceof CommandError || syscall !== undefined || code?.startsWith('storage_') === true;
}

// Whoever reads may stop reading (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof FaultyFiles) for (const fault of error.faults) console.error(faultLine(fault));
  else if (isTold(error)) console.error(`zaima: ${(error as Error).message}`);
  else throw error;
  process.exitCode = 1;
}
