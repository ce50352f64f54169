/** Checks path, query and JSON bodies against the zod schema of their route, with a fault for everything that is wrong. */
import type { z } from 'zod';
import type { FieldFault } from '../connectors/connector.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { InvalidRequest } from './errors-to-problems.js';

type Checked = { readonly value: unknown } | { readonly error: InvalidRequest };

/** For app.setValidatorCompiler. */
export function validatorFor({ schema, httpPart }: { schema: z.ZodType; httpPart?: string }): (data: unknown) => Checked {
  return (data) => {
    // A body that is left out altogether is told like an empty one.
    const checked = checkValue(schema, httpPart === 'body' ? (data ?? {}) : data);
    return checked.ok ? { value: checked.value } : { error: new InvalidRequest(inPart(checked.faults, httpPart)) };
  };
}

const partNames: Readonly<Record<string, string>> = { querystring: 'query ', params: 'path ', headers: 'header ' };

function inPart(
  faults: readonly { readonly path: readonly PropertyKey[]; readonly problem: string; readonly mend: string }[],
  httpPart: string | undefined,
): FieldFault[] {
  const part = partNames[httpPart ?? ''] ?? '';
  return faults.map(({ path, ...fault }) => ({ field: part + pathWords(path), ...fault }));
}
