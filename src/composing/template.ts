/**
 * Reply templates: Liquid, locked down. A template sees facts and nothing else: no files, no other templates, no loops, no
 * clock, no chance. What buyers and platforms wrote comes in as values only and is never read as Liquid. A template of
 * text and `{{ name }}` alone, which nearly all are, is joined by ourselves: the same result without an interpreter.
 */
import { Liquid, Output, Tag, type Template } from 'liquidjs';
import { type CodedFault, codedFault } from '../fault-words.js';
import { type Facts, factOf } from './facts.js';

export interface CompiledTemplate {
  readonly source: string;
  /** All facts that it names, those in conditions included. */
  readonly variables: readonly string[];
  /** Those of them without which it cannot be said: outputs that stand under no condition and have no default. */
  readonly needed: readonly string[];
  /** The text. Throws TemplateFault where a needed fact is not there or a limit is passed. */
  readonly render: (facts: Facts) => string;
}

/** What is wrong with a template, and how to mend it. */
export class TemplateFault extends Error {
  readonly fault: CodedFault;
  constructor(fault: CodedFault, options?: { cause?: unknown }) {
    super(fault.problem, options);
    this.name = 'TemplateFault';
    this.fault = fault;
  }
}

const allowedTags = new Set(['if', 'unless', 'case', 'assign', 'comment', '#']);
const allowedFilters = new Set(
  `abs append at_least at_most capitalize ceil default divided_by downcase floor lstrip minus modulo plus prepend remove
   remove_first replace replace_first round rstrip size strip times upcase`.split(/\s+/),
);
const literals = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank']);
/** Characters. */
const longest = 4_000;
const liquid = lockedLiquid();

function lockedLiquid(): Liquid {
  const engine = new Liquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    strictVariables: true,
    strictFilters: true,
    // An unset fact in a condition is false there, an unset fact in an output is an error.
    lenientIf: true,
    ownPropertyOnly: true,
    outputEscape: neutralised as (value: unknown) => string,
    parseLimit: longest,
    renderLimit: 100,
    memoryLimit: 20_000,
  });
  for (const name of Object.keys(engine.tags)) if (!allowedTags.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!allowedFilters.has(name)) delete engine.filters[name];
  return engine;
}

// Control characters, line and paragraph separators, and what turns the direction of writing round.
const unruly = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u;
const everyUnruly = new RegExp(unruly.source, 'gu');

/** A value as it may stand in a reply: on one line, without control characters. */
export function neutralised(value: unknown): unknown {
  return typeof value === 'string' && unruly.test(value) ? value.replace(everyUnruly, ' ') : value;
}

/** Compiles a template or throws a TemplateFault that says what to mend. */
export function compileTemplate(source: string): CompiledTemplate {
  const pieces = joinable(source.trim());
  if (pieces !== undefined) {
    const names = [...new Set(pieces.flatMap((piece) => ('name' in piece ? piece.name : [])))];
    return { source, variables: names, needed: names, render: byJoining(pieces) };
  }
  const { templates, variables, needed } = parsed(source.trim());
  const stray = strayBrace.exec(source.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''))?.[0];
  if (stray !== undefined) throw new TemplateFault(codedFault('stray_brace', { brace: stray }));
  return { source, variables, needed, render: byLiquid(templates) };
}

const strayBrace = /[{}｛｝]/;

function parsed(source: string) {
  try {
    const templates = liquid.parse(source);
    const paths = liquid.globalVariableSegmentsSync(templates, { partials: false });
    const variables = [...new Set(paths.map(([name]) => String(name)))];
    const path = paths.find((segments) => segments.length > 1);
    if (path !== undefined) throw new TemplateFault(codedFault('fact_not_flat', { path: path.join('.'), flat: path.join('_') }));
    return { templates, variables, needed: unconditional(templates).filter((name) => variables.includes(name)) };
  } catch (cause) {
    if (cause instanceof TemplateFault) throw cause;
    const problem = cause instanceof Error ? (cause.message.split('\n')[0] as string) : String(cause);
    const refused = /tag "([^"]*)" not found/.exec(problem)?.[1];
    if (refused !== undefined) throw new TemplateFault(codedFault('tag_not_allowed', { tag: refused }), { cause });
    throw new TemplateFault(codedOf(problem.replace(/, line:\d+.*$/, '')), { cause });
  }
}

/** What the parser says most, by codes that every language has. */
function codedOf(why: string): CodedFault {
  const [, tag, kind] = /^tag (\{%-?\s*(\w+).*) not closed$/s.exec(why) ?? [];
  if (tag !== undefined && kind !== undefined) return codedFault('tag_not_closed', { tag, kind });
  if (/^output .* not closed$/s.test(why)) return codedFault('output_not_closed');
  const filter = /^undefined filter: (.+)$/.exec(why)?.[1];
  return filter === undefined ? codedFault('liquid', { why }) : codedFault('no_filter', { filter });
}

function globalsOf(templates: Template[]): string[] {
  return liquid.globalVariablesSync(templates, { partials: false });
}

/** Facts in outputs that are always said; what stands in a branch is needed only when the branch is taken. */
function unconditional(templates: Template[]): string[] {
  const always = templates.filter((one) =>
    one instanceof Output ? one.value.filters[0]?.name !== 'default' : one instanceof Tag && one.name === 'assign',
  );
  return globalsOf(always);
}

type Piece = { readonly text: string } | { readonly name: string };

/** Text and bare names in turn, or undefined where anything else is in it. */
function joinable(source: string): readonly Piece[] | undefined {
  if (source.length > longest) return undefined;
  const pieces: Piece[] = [];
  for (const [at, part] of source.split(/\{\{[ \t]*([a-z_][a-z0-9_]*)[ \t]*\}\}/).entries()) {
    // Text and names stand in turn.
    if (at % 2 === 0 ? strayBrace.test(part) : literals.has(part)) return undefined;
    if (at % 2 === 1) pieces.push({ name: part });
    else if (part !== '') pieces.push({ text: part });
  }
  return pieces;
}

function byJoining(pieces: readonly Piece[]): CompiledTemplate['render'] {
  return (facts) => {
    let text = '';
    for (const piece of pieces) text += 'text' in piece ? piece.text : wordOf(facts, piece.name);
    return text;
  };
}

function wordOf(facts: Facts, name: string): string {
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (value === undefined) throw new TemplateFault(codedFault('no_value', { name }));
  return String(neutralised(value));
}

function byLiquid(templates: Template[]): CompiledTemplate['render'] {
  return (facts) => {
    try {
      // Liquid takes `size` of a record without one for the number of its entries.
      return String(liquid.renderSync(templates, Object.hasOwn(facts, 'size') ? facts : { ...facts, size: undefined }));
    } catch (cause) {
      const problem = cause instanceof Error ? (cause.message.split('\n')[0] as string) : String(cause);
      throw new TemplateFault(codedFault('liquid', { why: problem }, 'liquid_value'), { cause });
    }
  };
}

/** Facts that a template needs and that are not there: empty means that it can be said. */
export function missingFacts(template: CompiledTemplate, facts: Facts): readonly string[] {
  return template.needed.filter((name) => factOf(facts, name) === undefined);
}
