/** The house's rules as a failing test: who may import whom, how files are named, how long they may grow. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => name.replaceAll('\\', '/'));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** As it lies on the disk: what is imported as `.js` is a `.ts`, or a `.tsx` with elements in it. */
const written = (path: string) => {
  const plain = path.replace(/\.js$/, '.ts');
  return files.includes(plain) ? plain : `${plain}x`;
};

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/g)].map((match) => {
    const to = match[2] ?? match[3]!;
    const isOwn = to.startsWith('.');
    const target = isOwn ? written(relative(src, resolve(src, dirname(file), to))) : to;
    return { from: file, to: isOwn ? target : `npm:${to}`, typeOnly: match[1] !== undefined };
  });
});

const room = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);

/** What each room may import beside itself. `npm` stands for any package. */
const mayImport: Record<string, readonly string[]> = {
  'conversation.ts': [],
  'reasons.ts': ['conversation.ts'],
  'fault-sentences.ts': [],
  'fault-words.ts': ['fault-sentences.ts', 'reasons.ts'],
  'errors.ts': ['conversation.ts', 'fault-words.ts'],
  'zod-faults.ts': ['composing', 'fault-words.ts', 'path-words.ts', 'npm'],
  'data-folder.ts': ['errors.ts', 'npm'],
  // Numbers in, numbers out: it knows no word of the trade, so that several pure rooms may learn by it.
  learning: [],
  understanding: ['conversation.ts', 'learning', 'npm'],
  policy: ['conversation.ts', 'reasons.ts', 'npm'],
  desk: ['conversation.ts', 'reasons.ts', 'policy'],
  composing: ['conversation.ts', 'fault-words.ts', 'reasons.ts', 'npm'],
  compliance: ['conversation.ts', 'learning', 'traditional.ts', 'npm'],
  storage: ['conversation.ts', 'errors.ts', 'npm'],
  connectors: ['conversation.ts', 'errors.ts', 'fault-words.ts', 'zod-faults.ts', 'storage', 'npm'],
  shop: [
    'conversation.ts',
    'errors.ts',
    'fault-words.ts',
    'reasons.ts',
    'sound-part.ts',
    'yaml-file.ts',
    'zod-faults.ts',
    'kept-parts.ts',
    'traditional.ts',
    'understanding',
    'composing',
    'compliance',
    'policy',
    'npm',
  ],
  flow: [
    'conversation.ts',
    'errors.ts',
    'reasons.ts',
    'understanding',
    'policy',
    'composing',
    'compliance',
    // Which drafts hold no more, to make them anew.
    'desk',
    'shop',
    'storage',
    'connectors',
    'npm',
  ],
  knowledge: ['conversation.ts', 'errors.ts', 'shop', 'storage', 'npm'],
  'csv.ts': ['npm'],
  phrases: [
    'conversation.ts',
    'csv.ts',
    'errors.ts',
    'fault-words.ts',
    'zod-faults.ts',
    'composing',
    'compliance',
    'shop',
    'storage',
    'npm',
  ],
  stock: ['conversation.ts', 'csv.ts', 'policy', 'shop', 'storage', 'understanding'],
  access: ['conversation.ts', 'errors.ts', 'storage', 'connectors', 'npm'],
  client: [],
  webchat: [],
};
/** Of the server's side the console imports types; values only of these, which are pure and small enough for a browser. */
const sharedWithPages = [
  'access/roles.ts',
  'composing/limits.ts',
  'desk/undelivered.ts',
  'desk/urgency.ts',
  'fault-sentences.ts',
  'fault-words.ts',
  'phrases/lengths.ts',
  'reasons.ts',
  'shop/merge-patch.ts',
  'path-words.ts',
];
/** Rooms that know storage by its contract alone: the files that say what there is, not how it is kept. */
const contractOnly = ['connectors', 'flow', 'knowledge', 'access', 'phrases', 'stock'];
const contracts = ['storage/storage.ts', 'storage/people.ts', 'storage/phrases.ts', 'storage/stock.ts', 'storage/desk.ts'];
const pureRooms = ['learning', 'understanding', 'policy', 'composing', 'compliance', 'desk'];

describe('the house', () => {
  it('lets each room import only what it may', () => {
    const trespasses = imports.filter(({ from, to }) => {
      const allowed = mayImport[room(from)];
      if (allowed === undefined || room(from) === room(to)) return false;
      return !allowed.includes(to.startsWith('npm:') ? 'npm' : room(to));
    });
    expect(trespasses).toEqual([]);
  });

  it('reaches storage only through its contract', () => {
    const trespasses = imports.filter(
      ({ from, to }) => contractOnly.includes(room(from)) && room(to) === 'storage' && !contracts.includes(to),
    );
    expect(trespasses).toEqual([]);
  });

  it('lets the pages import types alone, but for what is pure; and nothing imports the pages', () => {
    const own = imports.filter(({ from }) => room(from) === 'console');
    expect(own.length).toBeGreaterThan(0);
    const outside = own.filter(({ to, typeOnly }) => room(to) !== 'console' && !typeOnly);
    const packages = outside.filter(({ to }) => to.startsWith('npm:') && !/^npm:(@preact\/signals|preact(\/hooks)?)$/.test(to));
    const values = outside.filter(({ to }) => !to.startsWith('npm:') && !sharedWithPages.includes(to));
    expect([...packages, ...values]).toEqual([]);
    expect(imports.filter(({ from, to }) => room(from) !== 'console' && room(to) === 'console')).toEqual([]);
    // What the shared ones import comes with them.
    const theirs = imports.filter(
      ({ from, to, typeOnly }) => sharedWithPages.includes(from) && !typeOnly && !sharedWithPages.includes(to),
    );
    expect(theirs).toEqual([]);
  });

  it('keeps clock, chance and input/output out of the pure rooms', () => {
    const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|process\.(env|stdout|stderr)|\bfetch\(/;
    const found = files.filter((file) => pureRooms.includes(room(file)) && impure.test(readFileSync(join(src, file), 'utf8')));
    expect(found).toEqual([]);
    const io = imports.filter(
      ({ from, to }) =>
        pureRooms.includes(room(from)) &&
        /^npm:node:(fs|net|http|https|child_process|dns|worker_threads)/.test(to) &&
        from !== 'compliance/load-rules.ts',
    );
    expect(io).toEqual([]);
  });

  it('has no default export, no barrel and no vague name', () => {
    const vague = /(manager|service|helper|util|impl)s?\.tsx?$|(^|\/)index\.tsx?$/i;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
    expect(files.filter((file) => /^export default/m.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
    expect(files.filter((file) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*\.tsx?$/.test(file))).toEqual([]);
  });

  it('has no file that grows beyond one thought', () => {
    const long = files
      // Lists of lines, one a line, and dictionaries are data.
      .filter((file) => !file.startsWith('compliance/lines/') && !file.startsWith('console/i18n/'))
      .map((file) => ({ file, lines: readFileSync(join(src, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('never imports the root of natural', () => {
    expect(imports.filter(({ to }) => to === 'npm:natural')).toEqual([]);
  });

  it('has no circle of value imports between rooms', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to, typeOnly } of imports) {
      if (typeOnly || to.startsWith('npm:')) continue;
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[][] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file]);
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
