/** The way to a parameter that a reply lacks. */
import { language, words } from '../shared/words.js';
import { type Path, stepsOf } from './content.js';
import { nameOf, parameterAt } from './parameter-words.js';
import { addressOf } from './settings-places.js';

/** Leads to the parameter that is missing, where the settings have it. */
export function FillIn({ parameter }: { readonly parameter: string }) {
  if (parameter.startsWith('message.')) return null;
  // Of a list the first entry stands for all; the way leads to the list.
  const steps = stepsOf(parameter.replaceAll('[]', '')).reduce<Path>(
    (path, step) => (path.length > 0 && parameterAt(path)?.items !== undefined ? path.concat(0, step) : path.concat(step)),
    [],
  );
  const list = steps.indexOf(0);
  return (
    <a href={addressOf(list < 0 ? steps : steps.slice(0, list))}>
      {words.value.settings.replies.fillIn(nameOf(steps, language.value))}
    </a>
  );
}
