/** Waits for something new instead of asking again and again. */

export interface Waiting {
  /** Resolves at the next call back since the last `next`, at the end of the time, or when it is over. */
  next(): Promise<void>;
  /** True once the time is up, the caller is gone, or the server stops. */
  readonly over: boolean;
  /** Lets go of timer and subscription; to be called in any case. */
  end(): void;
}

/**
 * Begins to listen at once, so that nothing that is committed between a look and the wait is missed.
 * @param subscribe calls its argument at news and returns how to stop that.
 */
export function openWaiting(subscribe: (news: () => void) => () => void, milliseconds: number, gone: AbortSignal): Waiting {
  let isOver = gone.aborted;
  let news = false;
  let wake: (() => void) | undefined;
  const finish = (): void => {
    isOver = true;
    wake?.();
  };
  const unsubscribe = subscribe(() => {
    news = true;
    wake?.();
  });
  const timer = setTimeout(finish, milliseconds);
  gone.addEventListener('abort', finish);
  return {
    get over() {
      return isOver;
    },
    async next() {
      if (!news && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      wake = undefined;
      news = false;
    },
    end() {
      clearTimeout(timer);
      unsubscribe();
      gone.removeEventListener('abort', finish);
    },
  };
}
