/** A text of a reply with its variables as chips, as owners read it. */

import { tagWords, type VariableNames } from '../shared/liquid-tags.js';
import type { ReplyListed } from '../shared/wire.js';
import { language, words } from '../shared/words.js';

type UsedFact = ReplyListed['facts'][number];

export function LiquidText({ text, facts }: { readonly text: string; readonly facts: readonly UsedFact[] }) {
  const lang = language.value;
  const factOf = (name: string) => facts.find((one) => one.name === name);
  const names: VariableNames = {
    titleOf: (name) => factOf(name)?.title[lang],
    meaningOf: (name, value) => factOf(name)?.choices?.[value]?.[lang],
  };
  return (
    <>
      {text.split(/(\{\{.*?\}\}|\{%.*?%\})/).map((part, at) => {
        const name = /^\{\{-?\s*([a-z0-9_]+)/.exec(part)?.[1];
        const tag = /^\{%-?\s*(.*?)\s*-?%\}$/.exec(part)?.[1];
        if (name !== undefined) {
          const fact = factOf(name);
          return (
            <span key={at} class={fact?.isSet === false ? 'var var-gone' : 'var'} title={part}>
              {fact?.title[lang] ?? name}
            </span>
          );
        }
        if (tag !== undefined)
          return (
            <span key={at} class="tag" title={part}>
              {tagWords(part, words.value.liquid.tags, names) ?? tag}
            </span>
          );
        return part;
      })}
    </>
  );
}
