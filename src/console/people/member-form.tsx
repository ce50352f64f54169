/** One person: login, name, role, shops. A new one gets a password that the service makes. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, at, call, type Fault, faultOf } from '../shared/api.js';
import { Field } from '../shared/field.js';
import { useLeaveWarning } from '../shared/leaving.js';
import { me } from '../shared/session.js';
import type { Role, User } from '../shared/wire.js';
import { words } from '../shared/words.js';

const roles = ['agent', 'lead', 'owner'] as const satisfies readonly Role[];

export interface MemberFormProps {
  /** Undefined: a new one. */
  readonly user: User | undefined;
  readonly onClose: () => void;
  /** @param password of a new one, told this once */
  readonly onSaved: (user: User, password?: string) => void;
}

export function MemberForm({ user, onClose, onSaved }: MemberFormProps) {
  const w = words.value.people;
  const served = me.value?.servedShops ?? [];
  const mayAll = me.value?.shops.includes('*') === true;
  const login = useSignal(user?.login ?? '');
  const name = useSignal(user?.name ?? '');
  const role = useSignal<Role>(user?.role ?? 'agent');
  const shops = useSignal<readonly string[]>(user?.shops ?? (served.length === 1 ? [served[0]!.id] : []));
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const isAll = shops.value.includes('*');
  const isWritten =
    user === undefined
      ? login.value !== '' || name.value !== ''
      : name.value !== user.name || role.value !== user.role || shops.value.join() !== user.shops.join();
  useLeaveWarning(isWritten);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = undefined;
    const shared = { ...(name.value.trim() !== '' && { name: name.value }), role: role.value, shops: shops.value };
    try {
      if (user === undefined) {
        const { data } = await call<User & { password: string }>('POST', '/v1/users', {
          body: { login: login.value, ...shared },
        });
        const { password, ...made } = data;
        onSaved(made, password);
      } else onSaved((await call<User>('PATCH', at`/v1/users/${user.id}`, { body: shared })).data);
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      error.value = refused;
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    } finally {
      isBusy.value = false;
    }
  }

  const taken: Fault | undefined =
    error.value?.code === 'conflict' && user === undefined ? { field: 'login', problem: w.loginTaken, mend: '' } : undefined;
  const isWrong = (field: string) => faultOf(error.value, field) !== undefined;
  const fault = (field: string, problem: string): Fault | undefined =>
    isWrong(field) ? { field, problem, mend: '' } : undefined;
  const shopFault = fault('shops', w.shopsWrong);
  const unplaced = error.value !== undefined && taken === undefined && error.value.faults.length === 0 ? error.value : undefined;
  return (
    <form class="pe-form" ref={form} aria-label={user === undefined ? w.add : w.editOf(user.name)} noValidate onSubmit={submit}>
      <div class="pe-line">
        <Field
          label={w.login}
          hint={user === undefined ? w.loginHint : w.loginFixed}
          fault={taken ?? fault('login', w.loginWrong)}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              disabled={user !== undefined}
              value={login.value}
              onInput={(event) => {
                login.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={w.name} hint={w.nameHint} fault={fault('name', w.nameWrong)}>
          {(control) => (
            <input
              {...control}
              class="input"
              autocomplete="off"
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      </div>
      <fieldset class="pe-roles">
        <legend>{w.role}</legend>
        {roles.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="role"
              checked={role.value === one}
              onChange={() => {
                role.value = one;
              }}
            />
            <span>
              <b>{words.value.shell.roles[one]}</b>
              <span class="xs soft">{w.roleShort[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="pe-shops" aria-describedby={shopFault === undefined ? undefined : 'pe-shops-fault'}>
        <legend>{w.shops}</legend>
        {mayAll && (
          <label>
            <input
              type="checkbox"
              class="tick"
              checked={isAll}
              onChange={(event) => {
                shops.value = event.currentTarget.checked ? ['*'] : served.length === 1 ? [served[0]!.id] : [];
              }}
            />
            {w.allShopsLater}
          </label>
        )}
        {served.map(({ id, name: title }) => (
          <label key={id}>
            <input
              type="checkbox"
              class="tick"
              checked={isAll || shops.value.includes(id)}
              disabled={isAll}
              onChange={(event) => {
                shops.value = event.currentTarget.checked ? [...shops.peek(), id] : shops.peek().filter((one) => one !== id);
              }}
            />
            {title}
          </label>
        ))}
        {shopFault !== undefined && (
          <p class="field-err" id="pe-shops-fault">
            {shopFault.problem}
          </p>
        )}
      </fieldset>
      {unplaced !== undefined && (
        <p class="note note-err" role="alert">
          {unplaced.code === 'conflict' ? w.lastOwner : unplaced.code === 'offline' ? w.offline : w.failed(unplaced.message)}
        </p>
      )}
      <p class="row wrap">
        <button type="submit" class="btn btn-main" disabled={isBusy.value}>
          {user === undefined ? w.addNow : w.save}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {w.cancel}
        </button>
        {user === undefined && <span class="xs muted">{w.passwordMade}</span>}
      </p>
    </form>
  );
}
