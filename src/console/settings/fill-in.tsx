/** The way to a parameter that a reply lacks. */
import { language, words } from '../shared/words.js';
import { stepsOf } from './content.js';
import { nameOf } from './parameter-words.js';
import { addressOf } from './settings-places.js';

/** Leads to the parameter that is missing, where the settings have it. */
export function FillIn({ parameter }: { readonly parameter: string }) {
  if (parameter.startsWith('message.')) return null;
  const steps = stepsOf(parameter.replaceAll('[]', ''));
  // Of products the first stands for all.
  const isOfEach = steps[0] === 'products' && steps.length > 1;
  const named = isOfEach ? ['products', 0, ...steps.slice(1)] : steps;
  return (
    <a href={addressOf(isOfEach ? ['products'] : steps)}>{words.value.settings.replies.fillIn(nameOf(named, language.value))}</a>
  );
}
