/**
 * Which conversation the sidebar is about: the address says it, or the page around the frame, or the frame that opened this
 * window because it may not log in where it stands.
 *
 *     /sidebar?shop=demo&conversation=c-1      one conversation
 *     /sidebar?shop=demo                       a dashboard app of Chatwoot, which tells of each conversation that is opened
 *     &prefix=cw-                              what stands before the client's own id in ours
 *     &send=no                                 copy only: the client's own box sends
 */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface Host {
  readonly isFramed: boolean;
  /** As the address names it. */
  readonly shop: string | undefined;
  readonly canSend: boolean;
  readonly conversation: ReadonlySignal<string | undefined>;
  close(): void;
}

const longestId = 128;
/** What Chatwoot's dashboard answers by telling of the conversation that stands open. */
const fetchInfo = 'chatwoot-dashboard-app:fetch-info';

/**
 * The conversation of Chatwoot's `appContext`, a JSON string. Pure.
 * @param prefix what stands before its id in ours
 * @returns undefined: this is something else
 */
export function conversationTold(data: unknown, prefix: string): string | undefined {
  if (typeof data !== 'string') return undefined;
  let told: unknown;
  try {
    told = JSON.parse(data);
  } catch {
    // Pages say all kinds of things to their frames.
    return undefined;
  }
  const { event, data: context } = (told ?? {}) as { event?: unknown; data?: { conversation?: { id?: unknown } } };
  const id = context?.conversation?.id;
  if (event !== 'appContext' || (typeof id !== 'number' && typeof id !== 'string') || id === '') return undefined;
  const whole = `${prefix}${id}`;
  return whole.length > longestId ? undefined : whole;
}

/** What the frame and the window that it opened say to each other. */
export type WindowWord = { readonly zaima: 'conversation'; readonly conversation: string } | { readonly zaima: 'loggedIn' };

/** Whoever opened this window hears that somebody is logged in now. */
export function tellOpener(): void {
  const word: WindowWord = { zaima: 'loggedIn' };
  (window.opener as Window | null)?.postMessage(word, location.origin);
}

export function windowWord({ data, origin, source }: MessageEvent, other: unknown): WindowWord | undefined {
  if (other === null || other === undefined || source !== other || origin !== location.origin) return undefined;
  const word = data as WindowWord | null;
  if (word?.zaima === 'loggedIn') return word;
  return word?.zaima === 'conversation' && typeof word.conversation === 'string' ? word : undefined;
}

export function openHost(): Host {
  const query = new URLSearchParams(location.search);
  const prefix = query.get('prefix') ?? '';
  const conversation = signal<string | undefined>(query.get('conversation')?.slice(0, longestId) || undefined);
  const isFramed = window.parent !== window;
  const around = isFramed ? originAround() : undefined;

  function heard(event: MessageEvent): void {
    const word = windowWord(event, window.opener);
    if (word?.zaima === 'conversation') conversation.value = word.conversation.slice(0, longestId);
    // Who may stand around the frame `web.frameAncestors` says, by which browsers hold.
    if (!isFramed || event.source !== window.parent || (around !== undefined && event.origin !== around)) return;
    const told = conversationTold(event.data, prefix);
    if (told !== undefined) conversation.value = told;
  }
  addEventListener('message', heard);
  if (isFramed) window.parent.postMessage(fetchInfo, around ?? '*');
  return {
    isFramed,
    shop: query.get('shop') ?? undefined,
    canSend: query.get('send') !== 'no',
    conversation,
    close: () => removeEventListener('message', heard),
  };
}

/** Undefined where the browser does not tell. */
function originAround(): string | undefined {
  const known = (location as { ancestorOrigins?: DOMStringList }).ancestorOrigins?.[0];
  if (known !== undefined) return known === 'null' ? undefined : known;
  return document.referrer === '' ? undefined : new URL(document.referrer).origin;
}
