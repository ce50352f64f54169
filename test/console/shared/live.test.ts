/** The line to the desk: resumes by number, waits longer each time, and never sends twice or loses a command silently. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLive } from '../../../src/console/shared/live.js';
import type { DeskFrame } from '../../../src/console/shared/wire.js';

class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly said: any[] = [];
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  tells(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breaks(): void {
    this.readyState = 3;
    this.onclose?.({ code: 1006 });
  }
}

function open() {
  const sockets: FakeSocket[] = [];
  const frames: DeskFrame[] = [];
  const live = openLive({
    shop: 'demo',
    onFrame: (frame) => frames.push(frame),
    random: () => 1,
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  const welcome = (reset: boolean, seq: number) => ({ type: 'welcome', reset, seq, now: '2026-11-24T13:30:00.000Z' });
  const stands = (reset = true, seq = 5) => {
    const socket = sockets.at(-1)!;
    socket.opens();
    socket.tells(welcome(reset, seq));
    socket.tells({ type: 'ready', seq });
    return socket;
  };
  return { live, sockets, frames, stands, welcome };
}

describe('the live line', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says hello, and after a cut goes on behind the last number', () => {
    const { live, sockets, stands } = open();
    const first = stands();
    expect(first.said).toEqual([{ type: 'hello', shop: 'demo' }]);
    expect(live.state.value).toBe('open');
    live.say({ type: 'open', conversation: 'c1' });
    live.say({ type: 'away', away: true });
    first.tells({ type: 'changed', seq: 9, conversations: [] });
    first.breaks();
    expect(live.state.value).toBe('waiting');
    vi.advanceTimersByTime(500);
    const second = stands(false, 9);
    expect(second.said).toEqual([
      { type: 'hello', shop: 'demo', since: 9 },
      { type: 'open', conversation: 'c1' },
      { type: 'away', away: true },
    ]);
    expect(sockets).toHaveLength(2);
  });

  it('starts anew when it was cut in the midst of a start, whose frames all carry the last number', () => {
    const { sockets, welcome } = open();
    sockets[0]!.opens();
    sockets[0]!.tells(welcome(true, 5));
    sockets[0]!.tells({ type: 'changed', seq: 5, conversations: [] });
    sockets[0]!.breaks();
    vi.advanceTimersByTime(500);
    sockets[1]!.opens();
    expect(sockets[1]!.said).toEqual([{ type: 'hello', shop: 'demo' }]);
  });

  it('waits longer each time, up to a quarter of a minute, and not at all when somebody presses the button', () => {
    const { live, sockets } = open();
    for (const wait of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      sockets.at(-1)!.breaks();
      const count = sockets.length;
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(count);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(count + 1);
    }
    sockets.at(-1)!.breaks();
    live.tryNow();
    expect(live.state.value).toBe('connecting');
  });

  it('sends a message again under its id after a cut, and refuses all else that was cut', async () => {
    const { live, stands } = open();
    const first = stands();
    const sending = live.ask({ type: 'send', id: 'message-1', conversation: 'c1', text: '在的' });
    const taking = live.ask({ type: 'take', id: 'take-1', conversation: 'c1' });
    first.breaks();
    await expect(taking).rejects.toMatchObject({ code: 'offline' });
    await expect(live.ask({ type: 'close', id: 'x', conversation: 'c1' })).rejects.toMatchObject({ code: 'offline' });
    vi.advanceTimersByTime(500);
    const second = stands(false);
    expect(second.said.filter((word) => word.type === 'send')).toEqual([
      { type: 'send', id: 'message-1', conversation: 'c1', text: '在的' },
    ]);
    second.tells({ type: 'result', id: 'message-1', reply: 'ag_message-1' });
    await expect(sending).resolves.toMatchObject({ reply: 'ag_message-1' });
  });

  it('tells a refusal to who asked', async () => {
    const { live, stands, frames } = open();
    const socket = stands();
    const asked = live.ask({ type: 'take', id: 't', conversation: 'c1' });
    socket.tells({ type: 'error', code: 'conflict', detail: 'held', inReplyTo: 't', holder: { id: 'u2', name: '小林' } });
    await expect(asked).rejects.toMatchObject({ code: 'conflict', frame: { holder: { name: '小林' } } });
    expect(frames.some((frame) => frame.type === 'error')).toBe(false);
  });

  it('gives a line up on which nothing is heard', () => {
    const { live, sockets, stands } = open();
    const socket = stands();
    vi.advanceTimersByTime(30_000);
    expect(socket.said.at(-1)).toEqual({ type: 'ping' });
    vi.advanceTimersByTime(20_500);
    expect(live.state.value).not.toBe('open');
    expect(sockets.length).toBeGreaterThan(1);
    live.close();
  });
});
