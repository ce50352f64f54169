/** What the buyer said since the last answer, what was understood of it and by which words; the whole conversation on demand. */
import { useSignal } from '@preact/signals';
import { undelivered } from '../../desk/undelivered.js';
import { useDesk } from '../desk/desk-context.js';
import { Kind, Waiting, Why } from '../desk/line-parts.js';
import { intentTitle, timeOf } from '../desk/names.js';
import { now } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { later } from '../shared/later.js';
import { language, words } from '../shared/words.js';

/** The whole is loaded when it is asked for. */
const TranscriptView = later(() => import('../desk/transcript.js').then((its) => its.TranscriptView));

export function Heard() {
  const { desk, transcript, composer } = useDesk();
  const w = words.value.sidebar;
  const isWhole = useSignal(false);
  const conversation = desk.selected.value;
  const lines = transcript.lines.value;
  const open = lines.slice(transcript.unansweredFrom.value).filter(({ from }) => from === 'buyer');
  const shown = open.length > 0 ? open : lines.filter(({ from }) => from === 'buyer').slice(-1);
  const since = conversation?.clocks?.since;
  const answers = transcript.answers.value;
  const its = since === undefined ? answers.slice(-1) : answers.filter((answer) => answer.at >= since);
  const found = its.flatMap(({ understanding }) => understanding.intents);
  // The same matter again: the newest understanding counts.
  const intents = [...new Map(found.map((intent) => [intent.id, intent])).values()];
  const waiting = composer.outbox.waiting.value.filter(
    (one) => one.conversation === desk.selectedId.value && !lines.some((line) => line.id === `ag_${one.id}`),
  );
  // Nobody has answered him then; the whole conversation has the button that tries again.
  const failed = undelivered(conversation?.lines ?? []);
  const quote = (one: string) => (language.value === 'zh' ? `「${one}」` : `“${one}”`);
  return (
    <section class="bar-sec" aria-label={w.heard}>
      <div class="row between">
        <h2>
          {failed !== undefined && (
            <span class="msg-fail">
              <Icon name="warn" />
              {words.value.desk.talk.failedBecause(failed.delivery?.because ?? '')}
            </span>
          )}{' '}
          {open.length > 0 ? w.open(open.length, intents.length) : failed === undefined && w.answered}
        </h2>
        <button type="button" class="link xs" aria-expanded={isWhole.value} onClick={() => (isWhole.value = !isWhole.value)}>
          {isWhole.value ? w.lessText : w.wholeText}
        </button>
      </div>
      {isWhole.value ? (
        <div class="bar-log">
          <TranscriptView />
        </div>
      ) : (
        <>
          <div class="heard">
            {shown.map((line) => (
              <p key={line.id}>
                <span lang="zh-CN">
                  <Kind line={line} />
                  {line.pieces === undefined
                    ? line.text
                    : line.pieces.map((piece, at) =>
                        piece.found === undefined ? piece.text : <Why key={at} text={piece.text} found={piece.found} />,
                      )}
                </span>
                <time class="xs muted" dateTime={line.at}>
                  {timeOf(line.at, now.peek(), desk.welcome.value?.timeZone)}
                </time>
              </p>
            ))}
          </div>
          {waiting.map((one) => (
            <Waiting key={one.id} outgoing={one} />
          ))}
        </>
      )}
      {intents.length > 0 && (
        <table class="under">
          <caption class="sr">{w.understood}</caption>
          <tbody>
            {intents.map(({ id, confidence, evidence }) => (
              <tr key={id}>
                <th scope="row">{intentTitle(desk, id)}</th>
                <td>
                  <small>
                    {evidence.length === 0
                      ? w.fromContext
                      : w.because([...new Set(evidence.map((one) => one.words))].map(quote).join(''))}
                  </small>
                </td>
                <td class="num">{confidence.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
