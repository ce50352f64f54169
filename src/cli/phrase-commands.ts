/** The words and options of `zaima phrases`. */
import { type Command, Option } from 'commander';
import { checkedConfig, mustHaveFile } from './given.js';

const shopOption = () => new Option('--shop <shop>', 'which shop').default('demo');

export function addPhraseCommands(program: Command): void {
  const phrases = program.command('phrases').description('the quick phrases of agents');
  phrases
    .command('import')
    .description(
      'take phrases from a file: JSON, our CSV, or the CSV of 千牛 (UTF-8 or GB18030); rows that cannot be taken say why',
    )
    .argument('<file>')
    .addOption(shopOption())
    .option('--dry-run', 'only say what would happen')
    .option('--skip-existing', 'leave phrases whose code exists as they are')
    .option('--override', 'also enable phrases that break a rule; it is audited')
    .action(async (file: string, options: { shop: string; dryRun?: boolean; skipExisting?: boolean; override?: boolean }) => {
      const { importPhraseLines } = await import('./phrases-command.js');
      await mustHaveFile(options.shop);
      const order = {
        file,
        dryRun: options.dryRun === true,
        onExisting: options.skipExisting === true ? 'skip' : 'update',
        override: options.override === true,
      } as const;
      for (const line of await importPhraseLines(checkedConfig(), options.shop, order)) console.log(line);
    });
  phrases
    .command('export')
    .description('print phrases as a file; for 千牛 with the text as it reads in this shop now')
    .addOption(shopOption())
    .addOption(new Option('--format <format>', 'what for').choices(['qianniu', 'csv', 'json']).default('json'))
    .addOption(new Option('--encoding <encoding>', 'of a CSV').choices(['utf-8', 'gb18030']).default('utf-8'))
    .option('--output <file>', 'write it there instead')
    .action(
      async (options: { shop: string; format: 'qianniu' | 'csv' | 'json'; encoding: 'utf-8' | 'gb18030'; output?: string }) => {
        const [{ exportedPhrases }, { writeOut }] = await Promise.all([import('./phrases-command.js'), import('./tables.js')]);
        await mustHaveFile(options.shop);
        const { format, encoding } = options;
        writeOut(await exportedPhrases(checkedConfig(), options.shop, { format, encoding }), options.output);
      },
    );
}
