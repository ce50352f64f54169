/**
 * The chat of a shop on its own site:
 *
 *     <script src="https://zaima.example/webchat.js" data-shop="demo" async></script>
 *
 * More on the tag: data-item (id of the product that the page shows), data-language (zh, en), data-theme (light, dark),
 * data-open (open at once). It sets no cookie; what it keeps is in localStorage of the page's own site.
 */
import { openKeeping } from './keeping.js';
import { type Line, openLine } from './line.js';
import { openPanel, type Panel, type PanelLine } from './panel.js';
import { type Language, words } from './words.js';

/** Who has not written yet is told this often who answers. */
const standingMs = 20_000;

const tag = document.currentScript as HTMLScriptElement | null;
if (tag !== null && document.querySelector('[data-zaima]') === null) void start(tag);

async function start({ src, dataset }: HTMLScriptElement): Promise<void> {
  const { shop } = dataset;
  if (shop === undefined) {
    // biome-ignore lint/suspicious/noConsole: for whoever puts the tag on a page
    console.warn('zaima: the script tag names no shop: add data-shop');
    return;
  }
  const base = new URL(`/v1/shops/${encodeURIComponent(shop)}/webchat`, src).href;
  const keeping = openKeeping(`zaima ${base}`);
  /** There once the server has said that there is a chat. */
  let panel: Panel | undefined;
  const told = new Map<string, Line>();
  const failed = new Map<string, Line>();
  const line = openLine(base, keeping, {
    told(lines) {
      for (const one of lines) told.set(one.id, one);
      show();
    },
    settled(id, isTaken) {
      const waited = pending.get(id);
      pending.delete(id);
      // The server's own line takes its place; until then it stands as it is.
      if (waited !== undefined) (isTaken ? told : failed).set(id, told.get(id) ?? waited);
      // Whoever wrote and closed the chat at once waits for an answer all the same.
      look();
      show();
    },
    state: (state) => panel?.state(state),
    standing: (standing) => panel?.stand(standing),
  });
  const pending = new Map<string, Line>(keeping.waiting().map((one) => [one.id, lineOf(one.id, one.text, one.at)]));
  const begin = await line.begin();
  if (begin === undefined) {
    // biome-ignore lint/suspicious/noConsole: as above
    console.warn('zaima: there is no chat for this page: see webChat of the shop');
    return;
  }
  if (document.body === null) await new Promise((done) => addEventListener('DOMContentLoaded', done, { once: true }));
  const language: Language = (dataset.language ?? document.documentElement.lang ?? navigator.language).startsWith('en')
    ? 'en'
    : 'zh';
  let receipts: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setInterval> | undefined;
  let deliveredUpTo = keeping.readUpTo();

  panel = openPanel(
    { begin, words: words[language], language, theme: dataset.theme },
    {
      send(text) {
        const [id, at] = [newId(), Date.now()];
        // As it is now: a page may go on to another product without being loaded anew.
        const { item } = dataset;
        pending.set(id, lineOf(id, text, at));
        line.send({ id, text, at, ...(item !== undefined && { item }) });
        show();
      },
      opened(isOpen) {
        look();
        show();
        clearInterval(again);
        if (!isOpen) return;
        void line.lookAgain();
        again = setInterval(() => document.visibilityState === 'visible' && void line.lookAgain(), standingMs);
      },
    },
  );

  const replies = (): Line[] => [...told.values()].filter(({ author }) => author !== 'visitor');

  function show(): void {
    if (panel === undefined) return;
    const lines: PanelLine[] = [
      ...told.values(),
      ...[...failed.values()].map((one) => ({ ...one, state: 'failed' as const })),
      ...[...pending.values()].map((one) => ({ ...one, state: 'waiting' as const })),
    ];
    const isRead = panel.isOpen && document.visibilityState === 'visible';
    const unread = isRead ? 0 : replies().filter(({ at }) => at > keeping.readUpTo()).length;
    panel.show(
      lines.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
      unread,
    );
    clearTimeout(receipts);
    receipts = setTimeout(() => tellReceipts(isRead), 300);
  }

  function tellReceipts(isRead: boolean): void {
    const all = replies();
    const last = all.reduce((latest, { at }) => (at > latest ? at : latest), '');
    const since = isRead ? keeping.readUpTo() : deliveredUpTo;
    if (last <= since) return;
    line.receipts(
      all.filter(({ at }) => at > since).map(({ id }) => id),
      isRead ? 'read' : 'delivered',
    );
    deliveredUpTo = last;
    if (isRead) keeping.setReadUpTo(last);
  }

  /** A page in the background lets go of its connection: browsers give a site six. */
  function look(): void {
    line.look(document.visibilityState === 'visible' && (panel?.isOpen === true || keeping.token() !== undefined));
  }

  document.addEventListener('visibilitychange', () => {
    look();
    show();
  });
  look();
  show();
  if (dataset.open !== undefined) panel.open();
}

function lineOf(id: string, text: string, at: number): Line {
  return { id, author: 'visitor', text, at: new Date(at).toISOString() };
}

/** crypto.randomUUID is there on https alone. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
