/** One reply: when it is said, its words, why it is off; opened, its words are changed. */
import type { Signal } from '@preact/signals';
import { Icon } from '../shared/icon.js';
import { replyTitle } from '../shared/reply-title.js';
import type { ReplyListed } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { isSame, touches } from './content.js';
import { FillIn } from './fill-in.js';
import { useFacts } from './known-facts.js';
import { LiquidText } from './liquid-text.js';
import { wordsOfReply } from './reply-words.js';
import { useSettings } from './settings-context.js';
import { type EditedText, WordingEditor } from './wording-editor.js';

type UsedFact = ReplyListed['facts'][number];

export function ReplyCard({
  intent,
  reply,
  limit,
  opened,
}: {
  readonly intent: string;
  readonly reply: ReplyListed;
  readonly limit: number;
  readonly opened: Signal<string | undefined>;
}) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const lang = language.value;
  const { path, texts, isOff } = wordsOfReply(state.draft.value, intent, reply);
  const isOpen = opened.value === reply.id;
  const isChanged = state.changed.value.some((one) => touches(one, path));
  const why = reply.off;
  const isMute = isOff || (why !== undefined && why.because !== 'switched_off');
  const longest = reply.longestCharacters;
  const title = replyTitle(reply, lang);
  return (
    <article class={isOpen ? 'tpl is-edit' : isMute ? 'tpl is-off' : 'tpl'} data-reply={reply.id} aria-label={title}>
      <div class="tpl-head">
        <span class="cond">{title}</span>
        <span class="tpl-marks">
          {isChanged && <span class="chip chip-warn">{w.unsavedTag}</span>}
          {reply.source === 'settings' && <span class="chip chip-accent">{w.replies.own}</span>}
          {reply.isDraftOnly && <span class="chip">{w.replies.draftOnly}</span>}
          {isMute && (
            <span class="chip chip-warn">
              <Icon name="stop" />
              {isOff ? w.replies.switchedOff : w.replies.notUsed}
            </span>
          )}
          {longest !== undefined && (
            <span class={longest > limit ? 'count is-over' : 'count'}>
              {w.replies.longest} <b>{longest}</b>
            </span>
          )}
          <button
            type="button"
            class="btn btn-quiet btn-sm"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? w.done : isReadOnly ? w.replies.look : w.edit} ${title}`}
            onClick={() => {
              opened.value = isOpen ? undefined : reply.id;
            }}
          >
            {isOpen ? w.done : isReadOnly ? w.replies.look : w.edit}
          </button>
        </span>
      </div>
      {!isOpen && (
        <p class="tpl-text" lang="zh-CN">
          <LiquidText text={texts[0] ?? ''} facts={reply.facts} />
        </p>
      )}
      {why?.because === 'parameter_not_set' && (
        <p class="row sm tpl-why">
          {why.missing.map((fact) => (
            <span key={fact.name}>
              {w.replies.lacks(fact.title[lang])} <FillIn parameter={fact.parameter} />
            </span>
          ))}
        </p>
      )}
      {why?.because === 'not_for_this_shop' && <p class="sm muted">{w.replies.notForShop}</p>}
      {isOpen && !isReadOnly && <Editor intent={intent} reply={reply} />}
    </article>
  );
}

function Editor({ intent, reply }: { readonly intent: string; readonly reply: ReplyListed }) {
  const { state } = useSettings();
  const w = words.value.settings;
  const lang = language.value;
  const { path, file, texts, short, isOff } = wordsOfReply(state.draft.value, intent, reply);
  const facts = useFacts();

  const setTexts = (next: readonly string[]) => state.set([...path, 'texts'], isSame(next, file.texts) ? undefined : next);
  const setShort = (next: string) => state.set([...path, 'short'], next === file.short ? undefined : next);
  const shown = (fact: UsedFact) => ({ title: fact.title[lang], isGone: !fact.isSet, choices: fact.choices });
  const variable = (name: string) => {
    // Its own first: they know what the sides of this matter are called.
    const fact = reply.facts.find((one) => one.name === name) ?? facts?.find((one) => one.name === name);
    return fact && shown(fact);
  };
  const edited: readonly EditedText[] = [
    ...texts.map((text, at) => ({
      path: [...path, 'texts', at],
      label: w.replies.wording(at + 1),
      text,
      onText: (next: string) => setTexts(texts.map((one, other) => (other === at ? next : one))),
      ...(texts.length > 1 && { remove: () => setTexts(texts.filter((_, other) => other !== at)) }),
    })),
    { path: [...path, 'short'], label: w.replies.short, text: short, onText: setShort },
  ];
  return (
    <WordingEditor texts={edited} variable={variable} offered={reply.facts.map((fact) => ({ name: fact.name, ...shown(fact) }))}>
      <p class="row tpl-acts">
        {texts.length < 8 && (
          <button type="button" class="btn btn-sm" onClick={() => setTexts([...texts, short])}>
            <Icon name="plus" />
            {w.replies.addWording}
          </button>
        )}
        {(!isSame(texts, file.texts) || short !== file.short) && (
          <button
            type="button"
            class="btn btn-sm"
            onClick={() => {
              state.set([...path, 'texts'], undefined);
              state.set([...path, 'short'], undefined);
            }}
          >
            <Icon name="undo" />
            {w.replies.restore}
          </button>
        )}
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={!isOff}
          onClick={() => state.set([...path, 'off'], isOff ? undefined : true)}
        >
          {w.replies.use}
        </button>
      </p>
    </WordingEditor>
  );
}
