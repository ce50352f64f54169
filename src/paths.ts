/** Where the project's own files (intents, config) lie: beside src in development, beside dist when built. */
import { fileURLToPath } from 'node:url';

export const home: string = fileURLToPath(new URL('..', import.meta.url));
