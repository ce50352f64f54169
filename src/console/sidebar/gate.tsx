/** Nobody is logged in, as far as this page may know. In a frame the login has a window of its own; what then helps is said. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { LoginForm } from '../login/login-form.js';
import { ApiError } from '../shared/api.js';
import { loadMe } from '../shared/session.js';
import { words } from '../shared/words.js';
import { type Host, tellOpener, type WindowWord, windowWord } from './host.js';

const size = 'popup,width=380,height=760';

export function Gate({ host }: { readonly host: Host }) {
  return host.isFramed ? <FramedGate host={host} /> : <OwnGate />;
}

function OwnGate() {
  return (
    <main class="bar-gate" id="main">
      <LoginForm onDone={tellOpener} />
    </main>
  );
}

function FramedGate({ host }: { readonly host: Host }) {
  const w = words.value.sidebar.gate;
  const opened = useRef<Window | null>(null);
  /** `blocked`: somebody is logged in next door, and this frame is not let know. */
  const state = useSignal<'start' | 'opened' | 'blocked' | 'noWindow'>('start');
  const conversation = host.conversation.value;

  const look = async (): Promise<boolean> => {
    try {
      return await loadMe();
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  };
  useEffect(() => {
    async function heard(event: MessageEvent): Promise<void> {
      if (windowWord(event, opened.current)?.zaima !== 'loggedIn') return;
      if (!(await look())) state.value = 'blocked';
      // It has just begun to listen.
      tell();
    }
    // Somebody may have logged in in another tab.
    const again = () => void look();
    addEventListener('message', heard);
    addEventListener('focus', again);
    return () => {
      removeEventListener('message', heard);
      removeEventListener('focus', again);
    };
  }, []);

  function tell(): void {
    const id = host.conversation.peek();
    const word: WindowWord | undefined = id === undefined ? undefined : { zaima: 'conversation', conversation: id };
    if (word !== undefined && opened.current?.closed === false) opened.current.postMessage(word, location.origin);
  }
  useEffect(tell, [conversation]);

  const address = new URL(location.href);
  if (conversation !== undefined) address.searchParams.set('conversation', conversation);
  function open(): void {
    opened.current = window.open(address, 'zaima-sidebar', size);
    if (opened.current === null) state.value = 'noWindow';
    else if (state.peek() !== 'blocked') state.value = 'opened';
  }
  const isBlocked = state.value === 'blocked';
  return (
    <main class="bar-gate" id="main">
      <h1>{isBlocked ? w.blockedTitle : w.title}</h1>
      <p class="soft sm">{isBlocked ? w.blocked : w.what}</p>
      {state.value === 'noWindow' ? (
        <p class="note note-err sm" role="alert">
          <span>
            {w.noWindow}{' '}
            <a href={address.href} target="_blank" rel="noopener opener">
              {w.link}
            </a>
          </span>
        </p>
      ) : (
        <button type="button" class="btn btn-main" onClick={open}>
          {isBlocked ? w.toWindow : w.open}
        </button>
      )}
      {state.value === 'opened' && (
        <p class="xs muted" role="status">
          {w.waiting}
        </p>
      )}
      {isBlocked && <p class="xs muted">{w.mend}</p>}
    </main>
  );
}
