/** All phrases by group, and the groups to go to. */
import type { ComponentChildren } from 'preact';
import type { Phrase } from '../shared/wire.js';
import { words } from '../shared/words.js';
import type { PhraseGroup } from './phrase-order.js';

export interface PhraseListProps {
  readonly groups: readonly PhraseGroup[];
  /** The group that is shown alone; undefined: all are. */
  readonly current: string | undefined;
  readonly mayShowAll: boolean;
  /** What is said where there is no phrase. */
  readonly none: string;
  readonly mayChange: (phrase: Phrase) => boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
  readonly onGroup: (name: string | undefined) => void;
  readonly row: (phrase: Phrase) => ComponentChildren;
}

export function PhraseList(props: PhraseListProps) {
  const { groups, current, mayShowAll, none, mayChange, chosen, onChoose, onGroup, row } = props;
  const w = words.value.phrases;
  const total = groups.reduce((sum, { phrases }) => sum + phrases.length, 0);
  const shown = groups.filter(({ name }) => current === undefined || name === current);
  return (
    <div class="ph-grid">
      <nav class="card ph-groups" aria-label={w.groups}>
        {mayShowAll && (
          <GroupLink name={w.allGroups} count={total} isCurrent={current === undefined} onPick={() => onGroup(undefined)} />
        )}
        {groups.map(({ name, phrases }) => (
          <GroupLink
            key={name}
            name={name || w.noGroup}
            isShops={name !== ''}
            count={phrases.length}
            isCurrent={current === name}
            onPick={() => onGroup(name)}
          />
        ))}
      </nav>
      <div class="ph-list">
        {total === 0 && <p class="card ph-empty muted">{none}</p>}
        {shown.map(({ name, phrases }) => {
          const own = phrases.filter(mayChange).map(({ id }) => id);
          return (
            <section class="card" key={name} aria-label={name || w.noGroup}>
              <div class="card-head">
                {own.length > 0 && (
                  <input
                    type="checkbox"
                    class="tick"
                    aria-label={w.chooseGroup(name || w.noGroup)}
                    checked={own.every((id) => chosen.has(id))}
                    onChange={(event) => onChoose(own, event.currentTarget.checked)}
                  />
                )}
                <h2 lang={name === '' ? undefined : 'zh-CN'}>{name || w.noGroup}</h2>
                <span class="xs muted">{w.countOf(phrases.length)}</span>
              </div>
              <ul>{phrases.map(row)}</ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

function GroupLink(props: {
  readonly name: string;
  /** The shop's own word for it. */
  readonly isShops?: boolean;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly onPick: () => void;
}) {
  return (
    <button type="button" aria-current={props.isCurrent ? 'true' : undefined} onClick={props.onPick}>
      <span class="clip" lang={props.isShops === true ? 'zh-CN' : undefined}>
        {props.name}
      </span>
      <small>{props.count}</small>
    </button>
  );
}
