/** Run by the build: makes the parts of the files as they lie, so that the first start finds them (kept-parts.ts). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from './compliance/load-rules.js';
import { openParts } from './kept-parts.js';
import { home, projectFolder } from './paths.js';
import { loadKnowledge } from './shop/knowledge.js';

const folder = join(projectFolder, 'dist/compiled');
// Of former builds.
rmSync(folder, { recursive: true, force: true });
// Its faults are told by whoever serves it.
loadKnowledge(home, await loadRules(), openParts([folder]));
