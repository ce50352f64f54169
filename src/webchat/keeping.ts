/** What the chat keeps in the browser: who the visitor is, what waits to be sent, what was read. Lost where storage is blocked. */

export interface Waiting {
  readonly id: string;
  readonly text: string;
  readonly item?: string;
  /** By the clock of this browser. */
  readonly at: number;
}

export interface Keeping {
  token(): string | undefined;
  setToken(token: string | undefined): void;
  /** Oldest first. */
  waiting(): readonly Waiting[];
  /** Each under a key of its own, so that two tabs do not write over each other. */
  addWaiting(one: Waiting): void;
  dropWaiting(id: string): void;
  /** ISO moment of the last reply that was read. */
  readUpTo(): string;
  setReadUpTo(at: string): void;
}

export function openKeeping(place: string): Keeping {
  const memory = new Map<string, string>();
  const get = (key: string): string | undefined => {
    try {
      return localStorage.getItem(`${place} ${key}`) ?? memory.get(key);
    } catch {
      return memory.get(key);
    }
  };
  const set = (key: string, value: string | undefined): void => {
    if (value === undefined) memory.delete(key);
    else memory.set(key, value);
    try {
      if (value === undefined) localStorage.removeItem(`${place} ${key}`);
      else localStorage.setItem(`${place} ${key}`, value);
    } catch {
      // Blocked or full: this page still has it.
    }
  };
  const keys = (): string[] => {
    const found = new Set(memory.keys());
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at);
        if (key?.startsWith(`${place} `) === true) found.add(key.slice(place.length + 1));
      }
    } catch {
      // As above.
    }
    return [...found];
  };
  return {
    token: () => get('token'),
    setToken: (token) => set('token', token),
    waiting: () =>
      keys()
        .filter((key) => key.startsWith('out '))
        .flatMap((key) => readWaiting(get(key)))
        .sort((one, other) => one.at - other.at),
    addWaiting: (one) => set(`out ${one.id}`, JSON.stringify(one)),
    dropWaiting: (id) => set(`out ${id}`, undefined),
    readUpTo: () => get('read') ?? '',
    setReadUpTo: (at) => set('read', at),
  };
}

function readWaiting(text: string | undefined): Waiting[] {
  try {
    return text === undefined ? [] : [JSON.parse(text) as Waiting];
  } catch {
    return [];
  }
}
