/** Up to three drafts, best first: one key puts one into the composer. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { reasonWords } from '../../reasons.js';
import { announce } from '../shared/announcer.js';
import { now } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import type { DeskDraft } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import { chosenDrafts, type ShownDrafts, settledDrafts } from './draft-hold.js';
import { levelOf } from './findings.js';
import { isMarkedWrong, markWrong } from './mark-wrong.js';
import { intentTitle, reasonText, timeOf } from './names.js';

/** Who is on duty, what was understood, which template it is: that goes without saying on a card. */
const plainReasons: ReadonlySet<string> = new Set([
  ...['understood', 'on_duty', 'on_duty_make_up', 'reply_chosen'],
  // The head says it, as long as it is news.
  ...['drafts_made_anew', 'drafts_made_anew_stock'],
]);
/** A draft of at most this share of the first one's length is its short form. */
const shortShare = 0.7;

/** Codes of drafts that the shop took back, and of those made in their place. */
const groundChanged: ReadonlySet<string> = new Set(['draft_stock_changed', 'draft_settings_changed', 'draft_bot_stopped']);
const isAnew = ({ code }: { readonly code: string }) => code.startsWith('drafts_made_anew');

/** So long it is said that drafts were withdrawn: the new ones are read by then. What was taken of them stays said. */
const withdrawnMs = 12_000;

/** The drafts that the keys mean: those on the screen. */
export const shownDrafts: { current: readonly DeskDraft[] } = { current: [] };

export interface DraftsProps {
  /** What can be done with a draft beside taking it. */
  readonly acts?: (draft: DeskDraft, place: number) => ComponentChildren;
}

export function Drafts({ acts }: DraftsProps = {}) {
  const { desk, composer, keyAt } = useDesk();
  const w = words.value.desk.drafts;
  const conversation = desk.selected.value;
  const shown = useRef<ShownDrafts>({ conversation: undefined, drafts: [] });
  const again = useSignal(0);
  void again.value;
  const told = { conversation: conversation?.id, drafts: chosenDrafts(conversation?.drafts ?? []) };
  const { show, againInMs } = settledDrafts(shown.current, told, performance.now() - keyAt.at);
  shown.current = show;
  shownDrafts.current = show.drafts;
  useEffect(() => {
    if (againInMs === undefined) return;
    const timer = setTimeout(() => {
      again.value += 1;
    }, againInMs);
    return () => clearTimeout(timer);
  });

  // Only what was shown can be withdrawn; that somebody answered says itself.
  const withdrawn = conversation?.withdrawn.filter(({ code }) => code !== 'draft_agent_answered') ?? [];
  const withdrawnIds = withdrawn.map(({ id }) => id).join();
  // What was made anew for what the shop changed says so in place of what it took away.
  const anew = groundChanged.has(withdrawn[0]?.code ?? '')
    ? show.drafts.flatMap(({ reasons }) => reasons).find(isAnew)
    : undefined;
  const goneWords = (because: string) => (anew === undefined ? w.withdrawn(withdrawn.length, because) : reasonText(desk, anew));
  const toldOf = useRef('');
  useEffect(() => {
    if (withdrawnIds === '' || toldOf.current === withdrawnIds) return;
    toldOf.current = withdrawnIds;
    announce(goneWords(withdrawn[0]!.because));
  }, [withdrawnIds]);
  const goneFor = useSignal('');
  useEffect(() => {
    if (withdrawnIds === '') return;
    const timer = setTimeout(() => {
      goneFor.value = withdrawnIds;
    }, withdrawnMs);
    return () => clearTimeout(timer);
  }, [withdrawnIds]);
  const isUsed = (id: string) => composer.draft.value === id && composer.text.value !== '';
  const isOvertaken = composer.isOvertaken.value;
  const isUsedGone = isOvertaken || (composer.draft.value !== undefined && withdrawn.some(({ id }) => isUsed(id)));
  const why =
    (withdrawn.find(({ id }) => isUsed(id)) ?? withdrawn[0])?.because ?? reasonWords({ code: 'draft_newer' }, language.value);
  const newest = show.drafts[0]?.at;
  // A buyer asks three things in three messages, and each has its drafts: one of them does not answer the others.
  const asked = [...new Set((conversation?.drafts ?? []).flatMap(({ intents, open }) => [...intents, ...open]))];

  return (
    <section class="drafts" aria-label={w.label} data-pane="drafts" tabIndex={-1}>
      <div class="drafts-head">
        <h2>{w.label}</h2>
        {conversation?.draftsPending === true ? (
          <span class="xs muted">{w.updating}</span>
        ) : (
          newest !== undefined && (
            <span class="xs muted">{w.updated(timeOf(newest, now.peek(), desk.welcome.value?.timeZone))}</span>
          )
        )}
        {(isUsedGone || (withdrawn.length > 0 && goneFor.value !== withdrawnIds)) && (
          <span class={`xs withdrawn${isUsedGone ? ' is-used' : ''}`}>
            <Icon name="undo" />
            <span class="clip" title={why}>
              {isUsedGone ? w.usedGone(why) : goneWords(why)}
            </span>
          </span>
        )}
        <span class="xs muted drafts-keys">
          <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> {w.keys} <kbd>Alt</kbd>
          {w.altKeys}
        </span>
      </div>
      <div class={`drafts-row drafts-${show.drafts.length}`}>
        {show.drafts.map((draft, at) => (
          <Card key={at} draft={draft} asked={asked} best={show.drafts[0]} place={at} isUsed={isUsed(draft.id)} acts={acts} />
        ))}
        {show.drafts.length === 0 && (
          <p class="drafts-none soft sm">
            {conversation === undefined ? '' : conversation.clocks === undefined ? w.noneIdle : w.none}
          </p>
        )}
      </div>
    </section>
  );
}

function Card({
  draft,
  asked,
  best,
  place,
  isUsed,
  acts,
}: {
  readonly draft: DeskDraft;
  /** All that the buyer waits for an answer to. */
  readonly asked: readonly string[];
  readonly best: DeskDraft | undefined;
  readonly place: number;
  readonly isUsed: boolean;
  readonly acts: DraftsProps['acts'];
}) {
  const { desk, composer } = useDesk();
  const w = words.value.desk.drafts;
  const limit = desk.welcome.value?.draftCharacters ?? 0;
  const matters = draft.intents.map((id) => intentTitle(desk, id)).join(' · ');
  // Of drafts to the same matters the first names them, the others how they differ.
  const isSame = best !== undefined && best !== draft && best.intents.join() === draft.intents.join();
  const title = !isSame ? matters : draft.characters < best.characters * shortShare ? w.short : w.other;
  const notes = draft.reasons.filter(({ code }) => !plainReasons.has(code)).map((one) => reasonText(desk, one));
  const open = asked
    .filter((id) => !draft.intents.includes(id))
    .map((id) => intentTitle(desk, id))
    .join(w.join);
  const level = levelOf(draft.findings);
  return (
    <article class={`draft${place === 0 ? ' is-best' : ''}${isUsed ? ' is-used' : ''}`}>
      <button
        type="button"
        class="draft-take"
        aria-keyshortcuts={`${place + 1} Alt+${place + 1}`}
        onClick={() => composer.takeDraft(draft)}
      >
        <span class="draft-head">
          <span class="sr">{w.label}</span>
          <kbd class="key">{place + 1}</kbd>
          <b class="clip">{title === '' ? w.untitled : title}</b>
          {place === 0 && <kbd class="draft-tab">Tab</kbd>}
          <span class="count">
            <b>{draft.characters}</b>/{limit}
          </span>
        </span>
        <span class="draft-text" lang="zh-CN">
          {draft.text}
        </span>
      </button>
      <footer>
        <span class="clip" title={draft.reasons.map((one) => reasonText(desk, one)).join(w.join)}>
          {open !== '' ? w.open(open) : notes.length > 0 ? w.because(notes.join(w.join)) : w.all}
        </span>
        <span class={`pass pass-${level}`}>
          <Icon name={level === 'none' ? 'check' : 'warn'} />
          {isUsed ? w.used : w.levels[level]}
        </span>
        {draft.provisional !== true && (
          <button
            type="button"
            class="btn btn-quiet btn-sm draft-wrong"
            aria-label={w.wrong}
            title={w.wrong}
            aria-pressed={isMarkedWrong(draft.id)}
            onClick={() => markWrong(desk, draft.id)}
          >
            <Icon name="flag" />
          </button>
        )}
        {acts?.(draft, place)}
      </footer>
    </article>
  );
}
