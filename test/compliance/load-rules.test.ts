import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rules-'));
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
});
afterEach(() => rm(directory, { recursive: true }));

const load = () => loadRules(pathToFileURL(`${directory}/`));
const write = (name: string, text: string) => writeFile(join(directory, name), text);

it('finds a rule by its file alone, and leaves other files be', async () => {
  await write('one-more.js', "export const rule = { id: 'one-more', check: () => [] };");
  await write('one-more.d.ts', 'export declare const rule: unknown;');
  await write('notes.md', 'no rule');
  expect((await load()).map(({ id }) => id)).toEqual(['one-more']);
});

it('names a file that is no rule', async () => {
  await write('no-rule.js', 'export const other = 1;');
  await expect(load()).rejects.toThrow('compliance/rules/no-rule.js exports no rule');
});

it('names a rule that is not called like its file', async () => {
  await write('this-one.js', "export const rule = { id: 'that-one', check: () => [] };");
  await expect(load()).rejects.toThrow('compliance/rules/this-one.js exports a rule called that-one');
});
