/** Brings what pages beside the desk say: imported by the console's entry, not by the sidebar's. */
import { addPageWords } from '../shared/words.js';
import { zhPages } from './zh-pages.js';

addPageWords(zhPages, { en: () => import('./en-pages.js').then(({ enPages }) => enPages) });
