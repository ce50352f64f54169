/** What each page is drawn by: a chunk of its own, loaded when it is first gone to. */
import type { ComponentType } from 'preact';
import type { PagePath } from '../server/page-paths.js';

export const pageLoaders: Readonly<Record<PagePath, () => Promise<{ readonly Page: ComponentType }>>> = {
  '/': () => import('./desk/desk-page.js'),
  '/phrases': () => import('./phrases/phrases-page.js'),
  '/people': () => import('./people/people-page.js'),
  '/account': () => import('./account/account-page.js'),
  '/login': () => import('./login/login-page.js'),
};
