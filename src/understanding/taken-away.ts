/** What patterns' and files' own `unless` take away of what was found: a find in a phrase that it reaches into. */

import type { Rule } from './model.js';
import { type Phrases, phraseCount } from './phrases.js';
import type { Match, Scan } from './scan.js';

/** Up to so many finds are compared one by one with what takes finds away. */
const fewFinds = 24;

// The next text's are written over it.
let offs = new Uint8Array(64);

/** By its place in the list whether a find is taken away; undefined where none is. */
export function takenAway(
  finds: readonly Match[],
  cancels: Scan['cancels'],
  rules: readonly Rule[],
  phrases: Phrases,
): Uint8Array | undefined {
  const found = bitsOfFinds(finds);
  const bits = cancelBitsOf(rules);
  const inPhrases = finds.length > fewFinds ? new OffByPhrase(finds, rules, phrases) : undefined;
  let isAny = false;
  for (let list = 0; list < cancels.length; list++) {
    const { count, rules: numbers, starts, ends } = cancels[list]!;
    for (let at = 0; at < count; at++) {
      // Of what takes away a whole list, or a file's finds, nearly nothing was found in the first place.
      if ((bits[numbers[at]!]! & found) === 0) continue;
      const from = phrases.at[starts[at]!]!;
      const to = phrases.at[ends[at]! - 1]!;
      if (inPhrases !== undefined) inPhrases.add(numbers[at]!, rules, from, to);
      else if (takesOne(finds, bits[numbers[at]!]!, rules[numbers[at]!]!, from, to, rules, phrases, isAny)) isAny = true;
    }
  }
  if (inPhrases?.isEmpty === false) {
    clearOffs(finds.length);
    isAny = true;
    for (let k = 0; k < finds.length; k++) if (inPhrases.has(finds[k]!, rules, phrases)) offs[k] = 1;
  }
  return isAny ? offs : undefined;
}

function clearOffs(length: number): void {
  if (offs.length < length) offs = new Uint8Array(length * 2);
  for (let k = 0; k < length; k++) offs[k] = 0;
}

/**
 * Marks the finds that a rule takes away in these phrases.
 * @param bits of the rules that it takes away
 * @param isAny whether marks were made before
 */
function takesOne(
  finds: readonly Match[],
  bits: number,
  cancel: Rule,
  from: number,
  to: number,
  rules: readonly Rule[],
  phrases: Phrases,
  isAny: boolean,
): boolean {
  let isMarked = isAny;
  for (let k = 0; k < finds.length; k++) {
    const find = finds[k]!;
    if ((bits & bitOf(find.rule)) === 0) continue;
    if (phrases.at[find.start]! > to || phrases.at[find.end - 1]! < from || !isTarget(cancel, find.rule, rules)) continue;
    if (!isMarked) clearOffs(finds.length);
    isMarked = true;
    offs[k] = 1;
  }
  return isMarked;
}

function isTarget(cancel: Rule, find: number, rules: readonly Rule[]): boolean {
  if (cancel.does === 'cancel_rules') {
    const { rules: targets } = cancel;
    for (let at = 0; at < targets.length; at++) if (targets[at] === find) return true;
    return false;
  }
  const rule = rules[find]!;
  return cancel.does === 'cancel_intent' && rule.does === 'find' && rule.intent === cancel.intent;
}

/** One of 32 bits for a rule. */
const bitOf = (rule: number) => 1 << (rule & 31);

function bitsOfFinds(finds: readonly Match[]): number {
  let bits = 0;
  for (let k = 0; k < finds.length; k++) bits |= bitOf(finds[k]!.rule);
  return bits;
}

const bitsByRules = new WeakMap<readonly Rule[], Int32Array>();
// Nearly always the same as the last time.
let lastRules: readonly Rule[] | undefined;
let lastBits = new Int32Array(0);

/** Of each rule the bits of those that it takes away: what is asked of most of them is answered without a look at them. */
function cancelBitsOf(rules: readonly Rule[]): Int32Array {
  if (rules === lastRules) return lastBits;
  let bits = bitsByRules.get(rules);
  if (bits === undefined) {
    bits = new Int32Array(rules.length);
    for (const [number, rule] of rules.entries()) {
      if (rule.does === 'cancel_rules') for (const target of rule.rules) bits[number]! |= bitOf(target);
      else if (rule.does === 'cancel_intent') bits[number] = -1;
    }
    bitsByRules.set(rules, bits);
  }
  lastRules = rules;
  lastBits = bits as Int32Array<ArrayBuffer>;
  return bits;
}

/** Far below where numbers of rows would no longer fit. */
const farRow = 2 ** 30;
// Of each rule that was found its row, numbered on from text to text, so that those of former ones need no undoing: one for all models.
let rowOf = new Int32Array(0);
let nextRow = 1;
let marks = new Int32Array(64);

/** Rules and intents with the phrases in which they are taken away, as rows of bits: linear in the finds, however many there are. */
class OffByPhrase {
  /** One row for each intent, then one for each rule that was found. */
  private readonly firstRow: number;
  private readonly intents: number;
  private readonly rowLength: number;
  isEmpty = true;

  constructor(finds: readonly Match[], rules: readonly Rule[], phrases: Phrases) {
    if (rowOf.length < rules.length) rowOf = new Int32Array(rules.length);
    if (nextRow > farRow) {
      rowOf.fill(0);
      nextRow = 1;
    }
    const first = nextRow;
    let intents = 0;
    for (let at = 0; at < finds.length; at++) {
      const number = finds[at]!.rule;
      const rule = rules[number]!;
      if (rule.does === 'find' && rule.intent >= intents) intents = rule.intent + 1;
      if (rowOf[number]! < first) rowOf[number] = nextRow++;
    }
    this.firstRow = first;
    this.intents = intents;
    this.rowLength = (phraseCount(phrases) >> 5) + 1;
    const size = (intents + nextRow - first) * this.rowLength;
    if (marks.length < size) marks = new Int32Array(size * 2);
    else marks.fill(0, 0, size);
  }

  /** @param number of the rule that takes away what is found in the phrases from … to */
  add(number: number, rules: readonly Rule[], from: number, to: number): void {
    const rule = rules[number]!;
    if (rule.does === 'cancel_intent') {
      if (rule.intent < this.intents) this.mark(rule.intent, from, to);
    } else if (rule.does === 'cancel_rules') {
      const { rules: targets } = rule;
      for (let at = 0; at < targets.length; at++) {
        const row = rowOf[targets[at]!]! - this.firstRow;
        if (row >= 0) this.mark(this.intents + row, from, to);
      }
    }
  }

  private mark(row: number, from: number, to: number): void {
    this.isEmpty = false;
    for (let phrase = from; phrase <= to; phrase++) marks[row * this.rowLength + (phrase >> 5)]! |= 1 << (phrase & 31);
  }

  has({ rule: number, start, end }: Match, rules: readonly Rule[], phrases: Phrases): boolean {
    const rule = rules[number]!;
    const mine = (this.intents + rowOf[number]! - this.firstRow) * this.rowLength;
    const whole = rule.does === 'find' ? rule.intent * this.rowLength : mine;
    const to = phrases.at[end - 1]!;
    for (let phrase = phrases.at[start]!; phrase <= to; phrase++)
      if (((marks[mine + (phrase >> 5)]! | marks[whole + (phrase >> 5)]!) & (1 << (phrase & 31))) !== 0) return true;
    return false;
  }
}
