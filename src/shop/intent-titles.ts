/** What a shop's intents are called, for pages that know only their ids. */
import type { Shop } from './shop.js';

type Titles = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

const known = new WeakMap<Shop['intents'], Titles>();

export function intentTitles({ intents }: Pick<Shop, 'intents'>): Titles {
  let titles = known.get(intents);
  if (titles === undefined) {
    titles = Object.fromEntries([...intents].map(([id, { title }]) => [id, title]));
    known.set(intents, titles);
  }
  return titles;
}
