/** Patterns as the matcher runs them: flat numbers, and how they are laid out. Written by match-plan.ts. */

/** What a rule's finds are for. Of the first two the words are kept that they rest on. */
export const deed = { find: 0, facet: 1, ask: 2, continue: 3, question: 4, cancel: 5 } as const;
export const deeds = 6;

/**
 * What each literal and each slot sets off when it is seen. Both have a number, literals first. All of it is flat and as small as
 * can be, and what is read together stands together: there are tens of thousands, and a look at a far place in memory costs more
 * than what is done.
 */
export interface Plans {
  /** How many classes later elements look for. */
  readonly held: number;
  /** By number: where its program starts in `code`. */
  readonly programs: Int32Array;
  /**
   * Programs. First how many classes hold it, how many sequences it is the only element of, how many groups of sequences end
   * with it right behind an element of one class, and how many at some distance from one; the number of its row in `adjacent`,
   * 0 for none; where its entries start, in two halves; of how many late sequences it is the only element, and the families
   * that they are about, in two halves. Then the classes that hold it, in their order; the classes before it of the first groups
   * in their order, and of the others; of these the widest gap; then where the entries of each group end, counted from their start.
   */
  readonly code: Uint16Array | Uint32Array;
  /**
   * Sequences that end with an element: their place in `sequences`, the gap before the last element, and whether nothing but
   * that gap is to be looked at. Those of one element first, then group by group. Before them stand the late ones of one
   * element, each with its families and its place.
   */
  readonly entries: Int32Array;
  /** The lowest number of a rule, and how many there are from it on: of a shop's own patterns few. */
  readonly firstRule: number;
  readonly ruleCount: number;
  /** Of words that very many sequences end with right behind another, rows of bits by class: whether a group of it is there. */
  readonly adjacent: Uint16Array;
  /**
   * The rule; the family that it finds, as a bit, or those that a late one is about; how it is bound to its clause and what it
   * does; how many elements stand before the last; then class and gap of each, backwards. Behind those of a cancel how many rules
   * it takes away, and which, counted from the first: 0 where they are very many, or whatever there is.
   */
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

/**
 * How plans are laid out. Who reads them at each character takes it apart into constants of its own file: what is imported by
 * name the engine looks up at each use.
 */
export const layout = {
  /** Places in the head of a program, and how long that is. */
  holdCount: 0,
  singleCount: 1,
  adjacentCount: 2,
  distantCount: 3,
  adjacentRow: 4,
  entriesLow: 5,
  entriesHigh: 6,
  lateCount: 7,
  lateLow: 8,
  lateHigh: 9,
  programHead: 10,
  halfBits: 16,
  lateFields: 2,
  /** Above how a late one is bound, and whether it is a cancel. */
  latePlaceShift: 3,
  /** In an entry, from the lowest bit up. */
  isPlain: 1,
  gapShift: 1,
  gapMask: 255,
  placeShift: 9,
  sequenceHead: 4,
  /** How a sequence is bound to its clause, and whether it takes finds away or tells their sides; its deed stands above these bits. */
  boundToStart: 1,
  boundToEnd: 2,
  isLate: 4,
  /** In place of that where all are late. */
  isCancel: 4,
  /** What is bound to the end of its clause may stand at a pause in it too. */
  mayEndPhrase: 8,
  deedShift: 4,
  /** A row of bits is read by so many. */
  rowShift: 4,
  rowMask: 15,
} as const;

/** No word is longer: what the scan is told of each is one number (literals.ts). */
export const longestWord = 511;
/** There in each clause. */
export const anyFamily = 1 << 31;
