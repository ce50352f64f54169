/** All facts that a text may name, searched by what they are called. */
import { useSignal } from '@preact/signals';
import { toastError } from '../shared/announcer.js';
import { at, call } from '../shared/api.js';
import type { FactsListed } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { useSettings } from './settings-context.js';

/** @param shown those that stand beside it already */
export function MoreFacts({ shown, insert }: { readonly shown: readonly string[]; readonly insert: (name: string) => void }) {
  const { state } = useSettings();
  const facts = useSignal<FactsListed['facts'] | undefined>(undefined);
  const sought = useSignal('');
  const w = words.value.settings.replies;
  const lang = language.value;
  const found = (facts.value ?? []).filter(
    ({ name, title }) => !shown.includes(name) && `${name} ${title.zh} ${title.en}`.includes(sought.value.trim()),
  );
  return (
    <details
      class="more-facts"
      onToggle={(event) => {
        if (!event.currentTarget.open || facts.peek() !== undefined) return;
        call<FactsListed>('GET', at`/v1/shops/${state.shop}/facts`).then(
          ({ data }) => {
            facts.value = data.facts;
          },
          (error: unknown) => toastError(error, words.peek().settings.history.failed),
        );
      }}
    >
      <summary>{w.allFacts(facts.value?.length)}</summary>
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
            <button type="button" class={fact.isSet ? 'var' : 'var var-gone'} onClick={() => insert(fact.name)}>
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
