/** All that the shop can say, by intent: switches, words, what is off and why; beside it how a reply reads. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { place } from '../shared/router.js';
import type { IntentListed, IntentsListed } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { BotCard } from './bot-card.js';
import { type Path, stepsOf, valueAt } from './content.js';
import { FillIn } from './fill-in.js';
import { GeneralHolding, IntentHolding } from './holding-words.js';
import { useCatalogue } from './lacking.js';
import { repliesAddress } from './replies-address.js';
import { ReplyCard } from './reply-card.js';
import { ReplyPreviewCard } from './reply-preview.js';
import { useSettings } from './settings-context.js';
import { ShadowCard } from './shadow-card.js';

const groups = ['core', 'support', 'talk', 'own'] as const;

export function RepliesPage() {
  const { state, isReadOnly } = useSettings();
  const listed = useCatalogue();
  const { query } = place.value;
  const field = stepsOf(query.get('field') ?? '');
  const wanted =
    query.get('intent') ??
    (field[0] === 'replies' || field[0] === 'intents' ? String(field[1]) : field[1] === 'intents' ? String(field[2]) : null);
  const reply = query.get('reply') ?? (field[0] === 'replies' && field[2] !== undefined ? String(field[2]) : null);
  const intent = listed?.intents.find(({ id }) => id === wanted) ?? listed?.intents.find(({ group }) => group === 'core');
  const opened = useSignal<string | undefined>(undefined);
  useEffect(() => {
    opened.value = reply ?? undefined;
    if (reply !== null)
      requestAnimationFrame(() =>
        document.querySelector(`[data-reply="${CSS.escape(reply)}"]`)?.scrollIntoView({ block: 'center' }),
      );
  }, [intent?.id, reply, listed === undefined]);
  const w = words.value.settings;
  if (listed === undefined || intent === undefined) return <p role="status">{w.loading}</p>;
  const shown = intent.replies.find(({ id }) => id === opened.value) ?? intent.replies.find(({ off }) => off === undefined);
  return (
    <>
      {!isReadOnly && <BotCard />}
      <div class="tpl-grid">
        <IntentNav listed={listed} current={intent.id} />
        <section class="card" aria-label={intent.title[language.value]}>
          <IntentHead intent={intent} />
          {intent.replies.length === 0 && <p class="card-body sm muted">{w.replies.none}</p>}
          {intent.replies.map((one) => (
            <ReplyCard
              key={`${state.shop} ${intent.id} ${one.id}`}
              intent={intent.id}
              reply={one}
              limit={listed.limits.reply}
              opened={opened}
            />
          ))}
          {intent.most !== 'silent' && <IntentHolding key={`${state.shop} ${intent.id}`} intent={intent} listed={listed} />}
        </section>
        <div class="col tpl-side">
          {shown !== undefined && <ReplyPreviewCard key={`${intent.id} ${shown.id}`} intent={intent.id} reply={shown} />}
          <OffCard listed={listed} />
        </div>
      </div>
      <GeneralHolding key={state.shop} listed={listed} />
      <ShadowCard />
    </>
  );
}

function IntentNav({ listed, current }: { readonly listed: IntentsListed; readonly current: string }) {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  return (
    <nav class="card intents" aria-label={w.intents}>
      {groups.map((group) => {
        const inGroup = listed.intents.filter((one) => one.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group}>
            <h2>{w.groups[group]}</h2>
            {inGroup.map((one) => {
              const off = one.replies.filter(
                (reply) => reply.off !== undefined && reply.off.because !== 'not_for_this_shop',
              ).length;
              const turned = valueAt(state.draft.value, ['intents', one.id]);
              const side =
                one.most === 'silent'
                  ? w.never
                  : one.most === 'handoff'
                    ? w.person
                    : turned === 'off' || turned === 'draft'
                      ? w.switches[turned]
                      : off > 0
                        ? w.countOff(one.replies.length, off)
                        : String(one.replies.length);
              return (
                <a key={one.id} href={repliesAddress(one.id)} aria-current={one.id === current ? 'true' : undefined}>
                  {one.title[language.value]}
                  <small class={off > 0 ? 'has-off' : undefined}>{side}</small>
                </a>
              );
            })}
          </div>
        );
      })}
    </nav>
  );
}

function IntentHead({ intent }: { readonly intent: IntentListed }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings.replies;
  const path: Path = ['intents', intent.id];
  const turned = valueAt(state.draft.value, path) ?? intent.most;
  const choices = intent.most === 'auto' ? (['auto', 'draft', 'off'] as const) : (['draft', 'off'] as const);
  return (
    <div class="card-head">
      <h2>{intent.title[language.value]}</h2>
      <span class="xs muted wide-only">{w.firstFits}</span>
      {intent.most === 'auto' || intent.most === 'draft' ? (
        <fieldset class="seg end" aria-label={w.switchOf(intent.title[language.value])} disabled={isReadOnly}>
          {choices.map((value) => (
            <button
              key={value}
              type="button"
              data-path={value === turned ? `intents.${intent.id}` : undefined}
              aria-pressed={turned === value}
              onClick={() =>
                state.set(path, value === intent.most && valueAt(state.base.peek(), path) === undefined ? undefined : value)
              }
            >
              {w.switches[value]}
            </button>
          ))}
        </fieldset>
      ) : (
        <span class="chip end">{intent.most === 'silent' ? w.never : w.person}</span>
      )}
    </div>
  );
}

function OffCard({ listed }: { readonly listed: IntentsListed }) {
  const w = words.value.settings.replies;
  const lang = language.value;
  const off = listed.intents.flatMap((intent) =>
    intent.replies.flatMap((reply) =>
      reply.off === undefined || reply.off.because === 'not_for_this_shop' ? [] : [{ intent, reply, off: reply.off }],
    ),
  );
  return (
    <section class="card" aria-label={w.offTitle}>
      <div class="card-head">
        <h2>{w.offTitle}</h2>
        <span class="chip chip-warn end">{off.length}</span>
      </div>
      <ul class="card-body offs sm">
        {off.length === 0 && <li class="muted">{w.noneOff}</li>}
        {off.map(({ intent, reply, off: why }) => (
          <li key={`${intent.id} ${reply.id}`}>
            <a href={repliesAddress(intent.id, reply.id)}>{intent.title[lang]}</a>
            <span>
              {why.because === 'switched_off'
                ? w.switchedOff
                : why.missing.map((fact) => (
                    <span key={fact.name}>
                      {w.lacks(fact.title[lang])} <FillIn parameter={fact.parameter} />
                    </span>
                  ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
