/** The owner's settings: navigation, what is in force, the page that is chosen, what is unsaved. */
import { useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call, type Fault } from '../shared/api.js';
import { go, place } from '../shared/router.js';
import { may } from '../shared/session.js';
import { language, words } from '../shared/words.js';
import { ZoneNote } from '../shared/zone-note.js';
import { TopBar } from '../shell/top-bar.js';
import { CampaignsPage } from './campaigns-page.js';
import { valueAt } from './content.js';
import { HistoryPage } from './history-page.js';
import { HoursPage } from './hours-page.js';
import { PoliciesPage } from './policies-page.js';
import { ProductsPage } from './products-page.js';
import { RepliesPage } from './replies-page.js';
import { MeanwhileNote, SaveBar } from './save-bar.js';
import { SettingsContext, useSettings } from './settings-context.js';
import { type SettingsPageId, settingsNav } from './settings-places.js';
import { type SettingsState, settings } from './settings-state.js';
import { ShippingPage } from './shipping-page.js';
import { whenWords } from './when-words.js';
import '../shared/variable.css';
import './settings.css';

const parts: Partial<Record<SettingsPageId, ComponentType>> = {
  hours: HoursPage,
  shipping: ShippingPage,
  policies: PoliciesPage,
  products: ProductsPage,
  campaigns: CampaignsPage,
  replies: RepliesPage,
  history: HistoryPage,
};
/** What others saved is heard of so often. */
const pollMs = 20_000;
/** After so long a pause of typing the service is asked what is wrong. */
const pauseMs = 350;

export function Page() {
  const state = settings.value;
  const sub = place.value.path.slice('/settings/'.length) as SettingsPageId | '';
  const isReadOnly = !may('admin');
  useEffect(() => {
    if (sub === '') go('/settings/hours', { replace: true });
  }, [sub]);
  useEffect(() => {
    if (state === undefined) return;
    void state.load();
    const again = () => {
      if (!document.hidden) void state.load();
    };
    const timer = setInterval(again, pollMs);
    addEventListener('focus', again);
    const guard = (event: BeforeUnloadEvent) => {
      if (state.patch.peek() !== undefined) event.preventDefault();
    };
    addEventListener('beforeunload', guard);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', again);
      removeEventListener('beforeunload', guard);
    };
  }, [state]);
  useEffect(() => {
    // On a narrow screen the navigation is a line that is scrolled.
    document.querySelector('.side-nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [sub, state]);
  useEffect(
    () => () => {
      const left = settings.peek();
      const w = words.peek().settings;
      if (left?.patch.peek() !== undefined)
        toast(w.keptHere, { action: { label: w.back, run: () => go('/settings/hours') }, ms: 10_000 });
    },
    [],
  );
  if (state === undefined) return <TopBar />;
  const Part = sub === '' ? undefined : parts[sub];
  const w = words.value.settings;
  return (
    <SettingsContext.Provider value={{ state, isReadOnly }}>
      <TopBar />
      <div class="with-nav settings">
        <nav class="side-nav" aria-label={w.nav}>
          {settingsNav.map(({ group, pages }) => (
            <div class="side-group" key={group}>
              <h2>{w.groups[group]}</h2>
              {pages.map((id) => (
                <a key={id} href={`/settings/${id}`} aria-current={sub === id ? 'page' : undefined}>
                  {w.pages[id]}
                </a>
              ))}
            </div>
          ))}
        </nav>
        <main id="main">
          <PageHead title={sub === '' || Part === undefined ? w.nav : w.pages[sub]} />
          {isReadOnly && <p class="note">{w.readOnly}</p>}
          <MeanwhileNote />
          {state.head.value === undefined ? (
            <Waiting state={state} />
          ) : Part === undefined ? (
            <p>{words.value.shell.noPage}</p>
          ) : (
            <Part />
          )}
          <Judge key={state.shop} state={state} />
          {state.head.value !== undefined && <Pointer />}
        </main>
        <SaveBar />
      </div>
    </SettingsContext.Provider>
  );
}

/** All moments are told by the shop’s clock. */
function zoneOf(state: SettingsState): string {
  return String(valueAt(state.base.value, ['timeZone']) ?? 'Asia/Shanghai');
}

function PageHead({ title }: { readonly title: string }) {
  const { state } = useSettings();
  const head = state.head.value;
  const w = words.value.settings;
  return (
    <div class="page-head">
      <div>
        <h1>{title}</h1>
        <p>
          {head === undefined ? ' ' : w.inForce(head.revision, head.author, whenWords(head.at, language.value, zoneOf(state)))}
        </p>
        <ZoneNote />
      </div>
    </div>
  );
}

function Waiting({ state }: { readonly state: SettingsState }) {
  const w = words.value.settings;
  const failed = state.failed.value;
  if (failed === undefined) return <p role="status">{w.loading}</p>;
  return (
    <p class="note note-err" role="alert">
      <span class="grow">{w.failed(failed.message)}</span>
      <button type="button" class="btn btn-sm" onClick={() => void state.load()}>
        {w.again}
      </button>
    </p>
  );
}

/** Asks the service, after a pause of typing, what is wrong with what is not saved. */
function Judge({ state }: { readonly state: SettingsState }) {
  useSignalEffect(() => {
    const patch = state.patch.value;
    if (patch === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { data } = await call<{ faults: readonly Fault[]; hints: readonly Fault[] }>(
          'POST',
          at`/v1/shops/${state.shop}/settings/check`,
          {
            body: patch,
            signal: abort.signal,
          },
        );
        state.judged(patch, data.faults, data.hints);
      } catch (error) {
        // Without a line it is judged when it is saved.
        if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
  return null;
}

/** So many frames the field is waited for: a product is drawn only once it is chosen. */
const mostFrames = 20;

/** Puts the focus on the field that the address names. */
function Pointer() {
  const field = place.value.query.get('field');
  const { path } = place.value;
  const asked = place.value;
  // Before it is painted: later would be after the first keys of whoever writes at once.
  useLayoutEffect(() => {
    if (field === null) return;
    let frame = 0;
    const before = document.activeElement;
    const point = (framesLeft: number) => {
      // Who has gone on to another field meanwhile is not called back.
      if (document.activeElement !== before && document.activeElement?.closest('#main [data-path]')) return;
      const all = [...document.querySelectorAll<HTMLElement>('#main [data-path]')];
      const itself = all.find((one) => one.dataset.path === field);
      if (itself === undefined && framesLeft > 0) {
        frame = requestAnimationFrame(() => point(framesLeft - 1));
        return;
      }
      // Else what it lies in, or the first within it.
      const found =
        itself ??
        all
          .filter((one) => field.startsWith(one.dataset.path!))
          .sort((a, b) => b.dataset.path!.length - a.dataset.path!.length)[0] ??
        all.find((one) => one.dataset.path!.startsWith(field));
      found?.scrollIntoView({ block: 'center' });
      const control = found?.matches('input,select,textarea,button')
        ? found
        : found?.querySelector<HTMLElement>('input,select,textarea,button');
      control?.focus({ preventScroll: true });
    };
    point(mostFrames);
    return () => cancelAnimationFrame(frame);
  }, [field, path, asked]);
  return null;
}
