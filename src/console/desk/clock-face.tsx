/** A clock in its form: digits, a fuse of three cells, and words where a buyer is about to be lost. */
import { now } from '../shared/clock.js';
import type { DeskConversation } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { clockState, digits } from './clock-state.js';
import type { Targets } from './queue-order.js';

interface Props {
  readonly conversation: DeskConversation;
  readonly targets: Targets;
  /** In the head of a conversation: in one line, with what is left. */
  readonly isWide?: boolean;
}

export function ClockFace({ conversation, targets, isWide = false }: Props) {
  const state = clockState(conversation, targets, now.value);
  const w = words.value.desk.clock;
  const { form, seconds, cells, messages, ruleLeft, firstLeft } = state;
  const rule = ruleLeft === undefined ? undefined : ruleLeft < 0 ? w.ruleMissed : w.ruleLeft(digits(ruleLeft));
  const why = rule ?? (form === 'lost' && messages !== undefined ? w.messages(messages) : undefined);
  if (form === 'idle' && !isWide) return <span class="q-idle">{digits(seconds)}</span>;
  const label = [
    form === 'idle' ? w.idle(digits(seconds)) : w.waited(digits(seconds)),
    firstLeft !== undefined && w.firstLeft(digits(Math.max(0, firstLeft))),
    why,
  ]
    .filter(Boolean)
    .join(w.join);
  return (
    <span class={isWide ? 'clock clock-wide' : 'clock'} data-state={form} role="timer" aria-live="off" aria-label={label}>
      <b>{digits(seconds)}</b>
      {isWide ? (
        why !== undefined && <small>{why}</small>
      ) : (
        <span class="fuse" aria-hidden="true">
          <i class={cells > 0 ? 'on' : ''} />
          <i class={cells > 1 ? 'on' : ''} />
          <i class={cells > 2 ? 'on' : ''} />
        </span>
      )}
    </span>
  );
}

/** Why a row stands where it stands, in words. */
export function Alarm({ conversation, targets }: Omit<Props, 'isWide'>) {
  const { form, messages, ruleLeft, firstLeft } = clockState(conversation, targets, now.value);
  const w = words.value.desk.clock;
  if (form === 'lost')
    return (
      <span class="q-alarm">
        {[
          messages !== undefined && w.messages(messages),
          ruleLeft !== undefined && (ruleLeft < 0 ? w.ruleMissed : w.ruleLeft(digits(ruleLeft))),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    );
  if (firstLeft !== undefined && firstLeft <= targets.firstAnswerAlarmSeconds)
    return <span class="q-alarm q-alarm-first">{w.firstLeft(digits(Math.max(0, firstLeft)))}</span>;
  if (conversation.clocks?.forPerson === true) return <span class="q-alarm q-alarm-warn">{w.forPerson}</span>;
  return null;
}
