/** Tables on a terminal, where a Chinese character takes two columns. */

// Han, kana, Hangul, full-width forms and what is shown as a picture: the wide ones of Unicode's East Asian Width that shops write.
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const unseen = /[\p{Mark}\p{Format}]/u;

/** Columns that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : unseen.test(character) ? 0 : 1;
  return width;
}

/**
 * Rows as lines with their cells under one another, two blanks between.
 * @param right numbers of the columns that are set to the right, as figures are
 */
export function columnLines(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
    });
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const gap = ' '.repeat(widths[at]! - widthOf(cell));
        return right.includes(at) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}
