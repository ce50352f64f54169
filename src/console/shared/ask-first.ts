/** A question before something is done; its words and its box are loaded when it is asked. */
import type { AskedOf, Question } from '../i18n/questions.js';
import { partMissing } from './updated.js';

/** @returns undefined: no, or it could not be asked. Else what was noted with a yes */
export function askFirst<Its extends Question>(what: Its, ...of: AskedOf<Its>): Promise<string | undefined> {
  return import('./ask.js').then(
    ({ ask }) => ask(what, of),
    () => void partMissing(),
  );
}
