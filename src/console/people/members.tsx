/** The people: added with a password told once, changed, shut out and let in again. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { momentWords } from '../shared/dates.js';
import { Icon } from '../shared/icon.js';
import { usePolled } from '../shared/polled.js';
import { SecretOnce } from '../shared/secret-once.js';
import { me } from '../shared/session.js';
import { SureButton } from '../shared/sure-button.js';
import type { User } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';
import { MemberForm } from './member-form.js';
import { RoleWords } from './role-words.js';

export function Members() {
  const w = words.value.people;
  const users = useSignal<readonly User[] | undefined>(undefined);
  const isAdding = useSignal(false);
  const edited = useSignal<string | undefined>(undefined);
  const secret = useSignal<{ readonly user: User; readonly password: string; readonly isNew: boolean } | undefined>(undefined);
  const busy = useSignal<string | undefined>(undefined);
  const { isOffline, failure, refresh } = usePolled(async () => {
    users.value = (await call<{ users: readonly User[] }>('GET', '/v1/users')).data.users;
  }, 'users');

  async function act(user: User, work: () => Promise<void>): Promise<void> {
    if (busy.peek() !== undefined) return;
    busy.value = user.id;
    try {
      await work();
      await refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.code === 'conflict' ? w.lastOwner : w.failed(error.message), { kind: 'error' });
    } finally {
      busy.value = undefined;
    }
  }
  const setDisabled = (user: User, disabled: boolean) =>
    act(user, async () => {
      await call('PATCH', at`/v1/users/${user.id}`, { body: { disabled } });
      toast(disabled ? w.disabledNow(user.name) : w.enabledNow(user.name));
    });
  const resetPassword = (user: User) =>
    act(user, async () => {
      const { data } = await call<{ password: string }>('PUT', at`/v1/users/${user.id}/password`, { body: {} });
      secret.value = { user, password: data.password, isNew: false };
    });

  const told = secret.value;
  return (
    <>
      <OfflineStrip isOffline={isOffline.value} tryNow={() => void refresh()} />
      {told !== undefined && (
        <SecretOnce
          key={told.password}
          title={told.isNew ? w.added(told.user.name) : w.newPassword(told.user.name)}
          lines={[
            { label: w.login, value: told.user.login },
            { label: w.password, value: told.password },
          ]}
          onKept={() => {
            secret.value = undefined;
          }}
        />
      )}
      <div class="pe-grid">
        <section class="card" aria-label={w.tabs.members}>
          <div class="card-head">
            <h2>{users.value === undefined ? w.tabs.members : w.count(users.value.length)}</h2>
            <button
              type="button"
              class="btn btn-main btn-sm end"
              aria-expanded={isAdding.value}
              onClick={() => {
                isAdding.value = !isAdding.peek();
              }}
            >
              <Icon name="plus" />
              {w.add}
            </button>
          </div>
          {isAdding.value && (
            <MemberForm
              user={undefined}
              onClose={() => {
                isAdding.value = false;
              }}
              onSaved={(user, password) => {
                isAdding.value = false;
                if (password !== undefined) secret.value = { user, password, isNew: true };
                void refresh();
              }}
            />
          )}
          {users.value === undefined ? (
            <p class="pe-empty muted" role="status">
              {failure.value === undefined ? w.loading : w.failed(failure.value.message)}
            </p>
          ) : (
            <ul class="pe-list">
              {users.value.map((user) => (
                <li key={user.id} class={user.disabledAt === undefined ? '' : 'is-off'}>
                  <div class="pe-row">
                    <span class="pe-who">
                      <b lang="zh-CN">{user.name}</b>
                      {user.id === me.value?.id && <span class="chip chip-accent">{w.you}</span>}
                      {user.disabledAt !== undefined && <span class="chip chip-warn">{w.isDisabled}</span>}
                      <span class="xs muted pe-login">{user.login}</span>
                    </span>
                    <span>{words.value.shell.roles[user.role]}</span>
                    <span class="soft sm" lang="zh-CN">
                      {shopsWords(user.shops, w.allShops)}
                    </span>
                    <span class="muted xs">
                      {user.lastLoginAt === undefined ? w.neverIn : w.lastIn(momentWords(user.lastLoginAt))}
                    </span>
                    <span class="pe-acts">
                      <button
                        type="button"
                        class="btn btn-sm"
                        aria-label={w.editOf(user.name)}
                        aria-expanded={edited.value === user.id}
                        onClick={() => {
                          edited.value = edited.peek() === user.id ? undefined : user.id;
                        }}
                      >
                        {w.edit}
                      </button>
                      {user.id !== me.value?.id && (
                        <SureButton
                          of={user.name}
                          question={w.sureReset}
                          disabled={busy.value !== undefined}
                          onSure={() => void resetPassword(user)}
                        >
                          {w.reset}
                        </SureButton>
                      )}
                      {user.disabledAt !== undefined ? (
                        <button
                          type="button"
                          class="btn btn-sm"
                          aria-label={w.enableOf(user.name)}
                          disabled={busy.value !== undefined}
                          onClick={() => void setDisabled(user, false)}
                        >
                          {w.enable}
                        </button>
                      ) : (
                        user.id !== me.value?.id && (
                          <SureButton
                            of={user.name}
                            question={w.sureDisable}
                            disabled={busy.value !== undefined}
                            onSure={() => void setDisabled(user, true)}
                          >
                            {w.disable}
                          </SureButton>
                        )
                      )}
                    </span>
                  </div>
                  {edited.value === user.id && (
                    <MemberForm
                      user={user}
                      onClose={() => {
                        edited.value = undefined;
                      }}
                      onSaved={(saved) => {
                        edited.value = undefined;
                        toast(w.saved(saved.name));
                        void refresh();
                      }}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
        <RoleWords />
      </div>
    </>
  );
}

function shopsWords(shops: readonly string[], all: string): string {
  const served = new Map((me.value?.servedShops ?? []).map(({ id, name }) => [id, name]));
  return shops.includes('*') ? all : shops.map((id) => served.get(id) ?? id).join('、');
}
