/** The hours of one day: ranges that are typed, added, taken out, with what is wrong beside them. */
import { pathWords } from '../../path-words.js';
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';
import { type Path, valueAt } from './content.js';
import { FaultLine, faultAt } from './fields.js';
import { useSettings } from './settings-context.js';
import { isOvernight, longNight, nextRange, partsOf, rangeOf, tidyClock } from './week-form.js';

/** @param name of the day, as a screen reader says it */
export function Ranges({ path, name }: { readonly path: Path; readonly name: string }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings.hours;
  const value = valueAt(state.draft.value, path);
  const ranges = Array.isArray(value) ? (value as string[]) : [];
  const set = (next: readonly string[]) => state.set(path, next);
  const faults = state.faults.value;
  return (
    <div class="wk-r">
      {ranges.length === 0 && <span class="muted sm">{w.closed}</span>}
      {ranges.map((range, at) => {
        const parts = partsOf(range);
        const mine = [...path, at];
        const fault = faultAt(faults, mine);
        const faultId = `fault-${pathWords(mine)}`;
        const common = {
          disabled: isReadOnly,
          autocomplete: 'off',
          spellcheck: false,
          'aria-invalid': fault !== undefined,
          ...(fault !== undefined && { 'aria-describedby': faultId }),
        };
        const type = (part: 'start' | 'end', typed: string) =>
          // The sign between the two cannot stand in either.
          set(ranges.map((one, other) => (other === at ? rangeOf({ ...parts, [part]: typed.replaceAll('-', '') }) : one)));
        return (
          <span class="rng" key={at}>
            <input
              {...common}
              class="input"
              data-path={pathWords(mine)}
              aria-label={w.start(name, at + 1)}
              value={parts.start}
              onInput={(event) => type('start', event.currentTarget.value)}
              onBlur={(event) => type('start', tidyClock(event.currentTarget.value))}
            />
            <span aria-hidden="true">–</span>
            {isOvernight(range) && <small class="next-day">{w.nextDay}</small>}
            <input
              {...common}
              class="input"
              aria-label={isOvernight(range) ? `${w.end(name, at + 1)} (${w.nextDay})` : w.end(name, at + 1)}
              value={parts.end}
              onInput={(event) => type('end', event.currentTarget.value)}
              onBlur={(event) => type('end', tidyClock(event.currentTarget.value))}
            />
            {!isReadOnly && (
              <button
                type="button"
                class="btn btn-quiet btn-sm rng-x"
                aria-label={w.removeRange(name, at + 1)}
                title={w.removeRange(name, at + 1)}
                onClick={() => set(ranges.filter((_, other) => other !== at))}
              >
                <Icon name="close" />
              </button>
            )}
          </span>
        );
      })}
      {!isReadOnly && ranges.length < 8 && (
        <button
          type="button"
          class="btn btn-quiet btn-sm"
          aria-label={w.addRange(name)}
          title={w.addRange(name)}
          onClick={() => set([...ranges, nextRange(ranges)])}
        >
          <Icon name="plus" />
        </button>
      )}
      {ranges.map((range, at) => {
        const minutes = longNight(range);
        if (minutes === undefined) return null;
        const { start, end } = partsOf(range);
        return (
          <p key={at} class="note rng-long" role="status">
            <span class="grow">{w.longNight(start, end, Math.floor(minutes / 60), minutes % 60)}</span>
            {!isReadOnly && (
              <button
                type="button"
                class="btn btn-sm"
                onClick={() => set(ranges.map((one, other) => (other === at ? rangeOf({ start: end, end: start }) : one)))}
              >
                {w.turnRound(end, start)}
              </button>
            )}
          </p>
        );
      })}
      {ranges.map((_, at) => (
        <FaultLine key={at} id={`fault-${pathWords([...path, at])}`} fault={faultAt(faults, [...path, at])} />
      ))}
    </div>
  );
}
