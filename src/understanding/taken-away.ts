/** What patterns' and files' own `unless` take away of what was found: a find in a phrase that it reaches into. */

import type { Rule } from './model.js';
import type { Phrases } from './phrases.js';
import { isStamped, nextStamp, timesStamped } from './rule-stamps.js';
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
  const inPhrases = finds.length > fewFinds ? new OffByPhrase(finds, rules) : undefined;
  let isAny = false;
  for (let list = 0; list < cancels.length; list++) {
    const { count, rules: numbers, starts, ends } = cancels[list]!;
    for (let at = 0; at < count; at++) {
      // Nearly all that is taken away was not found in the first place.
      if ((bits[numbers[at]!]! & found) === 0) continue;
      const from = phrases.at[starts[at]!]!;
      const to = phrases.at[ends[at]! - 1]!;
      if (inPhrases !== undefined) {
        if (!inPhrases.isIdle(numbers[at]!, from, to)) inPhrases.add(numbers[at]!, rules, from, to);
      } else if (takesOne(finds, bits[numbers[at]!]!, rules[numbers[at]!]!, from, to, rules, phrases, isAny)) isAny = true;
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

// Of each rule the phrase in which it last took something away, or was taken away, on top of the text's stamp: never cleared, one
// for all models.
let lastPhrase = new Float64Array(0);
/** In place of a phrase: nothing that the rule takes away was found in the text. Far more than there are phrases. */
const nothing = 2 ** 19;

/** Rules and intents with the phrases in which they are taken away: linear in the finds, however many there are. */
class OffByPhrase {
  private readonly rules = new Set<number>();
  private readonly intents = new Set<number>();
  private readonly stamp: number;
  private readonly intentsFound: Uint8Array;

  constructor(finds: readonly Match[], rules: readonly Rule[]) {
    this.stamp = nextStamp(rules.length);
    this.intentsFound = new Uint8Array(rules.length);
    if (lastPhrase.length < rules.length) lastPhrase = new Float64Array(rules.length);
    for (const { rule: number } of finds) {
      const rule = rules[number]!;
      timesStamped(number, this.stamp);
      if (rule.does === 'find') this.intentsFound[rule.intent] = 1;
    }
  }

  get isEmpty(): boolean {
    return this.rules.size === 0 && this.intents.size === 0;
  }

  /** @param number of the rule that takes away what is found in the phrases from … to */
  add(number: number, rules: readonly Rule[], from: number, to: number): void {
    const rule = rules[number]!;
    let isAny = false;
    if (rule.does === 'cancel_rules') {
      const { rules: targets } = rule;
      for (let at = 0; at < targets.length; at++) {
        if (!isStamped(targets[at]!, this.stamp)) continue;
        isAny = true;
        if (this.isIdle(targets[at]!, from, to)) continue;
        mark(this.rules, targets[at]!, from, to);
        lastPhrase[targets[at]!] = this.stamp + to;
      }
    } else if (rule.does === 'cancel_intent' && this.intentsFound[rule.intent] === 1) {
      isAny = true;
      mark(this.intents, rule.intent, from, to);
    }
    lastPhrase[number] = this.stamp + (isAny ? to : nothing);
  }

  /** Whether the rule was met in this phrase, or takes away nothing that was found: whoever says the same again costs little. */
  isIdle(number: number, from: number, to: number): boolean {
    const last = lastPhrase[number]! - this.stamp;
    return last === nothing || (last === to && from === to);
  }

  has({ rule: number, start, end }: Match, rules: readonly Rule[], phrases: Phrases): boolean {
    const rule = rules[number]!;
    const intent = rule.does === 'find' ? rule.intent : -1;
    const to = phrases.at[end - 1]!;
    for (let phrase = phrases.at[start]!; phrase <= to; phrase++) {
      if (this.rules.has(pair(number, phrase))) return true;
      if (this.intents.size > 0 && this.intents.has(pair(intent, phrase))) return true;
    }
    return false;
  }
}

// Rules, intents and phrases are small numbers: a pair is one key.
const pair = (what: number, phrase: number) => what * 65536 + Math.min(phrase, 65535);

function mark(into: Set<number>, what: number, from: number, to: number): void {
  for (let phrase = from; phrase <= to; phrase++) into.add(pair(what, phrase));
}
