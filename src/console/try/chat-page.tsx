/** A page like a shop's own site, with the real web chat on it. Links load anew, so that the chat stays on this page alone. */
import './try.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { CopyButton, CopyByHand } from '../shared/copy-button.js';
import { me, shop } from '../shared/session.js';
import { language, words } from '../shared/words.js';
import { scriptTag } from './script-tag.js';

const patienceMs = 5000;

export function Page() {
  const w = words.value.chat;
  const known = shop.value;
  const isMissing = useSignal(false);
  const byHand = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (known === undefined || document.querySelector('script[data-shop]') !== null) return;
    const script = document.createElement('script');
    script.src = '/webchat.js';
    script.dataset.shop = known.id;
    script.dataset.language = language.peek();
    script.onerror = () => {
      isMissing.value = true;
    };
    document.body.append(script);
    const timer = setTimeout(() => {
      isMissing.value = document.querySelector('[data-zaima]') === null;
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [known?.id]);
  if (known === undefined || me.value === undefined) return null;
  const tag = scriptTag(known.id);
  return (
    <main class="page chat-demo" id="main">
      <h1 lang="zh-CN">{known.name}</h1>
      <p>{w.lead}</p>
      <p class="sm soft">{w.tagLead}</p>
      <code class="tag">{tag}</code>
      <div class="row">
        <CopyButton text={tag} onRefused={(text) => (byHand.value = text)} />
        <a class="btn btn-sm" href="/" target="_self">
          {w.desk}
        </a>
        <a class="btn btn-sm" href="/try" target="_self">
          {w.back}
        </a>
      </div>
      <p class="xs muted">{w.origins}</p>
      {isMissing.value && (
        <p class="note note-err" role="alert">
          {w.notBuilt}
        </p>
      )}
      {byHand.value !== undefined && <CopyByHand text={byHand.value} onClose={() => (byHand.value = undefined)} />}
    </main>
  );
}
