/** A phrase in the list: what it says, what stands against it, and where it can be picked up and moved. */
import type { ComponentChildren } from 'preact';
import { now } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import type { Phrase, PhrasesFound } from '../shared/wire.js';
import { words } from '../shared/words.js';
import type { Drag } from './drag.js';
import { PhraseMarks, SourceText, type VariablesByName } from './phrase-pieces.js';

type Match = PhrasesFound['found'][number]['matches'][number];

export interface PhraseRowProps {
  readonly phrase: Phrase;
  readonly variables: VariablesByName;
  readonly matches?: readonly Match[] | undefined;
  /** Whose own it is, by name; undefined: the shop's. */
  readonly owner: string | undefined;
  readonly mayChange: boolean;
  readonly hasDraft: boolean;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onOpen: () => void;
  readonly onSwitch: () => void;
  /** Absent: cannot be moved where it stands. */
  readonly drag?: Drag | undefined;
  /** The editor, while it is open. */
  readonly children?: ComponentChildren;
}

export function PhraseRow(props: PhraseRowProps) {
  const { phrase, variables, matches = [], owner, mayChange, hasDraft, isOpen, drag } = props;
  const w = words.value.phrases;
  const place = drag?.placeOf(phrase.id);
  return (
    <li class={`ph-row ${isOpen ? 'is-edit' : ''} ${phrase.enabled ? '' : 'is-off'} ${place ?? ''}`} data-phrase={phrase.id}>
      <div class="ph-head">
        {mayChange && (
          <span class="ph-grip">
            <input
              type="checkbox"
              class="tick"
              aria-label={w.choose(phrase.title)}
              checked={props.isChosen}
              onChange={(event) => props.onChoose(event.currentTarget.checked)}
            />
            {drag !== undefined && (
              <button
                type="button"
                class="btn btn-quiet btn-sm ph-handle"
                aria-label={w.move(phrase.title)}
                title={w.moveHint}
                data-handle={phrase.id}
                onPointerDown={(event) => drag.begin(event, phrase.id)}
                onKeyDown={(event) => drag.key(event, phrase.id)}
              >
                <Icon name="grip" />
              </button>
            )}
          </span>
        )}
        <button type="button" class="ph-open" aria-expanded={isOpen} onClick={props.onOpen}>
          <span class="ph-name">
            <span class="ph-code">{marked(phrase.code, 'code', matches)}</span>
            <b lang="zh-CN">{marked(phrase.title, 'title', matches)}</b>
          </span>
          {!isOpen && (
            <span class="ph-says" lang="zh-CN">
              <SourceText text={phrase.text} variables={variables} />
            </span>
          )}
        </button>
        <span class="ph-marks">
          {hasDraft && <span class="chip chip-accent">{w.unsaved}</span>}
          {owner !== undefined && <span class="chip chip-line">{owner}</span>}
          <PhraseMarks phrase={phrase} now={now.value} />
        </span>
        <span class="ph-figures xs muted">
          <span>{w.used(phrase.uses)}</span>
          <span>{w.characters(phrase.characters)}</span>
        </span>
        {/* The form has one of its own, which waits for being saved. */}
        {mayChange && !isOpen && (
          <button
            type="button"
            class="switch"
            role="switch"
            aria-checked={phrase.enabled}
            aria-label={w.switchOf(phrase.title)}
            disabled={props.isBusy}
            onClick={props.onSwitch}
          />
        )}
      </div>
      {props.children}
    </li>
  );
}

/** Where the search found it. */
function marked(text: string, field: Match['field'], matches: readonly Match[]): ComponentChildren {
  const places = matches.filter((one) => one.field === field).sort((one, other) => one.start - other.start);
  const pieces: ComponentChildren[] = [];
  let from = 0;
  for (const { start, end } of places) {
    if (start < from) continue;
    pieces.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return [...pieces, text.slice(from)];
}
