/**
 * Bytes as lines of text, as they come: in UTF-8, or what Windows in Chinese writes in its place (GB18030 with GBK, UTF-16), as
 * tables are read (csv.ts). A stream cannot be looked through before: the first line beyond ASCII decides for all.
 */
import { decoded } from '../csv.js';
import { CommandError } from './command-error.js';

const lineFeed = 0x0a;

/**
 * @param named how faults call it
 * @param tell is told once where it is no UTF-8
 * @throws CommandError for bytes that are no text, and for a line that is written otherwise than those before
 */
export async function* textLines(
  input: AsyncIterable<Uint8Array>,
  named: string,
  tell: (words: string) => void,
): AsyncGenerator<string> {
  const read = openDecoder(named, tell);
  let rest: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  let isWide = false;
  for await (const chunk of input) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isFirst && rest.length >= 2) {
      isFirst = false;
      isWide = rest[0] === 0xff && rest[1] === 0xfe;
    }
    if (isFirst || isWide) continue;
    if (chunk.includes(0)) throw new CommandError(`${named} is no text: name a file of text in UTF-8`);
    let start = 0;
    for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed, start)) {
      yield* plainLines(await read(rest.subarray(start, end)));
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (isWide) for (const line of (await decoded(rest)).split('\n')) yield* plainLines(line);
  else if (rest.length > 0) yield* plainLines(await read(rest));
}

/** Some end their lines with \r\n, and some with \r alone. */
function plainLines(line: string): readonly string[] {
  return (line.endsWith('\r') ? line.slice(0, -1) : line).split('\r');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds
const noText = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/;

function openDecoder(named: string, tell: (words: string) => void): (bytes: Uint8Array) => Promise<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8: boolean | undefined;
  let number = 0;
  return async (bytes) => {
    number++;
    if (isUtf8 !== false) {
      try {
        const text = utf8.decode(bytes);
        // Beyond ASCII a character takes more bytes than units.
        if (text.length < bytes.length) isUtf8 = true;
        return text;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    if (isUtf8 === true)
      throw new CommandError(`${named} line ${number} is no UTF-8, as the lines before it are: save it as UTF-8 once more`);
    const { default: iconv } = await import('iconv-lite');
    const text = iconv.decode(Buffer.from(bytes), 'gb18030');
    if (noText.test(text)) throw new CommandError(`${named} line ${number} is neither UTF-8 nor GBK: save it as UTF-8`);
    if (isUtf8 === undefined) tell(`${named} is no UTF-8: it is read as GBK`);
    isUtf8 = false;
    return text;
  };
}
