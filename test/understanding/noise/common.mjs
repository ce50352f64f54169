/** The 3,755 characters of GB 2312's first level: those that an input method offers first. */
const decoder = new TextDecoder('gb18030');

export const commonCharacters = new Set(
  Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
    Array.from({ length: 94 }, (_, cell) => decoder.decode(new Uint8Array([0xb0 + row, 0xa1 + cell]))),
  )
    .flat()
    .filter((c) => /^\p{Script=Han}$/u.test(c)),
);
