/** Reading JSON lines and plain lines, one after the other, from a file or standard input. */
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** Non-empty lines with their 1-based number. `-` reads standard input. */
export async function* linesOf(file: string): AsyncGenerator<{ readonly number: number; readonly line: string }> {
  // Opened first: a stream would tell of a missing file where nobody catches it.
  const input = file === '-' ? process.stdin : (await open(file)).createReadStream({ encoding: 'utf8' });
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() !== '') yield { number, line };
  }
}

/** Writes to standard output and waits while the reader is slow. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}
