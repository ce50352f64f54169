/**
 * Addresses of the console's pages, each answered with the same document; `/*` stands for all below. The console must have an
 * entry for each (src/console/pages.ts), which its types see to.
 */
export const pagePaths = [
  '/',
  '/try',
  '/try/chat',
  '/phrases',
  '/people',
  '/account',
  '/login',
  '/settings',
  '/settings/*',
] as const;

export type PagePath = (typeof pagePaths)[number];

/** The page that stands beside or inside a chat client: a document of its own, which brings less. */
export const framedPath = '/sidebar';
