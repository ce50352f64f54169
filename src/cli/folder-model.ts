/** A folder of intent files of others as commands take it with `--intents`, and what they tell of it on standard error. */
import { faultLine } from '../errors.js';
import { home } from '../paths.js';
import type { Told } from '../understanding/example-trial.js';
import type { Model } from '../understanding/model.js';
import { stopOnErrors } from './given.js';

/** @throws FaultyFiles */
export async function folderModel(folder: string): Promise<Model> {
  const { loadModel } = await import('../shop/knowledge.js');
  const { model, faults } = loadModel(folder, home);
  stopOnErrors(faults);
  for (const fault of faults) console.error(faultLine(fault));
  if (model!.examples !== undefined) for (const line of toldLines(model!.examples.told)) console.error(line);
  return model!;
}

/** Beyond these the examples are too few, or too much like each other. */
const fewKept = 0.8;
const muchTaken = 0.15;

/** Which threshold was chosen, and what that does. */
export function toldLines({ intents, examples, threshold, kept, everyday, unknown }: Told): readonly string[] {
  const foreign = [
    ...(everyday === undefined ? [] : [`${inHundred(everyday)} everyday sentences`]),
    ...(unknown === undefined ? [] : [`${inHundred(unknown)} sentences of an intent that the folder does not have`]),
  ];
  return [
    `learnt ${counted(examples, 'example')} of ${counted(intents, 'intent')}; below confidence ${threshold.toFixed(2)} no intent comes back.`,
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
