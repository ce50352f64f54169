/** What stands before the title of the tab: how many wait. */
import { signal } from '@preact/signals';

export const titlePrefix = signal('');
