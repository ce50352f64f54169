/** What replies and holding words are called where an answer names them by their ids: by their matter and when they are said. */
import type { Reason } from '../../conversation.js';
import type { IntentsListed, ReplyListed } from './wire.js';
import { type Language, words } from './words.js';

type Listed = Pick<IntentsListed, 'intents'>;

/** A reply is known by when it is said: it has no other name. */
export function replyTitle({ when }: Pick<ReplyListed, 'when'>, language: Language): string {
  if (when.length === 0) return words.value.settings.replies.always;
  return when.map((one) => one.words[language]).join(language === 'zh' ? '；' : '; ');
}

/** @param template as Answers name it: `stock.in_stock`, `stock.in_stock+cod.offered`, `stock.holding`, `holding.with_time`, `busy` */
export function templateTitle(template: string, { intents }: Listed, language: Language): string {
  const { holding, replies } = words.value.settings;
  return template
    .split('+')
    .map((one) => {
      if (one === 'busy') return holding.lists.busy;
      const [id = '', ...rest] = one.split('.');
      if (id === 'holding') return holding.general;
      const intent = intents.find((known) => known.id === id);
      if (intent === undefined) return one;
      const title = intent.title[language];
      if (rest.join('.') === 'holding') return replies.titled(title, holding.general);
      const reply = intent.replies.find((known) => known.id === rest.join('.'));
      return reply === undefined ? one : replies.titled(title, replyTitle(reply, language));
    })
    .join(language === 'zh' ? '；' : '; ');
}

/** A reason with titles in place of the ids of intents and replies. */
export function titledReason({ code, values = {} }: Reason, listed: Listed, language: Language): Reason {
  const intent = (id: string) =>
    id === 'none' ? words.value.desk.somethingElse : (listed.intents.find((one) => one.id === id)?.title[language] ?? id);
  const titled = Object.entries(values).map(([name, value]): [string, string | number] => {
    if (typeof value !== 'string') return [name, value];
    if (name === 'template') return [name, templateTitle(value, listed, language)];
    if (name !== 'intent' && name !== 'intents') return [name, value];
    return [
      name,
      value
        .split(', ')
        .map(intent)
        .join(language === 'zh' ? '、' : ', '),
    ];
  });
  return { code, values: Object.fromEntries(titled) };
}
