import { describe, expect, it } from 'vitest';
import { openBotSwitches } from '../../src/flow/bot-switches.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import { type BotSwitch, everyShop } from '../../src/storage/storage.js';

const at = Date.parse('2026-11-21T23:30:00+08:00');
const turned = (mode: BotSwitch['mode'], later = 0): BotSwitch => ({ mode, at: at + later, by: '店长' });

describe('the kill switch', () => {
  it('lets nothing out that was made until it was thrown, and everything made after it is back', async () => {
    const bots = openBotSwitches(openSqlite({ path: ':memory:' }));
    expect(bots.maySend('tea', at - 5, 'auto')).toBe(true);
    await bots.turn('tea', turned('off'));
    expect([bots.lowered('tea'), bots.maySend('tea', at + 5, 'auto')]).toEqual(['off', false]);
    await bots.turn('tea', turned('auto', 10));
    expect(bots.lowered('tea')).toBeUndefined();
    expect([at - 5, at, at + 11].map((made) => bots.maySend('tea', made, 'auto'))).toEqual([false, false, true]);
    expect(bots.maySend('tea', at + 11, 'shadow')).toBe(false);
    expect(bots.maySend('shoes', at - 5, 'auto')).toBe(true);
  });

  it('of all shops and of one: the more cautious holds, the later throw counts', async () => {
    const bots = openBotSwitches(openSqlite({ path: ':memory:' }));
    await bots.turn(everyShop, turned('off'));
    await bots.turn('tea', turned('shadow', 10));
    expect([bots.lowered('tea'), bots.lowered('shoes')]).toEqual(['off', 'off']);
    await bots.turn(everyShop, turned('auto', 20));
    expect([bots.lowered('tea'), bots.lowered('shoes')]).toEqual(['shadow', undefined]);
    expect([bots.haltedAt('tea'), bots.haltedAt('shoes')]).toEqual([at + 10, at]);
  });

  it('stops the bot although the database cannot write, and does not start it then', async () => {
    const storage = openSqlite({ path: ':memory:' });
    const bots = openBotSwitches(storage);
    await bots.load(['tea']);
    await storage.close();
    await expect(bots.turn('tea', turned('off'))).rejects.toMatchObject({ code: 'storage_closed' });
    expect(bots.lowered('tea')).toBe('off');
    await expect(bots.turn('tea', turned('auto', 10))).rejects.toMatchObject({ code: 'storage_closed' });
    expect(bots.lowered('tea')).toBe('off');
  });

  it('is read again by the next process', async () => {
    const storage = openSqlite({ path: ':memory:' });
    await openBotSwitches(storage).turn('tea', turned('shadow'));
    await openBotSwitches(storage).turn(everyShop, turned('off', 5));
    const next = openBotSwitches(storage);
    await next.load(['tea', 'shoes']);
    expect([next.lowered('tea'), next.lowered('shoes'), next.haltedAt('tea')]).toEqual(['off', 'off', at + 5]);
  });
});
