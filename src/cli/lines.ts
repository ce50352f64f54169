/** Reading JSON lines and plain lines, one after the other, from a file or standard input. */
import { fstatSync, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ZodType } from 'zod';
import { checkValue, pathWords } from '../zod-faults.js';
import { CommandError } from './command-error.js';
import { textLines } from './text-lines.js';

/** How faults call a file; `-` is standard input. */
export function namedFile(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/**
 * Non-empty lines with their 1-based number. `-` reads standard input.
 * @throws CommandError for a folder, and for what is no text
 */
export async function* linesOf(file: string): AsyncGenerator<{ readonly number: number; readonly line: string }> {
  // Opened first: a stream would tell of a missing file where nobody catches it.
  const input = file === '-' ? standardInput() : await opened(file);
  let number = 0;
  for await (const line of textLines(input, namedFile(file), (words) => console.error(`zaima: ${words}`))) {
    number++;
    // Editors on Windows begin a file with a mark that JSON does not know.
    const plain = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (plain.trim() !== '') yield { number, line: plain };
  }
}

/** @throws CommandError for a folder (`understand < folder`), which Node reads as if it held nothing */
function standardInput(): AsyncIterable<Buffer> {
  let isFolder = false;
  try {
    isFolder = fstatSync(0).isDirectory();
  } catch {
    // Closed: nothing comes of it.
  }
  if (isFolder) throw new CommandError('standard input is a folder: give it a file, as in `< messages.jsonl`');
  return process.stdin;
}

/** @throws CommandError for a folder, of which the system tells only once it is read, and not its name */
async function opened(file: string): Promise<ReadStream> {
  const handle = await open(file);
  if (!(await handle.stat()).isDirectory()) return handle.createReadStream();
  await handle.close();
  throw new CommandError(`${file} is a folder: name a file`);
}

/** A line that was read, or what is wrong with it, with the mend. */
export type ReadLine<T> = { readonly value: T } | { readonly fault: string };

/** Where the parser repeats the line, whose words may be a buyer's. */
const quoted = /, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s;

/** One line of JSON, checked: all its faults at once. */
export function jsonLine<T>(schema: ZodType<T>, line: string): ReadLine<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    const { message } = error as Error;
    return { fault: ` is not JSON (${message.replace(quoted, '')}): write one object in braces, the whole of it in this line` };
  }
  const checked = checkValue(schema, value);
  if (checked.ok) return checked;
  const faults = checked.faults.map(({ path, problem, mend }) => `${pathWords(path) || 'it'} ${problem}: ${mend}`);
  return { fault: `: ${faults.join('; ')}` };
}

/** More are only counted. */
const mostFaults = 20;

/** The lines of a file that could not be read, so that all are told at once. */
export class BadLines {
  readonly #file: string;
  readonly #told: string[] = [];
  #count = 0;

  /** @param file `-` is standard input */
  constructor(file: string) {
    this.#file = namedFile(file);
  }

  get count(): number {
    return this.#count;
  }

  /** @returns how it is told; undefined: there are so many that it is only counted */
  add(number: number, fault: string): string | undefined {
    if (++this.#count > mostFaults) return undefined;
    const told = `${this.#file} line ${number}${fault}`;
    this.#told.push(told);
    return told;
  }

  /** Those that are only counted, in words; none of them: undefined. */
  get more(): string | undefined {
    const more = this.#count - this.#told.length;
    return more === 0 ? undefined : `and ${more} more bad line${more === 1 ? '' : 's'} in ${this.#file}`;
  }

  /** @throws CommandError that names them, where there are any */
  stop(): void {
    if (this.#count > 0) throw new CommandError([...this.#told, ...(this.more === undefined ? [] : [this.more])].join('\n'));
  }
}

/** Writes to standard output and waits while the reader is slow. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}
