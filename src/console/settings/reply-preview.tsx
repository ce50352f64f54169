/** How a reply reads while it is written: shortest, longest, beside other answers, and what the rules say of it. */
import { at } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { Icon } from '../shared/icon.js';
import type { ReplyListed, ReplyPreview } from '../shared/wire.js';
import { findingWords, language, words } from '../shared/words.js';
import { intentNamed, intentTitle } from './catalogue.js';
import { valueAt } from './content.js';
import { wordsOfReply } from './reply-words.js';
import { useSettings } from './settings-context.js';
import { usePreviewed } from './use-previewed.js';

export function ReplyPreviewCard({ intent, reply }: { readonly intent: string; readonly reply: ReplyListed }) {
  const { state } = useSettings();
  const w = words.value.settings.replies;
  const lang = language.value;
  const told = usePreviewed<ReplyPreview>(at`/v1/shops/${state.shop}/replies/preview`, () => {
    const { texts, short } = wordsOfReply(state.draft.value, intent, reply);
    return { intent, reply: reply.id, texts, ...(short.trim() !== '' && { short }) };
  });

  const shown = told.value;
  const [first] = shown?.texts ?? [];
  const all = shown === undefined ? [] : [...shown.texts, shown.short];
  const findings = all
    .flatMap((one) => one.findings)
    .filter((one, index, list) => list.findIndex((other) => other.rule === one.rule) === index);
  const faults = all.flatMap((one) => one.faults);
  const turned = valueAt(state.draft.value, ['intents', intent]) ?? 'auto';
  // What is drafted in any case loses nothing by a finding.
  const isAuto = !reply.isDraftOnly && intentNamed(intent)?.most === 'auto' && turned === 'auto';
  const title = (id: string) => intentTitle(id, lang);
  return (
    <section class="card" aria-label={w.preview}>
      <div class="card-head">
        <h2>{w.preview}</h2>
        <span class="xs muted end">{w.asYouType}</span>
      </div>
      {shown !== undefined && (
        <div class="card-body">
          {first?.longest !== undefined && (
            <>
              <p class="bub bub-bot pv-bub" lang="zh-CN">
                {first.longest.text}
              </p>
              <div class="row between">
                <span class="bar grow" aria-hidden="true">
                  <i style={{ width: `${Math.min(100, (first.longest.characters / shown.limit) * 100)}%` }} />
                </span>
                <span class={first.longest.characters > shown.limit ? 'count is-over' : 'count'}>
                  <b>{first.longest.characters}</b>/{shown.limit}
                </span>
              </div>
            </>
          )}
          {first !== undefined && first.longest === undefined && faults.length === 0 && <p class="note">{w.cannotBeSaid}</p>}
          {faults.map((fault) => (
            <p class="note note-err pv-note" key={fault.problem}>
              <Icon name="warn" />
              <span>{faultInWords(fault, lang)}</span>
            </p>
          ))}
          {findings.map((finding) => (
            <div class="note note-err pv-note" key={finding.rule}>
              <Icon name="warn" />
              <span>
                <b>
                  {finding.severity === 'hint' ? w.hint : finding.severity === 'block' ? w.blocked : w.points(finding.points)}
                </b>{' '}
                <q>{finding.words}</q> {findingWords(finding, language.value)} {w.better(finding.wording)}
              </span>
            </div>
          ))}
          {findings.length > 0 && isAuto && (
            <p class="note note-err pv-note">
              <Icon name="stop" />
              <span>{findings.every(({ severity }) => severity === 'hint') ? w.forAgents : w.notByItself}</span>
            </p>
          )}
          <table class="worst">
            <tbody>
              {first?.shortest !== undefined && (
                <Case said={w.shortest} more={first.shortest.text} count={first.shortest.characters} limit={shown.limit} />
              )}
              {first?.longest !== undefined && <Case said={w.longestOf} count={first.longest.characters} limit={shown.limit} />}
              {shown.short.longest !== undefined && (
                <Case said={w.short} more={shown.short.longest.text} count={shown.short.longest.characters} limit={shown.limit} />
              )}
              {shown.combined.map((one) => (
                <Case
                  key={one.intents.join(' ')}
                  said={w.combined(
                    one.intents
                      .filter((id) => id !== intent)
                      .map(title)
                      .join(lang === 'zh' ? '、' : ', '),
                  )}
                  more={one.text}
                  count={one.characters}
                  limit={shown.limit}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Case({
  said,
  more,
  count,
  limit,
}: {
  readonly said: string;
  readonly more?: string | undefined;
  readonly count: number | undefined;
  readonly limit: number;
}) {
  const w = words.value.settings.replies;
  return (
    <tr>
      <th scope="row">
        {more === undefined ? (
          said
        ) : (
          <details>
            <summary>{said}</summary>
            <p class="soft" lang="zh-CN">
              {more}
            </p>
          </details>
        )}
      </th>
      <td class={count === undefined || count > limit ? 'is-over' : undefined}>
        {count === undefined ? w.tooLong : w.characters(count)}
      </td>
    </tr>
  );
}
