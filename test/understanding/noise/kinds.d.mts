/** A message as it might have been typed. */
export type Noise = (text: string, random: () => number) => string;

/** Numbers from 0 (inclusive) to 1, the same for the same seed. */
export function randomOf(seed: number): () => number;

/**
 * All kinds by name.
 * @param syllables characters by syllable
 * @param common characters that an input method offers first
 * @param abbreviations letters -> the words that buyers write by them
 */
export function noiseKinds(
  syllables: Readonly<Record<string, string>>,
  common: ReadonlySet<string>,
  abbreviations: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, Noise>>;
