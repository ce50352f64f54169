/**
 * Every route of the OpenAPI document, called by everybody: with nothing, with what belongs to another shop, with each role,
 * with each scope. A route that is added must say here who may enter.
 */
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../src/access/roles.js';
import { documentedRoutes } from '../../src/server/openapi.js';
import type { RouteDescription } from '../../src/server/route-description.js';
import { roles } from '../../src/storage/people.js';
import { openServer } from './opened.js';

type Door =
  /** Any of these permissions in the shop. */
  | readonly Permission[]
  /** No credentials; a webhook's signature; somebody who is logged in; an owner; an owner of all shops; a websocket. */
  | 'everybody'
  | 'signature'
  | 'person'
  | 'owner'
  | 'control'
  | 'socket'
  /** The token of a visitor of the web chat. */
  | 'visitor';

const doors: Readonly<Record<string, Door>> = {
  postMessages: 'signature',
  getReplies: ['connect', 'read'],
  postReceipt: ['connect'],
  connect: 'socket',
  getWebChat: 'everybody',
  postVisitor: 'everybody',
  postVisitorMessages: 'visitor',
  getVisitorMessages: 'visitor',
  getVisitorStream: 'visitor',
  postVisitorReceipts: 'visitor',
  getConversation: ['read', 'connect'],
  getConversations: ['read', 'desk'],
  getAgents: ['desk'],
  postTake: ['desk'],
  postHandOver: ['desk'],
  postClose: ['desk'],
  postReopen: ['desk'],
  postSend: ['desk'],
  postRetry: ['desk'],
  postSeen: ['desk'],
  postFeedback: ['desk'],
  getDraftFeedback: ['read'],
  getBuyer: ['read', 'desk'],
  patchBuyer: ['desk'],
  desk: 'socket',
  getPhrases: ['read', 'connect', 'desk', 'phrases'],
  getPhrase: ['read', 'connect', 'desk', 'phrases'],
  searchPhrases: ['read', 'connect', 'desk', 'phrases'],
  getPhraseVariables: ['read', 'connect', 'desk', 'phrases'],
  previewPhrase: ['read', 'connect', 'desk', 'phrases'],
  usePhrase: ['connect', 'desk', 'phrases'],
  postPhrase: ['phrases', 'desk'],
  patchPhrase: ['phrases', 'desk'],
  deletePhrase: ['phrases', 'desk'],
  bulkPhrases: ['phrases', 'desk'],
  reorderPhrases: ['phrases', 'desk'],
  importPhrases: ['phrases', 'desk'],
  exportPhrases: ['read', 'phrases', 'desk'],
  postCheck: ['connect', 'phrases', 'read'],
  getAway: ['read'],
  putAway: ['away', 'admin'],
  getPreview: ['read'],
  postPreview: ['read'],
  postAsk: ['read'],
  getCalendar: ['read'],
  postCalendar: ['read'],
  getIntents: ['read'],
  getFacts: ['read'],
  postReplyPreview: ['read'],
  postHoldingPreview: ['read'],
  getBot: ['read'],
  putBot: ['admin'],
  getShadow: ['read'],
  getKnowledge: ['read'],
  getSettings: ['read'],
  getSettingsSchema: ['read'],
  postSettingsCheck: ['read'],
  putSettings: ['admin'],
  patchSettings: ['admin'],
  getSettingsRevisions: ['read'],
  getSettingsRevision: ['read'],
  getSettingsDiff: ['read'],
  getSettingsFile: ['read'],
  postSettingsFile: ['admin'],
  postSettingsRollback: ['admin'],
  getStock: ['read', 'stock', 'desk'],
  putStock: ['stock'],
  patchStock: ['stock'],
  getTokens: ['admin'],
  postToken: ['admin'],
  deleteToken: ['admin'],
  logIn: 'everybody',
  logOut: 'person',
  getMe: 'person',
  putMyPassword: 'person',
  getMySessions: 'person',
  deleteMySession: 'person',
  deleteMyOtherSessions: 'person',
  getUsers: 'owner',
  postUser: 'owner',
  patchUser: 'owner',
  putUserPassword: 'owner',
  getAudit: ['admin'],
  getAllBots: 'control',
  putAllBots: 'control',
  getHealth: 'everybody',
  getReady: 'everybody',
  getMetrics: 'everybody',
};

/** As access/roles.ts has it, written down once more: a change there must be meant. */
const roleMay: Readonly<Record<(typeof roles)[number], readonly Permission[]>> = {
  owner: ['connect', 'phrases', 'stock', 'read', 'desk', 'away', 'admin'],
  lead: ['phrases', 'stock', 'read', 'desk', 'away'],
  agent: ['read', 'desk', 'away'],
};
const scopes = ['connect', 'phrases', 'stock', 'read', 'admin'] as const;

type Server = Awaited<ReturnType<typeof openServer>>;
interface Caller {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly isOfShop: boolean;
  readonly role?: (typeof roles)[number];
  readonly scope?: (typeof scopes)[number];
}

const isLet = (door: Door, { isOfShop, role, scope }: Caller): boolean => {
  if (door === 'person') return role !== undefined;
  if (door === 'owner') return role === 'owner';
  if (door === 'control' || typeof door === 'string') return false;
  if (!isOfShop) return false;
  if (role !== undefined) return door.some((one) => roleMay[role].includes(one));
  return scope === 'admin' || (scope !== undefined && door.includes(scope));
};

const walk = (server: Server, route: RouteDescription, headers: Record<string, string>) =>
  server.app.inject({
    method: route.method,
    url: route.url.replace(':shop', 'demo').replace(':revision', '1').replace(/:\w+/g, 'nothing'),
    headers: { ...headers, ...(route.docs.ifMatch !== undefined && { 'if-match': '*' }) },
    // Nothing is done: the body of none of them may be empty, and who may not enter is refused before it is read.
    ...(route.docs.body !== undefined && { payload: { nothing: true } }),
    remoteAddress: '203.0.113.9',
  });

async function everybody(server: Server): Promise<readonly Caller[]> {
  const callers: Caller[] = [];
  for (const [shop, isOfShop] of [
    ['demo', true],
    ['other', false],
  ] as const) {
    for (const role of roles) {
      const { cookie } = await server.loggedIn(role, [shop]);
      callers.push({ name: `${role} of ${shop}`, headers: { cookie: `${cookie.name}=${cookie.value}` }, isOfShop, role });
    }
    for (const scope of scopes) {
      const headers = { authorization: `Bearer ${await server.token(scope, shop)}` };
      callers.push({ name: `token ${scope} of ${shop}`, headers, isOfShop, scope });
    }
  }
  return callers;
}

describe('the doors', () => {
  it('are all known', () => {
    expect(documentedRoutes.map(({ docs }) => docs.id).sort()).toEqual(Object.keys(doors).sort());
  });

  it('let in whom they are for, and nobody else', async () => {
    const server = await openServer();
    const callers = await everybody(server);
    const trespasses: string[] = [];
    const note = (id: string, who: string, status: number, isRight: boolean) => {
      if (!isRight) trespasses.push(`${id}: ${who} gets ${status}`);
    };
    let calls = 0;
    // Logging out last: it ends the session that the others come with.
    const routes = [...documentedRoutes].sort(
      (one, other) => Number(one.docs.id === 'logOut') - Number(other.docs.id === 'logOut'),
    );
    for (const route of routes) {
      const { id } = route.docs;
      const door = doors[id]!;
      const ofNobody = door === 'everybody' ? [200, 422] : door === 'socket' ? [426] : [401];
      for (const [who, headers] of [
        ['nobody', {}],
        ['a wrong token', { authorization: 'Bearer zt_wrong' }],
        ['a wrong session', { cookie: 'zaima=zs_wrong' }],
      ] as const) {
        const { statusCode } = await walk(server, route, headers);
        note(id, who, statusCode, ofNobody.includes(statusCode));
      }
      if (door === 'everybody' || door === 'signature' || door === 'socket') continue;
      if (door === 'visitor') {
        for (const { name, headers } of callers) {
          const { statusCode } = await walk(server, route, headers);
          note(id, name, statusCode, statusCode === 401);
        }
        continue;
      }
      for (const caller of callers) {
        const { statusCode } = await walk(server, route, caller.headers);
        const isIn = ![401, 403, 500].includes(statusCode);
        note(id, caller.name, statusCode, isLet(door, caller) ? isIn : statusCode === 403);
        calls += 1;
      }
    }
    expect(trespasses).toEqual([]);
    expect(calls).toBeGreaterThan(600);
  });
});
