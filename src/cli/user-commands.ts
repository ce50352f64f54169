/** `zaima user`: who may log in. Through the running server, so that a change holds at once; else on the file. */
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { passwordFault } from '../access/passwords.js';
import { loginPattern, openPeople, type People } from '../access/people.js';
import { openSessions } from '../access/sessions.js';
import { userChanges, userDetails } from '../access/user-changes.js';
import type { Config } from '../config.js';
import { type AuditAction, type AuditEntry, type Role, roles, type User } from '../storage/people.js';
import { everyShop, type Storage } from '../storage/storage.js';
import { commandLine } from './account.js';
import { call, withStorage } from './admin-commands.js';
import { columnLines } from './columns.js';
import { CommandError } from './command-error.js';
import { checkedConfig, mustHaveFile } from './given.js';
import { runningServer, type ServerAddress } from './server-address.js';

type ShownUser = Pick<User, 'id' | 'login' | 'name' | 'role' | 'shops'> & { readonly disabledAt?: string };

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people who log in');
  const roleOption = () => new Option('--role <role>', 'owner 店主, lead 主管 or agent 客服').choices(roles);
  const passwordOption = () => new Option('--password-stdin', 'read the password from standard input');
  const shopsOption = () => new Option('--shops <ids>', 'shops in which the role holds, separated by commas; * for all');

  user
    .command('add')
    .description('add a user; without --password-stdin a password is made and printed alone on the last line, only this once')
    .argument('<login>')
    .addOption(roleOption().default('agent'))
    .option('--name <name>', 'as others see it (default: the login)')
    .addOption(shopsOption().default('demo'))
    .addOption(passwordOption())
    .action(async (login: string, options: { role: Role; name?: string; shops: string; passwordStdin?: boolean }) => {
      if (!loginPattern.test(login)) throw new CommandError('a login has 2 to 64 letters, digits, or . _ @ + -');
      const { role, name } = options;
      const shops = await shopsOf(options.shops);
      const password = givenPassword(options, login, name);
      const wanted = {
        login,
        role,
        shops,
        ...(name === undefined ? {} : { name }),
        ...(password === undefined ? {} : { password }),
      };
      const told = await onServerOrFile(
        checkedConfig(),
        (server) => call<{ password?: string }>(server, 'POST', '/v1/users', wanted),
        async (people, storage) => {
          const added = await people.add(wanted);
          if (added === 'taken') throw new CommandError(`the login ${login} is taken; \`zaima user list\` shows who has it`);
          await note(storage, 'user_added', added.user, userDetails(added.user));
          return added;
        },
      );
      console.log(password === undefined ? told.password : `${login} was added`);
    });

  user
    .command('list')
    .description('who may log in, oldest first')
    .option('--json', 'as JSON lines')
    .action(async (options: { json?: boolean }) => {
      const users = await usersOf(checkedConfig());
      for (const line of options.json === true ? users.map((one) => JSON.stringify(one)) : userLines(users)) console.log(line);
    });

  user
    .command('change')
    .description('change what somebody is, or shut somebody out; in force when it returns')
    .argument('<login>')
    .addOption(roleOption())
    .option('--name <name>', 'as others see it')
    .addOption(shopsOption())
    .addOption(new Option('--disable', 'may not log in any more; all sessions end').conflicts('enable'))
    .option('--enable', 'may log in again')
    .action(
      async (login: string, options: { role?: Role; name?: string; shops?: string; disable?: boolean; enable?: boolean }) => {
        const { role, name, shops: named, disable, enable } = options;
        const shops = named === undefined ? undefined : await shopsOf(named);
        const change = {
          ...(role === undefined ? {} : { role }),
          ...(name === undefined ? {} : { name }),
          ...(shops === undefined ? {} : { shops }),
          ...(disable === true ? { disabled: true } : enable === true ? { disabled: false } : {}),
        };
        if (Object.keys(change).length === 0)
          throw new CommandError('say what is to be changed: --role, --name, --shops, --disable or --enable');
        const config = checkedConfig();
        const { id } = await userNamed(config, login);
        await onServerOrFile(
          config,
          (server) => call(server, 'PATCH', `/v1/users/${id}`, change),
          async (people, storage) => {
            const { disabled, ...rest } = change;
            const disabledAt = disabled === undefined ? {} : { disabledAt: disabled ? Date.now() : null };
            const before = await people.user(id);
            const after = await people.change(id, { ...rest, ...disabledAt });
            if (after === 'last_owner') throw new CommandError('no owner of all shops would be left who can log in');
            const details = before && after && userChanges(before, after);
            if (details !== undefined) await note(storage, 'user_changed', after!, details);
          },
        );
      },
    );

  user
    .command('password')
    .description('give somebody a new password, printed alone on the last line; all their sessions end')
    .argument('<login>')
    .addOption(passwordOption())
    .action(async (login: string, options: { passwordStdin?: boolean }) => {
      const config = checkedConfig();
      const found = await userNamed(config, login);
      const password = givenPassword(options, found.login, found.name);
      const told = await onServerOrFile(
        config,
        (server) =>
          call<{ password?: string }>(
            server,
            'PUT',
            `/v1/users/${found.id}/password`,
            password === undefined ? {} : { password },
          ),
        async (people, storage) => {
          const set = await people.setPassword(found.id, password);
          await note(storage, 'user_password', found, userDetails(found));
          return { password: set! };
        },
      );
      console.log(password === undefined ? told.password : `the password of ${login} was set`);
    });
}

function userLines(users: readonly ShownUser[]): readonly string[] {
  if (users.length === 0) return [];
  const rows = users.map(({ login, name, role, shops, disabledAt, id }) => [
    login,
    name,
    role,
    shops.join(' '),
    disabledAt === undefined ? '' : `since ${disabledAt}`,
    id,
  ]);
  return columnLines([['login', 'name', 'role', 'shops', 'disabled', 'id'], ...rows]);
}

async function onServerOrFile<T>(
  config: Config,
  onServer: (server: ServerAddress) => Promise<T>,
  onFile: (people: People, storage: Storage) => Promise<T>,
): Promise<T> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return onServer(server);
  return withStorage(config, (storage) => {
    const sessions = openSessions({ storage, now: Date.now, ...config.sessions });
    return onFile(openPeople(storage, sessions, Date.now), storage);
  });
}

async function usersOf(config: Config): Promise<readonly ShownUser[]> {
  return onServerOrFile(
    config,
    async (server) => (await call<{ users: readonly ShownUser[] }>(server, 'GET', '/v1/users')).users,
    async (people) =>
      (await people.list()).map(({ createdAt, disabledAt, ...rest }) => ({
        ...rest,
        createdAt: new Date(createdAt).toISOString(),
        ...(disabledAt === undefined ? {} : { disabledAt: new Date(disabledAt).toISOString() }),
      })),
  );
}

async function userNamed(config: Config, login: string): Promise<ShownUser> {
  const found = (await usersOf(config)).find((one) => one.login === login.trim().toLowerCase());
  if (found === undefined) throw new CommandError(`there is no user ${login}; \`zaima user list\` shows them`);
  return found;
}

async function shopsOf(words: string): Promise<readonly string[]> {
  const shops = words.split(',').map((one) => one.trim());
  for (const shop of shops) if (shop !== everyShop) await mustHaveFile(shop);
  return shops;
}

/** @throws CommandError for one that is too weak */
function givenPassword({ passwordStdin }: { passwordStdin?: boolean }, login: string, name = ''): string | undefined {
  if (passwordStdin !== true) return undefined;
  const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  const fault = passwordFault(password, login, name);
  if (fault !== undefined) throw new CommandError(`the password ${fault.problem}: ${fault.mend}`);
  return password;
}

async function note(
  storage: Storage,
  action: AuditAction,
  { id, shops }: ShownUser | User,
  details: NonNullable<AuditEntry['details']>,
): Promise<void> {
  const shop = shops.length === 1 ? shops[0]! : everyShop;
  await storage.audit({ shop, at: Date.now(), by: commandLine(), action, subject: id, details });
}
