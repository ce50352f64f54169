/** Users: who may log in, as what, in which shops. The first owner is made at the first start. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../conversation.js';
import { CodedError } from '../errors.js';
import type { PeopleStorage, Role, User, UserChange } from '../storage/people.js';
import { everyShop } from '../storage/storage.js';
import { hashPassword, newPassword } from './passwords.js';
import type { Sessions } from './sessions.js';

export interface NewUser {
  readonly login: string;
  readonly name?: string | undefined;
  readonly role: Role;
  readonly shops: readonly string[];
  /** Undefined: one is made, to be told once. */
  readonly password?: string | undefined;
}

export interface People {
  list(): Promise<readonly User[]>;
  user(id: string): Promise<User | undefined>;
  userByLogin(login: string): Promise<User | undefined>;
  /** `taken`: the login exists. */
  add(user: NewUser): Promise<{ readonly user: User; readonly password: string } | 'taken'>;
  change(id: string, change: UserChange): Promise<User | 'last_owner' | undefined>;
  /** Ends the user's other sessions. Undefined: there is no such user. */
  setPassword(id: string, password?: string, keepSession?: string): Promise<string | undefined>;
  /** Makes the owner where there is nobody yet: login and password, to be told once. */
  first(): Promise<{ readonly login: string; readonly password: string } | undefined>;
}

export const firstLogin = 'owner';
/** What a login may look like: an e-mail address, a number of the staff, 小周. */
export const loginPattern = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,63}$/u;

export function openPeople(storage: PeopleStorage, sessions: Pick<Sessions, 'forget'>, now: () => Instant): People {
  async function add({ login, name, role, shops, password = newPassword() }: NewUser) {
    const user: User = {
      id: randomUUID(),
      login: login.trim().toLowerCase(),
      name: name?.trim() || login.trim(),
      role,
      shops: shops.includes(everyShop) ? [everyShop] : [...new Set(shops)].sort(),
      createdAt: now(),
    };
    try {
      await storage.addUser(user, await hashPassword(password));
    } catch (error) {
      if (error instanceof CodedError && error.code === 'storage_conflict') return 'taken';
      throw error;
    }
    return { user, password };
  }

  return {
    list: () => storage.users(),
    user: (id) => storage.user(id),
    userByLogin: async (login) => (await storage.userByLogin(login.trim().toLowerCase()))?.user,
    add,
    async change(id, change) {
      const after = await storage.changeUser(id, change);
      sessions.forget(id);
      return after;
    },
    async setPassword(id, password = newPassword(), keepSession) {
      const isSet = await storage.setPassword(id, await hashPassword(password), keepSession);
      sessions.forget(id);
      return isSet ? password : undefined;
    },
    async first() {
      if ((await storage.users()).length > 0) return undefined;
      const made = await add({ login: firstLogin, name: '店主', role: 'owner', shops: [everyShop] });
      return made === 'taken' ? undefined : { login: firstLogin, password: made.password };
    },
  };
}
