/** What every reader learns from: the examples and patterns of the intent files and the house's own messages, in one shuffled order. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { rememberingMessages } from '../../../dist/shop/message-files.js';

export const root = resolve(import.meta.dirname, '../../..');

/** What carries no matter is learnt as a matter of its own, and told as nothing (peers.mjs). */
export const noMatter = 'none';

/** Messages by the matters that they carry: one with two is an example of both. */
function messagesById() {
  const byId = new Map();
  for (const { text, intents } of rememberingMessages(root)(() => true).messages)
    for (const id of intents.length === 0 ? [noMatter] : intents) byId.set(id, [...(byId.get(id) ?? []), text]);
  return byId;
}

/** @returns [{ id, examples, patterns }], in the order of the files' names; the messages are among the examples */
export function taughtFiles() {
  const messages = messagesById();
  const files = intentFiles().map((file) => ({ ...file, examples: [...file.examples, ...(messages.get(file.id) ?? [])] }));
  return [...files, { id: noMatter, examples: messages.get(noMatter) ?? [], patterns: [] }];
}

/** @returns [{ id, examples, patterns }], in the order of the files' names */
export function intentFiles() {
  return readdirSync(join(root, 'intents'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const { id, examples, patterns } = parse(readFileSync(join(root, 'intents', name), 'utf8'));
      return { id, examples, patterns };
    });
}

/** Examples as { text, id }: shuffled, since what trains by steps depends on the order, and always alike. */
export function shuffledExamples(files = taughtFiles()) {
  const all = files.flatMap(({ id, examples }) => examples.map((text) => ({ text, id })));
  let random = 0x2545f491;
  for (let i = all.length - 1; i > 0; i--) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const j = random % (i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** What costs a library nothing and helps it: half width, lower case. */
export function plain(text) {
  return text.normalize('NFKC').toLowerCase();
}
