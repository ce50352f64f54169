/**
 * What the line reader adds to the patterns' findings, and where it overrules them. Its findings are hints, whatever the rule
 * costs: no automatic answer goes out with one, and an agent is asked to look again, but nobody is stopped by a likeness.
 */
import type { Finding } from '../conversation.js';
import { excludedPlace } from './excluded-places.js';
import { endOf, type Folded } from './fold.js';
import { clausesOf, type LineReader, type Stretch } from './line-reader.js';
import { isWordForWord } from './replacement.js';
import type { CheckContext, Rule } from './rule.js';

/** From this score on a stretch reads like a breach. Both are chosen by cross-validation: test/compliance/line-reader.test.ts. */
const breachFrom = 0.36;
/** Below this score a stretch is so ordinary that a pattern which speaks there is mistaken. */
const ordinaryBelow = -0.5;
/** 滚 by itself is like no line: so few characters say nothing of what is ordinary. */
const fewestOfClause = 4;
/** Nobody reads more; bounds the answer to a pasted heap of breaches. */
const mostFindings = 200;

export interface SecondReading {
  /** Whether the reader is sure that the pattern's finding is none. */
  readonly overrules: (rule: Rule, finding: Finding) => boolean;
  /** Findings of the reader alone, where `found` has none. */
  readonly more: (found: readonly Finding[]) => readonly Finding[];
}

/** Reads a text once for all rules. */
export function secondReading(reader: LineReader, folded: Folded, context: CheckContext): SecondReading {
  const stretches = reader.read(folded, context);
  const excepted = context.freeShipping && excludedPlace(context.freeShipping.excludes, folded);
  const namesTerms = ({ from, to }: Stretch) => {
    const words = folded.text.slice(from, to);
    return /[\d一二两三四五六七八九十百]/.test(words) || (excepted?.test(words) ?? false);
  };
  return {
    overrules({ learned }, { start, end, severity, wording }) {
      // What is wrong by whom it is told no line shows.
      if (learned === undefined || context.orderOwner === false) return false;
      // What is mended word for word is wrong by its very words, 你 or 肯定能, whatever is said around it.
      if (isWordForWord(wording)) return false;
      // What gets a shop banned is argued away only where its very words are ordinary.
      const clauseBelow = severity === 'block' ? ordinaryBelow : 0;
      let isOrdinary = false;
      for (const stretch of stretches) {
        if (!touches(folded, stretch, start, end)) continue;
        if (stretch.score >= ordinaryBelow || (learned.isByTerms === true && namesTerms(stretch))) return false;
        // A breach is not talked over by what is said around it: its own clauses have to be ordinary too.
        const first = Math.max(stretch.from, unitAt(folded.starts, start));
        const last = Math.min(stretch.to, unitAt(folded.starts, end));
        const { from, to } = clausesOf(folded.text, stretch, first, last);
        if (severity === 'block' && to - from < fewestOfClause) return false;
        if (reader.score(folded, from, to, context) >= clauseBelow) return false;
        isOrdinary = true;
      }
      return isOrdinary;
    },
    more(found) {
      const more: Finding[] = [];
      for (const stretch of stretches) {
        if (stretch.score < breachFrom || more.length === mostFindings) continue;
        if (found.some(({ start, end }) => touches(folded, stretch, start, end))) continue;
        const { rule, from, to } = reader.name(folded, stretch, context);
        if (rule.learned?.when?.(context) === false) continue;
        more.push(findingOf(rule, folded, from, to));
      }
      return more;
    },
  };
}

/** The first unit of the folded text that begins at or after a place of the original. */
function unitAt(starts: Int32Array, place: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function touches({ starts, original }: Folded, { from, to }: Stretch, start: number, end: number): boolean {
  return starts[from]! < end && start < (to < starts.length ? starts[to]! : original.length);
}

/** Without a replacement: it is like lines that break a rule, but which of its words do is not known. */
function findingOf({ id, points, note, learned }: Rule, folded: Folded, from: number, to: number): Finding {
  const start = folded.starts[from]!;
  const end = endOf(folded, to - 1);
  const possible = {
    zh: points > 0 ? `像违规的话，可能扣${points}分` : '像违规的话',
    en: points > 0 ? `like a breach: it may cost ${points} points` : 'like a breach',
  };
  return {
    rule: id,
    severity: 'hint',
    points: 0,
    note: note === undefined ? possible.zh : `${possible.zh} · ${note.zh}`,
    words: folded.original.slice(start, end),
    start,
    end,
    because: `读起来像${learned!.because.zh}，请再看一眼`,
    wording: learned!.wording,
    english: {
      because: `it reads like a line that ${learned!.because.en}: please look at it again`,
      note: note === undefined ? possible.en : `${possible.en} · ${note.en}`,
    },
  };
}
