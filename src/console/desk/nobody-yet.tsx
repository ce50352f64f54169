/** A desk to which no buyer has ever come: where a newcomer goes from here. */
import { may } from '../shared/session.js';
import { words } from '../shared/words.js';

export function NobodyYet() {
  const w = words.value.atDesk;
  return (
    <div class="talk-none nobody-yet">
      <h1>{w.nobodyYet}</h1>
      <p class="soft">{w.nobodyYetMore}</p>
      {may('read') && (
        <p class="row">
          <a class="btn btn-main" href="/try">
            {w.tryIt}
          </a>
          <a class="btn" href="/try/chat" target="_blank" rel="noopener">
            {w.openChat}
          </a>
        </p>
      )}
    </div>
  );
}
