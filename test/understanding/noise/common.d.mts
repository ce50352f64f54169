/** Characters that an input method offers first. */
export const commonCharacters: ReadonlySet<string>;
