/** Who is logged in, what she may do, and in which shop she works. */
import { computed, signal } from '@preact/signals';
import { ApiError, call, isLoggedOut } from './api.js';
import { isString, remembered } from './remembered.js';
import type { Me } from './wire.js';

export type Permission = Me['permissions'][number];

/** Undefined: nobody, as far as is known. */
export const me = signal<Me | undefined>(undefined);

const chosenShop = remembered('shop', '', isString);

/** The shop that the pages are about: the chosen one, or the first. */
export const shop = computed(() => {
  const served = me.value?.servedShops ?? [];
  return served.find(({ id }) => id === chosenShop.value) ?? served[0];
});

export function chooseShop(id: string): void {
  chosenShop.value = id;
}

/** Whether the role may do this; owners (`admin`) may do everything. */
export function may(permission: Permission): boolean {
  const permissions = me.value?.permissions ?? [];
  return permissions.includes(permission) || permissions.includes('admin');
}

/** False: nobody is logged in. @throws ApiError where that cannot be found out */
export async function loadMe(): Promise<boolean> {
  try {
    me.value = (await call<Me>('GET', '/v1/me')).data;
    isLoggedOut.value = false;
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    me.value = undefined;
    return false;
  }
}

/** @throws ApiError */
export async function logIn(login: string, password: string): Promise<void> {
  me.value = (await call<Me>('POST', '/v1/login', { body: { login, password } })).data;
  isLoggedOut.value = false;
}

/** @throws ApiError */
export async function logOut(): Promise<void> {
  await call('POST', '/v1/logout');
  me.value = undefined;
  isLoggedOut.value = true;
}
