/** The house's rules as a failing test: who may import whom, how files are named, how long they may grow. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/g)].map((match) => {
    const to = match[2] ?? match[3]!;
    const isOwn = to.startsWith('.');
    const target = isOwn ? relative(src, resolve(src, dirname(file), to)).replace(/\.js$/, '.ts') : to;
    return { from: file, to: isOwn ? target : `npm:${to}`, typeOnly: match[1] !== undefined };
  });
});

const room = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);

/** What each room may import beside itself. `npm` stands for any package. */
const mayImport: Record<string, readonly string[]> = {
  'conversation.ts': [],
  'reasons.ts': ['conversation.ts'],
  'errors.ts': ['conversation.ts'],
  'data-folder.ts': ['errors.ts', 'npm'],
  // Numbers in, numbers out: it knows no word of the trade, so that several pure rooms may learn by it.
  learning: [],
  understanding: ['conversation.ts', 'learning', 'npm'],
  policy: ['conversation.ts', 'reasons.ts', 'npm'],
  desk: ['conversation.ts', 'reasons.ts', 'policy'],
  composing: ['conversation.ts', 'reasons.ts', 'npm'],
  compliance: ['conversation.ts', 'learning', 'npm'],
  storage: ['conversation.ts', 'errors.ts', 'npm'],
  connectors: ['conversation.ts', 'errors.ts', 'zod-faults.ts', 'storage', 'npm'],
  shop: [
    'conversation.ts',
    'errors.ts',
    'reasons.ts',
    'sound-part.ts',
    'yaml-file.ts',
    'zod-faults.ts',
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
    'shop',
    'storage',
    'connectors',
    'npm',
  ],
  knowledge: ['conversation.ts', 'errors.ts', 'shop', 'storage', 'npm'],
  phrases: ['conversation.ts', 'errors.ts', 'zod-faults.ts', 'composing', 'compliance', 'shop', 'storage', 'npm'],
  access: ['conversation.ts', 'errors.ts', 'storage', 'connectors', 'npm'],
  client: [],
};
/** Rooms that know storage by its contract alone: the files that say what there is, not how it is kept. */
const contractOnly = ['connectors', 'flow', 'knowledge', 'access', 'phrases'];
const contracts = ['storage/storage.ts', 'storage/people.ts', 'storage/phrases.ts', 'storage/desk.ts'];
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
    const vague = /(manager|service|helper|util|impl)s?\.ts$|(^|\/)index\.ts$/i;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
    expect(files.filter((file) => /^export default/m.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
    expect(files.filter((file) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*\.ts$/.test(file))).toEqual([]);
  });

  it('has no file that grows beyond one thought', () => {
    const long = files
      // Lists of lines, one a line, are data.
      .filter((file) => !file.startsWith('compliance/lines/'))
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
