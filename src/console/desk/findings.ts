/** What the rules find in a text that is being typed. Pure. */
import type { Finding } from '../shared/wire.js';

/** 提醒 goes out; 扣分 goes out when it is meant; 拦截 only a lead sends. */
export type Level = 'none' | 'hint' | 'points' | 'block';

export function levelOf(findings: readonly Finding[]): Level {
  if (findings.some((one) => one.severity === 'block')) return 'block';
  if (findings.some((one) => one.severity === 'points')) return 'points';
  return findings.length > 0 ? 'hint' : 'none';
}

/**
 * Findings of an older text as they lie in the newer one, until that one is checked: those before the change stay, those
 * behind it move along, those that it touched are gone.
 */
export function moved(findings: readonly Finding[], before: string, after: string): Finding[] {
  if (before === after) return [...findings];
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let behind = 0;
  while (behind < most - same && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind += 1;
  const shift = after.length - before.length;
  const place = <T extends { readonly start: number; readonly end: number }>(one: T): T | undefined => {
    if (one.end <= same) return one;
    return one.start >= before.length - behind ? { ...one, start: one.start + shift, end: one.end + shift } : undefined;
  };
  return findings.flatMap(({ replacement, ...finding }) => {
    const placed = place(finding);
    // The clause may be changed where the words are not: until it is checked, nothing is to be put in its place.
    return placed ? [{ ...placed, replacement: replacement && place(replacement) }] : [];
  });
}

export interface TextPiece {
  readonly text: string;
  readonly level?: Exclude<Level, 'none'>;
}

/** The text in pieces, each with the gravest level that covers it, for the underlines. */
export function underlined(text: string, findings: readonly Finding[]): TextPiece[] {
  const edges = [...new Set([0, text.length, ...findings.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((one, other) => one - other);
  return edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1]!;
    const level = levelOf(findings.filter((one) => one.start <= start && one.end >= end));
    return level === 'none' ? { text: text.slice(start, end) } : { text: text.slice(start, end), level };
  });
}
