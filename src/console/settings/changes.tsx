/** Differences between settings as an owner reads them: by the names of the pages, what stood there and what stands there now. */
import type { SettingsChange } from '../shared/wire.js';
import { type Language, language, words } from '../shared/words.js';
import { isRecord, type Path } from './content.js';
import { useFacts } from './known-facts.js';
import { LiquidText } from './liquid-text.js';
import { nameOf, ownName, parameterAt, pathInWords, stepsByPlace, stepsOfChange } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { addressOf, pageAddressOf } from './settings-places.js';
import { valueWords } from './value-words.js';

interface Row {
  readonly steps: Path;
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A section that came or went whole is told field by field; a thing in a list, as a product is, stays one. */
export function rowsOf(changes: readonly SettingsChange[]): readonly Row[] {
  return changes.flatMap(({ path, before, after }) => partsOf({ steps: stepsOfChange(path), path, before, after }));
}

function partsOf(row: Row): readonly Row[] {
  const { steps, path, before, after } = row;
  const whole = before === undefined ? after : after === undefined ? before : undefined;
  const isEntry = parameterAt(steps.slice(0, -1))?.items !== undefined;
  if (!isRecord(whole) || isEntry) return [row];
  return Object.entries(whole).flatMap(([key, value]) =>
    partsOf({
      steps: [...steps, key],
      path: `${path}.${key}`,
      before: before === undefined ? undefined : value,
      after: after === undefined ? undefined : value,
    }),
  );
}

/** What a row is about; a thing that was taken out of a list by the name that it had. */
export function rowInWords(
  { steps, before, after }: Pick<Row, 'steps' | 'before' | 'after'>,
  lang: Language,
  content: unknown,
): string {
  const gone = after === undefined && isRecord(before) ? ownName(before, lang) : undefined;
  return gone === undefined ? pathInWords(steps, lang, content) : `${pathInWords(steps.slice(0, -1), lang, content)} › ${gone}`;
}

/**
 * @param content the settings that came of the changes: what they change is called as it is there
 * @param isLinked leads to the fields, as they are now
 */
export function Changes({
  changes,
  content,
  isLinked = false,
}: {
  readonly changes: readonly SettingsChange[];
  readonly content: unknown;
  readonly isLinked?: boolean;
}) {
  const { state } = useSettings();
  const w = words.value.settings.history;
  const lang = language.value;
  return (
    <ul class="changes diff">
      {rowsOf(changes).map(({ steps, path, before, after }) => {
        const place = stepsByPlace(steps, state.draft.value);
        const said = rowInWords({ steps, before, after }, lang, content);
        return (
          <li key={path}>
            <p title={path}>
              {isLinked ? <a href={place === undefined ? pageAddressOf(steps) : addressOf(place)}>{said}</a> : <b>{said}</b>}
            </p>
            <div class="diff-values">
              <span class="sr">{w.before}</span>
              {before === undefined ? (
                <span class="muted">{words.value.settings.nothing}</span>
              ) : (
                <del>
                  <Value value={before} path={steps} />
                </del>
              )}
              <span aria-hidden="true">→</span>
              <span class="sr">{w.after}</span>
              <ins>
                <Value value={after} path={steps} />
              </ins>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Things by their fields, a line each; texts of replies with their variables as chips. */
export function Value({ value, path }: { readonly value: unknown; readonly path: Path }) {
  const w = words.value.settings;
  const lang = language.value;
  const facts = useFacts();
  if (isRecord(value))
    return (
      <dl class="diff-fields">
        {Object.entries(value).map(([key, one]) => (
          <div key={key}>
            <dt>{nameOf([...path, key], lang)}</dt>
            <dd>
              <Value value={one} path={[...path, key]} />
            </dd>
          </div>
        ))}
      </dl>
    );
  // In one line they would be hard to tell apart.
  if (Array.isArray(value) && value.some(isRecord))
    return (
      <ul class="diff-list">
        {value.map((entry, at) => (
          <li key={at}>{valueWords(entry, w, [...path, at], lang)}</li>
        ))}
      </ul>
    );
  const isText = path[0] === 'replies' || path[0] === 'holding';
  const texts = !isText ? [] : typeof value === 'string' ? [value] : isWords(value) ? value : [];
  if (texts.length > 0)
    return (
      <>
        {texts.map((text, at) => (
          <span key={at} class="diff-text" lang="zh-CN">
            <LiquidText text={text} facts={facts ?? []} />
          </span>
        ))}
      </>
    );
  return <>{valueWords(value, w, path, lang)}</>;
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
