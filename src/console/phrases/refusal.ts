/** Why a change of many phrases was refused. Pure. */
import type { ApiError } from '../shared/api.js';
import type { Phrase, PhraseOperation } from '../shared/wire.js';
import { findingWords, language, type Words } from '../shared/words.js';

/** Which phrase stood in the way of all, and why. */
export function refusal(
  error: ApiError,
  operations: readonly PhraseOperation[],
  all: readonly Phrase[],
  w: Words['phrases'],
): string {
  if (error.code === 'offline') return w.saveOffline;
  if (error.code === 'stale') return w.bulkStale;
  const at = Number(/operations\[(\d+)\]/.exec(error.faults[0]?.field ?? error.message)?.[1] ?? 0);
  const operation = operations[at];
  const title = operation !== undefined && 'id' in operation ? all.find(({ id }) => id === operation.id)?.title : undefined;
  const finding = error.problem?.findings?.find(({ severity }) => severity !== 'hint');
  return w.bulkFailed(
    title ?? '',
    finding === undefined ? error.message : `「${finding.words}」${findingWords(finding, language.value)}`,
  );
}
