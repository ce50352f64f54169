/** What is wrong with a phrase, in the language of the page. Faults of Liquid come from the service in English. Pure. */
import type { Fault } from '../shared/api.js';
import type { Words } from '../shared/words.js';
import type { FieldName, FieldProblem } from './phrase-edit.js';

type Told = Pick<Fault, 'problem' | 'mend'>;

export function fieldProblem(problem: FieldProblem, name: FieldName, w: Words['phrases']): Told {
  switch (problem.kind) {
    case 'long':
      return { problem: w.faults.long(problem.has, problem.most), mend: '' };
    case 'blanks':
      return { problem: w.faults.blanks, mend: '' };
    case 'order':
      return { problem: w.faults.order, mend: '' };
    case 'empty':
      return { problem: name === 'code' ? w.faults.noCode : name === 'text' ? w.faults.noText : w.faults.noTitle, mend: '' };
  }
}

export function textFault({ problem, mend }: Told, w: Words['phrases']): Told {
  const unknown = /\{\{ (\S+) \}\} is not known/.exec(problem);
  if (unknown !== null) {
    const near = /did you mean \{\{ (\S+) \}\}/.exec(mend);
    return { problem: w.faults.unknown(unknown[1]!), mend: near === null ? w.faults.pick : w.faults.meant(near[1]!) };
  }
  const long = /comes to (\d+) characters/.exec(problem);
  const most = /say it in (\d+)/.exec(mend);
  if (long !== null && most !== null) return { problem: w.faults.long(Number(long[1]), Number(most[1])), mend: '' };
  if (/^cannot be read: /.test(problem))
    return { problem: w.faults.unreadable(problem.slice(16)), mend: w.faults.readable(mend) };
  return { problem, mend };
}
