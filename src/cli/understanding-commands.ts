/** `zaima understand`, `zaima eval`, `zaima cover`: their words and options. What they do stands in files of their own. */
import { type Command, Option } from 'commander';
import { coreIntents } from '../shop/fixed-intents.js';
import type { Shop } from '../shop/shop.js';
import type { Model } from '../understanding/model.js';
import { confidence, count, mustGoWithFolder, shopNamed, thresholdOption } from './given.js';

const shopOption = () => new Option('--shop <shop>', 'which shop').default('demo');
const folderOption = () =>
  new Option('--intents <dir>', 'understand with another folder of intent files, which may hold examples alone');

/** What the columns of `zaima eval` are. */
const figuresHelp = `
Figures, each 0 to 1:
  F1(all)      precision and recall in one (their harmonic mean), over every
               intent of every message
  F1(core)     the same over the ${coreIntents.length} core intents alone:
               ${coreIntents.join(' ')}
  precision    of what was found, the share that is labelled so
  recall       of what is labelled, the share that was found
  false alarm  of the messages labelled "none", the share in which an intent
               was found
  auto         the share of messages that the shop would answer by itself off
               hours; auto(core): of those about the core intents
  auto wrong in topic
               of the messages answered so, the share whose first intent is
               not among the labels. It counts wrong topics alone: what the
               reply says is not looked at, so that 0 does not mean that
               every answer was right
  natural      the row of the messages marked "natural": true, drawn at random
               from what buyers write: what a shop really gets. Others may be
               picked to have enough of each intent
  "also" in a message names what may be found or not, at no cost or gain.
With --intents there is no shop that would answer: no auto, and no core.
`;

export function addUnderstandingCommands(program: Command): void {
  program
    .command('understand')
    .description('JSON lines {id,text,after?,at?,item?} on stdin to {id,intents,slots,auto} on stdout')
    .addOption(shopOption())
    .addOption(folderOption())
    .addOption(thresholdOption())
    .action(async (options: Asked) => {
      const { understandLines } = await import('./understand-command.js');
      const { model, shop } = await modelAsked(options);
      await understandLines(model, shop);
    });

  program
    .command('eval')
    .description('score a file of labelled messages: JSON lines {id?,text,labels,also?,natural?}')
    .argument('<file>', 'the file, or - for stdin')
    .addOption(shopOption())
    .addOption(folderOption())
    .addOption(thresholdOption())
    .option(
      '--errors [n]',
      'list the wrong messages by what was taken for what, at most n of a kind (write it after the file)',
      count,
    )
    .option('--save <run>', 'keep the run in a file, without the texts')
    .option('--diff <run>', 'tell what is better and worse than in a kept run')
    .option('--no-texts', "ids in place of the messages' words, so that a held-out file stays unread")
    .option('--json', 'print it for machines')
    .addHelpText('after', figuresHelp)
    .action(
      async (
        file: string,
        options: Asked & { errors?: number | true; save?: string; diff?: string; texts: boolean; json?: boolean },
      ) => {
        const [{ evaluate }, { reportOf }, { evaluationLines }, { diffOf, readRun, savedRun, writeRun }] = await Promise.all([
          import('./eval-command.js'),
          import('./eval-report.js'),
          import('./eval-lines.js'),
          import('./eval-run.js'),
        ]);
        // Read before it is written: both may be the same file.
        const before = options.diff === undefined ? undefined : readRun(options.diff);
        const evaluation = await evaluate(file, await modelAsked(options));
        const report = reportOf(evaluation, {
          errors: options.errors === true ? Number.POSITIVE_INFINITY : options.errors,
          diff: before === undefined ? undefined : diffOf(before, evaluation),
          showsTexts: options.texts,
        });
        if (options.save !== undefined) writeRun(options.save, savedRun(evaluation, Date.now()));
        if (options.json === true) console.log(JSON.stringify(report));
        else for (const line of evaluationLines(report)) console.log(line);
      },
    );

  program
    .command('cover')
    .description('group by likeness what is not understood in a file of messages, to see what to add')
    .argument('<file>', 'one message a line, or JSON lines with "text"; - for stdin')
    .addOption(shopOption())
    .addOption(folderOption())
    .option('--groups <n>', 'show so many groups', count, 20)
    .option('--examples <n>', 'show so many messages of each', count, 3)
    .option('--below <confidence>', 'what is understood less surely counts too', confidence, 0.75)
    .option('--json', 'print it for machines')
    .action(
      async (
        file: string,
        options: { shop: string; intents?: string; groups: number; examples: number; below: number; json?: boolean },
      ) => {
        const { coverage, coverageLines } = await import('./cover-command.js');
        const { groups, examples, below } = options;
        const { model } = await modelAsked(options);
        const told = await coverage(file, model, { groups, examples, below });
        if (options.json === true) console.log(JSON.stringify(told));
        else for (const line of coverageLines(told)) console.log(line);
      },
    );
}

interface Asked {
  readonly shop: string;
  readonly intents?: string;
  readonly threshold?: number;
}

/** A shop's own understanding, or that of a folder without a shop. */
async function modelAsked({
  shop: id,
  intents: folder,
  threshold,
}: Asked): Promise<{ model: Model; shop: Shop | undefined; folder?: string }> {
  mustGoWithFolder(threshold, folder);
  if (folder === undefined) {
    const shop = await shopNamed(id);
    return { model: shop.model, shop };
  }
  const { folderModel } = await import('./folder-model.js');
  return { model: await folderModel(folder, threshold), shop: undefined, folder };
}
