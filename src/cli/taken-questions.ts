/**
 * Whether a shop's own patterns find their intent in what belongs to another: in the tests and the examples of the shared
 * intents. A question that is found as two matters is held or answered of both, though no test of either fails.
 */
import type { Fault } from '../errors.js';
import type { OwnIntent } from '../shop/overrides.js';
import type { Shop } from '../shop/shop.js';
import { shortened } from '../understanding/evidence.js';
import { understand } from '../understanding/understand.js';

/** So many sentences are named; of the rest the owner reads how many there are. */
const mostNamed = 3;

interface Sentence {
  readonly say: string;
  readonly of: string;
  /** A test of that intent, and no mere example. */
  readonly isTest: boolean;
}

export function takenQuestionFaults(shop: Shop): readonly Fault[] {
  const files = shop.own.filter(({ added }) => added.patterns.length > 0);
  if (files.length === 0) return [];
  const today = shop.today(Date.now());
  const taken = new Map<OwnIntent, Sentence[]>();
  const rules = new Map(files.map((file) => [file, rulesOf(file)] as const));
  for (const sentence of sentencesOf(shop)) {
    const { intents } = understand(sentence.say, shop.model, { today });
    for (const [file, its] of rules) {
      const found = intents.find(({ id }) => id === file.intent.id && id !== sentence.of);
      // By the shop's own patterns alone: what the shared ones find there too was so before.
      if (found !== undefined && found.evidence.length > 0 && found.evidence.every(({ rule }) => its.has(rule)))
        taken.set(file, [...(taken.get(file) ?? []), sentence]);
    }
  }
  return [...taken].map(([file, sentences]) => faultOf(file, sentences));
}

function rulesOf({ added }: OwnIntent): ReadonlySet<string> {
  return new Set(added.patterns.map((one) => shortened(typeof one === 'string' ? one : one.match)));
}

/** What the shared files say of their intents; a shop's own examples of them are its own affair. */
function sentencesOf(shop: Shop): readonly Sentence[] {
  const own = new Map(shop.own.map((file) => [file.intent.id, file] as const));
  return [...shop.intents].flatMap(([of, intent]) => {
    const file = own.get(of);
    if (file !== undefined && file.shared === undefined) return [];
    const { tests, examples } = file?.shared ?? intent;
    const said = new Map<string, boolean>(examples.map((say) => [say, false]));
    for (const one of tests.yes) said.set(typeof one === 'string' ? one : one.say, true);
    return [...said].map(([say, isTest]) => ({ say, of, isTest }));
  });
}

function faultOf({ path, intent }: OwnIntent, sentences: readonly Sentence[]): Fault {
  const sorted = [...sentences].sort((one, other) => Number(other.isTest) - Number(one.isTest));
  const named = sorted.slice(0, mostNamed).map(({ say, of }) => `"${say}" (${of})`);
  const more = sorted.length > mostNamed ? ` and ${sorted.length - mostNamed} more` : '';
  return {
    file: path,
    path: 'patterns',
    problem: `they find ${intent.id} in what belongs to other intents: ${named.join(', ')}${more}`,
    mend: 'Narrow the patterns, or give them an `unless`: a question that is two matters is held, or answered of both.',
    severity: sorted[0]!.isTest ? 'error' : 'warning',
  };
}
