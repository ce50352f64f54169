/** Variables in Liquid: where they stand, and that no caret comes to stand within one. */
import { describe, expect, it } from 'vitest';
import { deletedWhole, liquidPieces, outOfVariables, spanAround, wholeSpans } from '../../../src/console/shared/liquid-spans.js';

const source = '亲，{{ cut_off }}前{% if gift %}送{{gift | trim}}{% endif %}';
const spans = wholeSpans(liquidPieces(source));
const [cutOff, gift] = spans as [(typeof spans)[0], (typeof spans)[0]];

it('falls into words, variables and what is no more than written', () => {
  expect(liquidPieces(source).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'words 亲，',
    'variable {{ cut_off }}',
    'words 前',
    'tag {% if gift %}',
    'words 送',
    'variable {{gift | trim}}',
    'tag {% endif %}',
  ]);
  expect(spans.map(({ start, end }) => source.slice(start, end))).toEqual(['{{ cut_off }}', '{{gift | trim}}']);
  expect(spanAround(spans, cutOff.start)).toBeUndefined();
  expect(spanAround(spans, cutOff.start + 1)).toEqual(cutOff);
  expect(spanAround(spans, cutOff.end)).toBeUndefined();
});

it('has conditions in words only where they are known', () => {
  const kinds = (text: string) => liquidPieces(text, (one) => one === '〔如果有“赠品”，就说〕').map(({ kind }) => kind);
  expect(kinds('亲〔如果有“赠品”，就说〕送')).toEqual(['words', 'condition', 'words']);
  expect(kinds('亲〔限时〕送')).toEqual(['words']);
});

describe('a caret', () => {
  const caret = (at: number, before: number) => outOfVariables(spans, { anchor: at, focus: at }, before).focus;

  it('passes a variable in one step, both ways', () => {
    expect(caret(cutOff.start + 1, cutOff.start)).toBe(cutOff.end);
    expect(caret(cutOff.end - 1, cutOff.end)).toBe(cutOff.start);
    expect(caret(1, 2)).toBe(1);
  });

  it('that selects takes a variable whole or not at all', () => {
    const { start, end } = cutOff;
    expect(outOfVariables(spans, { anchor: 0, focus: start + 1 }, start)).toEqual({ anchor: 0, focus: end });
    // Shrinking again.
    expect(outOfVariables(spans, { anchor: 0, focus: end - 1 }, end)).toEqual({ anchor: 0, focus: start });
    expect(outOfVariables(spans, { anchor: start + 3, focus: end + 1 }, end)).toEqual({ anchor: start, focus: end + 1 });
    expect(outOfVariables(spans, { anchor: start + 3, focus: 0 }, 1)).toEqual({ anchor: end, focus: 0 });
  });

  it('deletes the variable beside it', () => {
    expect(deletedWhole(spans, cutOff.end, true)).toEqual(cutOff);
    expect(deletedWhole(spans, gift.start, false)).toEqual(gift);
    expect(deletedWhole(spans, gift.start, true)).toBeUndefined();
  });
});
