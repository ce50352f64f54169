/** The composer of the conversation that stands open: its text, what the rules find in it, and how it is sent. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { characters, fits } from '../../composing/limits.js';
import { announce, problemWords, toast } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { serverNow } from '../shared/clock.js';
import type { CommandError } from '../shared/live.js';
import type { CheckResult, DeskDraft, DeskLine, Finding } from '../shared/wire.js';
import { words } from '../shared/words.js';
import type { Desk } from './desk-state.js';
import { type Level, levelOf, moved } from './findings.js';
import { openKeptTexts } from './kept-text.js';
import { buyerName } from './names.js';
import { type Outbox, type Outgoing, openOutbox } from './outbox.js';

export interface Composer {
  readonly text: ReadonlySignal<string>;
  readonly findings: ReadonlySignal<readonly Finding[]>;
  readonly level: ReadonlySignal<Level>;
  /** Enter was stopped at this very text. */
  readonly isStopped: ReadonlySignal<boolean>;
  readonly count: ReadonlySignal<number>;
  /** The draft that the text was begun with. */
  readonly draft: ReadonlySignal<string | undefined>;
  /** It was begun with a draft that the buyer's next words, in the same burst, have changed. */
  readonly isOvertaken: ReadonlySignal<boolean>;
  readonly outbox: Outbox;
  /** The field, while it is drawn. */
  readonly field: Signal<HTMLTextAreaElement | null>;
  typed(text: string): void;
  /** At the cursor, so that the browser's undo brings back what was there. */
  insert(text: string, draft?: string): void;
  takeDraft(draft: DeskDraft): void;
  adopt(finding: Finding): void;
  clear(): void;
  /** @param override in spite of what costs points */
  send(override: boolean): Promise<void>;
  /** Whole as it is, past what stands in the field; one with findings is put there instead. */
  sendDraft(draft: DeskDraft): void;
  /** Into the composer of its buyer, who stands open then. */
  takeBack(id: string): void;
  /** Nothing was typed since the last one was sent: undoing is undoing that. */
  isUntouched(): boolean;
  close(): void;
}

const checkAfterMs = 200;
const longestChecked = 4000;

export function openComposer(desk: Desk, owner: string): Composer {
  const kept = openKeptTexts(owner);
  const text = signal('');
  const draft = signal<string | undefined>(undefined);
  const checked = signal<{ readonly text: string; readonly findings: readonly Finding[] } | undefined>(undefined);
  const stoppedAt = signal<string | undefined>(undefined);
  const field = signal<HTMLTextAreaElement | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: AbortController | undefined;
  let isSending = false;
  /** Words of a draft that was taken while the buyer still wrote: it is not kept yet, and has no id to speak of. */
  const taken = signal<string | undefined>(undefined);
  let isUntouched = false;

  const stopSwitching = effect(() => {
    const id = desk.selectedId.value;
    const its = id === undefined ? { text: '' } : kept.get(id);
    text.value = its.text;
    draft.value = its.draft;
    taken.value = undefined;
    checked.value = undefined;
    stoppedAt.value = undefined;
    const drawn = field.peek();
    if (drawn !== null && drawn.value !== its.text) drawn.value = its.text;
    checkSoon(its.text);
  });

  // Once it is kept it has an id, by which it is told what becomes of its ground.
  const stopAdopting = effect(() => {
    const drafts = desk.selected.value?.drafts;
    const what = taken.value;
    const its = what === undefined ? undefined : drafts?.find((one) => one.provisional !== true && one.text === what);
    if (its === undefined || draft.peek() !== undefined) return;
    draft.value = its.id;
    keep();
  });
  const isOvertaken = computed(() => {
    const its = desk.selected.value;
    if (taken.value === undefined || draft.value !== undefined || its === undefined || text.value === '') return false;
    return (its.draftsPending || its.drafts.length > 0) && its.drafts.every((one) => one.text !== taken.value);
  });

  function keep(): void {
    const id = desk.selectedId.peek();
    const its = draft.peek();
    if (id !== undefined) kept.set(id, { text: text.peek(), ...(its !== undefined && { draft: its }) });
  }

  function typed(next: string): void {
    if (next === text.peek()) return;
    text.value = next;
    isUntouched = false;
    if (next === '') {
      draft.value = undefined;
      taken.value = undefined;
    }
    keep();
    checkSoon(next);
    const id = desk.selectedId.peek();
    if (id !== undefined && next !== '') desk.live.say({ type: 'typing', conversation: id });
  }

  function checkSoon(what: string): void {
    clearTimeout(timer);
    abort?.abort();
    if (what.trim() === '') {
      checked.value = undefined;
      return;
    }
    timer = setTimeout(() => void check(what), checkAfterMs);
  }

  /** Undefined where it could not be checked: the service checks again when it is sent. */
  async function check(what: string): Promise<readonly Finding[] | undefined> {
    clearTimeout(timer);
    abort?.abort();
    const mine = new AbortController();
    abort = mine;
    const conversation = desk.selectedId.peek();
    try {
      const { data } = await call<CheckResult>('POST', at`/v1/shops/${desk.shop}/check`, {
        body: { text: what.slice(0, longestChecked), ...(conversation !== undefined && { context: { conversation } }) },
        signal: mine.signal,
      });
      if (abort === mine && text.peek() === what) {
        const before = checked.peek()?.findings.length ?? 0;
        checked.value = { text: what, findings: data.findings };
        if (data.findings.length > before) announce(words.peek().desk.findingsCount(data.findings.length));
      }
      return data.findings;
    } catch (error) {
      if (error instanceof ApiError || (error as Error).name === 'AbortError') return undefined;
      throw error;
    }
  }

  function setText(next: string): void {
    const drawn = field.peek();
    if (drawn !== null) drawn.value = next;
    typed(next);
  }

  function insert(what: string, from?: string): void {
    const drawn = field.peek();
    if (drawn === null) return;
    drawn.focus();
    replaceSelection(drawn, what);
    typed(drawn.value);
    if (from !== undefined && draft.peek() === undefined) {
      draft.value = from;
      keep();
    }
  }

  /** Characters that the platform takes; not known before the line stands. */
  const limit = () => desk.welcome.peek()?.draftCharacters ?? Number.POSITIVE_INFINITY;

  /** A colleague holds it: that is said. */
  function isOthers(): boolean {
    const holder = desk.selected.peek()?.holder;
    if (holder === undefined || holder.id === desk.welcome.peek()?.me.id) return false;
    announce(words.peek().desk.heldBy(holder.name));
    return true;
  }

  function takeDraft(chosen: DeskDraft): void {
    const standing = text.peek();
    const cursor = field.peek()?.selectionStart ?? standing.length;
    // Several stack: each begins a line of its own.
    const needsBreak = cursor > 0 && standing[cursor - 1] !== '\n';
    insert(needsBreak ? `\n${chosen.text}` : chosen.text, chosen.provisional === true ? undefined : chosen.id);
    if (chosen.provisional === true) taken.value = chosen.text;
  }

  async function send(override: boolean): Promise<void> {
    const conversation = desk.selectedId.peek();
    const what = text.peek();
    if (conversation === undefined || what.trim() === '' || isSending) return;
    if (isOthers()) return;
    // By the rule of the service, which would refuse it: it is said before it is sent, and nothing may override it.
    if (!fits(what.trim(), limit())) {
      stoppedAt.value = what;
      announce(words.peek().desk.composer.tooLong(characters(what.trim()) - limit()));
      return;
    }
    const isLead = desk.welcome.peek()?.me.isLead === true;
    isSending = true;
    try {
      const known = checked.peek();
      const findings = known?.text === what ? known.findings : await check(what);
      // Who has opened the next buyer meanwhile has sent it all the same; who has typed on has not.
      const isOpen = desk.selectedId.peek() === conversation;
      if ((isOpen ? text.peek() : kept.get(conversation).text) !== what) return;
      const level = levelOf(findings ?? []);
      const isStopped = level === 'block' ? !(override && isLead) : level === 'points' && !override;
      if (isStopped) {
        if (isOpen) {
          stoppedAt.value = what;
          announce(level === 'block' ? words.peek().desk.blocked : words.peek().desk.stopped);
        } else toast(words.peek().desk.notSentFinding, { kind: 'error' });
        return;
      }
      const from = isOpen ? draft.peek() : kept.get(conversation).draft;
      outbox.put({
        conversation,
        text: what.trim(),
        override: override && (level === 'points' || level === 'block'),
        ...(from !== undefined && { draft: from }),
      });
      if (isOpen) setText('');
      else kept.set(conversation, { text: '' });
      isUntouched = true;
    } finally {
      isSending = false;
    }
  }

  function bringBack({ conversation, text: what, draft: from }: Outgoing): void {
    const isOpen = desk.selectedId.peek() === conversation;
    const standing = isOpen ? text.peek() : kept.get(conversation).text;
    const whole = standing === '' ? what : `${what}\n${standing}`;
    if (isOpen) {
      setText(whole);
      draft.value = from;
      keep();
    } else kept.set(conversation, { text: whole, ...(from !== undefined && { draft: from }) });
  }

  function refused(outgoing: Outgoing, error: CommandError): void {
    bringBack(outgoing);
    if (error.code === 'finding' && desk.selectedId.peek() === outgoing.conversation) {
      checked.value = { text: text.peek(), findings: error.frame.findings ?? [] };
      stoppedAt.value = text.peek();
    }
    const { holder } = error.frame;
    const w = words.peek().desk;
    toast(
      holder !== undefined
        ? w.notSentHeld(holder.name)
        : error.code === 'finding'
          ? w.notSentFinding
          : w.notSent(problemWords(error)),
      { kind: 'error' },
    );
  }

  const outbox = openOutbox({
    live: desk.live,
    key: `zaima.outbox.${owner}`,
    onSent: () => undefined,
    onRefused: refused,
    hasArrived: ({ id, conversation }) =>
      desk.conversations
        .peek()
        .get(conversation)
        ?.lines.some((line) => line.id === `ag_${id}`) === true,
    isOvertaken: ({ conversation, at }) => {
      const since = serverNow() - (Date.now() - at);
      const me = desk.welcome.peek()?.me.id;
      const isOthers = (line: DeskLine) =>
        line.from === 'bot' || line.from === 'agent' || (line.from === 'desk' && line.author?.id !== me);
      const known = desk.conversations.peek().get(conversation);
      return known?.lines.some((line) => isOthers(line) && Date.parse(line.at) > since) === true;
    },
  });
  const findings = computed(() => {
    const known = checked.value;
    return known === undefined ? [] : moved(known.findings, known.text, text.value);
  });

  return {
    text,
    findings,
    level: computed(() => levelOf(findings.value)),
    isStopped: computed(() => stoppedAt.value !== undefined && stoppedAt.value === text.value),
    count: computed(() => characters(text.value.trim())),
    draft,
    isOvertaken,
    outbox,
    field,
    typed,
    insert,
    takeDraft,
    sendDraft(taken) {
      const conversation = desk.selectedId.peek();
      if (conversation === undefined || isOthers()) return;
      const level = levelOf(taken.findings);
      if (level === 'points' || level === 'block') return takeDraft(taken);
      const draft = taken.provisional === true ? {} : { draft: taken.id };
      outbox.put({ conversation, text: taken.text, override: false, ...draft });
      isUntouched = true;
    },
    adopt({ replacement }) {
      const drawn = field.peek();
      if (!drawn || !replacement) return;
      drawn.focus();
      drawn.setSelectionRange(replacement.start, replacement.end);
      insert(replacement.text);
      void check(text.peek());
    },
    clear() {
      const drawn = field.peek();
      if (drawn === null || drawn.value === '') return;
      drawn.setSelectionRange(0, drawn.value.length);
      replaceSelection(drawn, '');
      typed(drawn.value);
    },
    send,
    takeBack(id) {
      const back = outbox.takeBack(id);
      if (back === undefined) return;
      const { conversation } = back;
      bringBack(back);
      if (desk.selectedId.peek() !== conversation) {
        desk.select(conversation);
        const its = desk.conversations.peek().get(conversation);
        if (its !== undefined) announce(words.peek().desk.tookBack(buyerName(its)));
      }
      field.peek()?.focus();
    },
    isUntouched: () => isUntouched,
    close() {
      stopSwitching();
      stopAdopting();
      clearTimeout(timer);
      abort?.abort();
      outbox.close();
    },
  };
}

/** By the browser's own editing, where it can: only then Ctrl+Z knows of it. */
function replaceSelection(field: HTMLTextAreaElement, text: string): void {
  const done = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (!done) field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
}
