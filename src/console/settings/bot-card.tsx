/** Whether the bot may speak: the switch that holds at once, and the mode of the settings. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import type { BotState } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { AutoField } from './auto-field.js';
import { isRecord, valueAt } from './content.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

/** Where the settings do not say it: the schema's. */
const standardWaitSeconds = 60;
const modes = ['auto', 'shadow', 'off'] as const;

export function BotCard() {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  const bot = useSignal<BotState | undefined>(undefined);
  const isBusy = useSignal(false);
  const url = at`/v1/shops/${state.shop}/bot`;
  const revision = state.head.value?.revision;
  useEffect(() => {
    const read = () => {
      call<BotState>('GET', url).then(
        ({ data }) => {
          bot.value = data;
        },
        (error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
        },
      );
    };
    read();
    const timer = setInterval(read, 20_000);
    return () => clearInterval(timer);
  }, [url, revision]);

  async function turn(mode: (typeof modes)[number]): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    try {
      bot.value = (await call<BotState>('PUT', url, { body: { mode } })).data;
    } catch (error) {
      toastError(error, words.peek().settings.replies.notTurned);
    } finally {
      isBusy.value = false;
    }
  }
  const told = bot.value;
  const turned = told?.switch?.mode ?? 'auto';
  const last = told?.history[0];
  const stepIn = valueAt(state.base.value, ['bot', 'stepIn']);
  const wait = isRecord(stepIn) ? Number(stepIn.afterSeconds ?? standardWaitSeconds) : undefined;
  return (
    <section class={told !== undefined && told.mode !== 'auto' ? 'card away is-away' : 'card away'} aria-label={w.bot}>
      <div class="grow">
        <h2>{told === undefined ? w.bot : w.botNow[told.mode]}</h2>
        <p class="sm soft" role="status">
          {told?.all !== undefined && told.all.mode !== 'auto' ? `${w.allStopped} ` : ''}
          {last === undefined
            ? wait === undefined
              ? w.botMore
              : w.botStepsIn(wait)
            : w.turnedBy(
                last.by,
                w.modes[last.mode],
                whenWords(last.since, language.value, String(valueAt(state.base.value, ['timeZone']))),
              )}
        </p>
      </div>
      <div class="bot-acts">
        <span class="sm">{w.now}</span>
        <fieldset class="seg" aria-label={w.killSwitch} disabled={told === undefined}>
          {modes.map((mode) => (
            <button type="button" key={mode} aria-pressed={turned === mode} onClick={() => void turn(mode)}>
              {mode === 'auto' ? w.asSet : w.modes[mode]}
            </button>
          ))}
        </fieldset>
      </div>
      <div class="bot-mode">
        <AutoField path={['bot', 'mode']} label={w.modeSet} />
      </div>
    </section>
  );
}
