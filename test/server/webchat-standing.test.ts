/** What stands over the web chat: by who is there, not by the hours alone. */
import { describe, expect, it } from 'vitest';
import type { BotMode } from '../../src/policy/bot-mode.js';
import type { Present } from '../../src/server/desk-hub.js';
import { openChatStanding } from '../../src/server/webchat-standing.js';

function opened(its: { onDuty: boolean; mode?: BotMode; lowered?: BotMode }) {
  const clock = { now: 0 };
  let agents: Partial<Present>[] = [];
  let tell: (shop: string) => void = () => undefined;
  const flow = {
    preview: (shop: string) => (shop === 'demo' ? { duty: { onDuty: its.onDuty }, openingWords: '明早9点' } : undefined),
    shop: (shop: string) => (shop === 'demo' ? { parameters: { bot: { mode: its.mode ?? 'auto' } } } : undefined),
    switches: () => ({ away: undefined, lowered: its.lowered }),
  };
  const hub = {
    present: () => agents,
    onPresence(listener: typeof tell) {
      tell = listener;
      return () => true;
    },
  };
  const standing = openChatStanding({ flow, now: () => clock.now } as never, hub as never);
  return {
    clock,
    standing,
    its,
    answers: () => standing.of('demo')?.answers,
    here(...now: Partial<Present>[]) {
      agents = now;
      tell('demo');
    },
  };
}

describe('what stands over the web chat', () => {
  it('on duty is that somebody is there where somebody sits at the desk, and a page loaded anew is no leaving', () => {
    const { answers, here, clock } = opened({ onDuty: true });
    expect(answers()).toBe('later');
    here({ online: true, away: true });
    expect(answers()).toBe('later');
    here({ online: true, away: false });
    expect(answers()).toBe('agent');
    here({ online: false, away: false });
    clock.now += 14_000;
    expect(answers()).toBe('agent');
    clock.now += 2_000;
    expect(answers()).toBe('later');
  });

  it.each([
    ['the bot answers', {}, 'bot'],
    ['the file of the shop stops it', { mode: 'off' as const }, 'nobody'],
    ['the kill switch stops it', { lowered: 'shadow' as const }, 'nobody'],
  ])('off duty: %s, also where somebody sits there still', (_, more, expected) => {
    const { standing, here } = opened({ onDuty: false, ...more });
    here({ online: true, away: false });
    expect(standing.of('demo')).toEqual({ answers: expected, onDuty: false, opening: '明早9点' });
    expect(standing.of('nowhere')).toBeUndefined();
  });

  it('is told at once when the first one sits down, and not of every move at the desk', () => {
    const { standing, here } = opened({ onDuty: true });
    let told = 0;
    const stop = standing.listen('demo', () => (told += 1));
    for (let move = 0; move < 3; move++) here({ online: true, away: false, open: [`c${move}`] });
    expect(told).toBe(1);
    here();
    here({ online: true, away: false });
    expect(told).toBe(2);
    stop();
    here();
    here({ online: true, away: false });
    expect(told).toBe(2);
  });
});
