/**
 * What each literal sets off: patterns as the matcher runs them. Literals that stand in the same place of a pattern form a class;
 * a sequence is filed under the class that may end it, and literals of the very same classes share one program.
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
  readonly does: keyof typeof deed;
  /**
   * The number of the intent that it finds, or whose side it tells: a side is looked for only in clauses where its intent was
   * found. Left out of a side that is told whatever was found.
   */
  readonly intent?: number;
  /** A cancel takes others away: those of these rules, and without them it is not looked for; or whatever there is. */
  readonly cancels?: readonly number[] | 'any';
}

/** What a rule's finds are for. Of the first two the words are kept that they rest on. */
export const deed = { find: 0, facet: 1, ask: 2, continue: 3, question: 4, cancel: 5 } as const;
export const deeds = 6;

/**
 * What each literal and each slot sets off when it is seen. Both have a number, literals first. All of it is flat, and what is
 * read together stands together: there are tens of thousands, and a look at a far place in memory costs more than what is done.
 */
export interface Plans {
  readonly classes: number;
  /** By number: where its program starts in `code`. */
  readonly programs: Int32Array;
  /**
   * Programs: how many classes hold it, how many groups of sequences end with it, where its late ones stand in `late`; then
   * the classes in which later elements look for it; then the last-but-one class of each group: none of its sequences is tried
   * before that class was seen. Those of one element stand under `noClass`. Then of each group, `groupFields` each, the widest
   * gap before the last element, by which most others fail, and where its entries start; they end where those of the next begin.
   */
  readonly code: Int32Array;
  /** Of each sequence in a group, the gap before its last element and its place in `sequences`. */
  readonly entries: Int32Array;
  /**
   * Sequences that take finds away or tell their sides, looked for once a clause is read. First the families that any of them
   * is about, as bits, and how many there are; then of each its families and its place. None stand at 0.
   */
  readonly late: Int32Array;
  /** The rule, the family it finds, as a bit, how it is bound to its clause and what it does, how many elements stand before the last; then class and gap of each, backwards. */
  readonly sequences: Int32Array;
  /** Words of slots that a literal is, and the number of each one's slot: from wordStart[literal] to wordStart[literal + 1]. */
  readonly wordStart: Int32Array;
  readonly wordSlots: Int32Array;
  /** What each of these words stands for. */
  readonly wordValues: Int32Array;
  /** By the number of a slot, from that of the first on. */
  readonly slotNames: readonly string[];
  readonly isLead: Uint8Array;
  /** Numbers of the slots that no word stands for: digits, and digits so many that they are an order's. */
  readonly numberSlot: number;
  readonly orderSlot: number;
}

export const programHead = 3;
export const groupFields = 2;
export const entryFields = 2;
export const lateHead = 2;
export const lateFields = 2;
export const sequenceHead = 4;
/** How a sequence is bound to its clause; its deed stands above these bits. */
export const boundToStart = 1;
export const boundToEnd = 2;
export const deedShift = 2;
/** Stands before sequences of one element: always seen. */
export const noClass = 0;

const rulesAStep = 100;
/** Families are bits of one number. Those of over 31 intents share bits, and then some sequences are looked for in vain. */
const familyOf = (intent: number) => 1 << (intent % 31);
/** There in each clause. */
export const anyFamily = 1 << 31;

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

  const classes = new Map([['', noClass]]);
  /** By literal or slot. */
  const classesOf = new Lists<number>();
  const isHeld: boolean[] = [];
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
  const sequences: number[] = [];
  const filed: Filed[] = [];
  for (const [at, { rule, sequence, does, intent, cancels }] of rules.entries()) {
    if (at % rulesAStep === 0) yield;
    const { elements, fromClauseStart, toClauseEnd } = sequence;
    const before = elements.slice(0, -1).map(classOf);
    for (const id of before) isHeld[id] = true;
    endings.of(classOf(elements.at(-1)!)).push(at);
    filed.push({
      before: before.at(-1) ?? noClass,
      gap: elements.at(-1)!.gapBefore,
      place: sequences.length,
      about:
        does === 'facet' && intent !== undefined
          ? familyOf(intent)
          : typeof cancels === 'object'
            ? cancels.reduce((all, one) => all | (families.get(one) ?? 0), 0)
            : anyFamily,
      isLate: does === 'cancel' || does === 'facet',
    });
    sequences.push(rule, families.get(rule) ?? 0);
    const bound = (fromClauseStart ? boundToStart : 0) | (toClauseEnd ? boundToEnd : 0);
    sequences.push(bound | (deed[does] << deedShift), before.length);
    for (let k = before.length; k > 0; k--) sequences.push(before[k - 1]!, elements[k]!.gapBefore);
  }
  yield;
  const bySlot = new Lists<SlotWord>();
  for (const word of words) {
    bySlot.of(literalOf(word.literal)).push(word);
    slotOf(word.slot);
  }
  for (const lead of leads) literalOf(lead);

  const ofSlot = (slot: string): number => literals.size + slots.get(slot)!;
  const programs = new Int32Array(literals.size + slots.size);
  const written = new Programs();
  const known = new Map<string, number>();
  for (let number = 0; number < programs.length; number++) {
    if (number % (rulesAStep * rulesAStep) === 0) yield;
    const its = classesOf.of(number < literals.size ? number : literals.size - 1 - number);
    const key = its.join();
    let program = known.get(key);
    if (program === undefined) {
      const last = its.flatMap((id) => endings.of(id)).sort((a, b) => a - b);
      program = written.add(
        its.filter((id) => isHeld[id]),
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
    classes: classes.size,
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

/** A sequence under the class that ends it. */
interface Filed {
  /** Its last-but-one class, and the gap behind it. */
  readonly before: number;
  readonly gap: number;
  /** In the flat list of all. */
  readonly place: number;
  readonly isLate: boolean;
  /** Families without which a late one is not looked for. */
  readonly about: number;
}

class Programs {
  readonly #code: number[] = [];
  readonly #entries: number[] = [];
  readonly #late: number[] = [0, 0];

  /**
   * @param last sequences that end with it, in the order of their rules
   * @returns where it starts
   */
  add(holds: readonly number[], last: readonly Filed[]): number {
    const groups = new Map<number, Filed[]>();
    const late: Filed[] = [];
    for (const one of last) {
      const known = groups.get(one.before);
      if (one.isLate) late.push(one);
      else if (known === undefined) groups.set(one.before, [one]);
      else known.push(one);
    }
    const code = this.#code;
    const start = code.length;
    code.push(holds.length, groups.size, late.length === 0 ? 0 : this.#late.length, ...holds, ...groups.keys());
    for (const all of groups.values()) {
      code.push(Math.max(...all.map(({ gap }) => gap)), this.#entries.length);
      for (const { gap, place } of all) this.#entries.push(gap, place);
    }
    code.push(0, this.#entries.length);
    if (late.length > 0)
      this.#late.push(
        late.reduce((all, one) => all | one.about, 0),
        late.length,
      );
    for (const one of late) this.#late.push(one.about, one.place);
    return start;
  }

  all(): Pick<Plans, 'code' | 'entries' | 'late'> {
    return {
      code: Int32Array.from(this.#code),
      entries: Int32Array.from(this.#entries),
      late: Int32Array.from(this.#late),
    };
  }
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
