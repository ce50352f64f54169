/** A folder of intent files of others as commands take it with `--intents`, and what they tell of it on standard error. */
import { faultLine } from '../errors.js';
import { home } from '../paths.js';
import type { Language } from '../reasons.js';
import type { Told } from '../understanding/example-trial.js';
import type { Model } from '../understanding/model.js';
import { CommandError } from './command-error.js';
import { stopOnErrors } from './given.js';

/**
 * @param threshold given in place of the one that the examples tell: 0 for the best intent of any message
 * @throws FaultyFiles
 * @throws CommandError for a threshold where there are patterns alone, whose intents have thresholds of their own
 */
export async function folderModel(folder: string, threshold?: number): Promise<Model> {
  const { loadModel } = await import('../shop/knowledge.js');
  const { model, faults } = loadModel(folder, home);
  stopOnErrors(faults);
  for (const fault of faults) console.error(faultLine(fault));
  const { examples } = model!;
  if (examples === undefined) {
    if (threshold === undefined) return model!;
    throw new CommandError('--threshold is for folders with examples; this one has patterns alone');
  }
  for (const line of toldLines(examples.told, threshold)) console.error(line);
  return threshold === undefined ? model! : { ...model!, examples: { ...examples, threshold } };
}

interface AskedFolder {
  readonly intents: string;
  readonly after: readonly string[];
  readonly lang: Language;
  readonly json?: boolean;
  readonly item?: string;
  readonly away?: boolean;
  readonly threshold?: number;
}

/**
 * What a folder understands of a message, and why: there is no shop that would answer.
 * @throws CommandError for what only a shop can be asked
 */
export async function askFolder(
  text: string,
  { intents, after, lang, json, item, away, threshold }: AskedFolder,
): Promise<readonly string[]> {
  if (item !== undefined || away === true)
    throw new CommandError('--item and --away are of a shop: leave them out with --intents');
  const [{ understandingLines }, { heardLine }] = await Promise.all([
    import('./ask-command.js'),
    import('./understand-command.js'),
  ]);
  const model = await folderModel(intents, threshold);
  const { understanding } = heardLine({ text, after: [...after], item: undefined }, model, undefined);
  return json === true ? [JSON.stringify(understanding)] : understandingLines(understanding, () => undefined, lang);
}

/** Beyond these the examples are too few, or too much like each other. */
const fewKept = 0.8;
const muchTaken = 0.15;

/**
 * Which threshold was chosen, and what that does.
 * @param given in place of it: what that does was not tried
 */
export function toldLines({ intents, examples, threshold, kept, everyday, unknown }: Told, given?: number): readonly string[] {
  const learnt = `learnt ${counted(examples, 'example')} of ${counted(intents, 'intent')}; below confidence`;
  if (given !== undefined)
    return [`${learnt} ${given.toFixed(2)}, as you say, no intent comes back (by the examples ${threshold.toFixed(2)}).`];
  const foreign = [
    ...(everyday === undefined ? [] : [`${inHundred(everyday)} everyday sentences`]),
    ...(unknown === undefined ? [] : [`${inHundred(unknown)} sentences of an intent that the folder does not have`]),
  ];
  return [
    `${learnt} ${threshold.toFixed(2)} no intent comes back.`,
    `Tried on what was kept out of training: ${inHundred(kept)} examples come above that${foreign.length === 0 ? '' : `; of what belongs to no intent ${foreign.join(' and ')} do too`}.`,
    ...(kept < fewKept || (everyday ?? 0) > muchTaken ? ['More examples, and more varied ones, part them better.'] : []),
  ];
}

function inHundred(share: number): string {
  return `${Math.round(share * 100)} in 100`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
