import { describe, expect, it } from 'vitest';
import { abilitiesOf } from '../../../src/console/people/role-abilities.js';
import { roles } from '../../../src/storage/people.js';
import { openServer } from '../../server/opened.js';

/** A call that stands for what is told; who may not gets 403. */
const calls = {
  ownPhrases: ['POST', 'phrases', { code: 'mine', text: '在的' }],
  shopPhrases: ['POST', 'phrases', { code: 'ours', text: '在的', scope: 'shop' }],
  stock: ['PATCH', 'stock', { items: [] }],
  speak: ['GET', 'agents', undefined],
  tryOut: ['POST', 'ask', { messages: ['在吗'] }],
  setAway: ['PUT', 'away', { away: false }],
  setShop: ['PUT', 'bot', { mode: 'auto' }],
  people: ['GET', 'tokens', undefined],
} as const;

describe('what roles are said to do', () => {
  it('is what the server lets them do', async () => {
    const server = await openServer();
    for (const role of roles) {
      const { cookie } = await server.loggedIn(role, ['demo']);
      for (const [ability, [method, path, payload]] of Object.entries(calls)) {
        const { statusCode } = await server.app.inject({
          method,
          url: `/v1/shops/demo/${path}`,
          headers: { cookie: `${cookie.name}=${cookie.value}` },
          ...(payload !== undefined && { payload }),
        });
        const isTold = abilitiesOf(role).includes(ability as keyof typeof calls);
        expect(statusCode === 403, `${role} ${ability} ${statusCode}`).toBe(!isTold);
      }
    }
  });

  it('is told of leads and owners beside what they share with those below', () => {
    expect(abilitiesOf('agent')).toEqual(['speak', 'takeOver', 'ownPhrases', 'sendCostly', 'setAway', 'tryOut']);
    expect(abilitiesOf('lead', 'agent')).toEqual(['moveOthers', 'letOutBlocked', 'shopPhrases', 'stock', 'seeSettings']);
    expect(abilitiesOf('owner', 'lead')).toEqual(['setShop', 'people']);
  });
});
