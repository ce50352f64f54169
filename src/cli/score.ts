/** Scores predicted intents against labelled messages: micro-F1 over all and over the core eight, false alarm, per intent. */
import { coreIntents } from '../shop/fixed-intents.js';

export interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly also: readonly string[];
  readonly natural: boolean;
}

export interface Predicted {
  readonly intents: readonly string[];
  readonly auto: boolean;
}

export interface Counts {
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
}

export interface Score {
  readonly messages: number;
  readonly f1All: number;
  readonly f1Core: number;
  readonly precisionCore: number;
  readonly recallCore: number;
  /** Of the messages that ask nothing, the share in which something was found. */
  readonly falseAlarm: number;
  readonly autoCoverage: number;
  /** Of the messages answered by themselves, the share whose first intent is wrong. */
  readonly autoWrong: number;
  /** Of the messages whose first label is a core intent, the share answered by themselves. */
  readonly autoCoverageCore: number;
  readonly perIntent: ReadonlyMap<string, Counts & { readonly f1: number }>;
}

const core: ReadonlySet<string> = new Set(coreIntents);

/**
 * `labels` must be found, `also` may be found at no cost or gain; where a message has only `also`, any of them satisfies.
 * `none` in either stands for "nothing is to be found".
 */
export function scoreOf(rows: readonly { readonly gold: Labelled; readonly predicted: Predicted }[]): Score {
  const per = new Map<string, { found: number; wrong: number; missed: number }>();
  const at = (id: string) => {
    const known = per.get(id) ?? { found: 0, wrong: 0, missed: 0 };
    per.set(id, known);
    return known;
  };
  let silent = 0;
  let alarmed = 0;
  let auto = 0;
  let autoWrong = 0;
  let ofCore = 0;
  let autoOfCore = 0;
  let unlabelledMisses = 0;
  for (const { gold, predicted } of rows) {
    const found = [...new Set(predicted.intents.filter((id) => id !== 'none'))];
    const must = gold.labels.filter((id) => id !== 'none');
    const may = new Set([...gold.labels, ...gold.also]);
    for (const id of found) {
      if (must.includes(id)) at(id).found++;
      else if (!may.has(id)) at(id).wrong++;
    }
    if (gold.labels.length > 0) for (const id of must) if (!found.includes(id)) at(id).missed++;
    if (gold.labels.length === 0 && !found.some((id) => may.has(id)) && !(found.length === 0 && may.has('none')))
      unlabelledMisses++;
    if (gold.labels.length === 1 && gold.labels[0] === 'none' && gold.also.length === 0) {
      silent++;
      if (found.length > 0) alarmed++;
    }
    if (core.has(gold.labels[0] ?? '')) {
      ofCore++;
      if (predicted.auto) autoOfCore++;
    }
    if (predicted.auto) {
      auto++;
      if (!may.has(found[0] ?? 'none')) autoWrong++;
    }
  }
  const sum = (ids: readonly string[], extraMisses: number): Counts =>
    ids.reduce<Counts>(
      (total, id) => ({
        found: total.found + at(id).found,
        wrong: total.wrong + at(id).wrong,
        missed: total.missed + at(id).missed,
      }),
      { found: 0, wrong: 0, missed: extraMisses },
    );
  const ids = [...per.keys()];
  const coreCounts = sum(
    ids.filter((id) => core.has(id)),
    0,
  );
  return {
    messages: rows.length,
    f1All: f1(sum(ids, unlabelledMisses)),
    f1Core: f1(coreCounts),
    precisionCore: precision(coreCounts),
    recallCore: recall(coreCounts),
    falseAlarm: silent === 0 ? 0 : alarmed / silent,
    autoCoverage: rows.length === 0 ? 0 : auto / rows.length,
    autoWrong: auto === 0 ? 0 : autoWrong / auto,
    autoCoverageCore: ofCore === 0 ? 0 : autoOfCore / ofCore,
    perIntent: new Map([...per].map(([id, counts]) => [id, { ...counts, f1: f1(counts) }])),
  };
}

/** Of what was found, the share that is right; 0 where nothing was found. */
export function precision({ found, wrong }: Counts): number {
  return found === 0 ? 0 : found / (found + wrong);
}

/** Of what was to be found, the share that was; 0 where there was nothing. */
export function recall({ found, missed }: Counts): number {
  return found === 0 ? 0 : found / (found + missed);
}

function f1({ found, wrong, missed }: Counts): number {
  return found === 0 ? 0 : (2 * found) / (2 * found + wrong + missed);
}
