/** At the end of the head: the shop's time, who answers until when, the line, the sound; and the switch for going away. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { z } from 'zod';
import type { previewSchema } from '../../server/preview-wire.js';
import { toast, toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { now, serverNow } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { minutesAhead } from '../shared/minutes-ahead.js';
import { may } from '../shared/session.js';
import { hasSound } from '../shared/sound.js';
import { words } from '../shared/words.js';
import { ring } from './alerts.js';
import { leavesBox, useDesk } from './desk-context.js';
import type { Welcome } from './desk-state.js';
import { timeOf } from './names.js';
import './duty.css';

type Preview = z.output<typeof previewSchema>;
const againMs = 30_000;
/** For how long one goes away by one click. */
const awayMinutes = [30, 60, 120];

export function Duty() {
  const { desk, box } = useDesk();
  const w = words.value.atDesk.duty;
  const preview = useSignal<Preview | undefined>(undefined);
  const again = useSignal(0);
  /** As this screen says: colleagues see somebody away who is so on all of hers. */
  const isAwayHere = useSignal(false);
  const state = desk.live.state.value;
  const welcome = desk.welcome.value;
  useEffect(() => {
    if (state !== 'open') return;
    const abort = new AbortController();
    const read = <Told,>(path: string, take: (told: Told) => void) =>
      call<Told>('GET', path, { signal: abort.signal }).then(
        ({ data }) => take(data),
        (error: unknown) => {
          if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
        },
      );
    const look = () => {
      void read<Preview>(`${at`/v1/shops/${desk.shop}/preview`}?days=2`, (told) => {
        preview.value = told;
      });
    };
    look();
    const timer = setInterval(look, againMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
    // What the shop is set to, whether it is away and whether the bot may speak is told with `welcome`, and again when it changes.
  }, [state, desk.shop, welcome, again.value]);
  const { timeZone } = welcome ?? {};
  const short = (moment: string) => timeOf(moment, now.value, timeZone).replace(/(\d\d:\d\d):\d\d$/, '$1');
  const change = preview.value?.changes[0];
  const until = change && short(change.at);
  const bot = welcome?.bot;
  const isStopped = bot !== undefined && bot !== 'auto';
  const told = preview.value === undefined ? '' : toldOf(preview.value);
  const isOpen = box.value === 'duty';

  function toldOf({ onDuty, away }: Preview): string {
    if (onDuty) return until === undefined ? w.on : w.onUntil(until);
    if (isStopped) return until === undefined ? w.closed : w.closedUntil(until);
    if (away !== undefined) return w.away;
    return until === undefined ? w.off : w.offUntil(until);
  }

  return (
    <>
      <div class="box-anchor duty-anchor">
        <button
          type="button"
          class="btn btn-quiet duty"
          aria-expanded={isOpen}
          onPointerDown={(event) => isOpen && event.preventDefault()}
          onClick={() => (box.value = isOpen ? undefined : 'duty')}
        >
          <span class="sr">{w.menu}</span>
          <b>{timeOf(new Date(now.value).toISOString(), now.value, timeZone)}</b>{' '}
          {isStopped && <span class="warn duty-bot">{w.botIs[bot]}</span>}{' '}
          <span class={isStopped ? 'wide-only' : ''}>
            {told}
            {preview.value?.onDuty === true && !isStopped && until !== undefined && <span class="wide-only">{w.afterwards}</span>}
          </span>
        </button>
        {isOpen && preview.value !== undefined && (
          <DutyBox
            preview={preview.value}
            mode={bot}
            isAwayHere={isAwayHere}
            short={short}
            onSwitched={() => (again.value += 1)}
          />
        )}
      </div>
      <span class="link-state" title={state === 'open' ? w.connected : words.value.desk.cut}>
        <Icon name={state === 'open' ? 'link' : 'unlink'} />
        <span class="wide-only">{state === 'open' ? w.connected : words.value.desk.cut}</span>
      </span>
      <button
        type="button"
        class="btn btn-quiet btn-sm"
        aria-pressed={hasSound.value}
        aria-label={w.sound}
        title={hasSound.value ? w.soundOff : w.soundOn}
        onClick={() => {
          hasSound.value = !hasSound.value;
          if (hasSound.value) ring();
        }}
      >
        <Icon name={hasSound.value ? 'bell' : 'mute'} />
      </button>
    </>
  );
}

interface DutyBoxProps {
  readonly preview: Preview;
  readonly mode: Welcome['bot'] | undefined;
  readonly isAwayHere: Signal<boolean>;
  readonly short: (moment: string) => string;
  readonly onSwitched: () => void;
}

/** Whether the bot answers, whether the shop is away and who said so, whether I am. */
function DutyBox({ preview, mode, isAwayHere, short, onSwitched }: DutyBoxProps) {
  const { desk, box } = useDesk();
  const w = words.value.atDesk.duty;
  const isSwitching = useSignal(false);
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    first.current?.querySelector('button')?.focus();
    return () => {
      if (document.activeElement === document.body) before?.focus();
    };
  }, []);
  const { away, onDuty, stepInSeconds } = preview;
  // A bot that is stopped or on trial steps in for nobody.
  const stepsIn = mode === 'auto' ? stepInSeconds : undefined;
  const by = away && desk.welcome.value?.away.by;

  async function go(isAway: boolean, minutes?: number): Promise<void> {
    isSwitching.value = true;
    const until = minutes === undefined ? {} : { until: minutesAhead(serverNow(), minutes) };
    try {
      await call('PUT', at`/v1/shops/${desk.shop}/away`, { body: { away: isAway, ...until } });
      toast(isAway ? w.switched.away : w.switched.back);
      box.value = undefined;
      onSwitched();
    } catch (error) {
      toastError(error, w.notSwitched);
    } finally {
      isSwitching.value = false;
    }
  }
  return (
    <div class="menu-box box duty-box" role="group" aria-label={w.menu} ref={first} onFocusOut={leavesBox(box)}>
      <dl class="kv sm">
        <dt>{w.bot}</dt>
        <dd>{mode === undefined ? '' : w.mayAnswer[mode]}</dd>
        <dt>{w.shop}</dt>
        <dd>
          {away !== undefined
            ? away.until === undefined
              ? w.awayOpen
              : w.awayUntil(short(away.until))
            : onDuty
              ? stepsIn === undefined
                ? w.atWork
                : w.atWorkFor(stepsIn)
              : w.resting}
          {by !== undefined && <span class="muted"> · {w.awayBy(by.name)}</span>}
        </dd>
      </dl>
      {!may('away') ? null : away !== undefined ? (
        <button type="button" class="btn btn-main btn-sm" disabled={isSwitching.value} onClick={() => void go(false)}>
          {w.back}
        </button>
      ) : (
        <div class="row duty-go" role="group" aria-label={w.goAway}>
          <span class="sm">{w.goAway}</span>
          {awayMinutes.map((minutes) => (
            <button
              key={minutes}
              type="button"
              class="btn btn-sm"
              disabled={isSwitching.value}
              onClick={() => void go(true, minutes)}
            >
              {w.minutes(minutes)}
            </button>
          ))}
          <button type="button" class="btn btn-sm" disabled={isSwitching.value} onClick={() => void go(true)}>
            {w.untilBack}
          </button>
        </div>
      )}
      <div class="row duty-me" role="group" aria-label={w.me}>
        <span class="sm">{w.me}</span>
        <span class="seg">
          {[false, true].map((isAway) => (
            <button
              key={String(isAway)}
              type="button"
              aria-pressed={isAwayHere.value === isAway}
              onClick={() => {
                isAwayHere.value = isAway;
                desk.live.say({ type: 'away', away: isAway });
              }}
            >
              {isAway ? w.meAway : w.meHere}
            </button>
          ))}
        </span>
      </div>
    </div>
  );
}
