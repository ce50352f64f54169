/** What is wrong with a message before it goes anywhere: plug-ins are often plain JavaScript, where no compiler looks. */
import type { FieldFault } from './frames.js';

/** Only what it needs to stand in the queue; the rest is the service's to judge. */
export function messageFaults(message: unknown): readonly FieldFault[] {
  const { id, conversation, buyer } = recordOf(message);
  const faults: FieldFault[] = [];
  const needs = (field: string, value: unknown) => {
    if (typeof value === 'string' && value !== '') return;
    const problem =
      value === undefined || value === '' ? 'is missing' : `is ${value === null ? 'null' : `a ${typeof value}`}, not text`;
    faults.push({ field, problem, mend: 'add it: text' });
  };
  needs('id', id);
  needs('conversation', conversation);
  needs('buyer.id', recordOf(buyer).id);
  return faults;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
