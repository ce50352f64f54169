/** The shop's side of the template book: compiles it with the table of facts, and tells which replies are off and why. */
import { compileBook, type TemplateBook } from '../composing/book.js';
import { missingParameters } from '../composing/off-replies.js';
import type { Fault } from '../errors.js';
import { parameterOf } from './condition-words.js';
import { factDocs, possibleFacts } from './facts.js';
import type { IntentFile } from './intent-file.js';
import type { ShopParameters } from './parameters.js';
import type { ReplyWordsFile } from './reply-words.js';

/** Compiles all replies of all intents. Faults name the intent's file, or the language's. */
export function bookOf(
  files: readonly { readonly path: string; readonly intent: IntentFile }[],
  words: ReplyWordsFile,
  wordsPath: string,
): { readonly book: TemplateBook; readonly faults: readonly Fault[] } {
  const { book, faults } = compileBook(
    files.map((file) => file.intent),
    words,
    factDocs,
  );
  const fileOf = (intent: string | undefined) => files.find((file) => file.intent.id === intent)?.path ?? wordsPath;
  return {
    book,
    faults: faults.map(({ intent, ...fault }) => ({ file: fileOf(intent), ...fault })),
  };
}

/** Replies that this shop can never give because a parameter is not set: warnings that name the parameter. */
export function offReplies(book: TemplateBook, parameters: ShopParameters, file: string): readonly Fault[] {
  return missingParameters(book, possibleFacts(parameters)).map((off) => ({
    file,
    path: [...new Set(off.missing.map(parameterOf))].join(', '),
    problem: `${off.reply === undefined ? `all replies of ${off.intent} are` : `the reply ${off.reply} is`} off: ${off.missing.join(', ')} has no value in this shop`,
    mend: 'Set the parameter, or leave it off: buyers then get a holding reply or another wording.',
    severity: 'warning',
  }));
}
