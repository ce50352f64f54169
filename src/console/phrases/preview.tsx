/** What a text comes to in this shop now, as one types: filled in, counted, checked. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../shared/announcer.js';
import { ApiError } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { Icon } from '../shared/icon.js';
import type { Finding, PhraseFilled } from '../shared/wire.js';
import { findingWords, language, words } from '../shared/words.js';
import type { PhraseBook } from './phrase-book.js';
import { FilledText, SourceText, type VariablesByName } from './phrase-pieces.js';
import { type Replacement, replacementFor } from './phrase-text.js';

const pauseMs = 250;

export interface PreviewProps {
  readonly book: PhraseBook;
  readonly variables: VariablesByName;
  readonly text: string;
  /** A wording is taken over; absent: the text is to be read. */
  readonly onReplace?: ((replacement: Replacement) => void) | undefined;
}

export function Preview({ book, variables, text, onReplace }: PreviewProps) {
  const w = words.value.phrases;
  const filled = useSignal<PhraseFilled | undefined>(undefined);
  const fault = useSignal<ApiError | undefined>(undefined);
  useEffect(() => {
    if (text.trim() === '') {
      filled.value = undefined;
      fault.value = undefined;
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const before = filled.peek()?.findings.length ?? 0;
          const told = await book.preview(text, abort.signal);
          filled.value = told;
          fault.value = undefined;
          if (told.findings.length > before) announce(words.peek().phrases.foundNow(told.findings.length));
        } catch (error) {
          // A newer text is being asked about, or this one cannot be read yet: what was shown stays.
          if (abort.signal.aborted) return;
          if (!(error instanceof ApiError)) throw error;
          fault.value = error;
        }
      },
      filled.peek() === undefined ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, book]);

  const most = book.variables.value?.longest;
  const now = filled.value;
  const isOver = now !== undefined && most !== undefined && now.characters > most;
  const unreadable = fault.value?.faults[0];
  return (
    <section class="ph-preview" aria-label={w.preview}>
      <p class="sm">
        <b>{w.preview}</b> <span class="xs muted">{w.asYouType}</span>
      </p>
      <p class={`bub bub-me ph-bub ${fault.value === undefined ? '' : 'is-old'}`}>
        {now !== undefined ? (
          <FilledText filled={now} />
        ) : text.trim() === '' ? (
          <span class="muted">{w.nothingYet}</span>
        ) : (
          <SourceText text={text} variables={variables} />
        )}
      </p>
      <div class="row">
        <span class="bar grow">
          <i
            style={{ width: `${now === undefined || most === undefined ? 0 : Math.min(100, (now.characters / most) * 100)}%` }}
          />
        </span>
        <span class={`count ${isOver ? 'is-over' : ''}`}>
          <b>{now?.characters ?? 0}</b>
          {most !== undefined && `/${most}`}
          {isOver && ` ${w.overBy(now.characters - most)}`}
        </span>
      </div>
      {unreadable !== undefined && (
        <p class="field-err">
          <Icon name="warn" />
          <span>{faultInWords(unreadable, language.value)}</span>
        </p>
      )}
      {now !== undefined && now.gaps.length > 0 && (
        <p class="note ph-note">
          <Icon name="warn" />
          <span>{w.gapNote(now.gaps.map(({ title }) => title[language.value]))}</span>
        </p>
      )}
      {now !== undefined && now.open.length > 0 && (
        <p class="xs muted">{w.openNote(now.open.map(({ title }) => title[language.value]))}</p>
      )}
      <ul class="ph-findings">
        {(now?.findings ?? []).map((finding, at) => (
          <FindingLine
            key={`${finding.rule}-${at}`}
            finding={finding}
            source={text}
            filled={now?.text ?? ''}
            onReplace={onReplace}
          />
        ))}
      </ul>
      {now !== undefined && now.findings.length === 0 && fault.value === undefined && (
        <p class="xs muted row">
          <Icon name="check" />
          {w.clean}
        </p>
      )}
    </section>
  );
}

function FindingLine(props: {
  readonly finding: Finding;
  readonly source: string;
  readonly filled: string;
  readonly onReplace: PreviewProps['onReplace'];
}) {
  const w = words.value.phrases;
  const { severity, points, words: found } = props.finding;
  const wording = props.finding.replacement?.text || props.finding.wording;
  const { onReplace } = props;
  const next = onReplace === undefined ? undefined : replacementFor(props.source, props.filled, props.finding);
  return (
    <li class="finding">
      <span class={`lvl ${severity === 'hint' ? 'lvl-warn' : 'lvl-err'}`}>
        {severity === 'block' ? w.blocked : severity === 'points' ? w.points(points) : w.hint}
      </span>
      <span class="grow">
        <span lang="zh-CN">「{found}」</span>
        {findingWords(props.finding, language.value)}
        {wording !== '' && (
          <>
            <br />
            <span class="soft" lang="zh-CN">
              {w.instead(wording)}
            </span>
          </>
        )}
      </span>
      {next !== undefined && (
        <button type="button" class="btn btn-sm" onClick={() => onReplace?.(next)}>
          {w.takeOver}
          <span class="sr">{wording}</span>
        </button>
      )}
    </li>
  );
}
