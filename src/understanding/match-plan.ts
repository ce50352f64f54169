/**
 * What each literal sets off: patterns as the matcher runs them. Literals that stand in the same place of a pattern form a class;
 * a sequence is filed under the class that may end it, and literals of the very same classes share one program.
 */
import type { Element, Sequence } from './pattern.js';
import { anyFamily, deed, layout, longestWord, type Plans } from './plans.js';
import type { Steps } from './steps.js';

/** A word of a slot: what it stands for is the caller's `value` index. */
export interface SlotWord {
  readonly slot: string;
  readonly literal: string;
  readonly value: number;
}

/** A pattern's sequence with the rule it belongs to; several sequences may share a rule. */
export interface RuleSequence {
  readonly rule: number;
  readonly sequence: Sequence;
  readonly does: keyof typeof deed;
  /**
   * The number of the intent that it finds, or whose side it tells: a side is looked for only in clauses where its intent was
   * found. Left out of a side that is told whatever was found.
   */
  readonly intent?: number;
  /** Of a find or a question: what is bound to the end of its clause may stand in front of a pause that parts two thoughts too: 有货吗 几天能到. */
  readonly mayEndPhrase?: boolean;
  /** A cancel takes others away: those of these rules, and without them it is not looked for; or whatever there is. */
  readonly cancels?: readonly number[] | 'any';
}

const {
  boundToStart,
  boundToEnd,
  isCancel,
  mayEndPhrase,
  latePlaceShift,
  isLate,
  deedShift,
  rowShift,
  rowMask,
  halfBits,
  isPlain,
  gapShift,
  placeShift,
} = layout;

/** Of a cancel that takes away more rules than these, whether any of them was found is not looked at beforehand. */
const mostTargets = 8;
const rulesAStep = 100;
/** Families are bits of one number. Those of over 31 intents share bits, and then some sequences are looked for in vain. */
const familyOf = (intent: number) => 1 << (intent % 31);

/**
 * @param leads polite openings
 * @returns the plans, and the literals by their numbers
 */
export function* planning(
  rules: readonly RuleSequence[],
  words: readonly SlotWord[],
  leads: readonly string[],
): Steps<{ readonly plans: Plans; readonly literals: readonly string[] }> {
  const literals = new Map<string, number>();
  const slots = new Map<string, number>();
  const literalOf = (literal: string): number => numbered(literals, literal);
  // Slots are counted down from -1 until all literals are known.
  const slotOf = (slot: string): number => -1 - numbered(slots, slot);
  const numbersOf = (element: Element): number[] =>
    element.slot === undefined ? [...new Set(element.literals.map(literalOf))] : [slotOf(element.slot)];

  const classes = new Map<string, number>();
  /** By literal or slot. */
  const classesOf = new Lists<number>();
  /** By class, of those that later elements look for: a number of its own. */
  const held = new Map<number, number>();
  /** By class: numbers of the sequences that end with it. */
  const endings = new Lists<number>();
  const classOf = (element: Element): number => {
    const key = element.slot === undefined ? [...element.literals].sort().join('|') : `<${element.slot}>`;
    const isNew = !classes.has(key);
    const id = numbered(classes, key);
    if (isNew) for (const number of numbersOf(element)) classesOf.of(number).push(id);
    return id;
  };
  slotOf('number');
  slotOf('order');
  const families = new Map<number, number>();
  for (const { rule, does, intent } of rules) if (does === 'find') families.set(rule, familyOf(intent!));
  const firstRule = rules.reduce((least, { rule }) => Math.min(least, rule), rules[0]?.rule ?? 0);
  const sequences: number[] = [];
  const filed: Filed[] = [];
  for (const [at, { rule, sequence, does, intent, cancels, mayEndPhrase: endsPhrase }] of rules.entries()) {
    if (at % rulesAStep === 0) yield;
    const { elements, fromClauseStart, toClauseEnd } = sequence;
    const before = elements.slice(0, -1).map((element) => numbered(held, classOf(element)));
    endings.of(classOf(elements.at(-1)!)).push(at);
    const isAboutOthers = does === 'facet' || does === 'cancel';
    const about =
      does === 'facet' && intent !== undefined
        ? familyOf(intent)
        : typeof cancels === 'object'
          ? cancels.reduce((all, one) => all | (families.get(one) ?? 0), 0)
          : anyFamily;
    const bound = (fromClauseStart ? boundToStart : 0) | (toClauseEnd ? boundToEnd : 0);
    filed.push({
      before: before.at(-1),
      gap: elements.at(-1)!.gapBefore,
      place: sequences.length,
      isPlain: before.length < 2 && !fromClauseStart,
      late: isAboutOthers ? about : 0,
      flags: bound | (does === 'cancel' ? isCancel : 0),
    });
    sequences.push(rule, isAboutOthers ? about : (families.get(rule) ?? 0));
    const pauses = endsPhrase === true && toClauseEnd ? mayEndPhrase : 0;
    sequences.push(bound | pauses | (isAboutOthers ? isLate : 0) | (deed[does] << deedShift), before.length);
    for (let k = before.length; k > 0; k--) sequences.push(before[k - 1]!, elements[k]!.gapBefore);
    if (does === 'cancel') sequences.push(...targetsOf(cancels, firstRule));
  }
  yield;
  const bySlot = new Lists<SlotWord>();
  for (const word of words) {
    // A product may be called more than anybody writes.
    if (word.literal.length > longestWord) continue;
    bySlot.of(literalOf(word.literal)).push(word);
    slotOf(word.slot);
  }
  for (const lead of leads) literalOf(lead);

  const ofSlot = (slot: string): number => literals.size + slots.get(slot)!;
  const programs = new Int32Array(literals.size + slots.size);
  const written = new Programs(held.size);
  const known = new Map<string, number>();
  for (let number = 0; number < programs.length; number++) {
    if (number % (rulesAStep * rulesAStep) === 0) yield;
    const its = classesOf.of(number < literals.size ? number : literals.size - 1 - number);
    const key = its.join();
    let program = known.get(key);
    if (program === undefined) {
      const last = its.flatMap((id) => endings.of(id)).sort((a, b) => a - b);
      program = written.add(
        its.flatMap((id) => held.get(id) ?? []).sort((a, b) => a - b),
        last.map((at) => filed[at]!),
      );
      known.set(key, program);
    }
    programs[number] = program;
  }
  const slotWords: SlotWord[] = [];
  const wordStart = new Int32Array(literals.size + 1);
  for (let literal = 0; literal < literals.size; literal++) {
    slotWords.push(...bySlot.of(literal));
    wordStart[literal + 1] = slotWords.length;
  }
  const isLead = new Uint8Array(literals.size);
  for (const lead of leads) isLead[literals.get(lead)!] = 1;
  const plans: Plans = {
    held: held.size,
    firstRule,
    ruleCount: rules.reduce((most, { rule }) => Math.max(most, rule - firstRule + 1), 0),
    programs,
    ...written.all(),
    sequences: Int32Array.from(sequences),
    wordStart,
    wordSlots: Int32Array.from(slotWords, (word) => ofSlot(word.slot)),
    wordValues: Int32Array.from(slotWords, (word) => word.value),
    slotNames: [...slots.keys()],
    isLead,
    numberSlot: ofSlot('number'),
    orderSlot: ofSlot('order'),
  };
  return { plans, literals: [...literals.keys()] };
}

function targetsOf(cancels: RuleSequence['cancels'], firstRule: number): readonly number[] {
  if (typeof cancels !== 'object' || cancels.length > mostTargets) return [0];
  return [cancels.length, ...cancels.map((rule) => rule - firstRule)];
}

/** A sequence under the class that ends it. */
interface Filed {
  /** Its last-but-one class, and the gap behind it; undefined: it has one element. */
  readonly before: number | undefined;
  readonly gap: number;
  /** In the flat list of all. */
  readonly place: number;
  /** It is not bound to the start of its clause, and no element stands before its last-but-one. */
  readonly isPlain: boolean;
  /** The families that a late one is about; 0: it is none. */
  readonly late: number;
  /** How it is bound to its clause, and whether it is a cancel. */
  readonly flags: number;
}

/** From so many groups on the bits of all are kept: the classes seen right before it are then fewer than those looked for. */
const manyAdjacent = 24;

class Programs {
  readonly #code: number[] = [];
  readonly #entries: number[] = [];
  readonly #rows: Uint16Array[];
  readonly #rowLength: number;

  /** @param held how many classes there are that later elements look for */
  constructor(held: number) {
    this.#rowLength = (held >> rowShift) + 1;
    this.#rows = [new Uint16Array(this.#rowLength)];
  }

  /**
   * @param last sequences that end with it, in the order of their rules
   * @returns where it starts
   */
  add(holds: readonly number[], last: readonly Filed[]): number {
    const singles = last.filter(({ before, late }) => before === undefined && late === 0);
    const alone = last.filter((one) => one.before === undefined && one.late !== 0);
    const ofSides = alone.filter(({ flags }) => (flags & isCancel) === 0);
    const late = [...ofSides, ...alone.filter(({ flags }) => (flags & isCancel) !== 0)];
    const adjacent = groupsOf(last.filter(({ before, gap }) => before !== undefined && gap === 0));
    const distant = groupsOf(last.filter(({ before, gap }) => before !== undefined && gap > 0));
    const start = this.#code.length;
    for (const one of late) this.#entries.push(one.late, (one.place << latePlaceShift) | one.flags);
    const first = this.#entries.length;
    const ends: number[] = [];
    this.#file(singles);
    for (const [, all] of [...adjacent, ...distant]) {
      this.#file(all);
      ends.push(this.#entries.length - first);
    }
    const classOf = ([before]: Group) => before;
    const widest = ([, all]: Group) => Math.max(...all.map(({ gap }) => gap));
    const row = adjacent.length < manyAdjacent ? 0 : this.#addRow(adjacent.map(classOf));
    this.#code.push(holds.length, singles.length, adjacent.length, distant.length, row);
    this.#code.push(...halves(first), late.length, ...halves(late.reduce((all, one) => all | one.late, 0)), ...holds);
    this.#code.push(...adjacent.map(classOf), ...distant.map(classOf), ...distant.map(widest), ...ends);
    return start;
  }

  #file(all: readonly Filed[]): void {
    for (const { place, gap, isPlain: plainly } of all)
      this.#entries.push((place << placeShift) | (gap << gapShift) | (plainly ? isPlain : 0));
  }

  #addRow(classes: readonly number[]): number {
    const row = new Uint16Array(this.#rowLength);
    for (const one of classes) row[one >> rowShift]! |= 1 << (one & rowMask);
    return this.#rows.push(row) - 1;
  }

  all(): Pick<Plans, 'code' | 'entries' | 'adjacent'> {
    const adjacent = new Uint16Array(this.#rows.length * this.#rowLength);
    for (const [at, row] of this.#rows.entries()) adjacent.set(row, at * this.#rowLength);
    const largest = this.#code.reduce((most, one) => Math.max(most, one), 0);
    return {
      code: largest >>> halfBits === 0 ? Uint16Array.from(this.#code) : Uint32Array.from(this.#code),
      entries: Int32Array.from(this.#entries),
      adjacent,
    };
  }
}

/** The lower one first. */
const halves = (number: number) => [number & ((1 << halfBits) - 1), number >>> halfBits];

type Group = readonly [before: number, sequences: readonly Filed[]];

/** By their last-but-one class, in the order of the classes. */
function groupsOf(sequences: readonly Filed[]): readonly Group[] {
  const groups = new Map<number, Filed[]>();
  for (const one of sequences) {
    const known = groups.get(one.before!);
    if (known === undefined) groups.set(one.before!, [one]);
    else known.push(one);
  }
  return [...groups].sort(([one], [other]) => one - other);
}

/** Its number, a new one for what is new. */
function numbered<T>(ids: Map<T, number>, key: T): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

/** A list for each number, made when it is first filled. */
class Lists<T> {
  readonly #lists = new Map<number, T[]>();

  of(key: number): T[] {
    let list = this.#lists.get(key);
    if (list === undefined) {
      list = [];
      this.#lists.set(key, list);
    }
    return list;
  }
}
