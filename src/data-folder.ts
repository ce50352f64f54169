/** The folder in which everything is kept (DATA_DIR): made at the start, for the service's own account alone. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from './errors.js';

/**
 * Makes the folder where it is missing, open to nobody else: buyers' words will lie in it. One that is there stays as it is.
 * @throws CodedError `storage_unusable`, with the mend
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path, 0o700);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = whyNot[code] ?? message;
    const words = `the data folder ${path} cannot be made: ${why}. Set DATA_DIR to a folder that this account may write to`;
    throw new CodedError('storage_unusable', words, 'never', { cause: error });
  }
}

const whyNot: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a file stands in its path',
  EACCES: 'this account may not',
  EPERM: 'this account may not',
  EROFS: 'nothing can be written there',
  ENOENT: 'nothing can be made there',
};

/** One by one: `recursive` never ends under /proc, where what is made is not there afterwards. */
function makeFolder(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw Object.assign(new Error('not a folder'), { code: 'EEXIST' });
  const above = dirname(path);
  if (above !== path) makeFolder(above, 0o777);
  mkdirSync(path, { mode });
}
