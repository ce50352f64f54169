/** The words and options of `zaima stock`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkedConfig, mustHaveFile } from './given.js';

const shopOption = () => new Option('--shop <shop>', 'which shop').default('demo');

function moment(value: string): string {
  if (value === 'now') return value;
  if (!/(?:Z|[+-]\d{2}:\d{2})$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError('write now, or a moment as ISO 8601, e.g. 2026-11-22T21:30:00+08:00');
  return value;
}

export function addStockCommands(program: Command): void {
  const stock = program.command('stock').description('how many pieces there are of each variant');
  stock
    .command('import')
    .description(
      'take stock from a file: CSV (UTF-8 or GB18030, headings in Chinese or English) or JSON; what cannot be taken says why',
    )
    .argument('<file>')
    .addOption(shopOption())
    .option('--dry-run', 'only say what would happen')
    .addOption(
      new Option('--whole [missing]', 'the file is the whole stock: what it leaves out is unknown, or out')
        .choices(['unknown', 'out'])
        .preset('unknown'),
    )
    .addOption(
      new Option('--as-of <moment>', 'when it was counted, for rows that do not say it: ISO 8601, or now').argParser(moment),
    )
    .action(async (file: string, options: { shop: string; dryRun?: boolean; whole?: 'unknown' | 'out'; asOf?: string }) => {
      const { importStockLines } = await import('./stock-command.js');
      await mustHaveFile(options.shop);
      const order = {
        file,
        dryRun: options.dryRun === true,
        ...(options.whole !== undefined && { missing: options.whole }),
        ...(options.asOf !== undefined && { asOf: options.asOf }),
      };
      for (const line of await importStockLines(checkedConfig(), options.shop, order)) console.log(line);
    });
  stock
    .command('export')
    .description('print the stock in force; the file can be taken in again')
    .addOption(shopOption())
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'json']).default('csv'))
    .addOption(new Option('--encoding <encoding>', 'of a CSV').choices(['utf-8', 'gb18030']).default('utf-8'))
    .option('--output <file>', 'write it there instead')
    .action(async (options: { shop: string; format: 'csv' | 'json'; encoding: 'utf-8' | 'gb18030'; output?: string }) => {
      const [{ exportedStock }, { writeOut }] = await Promise.all([import('./stock-command.js'), import('./tables.js')]);
      await mustHaveFile(options.shop);
      const { format, encoding } = options;
      writeOut(await exportedStock(checkedConfig(), options.shop, { format, encoding }), options.output);
    });
}
