/**
 * A linear support vector machine for one class against all others: L2-regularised squared hinge loss, solved in the dual
 * one example at a time with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan, "A Dual Coordinate Descent Method for
 * Large-scale Linear SVM", ICML 2008; algorithm 3, as in liblinear). Deterministic: shuffles come from a fixed seed.
 */
/** Rows of numbers, most of them zero: row i holds `values` at `places`, from starts[i] to starts[i + 1]. */
export interface Rows {
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly values: Float32Array;
  /** By row, where it has more at places that no other row has: the sum of their squares. Such places get no weight. */
  readonly alone?: Float32Array;
}

/** What an example off its side costs. */
const usualCost = 1;
/** A class has few examples against many: each counts double. */
const ownWeight = 2;
/** Passes over the examples end where no example asks for a larger change than this, unless told: few examples are worth exactness. */
const tolerances = { few: 0.01, many: 0.1 };
const many = 3000;
/**
 * An example so far on its side rests until the others have settled, and is then looked at again. The paper lets rest what is
 * beyond the worst of the last pass; of a hundred classes nearly all examples are far off, and this saves half of the visits.
 */
const eager = 0.1;

export interface SvmSolver {
  /**
   * Learns one class.
   * @param isOwn 1 for the rows of the class
   * @param uses the rows to learn from
   * @param passes at most so many over the rows
   * @returns one weight for each place and last the bias; the array is reused by the next class
   */
  readonly solve: (isOwn: Uint8Array, uses: Int32Array, passes: number) => Float32Array;
}

/**
 * @param size how many places rows have
 * @param cost what an example off its side costs: the higher, the closer the examples are followed
 * @param settledAt the change that no example asks for any more; the smaller, the more passes
 */
export function openSolver(
  { starts, places, values, alone }: Rows,
  size: number,
  cost = usualCost,
  settledAt?: number,
): SvmSolver {
  const rows = starts.length - 1;
  const tolerance = settledAt ?? (rows < many ? tolerances.few : tolerances.many);
  const weights = new Float32Array(size + 1);
  const alphas = new Float32Array(rows);
  const order = new Int32Array(rows);
  // The bias is one more place, of value 1.
  const squares = alone === undefined ? new Float32Array(rows).fill(1) : alone.map((square) => square + 1);
  for (let row = 0; row < rows; row++)
    for (let i = starts[row]!; i < starts[row + 1]!; i++) squares[row]! += values[i]! * values[i]!;

  function solve(isOwn: Uint8Array, uses: Int32Array, passes: number): Float32Array {
    weights.fill(0);
    alphas.fill(0);
    order.set(uses);
    let active = uses.length;
    let ceiling = Number.POSITIVE_INFINITY;
    let random = 0x2545f491;
    let bias = 0;
    for (let pass = 0; pass < passes; pass++) {
      let highest = Number.NEGATIVE_INFINITY;
      let lowest = Number.POSITIVE_INFINITY;
      for (let i = active - 1; i > 0; i--) {
        random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
        const j = Math.floor((random / 0x100000000) * (i + 1));
        const row = order[i]!;
        order[i] = order[j]!;
        order[j] = row;
      }
      for (let s = 0; s < active; s++) {
        const row = order[s]!;
        const end = starts[row + 1]!;
        let margin = bias;
        for (let i = starts[row]!; i < end; i++) margin += weights[places[i]!]! * values[i]!;
        const side = isOwn[row] === 1 ? 1 : -1;
        const slack = 1 / (2 * (side === 1 ? ownWeight * cost : cost));
        const alpha = alphas[row]!;
        // The weight of a place that the row alone has follows from its alpha.
        const slope = side * margin - 1 + alpha * (alone === undefined ? slack : slack + alone[row]!);
        if (alpha === 0) {
          if (slope > ceiling) {
            // Far on its side: it says nothing more until the rest has settled.
            active--;
            order[s] = order[active]!;
            order[active] = row;
            s--;
            continue;
          }
          if (slope >= 0) {
            if (highest < 0) highest = 0;
            if (lowest > 0) lowest = 0;
            continue;
          }
        }
        if (slope > highest) highest = slope;
        if (slope < lowest) lowest = slope;
        const next = Math.max(alpha - slope / (squares[row]! + slack), 0);
        const step = (next - alpha) * side;
        if (step === 0) continue;
        alphas[row] = next;
        bias += step;
        for (let i = starts[row]!; i < end; i++) weights[places[i]!]! += step * values[i]!;
      }
      if (highest - lowest <= tolerance) {
        if (active === uses.length) break;
        active = uses.length;
        ceiling = Number.POSITIVE_INFINITY;
      } else ceiling = eager;
    }
    weights[size] = bias;
    return weights;
  }

  return { solve };
}
