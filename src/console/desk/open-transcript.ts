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

const newestLines = 40;
const earlierLines = 200;

export function openTranscript(desk: Desk): OpenTranscript {
  const read = signal<Transcript | undefined>(undefined);
  /** Its first line is among those that were read. */
  const isWhole = signal(false);
  const isLoading = signal(false);
  const failed = signal<ApiError | undefined>(undefined);
  const again = signal(0);
  let abort: AbortController | undefined;
  let loadedFor = '';

  const stop = effect(() => {
    const id = desk.selectedId.value;
    const told = desk.selected.value;
    // New lines bring new Answers; deliveries alone are told with the conversation.
    const wanted = `${id} ${told?.lines.at(-1)?.id} ${told?.intents.join()} ${told?.drafts[0]?.answerId} ${again.value}`;
    if (read.peek()?.id !== id) {
      read.value = undefined;
      isWhole.value = false;
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
    page(id, newestLines, mine, (data) => {
      const held = read.peek();
      const isNext = held?.messages.some((one) => one.id === data.messages[0]?.id) === true;
      // While nobody listened more was said than a page holds: what is between is read again from here.
      if (!isNext) isWhole.value = data.messages.length < newestLines;
      read.value = isNext ? joined(held, data) : data;
    });
  });

  function page(id: string, lines: number, mine: AbortController, then: (data: Transcript) => void, before?: number): void {
    const query = `?limit=${lines}${before === undefined ? '' : `&before=${before}`}`;
    call<Transcript>('GET', at`/v1/shops/${desk.shop}/conversations/${id}` + query, { signal: mine.signal }).then(
      ({ data }) => {
        if (abort !== mine) return;
        then(data);
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
  }

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
      return !isWhole.value;
    }),
    isLoading,
    failed,
    loadEarlier() {
      const held = read.peek();
      const first = held?.messages[0];
      if (held === undefined || first === undefined || isLoading.peek()) return;
      abort = new AbortController();
      isLoading.value = true;
      const earlier = (data: Transcript) => {
        isWhole.value = data.messages.length < earlierLines;
        read.value = joined(data, held);
      };
      page(held.id, earlierLines, abort, earlier, first.position);
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

/** Two pages of one conversation, the later one counts where both tell of the same. */
function joined(earlier: Transcript, later: Transcript): Transcript {
  const both = <Part>(one: readonly Part[], other: readonly Part[], key: (part: Part) => string): Part[] => [
    ...new Map([...one, ...other].map((part) => [key(part), part])).values(),
  ];
  const id = (part: { readonly id: string }) => part.id;
  return {
    ...later,
    messages: both(earlier.messages, later.messages, id),
    answers: both(earlier.answers, later.answers, id),
    written: both(earlier.written, later.written, id),
    deliveries: both(earlier.deliveries, later.deliveries, (one) => one.replyId),
  };
}
