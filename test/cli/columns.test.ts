/** Columns on a terminal. */
import { describe, expect, it } from 'vitest';
import { columnLines, widthOf } from '../../src/cli/columns.js';

describe('columns', () => {
  it.each([
    ['invoice', 7],
    ['发票', 4],
    ['ＶＩＰ，（券）', 14],
    ['7天～', 5],
    ['😀好', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['“快”…→', 6],
    ['', 0],
  ])('takes “%s” for %i wide', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('sets words to the left and figures to the right, with nothing behind the last', () => {
    expect(
      columnLines(
        [
          ['发票', '9', 'a'],
          ['fee', '10', '运费'],
          ['', '', ''],
        ],
        [1],
      ),
    ).toEqual(['发票   9  a', 'fee   10  运费', '']);
  });
});
