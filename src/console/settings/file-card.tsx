/** The settings as a YAML file: out, and in again, where what it changes is shown before it is saved. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call, type Fault } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { language, words } from '../shared/words.js';
import { type Content, stepsOf } from './content.js';
import { pathInWords } from './parameter-words.js';
import { useSettings } from './settings-context.js';

export function FileCard({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const { state } = useSettings();
  const w = words.value.settings.history;
  const url = at`/v1/shops/${state.shop}/settings/file`;
  const faults = useSignal<readonly Fault[]>([]);

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    faults.value = [];
    try {
      const { data } = await call<{ settings: Content }>('POST', url, {
        body: await file.text(),
        contentType: 'application/yaml',
      });
      state.replace(data.settings);
      toast(state.patch.peek() === undefined ? w.importSame : w.imported);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      faults.value = error.faults.length > 0 ? error.faults : [{ field: '', problem: error.message, mend: '' }];
    }
  }
  return (
    <section class="card" aria-label={w.file}>
      <div class="card-head">
        <h2>{w.file}</h2>
      </div>
      <div class="card-body file-acts">
        <a class="btn" href={url} download>
          {w.export}
        </a>
        {!isReadOnly && (
          <label class="btn file-in">
            {w.import}
            <input
              class="sr"
              type="file"
              accept=".yaml,.yml,application/yaml"
              onChange={(event) => {
                const { currentTarget: input } = event;
                void take(input.files?.[0]).finally(() => {
                  input.value = '';
                });
              }}
            />
          </label>
        )}
        <p class="field-hint">{w.fileMore}</p>
        {faults.value.length > 0 && (
          <div class="note note-err" role="alert">
            <ul class="changes">
              <li>{w.importFaulty}</li>
              {faults.value.map((fault) => {
                const [, field = '', line] = /^(.*?)(?: ?\(line (\d+)\))?$/.exec(fault.field) ?? [];
                return (
                  <li key={fault.field + fault.problem}>
                    {line !== undefined && <b>{w.line(line)} </b>}
                    {pathInWords(stepsOf(field), language.value)} {faultInWords(fault, language.value)}
                  </li>
                );
              })}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}
