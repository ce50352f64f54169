#!/usr/bin/env node
/** The command line. Each command's work is in cli/; here stand its words and options. Logs go to stderr, results to stdout. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { CommandError } from './cli/command-error.js';
import {
  checkedConfig,
  count,
  instant,
  languageOption,
  mustGoWithFolder,
  mustHaveFile,
  mustHaveProduct,
  shopNamed,
  stopOnErrors,
  thresholdOption,
} from './cli/given.js';
import { addPhraseCommands } from './cli/phrase-commands.js';
import { addShopCommands } from './cli/shop-commands.js';
import { addStockCommands } from './cli/stock-commands.js';
import { addUnderstandingCommands } from './cli/understanding-commands.js';
import { addUserCommands } from './cli/user-commands.js';
import type { Config } from './config.js';
import { FaultyFiles, faultLine, systemWords } from './errors.js';
import { home, projectFolder } from './paths.js';

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
  .option('--intents <dir>', 'no shop, but another folder of intent files: what is understood with it, and why')
  .addOption(thresholdOption())
  .option('--at <iso>', 'when, e.g. 2026-10-01T23:10:00+08:00 (default: now)', instant)
  .option(
    '--after <message>',
    'an earlier message of the buyer; may be repeated',
    (value: string, all: string[]) => [...all, value],
    [],
  )
  .option('--item <id>', 'the product page the buyer came from')
  .option('--away', 'as if the shop were switched to away')
  .addOption(languageOption())
  .option('--json', 'print the Answer as HTTP serves it')
  .action(
    async (
      text: string,
      options: {
        shop: string;
        intents?: string;
        threshold?: number;
        at?: number;
        after: string[];
        item?: string;
        away?: boolean;
        lang: 'zh' | 'en';
        json?: boolean;
      },
    ) => {
      mustGoWithFolder(options.threshold, options.intents);
      if (options.intents !== undefined) {
        const { askFolder } = await import('./cli/folder-model.js');
        for (const line of await askFolder(text, { ...options, intents: options.intents })) console.log(line);
        return;
      }
      const [{ answerLines }, { askShop }] = await Promise.all([import('./cli/ask-command.js'), import('./flow/ask.js')]);
      const shop = await shopNamed(options.shop);
      mustHaveProduct(shop, options.item);
      const now = options.at ?? Date.now();
      const language = options.lang;
      const turnOf = (said: string) => ({ messages: [{ text: said, type: 'text', author: 'buyer' }], at: now }) as const;
      const asking = {
        earlier: options.after.map(turnOf),
        turn: turnOf(text),
        switches: { away: undefined },
        duty: options.away === true ? 'off' : 'hours',
        itemId: options.item,
      } as const;
      const answered = askShop(asking, shop);
      if (options.json === true) {
        const { answerOnTheWire } = await import('./server/answer-wire.js');
        console.log(JSON.stringify(answerOnTheWire(answered, language)));
      } else for (const line of answerLines(answered, shop, language)) console.log(line);
    },
  );

program
  .command('preview')
  .description('see who is on duty at a moment, why, when that changes, and what a buyer would be told')
  .argument('[message]', 'what the buyer writes then')
  .addOption(shopOption())
  .option('--at <iso>', 'when, e.g. 2026-10-01T23:10:00+08:00 (default: now)', instant)
  .option('--days <n>', 'how many days of changes, up to 62', count, 7)
  .option('--item <id>', 'the product page the buyer came from')
  .option('--no-away', 'as if the away switch were off')
  .addOption(languageOption())
  .option('--json', 'print it as HTTP serves it')
  .action(
    async (
      text: string | undefined,
      options: { shop: string; at?: number; days: number; item?: string; away: boolean; lang: 'zh' | 'en'; json?: boolean },
    ) => {
      const [{ previewLines }, { preview }, { currentSwitches }] = await Promise.all([
        import('./cli/preview-command.js'),
        import('./flow/preview.js'),
        import('./cli/admin-commands.js'),
      ]);
      const shop = await shopNamed(options.shop);
      mustHaveProduct(shop, options.item);
      const { away, lowered } = await currentSwitches(checkedConfig(), shop.id);
      const at = options.at ?? Date.now();
      const switches = { away: options.away ? away : undefined, lowered };
      const told = preview(shop, switches, { at, days: Math.min(options.days, 62), text, itemId: options.item });
      const language = options.lang;
      if (options.json === true) {
        const { previewOnTheWire } = await import('./server/preview-wire.js');
        console.log(JSON.stringify(previewOnTheWire(told, language)));
      } else for (const line of previewLines(told, shop, language)) console.log(line);
    },
  );

interface CheckTextOptions {
  readonly shop: string;
  readonly orderingAccount?: 'yes' | 'no';
  readonly item?: string;
  readonly json?: boolean;
}

program
  .command('check-text')
  .description(
    'check a text that an agent types before it goes out; without a text: from stdin. Exit code 1 when it must not be sent',
  )
  .argument('[text]', 'the text')
  .addOption(shopOption())
  .addOption(new Option('--ordering-account <yes|no>', 'whether it goes to the account that ordered').choices(['yes', 'no']))
  .option('--item <id>', 'product that it is about')
  .option('--json', 'print the result as HTTP serves it')
  .action(async (given: string | undefined, options: CheckTextOptions) => {
    const { checkText, findingLines } = await import('./cli/check-text-command.js');
    const text = given ?? readFileSync(0, 'utf8').trim();
    if (text === '') throw new CommandError('there is no text to check');
    const shop = await shopNamed(options.shop);
    mustHaveProduct(shop, options.item);
    const orderOwner = options.orderingAccount === undefined ? undefined : options.orderingAccount === 'yes';
    const findings = checkText({ text, orderOwner, item: options.item, now: Date.now() }, shop);
    if (options.json === true) {
      const { checkedOnTheWire } = await import('./server/check.js');
      console.log(JSON.stringify(checkedOnTheWire(findings)));
    } else for (const line of findingLines(findings, shop)) console.log(line);
    if (findings.some(({ severity }) => severity !== 'hint')) process.exitCode = 1;
  });

addUnderstandingCommands(program);

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
      secrets: (await secretsOf(config, options.shop)).secrets,
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
      const { secrets, from } = await secretsOf(config, options.shop);
      const call = signedCall(address, options.shop, body, secrets, Date.now(), options.wait);
      console.error(`signed with the secret of ${from}`);
      if (options.headers === true) for (const [name, value] of Object.entries(call.headers)) console.log(`${name}: ${value}`);
      else console.log(curlCommand(call));
    },
  );

const token = program.command('token').description('bearer tokens of machines');
const scopeOption = () =>
  new Option('--scope <scope>', 'what it may do').choices(['connect', 'phrases', 'stock', 'read', 'admin']).makeOptionMandatory();
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
  .description('the tokens of a shop, without their secrets')
  .addOption(shopOption())
  .option('--json', 'as JSON lines')
  .action(async (options: { shop: string; json?: boolean }) => {
    const { listTokens, tokenLines } = await import('./cli/admin-commands.js');
    const tokens = await listTokens(checkedConfig(), options.shop);
    for (const line of options.json === true ? tokens.map((one) => JSON.stringify(one)) : tokenLines(tokens)) console.log(line);
  });
token
  .command('revoke')
  .argument('<id>')
  .addOption(shopOption())
  .action(async (id: string, options: { shop: string }) => {
    const { revokeToken } = await import('./cli/admin-commands.js');
    await revokeToken(checkedConfig(), options.shop, id);
  });

addShopCommands(program);
addPhraseCommands(program);
addStockCommands(program);
addUserCommands(program);

program
  .command('openapi')
  .description('print the OpenAPI document of the HTTP interface')
  .action(async () => {
    const { openApiText } = await import('./cli/openapi-command.js');
    process.stdout.write(await openApiText());
  });

/** A shop's secrets, and where they come from. */
async function secretsOf(config: Config, id: string) {
  const { secretVariable, shopSecret } = await import('./access/shop-secret.js');
  const { secret, file, faults } = shopSecret(id, process.env, config.dataDir, false);
  stopOnErrors(faults);
  return { secrets: secret!.reveal(), from: file ?? `${secretVariable(id)} in the environment` };
}

async function addressOf(config: Config, given: string | undefined, orDefault = false): Promise<string> {
  if (given !== undefined) return given.replace(/\/$/, '');
  const { runningServer } = await import('./cli/server-address.js');
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return server.url;
  if (orDefault) return `http://127.0.0.1:${config.port}`;
  throw new CommandError(`no server runs on ${config.dataDir}; start one with npm start, or name it with --url`);
}

/** Its own words say enough. */
function isTold(error: unknown): boolean {
  return error instanceof CommandError || (error as { code?: string }).code?.startsWith('storage_') === true;
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
  else {
    const words = isTold(error) ? (error as Error).message : systemWords(error);
    if (words === undefined) throw error;
    console.error(`zaima: ${words}`);
  }
  process.exitCode = 1;
}
