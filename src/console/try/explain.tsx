/** One turn explained: what was understood, how it was decided, what was written, what was checked, what is left. */
import { useComputed } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import type { Reason } from '../../conversation.js';
import { reasonWords } from '../../reasons.js';
import { levelOf } from '../desk/findings.js';
import { highlights } from '../desk/highlights.js';
import { intentTitle, type Titled, timeOf } from '../desk/names.js';
import { slotRows } from '../desk/slot-rows.js';
import { repliesAddress } from '../settings/replies-address.js';
import { serverNow } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { templateTitle, titledReason } from '../shared/reply-title.js';
import { may } from '../shared/session.js';
import type { Answer, IntentsListed } from '../shared/wire.js';
import { findingWords, language, words } from '../shared/words.js';
import type { Duty, ShopTried, Trial } from './try-state.js';

/** Whom a trial takes for away has not switched it. */
function reasonSaid(one: Answer['reasons'][number], { intents }: ShopTried, duty: Duty): string {
  const opening = one.values?.opening;
  if (duty === 'off' && one.code === 'away') return words.value.try.asIfOff(opening === undefined ? undefined : String(opening));
  return reasonWords(titledReason(one as Reason, intents, language.value), language.value);
}

const actions = ['auto', 'draft', 'handoff', 'silent'] as const;
type Reply = Answer['replies'][number];

export function Explain({ trial, shop }: { readonly trial: Trial; readonly shop: ShopTried }) {
  const w = words.value.try;
  const titled: Titled = {
    welcome: useComputed(() => ({
      intents: Object.fromEntries((trial.shop.value?.intents.intents ?? []).map(({ id, title }) => [id, title])),
    })),
  };
  const turns = trial.turns.value;
  const turn = turns[trial.chosen.value ?? turns.length - 1];
  const answer = turn?.answer;
  if (turn === undefined || answer === undefined)
    return (
      <section class="explain" aria-label={w.explain}>
        <p class="card explain-none soft" role="status">
          {turn === undefined ? w.emptyWhy : w.asking}
        </p>
      </section>
    );
  const time = timeOf(new Date(trial.momentOf(turn)).toISOString(), serverNow(), shop.timeZone);
  const limits = shop.intents.limits;
  return (
    <section class="explain" aria-label={w.explain}>
      <div class="verdict" role="status">
        <div>
          <h2 class="verdict-t">{w.verdicts[answer.action]}</h2>
          <p class="sm soft">{w.summary(turn.messages.length, time)}</p>
        </div>
        <ol class="ladder" aria-label={w.ladder}>
          {actions.map((one) => (
            <li key={one} class={one === answer.action ? 'on' : ''} aria-current={one === answer.action ? 'step' : undefined}>
              {w.rungs[one]}
            </li>
          ))}
        </ol>
      </div>
      <Stage no={1} title={w.understood}>
        <Understood answer={answer} messages={turn.messages} titled={titled} />
      </Stage>
      <Stage no={2} title={w.decided}>
        <ul class="because">
          {answer.reasons.map((one, at) => (
            <li key={at}>
              <Icon name="check" />
              <span>{reasonSaid(one, shop, trial.duty.value)}</span>
            </li>
          ))}
        </ul>
      </Stage>
      <Stage no={3} title={w.written}>
        <Written answer={answer} intents={shop.intents} titled={titled} />
      </Stage>
      <Stage no={4} title={w.checked}>
        {answer.replies.length === 0 ? <p class="sm soft">{w.noReply}</p> : <Checked replies={answer.replies} limits={limits} />}
      </Stage>
      <Stage no={5} title={w.held}>
        <Held answer={answer} titled={titled} />
      </Stage>
      {turn.other !== undefined && (
        <Stage no={6} title={answer.action === 'draft' ? w.ifOff : w.ifOn}>
          <Other other={turn.other} isOff={answer.action === 'draft'} />
        </Stage>
      )}
    </section>
  );
}

function Stage({ no, title, children }: { readonly no: number; readonly title: string; readonly children: ComponentChildren }) {
  return (
    <article class="stage card">
      <h3>
        <span class="no">{no}</span>
        {title}
      </h3>
      <div class="stage-in">{children}</div>
    </article>
  );
}

interface UnderstoodProps {
  readonly answer: Answer;
  readonly messages: readonly string[];
  readonly titled: Titled;
}

function Understood({ answer, messages, titled }: UnderstoodProps) {
  const w = words.value.try;
  const { intents, slots, runnerUp } = answer.understanding;
  const said = messages.map((text, at) => ({ id: String(at), text }));
  const pieces = highlights(answer, said);
  const rows = slotRows(slots);
  const quote = (one: string) => (language.value === 'zh' ? `「${one}」` : `“${one}”`);
  return (
    <>
      <p class="stage-say" lang="zh-CN">
        {said.map(({ id, text }, at) => (
          <span key={id}>
            {at > 0 && <span class="muted"> / </span>}
            {pieces
              .get(id)
              ?.map((piece, place) => (piece.found === undefined ? piece.text : <mark key={place}>{piece.text}</mark>)) ?? text}
          </span>
        ))}
      </p>
      {intents.length === 0 && <p class="sm soft">{w.nothing}</p>}
      {intents.length > 0 && (
        <table class="tbl">
          <thead>
            <tr>
              <th scope="col">{w.intent}</th>
              <th scope="col">{w.sure}</th>
              <th scope="col">{w.words}</th>
            </tr>
          </thead>
          <tbody>
            {intents.map(({ id, confidence, evidence, by }) => (
              <tr key={id}>
                <th scope="row">{intentTitle(titled, id)}</th>
                <td>
                  <Sure share={confidence} />
                </td>
                <td>
                  {[...new Set(evidence.map((one) => one.words))].map(quote).join('')} <span class="xs muted">{w.by[by]}</span>
                </td>
              </tr>
            ))}
            {runnerUp !== undefined && (
              <tr class="soft">
                <th scope="row" class="plain">
                  {(intents.length === 0 ? w.nearest : w.runnerUp)(intentTitle(titled, runnerUp.id))}
                </th>
                <td>
                  <Sure share={runnerUp.confidence} isSoft />
                </td>
                <td>{w.notTaken}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
      {rows.length > 0 && (
        <p class="sm">
          <span class="muted">{w.read}</span> {rows.map(([name, value]) => `${name} ${value}`).join(' · ')}
        </p>
      )}
    </>
  );
}

function Sure({ share, isSoft = false }: { readonly share: number; readonly isSoft?: boolean }) {
  return (
    <span class="conf">
      <progress class={isSoft ? 'is-soft' : ''} max={1} value={share} aria-hidden="true" />
      {share.toFixed(2)}
    </span>
  );
}

interface WrittenProps {
  readonly answer: Answer;
  readonly intents: IntentsListed;
  readonly titled: Titled;
}

function Written({ answer, intents, titled }: WrittenProps) {
  const w = words.value.try;
  const mayChange = may('admin');
  if (answer.replies.length === 0) return <p class="sm soft">{w.noReply}</p>;
  return (
    <ul class="written">
      {answer.replies.map((reply) => {
        const facts = factsOf(reply.template, intents);
        const places = mayChange ? placesOf(reply.template, intents) : [];
        return (
          <li key={reply.id}>
            <p class="written-text" lang="zh-CN">
              {reply.text}
            </p>
            <p class="xs muted">
              {[
                w.kinds[reply.kind],
                reply.intents.length > 0 && w.answers(reply.intents.map((id) => intentTitle(titled, id)).join(w.join)),
                facts.length > 0 && w.restsOn(facts.join(w.join)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <details class="xs muted written-reply">
              <summary>{w.reply(templateTitle(reply.template, intents, language.value))}</summary>
              <p>
                {w.id} <code>{reply.template}</code>
                {places.map((place) => (
                  <Fragment key={place.intent}>
                    {' '}
                    <a href={repliesAddress(place.intent, place.reply)}>{w.changeIt(intentTitle(titled, place.intent))}</a>
                  </Fragment>
                ))}
              </p>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

/** Where the replies that were said are changed; holding words stand with their intent. */
function placesOf(template: string, { intents }: IntentsListed): readonly { readonly intent: string; readonly reply?: string }[] {
  return template.split('+').flatMap((one) => {
    const [id, reply] = one.split('.');
    const intent = intents.find((known) => known.id === id);
    if (intent === undefined) return [];
    return [intent.replies.some((known) => known.id === reply) ? { intent: intent.id, reply: reply! } : { intent: intent.id }];
  });
}

const mostFacts = 6;

/** What of the shop's settings a reply rests on, in the reader's language. @param template as Answers name it: `intent.reply`, joined by `+` */
function factsOf(template: string, { intents }: IntentsListed): readonly string[] {
  const facts = template.split('+').flatMap((one) => {
    const [intent, ...reply] = one.split('.');
    return intents.find(({ id }) => id === intent)?.replies.find(({ id }) => id === reply.join('.'))?.facts ?? [];
  });
  const ofShop = facts.filter(({ parameter }) => !parameter.startsWith('message.'));
  return [...new Set(ofShop.map(({ title }) => title[language.value]))].slice(0, mostFacts);
}

function Checked({ replies, limits }: { readonly replies: readonly Reply[]; readonly limits: IntentsListed['limits'] }) {
  const w = words.value.try;
  const wc = words.value.desk.composer;
  return (
    <ul class="checks">
      {replies.map(({ id, characters, delivery, findings }) => {
        const limit = delivery === 'send' ? limits.reply : limits.draft;
        return (
          <li key={id}>
            <span class="limit">
              <span class="count">
                <span class="sr">{w.count(characters, limit)}</span>
                <span aria-hidden="true">
                  <b>{characters}</b>/{limit}
                </span>
              </span>
              <progress max={limit} value={characters} aria-hidden="true" />
            </span>
            {findings.length === 0 ? (
              <span class="sm">
                <Icon name="check" /> {w.clean}
              </span>
            ) : (
              findings.map((finding) => {
                const level = levelOf([finding]) as 'hint' | 'points' | 'block';
                return (
                  <span key={`${finding.rule} ${finding.start}`} class="finding">
                    <span class={`lvl lvl-${level === 'hint' ? 'warn' : 'err'}`}>
                      {level === 'points' ? wc.points(finding.points) : wc.levels[level]}
                    </span>
                    <span>
                      {!finding.because.includes(finding.words) && <span lang="zh-CN">「{finding.words}」</span>}
                      {findingWords(finding, language.value)}
                      {finding.wording !== '' && wc.instead(finding.wording)}
                    </span>
                  </span>
                );
              })
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Nothing in it was understood, so that no matter is left: the message itself is. */
function isLeftWhole({ action, understanding, replies }: Answer): boolean {
  if (action === 'handoff') return true;
  const isAnswered = replies.some(({ kind, delivery }) => kind === 'answer' && delivery === 'send');
  return action !== 'silent' && understanding.intents.length === 0 && !isAnswered;
}

function Held({ answer, titled }: { readonly answer: Answer; readonly titled: Titled }) {
  const w = words.value.try;
  const isLeft = answer.open.length > 0 || isLeftWhole(answer);
  if (!isLeft) return <p class="sm soft">{w.nothingHeld}</p>;
  // Whichever reason knows when somebody is there again.
  const opening = answer.reasons.map(({ values }) => values?.opening).find((one) => one !== undefined);
  const isOn = answer.reasons.some(({ code }) => code.startsWith('on_duty'));
  return (
    <p class="sm">
      <b>
        {answer.open.length === 0 ? w.heldMessage : w.heldMatters(answer.open.map((id) => intentTitle(titled, id)).join(w.join))}
      </b>
      {opening !== undefined ? ` · ${w.heldUntil(String(opening))}` : isOn ? ` · ${w.heldNow}` : ''}
    </p>
  );
}

function Other({ other, isOff }: { readonly other: Answer; readonly isOff: boolean }) {
  const w = words.value.try;
  const texts = other.replies.filter(({ delivery }) => (delivery === 'send') === isOff);
  if (texts.length === 0) return <p class="sm soft">{isOff ? w.ifOffNothing : w.noDrafts}</p>;
  return (
    <ol class="written">
      {texts.map(({ id, text, characters }, at) => (
        <li key={id} class={isOff ? '' : 'row other'}>
          {!isOff && <kbd>{at + 1}</kbd>}
          <p class="written-text" lang="zh-CN">
            {text} <span class="xs muted">{characters}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
