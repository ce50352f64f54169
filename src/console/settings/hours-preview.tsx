/** What would be said at a moment to some words, by the settings as they are typed. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Reason } from '../../conversation.js';
import { becauseWords } from '../../reasons.js';
import { ApiError, at, call } from '../shared/api.js';
import { templateTitle, titledReason } from '../shared/reply-title.js';
import { instantOf, wallOf } from '../shared/wall-time.js';
import type { AnswerTold, IntentsListed, Preview } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { valueAt } from './content.js';
import { useCatalogue } from './lacking.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

interface Told {
  readonly answer: AnswerTold;
  readonly stepIn?: AnswerTold | undefined;
}

/** @param day chosen in the month */
export function HoursPreview({ day, today }: { readonly day: string | undefined; readonly today: string | undefined }) {
  const { state } = useSettings();
  const w = words.value.settings.hours;
  const wall = useSignal('');
  const text = useSignal('');
  const told = useSignal<Told | undefined>(undefined);
  const isFaulty = useSignal(false);
  const zone = String(valueAt(state.draft.value, ['timeZone']));
  const listed = useCatalogue() ?? { intents: [] };
  const limit = Number(valueAt(state.draft.value, ['bot', 'replyCharacters']) ?? 128);

  useEffect(() => {
    if (day !== undefined) wall.value = `${day}T23:10`;
  }, [day]);

  useSignalEffect(() => {
    const patch = state.patch.value;
    const moment = wall.value === '' ? undefined : instantOf(wall.value, String(valueAt(state.draft.peek(), ['timeZone'])));
    const said = text.value.trim() === '' ? words.peek().settings.hours.saysExample : text.value;
    if (Number.isNaN(moment)) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const when = moment === undefined ? undefined : new Date(moment).toISOString();
      try {
        const { data } = await call<Preview>('POST', at`/v1/shops/${state.shop}/preview`, {
          body: {
            text: said,
            days: 0,
            away: 'off',
            ...(when !== undefined && { at: when }),
            ...(patch !== undefined && { settings: patch }),
          },
          signal: abort.signal,
        });
        told.value = data.answer && { answer: data.answer as AnswerTold, stepIn: data.stepIn as AnswerTold | undefined };
        isFaulty.value = false;
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        isFaulty.value = error.status === 422;
      }
    }, 350);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });

  const presets: readonly (readonly [said: string, wall: string])[] = [
    [w.now, ''],
    ...(today === undefined ? [] : [[w.tonight, `${today}T23:10`] as const]),
    ...(day === undefined || day === today ? [] : [[w.chosen, `${day}T23:10`] as const]),
  ];
  const shown = told.value;
  const answered = shown?.answer;
  const at_ = answered === undefined ? undefined : Date.parse(answered.at);
  return (
    <section class="card preview" aria-label={w.preview('')}>
      <div class="card-head">
        <h2>{w.preview(at_ === undefined ? w.now : whenWords(at_, language.value, zone))}</h2>
        {state.patch.value !== undefined && <span class="xs muted end">{w.previewUnsaved}</span>}
      </div>
      <div class="card-body">
        <div class="row pv-in">
          <label class="sr" for="pv-at">
            {w.when}
          </label>
          <input
            class="input pv-at"
            id="pv-at"
            type="datetime-local"
            value={wall.value === '' && at_ !== undefined ? wallOf(at_, zone) : wall.value}
            onInput={(event) => {
              wall.value = event.currentTarget.value;
            }}
          />
          <label class="sr" for="pv-say">
            {w.says}
          </label>
          <input
            class="input grow"
            id="pv-say"
            placeholder={w.saysExample}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        </div>
        <div class="chips pv-set">
          {presets.map(([said, value]) => (
            <button
              type="button"
              key={said}
              class="btn btn-sm"
              aria-pressed={wall.value === value}
              onClick={() => {
                wall.value = value;
              }}
            >
              {said}
            </button>
          ))}
        </div>
        <div aria-live="polite">
          {isFaulty.value && <p class="note pv-note">{w.fixFirst}</p>}
          {answered !== undefined && (
            <p class="because-line sm">
              {becauseWords(
                (answered.reasons as readonly Reason[]).map((one) => titledReason(one, listed, language.value)),
                language.value,
              )}
            </p>
          )}
          {answered?.action === 'draft' && <p class="xs muted">{w.onDuty}</p>}
          {answered?.replies.slice(0, 1).map((reply) => (
            <Said key={reply.id} reply={reply} limit={limit} listed={listed} />
          ))}
          {answered?.replies.length === 0 && <p class="note">{w.silent}</p>}
          {shown?.stepIn?.replies.slice(0, 1).map((reply) => (
            <div key={reply.id}>
              <p class="xs muted">{w.steppedIn}</p>
              <Said reply={reply} limit={limit} listed={listed} />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

interface SaidProps {
  readonly reply: AnswerTold['replies'][number];
  readonly limit: number;
  readonly listed: Pick<IntentsListed, 'intents'>;
}

function Said({ reply, limit, listed }: SaidProps) {
  return (
    <>
      <p class="bub bub-bot" lang="zh-CN">
        {reply.text}
      </p>
      <p class="row between">
        <span class="xs muted">{templateTitle(reply.template, listed, language.value)}</span>
        <span class="count">
          <b>{reply.characters}</b>/{limit}
        </span>
      </p>
    </>
  );
}
