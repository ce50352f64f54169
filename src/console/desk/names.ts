/** What things of the desk are called. */

import { reasonWords } from '../../reasons.js';
import type { DeskConversation } from '../shared/wire.js';
import { language } from '../shared/words.js';
import type { Desk } from './desk-state.js';

export function buyerName({ buyer }: Pick<DeskConversation, 'buyer'>): string {
  return buyer.nickname ?? buyer.name ?? buyer.id;
}

/** An intent in the reader's language; one that was added since shows its id. */
export function intentTitle(desk: Desk, id: string): string {
  const intents: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = desk.welcome.value?.intents ?? {};
  return intents[id]?.[language.value] ?? id;
}

/** A reason in the reader's language, with intents as they are called. */
export function reasonText(desk: Desk, { code, values }: DeskConversation['urgency']['reasons'][number]): string {
  const named = Object.entries(values ?? {}).map(([name, value]): [string, string | number] => [
    name,
    typeof value === 'string' && /^intents?$/.test(name)
      ? value
          .split(', ')
          .map((id) => intentTitle(desk, id))
          .join(language.value === 'zh' ? '、' : ', ')
      : value,
  ]);
  return reasonWords({ code, values: Object.fromEntries(named) }, language.value);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** In the shop's zone: 22:44:27, and where it is another day 11-21 22:44. */
export function timeOf(at: string, now: number, timeZone: string | undefined): string {
  const key = timeZone ?? '';
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      ...(timeZone !== undefined && { timeZone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(key, format);
  }
  const [day = '', time = ''] = format.format(Date.parse(at)).split(', ');
  return format.format(now).startsWith(day) ? time : `${day.slice(5)} ${time.slice(0, 5)}`;
}
