/**
 * Addresses of the console's pages, each answered with the same document; `/*` stands for all below. The console must have an
 * entry for each (src/console/pages.ts), which its types see to.
 */
export const pagePaths = ['/', '/phrases', '/people', '/account', '/login'] as const;

export type PagePath = (typeof pagePaths)[number];
