/**
 * What templates speak from: a flat record of named facts, and the conditions that replies put on them. Where facts come
 * from is the shop's business (shop/facts.ts); an unset one is undefined and never guessed.
 */

export type Fact = string | number | boolean;
export type Facts = Readonly<Record<string, Fact | undefined>>;

/** One condition of a reply: the value, one of several values, `true` for "is there", `false` for "is not there". */
export type Condition = Fact | readonly (string | number)[];

/** The value of a fact; an empty text counts as unset, and what an object merely inherits is no fact. */
export function factOf(facts: Facts, name: string): Fact | undefined {
  if (!Object.hasOwn(facts, name)) return undefined;
  const value = facts[name];
  return value === '' ? undefined : value;
}

/** Whether one condition holds: zero is there, `false` is not. */
export function holds(condition: Condition, value: Fact | undefined): boolean {
  if (condition === true) return value !== undefined && value !== false;
  if (condition === false) return value === undefined || value === false;
  if (typeof condition === 'object') return condition.some((one) => one === value);
  return condition === value;
}
