/** What is said when a person must answer: a list of texts, said in turn; opened, they are changed and shown as buyers read them. */
import { useSignal } from '@preact/signals';
import { pathWords } from '../../path-words.js';
import { at } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import type { HoldingPreview, IntentListed, IntentsListed } from '../shared/wire.js';
import { findingWords, language, words } from '../shared/words.js';
import { isSame, type Path, touches, valueAt } from './content.js';
import { useFacts } from './known-facts.js';
import { LiquidText } from './liquid-text.js';
import { useSettings } from './settings-context.js';
import { usePreviewed } from './use-previewed.js';
import { WordingEditor } from './wording-editor.js';

/** @param file as the files have them; said where the settings say nothing */
function HoldingTexts({
  path,
  title,
  file,
  intent,
}: {
  readonly path: Path;
  readonly title: string;
  readonly file: readonly string[];
  readonly intent?: string;
}) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const lang = language.value;
  const isOpen = useSignal(false);
  const facts = useFacts();
  const set = valueAt(state.draft.value, path);
  const own = Array.isArray(set) ? (set as readonly string[]) : undefined;
  const texts = own ?? file;
  const isChanged = state.changed.value.some((one) => touches(one, path) || touches(path, one));
  const put = (next: readonly string[]) => state.set(path, isSame(next, file) ? undefined : next);
  const variable = (name: string) => {
    if (name === 'matter' && intent === undefined) return { title: w.holding.matter, isGone: false };
    const fact = facts?.find((one) => one.name === name);
    if (fact === undefined) return facts === undefined ? { title: name, isGone: false } : undefined;
    return { title: fact.title[lang], isGone: !fact.isSet };
  };
  const usual = intent === undefined ? ['opening', 'matter'] : ['opening'];
  const shown = [...new Set([...texts.flatMap((text) => [...text.matchAll(/\{\{-?\s*([a-z_]\w*)/g)].map((one) => one[1]!))])];
  const named = shown.map((name) => ({
    name,
    title: { zh: variable(name)?.title ?? name, en: variable(name)?.title ?? name },
    isSet: variable(name)?.isGone !== true,
    parameter: '',
  }));
  return (
    <article class={isOpen.value ? 'tpl is-edit' : 'tpl'} aria-label={title} data-path={pathWords(path)}>
      <div class="tpl-head">
        <span class="cond">{title}</span>
        <span class="tpl-marks">
          {isChanged && <span class="chip chip-warn">{w.unsavedTag}</span>}
          {own !== undefined && !isChanged && <span class="chip chip-accent">{w.replies.own}</span>}
          <button
            type="button"
            class="btn btn-quiet btn-sm"
            aria-expanded={isOpen.value}
            aria-label={`${isOpen.value ? w.done : isReadOnly ? w.replies.look : w.edit} ${title}`}
            onClick={() => {
              isOpen.value = !isOpen.peek();
            }}
          >
            {isOpen.value ? w.done : isReadOnly ? w.replies.look : w.edit}
          </button>
        </span>
      </div>
      {(!isOpen.value || isReadOnly) &&
        (isOpen.value ? texts : texts.slice(0, 1)).map((text) => (
          <p class="tpl-text" lang="zh-CN" key={text}>
            <LiquidText text={text} facts={named} />
          </p>
        ))}
      {isOpen.value && !isReadOnly && (
        <WordingEditor
          texts={texts.map((text, place) => ({
            path: [...path, place],
            label: w.replies.wording(place + 1),
            text,
            onText: (next) => put(texts.map((one, other) => (other === place ? next : one))),
            ...(texts.length > 1 && { remove: () => put(texts.filter((_, other) => other !== place)) }),
          }))}
          variable={variable}
          offered={usual.map((name) => ({ name, ...(variable(name) ?? { title: name, isGone: false }) }))}
        >
          <p class="row tpl-acts">
            {texts.length < 24 && (
              <button type="button" class="btn btn-sm" onClick={() => put([...texts, texts.at(-1) ?? ''])}>
                <Icon name="plus" />
                {w.replies.addWording}
              </button>
            )}
            {own !== undefined && (
              <button type="button" class="btn btn-sm" onClick={() => state.set(path, undefined)}>
                <Icon name="undo" />
                {w.replies.restore}
              </button>
            )}
          </p>
          <HoldingPreviewed texts={texts} {...(intent !== undefined && { intent })} />
        </WordingEditor>
      )}
    </article>
  );
}

/** How each reads at its longest, and what the rules say of it. */
function HoldingPreviewed({ texts, intent }: { readonly texts: readonly string[]; readonly intent?: string }) {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  const asked = useSignal(texts);
  if (!isSame(asked.peek(), texts)) asked.value = texts;
  const told = usePreviewed<HoldingPreview>(at`/v1/shops/${state.shop}/holding/preview`, () => ({
    texts: asked.value,
    ...(intent !== undefined && { intent }),
  }));
  const shown = told.value;
  if (shown === undefined) return null;
  return (
    <section aria-label={w.preview} class="stack">
      {shown.texts.map(({ longest, findings }, place) => (
        <div key={place}>
          {longest !== undefined && (
            <p class="bub bub-bot" lang="zh-CN">
              {longest.text}{' '}
              <span class={longest.characters > shown.limit ? 'count is-over' : 'count'}>
                {longest.characters}/{shown.limit}
              </span>
            </p>
          )}
          {findings.map((finding) => (
            <p class="note note-err" key={`${finding.rule} ${finding.words}`}>
              <Icon name="warn" />
              <span lang="zh-CN">
                <q>{finding.words}</q> {findingWords(finding, language.value)} {w.better(finding.wording)}
              </span>
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}

/** An intent's own; where it has none, the general ones are said and own ones may be written. */
export function IntentHolding({ intent, listed }: { readonly intent: IntentListed; readonly listed: IntentsListed }) {
  const w = words.value.settings.holding;
  const file = intent.holdingBase ?? intent.holding;
  return (
    <HoldingTexts
      path={['holding', 'intents', intent.id]}
      title={file.length === 0 ? w.ofGeneral : w.ofIntent}
      file={file.length === 0 ? listed.holding.withTime.filter((text) => !text.includes('matter')).slice(0, 1) : file}
      intent={intent.id}
    />
  );
}

/** What is said of any matter that has no words of its own. */
export function GeneralHolding({ listed }: { readonly listed: IntentsListed }) {
  const w = words.value.settings.holding;
  return (
    <section class="card" aria-label={w.general}>
      <div class="card-head">
        <h2>{w.general}</h2>
        <span class="xs muted">{w.generalMore}</span>
      </div>
      {(['withTime', 'withoutTime', 'busy'] as const).map((list) => (
        <HoldingTexts key={list} path={['holding', list]} title={w.lists[list]} file={listed.holding[list]} />
      ))}
    </section>
  );
}
