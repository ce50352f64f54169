/** What each key does. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { keyRows } from '../i18n/key-rows.js';
import { Icon } from '../shared/icon.js';
import { language, words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import './key-sheet.css';

/** @param without rows by their keys, as the dictionary has them: what the page has no place for */
export function KeySheet({ without = [] }: { readonly without?: readonly string[] }) {
  const { box } = useDesk();
  const close = useRef<HTMLButtonElement>(null);
  // Before anything else is done about a focus that is lost.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    close.current?.focus();
    return () => before?.focus();
  }, []);
  return (
    <div class="sheet-back">
      <div
        class="card sheet"
        role="dialog"
        aria-modal="true"
        onKeyDown={(event) => event.key === 'Tab' && event.preventDefault()}
        aria-labelledby="sheet-title"
      >
        <div class="card-head">
          <h2 id="sheet-title">{words.value.desk.keys}</h2>
          <button
            ref={close}
            type="button"
            class="btn btn-quiet btn-sm end"
            aria-label={words.value.shell.dismiss}
            onClick={() => (box.value = undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
        <dl class="card-body sheet-keys">
          {keyRows[language.value]
            .filter(([keys]) => !without.includes(keys))
            .map(([keys, does]) => [
              <dt key={`${keys} t`}>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>,
              <dd key={keys}>{does}</dd>,
            ])}
        </dl>
      </div>
    </div>
  );
}
