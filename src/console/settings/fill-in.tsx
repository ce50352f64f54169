/** The way to a parameter that a reply lacks. */
import { language, words } from '../shared/words.js';
import { stepsOf } from './content.js';
import { nameOf } from './parameter-words.js';
import { addressOf } from './settings-places.js';

/** Leads to the parameter that is missing, where the settings have it. */
export function FillIn({ parameter }: { readonly parameter: string }) {
  if (parameter.startsWith('message.')) return null;
  const steps = stepsOf(parameter.replaceAll('[]', ''));
  return <a href={addressOf(steps)}>{words.value.settings.replies.fillIn(nameOf(steps, language.value))}</a>;
}
