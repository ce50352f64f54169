/** Try it: a buyer's chat beside what the bot makes of it, at any moment. Where a newcomer begins. */
import '../desk/desk.css';
import './try.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { CopyButton, CopyByHand } from '../shared/copy-button.js';
import { Icon } from '../shared/icon.js';
import { shop } from '../shared/session.js';
import { words } from '../shared/words.js';
import { TopBar } from '../shell/top-bar.js';
import { BuyerChat } from './buyer-chat.js';
import { Explain } from './explain.js';
import { MomentBar } from './moment-bar.js';
import { scriptTag } from './script-tag.js';
import { openTrial, type Trial } from './try-state.js';

export function Page() {
  const id = shop.value?.id;
  return (
    <>
      <TopBar />
      {id === undefined ? (
        <main class="page" id="main">
          <h1>{words.value.desk.noShop}</h1>
        </main>
      ) : (
        <TryOf key={id} shopId={id} />
      )}
    </>
  );
}

function TryOf({ shopId }: { readonly shopId: string }) {
  const trial = useMemo(() => openTrial(shopId), [shopId]);
  useEffect(() => () => trial.close(), [trial]);
  const w = words.value.try;
  const read = trial.shop.value;
  return (
    <main class="page try" id="main">
      <div class="page-head">
        <div>
          <h1>{words.value.shell.nav.try}</h1>
          <p>{w.lead}</p>
        </div>
      </div>
      <Failed trial={trial} />
      {read === undefined ? (
        trial.failed.value === undefined && <p role="status">{w.loading}</p>
      ) : (
        <>
          <MomentBar trial={trial} shop={read} />
          <div class="try-grid">
            <BuyerChat trial={trial} shop={read} />
            <Explain trial={trial} shop={read} />
          </div>
          <RealChat shopId={shopId} item={trial.item.value} />
        </>
      )}
    </main>
  );
}

function Failed({ trial }: { readonly trial: Trial }) {
  const w = words.value.try;
  const error = trial.failed.value;
  if (error === undefined) return null;
  return (
    <div class="note note-err" role="alert">
      <Icon name="warn" />
      <span class="grow">
        {error.code === 'offline' ? w.offline : w.failed(error.message)}
        {error.faults.map(({ field, problem, mend }) => (
          <span key={field} class="sm">
            {' '}
            {field}: {problem}; {mend}
          </span>
        ))}
      </span>
      <button type="button" class="btn btn-sm" onClick={() => trial.retry()}>
        {w.again}
      </button>
    </div>
  );
}

function RealChat({ shopId, item }: { readonly shopId: string; readonly item: string }) {
  const w = words.value.try;
  const byHand = useSignal<string | undefined>(undefined);
  const tag = scriptTag(shopId, item);
  return (
    <section class="card real" aria-label={w.real}>
      <div>
        <h2>{w.real}</h2>
        <p class="sm soft">{w.realMore}</p>
      </div>
      <code class="tag">{tag}</code>
      <div class="row">
        <CopyButton text={tag} label={`${words.value.shell.copy} ${w.tag}`} onRefused={(text) => (byHand.value = text)} />
        <a class="btn btn-sm" href="/try/chat" target="_blank" rel="noopener">
          {w.demo}
        </a>
      </div>
      {byHand.value !== undefined && <CopyByHand text={byHand.value} onClose={() => (byHand.value = undefined)} />}
    </section>
  );
}
