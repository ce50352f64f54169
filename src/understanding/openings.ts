/** Where a clause may be said to start: at its first unit, and after each polite opening. */

// Bounded: whoever writes a thousand 亲 costs no more.
const most = 8;

export interface Openings {
  readonly openClause: () => void;
  readonly add: (at: number) => void;
  readonly isOpening: (at: number) => boolean;
}

/** Scratch of one matcher. */
export function openOpenings(): Openings {
  const places = new Int32Array(most);
  const now = { count: 0 };
  return {
    openClause() {
      now.count = 0;
    },
    add(at) {
      if (now.count < most) now.count++;
      places[now.count - 1] = at;
    },
    isOpening(at) {
      for (let i = 0; i < now.count; i++) if (places[i] === at) return true;
      return false;
    },
  };
}
