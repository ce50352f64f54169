/** Campaigns: what is told of them, and whether it is told just now. */
import { useComputed } from '@preact/signals';
import { now } from '../shared/clock.js';
import { wallOf } from '../shared/wall-time.js';
import { language, words } from '../shared/words.js';
import { AutoField } from './auto-field.js';
import { CampaignProducts } from './campaign-products.js';
import { valueAt } from './content.js';
import { nameOf } from './parameter-words.js';
import { Rows } from './rows.js';
import { useSettings } from './settings-context.js';

export function CampaignsPage() {
  const { state } = useSettings();
  // The clock steps each second; the page is drawn again once a day.
  const today = useComputed(() => wallOf(now.value, String(valueAt(state.base.value, ['timeZone']))).slice(0, 10)).value;
  const title = nameOf(['campaigns'], language.value);
  return (
    <section class="card" aria-label={title}>
      <div class="card-head">
        <h2>{title}</h2>
        <span class="xs muted">{words.value.settings.campaigns.more}</span>
      </div>
      <div class="card-body">
        <Rows
          path={['campaigns']}
          Field={AutoField}
          isTitled={false}
          without={['products']}
          mark={(one, at) => (
            <>
              <Running campaign={one} today={today} />
              <CampaignProducts at={at} />
            </>
          )}
        />
      </div>
    </section>
  );
}

/** Whether a campaign is told just now. @param today in the zone of the shop */
function Running({ campaign, today }: { readonly campaign: unknown; readonly today: string }) {
  const w = words.value.settings.campaigns.running;
  const from = String(valueAt(campaign, ['from']) ?? '');
  const to = valueAt(campaign, ['to']);
  if (typeof to === 'string' && to < today) return <span class="chip chip-warn">{w.over}</span>;
  if (from > today) return <span class="chip chip-line">{w.ahead}</span>;
  return <span class="chip chip-accent">{w.now}</span>;
}
