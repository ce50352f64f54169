/** What `zaima eval` tells, as data: printed as it is with `--json`, by eval-lines.ts for people. */
import type { Evidence, Understanding } from '../conversation.js';
import { countedPairs, type Pair, type PairCount, pairKey } from './confusion.js';
import type { Evaluated, EvaluatedMessage, Evaluation } from './eval-command.js';
import type { ChangedMessage, RunDiff } from './eval-run.js';
import { precision, recall, type Score } from './score.js';

/** Where there is no shop, nothing is told of what it would answer, nor of the core intents, which are a shop's. */
export type Totals = Pick<Score, 'messages' | 'f1All' | 'falseAlarm'> & Partial<Omit<Score, 'perIntent'>>;

export interface IntentFigures {
  readonly id: string;
  /** Empty where the shop has no such intent, or there is no shop. */
  readonly title: string;
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** Messages in which it is to be found. */
  readonly support: number;
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
  /** How sure the shop must be to report it; absent where it has no such intent. */
  readonly threshold?: number;
}

export interface WrongMessage {
  readonly id: string;
  /** Left out where texts are not to be shown. */
  readonly text?: string;
  readonly labels: readonly string[];
  readonly also: readonly string[];
  readonly intents: readonly {
    readonly id: string;
    readonly confidence: number;
    readonly by: string;
    /** The words it rests on; none where examples alone decided. */
    readonly words: readonly string[];
  }[];
  readonly runnerUp?: { readonly id: string; readonly confidence: number };
}

export interface ErrorGroup extends PairCount {
  readonly examples: readonly WrongMessage[];
}

export interface ChangeFigures {
  readonly id: string;
  readonly text?: string;
  readonly labels: readonly string[];
  readonly also: readonly string[];
  readonly before: readonly string[];
  readonly now: readonly string[];
}

export interface DiffReport {
  readonly since: string;
  readonly compared: number;
  readonly notBefore: number;
  readonly gone: number;
  readonly relabelled: number;
  readonly before: Totals;
  readonly now: Totals;
  /** Intents whose F1 is another. */
  readonly intents: readonly { readonly id: string; readonly before: number; readonly now: number }[];
  readonly better: readonly ChangeFigures[];
  readonly worse: readonly ChangeFigures[];
  readonly otherwise: readonly ChangeFigures[];
}

export interface EvaluationReport {
  readonly totals: { readonly all: Totals; readonly natural?: Totals };
  /** The weakest first. */
  readonly intents: readonly IntentFigures[];
  /** Wrong messages by what was taken for what, most frequent first. */
  readonly confusion: readonly PairCount[];
  readonly wrong: number;
  /** Labels that are no intent of the shop or the folder: it can only miss them. */
  readonly unknownLabels: readonly string[];
  /** True where a folder of intents was asked and no shop. */
  readonly isOfFolder: boolean;
  readonly errors?: readonly ErrorGroup[];
  readonly diff?: DiffReport;
}

export interface ReportOptions {
  /** Wrong messages to show of each pair; undefined: none. */
  readonly errors: number | undefined;
  readonly diff: RunDiff | undefined;
  /** False keeps a held-out file unread: ids stand for texts, and evidence is left out. */
  readonly showsTexts: boolean;
}

export function reportOf(evaluation: Evaluation, options: ReportOptions): EvaluationReport {
  const { all, natural, messages, model } = evaluation;
  const known = new Set(model.intents.map(({ id }) => id));
  const totalsOf = (score: Score) => totalsWith(score, evaluation);
  const wrong = messages.filter((message) => message.pairs.length > 0);
  const labels = new Set(messages.flatMap(({ gold }) => [...gold.labels, ...gold.also]));
  return {
    totals: { all: totalsOf(all), ...(natural !== undefined && { natural: totalsOf(natural) }) },
    intents: figuresOf(all, evaluation),
    confusion: countedPairs(wrong.map((message) => message.pairs)),
    wrong: wrong.length,
    unknownLabels: [...labels].filter((id) => id !== 'none' && !known.has(id)).sort(),
    isOfFolder: evaluation.shop === undefined,
    ...(options.errors !== undefined && { errors: errorGroups(wrong, options.errors, options.showsTexts) }),
    ...(options.diff !== undefined && { diff: diffReport(options.diff, totalsOf, options.showsTexts) }),
  };
}

function totalsWith({ perIntent: _, ...whole }: Score, { shop }: Evaluated): Totals {
  const { messages, f1All, falseAlarm } = whole;
  const totals = shop === undefined ? { messages, f1All, falseAlarm } : whole;
  return Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, rounded(value)])) as unknown as Totals;
}

function figuresOf({ perIntent }: Score, { model, shop }: Evaluated): readonly IntentFigures[] {
  const figures = [...perIntent].map(([id, counts]): IntentFigures => {
    const intent = model.intents.find((one) => one.id === id);
    const { found, wrong, missed } = counts;
    return {
      id,
      title: shop?.intents.get(id)?.title.zh ?? '',
      f1: rounded(counts.f1),
      precision: rounded(precision(counts)),
      recall: rounded(recall(counts)),
      support: found + missed,
      found,
      wrong,
      missed,
      ...(intent !== undefined && { threshold: model.examples?.threshold ?? intent.threshold }),
    };
  });
  // What is neither asked for nor found is no weakness.
  const isIdle = (one: (typeof figures)[number]) => Number(one.support === 0 && one.wrong === 0);
  return figures.sort((a, b) => isIdle(a) - isIdle(b) || a.f1 - b.f1 || b.support - a.support || (a.id < b.id ? -1 : 1));
}

/** Each wrong message once, under the most frequent of its pairs. */
function errorGroups(wrong: readonly EvaluatedMessage[], most: number, showsTexts: boolean): readonly ErrorGroup[] {
  const ranked = countedPairs(wrong.map((message) => message.pairs));
  const rankOf = new Map(ranked.map((pair, rank) => [pairKey(pair), rank]));
  const members = new Map<number, EvaluatedMessage[]>();
  for (const message of wrong) {
    const rank = Math.min(...message.pairs.map((pair: Pair) => rankOf.get(pairKey(pair))!));
    members.set(rank, [...(members.get(rank) ?? []), message]);
  }
  return ranked.flatMap((pair, rank) => {
    const mine = members.get(rank);
    if (mine === undefined) return [];
    const examples = mine.slice(0, most).map((message) => wrongMessage(message, showsTexts));
    return [{ ...pair, messages: mine.length, examples }];
  });
}

function wrongMessage({ gold, understanding }: EvaluatedMessage, showsTexts: boolean): WrongMessage {
  const { runnerUp } = understanding;
  return {
    id: gold.id,
    ...(showsTexts && { text: gold.text }),
    labels: gold.labels,
    also: gold.also,
    intents: understanding.intents.map(({ id, confidence, by, evidence }: Understanding['intents'][number]) => ({
      id,
      confidence,
      by,
      words: showsTexts ? [...new Set(evidence.map((one: Evidence) => one.words))] : [],
    })),
    ...(runnerUp !== undefined && { runnerUp }),
  };
}

function diffReport(diff: RunDiff, totalsOf: (score: Score) => Totals, showsTexts: boolean): DiffReport {
  const { since, compared, notBefore, gone, relabelled, before, now } = diff;
  const ids = [...new Set([...before.perIntent.keys(), ...now.perIntent.keys()])];
  const f1Of = (score: Score, id: string) => rounded(score.perIntent.get(id)?.f1 ?? 0);
  const changes = (all: readonly ChangedMessage[]) => all.map((one) => changeFigures(one, showsTexts));
  return {
    since,
    compared,
    notBefore,
    gone,
    relabelled,
    before: totalsOf(before),
    now: totalsOf(now),
    intents: ids
      .map((id) => ({ id, before: f1Of(before, id), now: f1Of(now, id) }))
      .filter((one) => one.before !== one.now)
      .sort((a, b) => a.now - a.before - (b.now - b.before)),
    better: changes(diff.better),
    worse: changes(diff.worse),
    otherwise: changes(diff.otherwise),
  };
}

function changeFigures({ message, before }: ChangedMessage, showsTexts: boolean): ChangeFigures {
  const { gold, predicted } = message;
  return {
    id: gold.id,
    ...(showsTexts && { text: gold.text }),
    labels: gold.labels,
    also: gold.also,
    before,
    now: predicted.intents,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
