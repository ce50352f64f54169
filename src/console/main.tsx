/**
 * The console: the pages that agents and owners work in. The sidebar is an entry of its own (sidebar/sidebar.tsx). Preact and
 * signals, plain CSS, nothing else; Vite builds it into dist/console, from where `src/server/pages.ts` serves it under a
 * policy that allows no inline script and no other host.
 *
 * Add a page: its address in `src/server/page-paths.ts`, an entry in `pages.ts` (title, who may see it, whether it stands in
 * the navigation) and in `page-loaders.ts`, and a folder with `x-page.tsx` that exports `Page`. It brings its own CSS by `import './x.css'` and draws
 * `<TopBar>` and `<main id="main">` itself. What it says to the service goes through `call` (shared/api.ts: refusals as
 * ApiError, `faultOf(error, 'field')` for `<Field fault=…>`); how conversations stand comes through `openLive`.
 *
 * Add words: a section of `i18n/zh-pages.ts` (of `i18n/zh.ts` only what the sidebar says too: that page must stay small), the
 * same in every other language (a missing one is an error of types). With values: a function. Read them as
 * `words.value.section.key` inside a component, which is then drawn anew when the language changes.
 * Another language: files beside `en.ts` and `en-pages.ts`, named in `shared/words.ts` and `i18n/page-words.ts`.
 *
 * Add a component: used by several pages in `shared/`, else in the page's folder. State that several parts share is a signal;
 * `remembered(…)` keeps it in the browser. Colours, spaces and sizes only by the tokens of `zaima.css`. Types of the wire come
 * from the server's schemas by `shared/wire.ts`; nothing else of the server is imported, but the pure files that
 * `test/architecture.test.ts` names.
 *
 * What a page shows and others change: `usePolled` asks again and knows when it is offline. What is not saved: `useLeaveWarning`.
 *
 * Notes: `toast`, `announce` (shared/announcer.ts). A message never takes the focus.
 */
import './zaima.css';
import './i18n/page-words.js';
import { effect, useSignal } from '@preact/signals';
import { type ComponentType, render } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PagePath } from '../server/page-paths.js';
import { pageLoaders } from './page-loaders.js';
import { pageAt } from './pages.js';
import { isLoggedOut } from './shared/api.js';
import { go, place, startRouter } from './shared/router.js';
import { may, me } from './shared/session.js';
import { titlePrefix } from './shared/title.js';
import { isUpdated, partMissing } from './shared/updated.js';
import { loadWords, words } from './shared/words.js';
import { ErrorBoundary } from './shell/error-boundary.js';
import { Notices } from './shell/notices.js';
import { ToastPlace } from './shell/toast-place.js';
import { TopBar } from './shell/top-bar.js';
import { untilKnown } from './shell/until-known.js';
import './shared/theme.js';

const loaded = new Map<PagePath, ComponentType>();

function App() {
  const found = pageAt(place.value.path);
  const name = found?.name;
  const drawn = useSignal(0);
  const failed = useSignal<PagePath | undefined>(undefined);
  const tried = useSignal(0);
  useEffect(() => {
    if (name === undefined || loaded.has(name)) return;
    pageLoaders[name]().then(
      ({ Page }) => {
        loaded.set(name, Page);
        drawn.value += 1;
      },
      () => {
        failed.value = name;
        return partMissing();
      },
    );
  }, [name, tried.value]);
  void drawn.value;
  if (found === undefined) return <Note title={words.value.shell.noPage} />;
  const { isOpen, needs } = found.entry;
  if (isOpen !== true && me.value === undefined) return null;
  if (needs !== undefined && !may(needs)) return <Note title={words.value.shell.notForYou} />;
  const Page = loaded.get(found.name);
  if (Page !== undefined) return <Page />;
  if (failed.value !== found.name) return null;
  if (isUpdated.value) return <Note title={words.value.shell.updated} again={() => location.reload()} />;
  return (
    <Note
      title={words.value.shell.notLoaded}
      again={() => {
        failed.value = undefined;
        tried.value += 1;
      }}
    />
  );
}

function Note({ title, again }: { readonly title: string; readonly again?: () => void }) {
  return (
    <>
      <TopBar />
      <main class="page" id="main">
        <h1>{title}</h1>
        {again !== undefined && (
          <p>
            <button type="button" class="btn btn-main" onClick={again}>
              {words.value.shell.reload}
            </button>
          </p>
        )}
      </main>
    </>
  );
}

function Root() {
  return (
    <>
      <ErrorBoundary place={place.value.path}>
        <App />
      </ErrorBoundary>
      <Notices />
      <ToastPlace />
    </>
  );
}

async function start(): Promise<void> {
  startRouter((path) => pageAt(path) !== undefined);
  await loadWords();
  if (pageAt(place.peek().path)?.entry.isOpen !== true) await untilKnown(document.getElementById('app')!);
  effect(() => {
    const entry = pageAt(place.value.path)?.entry;
    const { brand } = words.value.shell;
    document.title = titlePrefix.value + (entry === undefined ? brand : `${entry.title(words.value)} · ${brand}`);
  });
  effect(() => {
    const { path, query } = place.value;
    if (!isLoggedOut.value || pageAt(path)?.entry.isOpen === true) return;
    const search = query.toString();
    go(`/login?next=${encodeURIComponent(search === '' ? path : `${path}?${search}`)}`, { replace: true });
  });
  render(<Root />, document.getElementById('app')!);
}

void start();
