/**
 * A hunt for stories that look too early: with SLOW_PAGES=<milliseconds> whatever a page hears, asks for, draws or puts off comes
 * that much later, so that a value taken at once, where a person would wait for it, is the old one. Stories must pass with 300.
 */
import type { BrowserContext } from 'playwright-core';

export const lateByMs = Number(process.env.SLOW_PAGES ?? 0);

export async function slowDown(context: BrowserContext): Promise<void> {
  if (lateByMs === 0) return;
  await context.addInitScript((ms) => {
    const { setTimeout: soon, requestAnimationFrame: frame, cancelAnimationFrame: noFrame, fetch: ask } = globalThis;
    const later = () => new Promise((resume) => soon(resume, ms));
    globalThis.fetch = async (...asked) => {
      await later();
      const answer = await ask(...asked);
      await later();
      return answer;
    };
    // What is drawn, and with it the effects of what is drawn, is half as late: one thing after another adds up.
    globalThis.setTimeout = ((todo: TimerHandler, wait = 0, ...more: unknown[]) =>
      soon(todo, Number(wait) + ms / 2, ...more)) as typeof setTimeout;
    const put = new Map<number, number>();
    let count = 0;
    globalThis.requestAnimationFrame = (draw) => {
      const id = ++count;
      const timer = soon(() => put.set(id, frame(draw)), ms / 2);
      put.set(id, -Number(timer));
      return id;
    };
    globalThis.cancelAnimationFrame = (id) => {
      const of = put.get(id) ?? 0;
      if (of < 0) clearTimeout(-of);
      else noFrame(of);
      put.delete(id);
    };
    // In the order in which it came.
    const heard = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')!;
    Object.defineProperty(WebSocket.prototype, 'onmessage', {
      ...heard,
      set(this: WebSocket, hear: ((event: MessageEvent) => void) | null) {
        heard.set!.call(this, hear === null ? null : (event: MessageEvent) => soon(() => hear.call(this, event), ms));
      },
    });
  }, lateByMs);
}
