/**
 * What each literal sets off: patterns as the matcher runs them. Literals that stand in the same place of a pattern form a class;
 * a sequence is filed under the literals that may end it.
 */
import type { Element, Sequence } from './pattern.js';
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
  /** Its finds only take others away. */
  readonly cancels: boolean;
}

/** A sequence as it is looked for: backwards from its last element. */
export interface Compiled {
  readonly rule: number;
  readonly cancels: boolean;
  readonly classes: readonly number[];
  readonly gaps: readonly number[];
  readonly fromClauseStart: boolean;
  readonly toClauseEnd: boolean;
}

/**
 * What each literal and each slot sets off when it is seen. Both have a number, literals first; what belongs to number n stands from
 * …Start[n] to …Start[n + 1]. Flat, because there are tens of thousands, nearly all of them without most of it.
 */
export interface Plans {
  readonly literals: readonly string[];
  readonly classes: number;
  /** Classes in which later elements look for it. */
  readonly holdStart: Int32Array;
  readonly holds: Int32Array;
  /**
   * Sequences that end with it, grouped by their last-but-one class: none of them is tried before that class was seen.
   * Those of one element stand under `noClass`. The gap before the last element is told beside each, and the widest
   * beside the group: nearly all fail by it.
   */
  readonly groupStart: Int32Array;
  readonly groupBefore: Int32Array;
  readonly groupGap: Uint16Array;
  readonly sequenceStart: Int32Array;
  readonly sequences: readonly Compiled[];
  readonly lastGaps: Uint16Array;
  /** Words of slots that it is, and the number of each one's slot. */
  readonly wordStart: Int32Array;
  readonly words: readonly SlotWord[];
  readonly wordSlots: Int32Array;
  readonly isLead: Uint8Array;
  /** The slot's number. */
  readonly ofSlot: (slot: string) => number;
}

const rulesAStep = 100;
/** Stands before sequences of one element: always seen. */
export const noClass = 0;

/** @param leads polite openings */
export function* planning(rules: readonly RuleSequence[], words: readonly SlotWord[], leads: readonly string[]): Steps<Plans> {
  const literals = new Map<string, number>();
  const slots = new Map<string, number>();
  const literalOf = (literal: string): number => numbered(literals, literal);
  // Slots are counted down from -1 until all literals are known.
  const slotOf = (slot: string): number => -1 - numbered(slots, slot);
  const plansFor = (element: Element): number[] =>
    element.slot === undefined ? element.literals.map(literalOf) : [slotOf(element.slot)];

  const holds = new Lists<number>();
  const groups = new Lists<Group>();
  const classes = new Map([['', noClass]]);
  const classOf = (element: Element): number => {
    const key = element.slot === undefined ? [...element.literals].sort().join('|') : `<${element.slot}>`;
    const isNew = !classes.has(key);
    const id = numbered(classes, key);
    if (isNew) for (const plan of plansFor(element)) holds.of(plan).push(id);
    return id;
  };
  slotOf('number');
  slotOf('order');
  for (const [at, { rule, sequence, cancels }] of rules.entries()) {
    if (at % rulesAStep === 0) yield;
    const { elements, fromClauseStart, toClauseEnd } = sequence;
    const compiled: Compiled = {
      rule,
      cancels,
      classes: elements.slice(0, -1).map(classOf),
      gaps: elements.map((element) => element.gapBefore),
      fromClauseStart,
      toClauseEnd,
    };
    const before = compiled.classes.at(-1) ?? noClass;
    for (const plan of plansFor(elements.at(-1)!)) {
      const known = groups.of(plan);
      const group = known.find((one) => one.before === before);
      if (group === undefined) known.push({ before, sequences: [compiled] });
      else group.sequences.push(compiled);
    }
  }
  const bySlot = new Lists<SlotWord>();
  for (const word of words) {
    bySlot.of(literalOf(word.literal)).push(word);
    slotOf(word.slot);
  }
  for (const lead of leads) literalOf(lead);

  const plans = literals.size + slots.size;
  const ofSlot = (slot: string): number => literals.size + slots.get(slot)!;
  const order = (plan: number): number => (plan < literals.size ? plan : literals.size - 1 - plan);
  const flatHolds = holds.flat(plans, order);
  const flatGroups = groups.flat(plans, order);
  const flatWords = bySlot.flat(plans, order);
  const sequences = flatGroups.all.flatMap((group) => group.sequences);
  const sequenceStart = new Int32Array(flatGroups.all.length + 1);
  for (const [at, group] of flatGroups.all.entries()) sequenceStart[at + 1] = sequenceStart[at]! + group.sequences.length;
  const isLead = new Uint8Array(plans);
  for (const lead of leads) isLead[literals.get(lead)!] = 1;
  return {
    literals: [...literals.keys()],
    classes: classes.size,
    holdStart: flatHolds.start,
    holds: Int32Array.from(flatHolds.all),
    groupStart: flatGroups.start,
    groupBefore: Int32Array.from(flatGroups.all, (group) => group.before),
    groupGap: Uint16Array.from(flatGroups.all, (group) => Math.max(...group.sequences.map(lastGapOf))),
    sequenceStart,
    sequences,
    lastGaps: Uint16Array.from(sequences, lastGapOf),
    wordStart: flatWords.start,
    words: flatWords.all,
    wordSlots: Int32Array.from(flatWords.all, (word) => ofSlot(word.slot)),
    isLead,
    ofSlot,
  };
}

const lastGapOf = ({ gaps }: Compiled): number => gaps.at(-1)!;

interface Group {
  readonly before: number;
  readonly sequences: Compiled[];
}

/** Its number, a new one for what is new. */
function numbered(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

/** A list for each number, made when it is first asked for. */
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

  /** One behind the other, with the place where each starts. @param keyOf key of the list of a place */
  flat(places: number, keyOf: (place: number) => number): { readonly start: Int32Array; readonly all: T[] } {
    const start = new Int32Array(places + 1);
    const all: T[] = [];
    for (let place = 0; place < places; place++) {
      start[place] = all.length;
      for (const one of this.#lists.get(keyOf(place)) ?? []) all.push(one);
    }
    start[places] = all.length;
    return { start, all };
  }
}
