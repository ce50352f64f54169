/** What people do here, and who may: by the very data by which the server lets them. Pure. */
import { isLead, permissionsOf } from '../../access/roles.js';
import { pages } from '../pages.js';
import type { Permission } from '../shared/session.js';
import type { Role } from '../shared/wire.js';
import type { Words } from '../shared/words.js';

/** `lead`: whoever stands above agents. */
type Needs = Permission | 'lead';

/** What the page itself asks for. */
function seeing(path: keyof typeof pages): Needs {
  const { needs } = pages[path];
  if (needs === undefined) throw new Error(`everybody sees ${path}`);
  return needs;
}

/** In the order in which they are told; their words stand under the same names. */
const abilities: Readonly<Record<keyof Words['people']['abilities'], Needs>> = {
  speak: 'desk',
  takeOver: 'desk',
  ownPhrases: 'desk',
  sendCostly: 'desk',
  setAway: 'away',
  tryOut: seeing('/try'),
  moveOthers: 'lead',
  letOutBlocked: 'lead',
  shopPhrases: 'phrases',
  stock: 'stock',
  seeSettings: seeing('/settings/*'),
  setShop: 'admin',
  people: seeing('/people'),
};

export type Ability = keyof typeof abilities;

export function mayDo(role: Role, ability: Ability): boolean {
  const needs = abilities[ability];
  return needs === 'lead' ? isLead(role) : permissionsOf(role).includes(needs);
}

/** What a role may do; of one that stands on another, only what is more. */
export function abilitiesOf(role: Role, below?: Role): readonly Ability[] {
  return (Object.keys(abilities) as Ability[]).filter((one) => mayDo(role, one) && (below === undefined || !mayDo(below, one)));
}
