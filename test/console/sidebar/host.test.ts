/** What the page around the sidebar says of the conversation that stands open. */
import { describe, expect, it } from 'vitest';
import { conversationTold } from '../../../src/console/sidebar/host.js';

const told = (conversation: unknown, event = 'appContext') =>
  JSON.stringify({
    event,
    data: { conversation, contact: { id: 7 }, currentAgent: { id: 1, name: 'Lin', email: 'l@example.com' } },
  });

describe('a dashboard app', () => {
  it('is told the conversation, whose id stands behind the prefix', () => {
    expect(conversationTold(told({ id: 42, status: 'open' }), 'cw-')).toBe('cw-42');
    expect(conversationTold(told({ id: 'abc' }), '')).toBe('abc');
  });

  it.each([
    ['another event', told({ id: 42 }, 'somethingElse')],
    ['no conversation', told(undefined)],
    ['no id', told({ status: 'open' })],
    ['an id that is a thing', told({ id: { toString: 'x' } })],
    ['an id beyond all bounds', told({ id: 'x'.repeat(200) })],
    ['no JSON', 'hello'],
    ['JSON of nothing', 'null'],
    ['an object, as the page itself may send', { event: 'appContext', data: { conversation: { id: 42 } } }],
  ])('hears nothing in %s', (_, data) => {
    expect(conversationTold(data, '')).toBeUndefined();
  });
});
