/** The desk for one conversation, in the width of a sidebar. */
import { effect, signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { BuyerCard, Understood } from '../desk/buyer-card.js';
import { ComposerView } from '../desk/composer.js';
import { type Composer, openComposer } from '../desk/composer-state.js';
import { DeskContext, type DeskParts, type Pane } from '../desk/desk-context.js';
import { openDesk } from '../desk/desk-state.js';
import { Drafts } from '../desk/drafts.js';
import type { KeyCommand } from '../desk/keys.js';
import { openTranscript } from '../desk/open-transcript.js';
import { Phrases } from '../desk/phrases.js';
import { TalkHead, TalkStrip } from '../desk/talk-head.js';
import { useKeys } from '../desk/use-keys.js';
import { announce } from '../shared/announcer.js';
import { copyText } from '../shared/clipboard.js';
import { CopyButton, CopyByHand } from '../shared/copy-button.js';
import { Icon } from '../shared/icon.js';
import { later } from '../shared/later.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';
import { LanguageSwitch, ThemeSwitch } from '../shell/switches.js';
import { Heard } from './heard.js';
import type { Host } from './host.js';

const KeySheet = later<{ readonly without?: readonly string[] }>(() =>
  import('../desk/key-sheet.js').then((its) => its.KeySheet),
);
/** Which buyer stands open the chat client decides. */
const without: ReadonlySet<KeyCommand['do']> = new Set(['next', 'previous', 'nextWaiting', 'search', 'pane']);
const rowsWithout = ['Alt N', 'J K', 'Ctrl K', 'F6'];

interface Props {
  readonly host: Host;
  readonly shopId: string;
  readonly userId: string;
}

export function Bar({ host, shopId, userId }: Props) {
  const byHand = useSignal<string | undefined>(undefined);
  const parts = useMemo((): DeskParts => {
    const desk = openDesk(shopId);
    const composer = openComposer(desk, `${shopId}.${userId}`);
    return {
      desk,
      transcript: openTranscript(desk),
      composer: host.canSend ? composer : copying(composer, (text) => (byHand.value = text)),
      pane: signal<Pane>('talk'),
      box: signal(undefined),
      keyAt: { at: Number.NEGATIVE_INFINITY },
    };
  }, [shopId, userId]);
  const { desk, transcript, composer, box } = parts;
  useKeys(parts, without);
  useEffect(() => {
    const stopFollowing = effect(() => desk.select(host.conversation.value));
    // The desk lets go of one that the shop does not know yet; it comes with the buyer's first word.
    const stopWaiting = effect(() => {
      const wanted = host.conversation.value;
      if (wanted !== undefined && desk.conversations.value.has(wanted) && desk.selectedId.peek() === undefined)
        desk.select(wanted);
    });
    return () => {
      stopFollowing();
      stopWaiting();
      composer.close();
      transcript.close();
      desk.close();
    };
  }, [parts]);

  const conversation = desk.selected.value;
  const state = desk.live.state.value;
  const w = words.value.sidebar;
  const refused = (text: string) => {
    byHand.value = text;
  };
  const holder = conversation?.holder;
  const isOthers = holder !== undefined && holder.id !== desk.welcome.value?.me.id;
  return (
    <DeskContext.Provider value={parts}>
      <div class="bar">
        <OfflineStrip
          isOffline={state === 'waiting' || (state === 'connecting' && desk.isReady.value)}
          tryNow={desk.live.tryNow}
        />
        {conversation === undefined ? (
          <Nobody id={host.conversation.value} isLooking={!desk.isReady.value || desk.selectedId.value !== undefined} />
        ) : (
          <>
            <TalkHead conversation={conversation} isAlone />
            <TalkStrip conversation={conversation} />
            <main class="bar-main" id="main">
              <Heard />
              <Drafts
                acts={(draft, place) => (
                  <span class="draft-acts">
                    <CopyButton text={draft.text} label={w.copyDraft(place + 1)} onRefused={refused} />
                    {host.canSend && (
                      <button
                        type="button"
                        class={`btn btn-sm${place === 0 ? ' btn-main' : ''}`}
                        aria-label={w.sendDraft(place + 1)}
                        disabled={isOthers}
                        onClick={() => composer.sendDraft(draft)}
                      >
                        {words.value.desk.composer.send}
                      </button>
                    )}
                  </span>
                )}
              />
              <Understood conversation={conversation} />
              <Phrases conversation={conversation} />
              <BuyerCard conversation={conversation} />
            </main>
            <ComposerView
              {...(!host.canSend && { sendLabel: words.value.shell.copy })}
              acts={host.canSend && <CopyButton text={composer.text.value.trim()} label={w.copyComposer} onRefused={refused} />}
            />
          </>
        )}
        <footer class="bar-foot">
          <Icon name={state === 'open' ? 'link' : 'unlink'} />
          <span class="grow clip">{state === 'open' ? w.connected : words.value.desk.cut}</span>
          <LanguageSwitch />
          <ThemeSwitch />
          <button type="button" class="btn btn-quiet btn-sm" aria-keyshortcuts="?" onClick={() => (box.value = 'keys')}>
            <kbd>?</kbd> {w.keys}
          </button>
        </footer>
        {byHand.value !== undefined && <CopyByHand text={byHand.value} onClose={() => (byHand.value = undefined)} />}
        {box.value === 'keys' && <KeySheet without={rowsWithout} />}
      </div>
    </DeskContext.Provider>
  );
}

interface NobodyProps {
  readonly id: string | undefined;
  readonly isLooking: boolean;
}

function Nobody({ id, isLooking }: NobodyProps) {
  const w = words.value.sidebar;
  const isUnknown = id !== undefined && !isLooking;
  return (
    <main class="bar-none soft" id="main">
      <p role="status">{id === undefined ? w.choose : isUnknown ? w.unknown(id) : words.value.desk.talk.loading}</p>
      {isUnknown && <p class="xs muted">{w.unknownMore}</p>}
    </main>
  );
}

/** Where the chat client itself sends: Enter copies, and the words stay. */
function copying(composer: Composer, refused: (text: string) => void): Composer {
  const copy = async (text: string) => {
    if (text === '') return;
    if (await copyText(text)) announce(words.peek().shell.copied);
    else refused(text);
  };
  return {
    ...composer,
    send: () => copy(composer.text.peek().trim()),
    sendDraft: ({ text }) => void copy(text),
  };
}
