/**
 * How sure a score is, by scores of examples that were kept out of training: right 8 times in 10 is a confidence of 0.8
 * (Platt, "Probabilistic Outputs for Support Vector Machines", 1999; Newton's method after Lin, Lin and Weng, 2007).
 */
export interface Judged {
  readonly score: number;
  readonly isRight: boolean;
}

export interface Calibration {
  /** 0 … 1, never falling as the score rises. */
  readonly confidenceOf: (score: number) => number;
}

/** What many sets of examples have in common; it decides where there are too few to tell. */
const usual = { slope: 3, offset: 2.2 };
/** How far a set may differ from it, as a standard deviation. */
const spread = { slope: 0.6, offset: 0.9 };
const flattest = 0.5;
const rounds = 50;

export function calibrated(judged: readonly Judged[]): Calibration {
  let { slope, offset } = usual;
  for (let round = 0; round < rounds; round++) {
    let bySlope = (slope - usual.slope) / spread.slope ** 2;
    let byOffset = (offset - usual.offset) / spread.offset ** 2;
    let slopeSlope = 1 / spread.slope ** 2;
    let slopeOffset = 0;
    let offsetOffset = 1 / spread.offset ** 2;
    for (const { score, isRight } of judged) {
      const p = sigmoid(slope * score + offset);
      const off = p - (isRight ? 1 : 0);
      const weight = p * (1 - p);
      bySlope += off * score;
      byOffset += off;
      slopeSlope += weight * score * score;
      slopeOffset += weight * score;
      offsetOffset += weight;
    }
    const determinant = slopeSlope * offsetOffset - slopeOffset * slopeOffset;
    const stepSlope = (offsetOffset * bySlope - slopeOffset * byOffset) / determinant;
    const stepOffset = (slopeSlope * byOffset - slopeOffset * bySlope) / determinant;
    // Newton overshoots where the curve is flat.
    const brake = Math.min(1, 2 / Math.hypot(stepSlope, stepOffset));
    slope -= brake * stepSlope;
    offset -= brake * stepOffset;
    if (Math.hypot(stepSlope, stepOffset) < 1e-6) break;
  }
  // A higher score is never less sure, whatever a handful of odd examples say.
  const rising = Math.max(slope, flattest);
  return { confidenceOf: (score) => sigmoid(rising * score + offset) };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
