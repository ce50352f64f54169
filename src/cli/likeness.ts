/**
 * Groups short texts by likeness: cosine of TF-IDF over their character 1-3-grams. Texts in the order of how typical they are
 * found groups (leader clustering), which then draw in whatever is nearest to their mean. Deterministic, and near-linear by
 * an index from grams to groups that leaves out what everybody says.
 */
import { createRequire } from 'node:module';

// By deep import only: the package root costs 0.7 s, opens database drivers and prints to stdout.
const { ngrams } = createRequire(import.meta.url)('natural/lib/natural/ngrams/ngrams_zh.js') as {
  ngrams: (sequence: readonly string[], n: number) => string[][];
};

export interface LikeText {
  readonly text: string;
  /** How many messages say just this. */
  readonly count: number;
}

export interface LikeGroup {
  /** Numbers of its texts, the most typical first. */
  readonly members: readonly number[];
  /** Messages in it. */
  readonly messages: number;
}

interface Vector {
  readonly grams: Int32Array;
  /** Of length 1 together. */
  readonly values: Float64Array;
}

const longest = 3;
/** One character alone says little: 发 is in 发货 and 发票. */
const singleShare = 0.4;
/** What no other text has is mostly chance where two words meet; in full, it would hide what is shared. */
const ownShare = 0.5;
/** Likeness to a group's first text that makes a text one of it, and to a group's mean that keeps it there. */
const joinsFrom = 0.27;
const staysFrom = 0.2;
/** Likeness of means that makes two groups one. */
const mergesFrom = 0.28;
const rounds = 2;
/** Grams that a group's mean keeps: the rest is chance. */
const meanGrams = 80;
/** A gram that this many groups share tells none from another: this bounds the work of each text. */
const mostGroups = 250;
/** A short file does not show what is common in the language: its texts are weighed as a part of so many. */
const fewestTexts = 2000;

/** @param fewest messages that a group must have; @returns groups, the largest first */
export function groupsOf(texts: readonly LikeText[], fewest = 2): readonly LikeGroup[] {
  const { vectors, messages } = vectorsOf(texts);
  const links = (gram: number) => messages[gram]! > 1;

  let home = foundedGroups(texts, vectors, links);
  for (let round = 0; round < rounds; round++) {
    const means = mergedMeans(meansOf(texts, vectors, home), links);
    const index = indexOf(
      means.map(({ mean }) => mean),
      links,
    );
    home = vectors.map((vector) => {
      const near = nearest(vector, index);
      return near.likeness >= staysFrom ? near.group : -1;
    });
  }

  const members = new Map<number, number[]>();
  home.forEach((group, text) => {
    if (group < 0) return;
    if (!members.has(group)) members.set(group, []);
    members.get(group)!.push(text);
  });
  return meansOf(texts, vectors, home)
    .filter(({ weight }) => weight >= fewest)
    .map(({ group, mean, weight }) => {
      const values = new Map([...mean.grams].map((gram, at) => [gram, mean.values[at]!]));
      const typical = new Map(
        members.get(group)!.map((text) => [text, dot(vectors[text]!, values) * messagesWeight(texts[text]!)]),
      );
      const ordered = members.get(group)!.sort((a, b) => typical.get(b)! - typical.get(a)! || a - b);
      return { members: ordered, messages: weight };
    })
    .sort((a, b) => b.messages - a.messages || b.members.length - a.members.length || a.members[0]! - b.members[0]!);
}

/** A wording that a hundred send alike is still one wording. */
function messagesWeight({ count }: LikeText): number {
  return 1 + Math.log(count);
}

function vectorsOf(texts: readonly LikeText[]): {
  readonly vectors: readonly Vector[];
  /** By gram: in how many messages it is. */
  readonly messages: readonly number[];
} {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  const messages: number[] = [];
  const lengths: number[] = [];
  const grams = texts.map(({ text, count }) => {
    const mine = new Set<number>();
    for (const gram of stringsOf(text, 1, longest)) {
      let number = numbers.get(gram);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(gram, number);
        documents.push(0);
        messages.push(0);
        lengths.push([...gram].length);
      }
      mine.add(number);
    }
    for (const gram of mine) {
      documents[gram] = documents[gram]! + 1;
      messages[gram] = messages[gram]! + count;
    }
    return Int32Array.from(mine);
  });
  const vectors = grams.map((mine) => {
    const values = Float64Array.from(mine, (gram) => {
      const idf = Math.log((1 + Math.max(fewestTexts, texts.length)) / (1 + documents[gram]!)) + 0.1;
      return idf * (lengths[gram] === 1 ? singleShare : 1) * (messages[gram] === 1 ? ownShare : 1);
    });
    return { grams: mine, values: unit(values) };
  });
  return { vectors, messages };
}

/** Strings of some lengths in a text, not across its blanks. */
function* stringsOf(text: string, shortest: number, most: number): Generator<string> {
  for (const part of text.split(/\s+/)) {
    const characters = [...part];
    for (let length = shortest; length <= Math.min(most, characters.length); length++)
      for (const gram of ngrams(characters, length)) yield gram.join('');
  }
}

/** The most typical text that is like no earlier one founds a group. @returns the group of each text */
function foundedGroups(texts: readonly LikeText[], vectors: readonly Vector[], links: (gram: number) => boolean): number[] {
  // A text's likeness to all others together is its product with their sum: no pair is looked at.
  const sum = new Map<number, number>();
  vectors.forEach(({ grams, values }, text) => {
    grams.forEach((gram, at) => {
      if (links(gram)) sum.set(gram, (sum.get(gram) ?? 0) + values[at]! * texts[text]!.count);
    });
  });
  const typical = vectors.map((vector) => dot(vector, sum));
  const order = [...vectors.keys()].sort((a, b) => typical[b]! - typical[a]! || a - b);
  const index: GroupIndex = { postings: new Map(), groups: 0, links };
  const home = new Array<number>(vectors.length).fill(-1);
  for (const text of order) {
    const near = nearest(vectors[text]!, index);
    home[text] = near.likeness >= joinsFrom ? near.group : addGroup(index, vectors[text]!);
  }
  return home;
}

interface Mean {
  readonly group: number;
  readonly mean: Vector;
  /** Messages. */
  readonly weight: number;
}

/** Of the groups with more than one message: a lone text is nobody's middle. */
function meansOf(texts: readonly LikeText[], vectors: readonly Vector[], home: readonly number[]): readonly Mean[] {
  const sums = new Map<number, { readonly sum: Map<number, number>; weight: number }>();
  home.forEach((group, text) => {
    if (group < 0) return;
    let mine = sums.get(group);
    if (mine === undefined) {
      mine = { sum: new Map(), weight: 0 };
      sums.set(group, mine);
    }
    const { grams, values } = vectors[text]!;
    const { sum } = mine;
    const weight = messagesWeight(texts[text]!);
    grams.forEach((gram, at) => {
      sum.set(gram, (sum.get(gram) ?? 0) + values[at]! * weight);
    });
    mine.weight += texts[text]!.count;
  });
  return [...sums]
    .filter(([, { weight }]) => weight > 1)
    .map(([group, { sum, weight }]) => {
      const kept = [...sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, meanGrams);
      return {
        group,
        weight,
        mean: { grams: Int32Array.from(kept, ([gram]) => gram), values: unit(Float64Array.from(kept, ([, value]) => value)) },
      };
    });
}

/** The larger group takes in a smaller one that is like it. */
function mergedMeans(means: readonly Mean[], links: (gram: number) => boolean): readonly Mean[] {
  const index: GroupIndex = { postings: new Map(), groups: 0, links };
  return [...means]
    .sort((a, b) => b.weight - a.weight || a.group - b.group)
    .filter(({ mean }) => {
      if (nearest(mean, index).likeness >= mergesFrom) return false;
      addGroup(index, mean);
      return true;
    });
}

interface GroupIndex {
  /** By gram: groups and what the gram weighs in them, in turn. */
  readonly postings: Map<number, number[]>;
  groups: number;
  readonly links: (gram: number) => boolean;
}

function indexOf(vectors: readonly Vector[], links: (gram: number) => boolean): GroupIndex {
  const index: GroupIndex = { postings: new Map(), groups: 0, links };
  for (const vector of vectors) addGroup(index, vector);
  return index;
}

function addGroup(index: GroupIndex, { grams, values }: Vector): number {
  const group = index.groups++;
  grams.forEach((gram, at) => {
    if (!index.links(gram)) return;
    const posting = index.postings.get(gram);
    if (posting === undefined) index.postings.set(gram, [group, values[at]!]);
    else posting.push(group, values[at]!);
  });
  return group;
}

let likenesses = new Float64Array(1024);

/** The group most like a text; of equals the first. */
function nearest({ grams, values }: Vector, index: GroupIndex): { readonly group: number; readonly likeness: number } {
  if (likenesses.length < index.groups) likenesses = new Float64Array(index.groups * 2);
  const touched: number[] = [];
  for (let at = 0; at < grams.length; at++) {
    const posting = index.postings.get(grams[at]!);
    if (posting === undefined || posting.length > 2 * mostGroups) continue;
    for (let i = 0; i < posting.length; i += 2) {
      const group = posting[i]!;
      if (likenesses[group] === 0) touched.push(group);
      likenesses[group] = likenesses[group]! + values[at]! * posting[i + 1]!;
    }
  }
  let best = -1;
  let likeness = 0;
  for (const group of touched) {
    const mine = likenesses[group]!;
    likenesses[group] = 0;
    if (mine > likeness || (mine === likeness && group < best)) {
      best = group;
      likeness = mine;
    }
  }
  return { group: best, likeness };
}

function dot({ grams, values }: Vector, other: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (let at = 0; at < grams.length; at++) sum += values[at]! * (other.get(grams[at]!) ?? 0);
  return sum;
}

function unit(values: Float64Array): Float64Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? values : values.map((value) => value / length);
}
