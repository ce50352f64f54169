/** `zaima openapi`: the HTTP interface as a document, the same as the server serves at /openapi.json. */
import { openApiDocument } from '../server.js';

/** Pretty-printed, with a line break at its end: the very bytes of openapi.json in the repository. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}
