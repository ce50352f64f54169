/** Keys of programs: what each opens, when it was last used; the key itself is told once. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call, faultOf } from '../shared/api.js';
import { momentWords } from '../shared/dates.js';
import { Field } from '../shared/field.js';
import { Icon } from '../shared/icon.js';
import { usePolled } from '../shared/polled.js';
import { SecretOnce } from '../shared/secret-once.js';
import { SureButton } from '../shared/sure-button.js';
import type { Token } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';

const scopes = ['connect', 'read', 'phrases', 'stock', 'admin'] as const satisfies readonly Token['scope'][];

export function Tokens({ shopId }: { readonly shopId: string }) {
  const w = words.value.people;
  const url = at`/v1/shops/${shopId}/tokens`;
  const tokens = useSignal<readonly Token[] | undefined>(undefined);
  const isAdding = useSignal(false);
  const secret = useSignal<{ readonly token: string; readonly what: string } | undefined>(undefined);
  const { isOffline, failure, refresh } = usePolled(async () => {
    tokens.value = (await call<{ tokens: readonly Token[] }>('GET', url)).data.tokens;
  }, shopId);

  async function revoke(token: Token): Promise<void> {
    try {
      await call('DELETE', `${url}/${encodeURIComponent(token.id)}`);
      toast(w.revoked(token.note ?? w.scopes[token.scope]));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(w.failed(error.message), { kind: 'error' });
    }
    await refresh();
  }

  return (
    <>
      <OfflineStrip isOffline={isOffline.value} tryNow={() => void refresh()} />
      {secret.value !== undefined && (
        <SecretOnce
          key={secret.value.token}
          title={w.tokenMade(secret.value.what)}
          lines={[{ label: w.token, value: secret.value.token }]}
          onKept={() => {
            secret.value = undefined;
          }}
        />
      )}
      <section class="card" aria-label={w.tabs.tokens}>
        <div class="card-head">
          <h2>{tokens.value === undefined ? w.tabs.tokens : w.tokenCount(tokens.value.length)}</h2>
          <button
            type="button"
            class="btn btn-main btn-sm end"
            aria-expanded={isAdding.value}
            onClick={() => {
              isAdding.value = !isAdding.peek();
            }}
          >
            <Icon name="plus" />
            {w.makeToken}
          </button>
        </div>
        {isAdding.value && (
          <TokenForm
            url={url}
            onClose={() => {
              isAdding.value = false;
            }}
            onMade={(made) => {
              isAdding.value = false;
              secret.value = { token: made.token, what: made.note ?? w.scopes[made.scope] };
              void refresh();
            }}
          />
        )}
        {tokens.value === undefined ? (
          <p class="pe-empty muted" role="status">
            {failure.value === undefined ? w.loading : w.failed(failure.value.message)}
          </p>
        ) : tokens.value.length === 0 ? (
          <p class="pe-empty muted">{w.noTokens}</p>
        ) : (
          <ul class="pe-list pe-tokens">
            {tokens.value.map((token) => (
              <li key={token.id}>
                <div class="pe-row">
                  <span class="pe-who">
                    <b>{token.note ?? w.noNote}</b>
                  </span>
                  <span>
                    <span class={`chip ${token.scope === 'admin' ? 'chip-warn' : 'chip-line'}`}>{w.scopes[token.scope]}</span>
                  </span>
                  <span class="xs muted">{w.madeAt(momentWords(token.createdAt))}</span>
                  <span class="xs muted">
                    {token.lastUsedAt === undefined ? w.neverUsed : w.lastUsed(momentWords(token.lastUsedAt))}
                  </span>
                  <span class="pe-acts">
                    <SureButton
                      of={token.note ?? w.scopes[token.scope]}
                      question={w.sureRevoke}
                      onSure={() => void revoke(token)}
                    >
                      {w.revoke}
                    </SureButton>
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function TokenForm(props: {
  readonly url: string;
  readonly onClose: () => void;
  readonly onMade: (token: Token & { readonly token: string }) => void;
}) {
  const w = words.value.people;
  const scope = useSignal<Token['scope']>('connect');
  const note = useSignal('');
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = undefined;
    const what = note.peek().trim();
    try {
      const body = { scope: scope.peek(), ...(what !== '' && { note: what }) };
      props.onMade((await call<Token & { token: string }>('POST', props.url, { body })).data);
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      error.value = refused;
    } finally {
      isBusy.value = false;
    }
  }
  const isLong = faultOf(error.value, 'note') !== undefined;
  return (
    <form class="pe-form" aria-label={w.makeToken} noValidate onSubmit={submit}>
      <Field label={w.note} hint={w.noteHint} fault={isLong ? { field: 'note', problem: w.noteLong, mend: '' } : undefined}>
        {(control) => (
          <input
            {...control}
            class="input"
            autocomplete="off"
            ref={(field) => {
              if (field !== null && document.activeElement === document.body) field.focus();
            }}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <fieldset class="pe-roles">
        <legend>{w.scope}</legend>
        {scopes.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="scope"
              checked={scope.value === one}
              onChange={() => {
                scope.value = one;
              }}
            />
            <span>
              <b>{w.scopes[one]}</b>
              <span class="xs soft">{w.scopeWhat[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {error.value !== undefined && !isLong && (
        <p class="note note-err" role="alert">
          {error.value.code === 'offline' ? w.offline : w.failed(error.value.message)}
        </p>
      )}
      <p class="row wrap">
        <button type="submit" class="btn btn-main" disabled={isBusy.value}>
          {w.makeNow}
        </button>
        <button type="button" class="btn" onClick={props.onClose}>
          {w.cancel}
        </button>
      </p>
    </form>
  );
}
