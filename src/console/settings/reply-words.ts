/** The words of a reply: the file's, with what the settings have in their place. */
import type { ReplyListed } from '../shared/wire.js';
import { type Path, valueAt } from './content.js';

/** A reply as the settings that are typed have it. */
export function wordsOfReply(draft: unknown, intent: string, reply: ReplyListed) {
  const path: Path = ['replies', intent, reply.id];
  const file = reply.base ?? reply;
  const texts = valueAt(draft, [...path, 'texts']);
  const short = valueAt(draft, [...path, 'short']);
  return {
    path,
    file,
    texts: Array.isArray(texts) ? (texts as readonly string[]) : file.texts,
    short: typeof short === 'string' ? short : file.short,
    isOff: valueAt(draft, [...path, 'off']) === true,
  };
}
