/** Long work in short steps, so that whoever has other work may do it in between. */

export type Steps<T> = Generator<void, T, void>;

/** All steps one after the other. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
