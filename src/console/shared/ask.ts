/**
 * Asks before something is done, in the page itself: browsers keep their own questions from a chat client's frame. What is
 * asked by a key is not done by the next one that happens to be Enter: the focus lies on the answer that does nothing.
 */
import { type AskedOf, type Question, questions } from '../i18n/questions.js';
import { language } from './words.js';
import './ask.css';

const longestNote = 500;

/** @returns undefined: no. Else what was noted, empty where nothing was or nothing is asked for */
export function ask<Its extends Question>(what: Its, of: AskedOf<Its>): Promise<string | undefined> {
  // Asked a second time before it was there: once is enough.
  if (document.querySelector('.ask') !== null) return Promise.resolve(undefined);
  const { no, ...all } = questions[language.peek()];
  const { text, yes } = all[what];
  const before = document.activeElement as HTMLElement | null;
  const back = made('div', 'ask');
  const form = made('form', 'card');
  const title = made('h2', '', (text as (...of: unknown[]) => string)(...of));
  title.id = 'ask-title';
  form.setAttribute('role', 'dialog');
  form.setAttribute('aria-modal', 'true');
  form.setAttribute('aria-labelledby', title.id);
  const note = what === 'wrongNote' ? made('textarea', 'input') : undefined;
  if (note !== undefined) {
    note.maxLength = longestNote;
    note.rows = 2;
    note.setAttribute('aria-labelledby', title.id);
  }
  const [noButton, yesButton] = [made('button', 'btn', no), made('button', 'btn btn-main', yes)];
  noButton.type = 'button';
  const row = made('div', 'row');
  row.append(noButton, yesButton);
  form.append(title, ...(note === undefined ? [] : [note]), row);
  back.append(form);
  // The focus stays in it, so that no key is the page's meanwhile.
  back.onmousedown = (event) => event.target === back && event.preventDefault();
  document.body.append(back);
  const stops = [...(note === undefined ? [] : [note]), noButton, yesButton];
  (note ?? noButton).focus();

  return new Promise((resolve) => {
    const end = (said: string | undefined) => {
      back.remove();
      if (before?.isConnected === true) before.focus();
      resolve(said);
    };
    noButton.onclick = () => end(undefined);
    form.onsubmit = (event) => {
      event.preventDefault();
      end(note?.value.trim() ?? '');
    };
    form.onkeydown = (event) => {
      // The keys of the page are not those of the question.
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      const by = { Tab: event.shiftKey ? -1 : 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === 'Escape') end(undefined);
      else if (event.key === 'Enter' && event.target === note && !event.shiftKey) form.requestSubmit();
      else if (by !== undefined && (event.key === 'Tab' || event.target !== note)) {
        const here = stops.indexOf(document.activeElement as (typeof stops)[number]);
        stops[(here + by + stops.length) % stops.length]!.focus();
      } else return;
      event.preventDefault();
    };
  });
}

function made<Name extends keyof HTMLElementTagNameMap>(name: Name, classes: string, text = ''): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = classes;
  element.textContent = text;
  return element;
}
