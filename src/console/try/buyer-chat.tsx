/** The buyer's side: what is said and what comes back. */
import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { timeOf } from '../desk/names.js';
import { serverNow } from '../shared/clock.js';
import { language, words } from '../shared/words.js';
import { examples } from './examples.js';
import type { ShopTried, Trial, TriedTurn } from './try-state.js';

const longest = 4000;

export function BuyerChat({ trial, shop }: { readonly trial: Trial; readonly shop: ShopTried }) {
  const w = words.value.try;
  const text = useSignal('');
  const log = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const turns = trial.turns.value;
  const gathering = trial.gathering.value;
  const preview = trial.preview.value;
  const product = shop.settings.products?.find(({ id }) => id === trial.item.value);
  useLayoutEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, [turns, gathering]);

  function send(): void {
    const said = text.peek().trim();
    if (said === '') return;
    text.value = '';
    trial.say(said);
    field.current?.focus();
  }
  const isOn = trial.duty.value === 'hours' ? preview?.onDuty : trial.duty.value === 'on';
  const ranges = preview?.rule.ranges.join(' ') ?? '';
  return (
    <section class="phone card" aria-label={w.chat}>
      <header class="phone-head">
        <b lang="zh-CN">{shop.settings.name}</b>
        {preview !== undefined && (
          <span class="xs muted">
            {trial.duty.value === 'hours' ? (ranges === '' ? w.closedDay : w.hours(ranges)) : w.situations[trial.duty.value]} ·{' '}
            {isOn === true ? w.onDuty : w.offDuty}
          </span>
        )}
      </header>
      <div
        class="phone-log"
        role="log"
        ref={log}
        aria-label={w.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
      >
        {product !== undefined && (
          <p class="phone-item">
            <span class="thumb" aria-hidden="true">
              {product.title.slice(-1)}
            </span>
            <span>
              <b>{product.title}</b>
              <br />
              <span class="soft">{product.priceYuan !== undefined && `¥${product.priceYuan}`}</span>
            </span>
          </p>
        )}
        {turns.length === 0 && gathering.length === 0 && <p class="log-sys">{w.empty}</p>}
        {turns.map((turn, at) => (
          <Turn key={at} trial={trial} shop={shop} turn={turn} at={at} />
        ))}
        {gathering.map((one, at) => (
          <div key={at} class="msg msg-out">
            <p class="bub bub-me">{one}</p>
          </div>
        ))}
        {gathering.length > 0 && (
          <p class="log-sys" role="status">
            {w.gathering}
          </p>
        )}
      </div>
      <div class="phone-try chips" role="group" aria-label={w.examples}>
        {examples.map(({ messages, en }) => (
          <button
            key={en}
            type="button"
            class="btn btn-sm"
            title={language.value === 'en' ? en : undefined}
            lang="zh-CN"
            onClick={() => trial.sayTogether(messages)}
          >
            {messages.join(' / ')}
          </button>
        ))}
      </div>
      <div class="phone-form">
        <input
          ref={field}
          class="input"
          aria-label={w.say}
          placeholder={w.sayHint}
          maxLength={longest}
          autocomplete="off"
          enterkeyhint="send"
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            trial.typing();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="button" class="btn btn-main" disabled={text.value.trim() === ''} onClick={send}>
          {w.send}
        </button>
      </div>
    </section>
  );
}

interface TurnProps {
  readonly trial: Trial;
  readonly shop: ShopTried;
  readonly turn: TriedTurn;
  readonly at: number;
}

function Turn({ trial, shop, turn, at }: TurnProps) {
  const w = words.value.try;
  const { messages, answer } = turn;
  const isChosen = (trial.chosen.value ?? trial.turns.value.length - 1) === at;
  const time = timeOf(new Date(trial.momentOf(turn)).toISOString(), serverNow(), shop.timeZone);
  const sent = answer?.replies.filter(({ delivery }) => delivery === 'send') ?? [];
  return (
    <Fragment>
      <p class="log-sys">{time}</p>
      {messages.map((one, place) => (
        <div key={place} class="msg msg-out">
          <p class="bub bub-me">{one}</p>
        </div>
      ))}
      {sent.map((reply) => (
        <Fragment key={reply.id}>
          <div class="msg">
            <p class="bub bub-buyer">{reply.text}</p>
          </div>
          <p class="xs muted">
            {w.bySelf(time)} · <b>{reply.characters}</b>/{shop.intents.limits.reply}
          </p>
        </Fragment>
      ))}
      {answer === undefined && trial.failed.value === undefined && (
        <p class="log-sys" role="status">
          {w.asking}
        </p>
      )}
      {answer !== undefined && sent.length === 0 && <p class="log-sys">{w.nothingSent[answer.action]}</p>}
      {answer !== undefined && trial.turns.value.length > 1 && (
        <p class="phone-turn">
          <button
            type="button"
            class="btn btn-quiet btn-sm"
            aria-pressed={isChosen}
            onClick={() => {
              trial.chosen.value = at;
            }}
          >
            {w.turn(at + 1)}
          </button>
        </p>
      )}
    </Fragment>
  );
}
