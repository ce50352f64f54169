/** Keys of the whole desk, in one listener: what each does is decided in keys.ts. */
import { useEffect } from 'preact/hooks';
import { announce } from '../shared/announcer.js';
import { words } from '../shared/words.js';
import type { DeskParts } from './desk-context.js';
import { shownDrafts } from './drafts.js';
import { type KeyCommand, keyCommand } from './keys.js';
import { canTakeBack } from './outbox.js';
import { closeConversation, goOn, mayHandOver, reopen, take } from './talk-head.js';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** @param without what the page has no place for: the browser does then what it does */
export function useKeys(parts: DeskParts, without?: ReadonlySet<KeyCommand['do']>): void {
  useEffect(() => {
    const { desk, queue, composer, box, pane, keyAt } = parts;
    let isComposing = false;

    /** What was sent last, to whomever; what asks whether it still goes, only where it stands on the screen. */
    const held = () =>
      composer.outbox.waiting
        .peek()
        .filter((one) => canTakeBack(one) && (one.state !== 'kept' || one.conversation === desk.selectedId.peek()))
        .at(-1);

    function pressed(event: KeyboardEvent): void {
      const target = event.target as HTMLElement;
      const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
      const command = keyCommand(
        {
          key: event.key,
          code: event.code,
          keyCode: event.keyCode,
          isComposing: event.isComposing || isComposing,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          shiftKey: event.shiftKey,
        },
        {
          focus: target.id === 'composer' ? 'composer' : isField ? 'field' : 'outside',
          isComposerEmpty: composer.text.peek() === '',
          hasDraft: shownDrafts.current.length > 0,
          hasHeld: held() !== undefined,
          isUntouched: composer.isUntouched(),
          isMac,
        },
      );
      keyAt.at = performance.now();
      if (command === undefined || event.defaultPrevented || without?.has(command.do) === true) return;
      // A box over the page has the keys; Escape closes it.
      if (box.peek() !== undefined && command.do !== 'close' && command.do !== 'clear') return;
      if (command.do !== 'close') event.preventDefault();
      switch (command.do) {
        case 'draft': {
          const draft = shownDrafts.current[command.place];
          if (draft !== undefined) composer.takeDraft(draft);
          return;
        }
        case 'send':
          // A key that is held down says it once.
          if (!event.repeat) void composer.send(false);
          return;
        case 'override':
          if (!event.repeat) void composer.send(true);
          return;
        case 'adopt': {
          const finding = composer.findings.peek().find(({ replacement }) => replacement);
          if (finding) composer.adopt(finding);
          return;
        }
        case 'clear':
          if (box.peek() !== undefined) box.value = undefined;
          else composer.clear();
          return;
        case 'takeBack':
          composer.takeBack(held()!.id);
          return;
        case 'phrases':
          pane.value = 'buyer';
          document.getElementById('desk-phrases')?.focus();
          // Where one pane is seen at a time, this one is not drawn yet. Where it is, a late focus would take that of the next key.
          if (document.activeElement?.id !== 'desk-phrases') setTimeout(() => document.getElementById('desk-phrases')?.focus());
          return;
        case 'search':
          pane.value = 'queue';
          document.getElementById('desk-search')?.focus();
          return;
        case 'pane':
          nextPane(event.shiftKey ? -1 : 1);
          return;
        case 'sheet':
          box.value = 'keys';
          return;
        case 'emoji':
          if (desk.selectedId.peek() !== undefined) box.value = 'emoji';
          return;
        case 'close':
          if (box.peek() !== undefined) setTimeout(() => goOn(parts));
          box.value = undefined;
          return;
        case 'nextWaiting':
          if (queue?.nextWaiting() === true) goOn(parts, true);
          else announce(words.peek().atDesk.queue.noneElse);
          return;
        case 'next':
          queue?.step(1);
          return;
        case 'previous':
          queue?.step(-1);
          return;
        case 'take':
          take(parts);
          return;
        case 'handOver':
          if (mayHandOver(desk)) box.value = 'handOver';
          return;
        case 'end':
          closeConversation(parts);
          return;
        case 'reopen':
          reopen(parts);
          return;
      }
    }

    /** The queue, the log, the composer, the buyer, the phrases: whatever of them can be seen. */
    function nextPane(by: 1 | -1): void {
      const stops = ['.queue-list [tabindex="0"]', '.log', '#composer:enabled', '#buyer-card .as-text', '#desk-phrases']
        .map((selector) => document.querySelector<HTMLElement>(selector))
        .filter((one): one is HTMLElement => one !== null && one.offsetParent !== null);
      const part = '[data-pane], .pane';
      const at = stops.findIndex(
        (one) => one === document.activeElement || one.closest(part) === document.activeElement?.closest(part),
      );
      const exact = stops.indexOf(document.activeElement as HTMLElement);
      stops[((exact === -1 ? at : exact) + by + stops.length) % stops.length]?.focus();
    }
    const began = () => {
      isComposing = true;
    };
    const ended = () => {
      isComposing = false;
    };
    addEventListener('keydown', pressed);
    addEventListener('compositionstart', began);
    addEventListener('compositionend', ended);
    return () => {
      removeEventListener('keydown', pressed);
      removeEventListener('compositionstart', began);
      removeEventListener('compositionend', ended);
    };
  }, [parts]);
}
