/**
 * Where a text stops being JSON. JSON.parse tells a position only for some faults, and quotes the text, which must not
 * get into logs; so the refused body is walked once more. One pass, no recursion: depth costs memory, not the stack.
 */
import type { FieldFault } from './connector.js';

/** The first place at which the text cannot go on as JSON; undefined when it is JSON after all. */
export function jsonFault(text: string): FieldFault | undefined {
  const broken = firstFault(text);
  if (broken === undefined) return undefined;
  const before = text.slice(0, broken.offset);
  const line = before.split('\n').length;
  const column = broken.offset - (before.lastIndexOf('\n') + 1) + 1;
  const place = `line ${line}, column ${column} (position ${broken.offset})`;
  return {
    field: '',
    problem: `is not JSON: ${broken.problem} at ${place}`,
    mend: 'send one JSON object, or an array of them, in UTF-8',
  };
}

interface Broken {
  readonly offset: number;
  readonly problem: string;
}

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'name or }' | 'name' | ':' | ', or end' | 'nothing more';

const literals = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function firstFault(text: string): Broken | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const afterValue = (): Expected => (open.length === 0 ? 'nothing more' : ', or end');
  for (;;) {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
    if (at >= text.length) {
      return expected === 'nothing more' ? undefined : { offset: at, problem: `it ends where ${expected} should follow` };
    }
    const sign = text.charAt(at);
    const wrong: Broken = { offset: at, problem: `expected ${expected}` };
    if (expected === 'value' || expected === 'value or ]') {
      if (sign === ']' && expected === 'value or ]') {
        open.pop();
        at += 1;
        expected = afterValue();
      } else if (sign === '{' || sign === '[') {
        open.push(sign);
        at += 1;
        expected = sign === '{' ? 'name or }' : 'value or ]';
      } else {
        const end: number | Broken = sign === '"' ? endOfString(text, at) : endOfLiteral(text, at);
        if (typeof end !== 'number') return end;
        at = end;
        expected = afterValue();
      }
    } else if (expected === 'name' || expected === 'name or }') {
      if (sign === '}' && expected === 'name or }') {
        open.pop();
        at += 1;
        expected = afterValue();
      } else {
        if (sign !== '"') return { offset: at, problem: `expected ${expected} in double quotes` };
        const end = endOfString(text, at);
        if (typeof end !== 'number') return end;
        at = end;
        expected = ':';
      }
    } else if (expected === ':') {
      if (sign !== ':') return wrong;
      at += 1;
      expected = 'value';
    } else if (expected === ', or end') {
      const inside = open.at(-1);
      if (sign === ',') expected = inside === '{' ? 'name' : 'value';
      else if (sign === (inside === '{' ? '}' : ']')) {
        open.pop();
        expected = afterValue();
      } else return { offset: at, problem: `expected , or ${inside === '{' ? '}' : ']'}` };
      at += 1;
    } else return wrong;
  }
}

function endOfLiteral(text: string, start: number): number | Broken {
  literals.lastIndex = start;
  const found = literals.exec(text);
  return found === null ? { offset: start, problem: 'expected a value' } : start + found[0].length;
}

function endOfString(text: string, start: number): number | Broken {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { offset: at, problem: 'a bare control character in a string' };
    if (code === 0x5c) {
      const sequence = text.slice(at + 1, at + 6);
      if (/^["\\/bfnrt]/.test(sequence)) at += 2;
      else if (/^u[0-9a-fA-F]{4}$/.test(sequence)) at += 6;
      else return { offset: at, problem: 'a wrong escape' };
    } else at += 1;
  }
  return { offset: at, problem: 'it ends inside a string' };
}
