/** Reading JSON lines and plain lines, one after the other, from a file or standard input. */
import type { ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { ZodType } from 'zod';
import { checkValue, pathWords } from '../zod-faults.js';
import { CommandError } from './command-error.js';

/** Non-empty lines with their 1-based number. `-` reads standard input. */
export async function* linesOf(file: string): AsyncGenerator<{ readonly number: number; readonly line: string }> {
  // Opened first: a stream would tell of a missing file where nobody catches it.
  const input = file === '-' ? process.stdin : await opened(file);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    // Editors on Windows begin a file with a mark that JSON does not know.
    const plain = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (plain.trim() !== '') yield { number, line: plain };
  }
}

/** @throws CommandError for a folder, of which the system tells only once it is read, and not its name */
async function opened(file: string): Promise<ReadStream> {
  const handle = await open(file);
  if (!(await handle.stat()).isDirectory()) return handle.createReadStream({ encoding: 'utf8' });
  await handle.close();
  throw new CommandError(`${file} is a folder: name a file`);
}

/** One line of JSON, checked. @throws CommandError that names the line, its fields and the mend */
export function jsonLine<T>(schema: ZodType<T>, line: string, number: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new CommandError(`line ${number} is not JSON: ${(error as Error).message}`);
  }
  const checked = checkValue(schema, value);
  if (checked.ok) return checked.value;
  const faults = checked.faults.map(({ path, problem, mend }) => `${pathWords(path) || 'it'} ${problem}: ${mend}`);
  throw new CommandError(`line ${number}: ${faults.join('; ')}`);
}

/** Writes to standard output and waits while the reader is slow. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}
