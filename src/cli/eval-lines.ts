/** The report of `zaima eval` as lines for people. */
import { columnLines } from './columns.js';
import type { ChangeFigures, DiffReport, EvaluationReport, Totals, WrongMessage } from './eval-report.js';

const mostPairs = 15;
/** Nobody is to take it for the share of wrong answers. */
const onTopics = '(auto wrong in topic: wrong topics alone, not whether what a reply says is right)';

/**
 * Totals, the intents from the weakest on, what was taken for what, and what was asked for besides. Behind long lists of
 * messages the totals, or what has changed in them, stand once more: the end is what a terminal shows.
 */
export function evaluationLines(report: EvaluationReport): readonly string[] {
  const { totals, intents, confusion, wrong, unknownLabels, isOfFolder, errors, diff } = report;
  const all = totalLines([['all', totals.all], ...(totals.natural === undefined ? [] : [['natural', totals.natural] as const])]);
  const lines = [...all, ...(isOfFolder ? [] : [onTopics]), '(what the figures are: zaima eval --help)'];
  if (unknownLabels.length > 0)
    lines.push(
      '',
      `labels that are no intent of this ${isOfFolder ? 'folder' : 'shop'}, so that it can only miss them: ${unknownLabels.join(', ')}`,
    );
  lines.push(
    '',
    ...columnLines(
      [
        ['intent', '', 'F1', 'precision', 'recall', 'support', 'wrong', 'missed', 'threshold'],
        ...intents.map((one) => [
          one.id,
          one.title,
          one.support + one.wrong === 0 ? '–' : one.f1.toFixed(3),
          one.found + one.wrong === 0 ? '–' : one.precision.toFixed(3),
          one.support === 0 ? '–' : one.recall.toFixed(3),
          String(one.support),
          String(one.wrong),
          String(one.missed),
          one.threshold === undefined ? '–' : one.threshold.toFixed(2),
        ]),
      ],
      [2, 3, 4, 5, 6, 7, 8],
    ),
    '',
    `wrong messages ${wrong} of ${totals.all.messages}`,
  );
  if (confusion.length > 0) {
    const shown = confusion.slice(0, mostPairs);
    lines.push(
      ...columnLines(
        [['messages', 'expected', '', 'found'], ...shown.map((one) => [String(one.messages), one.expected, '→', one.found])],
        [0],
      ),
    );
    if (confusion.length > shown.length) lines.push(`and ${confusion.length - shown.length} rarer pairs (--json has all)`);
    if (shown.some(({ found }) => found.startsWith('+'))) lines.push('+: found beside what is right');
  }
  for (const group of errors ?? []) {
    lines.push('', `${group.expected} → ${group.found}  messages ${group.messages}`);
    for (const one of group.examples) lines.push(...wrongLines(one));
    if (group.messages > group.examples.length) lines.push(`  and ${group.messages - group.examples.length} more`);
  }
  if (diff !== undefined) lines.push('', ...changedLines(diff), ...diffLines(diff));
  else if ((errors ?? []).length > 0) lines.push('', ...all);
  return lines;
}

const totalColumns = [
  ['F1(all)', 'f1All'],
  ['F1(core)', 'f1Core'],
  ['precision(core)', 'precisionCore'],
  ['recall(core)', 'recallCore'],
  ['false alarm', 'falseAlarm'],
  ['auto', 'autoCoverage'],
  ['auto(core)', 'autoCoverageCore'],
  ['auto wrong in topic', 'autoWrong'],
] as const satisfies readonly (readonly [string, keyof Totals])[];

function totalLines(named: readonly (readonly [string, Totals])[]): readonly string[] {
  const columns = totalColumns.filter(([, figure]) => named[0]![1][figure] !== undefined);
  return columnLines(
    [
      ['', 'messages', ...columns.map(([title]) => title)],
      ...named.map(([name, one]) => [name, String(one.messages), ...columns.map(([, figure]) => one[figure]!.toFixed(3))]),
    ],
    [1, ...columns.map((_, at) => at + 2)],
  );
}

function wrongLines({ id, text, labels, also, intents, runnerUp }: WrongMessage): readonly string[] {
  const found = intents.map(
    (one) =>
      `${one.id} ${one.confidence.toFixed(2)} ${one.by}${one.words.length === 0 ? '' : ` ${one.words.map((words) => `“${words}”`).join('')}`}`,
  );
  const next =
    runnerUp === undefined
      ? []
      : [`${intents.length === 0 ? 'nearest' : 'runner-up'} ${runnerUp.id} ${runnerUp.confidence.toFixed(2)}`];
  return [
    `  ${text ?? ''}${text === undefined ? '' : '  '}[${id}]`,
    `      expected ${expectedWords(labels, also)}; found ${[found.join(', ') || 'none', ...next].join('; ')}`,
  ];
}

/** Labels in brackets may be found or not. */
function expectedWords(labels: readonly string[], also: readonly string[]): string {
  return [...labels, ...also.map((id) => `(${id})`)].join(' ');
}

function diffLines(diff: DiffReport): readonly string[] {
  const { since, compared, notBefore, gone, relabelled, better, worse, otherwise, intents } = diff;
  const left = [
    [notBefore, 'new'],
    [gone, 'gone'],
    [relabelled, 'labelled otherwise'],
  ] as const;
  const others = left.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const lines = [
    `since ${since}: messages in both runs ${compared}${others.length === 0 ? '' : ` (not compared: ${others.join(', ')})`}`,
    ...totalLines([
      ['before', diff.before],
      ['now', diff.now],
    ]),
    '',
    `better ${better.length}  worse ${worse.length}  wrong otherwise ${otherwise.length}`,
  ];
  if (intents.length > 0)
    lines.push(
      ...columnLines(
        intents.map((one) => [`  ${one.id}`, one.before.toFixed(3), '→', one.now.toFixed(3)]),
        [1, 3],
      ),
    );
  return lines;
}

/** The messages that are understood otherwise, the worse ones last. */
function changedLines({ better, otherwise, worse }: DiffReport): readonly string[] {
  const kinds = [
    ['better', better],
    ['wrong otherwise', otherwise],
    ['worse', worse],
  ] as const;
  return kinds.flatMap(([title, changes]) => (changes.length === 0 ? [] : [title, ...changes.flatMap(changeLines), '']));
}

function changeLines({ id, text, labels, also, before, now }: ChangeFigures): readonly string[] {
  const what = `${before.join(' ') || 'none'} → ${now.join(' ') || 'none'}, expected ${expectedWords(labels, also)}`;
  return text === undefined ? [`  [${id}] ${what}`] : [`  ${text}  [${id}]`, `      ${what}`];
}
