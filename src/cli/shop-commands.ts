/** The words and options of `zaima shop`. */
import type { Command } from 'commander';
import { home } from '../paths.js';
import { CommandError } from './command-error.js';
import { checkedConfig, count, instant, mustHaveFile, shopNamed } from './given.js';

export function addShopCommands(program: Command): void {
  const shop = program.command('shop').description('the state and the settings of a shop');
  shop
    .command('away')
    .description('switch away-now on or off: off duty whatever the hours')
    .argument('<shop>')
    .argument('<on|off>')
    .option('--until <iso>', 'when agents are back', instant)
    .action(async (id: string, state: string, options: { until?: number }) => {
      const { setAway } = await import('./admin-commands.js');
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
      settingsCommand(async (commands, desk) => {
        const { callbackJudge } = await import('../connectors/address-guard.js');
        const judge = callbackJudge(checkedConfig());
        return commands.importLines(desk, home, file, options.force === true, options.note, judge);
      }),
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

  shop
    .command('bot')
    .description('the kill switch: stop the bot at once, let it only record, or back to what the file says; alone: show it')
    .argument('[shop]')
    .argument('[off|shadow|auto]')
    .option('--all', 'the switch over all shops: `shop bot --all off`')
    .action(async (first: string | undefined, second: string | undefined, options: { all?: boolean }) => {
      const { botLines, botMode } = await import('./bot-command.js');
      if (options.all === true ? second !== undefined : first === undefined)
        throw new CommandError('say `shop bot <shop> off`, or `shop bot --all off`');
      const word = options.all === true ? first : second;
      const mode = word === undefined ? undefined : botMode(word);
      // The running server knows its shops: a file that is broken meanwhile keeps nobody from stopping the bot.
      const which =
        options.all === true ? undefined : { id: first!, file: async () => (await shopNamed(first!)).parameters.bot.mode };
      for (const line of await botLines(checkedConfig(), which, mode)) console.log(line);
    });

  shop
    .command('shadow')
    .description('what the bot would have said in shadow mode, beside what agents wrote: read it before switching to auto')
    .argument('<shop>')
    .option('--since <iso>', 'from when on (default: all that is stored)', instant)
    .option('--limit <n>', 'at most so many turns', count, 50)
    .option('--json', 'as HTTP serves it')
    .action(async (id: string, options: { since?: number; limit: number; json?: boolean }) => {
      const { shadowLines, shadowReport } = await import('./shadow-command.js');
      const named = await shopNamed(id);
      const report = await shadowReport(checkedConfig(), { shop: named.id, since: options.since, limit: options.limit });
      if (options.json === true) console.log(JSON.stringify(report));
      else for (const line of shadowLines(report)) console.log(line);
    });
}

type SettingsCommands = typeof import('./settings-commands.js');
type SettingsDesk = import('./settings-desk.js').SettingsDesk;

/** Through the running server, so that a change is in force when the command returns; else on the file. */
async function settingsCommand(
  work: (commands: SettingsCommands, desk: SettingsDesk) => Promise<readonly string[]>,
): Promise<void> {
  const [commands, { withDesk }] = await Promise.all([import('./settings-commands.js'), import('./settings-desk.js')]);
  for (const line of await withDesk(checkedConfig(), home, (desk) => work(commands, desk))) console.log(line);
}
