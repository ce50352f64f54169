/** What a page sees to be wrong with a phrase without asking, in its language. Pure. */
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
