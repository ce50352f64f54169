/** What the bot would have said in shadow mode, beside what a person then wrote. */
import { useSignal } from '@preact/signals';
import { toastError } from '../shared/announcer.js';
import { at, call } from '../shared/api.js';
import type { ShadowReport } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { valueAt } from './content.js';
import { catalogue } from './lacking.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

const pageSize = 30;

export function ShadowCard() {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  const summary = useSignal<ShadowReport['summary']>(undefined);
  const answers = useSignal<ShadowReport['answers'] | undefined>(undefined);
  const cursor = useSignal<string | undefined>(undefined);

  async function read(after?: string): Promise<void> {
    try {
      const url = at`/v1/shops/${state.shop}/shadow`;
      const { data } = await call<ShadowReport>('GET', `${url}?limit=${pageSize}${after === undefined ? '' : `&after=${after}`}`);
      if (after === undefined) summary.value = data.summary;
      answers.value = after === undefined ? data.answers : [...(answers.peek() ?? []), ...data.answers];
      cursor.value = data.answers.length === pageSize ? data.cursor : undefined;
    } catch (error) {
      toastError(error, words.peek().settings.history.failed);
    }
  }
  const zone = String(valueAt(state.base.value, ['timeZone']));
  const lang = language.value;
  const title = (id: string) => catalogue.value?.listed.intents.find((one) => one.id === id)?.title[lang] ?? id;
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
          <p class="sm">
            {w.shadowSum(told.answers, Math.round(told.autoShare * 100), told.wouldSend.answer, told.wouldSend.holding)}
          </p>
        )}
        {answers.value?.length === 0 && <p class="sm muted">{w.shadowNone}</p>}
        <ol class="shadow-list">
          {answers.value?.map((one) => (
            <li key={one.id}>
              <p class="xs muted">
                {whenWords(one.at, lang, zone)} · {one.intents.map(({ id }) => title(id)).join('、')} · {w.actions[one.action]}
              </p>
              <p class="bub bub-buyer">{one.said}</p>
              {one.replies.slice(0, 1).map((reply) => (
                <p class="bub bub-bot" key={reply.text}>
                  {reply.text}
                </p>
              ))}
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
