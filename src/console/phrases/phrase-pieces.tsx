/** Texts of phrases drawn: the source with variables as chips, and what it comes to with findings underlined. */
import { liquidPieces } from '../shared/liquid-spans.js';
import { tagWords } from '../shared/liquid-tags.js';
import type { Phrase, PhraseFilled, PhraseVariable } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { filledPieces } from './phrase-text.js';

export type VariablesByName = ReadonlyMap<string, PhraseVariable>;

export function variableTitle(name: string, variables: VariablesByName): string {
  return variables.get(name)?.title[language.value] ?? name;
}

export function SourceText({ text, variables }: { readonly text: string; readonly variables: VariablesByName }) {
  return (
    <>
      {liquidPieces(text).map((piece, at) => {
        if (piece.kind === 'words') return piece.text;
        if (piece.kind !== 'variable')
          return (
            <span key={at} class="ph-tag" title={piece.text}>
              {tagWords(piece.text, words.value.liquid.tags, { titleOf: (name) => variableTitle(name, variables) }) ?? piece.text}
            </span>
          );
        const isGone = variables.size > 0 && (variables.get(piece.name)?.source ?? 'gap') === 'gap';
        return (
          <span key={at} class={isGone ? 'var var-gone' : 'var'}>
            {variableTitle(piece.name, variables)}
            {isGone && ` ${words.value.phrases.unset}`}
          </span>
        );
      })}
    </>
  );
}

export function FilledText({ filled }: { readonly filled: Pick<PhraseFilled, 'text' | 'findings' | 'open' | 'gaps'> }) {
  const { text, findings, open, gaps } = filled;
  const titles = [...open, ...gaps].map(({ title }) => title.zh);
  return (
    <>
      {filledPieces(text, findings, titles).map(({ text: piece, severity, isOpen }, at) => (
        <span
          key={at}
          class={`${severity === undefined ? '' : severity === 'hint' ? 'f-warn' : 'f-err'} ${isOpen === true ? 'var' : ''}`}
        >
          {piece}
        </span>
      ))}
    </>
  );
}

/** What keeps a phrase from being used, or should be known before it is. */
export function PhraseMarks({ phrase, now }: { readonly phrase: Phrase; readonly now: number }) {
  const w = words.value.phrases;
  const { gaps, findings, validFrom, validTo, enabled } = phrase;
  const points = Math.max(0, ...findings.map((one) => one.points));
  return (
    <>
      {!enabled && <span class="chip chip-line">{w.off}</span>}
      {validFrom !== undefined && Date.parse(validFrom) > now && <span class="chip chip-line">{w.notYet}</span>}
      {validTo !== undefined && Date.parse(validTo) <= now && <span class="chip chip-line">{w.over}</span>}
      {gaps.length > 0 && <span class="chip chip-warn">{w.lacks(gaps.length)}</span>}
      {findings.some(({ severity }) => severity === 'block') ? (
        <span class="chip chip-danger">{w.blocked}</span>
      ) : points > 0 ? (
        <span class="chip chip-danger">{w.points(points)}</span>
      ) : (
        findings.length > 0 && <span class="chip chip-warn">{w.hint}</span>
      )}
    </>
  );
}
