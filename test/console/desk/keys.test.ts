/** The map of keys, line by line; and that an input method is never overheard. */
import { describe, expect, it } from 'vitest';
import { type Key, keyCommand, type Where } from '../../../src/console/desk/keys.js';

const where: Where = {
  focus: 'composer',
  isComposerEmpty: true,
  hasDraft: true,
  hasHeld: false,
  isUntouched: false,
  isMac: false,
};
const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  code: /^\d$/.test(name) ? `Digit${name}` : /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name,
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const ctrl = { ctrlKey: true };

describe('keys', () => {
  it.each<[string, Key, Partial<Where>, object | undefined]>([
    ['1 in an empty composer takes the first draft', key('1'), {}, { do: 'draft', place: 0 }],
    ['3 outside of fields takes the third', key('3'), { focus: 'outside', isComposerEmpty: false }, { do: 'draft', place: 2 }],
    ['1 in a text is a digit', key('1'), { isComposerEmpty: false }, undefined],
    ['1 in another field is a digit', key('1'), { focus: 'field' }, undefined],
    [
      'Alt+2 takes the second while there is text',
      key('2', { altKey: true }),
      { isComposerEmpty: false },
      { do: 'draft', place: 1 },
    ],
    [
      'Option+2 types a sign on a Mac: the code counts',
      key('™', { code: 'Digit2', altKey: true }),
      { isMac: true },
      { do: 'draft', place: 1 },
    ],
    ['! is no 1', key('!', { code: 'Digit1', shiftKey: true }), {}, undefined],
    ['4 is nothing', key('4'), { focus: 'outside' }, undefined],
    ['Tab takes the best draft', key('Tab'), {}, { do: 'draft', place: 0 }],
    ['Tab moves on where there is text', key('Tab'), { isComposerEmpty: false }, undefined],
    ['Tab moves on where there is no draft', key('Tab'), { hasDraft: false }, undefined],
    ['Shift+Tab moves back', key('Tab', { shiftKey: true }), {}, undefined],
    ['Enter sends', key('Enter'), { isComposerEmpty: false }, { do: 'send' }],
    ['Shift+Enter is a new line', key('Enter', { shiftKey: true }), { isComposerEmpty: false }, undefined],
    ['Enter on a button presses the button', key('Enter'), { focus: 'outside' }, undefined],
    ['Ctrl+Enter sends all the same', key('Enter', ctrl), { isComposerEmpty: false }, { do: 'override' }],
    ['Cmd+Enter on a Mac', key('Enter', { metaKey: true }), { isMac: true }, { do: 'override' }],
    ['Ctrl+. takes the wording', key('.', { code: 'Period', ...ctrl }), { isComposerEmpty: false }, { do: 'adopt' }],
    ['Esc clears', key('Escape'), { isComposerEmpty: false }, { do: 'clear' }],
    ['Esc elsewhere closes', key('Escape'), { focus: 'field' }, { do: 'close' }],
    ['/ in an empty composer searches phrases', key('/'), {}, { do: 'phrases' }],
    ['/ in a text is a stroke', key('/'), { isComposerEmpty: false }, undefined],
    ['Ctrl+/ always searches phrases', key('/', ctrl), { isComposerEmpty: false }, { do: 'phrases' }],
    ['J outside', key('j'), { focus: 'outside' }, { do: 'next' }],
    ['J in a text is a letter', key('j'), { isComposerEmpty: false }, undefined],
    ['J in an empty composer begins a pinyin', key('j'), {}, undefined],
    ['Alt+Down always', key('ArrowDown', { altKey: true }), { isComposerEmpty: false }, { do: 'next' }],
    ['Alt+Up always', key('ArrowUp', { altKey: true }), {}, { do: 'previous' }],
    ['T takes', key('t'), { focus: 'outside' }, { do: 'take' }],
    ['H hands over', key('H'), { focus: 'outside' }, { do: 'handOver' }],
    ['E closes', key('e'), { focus: 'outside' }, { do: 'end' }],
    ['Alt+T always takes', key('t', { altKey: true }), { isComposerEmpty: false }, { do: 'take' }],
    ['Option+E types a sign on a Mac', key('´', { code: 'KeyE', altKey: true }), { isMac: true }, { do: 'end' }],
    ['Alt+R opens again', key('r', { altKey: true }), { focus: 'field' }, { do: 'reopen' }],
    ['Alt+N goes to who waits', key('n', { altKey: true }), {}, { do: 'nextWaiting' }],
    ['N outside', key('n'), { focus: 'outside' }, { do: 'nextWaiting' }],
    ['T in an empty composer begins a word', key('t'), {}, undefined],
    ['Ctrl+E is the browser’s', key('e', ctrl), { focus: 'outside' }, undefined],
    ['Ctrl+K searches', key('k', ctrl), { isComposerEmpty: false }, { do: 'search' }],
    ['Ctrl+; always opens the faces', key(';', { code: 'Semicolon', ...ctrl }), { isComposerEmpty: false }, { do: 'emoji' }],
    ['F6 goes on', key('F6'), { focus: 'field' }, { do: 'pane' }],
    ['? shows the sheet', key('?'), { focus: 'outside' }, { do: 'sheet' }],
    ['Ctrl+Z takes back what was just sent', key('z', ctrl), { hasHeld: true }, { do: 'takeBack' }],
    [
      'Ctrl+Z where nothing was typed since',
      key('z', ctrl),
      { hasHeld: true, isUntouched: true, isComposerEmpty: false },
      { do: 'takeBack' },
    ],
    ['Ctrl+Z in a text is the text’s', key('z', ctrl), { hasHeld: true, isComposerEmpty: false }, undefined],
    [
      'Alt+Z takes back what was sent though one types on',
      key('z', { altKey: true }),
      { hasHeld: true, isComposerEmpty: false },
      { do: 'takeBack' },
    ],
    [
      'Option+Z types a sign on a Mac',
      key('Ω', { code: 'KeyZ', altKey: true }),
      { isMac: true, hasHeld: true },
      { do: 'takeBack' },
    ],
    ['Alt+Z where nothing can be taken back', key('z', { altKey: true }), {}, undefined],
  ])('%s', (_, pressed, more, expected) => {
    expect(keyCommand(pressed, { ...where, ...more })).toEqual(expected);
  });

  it('does nothing at all while an input method is composing', () => {
    for (const name of ['1', 'Enter', 'Tab', 'Escape', '/', 'j', 'F6', ' '])
      for (const focus of ['composer', 'field', 'outside'] as const)
        for (const more of [
          { isComposing: true },
          { keyCode: 229 },
          { keyCode: 229, ctrlKey: true },
          { isComposing: true, altKey: true },
        ])
          expect(keyCommand(key(name, more), { ...where, focus, hasHeld: true })).toBeUndefined();
  });
});
