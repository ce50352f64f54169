/** All facts that a text may name, searched by what they are called. */
import { useSignal } from '@preact/signals';
import { language, words } from '../shared/words.js';
import { useFacts } from './known-facts.js';

/** @param shown those that stand beside it already */
export function MoreFacts({ shown, insert }: { readonly shown: readonly string[]; readonly insert: (name: string) => void }) {
  const facts = useFacts();
  const sought = useSignal('');
  const w = words.value.settings.replies;
  const lang = language.value;
  const found = (facts ?? []).filter(
    ({ name, title }) => !shown.includes(name) && `${name} ${title.zh} ${title.en}`.includes(sought.value.trim()),
  );
  return (
    <details class="more-facts">
      <summary>{w.allFacts(facts?.length)}</summary>
      <input
        class="input"
        aria-label={w.seekFact}
        placeholder={w.seekFact}
        value={sought.value}
        onInput={(event) => {
          sought.value = event.currentTarget.value;
        }}
      />
      <ul class="facts">
        {found.slice(0, 40).map((fact) => (
          <li key={fact.name}>
            <button
              type="button"
              class={fact.isSet ? 'var' : 'var var-gone'}
              // Else the caret would be lost to the button before it is pressed.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(fact.name)}
            >
              {fact.title[lang]}
            </button>
            <span class="xs muted">
              {fact.value === undefined ? (fact.sample === undefined ? '' : w.like(String(fact.sample))) : String(fact.value)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
