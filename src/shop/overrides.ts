/**
 * What one shop says and hears otherwise: config/shops/<shop>/intents/*.yaml laid over the shared intents. Caution only
 * grows: an override can lower what may be done with an intent, never raise it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nearest } from '../composing/nearest.js';
import type { Action } from '../conversation.js';
import type { Fault } from '../errors.js';
import { moreCautious } from '../policy/decide.js';
import { soundPart } from '../sound-part.js';
import { loadYaml } from '../yaml-file.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { type IntentFile, intentSchema, type ReplyTemplate, replySchema } from './intent-file.js';
import { heardOf } from './load-intents.js';
import { type OverrideFile, overrideSchema } from './override-file.js';

/** One file of a shop, laid over the shared intent of its id where there is one. */
export interface OwnIntent {
  readonly path: string;
  /** The intent as it works in this shop. */
  readonly intent: IntentFile;
  /** Absent: the intent is this shop's alone. */
  readonly shared?: IntentFile;
  /** What the shop adds to understanding. */
  readonly added: Pick<IntentFile, 'patterns' | 'unless' | 'facets' | 'examples' | 'goesOn'>;
  /** The file's own tests. */
  readonly tests: IntentFile['tests'];
  /** Ids of the replies that the file writes, in its order. */
  readonly replies: readonly string[];
  /** What the shop's settings say otherwise (settings-replies.ts): over which intent, and which replies they name. */
  readonly settings?: {
    readonly path: string;
    readonly base: IntentFile;
    readonly replies: ReadonlySet<string>;
    /** The holding words are the settings'. */
    readonly isHolding: boolean;
  };
}

export interface OwnIntents {
  readonly files: readonly OwnIntent[];
  readonly faults: readonly Fault[];
}

const yamlName = /\.ya?ml$/;

type Load = typeof loadYaml;

function folderOf(home: string, shop: string): string {
  return join(home, 'config/shops', shop, 'intents');
}

/** Names of a shop's own files; a shop without the folder has none. */
function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => yamlName.test(name))
    .sort();
}

/** Ids of a shop's own files, without reading them: each is named as its intent. */
export function ownIntentNames(home: string, shop: string): readonly string[] {
  return namesIn(folderOf(home, shop)).map((name) => name.replace(yamlName, ''));
}

/** Reads config/shops/<shop>/intents. */
export function loadOwnIntents(
  home: string,
  shop: string,
  shared: ReadonlyMap<string, IntentFile>,
  load: Load = loadYaml,
): OwnIntents {
  const folder = folderOf(home, shop);
  const files: OwnIntent[] = [];
  const faults: Fault[] = [];
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const path = relative(home, file);
    const fault = (place: string, problem: string, mend: string) =>
      faults.push({ file: path, path: place, problem, mend, severity: 'error' });
    const id = name.replace(yamlName, '');
    const base = shared.get(id);
    const own =
      base === undefined ? wholeIntent(file, path, id, faults, load) : overridden(file, path, base, fault, faults, load);
    if (own === undefined) continue;
    if (own.intent.id === id) files.push(own);
    else fault('id', `the id "${own.intent.id}" differs from the file's name`, `Call it ${id} or rename the file.`);
  }
  return { files, faults };
}

/** Folders of shops that there are not: their words would never be said, and nobody would know why. */
export function strayFolders(home: string, shops: ReadonlySet<string>): readonly Fault[] {
  const folder = join(home, 'config/shops');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !shops.has(entry.name) && existsSync(join(folder, entry.name, 'intents')))
    .map(({ name }) => {
      const near = nearest(name, [...shops]);
      return {
        file: `config/shops/${name}`,
        path: '',
        problem: `there is no shop "${name}"`,
        mend: near === undefined ? `Add config/shops/${name}.yaml, or rename the folder.` : `Did you mean ${near}?`,
        severity: 'error',
      };
    });
}

type Tell = (place: string, problem: string, mend: string) => void;

function wholeIntent(file: string, path: string, id: string, faults: Fault[], load: Load): OwnIntent | undefined {
  const loaded = load(file, intentSchema, { shownAs: path });
  faults.push(...loaded.faults);
  // With the fault beside it nothing of it comes into force; its patterns are checked all the same.
  const intent = loaded.value ?? (loaded.plain === undefined ? undefined : heardOf(loaded.plain, id));
  return intent && { path, intent, added: intent, tests: intent.tests, replies: intent.replies.map((reply) => reply.id) };
}

function overridden(
  file: string,
  path: string,
  base: IntentFile,
  fault: Tell,
  faults: Fault[],
  load: Load,
): OwnIntent | undefined {
  const loaded = load(file, overrideSchema, { shownAs: path });
  faults.push(...loaded.faults);
  const written = loaded.value ?? (loaded.plain === undefined ? undefined : soundOf(loaded.plain, base.id));
  if (written === undefined) return undefined;
  const { id, title, most, priority, patterns, unless, examples, holding, tests, replies } = written;
  const intent: IntentFile = {
    ...base,
    id,
    most: lowered(base.most, most, fault),
    title: title ?? base.title,
    priority: priority ?? base.priority,
    patterns: [...base.patterns, ...patterns],
    unless: [...base.unless, ...unless],
    examples: [...base.examples, ...examples],
    replies: repliesOf(written, base, fault),
    holding: holding ?? base.holding,
  };
  const added = { patterns, unless, examples, facets: {}, goesOn: { slots: [], patterns: [] } };
  return { path, intent, shared: base, added, tests, replies: replies.map((reply) => reply.id) };
}

/** What is heard by a faulty file, as far as it can be read: with the fault beside it nothing of it comes into force. */
function soundOf(plain: unknown, id: string): OverrideFile | undefined {
  const heard = soundPart(overrideSchema.partial(), plain)?.value;
  if (heard === undefined) return undefined;
  const { patterns = [], unless = [], examples = [] } = heard;
  return { ...overrideSchema.parse({ id }), id: heard.id ?? id, patterns, unless, examples };
}

function lowered(shared: Action, wanted: Action | undefined, fault: Tell): Action {
  if (wanted === undefined || wanted === shared) return shared;
  // A complaint passed over in silence is no caution: nobody would see to it.
  if (wanted === 'silent')
    fault(
      'most',
      'a matter is not passed in silence by one shop alone',
      "Write handoff, or switch it off in the shop's `intents`.",
    );
  else if (moreCautious(shared, wanted) === shared)
    fault('most', `the shared intent allows ${shared} at most`, `Leave it out, or lower it: ${shared} is as bold as it may be.`);
  return moreCautious(shared, wanted);
}

function repliesOf(file: OverrideFile, base: IntentFile, fault: Tell): ReplyTemplate[] {
  const shared = new Set(base.replies.map((reply) => reply.id));
  for (const [at, id] of file.removeReplies.entries()) {
    if (!shared.has(id)) fault(`removeReplies[${at}]`, `${base.id} has no reply "${id}"`, mendFor(id, shared));
    else if (file.replies.some((reply) => reply.id === id))
      fault(`removeReplies[${at}]`, `"${id}" is written in replies too`, 'Do one of the two.');
  }
  const added: ReplyTemplate[] = [];
  const changed = new Map<string, ReplyTemplate>();
  const seen = new Set<string>();
  for (const [at, { id, ...written }] of file.replies.entries()) {
    if (seen.has(id)) fault(`replies[${at}].id`, `the reply "${id}" stands here twice`, 'Give each reply an id of its own.');
    seen.add(id);
    const before = base.replies.find((reply) => reply.id === id);
    const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
    // The shared reply's `only: draft` stays: what it says was not fit to be sent by itself.
    const checked = checkValue(replySchema, { ...before, ...given, id });
    if (checked.ok) {
      if (before === undefined) added.push(checked.value);
      else changed.set(id, checked.value);
    } else {
      const mend = `A new reply needs asks, texts and short. To change a shared one: ${mendFor(id, shared)}`;
      for (const { path, problem } of checked.faults) fault(`replies[${at}].${pathWords(path)}`, problem, mend);
    }
  }
  const kept = base.replies.filter((reply) => !file.removeReplies.includes(reply.id));
  return [...added, ...kept.map((reply) => changed.get(reply.id) ?? reply)];
}

function mendFor(id: string, among: ReadonlySet<string>): string {
  const near = nearest(id, [...among]);
  return near === undefined ? `Name one of ${[...among].join(', ')}.` : `Did you mean ${near}?`;
}
