/** All pages of the console: what they are called, who may see them. What they are drawn by stands in `page-loaders.ts`. */
import type { PagePath } from '../server/page-paths.js';
import type { Permission } from './shared/session.js';
import type { Words } from './shared/words.js';

export interface PageEntry {
  readonly title: (words: Words) => string;
  /** In the navigation, in this order, under this word. */
  readonly nav?: keyof Words['shell']['nav'];
  /** Pages below this address show the entry as the current one; default: its own address. */
  readonly under?: string;
  /** Who lacks it is told so. */
  readonly needs?: Permission;
  /** Shown without a login. */
  readonly isOpen?: true;
}

export const pages: Readonly<Record<PagePath, PageEntry>> = {
  '/': { title: (words) => words.shell.nav.desk, nav: 'desk', needs: 'desk' },
  '/phrases': { title: (words) => words.phrases.heading, nav: 'phrases', needs: 'desk' },
  '/people': { title: (words) => words.people.heading, nav: 'people', needs: 'admin' },
  '/account': { title: (words) => words.account.heading },
  '/login': { title: (words) => words.login.title, isOpen: true },
};

/** The entry for an address, and its name in `pages`: `/settings/*` stands for all below `/settings/`. */
export function pageAt(path: string): { readonly name: PagePath; readonly entry: PageEntry } | undefined {
  const names = Object.keys(pages) as PagePath[];
  const name =
    names.find((one) => one === path && !one.endsWith('/*')) ??
    names.find((one) => one.endsWith('/*') && path.startsWith(one.slice(0, -1)));
  return name && { name, entry: pages[name] };
}
