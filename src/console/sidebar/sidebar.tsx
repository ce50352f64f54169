/**
 * The sidebar: an entry of its own, so that a chat client's frame loads the desk's parts for one conversation and nothing else
 * (at most 60 kB; test/console/sidebar/size.test.ts).
 */
import '../zaima.css';
import '../desk/desk.css';
import './sidebar.css';
import '../shared/theme.js';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { isLoggedOut } from '../shared/api.js';
import { later } from '../shared/later.js';
import { me } from '../shared/session.js';
import { loadWords, words } from '../shared/words.js';
import { ErrorBoundary } from '../shell/error-boundary.js';
import { Notices } from '../shell/notices.js';
import { untilKnown } from '../shell/until-known.js';
import { Bar } from './bar.js';
import { type Host, openHost, tellOpener } from './host.js';

/** Most come with a login. */
const Gate = later<{ readonly host: Host }>(() => import('./gate.js').then((its) => its.Gate));

function Sidebar({ host }: { readonly host: Host }) {
  const known = me.value;
  if (known === undefined || isLoggedOut.value) return <Gate host={host} />;
  const shop = host.shop === undefined ? known.servedShops[0] : known.servedShops.find(({ id }) => id === host.shop);
  const w = words.value.sidebar;
  const canWork = known.permissions.includes('desk');
  if (shop === undefined || !canWork)
    return (
      <main class="bar-none soft" id="main">
        <p role="alert">{canWork ? w.notYourShop(known.name) : words.value.shell.notForYou}</p>
      </main>
    );
  return <Bar key={`${shop.id} ${known.id}`} host={host} shopId={shop.id} userId={known.id} />;
}

async function start(): Promise<void> {
  const app = document.getElementById('app')!;
  const host = openHost();
  await loadWords();
  effect(() => {
    document.title = `${words.value.sidebar.title} · ${words.value.shell.brand}`;
  });
  await untilKnown(app);
  if (me.peek() !== undefined) tellOpener();
  render(
    <>
      <ErrorBoundary place={location.pathname}>
        <Sidebar host={host} />
      </ErrorBoundary>
      <Notices />
    </>,
    app,
  );
}

void start();
