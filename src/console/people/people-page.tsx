/** Who works here, which programs have a key, and who did what: the owner's. */

import { place } from '../shared/router.js';
import { shop } from '../shared/session.js';
import { words } from '../shared/words.js';
import { ZoneNote } from '../shared/zone-note.js';
import { TopBar } from '../shell/top-bar.js';
import { Audit } from './audit.js';
import { Members } from './members.js';
import { Tokens } from './tokens.js';
import './people.css';

const tabs = ['members', 'tokens', 'audit'] as const;

export function Page() {
  const w = words.value.people;
  const asked = place.value.query.get('show');
  const tab = tabs.find((one) => one === asked) ?? 'members';
  const shopId = shop.value?.id;
  return (
    <>
      <TopBar />
      <main class="page pe-page" id="main">
        <div class="page-head">
          <div>
            <h1>{w.heading}</h1>
            <p>{w.what[tab]}</p>
            <ZoneNote />
          </div>
        </div>
        <nav class="pe-tabs" aria-label={w.heading}>
          {tabs.map((one) => (
            <a
              key={one}
              href={one === 'members' ? '/people' : `/people?show=${one}`}
              aria-current={one === tab ? 'page' : undefined}
            >
              {w.tabs[one]}
            </a>
          ))}
        </nav>
        {tab === 'members' && <Members />}
        {tab === 'tokens' && shopId !== undefined && <Tokens key={shopId} shopId={shopId} />}
        {tab === 'audit' && shopId !== undefined && <Audit key={shopId} shopId={shopId} />}
      </main>
    </>
  );
}
