/** Where intents/ and config/ lie: the folder ZAIMA_HOME names, else the project's own (beside src, and beside dist when built). */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder: package.json, and intents and config unless ZAIMA_HOME names others. */
export const projectFolder: string = fileURLToPath(new URL('..', import.meta.url));

export const home: string = process.env.ZAIMA_HOME ?? projectFolder;

const builtParts = join(projectFolder, 'dist/compiled');
const ownCache = process.env.ZAIMA_CACHE_DIR ?? '';

/**
 * Where parts that were compiled once are kept (kept-parts.ts): what the build made, before it the folder that ZAIMA_CACHE_DIR
 * names where the program's own may not be written.
 */
export const partFolders: readonly [string, ...string[]] = ownCache === '' ? [builtParts] : [ownCache, builtParts];
