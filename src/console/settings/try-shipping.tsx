/** 寄到 … 几件：what the bot would answer, by the settings as they are typed. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import type { AnswerTold } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { isRecord, valueAt } from './content.js';
import { useSettings } from './settings-context.js';

export function TryShipping() {
  const { state } = useSettings();
  const w = words.value.settings.shipping;
  const place = useSignal('新疆');
  const count = useSignal('1');
  const item = useSignal('');
  const told = useSignal<AnswerTold | undefined>(undefined);
  const isFaulty = useSignal(false);
  const products = valueAt(state.draft.value, ['products']);
  const list = Array.isArray(products) ? products.filter(isRecord) : [];

  useSignalEffect(() => {
    const patch = state.patch.value;
    const body = {
      messages: [`寄${place.value}${Number(count.value) > 1 ? `，拍${count.value}件` : ''}，运费多少`],
      duty: 'off',
      ...(item.value !== '' && { item: item.value }),
      ...(patch !== undefined && { settings: patch }),
    };
    if (place.value.trim() === '') return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { data } = await call<AnswerTold>('POST', at`/v1/shops/${state.shop}/ask`, { body, signal: abort.signal });
        told.value = data;
        isFaulty.value = false;
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        isFaulty.value = error.status === 422;
      }
    }, 350);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });

  const reply = told.value?.replies[0];
  return (
    <section class="card try-row" aria-label={w.tryIt}>
      <div class="card-head">
        <h2>{w.tryIt}</h2>
        {state.patch.value !== undefined && <span class="xs muted end">{words.value.settings.hours.previewUnsaved}</span>}
      </div>
      <div class="card-body try-body">
        <div class="row try-in">
          <label>
            <span>{w.to}</span>
            <input
              class="input"
              value={place.value}
              onInput={(event) => {
                place.value = event.currentTarget.value;
              }}
            />
          </label>
          <label>
            <span>{w.count}</span>
            <input
              class="input input-short"
              inputMode="numeric"
              value={count.value}
              onInput={(event) => {
                count.value = event.currentTarget.value;
              }}
            />
          </label>
          <label>
            <span>{w.item}</span>
            <select
              class="input"
              value={item.value}
              onChange={(event) => {
                item.value = event.currentTarget.value;
              }}
            >
              <option value="">{w.anyItem}</option>
              {list.map((one) => (
                <option key={String(one.id)} value={String(one.id)}>
                  {String(one.title)} ¥{String(one.priceYuan)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div aria-live="polite">
          {isFaulty.value ? (
            <p class="note">{words.value.settings.hours.fixFirst}</p>
          ) : (
            reply !== undefined && (
              <p class="bub bub-bot" lang="zh-CN">
                {reply.text}
              </p>
            )
          )}
        </div>
      </div>
    </section>
  );
}
