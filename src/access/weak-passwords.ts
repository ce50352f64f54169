/**
 * Passwords that are long enough and yet among the first that anybody tries: known words with digits, runs of the keyboard,
 * one piece over and over, digits alone (telephone numbers and dates are that), the person's own name. A few rules instead of
 * a list of millions: NIST SP 800-63B 5.1.1.2 names the same kinds.
 */

interface Weakness {
  readonly problem: string;
  readonly mend: string;
}

/** What keyboards and alphabets offer in a row; backwards too. */
const rows = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm'];
const runs = [...rows, ...rows.map((row) => [...row].reverse().join(''))];
const shortestRun = 3;
/** A password of runs needs as many signs beside them. */
const fewBeside = 4;

const words = new Set(
  (
    'password passwd pass admin administrator root user guest test login welcome letmein changeme default secret master ' +
    'superman monkey dragon iloveyou sunshine princess football baseball qwerty woaini woaiwojia mima kefu dianpu taobao ' +
    'tmall qianniu zaima shop owner aini nihao zhongguo beijing shanghai hello'
  ).split(' '),
);
const leet: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '@': 'a', $: 's', '!': 'i' };

/** @param names login and name of whose password it is */
export function weakness(password: string, names: readonly string[]): Weakness | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  for (const name of names.flatMap(partsOf)) if (plain.includes(name)) return told('holds the login or the name');
  if (/^\p{Nd}+$/u.test(plain)) return told('is digits alone');
  if (/^(.{1,6}?)\1+/su.test(plain) && beside(plain, /^(.{1,6}?)\1+/su) < fewBeside) return told('is one piece over and over');
  if (besideRuns(plain) < fewBeside) return told('is a run of keys');
  const letters = plain.replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, '');
  if (words.has(letters) || words.has([...letters].map((sign) => leet[sign] ?? sign).join('')))
    return told('is a common word with digits');
  return undefined;
}

function told(problem: string): Weakness {
  return { problem, mend: 'take one that nobody guesses: a sentence is good' };
}

/** A name, and of an e-mail address what stands before the @. */
function partsOf(name: string): readonly string[] {
  const plain = name.normalize('NFKC').trim().toLowerCase();
  return [...new Set([plain, plain.split('@', 1)[0]!])].filter((part) => part.length >= (/^[\p{ASCII}]*$/u.test(part) ? 3 : 2));
}

function beside(text: string, piece: RegExp): number {
  return [...text.replace(piece, '')].length;
}

/** How many signs stand outside of runs. */
function besideRuns(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const length = Math.max(...runs.map((run) => runFrom(text, at, run)));
    if (length >= shortestRun) at += length;
    else {
      at += 1;
      count += 1;
    }
  }
  return count;
}

function runFrom(text: string, at: number, run: string): number {
  const start = run.indexOf(text[at]!);
  if (start < 0) return 0;
  let length = 1;
  while (at + length < text.length && start + length < run.length && text[at + length] === run[start + length]) length += 1;
  return length;
}
