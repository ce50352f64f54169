/** Compiling beside serving: requests are answered between slices of some milliseconds. */
import type { Steps } from '../understanding/steps.js';

const sliceMs = 5;

/** Runs the steps to their end; a slice ends with the first step that is over after 5 ms. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await new Promise((next) => setImmediate(next));
  }
}
