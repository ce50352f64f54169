/** Why a file or a revision is not taken, in words that say how to settle it. */
import type { Fault } from '../errors.js';
import { hoursFaults } from '../shop/hours-faults.js';
import type { ShopFile } from '../shop/knowledge-files.js';
import type { ShopParameters } from '../shop/parameters.js';
import type { SettingsFault } from '../shop/settings-content.js';
import { fineAmounts, fineHint } from '../shop/whole-cents.js';
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

/** What an earlier version kept and this one would refuse, though it can be worked with: in force, and told. */
export function keptFaults(
  revision: Pick<SettingsRevision, 'shop' | 'number' | 'content'>,
  parameters: ShopParameters,
): readonly Fault[] {
  const file = fileOf(revision);
  const hours = hoursFaults(parameters).map(
    ({ path, problem, mend }): Fault => ({
      file,
      path,
      problem: `${problem}; both are taken as hours in which somebody answers`,
      mend,
      severity: 'warning',
    }),
  );
  return [...hours, ...fineAmounts(revision.content).map((one): Fault => ({ file, ...fineHint(one), severity: 'warning' }))];
}

function fileOf({ shop, number }: Pick<SettingsRevision, 'shop' | 'number'>): string {
  return `settings of ${shop}, revision ${number}`;
}

/** What is kept does not fit any more: an intent was taken out, or a newer version is stricter. */
export function revisionFaults(revision: SettingsRevision, faults: readonly SettingsFault[]): readonly Fault[] {
  return faults.map(({ path, problem, mend }) => ({
    file: fileOf(revision),
    path,
    problem,
    mend: `${mend.replace(/\.$/, '')}: \`zaima shop export ${revision.shop} > FILE\`, mend it, \`zaima shop import FILE\``,
    severity: 'error',
  }));
}
