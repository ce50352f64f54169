/** Who did what when, newest first, page by page, by person and by what was done. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, at, call } from '../shared/api.js';
import { momentWords } from '../shared/dates.js';
import type { AuditRow, User } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';
import { auditWords } from './audit-words.js';

const pageSize = 50;
interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly before?: number;
}

export function Audit({ shopId }: { readonly shopId: string }) {
  const w = words.value.people;
  const users = useSignal<readonly User[]>([]);
  const by = useSignal('');
  const action = useSignal('');
  const page = useSignal<AuditPage | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);

  async function load(before?: number): Promise<void> {
    isBusy.value = true;
    const asked = `${by.peek()} ${action.peek()}`;
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(by.peek() !== '' && { by: by.peek() }),
      ...(action.peek() !== '' && { action: action.peek() }),
      ...(before !== undefined && { before: String(before) }),
    });
    try {
      const { data } = await call<AuditPage>('GET', `${at`/v1/shops/${shopId}/audit`}?${query}`);
      // Another choice was made while this was on its way.
      if (asked !== `${by.peek()} ${action.peek()}`) return;
      page.value = before === undefined ? data : { ...data, rows: [...(page.peek()?.rows ?? []), ...data.rows] };
      error.value = undefined;
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      error.value = refused;
    } finally {
      isBusy.value = false;
    }
  }
  useEffect(() => {
    void load();
  }, [by.value, action.value]);
  useEffect(() => {
    call<{ users: readonly User[] }>('GET', '/v1/users').then(
      ({ data }) => {
        users.value = data.users;
      },
      (refused: unknown) => {
        if (!(refused instanceof ApiError)) throw refused;
      },
    );
  }, []);

  const names = new Map(users.value.map(({ id, name }) => [id, name]));
  const rows = page.value?.rows;
  return (
    <>
      <OfflineStrip isOffline={error.value?.code === 'offline'} tryNow={() => void load()} />
      <section class="card" aria-label={w.tabs.audit} aria-busy={isBusy.value}>
        <div class="card-head pe-filters">
          <label class="row sm">
            {w.person}
            <select
              class="input"
              value={by.value}
              onChange={(event) => {
                by.value = event.currentTarget.value;
              }}
            >
              <option value="">{w.anybody}</option>
              {users.value.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value="cli">{w.commandLine}</option>
            </select>
          </label>
          <label class="row sm">
            {w.action}
            <select
              class="input"
              value={action.value}
              onChange={(event) => {
                action.value = event.currentTarget.value;
              }}
            >
              <option value="">{w.anything}</option>
              {Object.entries(w.actions).map(([one, title]) => (
                <option key={one} value={one}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="btn btn-sm end" disabled={isBusy.value} onClick={() => void load()}>
            {w.again}
          </button>
        </div>
        {rows === undefined ? (
          <p class="pe-empty muted" role="status">
            {error.value === undefined ? w.loading : w.failed(error.value.message)}
          </p>
        ) : rows.length === 0 ? (
          <p class="pe-empty muted">{w.nothingDone}</p>
        ) : (
          <table class="pe-audit">
            <thead>
              <tr>
                <th scope="col">{w.when}</th>
                <th scope="col">{w.who}</th>
                <th scope="col">{w.didWhat}</th>
                <th scope="col">{w.details}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.position}>
                  <td class="muted sm">
                    <time dateTime={row.at}>{momentWords(row.at)}</time>
                  </td>
                  <td>
                    {row.by.kind === 'cli' ? w.commandLine : row.by.name}
                    {row.by.kind === 'token' && <span class="chip chip-line">{w.program}</span>}
                  </td>
                  <td>{w.actions[row.action]}</td>
                  <td class="soft sm">{auditWords(row, w, names, words.value.shell.roles)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {page.value?.before !== undefined && (
          <p class="pe-more">
            <button type="button" class="btn" disabled={isBusy.value} onClick={() => void load(page.peek()?.before)}>
              {w.older}
            </button>
          </p>
        )}
      </section>
    </>
  );
}
