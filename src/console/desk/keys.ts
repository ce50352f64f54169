/** What a key does at the desk. Pure: the page asks here and nowhere else, so that an input method is never overheard. */

export type KeyCommand =
  | { readonly do: 'draft'; readonly place: number }
  | {
      readonly do:
        | 'send'
        | 'override'
        | 'adopt'
        | 'clear'
        | 'phrases'
        | 'search'
        | 'pane'
        | 'sheet'
        | 'emoji'
        | 'close'
        | 'takeBack';
    }
  | { readonly do: 'next' | 'previous' | 'nextWaiting' | 'take' | 'handOver' | 'end' | 'reopen' };

export interface Key {
  readonly key: string;
  /** Option and digit type signs on a Mac: only the code is the digit's. */
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export interface Where {
  /** `other`: another field, in which letters are letters. */
  readonly focus: 'composer' | 'field' | 'outside';
  readonly isComposerEmpty: boolean;
  readonly hasDraft: boolean;
  /** Something that was sent can still be taken back. */
  readonly hasHeld: boolean;
  /** Nothing was typed since: the text that stands in the composer was brought there. */
  readonly isUntouched: boolean;
  /** Cmd is then what Ctrl is elsewhere. */
  readonly isMac: boolean;
}

/** 229: a key that an input method has taken, also where no composition was begun yet or just ended (Safari). */
const takenByInputMethod = 229;

/** With Alt everywhere, outside fields alone: in an empty composer a letter begins a word, also a word to a colleague's buyer. */
const letters: Readonly<Record<string, KeyCommand>> = {
  N: { do: 'nextWaiting' },
  T: { do: 'take' },
  H: { do: 'handOver' },
  E: { do: 'end' },
  R: { do: 'reopen' },
};

/** Undefined: the key is not ours; the browser does what it does. */
export function keyCommand(key: Key, where: Where): KeyCommand | undefined {
  if (key.isComposing || key.keyCode === takenByInputMethod) return undefined;
  const { focus, isComposerEmpty, isMac } = where;
  const control = isMac ? key.metaKey : key.ctrlKey;
  const other = isMac ? key.ctrlKey : key.metaKey;
  if (other) return undefined;
  const isFree = focus === 'outside';
  const inComposer = focus === 'composer';

  const digit = /^(?:Digit|Numpad)([123])$/.exec(key.code);
  if (digit !== null && !control && !key.shiftKey) {
    const place = Number(digit[1]) - 1;
    if (key.altKey) return { do: 'draft', place };
    if (isFree || (inComposer && isComposerEmpty)) return { do: 'draft', place };
  }
  if (key.altKey && !control) {
    // While the next words are typed Ctrl+Z is theirs: what was sent is reached by this.
    if (key.code === 'KeyZ' && !key.shiftKey) return where.hasHeld ? { do: 'takeBack' } : undefined;
    if (key.key === 'ArrowDown') return { do: 'next' };
    if (key.key === 'ArrowUp') return { do: 'previous' };
    // Option and a letter type a sign on a Mac.
    return key.shiftKey ? undefined : letters[/^[a-z]$/i.test(key.key) ? key.key.toUpperCase() : key.code.replace('Key', '')];
  }
  if (key.key === 'F6' && !control) return { do: 'pane' };
  if (control && key.code === 'KeyK') return { do: 'search' };
  if (control && (key.key === '/' || key.code === 'Slash')) return { do: 'phrases' };
  if (control && (key.key === ';' || key.code === 'Semicolon')) return { do: 'emoji' };
  // In what was typed the undo is that of the text; once it is gone, the next one is that of the sending.
  const isTextless = isComposerEmpty || where.isUntouched;
  if (control && key.code === 'KeyZ' && !key.shiftKey && where.hasHeld && (isFree || (inComposer && isTextless)))
    return { do: 'takeBack' };
  if (inComposer) {
    if (key.key === 'Enter') {
      if (control) return { do: 'override' };
      return key.shiftKey ? undefined : { do: 'send' };
    }
    if (control && (key.key === '.' || key.code === 'Period')) return { do: 'adopt' };
    if (key.key === 'Escape') return { do: 'clear' };
    if (key.key === 'Tab' && !key.shiftKey && !control && isComposerEmpty && where.hasDraft) return { do: 'draft', place: 0 };
    if (key.key === '/' && isComposerEmpty) return { do: 'phrases' };
    return undefined;
  }
  if (key.key === 'Escape') return { do: 'close' };
  if (!isFree || control) return undefined;
  switch (key.key) {
    case '/':
      return { do: 'phrases' };
    case '?':
      return { do: 'sheet' };
    case 'j':
    case 'J':
      return { do: 'next' };
    case 'k':
    case 'K':
      return { do: 'previous' };
    default:
      return letters[key.key.toUpperCase()];
  }
}
