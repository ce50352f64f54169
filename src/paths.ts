/** Where intents/ and config/ lie: the folder ZAIMA_HOME names, else the project's own (beside src, and beside dist when built). */
import { fileURLToPath } from 'node:url';

/** The project's own folder: package.json, and intents and config unless ZAIMA_HOME names others. */
export const projectFolder: string = fileURLToPath(new URL('..', import.meta.url));

export const home: string = process.env.ZAIMA_HOME ?? projectFolder;
