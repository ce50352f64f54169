/** What can be done with all phrases that are chosen; stands at the foot of the window, over nothing that moves. */
import { useSignal } from '@preact/signals';
import { words } from '../shared/words.js';

export interface BulkBarProps {
  readonly count: number;
  readonly isBusy: boolean;
  readonly groups: readonly string[];
  readonly onEnable: (isEnabled: boolean) => void;
  readonly onGroup: (group: string) => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

export function BulkBar({ count, isBusy, groups, onEnable, onGroup, onRemove, onClear }: BulkBarProps) {
  const w = words.value.phrases;
  const isMoving = useSignal(false);
  const group = useSignal('');
  return (
    <section class="ph-bulk" aria-label={w.chosen(count)}>
      <b>{w.chosen(count)}</b>
      {isMoving.value ? (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault();
            isMoving.value = false;
            onGroup(group.peek().trim());
          }}
        >
          <input
            class="input"
            aria-label={w.toGroup}
            placeholder={w.toGroup}
            list="ph-bulk-groups"
            ref={(field) => field?.focus()}
            value={group.value}
            onInput={(event) => {
              group.value = event.currentTarget.value;
            }}
          />
          <datalist id="ph-bulk-groups">
            {groups.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <button type="submit" class="btn btn-sm btn-main">
            {w.moveHere}
          </button>
          <button
            type="button"
            class="btn btn-sm"
            onClick={() => {
              isMoving.value = false;
            }}
          >
            {w.cancel}
          </button>
        </form>
      ) : (
        <span class="row wrap">
          <button type="button" class="btn btn-sm" disabled={isBusy} onClick={() => onEnable(true)}>
            {w.enable}
          </button>
          <button type="button" class="btn btn-sm" disabled={isBusy} onClick={() => onEnable(false)}>
            {w.disable}
          </button>
          <button
            type="button"
            class="btn btn-sm"
            disabled={isBusy}
            onClick={() => {
              isMoving.value = true;
            }}
          >
            {w.moveToGroup}
          </button>
          <button type="button" class="btn btn-sm" disabled={isBusy} onClick={onRemove}>
            {w.remove}
          </button>
          <button type="button" class="btn btn-quiet btn-sm" onClick={onClear}>
            {w.clearChoice}
          </button>
        </span>
      )}
    </section>
  );
}
