/** The chat on the page: a bubble that opens a panel, in a shadow root so that neither page nor chat spoils the other's looks. */
import type { ChatBegin, Line, LineState, Standing } from './line.js';
import { looks } from './looks.js';
import type { Words } from './words.js';

export interface PanelLine extends Line {
  readonly state?: 'waiting' | 'failed';
}

export interface PanelEvents {
  readonly send: (text: string) => void;
  readonly opened: (isOpen: boolean) => void;
}

export interface Panel {
  readonly isOpen: boolean;
  open(): void;
  /** All lines, in order. */
  show(lines: readonly PanelLine[], unread: number): void;
  state(state: LineState): void;
  /** Who answers now. */
  stand(standing: Standing): void;
}

interface Look {
  readonly begin: ChatBegin;
  readonly words: Words;
  readonly language: string;
  readonly theme: string | undefined;
}

const svg = 'http://www.w3.org/2000/svg';

export function openPanel({ begin, words, language, theme }: Look, events: PanelEvents): Panel {
  const host = document.createElement('div');
  host.lang = language === 'zh' ? 'zh-CN' : 'en';
  host.dataset.zaima = '';
  if (theme !== undefined) host.dataset.theme = theme;
  const root = host.attachShadow({ mode: 'open' });
  dress(root);

  const all = make('div', 'all');
  const bubble = make('button', 'bubble');
  bubble.type = 'button';
  bubble.append(icon('M4 5h16v11H10l-4 4v-4H4z'));
  const count = make('span', 'count');
  count.setAttribute('aria-hidden', 'true');
  count.hidden = true;
  bubble.append(count);

  const panel = make('section', 'panel');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', begin.title);
  panel.hidden = true;
  const header = make('header');
  const about = make('div');
  const title = make('h2', '', begin.title);
  const duty = make('p');
  duty.setAttribute('role', 'status');
  const stand = ({ answers, opening }: Standing): void => {
    const said = words.answers[answers](opening);
    // What stands there already is not read out once more.
    if (duty.textContent !== said) duty.textContent = said;
  };
  stand(begin);
  if (begin.hours !== undefined && language === 'zh') duty.title = words.hours(begin.hours);
  about.append(title, duty);
  const close = make('button', 'close');
  close.type = 'button';
  close.setAttribute('aria-label', words.close);
  close.append(icon('M5 5l14 14M19 5L5 19'));
  header.append(about, close);

  const log = make('div', 'log');
  log.setAttribute('role', 'log');
  log.setAttribute('aria-label', words.log);
  log.tabIndex = 0;
  const state = make('p', 'state');
  state.setAttribute('role', 'status');
  state.hidden = true;
  const form = make('form');
  const input = make('textarea');
  input.setAttribute('aria-label', words.write);
  input.placeholder = words.write;
  input.rows = 1;
  input.maxLength = begin.limits.characters;
  input.enterKeyHint = 'send';
  const send = make('button', 'send', words.send);
  form.append(input, send);
  panel.append(header, log, state, form);
  all.append(panel, bubble);
  root.append(all);
  document.body.append(host);

  let isOpen = false;
  const turn = (is: boolean): void => {
    isOpen = is;
    panel.hidden = !is;
    bubble.hidden = is;
    all.classList.toggle('open', is);
    bubble.setAttribute('aria-expanded', String(is));
    events.opened(is);
    if (is) {
      log.scrollTop = log.scrollHeight;
      input.focus();
    } else bubble.focus();
  };
  const say = (): void => {
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    grow();
    events.send(text);
    log.scrollTop = log.scrollHeight;
  };
  /** As high as its words, within the looks' bounds. */
  const grow = (): void => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight + 2, 132)}px`;
  };
  bubble.addEventListener('click', () => turn(true));
  close.addEventListener('click', () => turn(false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    say();
    input.focus();
  });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter picks a candidate (229: browsers that do not say isComposing).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    say();
  });
  panel.addEventListener('keydown', (event) => {
    // The page's own shortcuts are not for what is typed here.
    event.stopPropagation();
    if (event.key === 'Escape' && !event.isComposing) turn(false);
  });

  const shown = new Map<string, { readonly node: HTMLElement; readonly as: string }>();
  const greeting = begin.greeting === undefined ? undefined : make('div', 'said bot');
  if (greeting !== undefined) {
    greeting.append(make('span', 'who', words.bot), make('p', 'words', begin.greeting));
    log.append(greeting);
  }

  const label = (unread: number): void => {
    bubble.setAttribute('aria-label', unread > 0 ? words.unread(unread) : words.open);
    count.hidden = unread === 0;
    count.textContent = unread > 99 ? '99+' : String(unread);
  };
  label(0);
  bubble.setAttribute('aria-expanded', 'false');

  return {
    get isOpen() {
      return isOpen;
    },
    open: () => turn(true),
    stand,
    show(lines, unread) {
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
      let before: ChildNode | null = greeting?.nextSibling ?? (greeting === undefined ? log.firstChild : null);
      for (const line of lines) {
        // To the minute, as it is shown.
        const as = `${line.state ?? ''} ${line.at.slice(0, 16)} ${line.text}`;
        let known = shown.get(line.id);
        if (known === undefined || known.as !== as) {
          const node = nodeOf(line, words, language);
          // In its old place, so that nothing is read out twice that only changed its state.
          if (known !== undefined) {
            if (before === known.node) before = node;
            known.node.replaceWith(node);
          }
          known = { node, as };
          shown.set(line.id, known);
        }
        if (known.node !== before) log.insertBefore(known.node, before);
        before = known.node.nextSibling;
      }
      const ids = new Set(lines.map(({ id }) => id));
      for (const [id, { node }] of shown) {
        if (ids.has(id)) continue;
        node.remove();
        shown.delete(id);
      }
      label(unread);
      if (isAtEnd) log.scrollTop = log.scrollHeight;
    },
    state(is) {
      state.hidden = is === 'fine';
      if (is !== 'fine') state.textContent = words[is];
      send.disabled = is === 'gone';
    },
  };
}

function nodeOf(line: PanelLine, words: Words, language: string): HTMLElement {
  const isOwn = line.author === 'visitor';
  const said = make(
    'div',
    `said${isOwn ? ' own' : line.author === 'bot' ? ' bot' : ''}${line.state === 'failed' ? ' failed' : ''}`,
  );
  const who = isOwn ? words.you : line.author === 'bot' ? words.bot : (line.name ?? words.agent);
  const at = new Date(line.at);
  const time = make(
    'time',
    '',
    at.toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en', { hour: '2-digit', minute: '2-digit' }),
  );
  time.dateTime = line.at;
  const head = make('span', 'who');
  head.append(make('span', isOwn ? 'sr' : '', who), ' ', line.state === undefined ? time : words[line.state]);
  said.append(head, make('p', 'words', line.text));
  return said;
}

function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Older browsers; a page that forbids inline styles then sees it undressed.
    const style = document.createElement('style');
    style.textContent = looks;
    root.append(style);
  }
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', text?: string): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  if (className !== '') node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function icon(path: string): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}
