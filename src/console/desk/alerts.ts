/** What tells of a waiting buyer when nobody looks: a sound, the tab's title, the badge of the window. */
import { effect } from '@preact/signals';
import { announce, toast } from '../shared/announcer.js';
import { now } from '../shared/clock.js';
import { hasSound } from '../shared/sound.js';
import { titlePrefix } from '../shared/title.js';
import { words } from '../shared/words.js';
import { clockState } from './clock-state.js';
import type { Composer } from './composer-state.js';
import type { Desk } from './desk-state.js';
import { buyerName } from './names.js';
import { failedLine, waitsForMe } from './queue-order.js';

let audio: AudioContext | undefined;

/** Two soft tones; browsers let a page sound only after somebody has touched it. */
export function ring(): void {
  audio ??= new AudioContext();
  const context = audio;
  void context.resume();
  for (const [at, pitch] of [
    [0, 660],
    [0.16, 880],
  ] as const) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = pitch;
    const begin = context.currentTime + at;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.12, begin + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + 0.3);
    tone.connect(gain).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.32);
  }
}

/** @returns stops it */
export function startAlerts(desk: Desk, { outbox }: Pick<Composer, 'outbox'>): () => void {
  /** Since when each buyer waits, of whom it was told; who is near the rule. */
  const told = new Map<string, string>();
  const urgent = new Set<string>();
  /** Those that I held when it was last told. */
  let mine: ReadonlySet<string> = new Set();
  /** Replies of which it was told that they did not reach the buyer. */
  const failed = new Set<string>();
  const unsent = new Set<string>();
  let isFirst = true;
  const stop = effect(() => {
    const targets = desk.welcome.value?.targets;
    const me = desk.welcome.value?.me.id ?? '';
    if (targets === undefined || !desk.isReady.value) return;
    const waiting = [...desk.conversations.value.values()].filter((one) => waitsForMe(one, me));
    titlePrefix.value = waiting.length > 0 ? `(${waiting.length}) ` : '';
    void setBadge(waiting.length);
    const w = words.peek().atDesk;
    let fresh = 0;
    const present = new Set(waiting.map(({ id }) => id));
    for (const id of told.keys()) if (!present.has(id)) told.delete(id);
    for (const id of urgent) if (!present.has(id)) urgent.delete(id);
    for (const conversation of waiting) {
      const { id, clocks, buyer } = conversation;
      const name = buyer.nickname ?? buyer.name ?? buyer.id;
      const since = clocks?.since ?? '';
      if (clocks !== undefined && told.get(id) !== since) {
        told.set(id, since);
        if (!isFirst && (document.hidden || desk.selectedId.peek() !== id)) {
          fresh += 1;
          announce(w.newBuyer(name));
        }
      }
      const { ruleLeft } = clockState(conversation, targets, now.value);
      if (ruleLeft !== undefined && ruleLeft >= 0 && !urgent.has(id)) {
        urgent.add(id);
        announce(w.ruleNear(name, ruleLeft));
        fresh += isFirst ? 0 : 1;
      }
    }
    const held = [...desk.conversations.value.values()].filter(({ holder }) => holder?.id === me);
    for (const { id, buyer, note } of held) {
      // What I take stands open on my screen; what comes otherwise a colleague has given me.
      if (isFirst || mine.has(id) || desk.selectedId.peek() === id) continue;
      const name = buyer.nickname ?? buyer.name ?? buyer.id;
      const said = note === undefined || note.by.id === me ? w.handed(name) : w.handedBy(note.by.name, name, note.text);
      tell(said, id);
      fresh += 1;
    }
    for (const conversation of waiting) {
      const line = failedLine(conversation);
      if (line === undefined || failed.has(line.id)) continue;
      failed.add(line.id);
      const said = w.failed(buyerName(conversation), line.delivery?.because ?? '');
      // What stands open says it itself.
      if (desk.selectedId.peek() === conversation.id) announce(said);
      else tell(said, conversation.id, 'error');
      fresh += isFirst ? 0 : 1;
    }
    mine = new Set(held.map(({ id }) => id));
    isFirst = false;
    if (fresh > 0 && hasSound.peek()) ring();
  });
  // What waited out a long cut, or a reload, asks whether it still goes: also where its buyer does not stand open.
  const stopUnsent = effect(() => {
    if (!desk.isReady.value) return;
    for (const { id, conversation, state } of outbox.waiting.value) {
      if (state !== 'kept' || unsent.has(id)) continue;
      unsent.add(id);
      const its = desk.conversations.peek().get(conversation);
      const said = words.peek().atDesk.notYet(its === undefined ? conversation : buyerName(its));
      if (desk.selectedId.peek() === conversation) announce(said);
      else tell(said, conversation, 'error');
    }
  });

  function tell(said: string, conversation: string, kind: 'note' | 'error' = 'note'): void {
    const open = () => {
      close();
      desk.select(conversation);
    };
    const close = toast(said, { kind, ms: 15_000, action: { label: words.peek().atDesk.openIt, run: open } });
  }
  return () => {
    stop();
    stopUnsent();
    titlePrefix.value = '';
    void setBadge(0);
  };
}

async function setBadge(count: number): Promise<void> {
  const { setAppBadge, clearAppBadge } = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  try {
    if (count > 0) await setAppBadge?.call(navigator, count);
    else await clearAppBadge?.call(navigator);
  } catch {
    // Not allowed in frames and in windows that are not installed: the title has it.
  }
}
