/**
 * Parts of knowledge that take long to make, kept on disk for the next start: a part is named by the hash of what it is made
 * from and of the code that makes it, so that it is either the very same or made anew. `npm run build` makes those of the
 * files as they are; what an owner changes is kept when it is first made. A file that is torn or another's is seen by its
 * hash; where nothing can be written, nothing is kept.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultDeserializer, serialize } from 'node:v8';
import { partFolders } from './paths.js';

declare module 'node:v8' {
  // Documented by Node for subclasses, and missing in its types.
  interface DefaultDeserializer {
    _readHostObject(): unknown;
  }
}

export interface KeptParts {
  /**
   * A part: plain data and typed arrays, which nobody changes.
   * @param kind a word for the file's name
   * @param from everything that it is made from, beside the code: JSON
   */
  get<T>(kind: string, from: unknown, make: () => T): T;
  /** The same for what is made in steps. */
  getting<T>(kind: string, from: unknown, make: () => Generator<void, T, void>): Generator<void, T, void>;
}

/** Keeps nothing. */
export const noParts: KeptParts = { get: (_, __, make) => make(), getting: (_, __, make) => make() };

/** Bytes of all parts; beyond it those go that were not asked for the longest. */
const usualMostBytes = 64 * 2 ** 20;
/** Counting all of them is not worth it each time. */
const writesPerSweep = 50;
const hashBytes = 32;
const minuteSeconds = 60;

/**
 * @param folders where parts are looked for; new ones are kept in the first
 * @param code what tells one version of the code from another; default: the files of the rooms that make parts
 */
export function openParts(
  folders: readonly [string, ...string[]],
  code: string | undefined = codeVersion(),
  mostBytes = usualMostBytes,
): KeptParts {
  // Which packages would run cannot be told: a part of another version would be mistaken for one of this.
  if (code === undefined) return noParts;
  const version = code;
  let writes = 0;
  /** Found by this process: one that runs on looks for them once, at its start. */
  const inUse = new Set<string>();
  const keyOf = (kind: string, from: unknown) => digest(`${version}\n${kind}\n${JSON.stringify(from)}`);
  const nameOf = (kind: string, key: Buffer) => `${kind}-${key.toString('hex').slice(0, 32)}`;

  function found(kind: string, key: Buffer): { readonly part: unknown } | undefined {
    for (const folder of folders) {
      const path = join(folder, nameOf(kind, key));
      const bytes = ifAllowed(() => readFileSync(path));
      if (bytes === undefined) continue;
      const body = bytes.subarray(hashBytes);
      if (!bytes.subarray(0, hashBytes).equals(digest(key, body))) continue;
      ifAllowed(() => touch(path));
      inUse.add(path);
      return { part: readPart(body) };
    }
    return undefined;
  }

  function keep(kind: string, key: Buffer, part: unknown): void {
    const [folder] = folders;
    const body = serialize(part);
    const path = join(folder, nameOf(kind, key));
    const fresh = `${path}.${process.pid}.new`;
    // Whole or not at all, whoever else is writing it.
    ifAllowed(() => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(fresh, Buffer.concat([digest(key, body), body]));
      renameSync(fresh, path);
      if (writes++ % writesPerSweep !== 0) return;
      for (const one of inUse) ifAllowed(() => touch(one));
      sweep(folder, mostBytes, inUse);
    });
  }

  return {
    get(kind, from, make) {
      const key = keyOf(kind, from);
      const known = found(kind, key);
      if (known !== undefined) return known.part as ReturnType<typeof make>;
      const part = make();
      keep(kind, key, part);
      return part;
    },
    *getting(kind, from, make) {
      const key = keyOf(kind, from);
      const known = found(kind, key);
      if (known !== undefined) return known.part as never;
      const part = yield* make();
      keep(kind, key, part);
      return part;
    },
  };
}

/** Node reads arrays as views of what it is given, where they happen to fit, and one of a few bytes would keep the whole file in memory. */
class Copying extends DefaultDeserializer {
  override _readHostObject(): unknown {
    const view = super._readHostObject() as Uint8Array;
    return view.byteLength < view.buffer.byteLength ? view.slice() : view;
  }
}

function readPart(body: Buffer): unknown {
  const reading = new Copying(body);
  reading.readHeader();
  return reading.readValue();
}

/** What the disk refuses is as if it were not there: nothing but time is lost. Other errors are none of the disk's. */
function ifAllowed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return undefined;
  }
}

function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Marks a part as used, to the minute: what every start needs must not go before what one edit of many needed once. */
function touch(path: string): void {
  const now = Date.now() / 1000;
  if (statSync(path).mtimeMs / 1000 < now - minuteSeconds) utimesSync(path, now, now);
}

/** @param inUse what this process has need of: it stays, whoever wrote a moment later */
function sweep(folder: string, mostBytes: number, inUse: ReadonlySet<string>): void {
  const files = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? [] : [{ path, bytes: stat.size, usedAt: stat.mtimeMs }];
  });
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files.sort((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= mostBytes) break;
    if (inUse.has(file.path)) continue;
    rmSync(file.path, { force: true });
    bytes -= file.bytes;
  }
}

let own: KeptParts | undefined;

/** Those of this installation. */
export function ownParts(): KeptParts {
  own ??= openParts(partFolders);
  return own;
}

const ownFolder = fileURLToPath(new URL('.', import.meta.url));
/** Rooms and packages that have a hand in parts. */
const rooms = [
  'compliance',
  'composing',
  'learning',
  'path-words',
  'shop',
  'understanding',
  'kept-parts',
  'traditional',
  'yaml-file',
  'zod-faults',
];
const packages = ['@vant/area-data', 'liquidjs', 'yaml', 'zod'];

/** Undefined where the version of a package cannot be told. */
function codeVersion(): string | undefined {
  const versions = packages.map(packageVersion);
  if (versions.includes(undefined)) return undefined;
  const hash = createHash('sha256').update([process.version, ...versions].join());
  for (const path of codeFiles(ownFolder, '')) hash.update(path).update(readFileSync(join(ownFolder, path)));
  return hash.digest('hex');
}

function codeFiles(root: string, under: string): readonly string[] {
  return readdirSync(join(root, under), { withFileTypes: true })
    .filter(({ name }) => under !== '' || rooms.includes(name.replace(/\.[jt]s$/, '')))
    .flatMap((entry) => {
      const path = join(under, entry.name);
      return entry.isDirectory() ? codeFiles(root, path) : /\.[jt]s$/.test(path) ? [path] : [];
    })
    .sort();
}

function packageVersion(name: string): string | undefined {
  for (let folder = ownFolder; dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
  }
  return undefined;
}
