/**
 * The template book: all replies of all intents and the words around them, compiled once. What cannot be compiled is told
 * as faults, all at once, and left out of the book.
 */
import type { Ask } from '../conversation.js';
import { type CodedFault, codedFault } from '../fault-words.js';
import type { Condition, Fact } from './facts.js';
import { nearest } from './nearest.js';
import { type CompiledTemplate, compileTemplate, TemplateFault } from './template.js';

/** What an intent file says of its replies (the rest of the file is none of this room's business). */
export interface IntentWords {
  readonly id: string;
  readonly title: { readonly zh: string };
  readonly group: string;
  readonly priority: number;
  readonly replies: readonly {
    readonly id: string;
    readonly asks: readonly Ask[];
    readonly when: Readonly<Record<string, Condition>>;
    readonly texts: readonly string[];
    readonly short: string;
    readonly only?: 'draft' | undefined;
    readonly once?: boolean | undefined;
    readonly promises?: boolean | undefined;
  }[];
  readonly holding: readonly (
    | string
    | {
        readonly asks?: readonly Ask[] | undefined;
        readonly when: Readonly<Record<string, Condition>>;
        readonly texts: readonly string[];
      }
  )[];
}

/** intents/languages/<tag>.replies.yaml: what stands around the replies of any intent. */
export interface ReplyWords {
  /** By how the buyer is called. */
  readonly openings: Readonly<Record<string, readonly string[]>>;
  /** Closes a reply that leaves something open: a person sees to it, with or without saying when. */
  readonly leftOpen: { readonly withTime: readonly string[]; readonly withoutTime: readonly string[] };
  readonly holding: {
    /** May name the `matter` that the buyer asks about. */
    readonly withTime: readonly string[];
    readonly withoutTime: readonly string[];
    /** Said when nothing else fits: without any fact. */
    readonly shortest: string;
  };
  /** Drafts for agents where no reply fits: they name the `matter`. */
  readonly seen: readonly string[];
  /** On duty, when no agent is free. */
  readonly busy: readonly string[];
}

export interface CompiledReply {
  /** `stock.in_stock` */
  readonly id: string;
  readonly asks: readonly Ask[];
  readonly when: readonly (readonly [name: string, condition: Condition])[];
  readonly texts: readonly CompiledTemplate[];
  readonly short: CompiledTemplate;
  readonly isDraftOnly: boolean;
  /** A counter-question: not asked again in any wording. */
  readonly isOnce: boolean;
  /** It tells what a person will do: sent by itself, it leaves the matter open. */
  readonly isPromise: boolean;
}

/** Holding words of an intent, for one side of the matter or, without conditions, for all of it. */
export interface CompiledHolding {
  /** Absent: to every ask. */
  readonly asks?: readonly Ask[] | undefined;
  readonly when: readonly (readonly [name: string, condition: Condition])[];
  readonly texts: readonly CompiledTemplate[];
}

export interface IntentReplies {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly priority: number;
  /** In the order of the file: the first that fits is taken. */
  readonly replies: readonly CompiledReply[];
  /** In the order in which they are tried: those for one side first. */
  readonly holding: readonly CompiledHolding[];
}

export interface CompiledWords {
  readonly openings: Readonly<Record<string, readonly CompiledTemplate[]>>;
  readonly leftOpenWithTime: readonly CompiledTemplate[];
  readonly leftOpenWithoutTime: readonly CompiledTemplate[];
  readonly holdingWithTime: readonly CompiledTemplate[];
  readonly holdingWithoutTime: readonly CompiledTemplate[];
  readonly shortest: readonly CompiledTemplate[];
  readonly seen: readonly CompiledTemplate[];
  readonly busy: readonly CompiledTemplate[];
}

export interface TemplateBook {
  readonly intents: ReadonlyMap<string, IntentReplies>;
  readonly words: CompiledWords;
}

/** A fault of the book; the caller knows the file of the intent (absent: of the language's reply words). */
export interface BookFault extends CodedFault {
  readonly intent?: string;
  readonly path: string;
  readonly severity: 'error' | 'warning';
}

/** The facts that may be named, and the values that a condition can ask for where they are few. */
export type KnownFacts = Readonly<Record<string, { readonly values?: readonly Fact[] }>>;

/** A fact of the composing room itself: the title of the intent that a general holding text acknowledges. */
const matter = 'matter';

/** Compiles everything that can be said. `known` is the table of facts; without it names are not checked. */
export function compileBook(
  intentFiles: readonly IntentWords[],
  words: ReplyWords,
  known?: KnownFacts,
): { readonly book: TemplateBook; readonly faults: readonly BookFault[] } {
  const faults: BookFault[] = [];
  const intents = new Map(intentFiles.map((file) => [file.id, compileIntent(file, known, faults)]));
  return { book: { intents, words: compileWords(words, known, faults) }, faults };
}

function compileIntent(file: IntentWords, known: KnownFacts | undefined, faults: BookFault[]): IntentReplies {
  const fault: TellAll = (path, found, severity = 'error') => faults.push({ intent: file.id, path, ...found, severity });
  const compile = compilerFor(known, [], fault);
  const replies = file.replies.map((reply, at): CompiledReply | undefined => {
    const path = `replies[${at}]`;
    if (file.replies.findIndex((one) => one.id === reply.id) < at)
      fault(`${path}.id`, codedFault('reply_twice', { reply: reply.id }));
    for (const [name, condition] of Object.entries(reply.when))
      checkCondition(`${path}.when.${name}`, name, condition, known, fault);
    const texts = compileAll(compile, reply.texts, `${path}.texts`);
    const short = compile(reply.short, `${path}.short`);
    if (short === undefined || texts.length < reply.texts.length) return undefined;
    const id = `${file.id}.${reply.id}`;
    return {
      id,
      asks: reply.asks,
      when: Object.entries(reply.when),
      texts,
      short,
      isDraftOnly: reply.only === 'draft',
      isOnce: reply.once === true,
      isPromise: reply.promises === true,
    };
  });
  const holding = compileHolding(file, compile, known, fault);
  return {
    id: file.id,
    title: file.title.zh,
    group: file.group,
    priority: file.priority,
    replies: replies.filter((reply) => reply !== undefined),
    holding,
  };
}

function compileHolding(file: IntentWords, compile: Compile, known: KnownFacts | undefined, fault: TellAll): CompiledHolding[] {
  const sides: CompiledHolding[] = [];
  const plain: CompiledTemplate[] = [];
  const timeFault = (path: string, templates: readonly CompiledTemplate[]) => {
    const timed = templates.filter((one) => one.needed.includes('opening'));
    if (templates.length > 0 && (timed.length === 0 || timed.length === templates.length))
      fault(path, codedFault(timed.length === 0 ? 'opening_never' : 'opening_always', {}, 'general_instead'), 'warning');
  };
  for (const [at, entry] of file.holding.entries()) {
    const path = `holding[${at}]`;
    if (typeof entry === 'string') {
      const template = compile(entry, path);
      if (template !== undefined) plain.push(template);
      continue;
    }
    for (const [name, condition] of Object.entries(entry.when))
      checkCondition(`${path}.when.${name}`, name, condition, known, fault);
    const texts = compileAll(compile, entry.texts, `${path}.texts`);
    timeFault(path, texts);
    sides.push({ asks: entry.asks, when: Object.entries(entry.when), texts });
  }
  timeFault('holding', plain);
  return plain.length === 0 ? sides : [...sides, { when: [], texts: plain }];
}

function compileWords(words: ReplyWords, known: KnownFacts | undefined, faults: BookFault[]): CompiledWords {
  const fault: Tell = (path, found) => faults.push({ path, ...found, severity: 'error' });
  const compile = compilerFor(known, [matter], fault);
  const timed = (sources: readonly string[], path: string, isTimed: boolean) =>
    sources.flatMap((source, at) => {
      const template = compile(source, `${path}[${at}]`);
      if (template === undefined) return [];
      if (template.needed.includes('opening') !== isTimed)
        fault(`${path}[${at}]`, codedFault(isTimed ? 'opening_missing' : 'opening_unknown'));
      return [template];
    });
  const shortest = compile(words.holding.shortest, 'holding.shortest');
  if (shortest !== undefined && shortest.variables.length > 0) fault('holding.shortest', codedFault('last_resort_fact'));
  return {
    openings: Object.fromEntries(
      Object.entries(words.openings).map(([address, texts]) => [address, compileAll(compile, texts, `openings.${address}`)]),
    ),
    leftOpenWithTime: timed(words.leftOpen.withTime, 'leftOpen.withTime', true),
    leftOpenWithoutTime: timed(words.leftOpen.withoutTime, 'leftOpen.withoutTime', false),
    holdingWithTime: timed(words.holding.withTime, 'holding.withTime', true),
    holdingWithoutTime: timed(words.holding.withoutTime, 'holding.withoutTime', false),
    shortest: shortest === undefined ? [] : [shortest],
    seen: compileAll(compile, words.seen, 'seen'),
    busy: compileAll(compile, words.busy, 'busy'),
  };
}

type Compile = (source: string, path: string) => CompiledTemplate | undefined;
type Tell = (path: string, fault: CodedFault) => void;
type TellAll = (path: string, fault: CodedFault, severity?: BookFault['severity']) => void;

function compileAll(compile: Compile, sources: readonly string[], path: string): CompiledTemplate[] {
  return sources.map((source, at) => compile(source, `${path}[${at}]`)).filter((one) => one !== undefined);
}

function compilerFor(known: KnownFacts | undefined, own: readonly string[], fault: Tell): Compile {
  return (source, path) => {
    try {
      const template = compileTemplate(source);
      for (const name of template.variables) if (!own.includes(name)) checkName(path, name, known, fault);
      return template;
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      fault(path, error.fault);
      return undefined;
    }
  };
}

function checkName(path: string, name: string, known: KnownFacts | undefined, fault: Tell): void {
  if (known === undefined || Object.hasOwn(known, name) || /^extra_[a-z][a-z0-9_]*$/.test(name)) return;
  const near = nearest(name, Object.keys(known));
  fault(
    path,
    near === undefined
      ? codedFault('no_fact', { name }, 'documented_fact')
      : codedFault('no_fact', { name, near }, 'did_you_mean'),
  );
}

function checkCondition(path: string, name: string, condition: Condition, known: KnownFacts | undefined, fault: Tell): void {
  checkName(path, name, known, fault);
  const values = known?.[name]?.values;
  if (values === undefined || typeof condition === 'boolean') return;
  for (const value of typeof condition === 'object' ? condition : [condition])
    if (!values.includes(value)) fault(path, codedFault('fact_never', { name, value: String(value), known: values.map(String) }));
}
