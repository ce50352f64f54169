/** What the bot would have said in shadow mode, beside what a person then wrote. */
import { computed, useSignal } from '@preact/signals';
import { reasonText, type Titled } from '../desk/names.js';
import { toastError } from '../shared/announcer.js';
import { at, call } from '../shared/api.js';
import type { ShadowReport } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { catalogue, intentTitle } from './catalogue.js';
import { valueAt } from './content.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

const pageSize = 30;
const counted = ['answer', 'holding', 'handoff', 'draft', 'silent'] as const;

export function ShadowCard() {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  const summary = useSignal<ShadowReport['summary']>(undefined);
  const answers = useSignal<ShadowReport['answers'] | undefined>(undefined);
  const cursor = useSignal<string | undefined>(undefined);

  async function read(after?: string): Promise<void> {
    try {
      const url = at`/v1/shops/${state.shop}/shadow`;
      const { data } = await call<ShadowReport>(
        'GET',
        `${url}?order=newest&limit=${pageSize}${after === undefined ? '' : `&after=${after}`}`,
      );
      if (after === undefined) summary.value = data.summary;
      answers.value = after === undefined ? data.answers : [...(answers.peek() ?? []), ...data.answers];
      cursor.value = data.answers.length === pageSize ? data.cursor : undefined;
    } catch (error) {
      toastError(error, words.peek().settings.history.failed);
    }
  }
  const zone = String(valueAt(state.base.value, ['timeZone']));
  const lang = language.value;
  const title = (id: string) => intentTitle(id, lang);
  const titled: Titled = {
    welcome: computed(() => ({
      intents: Object.fromEntries((catalogue.value?.listed.intents ?? []).map((one) => [one.id, one.title])),
    })),
  };
  const told = summary.value;
  return (
    <details
      class="card shadow"
      onToggle={(event) => {
        // Buyers go on writing: whoever opens it again is told the newest.
        if (event.currentTarget.open) void read();
      }}
    >
      <summary class="card-head">
        <h2>{w.shadow}</h2>
        <span class="xs muted">{w.shadowMore}</span>
      </summary>
      <div class="card-body">
        <p>
          <button type="button" class="btn btn-sm" onClick={() => void read()}>
            {w.shadowAgain}
          </button>
        </p>
        {told !== undefined && told.answers > 0 && (
          <p class="sm">{w.shadowSum(told.answers, Math.round(told.autoShare * 100))}</p>
        )}
        {told !== undefined && told.answers > 0 && (
          <ul class="shadow-counts">
            {counted
              .map((one) => ({ one, count: { ...told.byAction, ...told.wouldSend }[one] }))
              .filter(({ count }) => count > 0)
              .map(({ one, count }) => (
                <li key={one}>
                  <b>{count}</b> {w.shadowCounts[one]}
                </li>
              ))}
          </ul>
        )}
        {answers.value?.length === 0 && <p class="sm muted">{w.shadowNone}</p>}
        <ol class="shadow-list">
          {answers.value?.map((one) => (
            <li key={one.id}>
              <p class="xs muted">
                {[whenWords(one.at, lang, zone), ...one.intents.map(({ id }) => title(id)), w.actions[one.action]].join(' · ')}
              </p>
              <p class="bub bub-buyer">{one.said}</p>
              {one.replies.slice(0, 1).map((reply) => (
                <p class="bub bub-bot" key={reply.text}>
                  {reply.text}
                </p>
              ))}
              <p class="xs soft shadow-why">
                {w.why}
                {one.reasons.map((because) => reasonText(titled, because)).join(lang === 'zh' ? '；' : '; ')}
              </p>
              {one.agent !== undefined && (
                <p class="bub bub-me">
                  <span class="xs muted">{w.agentWrote}</span> {one.agent.text}
                </p>
              )}
            </li>
          ))}
        </ol>
        {cursor.value !== undefined && (
          <button type="button" class="btn btn-sm" onClick={() => void read(cursor.peek())}>
            {w.more}
          </button>
        )}
      </div>
    </details>
  );
}
