/** What people say of no matter in particular: a folder of examples alone learns from it what belongs to none of its intents. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../errors.js';
import type { WrittenMessage } from './message-files.js';

const path = 'intents/languages/everyday.txt';

/** @param home the folder that holds intents/ */
export function loadEveryday(home: string): { readonly messages: readonly WrittenMessage[]; readonly faults: readonly Fault[] } {
  const file = join(home, path);
  if (!existsSync(file)) {
    const mend = 'Restore it: without it what belongs to no intent is told less well.';
    return { messages: [], faults: [{ file: path, path: '', problem: 'is not there', mend, severity: 'warning' }] };
  }
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { messages: lines.map((text) => ({ text, intents: [] })), faults: [] };
}
