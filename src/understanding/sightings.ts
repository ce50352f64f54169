/**
 * The words that were seen in a clause, and the sequences that end with them: each time the last element of one was seen, the
 * earlier ones are looked for backwards. All of a clause is looked through in one go. This is where most of a message's time goes:
 * `| 0` tells the engine a whole number, which it then need not look at again.
 */
import { type Finds, grown } from './finds.js';
import type { Openings } from './openings.js';
import { layout, type Plans } from './plans.js';

const {
  adjacentCount,
  adjacentRow,
  boundToStart,
  distantCount,
  entriesHigh,
  entriesLow,
  gapMask,
  gapShift,
  halfBits,
  holdCount,
  isPlain,
  lateCount,
  lateHigh,
  lateLow,
  placeShift,
  programHead,
  rowMask,
  rowShift,
  sequenceHead,
  singleCount,
} = layout;

/** Small: shops with patterns of their own have one each. */
const atFirst = 32;
/**
 * From so many classes on the list of them has a place for each number of 16 bits: the engine sees then that none of a class of 16
 * bits lies beyond it, and leaves out a look at its end each time. Places that are never touched cost no memory.
 */
const manyHeld = 1000;
const units16 = 65536;
const lastUnit16 = 0xffff;
/** Its program, start, end. */
const fields = 3;
/** Far below where numbers of sightings would no longer fit. */
const farSighting = 2 ** 30;

/**
 * What was seen in the clause at hand, in the order of its ends: program, start and end of each. They are numbered on and on, so that
 * those before `first`, of former clauses and texts, need no undoing.
 */
export interface Seen {
  first: number;
  count: number;
  list: Int32Array;
  /** Per unit: the number of the first that ends there or later. Whoever reads the text sets it. */
  marks: Int32Array;
}

/** Scratch of one matcher. */
export interface Sightings {
  readonly seen: Seen;
  readonly openText: (length: number) => void;
  readonly openClause: (at: number) => void;
  readonly note: (program: number, start: number, end: number) => void;
  /** Keeps all sequences that are there, in the order of their ends. */
  readonly keepAll: () => void;
  /** Keeps the late ones of one element, now that it is known of which families something was found. */
  readonly keepLate: (families: number, content: number) => void;
}

/**
 * @param longest elements of the longest sequence
 * @param widestGap units between two elements at most
 * @param finds where what is there is kept
 * @throws RangeError where the patterns have more classes than 16 bits can number
 */
export function openSightings(
  plans: Plans,
  longest: number,
  widestGap: number,
  openings: Openings,
  finds: Pick<Finds, 'keep' | 'keepLate'>,
): Sightings {
  // What the functions below name stays in memory as long as they do: of the plans no more than these.
  const { code, entries, adjacent, sequences, held: heldClasses } = plans;
  const { isOpening } = openings;
  const { keep } = finds;
  const rowLength = (heldClasses >> rowShift) + 1;
  // Objects: the engine reads their fields for less than variables that several functions share.
  const seen: Seen = { first: 0, count: 0, list: new Int32Array(atFirst * fields), marks: new Int32Array(atFirst) };
  const now = { clauseStart: 0 };
  if (heldClasses > units16)
    throw new RangeError(`${heldClasses} classes of words before others, and no more than ${units16} are told apart.`);
  /** By class the newest that it holds. */
  const newest = new Int32Array(heldClasses < manyHeld ? heldClasses : units16).fill(-1, 0, heldClasses);
  // Start and end of the elements of the sequence that is looked at, from the first on.
  const spans = new Int32Array(2 * longest);

  function note(program: number, start: number, end: number): void {
    const at = seen.count++ * fields;
    if (at === seen.list.length) seen.list = grown(seen.list);
    const { list } = seen;
    list[at] = program | 0;
    list[at + 1] = start | 0;
    list[at + 2] = end | 0;
  }

  /** The number of the first that ends at most so far before `start`. */
  function firstNear(start: number, gap: number): number {
    const from = (start - gap) | 0;
    return seen.marks[from < now.clauseStart ? now.clauseStart : from]!;
  }

  /** The last of a class from `least` up to this one; -1: there is none. */
  function upTo(from: number, klass: number, least: number): number {
    const classes = code;
    const { list } = seen;
    const { first } = seen;
    for (let number = from | 0; number >= least; number = (number - 1) | 0) {
      const program = list[Math.imul(number - first, fields)]!;
      const last = (program + programHead + classes[(program + holdCount) | 0]!) | 0;
      let at = (program + programHead) | 0;
      while (at < last && classes[at]! < klass) at = (at + 1) | 0;
      if (at < last && classes[at] === klass) return number;
    }
    return -1;
  }

  /** The last of a class that ends before `start`; -1: there is none from `least` on. */
  function nearest(klass: number, least: number, start: number): number {
    const number = newest[klass]!;
    if (number < least) return -1;
    const behind = seen.marks[(start + 1) | 0]!;
    return number < behind ? number : upTo((behind - 1) | 0, klass, least);
  }

  /** Looks backwards for the k elements that `sequences` names from `at` on, and notes in `spans` where they stand. */
  function back(at: number, k: number, isBound: boolean, start: number): boolean {
    if (k === 0) return !isBound || isOpening(start);
    const klass = sequences[at]!;
    const least = firstNear(start, sequences[(at + 1) | 0]!);
    for (let number = nearest(klass, least, start); number >= 0; number = upTo((number - 1) | 0, klass, least)) {
      const sighting = Math.imul(number - seen.first, fields);
      const from = seen.list[(sighting + 1) | 0]!;
      if (!back((at + 2) | 0, (k - 1) | 0, isBound, from)) continue;
      spans[(2 * k - 2) | 0] = from;
      spans[(2 * k - 1) | 0] = seen.list[(sighting + 2) | 0]!;
      return true;
    }
    return false;
  }

  /** Whether the sequence at this place is there with its last element at `start`. */
  function isThere(place: number, start: number): boolean {
    const k = sequences[(place + 3) | 0]!;
    const first = (place + sequenceHead) | 0;
    const { first: least } = seen;
    // The nearest of its elements was seen; mostly another one was not.
    for (let at = (first + 2) | 0; at < first + 2 * k; at = (at + 2) | 0) if (newest[sequences[at]!]! < least) return false;
    return back(first, k, (sequences[(place + 2) | 0]! & boundToStart) !== 0, start);
  }

  /** Keeps those of a group's sequences that are there, with this as the nearest of its class. */
  function keepGroup(from: number, to: number, number: number, start: number, end: number): void {
    if (number < 0) return;
    const sighting = Math.imul(number - seen.first, fields);
    const nearestStart = seen.list[(sighting + 1) | 0]!;
    const nearestEnd = seen.list[(sighting + 2) | 0]!;
    const distance = (start - nearestEnd) | 0;
    const filed = entries;
    for (let entry = from | 0; entry < to; entry = (entry + 1) | 0) {
      const about = filed[entry]!;
      if (((about >>> gapShift) & gapMask) < distance) continue;
      const place = about >>> placeShift;
      if ((about & isPlain) !== 0) {
        spans[0] = nearestStart;
        spans[1] = nearestEnd;
      } else if (!isThere(place, start)) continue;
      keep(place, spans, start, end);
    }
  }

  /**
   * Where very many groups end with a word right behind another, what was seen right before is looked for among them, and not they
   * among what was seen.
   */
  function lookAmongMany(
    groups: number,
    count: number,
    ends: number,
    row: number,
    first: number,
    former: number,
    start: number,
    end: number,
  ): void {
    const { marks } = seen;
    const { list } = seen;
    const least = marks[start]!;
    const classes = code;
    for (let number = (marks[(start + 1) | 0]! - 1) | 0; number >= least; number = (number - 1) | 0) {
      const program = list[Math.imul(number - seen.first, fields)]!;
      const last = (program + programHead + classes[(program + holdCount) | 0]!) | 0;
      for (let at = nextIn(row, (program + programHead) | 0, last); at < last; at = nextIn(row, (at + 1) | 0, last)) {
        const klass = classes[at]!;
        // Of several that its class holds the newest is looked at.
        if (nearest(klass, least, start) !== number) continue;
        const group = placeOf(klass, groups, count);
        const from = group === 0 ? former : first + code[(ends + group - 1) | 0]!;
        keepGroup(from, first + code[(ends + group) | 0]!, number, start, end);
      }
    }
  }

  /** The next of these classes that is in a row. */
  function nextIn(row: number, from: number, last: number): number {
    const classes = code;
    const bits = adjacent;
    let at = from | 0;
    while (at < last && (bits[(row + (classes[at]! >> rowShift)) | 0]! & (1 << (classes[at]! & rowMask))) === 0)
      at = (at + 1) | 0;
    return at;
  }

  /** The next class that was seen from `least` on. Nearly all are passed over: the loop is as tight as can be. */
  function nextNear(from: number, last: number, least: number): number {
    const classes = code;
    const holders = newest;
    let at = from | 0;
    while (at < last && holders[classes[at]! & lastUnit16]! < least) at = (at + 1) | 0;
    return at;
  }

  /** Of classes in their order. */
  function placeOf(klass: number, from: number, count: number): number {
    let low = 0;
    let high = (count - 1) | 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (code[(from + middle) | 0]! < klass) low = (middle + 1) | 0;
      else high = middle;
    }
    return low;
  }

  /** @param at where the class of the group stands that was seen */
  function lookAt(
    at: number,
    groups: number,
    ends: number,
    first: number,
    last: number,
    least: number,
    start: number,
    end: number,
  ): void {
    const to = (ends + at - groups) | 0;
    const from = at === groups ? last : (first + code[(to - 1) | 0]!) | 0;
    keepGroup(from, (first + code[to]!) | 0, nearest(code[at]!, least, start), start, end);
  }

  function keepAll(): void {
    const { first: base, count, list, marks } = seen;
    const { clauseStart } = now;
    const programs = code;
    const holders = newest;
    for (let index = 0; index < count; index++) {
      const at = Math.imul(index, fields);
      const program = list[at]!;
      const start = list[(at + 1) | 0]!;
      const end = list[(at + 2) | 0]!;
      const held = programs[(program + holdCount) | 0]!;
      const beside = programs[(program + adjacentCount) | 0]!;
      const apart = programs[(program + distantCount) | 0]!;
      const first = programs[(program + entriesLow) | 0]! | (programs[(program + entriesHigh) | 0]! << halfBits);
      const last = (first + programs[(program + singleCount) | 0]!) | 0;
      for (let entry = first; entry < last; entry = (entry + 1) | 0) {
        const about = entries[entry]!;
        if ((about & isPlain) !== 0 || isOpening(start)) keep(about >>> placeShift, spans, start, end);
      }
      const groups = (program + programHead + held) | 0;
      if ((beside | apart) !== 0 && start > clauseStart) {
        const behind = (groups + beside) | 0;
        const ends = (behind + 2 * apart) | 0;
        const row = programs[(program + adjacentRow) | 0]!;
        if (row !== 0) lookAmongMany(groups, beside, ends, Math.imul(row, rowLength), first, last, start, end);
        else {
          const least = marks[start]!;
          for (let at = nextNear(groups, behind, least); at < behind; at = nextNear(at + 1, behind, least))
            lookAt(at, groups, ends, first, last, least, start, end);
        }
        const least = firstNear(start, widestGap);
        const distant = (behind + apart) | 0;
        for (let at = nextNear(behind, distant, least); at < distant; at = nextNear(at + 1, distant, least))
          lookAt(at, groups, ends, first, last, least, start, end);
      }
      const number = (base + index) | 0;
      for (let hold = (program + programHead) | 0; hold < groups; hold = (hold + 1) | 0)
        holders[programs[hold]! & lastUnit16] = number;
    }
  }

  function keepLate(families: number, content: number): void {
    const { count, list } = seen;
    const programs = code;
    const end = Math.imul(count, fields);
    for (let at = 0; at < end; at = (at + fields) | 0) {
      const program = list[at]!;
      if (programs[(program + lateCount) | 0] === 0) continue;
      const about = programs[(program + lateLow) | 0]! | (programs[(program + lateHigh) | 0]! << halfBits);
      // Nearly all that cancels would take away was not found, nor what sides are told of.
      if ((about & families) === 0) continue;
      const start = list[(at + 1) | 0]!;
      finds.keepLate(program, start, list[(at + 2) | 0]!, content, isOpening(start));
    }
  }

  return {
    seen,
    openText(length) {
      if (seen.marks.length < length + 2) seen.marks = new Int32Array(length * 2 + 2);
      if (seen.first < farSighting) return;
      newest.fill(-1, 0, heldClasses);
      seen.first = 0;
      seen.count = 0;
    },
    openClause(at) {
      seen.first += seen.count;
      seen.count = 0;
      now.clauseStart = at;
      seen.marks[at] = seen.first;
    },
    note,
    keepAll,
    keepLate,
  };
}
