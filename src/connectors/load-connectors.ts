/** Finds the connectors: every file beside this one that exports `connector` is one, so a platform is added by adding its file. */
import { readdir } from 'node:fs/promises';
import type { ConnectorFile } from './connector.js';

const here = new URL('./', import.meta.url);

/** All connectors of a folder (ends with `/`), by name. Throws where two have one name, naming it. */
export async function loadConnectors(folder = here): Promise<readonly ConnectorFile[]> {
  const names = (await readdir(folder)).filter((name) => /^[a-z0-9-]+\.[jt]s$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => ((await import(new URL(name, folder).href)) as { connector?: ConnectorFile }).connector),
  );
  const found = files.filter((file) => file !== undefined);
  const twice = found.find(({ name }, at) => found.findIndex((one) => one.name === name) < at);
  if (twice !== undefined) throw new Error(`two files in connectors/ export a connector called ${twice.name}`);
  return found;
}
