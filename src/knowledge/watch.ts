/** Tells when files of knowledge have changed and their writer has finished. */
import { join } from 'node:path';

/** A file counts as written once its size has been still for so long: editors and copies write in pieces. */
const stillMs = 150;
/** Several files saved together are one change. */
const togetherMs = 100;

/**
 * Watches intents/ and config/shops/ until the returned function is called.
 * @param changed called after each change; it does not throw
 * @param failed told when the system cannot watch (too many watches, a folder that is gone)
 */
export async function watchKnowledge(
  home: string,
  changed: (paths: readonly string[]) => void,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  // Loaded when it is needed: whoever only asks or checks does not watch.
  const { watch } = await import('chokidar');
  const watcher = watch([join(home, 'intents'), join(home, 'config/shops')], {
    ignoreInitial: true,
    // config/shops/<shop>/intents/<id>.yaml
    depth: 2,
    awaitWriteFinish: { stabilityThreshold: stillMs, pollInterval: 50 },
    ignored: (path, stats) => stats?.isFile() === true && !/\.(ya?ml|tsv)$/.test(path),
  });
  const paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_event, path) => {
    paths.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed([...paths]);
      paths.clear();
    }, togetherMs);
  });
  watcher.on('error', failed);
  await new Promise<void>((ready) => watcher.once('ready', ready));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
