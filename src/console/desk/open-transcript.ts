/** The conversation that stands open, read whole: earlier lines, what was understood in them, and why. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import type { Answer, Transcript } from '../shared/wire.js';
import type { Desk } from './desk-state.js';
import { type ShownLine, transcriptLines, unansweredFrom } from './transcript-lines.js';

export interface OpenTranscript {
  readonly lines: ReadonlySignal<readonly ShownLine[]>;
  /** Place of the first line in the bracket of those without an answer. */
  readonly unansweredFrom: ReadonlySignal<number>;
  readonly answers: ReadonlySignal<readonly Answer[]>;
  readonly hasEarlier: ReadonlySignal<boolean>;
  readonly isLoading: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<ApiError | undefined>;
  loadEarlier(): void;
  reload(): void;
  close(): void;
}

const firstLines = 40;
const mostLines = 1000;

export function openTranscript(desk: Desk): OpenTranscript {
  const read = signal<Transcript | undefined>(undefined);
  const limit = signal(firstLines);
  const isLoading = signal(false);
  const failed = signal<ApiError | undefined>(undefined);
  const again = signal(0);
  let abort: AbortController | undefined;
  let loadedFor = '';

  const stop = effect(() => {
    const id = desk.selectedId.value;
    const told = desk.selected.value;
    // New lines bring new Answers; deliveries alone are told with the conversation.
    const wanted = `${id} ${told?.lines.at(-1)?.id} ${told?.intents.join()} ${told?.drafts[0]?.answerId} ${limit.value} ${again.value}`;
    if (read.peek()?.id !== id) {
      read.value = undefined;
      if (!loadedFor.startsWith(`${id} `) && limit.peek() !== firstLines) limit.value = firstLines;
    }
    if (wanted === loadedFor) return;
    loadedFor = wanted;
    abort?.abort();
    if (id === undefined) return;
    // A line that is down is read when it stands again.
    if (desk.live.state.peek() !== 'open' && read.peek() !== undefined) return;
    const mine = new AbortController();
    abort = mine;
    isLoading.value = true;
    call<Transcript>('GET', `${at`/v1/shops/${desk.shop}/conversations/${id}`}?limit=${limit.value}`, {
      signal: mine.signal,
    }).then(
      ({ data }) => {
        if (abort !== mine) return;
        read.value = data;
        failed.value = undefined;
        isLoading.value = false;
      },
      (error: unknown) => {
        if (abort !== mine) return;
        isLoading.value = false;
        if (!(error instanceof ApiError)) throw error;
        failed.value = error;
      },
    );
  });
  const stopWaiting = effect(() => {
    if (desk.live.state.value === 'open' && failed.peek()?.code === 'offline') again.value = again.peek() + 1;
  });

  const lines = computed(() => {
    const id = desk.selectedId.value;
    return transcriptLines(read.value?.id === id ? read.value : undefined, desk.selected.value?.lines ?? []);
  });
  return {
    lines,
    unansweredFrom: computed(() => unansweredFrom(lines.value, desk.selected.value?.clocks)),
    answers: computed(() => (read.value?.id === desk.selectedId.value ? (read.value?.answers ?? []) : [])),
    hasEarlier: computed(() => {
      const whole = read.value;
      if (whole === undefined || whole.id !== desk.selectedId.value) return desk.selected.value?.hasEarlier ?? false;
      return whole.messages.length >= limit.value && limit.value < mostLines;
    }),
    isLoading,
    failed,
    loadEarlier() {
      limit.value = Math.min(mostLines, limit.peek() * 3);
    },
    reload() {
      again.value = again.peek() + 1;
    },
    close() {
      stop();
      stopWaiting();
      abort?.abort();
    },
  };
}
