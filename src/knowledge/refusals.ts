/** Why a file or a revision is not taken, in words that say how to settle it. */
import type { Fault } from '../errors.js';
import type { ShopFile } from '../shop/knowledge-files.js';
import type { SettingsFault } from '../shop/settings-content.js';
import type { SettingsRevision } from '../storage/storage.js';

export function errorsOf(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((fault) => fault.severity === 'error');
}

/** The file was changed, and so was the shop by other means since the file was last in line. */
export function conflictFault({ id, path }: Pick<ShopFile, 'id' | 'path'>, current: SettingsRevision): Fault {
  return {
    file: path,
    path: '',
    problem: `is not taken: the shop was changed since (revision ${current.number}, by ${current.source})`,
    mend: `See \`zaima shop status ${id}\`; \`zaima shop import ${path} --force\` takes the file, \`zaima shop export ${id}\` gives what is in force`,
    severity: 'error',
  };
}

/** What is kept does not fit any more: an intent was taken out, or a newer version is stricter. */
export function revisionFaults(revision: SettingsRevision, faults: readonly SettingsFault[]): readonly Fault[] {
  return faults.map(({ path, problem, mend }) => ({
    file: `settings of ${revision.shop}, revision ${revision.number}`,
    path,
    problem,
    mend: `${mend.replace(/\.$/, '')}: \`zaima shop export ${revision.shop} > FILE\`, mend it, \`zaima shop import FILE\``,
    severity: 'error',
  }));
}
