/** Which rows of a long list are drawn. Pure. */

export interface VisibleRows {
  readonly from: number;
  readonly to: number;
  /** Empty room before and behind what is drawn. */
  readonly before: number;
  readonly behind: number;
}

/** Shorter lists are drawn whole. */
export const fewestForWindow = 60;
const spareRows = 8;

/** @param heights of all rows, in pixels; `top` and `height` of what can be seen */
export function visibleRows(heights: readonly number[], top: number, height: number): VisibleRows {
  if (heights.length <= fewestForWindow) return { from: 0, to: heights.length, before: 0, behind: 0 };
  let from = 0;
  let before = 0;
  while (from < heights.length && before + heights[from]! <= top) before += heights[from++]!;
  let to = from;
  let reached = before;
  while (to < heights.length && reached < top + height) reached += heights[to++]!;
  for (let spare = 0; spare < spareRows && from > 0; spare++) before -= heights[--from]!;
  for (let spare = 0; spare < spareRows && to < heights.length; spare++) reached += heights[to++]!;
  const all = heights.reduce((sum, one) => sum + one, 0);
  return { from, to, before, behind: all - reached };
}
