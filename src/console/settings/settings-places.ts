/** Which page of the settings a parameter stands on. */
import { pathWords } from '../../path-words.js';
import type { Words } from '../shared/words.js';
import type { Path } from './content.js';

export type SettingsPageId = keyof Words['settings']['pages'];

/** The pages that are there, in the order of their navigation. */
export const settingsNav: readonly {
  readonly group: keyof Words['settings']['groups'];
  readonly pages: readonly SettingsPageId[];
}[] = [
  { group: 'shop', pages: ['hours', 'shipping', 'policies', 'products', 'campaigns'] },
  { group: 'replies', pages: ['replies'] },
  { group: 'team', pages: ['history'] },
];

export function pageOf([section, inner]: Path): SettingsPageId {
  if (section === 'hours' || section === 'timeZone' || (section === 'bot' && inner === 'stepIn')) return 'hours';
  if (section === 'shipping' || section === 'dispatch') return 'shipping';
  if (section === 'products' || section === 'campaigns') return section;
  if (section === 'intents' || section === 'replies' || section === 'holding' || (section === 'bot' && inner === 'mode'))
    return 'replies';
  return 'policies';
}

/** Leads to the field of a parameter. */
export function addressOf(path: Path): string {
  return `/settings/${pageOf(path)}?field=${encodeURIComponent(pathWords(path))}`;
}

/** Leads to the page alone: what is meant is no longer there. */
export function pageAddressOf(path: Path): string {
  return `/settings/${pageOf(path)}`;
}
