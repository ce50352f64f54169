/** `zaima cover`: what buyers write that the shop does not understand, grouped by likeness, so that an owner sees what to add. */

import type { Model } from '../understanding/model.js';
import { fold, hardUnit, hasWords, softUnit } from '../understanding/normalise.js';
import { columnLines } from './columns.js';
import { CommandError } from './command-error.js';
import { groupsOf, type LikeGroup } from './likeness.js';
import { BadLines, linesOf, namedFile, type ReadLine } from './lines.js';
import { tellingWords } from './telling-words.js';
import { heardLine, messageLine, type UnderstandLine } from './understand-command.js';

export interface CoverOptions {
  /** A message whose best intent is less sure than this counts as not covered. */
  readonly below: number;
  readonly groups: number;
  /** Typical messages to show of each group. */
  readonly examples: number;
}

export interface CoverGroup {
  readonly messages: number;
  /** Of all messages of the file. */
  readonly share: number;
  readonly wordings: number;
  /** Strings that tell it from the others. */
  readonly words: readonly string[];
  /** The intent that most of them come nearest to, though not near enough; absent where there is none. */
  readonly nearest?: { readonly id: string; readonly messages: number; readonly confidence: number };
  readonly examples: readonly string[];
}

export interface Coverage {
  readonly messages: number;
  readonly understood: number;
  /** An intent was found, but less sure than `below`. */
  readonly unsure: number;
  readonly notUnderstood: number;
  /** Stickers, numbers alone, marks: nothing that a pattern could find. */
  readonly withoutWords: number;
  readonly groups: readonly CoverGroup[];
  /** Groups that were left out, and the messages in them. */
  readonly more: { readonly groups: number; readonly messages: number };
  /** Messages that are like no other. */
  readonly alone: number;
}

/** Messages that say the same once they are folded. */
interface Wording {
  readonly folded: string;
  /** As the first buyer wrote it. */
  readonly text: string;
  count: number;
  readonly nearest: { readonly id: string; readonly confidence: number } | undefined;
}

const fewestInGroup = 2;

/**
 * @param file one message a line, or JSON lines with `text`, as `zaima understand` reads them; `-` is standard input
 * @throws CommandError for lines of JSON that are no messages, all at once, and for a file without any
 */
export async function coverage(file: string, model: Model, options: CoverOptions): Promise<Coverage> {
  const wordings = new Map<string, Wording>();
  const counts = { messages: 0, understood: 0, unsure: 0, notUnderstood: 0, withoutWords: 0 };
  const bad = new BadLines(file);
  for await (const { number, line } of linesOf(file)) {
    const read = messageOf(line);
    if ('fault' in read) bad.add(number, read.fault);
    if ('fault' in read || bad.count > 0) continue;
    const message = read.value;
    counts.messages++;
    const { understanding } = heardLine(message, model, undefined);
    const [best] = understanding.intents;
    if (best !== undefined && best.confidence >= options.below) {
      counts.understood++;
      continue;
    }
    const folded = likeText(message.text, model);
    if (folded === undefined) {
      counts.withoutWords++;
      continue;
    }
    if (best === undefined) counts.notUnderstood++;
    else counts.unsure++;
    const known = wordings.get(folded);
    if (known !== undefined) known.count++;
    else wordings.set(folded, { folded, text: message.text, count: 1, nearest: best ?? understanding.runnerUp });
  }
  bad.stop();
  if (counts.messages === 0) throw new CommandError(`${namedFile(file)} has no message`);
  const all = [...wordings.values()];
  const texts = all.map(({ folded, count }) => ({ text: folded, count }));
  const groups = groupsOf(texts, fewestInGroup);
  const grouped = groups.reduce((sum, group) => sum + group.messages, 0);
  const shown = groups.slice(0, options.groups);
  const words = tellingWords(texts, shown);
  const inShown = shown.reduce((sum, group) => sum + group.messages, 0);
  return {
    ...counts,
    groups: shown.map((group, at) => coverGroup(group, words[at]!, all, counts.messages, options.examples)),
    more: { groups: groups.length - shown.length, messages: grouped - inShown },
    alone: counts.unsure + counts.notUnderstood - grouped,
  };
}

function messageOf(line: string): ReadLine<UnderstandLine> {
  if (line.trimStart().startsWith('{')) return messageLine(line);
  return { value: { text: line.trim(), after: [], item: undefined } };
}

/** As patterns and the second reader see it, numbers alike; undefined where no words are left. */
function likeText(text: string, model: Model): string | undefined {
  const folded = fold(text, model.folding);
  let like = '';
  for (let at = 0; at < folded.length; at++) {
    const one = folded.units[at]!;
    like += one === softUnit || one === hardUnit ? ' ' : String.fromCharCode(one);
  }
  like = like
    .replace(/[?？]+/g, ' ')
    .replace(/\d+/g, '0')
    .replace(/\s+/g, ' ')
    .trim();
  return hasWords(folded) && /\p{Letter}/u.test(like) ? like : undefined;
}

function coverGroup(
  group: LikeGroup,
  words: readonly string[],
  all: readonly Wording[],
  messages: number,
  examples: number,
): CoverGroup {
  const members = group.members.map((member) => all[member]!);
  const nearest = nearestOf(members);
  return {
    messages: group.messages,
    share: Math.round((group.messages / messages) * 10_000) / 10_000,
    wordings: members.length,
    words,
    ...(nearest !== undefined && { nearest }),
    examples: members.slice(0, examples).map(({ text }) => text),
  };
}

function nearestOf(members: readonly Wording[]): CoverGroup['nearest'] {
  const votes = new Map<string, { messages: number; confidence: number }>();
  for (const { nearest, count } of members) {
    if (nearest === undefined) continue;
    const vote = votes.get(nearest.id) ?? { messages: 0, confidence: 0 };
    votes.set(nearest.id, { messages: vote.messages + count, confidence: vote.confidence + nearest.confidence * count });
  }
  const [first] = [...votes].sort((a, b) => b[1].messages - a[1].messages || (a[0] < b[0] ? -1 : 1));
  if (first === undefined) return undefined;
  const [id, { messages, confidence }] = first;
  return { id, messages, confidence: Math.round((confidence / messages) * 1000) / 1000 };
}

/** For people: the counts, then each group with its messages below it. */
export function coverageLines(coverage: Coverage): readonly string[] {
  const { messages, understood, unsure, notUnderstood, withoutWords, groups, more, alone } = coverage;
  const lines = [
    ...columnLines(
      [
        ['messages', String(messages), ''],
        ['understood', String(understood), percent(understood, messages)],
        ['understood, not sure', String(unsure), percent(unsure, messages)],
        ['not understood', String(notUnderstood), percent(notUnderstood, messages)],
        ['without words', String(withoutWords), percent(withoutWords, messages)],
      ],
      [1, 2],
    ),
  ];
  if (groups.length > 0) {
    const table = columnLines(
      [
        ['', 'messages', 'share', 'wordings', 'nearest intent', '', 'words'],
        ...groups.map((group, at) => [
          String(at + 1),
          String(group.messages),
          `${(group.share * 100).toFixed(2)} %`,
          String(group.wordings),
          group.nearest?.id ?? 'none',
          group.nearest === undefined ? '' : `${group.nearest.confidence.toFixed(2)} in ${group.nearest.messages}`,
          group.words.join(' '),
        ]),
      ],
      [0, 1, 2, 3],
    );
    lines.push('', table[0]!);
    groups.forEach((group, at) => {
      lines.push(table[at + 1]!, ...group.examples.map((text) => `      ${text}`));
    });
  }
  lines.push('');
  if (more.groups > 0) lines.push(`smaller groups ${more.groups} with ${more.messages} messages (--groups shows more)`);
  lines.push(`like no other ${alone}`);
  return lines;
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}
