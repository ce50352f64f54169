/** The agents' desk: who waits, what they ask, and a draft that goes out with one key. */
import './desk.css';
import { effect, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { later } from '../shared/later.js';
import { me, shop } from '../shared/session.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';
import { TopBar } from '../shell/top-bar.js';
import { startAlerts } from './alerts.js';
import { BuyerCard, Understood } from './buyer-card.js';
import { ComposerView } from './composer.js';
import { openComposer } from './composer-state.js';
import { DeskContext, type DeskParts, type Pane } from './desk-context.js';
import { openDesk } from './desk-state.js';
import { Drafts } from './drafts.js';
import { Duty } from './duty.js';
import { NobodyYet } from './nobody-yet.js';
import { openTranscript } from './open-transcript.js';
import { Phrases } from './phrases.js';
import { Queue } from './queue.js';
import { openQueue } from './queue-state.js';
import { TalkHead, TalkStrip } from './talk-head.js';
import { TranscriptView } from './transcript.js';
import { useKeys } from './use-keys.js';

const KeySheet = later<{ readonly without?: readonly string[] }>(() => import('./key-sheet.js').then((its) => its.KeySheet));

export function Page() {
  const [shopId, userId] = [shop.value?.id, me.value?.id];
  if (shopId === undefined || userId === undefined)
    return (
      <>
        <TopBar />
        <main class="page" id="main">
          <h1>{words.value.desk.noShop}</h1>
        </main>
      </>
    );
  return <DeskOf key={`${shopId} ${userId}`} shopId={shopId} userId={userId} />;
}

const wide = '(min-width: 761px)';

function DeskOf({ shopId, userId }: { readonly shopId: string; readonly userId: string }) {
  const parts = useMemo((): DeskParts => {
    const desk = openDesk(shopId);
    return {
      desk,
      queue: openQueue(desk),
      transcript: openTranscript(desk),
      composer: openComposer(desk, `${shopId}.${userId}`),
      pane: signal<Pane>(desk.selectedId.peek() === undefined ? 'queue' : 'talk'),
      box: signal(undefined),
      keyAt: { at: Number.NEGATIVE_INFINITY },
    };
  }, [shopId, userId]);
  const { desk, transcript, composer, pane, box } = parts;
  const queue = parts.queue!;
  useKeys(parts);
  useEffect(() => {
    const stopAlerts = startAlerts(desk, composer);
    let seat: ReturnType<typeof setTimeout> | undefined;
    /** The focus that nobody has put anywhere yet goes to the composer, once it takes words: the keys of the drafts work at once. */
    const sitDown = (tries: number): void => {
      if (document.activeElement !== document.body || tries === 0) return;
      if (composer.field.peek()?.disabled === false) composer.field.peek()?.focus();
      else seat = setTimeout(sitDown, 50, tries - 1);
    };
    // Who sits down finds the most urgent buyer open; afterwards nobody is moved.
    const stopFirst = effect(() => {
      if (!desk.isReady.value || !matchMedia(wide).matches) return;
      const first = queue.rows.peek()[0];
      if (desk.selectedId.peek() === undefined && first !== undefined) desk.select(first.conversation.id);
      sitDown(20);
    });
    return () => {
      stopFirst();
      clearTimeout(seat);
      stopAlerts();
      composer.close();
      transcript.close();
      queue.close();
      desk.close();
    };
  }, [parts]);

  const conversation = desk.selected.value;
  const state = desk.live.state.value;
  const w = words.value.desk;
  const waiting = queue.counts.value.mine;
  const tabs: readonly [Pane, string][] = [
    ['queue', words.value.atDesk.queue.label],
    ['talk', w.talk.label],
    ['buyer', w.buyer.tab],
  ];
  return (
    <DeskContext.Provider value={parts}>
      <div class="desk-body">
        <TopBar>
          <Duty />
        </TopBar>
        <OfflineStrip
          isOffline={state === 'waiting' || (state === 'connecting' && desk.isReady.value)}
          tryNow={desk.live.tryNow}
        />
        <main class="desk" id="main">
          <Queue />
          <section class={`pane talk${pane.value === 'talk' ? ' is-shown' : ''}`} id="talk" aria-label={w.talk.label}>
            {conversation === undefined && desk.isReady.value && desk.conversations.value.size === 0 ? (
              <NobodyYet />
            ) : conversation === undefined ? (
              <p class="talk-none soft">{desk.isReady.value ? words.value.atDesk.choose : w.talk.loading}</p>
            ) : (
              <>
                <TalkHead conversation={conversation} />
                <TranscriptView />
                <TalkStrip conversation={conversation} />
              </>
            )}
            <Drafts />
            <ComposerView />
          </section>
          <aside class={`pane aside${pane.value === 'buyer' ? ' is-shown' : ''}`} id="buyer" aria-label={w.buyer.tab}>
            <button
              type="button"
              class="btn btn-quiet btn-sm aside-close"
              aria-label={words.value.shell.dismiss}
              onClick={() => (pane.value = 'talk')}
            >
              <Icon name="close" />
            </button>
            {conversation !== undefined && <BuyerCard conversation={conversation} />}
            {conversation !== undefined && <Understood conversation={conversation} />}
            <Phrases conversation={conversation} />
          </aside>
        </main>
        <nav class="tabs" aria-label={words.value.atDesk.panes}>
          {tabs.map(([name, title]) => (
            <button key={name} type="button" aria-pressed={pane.value === name} onClick={() => (pane.value = name)}>
              {title} {name === 'queue' && waiting > 0 && <b>{waiting}</b>}
            </button>
          ))}
        </nav>
        {box.value === 'keys' && <KeySheet />}
      </div>
    </DeskContext.Provider>
  );
}
