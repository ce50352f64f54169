/**
 * Whatever a buyer writes, reading it costs no more than its length. Asserted on the patterns themselves, not on a clock: no
 * repetition without bound stands inside another one, and those that may start anywhere read a few characters only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = ['src/understanding', 'src/shop'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => folder === 'src/understanding' || /^facts/.test(name))
    .map((name) => `${folder}/${name}`),
);

const sourceOf = (node: ts.RegularExpressionLiteral) => node.text.replace(/^\/|\/\w*$/g, '');

/** Regular expressions as written, and the string parts of those that are put together. */
function patternsIn(path: string): { path: string; source: string }[] {
  const found: { path: string; source: string }[] = [];
  const texts = new Map<string, string>();
  const textOf = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isRegularExpressionLiteral(node)) return sourceOf(node);
    if (ts.isIdentifier(node)) return texts.get(node.text);
    if (ts.isBinaryExpression(node)) {
      const [left, right] = [textOf(node.left), textOf(node.right)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    if (!ts.isTemplateExpression(node)) return undefined;
    return node.head.text + node.templateSpans.map((span) => (textOf(span.expression) ?? '') + span.literal.text).join('');
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isIdentifier(node.name)) {
      const text = textOf(node.initializer);
      if (text !== undefined) texts.set(node.name.text, text);
    }
    if (ts.isRegularExpressionLiteral(node)) found.push({ path, source: sourceOf(node) });
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
      const source = textOf(node.arguments![0]!);
      if (source === undefined) throw new Error(`${path}: write the parts of ${node.getText()} as constants of its file`);
      found.push({ path, source });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

interface Repetitions {
  /** A repetition without bound. */
  readonly hasEndless: boolean;
  /** One of them stands inside another repetition that has none, or is long. */
  readonly isNested: boolean;
}

function repetitionsIn(source: string): Repetitions {
  const open: boolean[] = [];
  let hasEndless = false;
  let isNested = false;
  let inside = false;
  for (let i = 0; i < source.length; i++) {
    const rest = source.slice(i);
    if (source[i] === '\\') {
      i++;
      inside = false;
      continue;
    }
    if (source[i] === '[') {
      while (source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
      inside = false;
      continue;
    }
    if (source[i] === '(') {
      open.push(hasEndless);
      hasEndless = false;
      continue;
    }
    if (source[i] === ')') {
      inside = hasEndless;
      hasEndless ||= open.pop()!;
      continue;
    }
    const repeats = /^(?:[*+]|\{\d+,(\d*)\})/.exec(rest);
    if (repeats === null) {
      inside = false;
      continue;
    }
    if (inside) isNested = true;
    if (repeats[1] === undefined || repeats[1] === '') hasEndless = true;
    i += repeats[0].length - 1;
  }
  return { hasEndless, isNested };
}

/** By file and beginning, with the reason why what repeats there is read once. */
const mayRepeat = new Map([
  ['src/understanding/offer.ts \\d+(?:', 'reads the twelve characters before a number'],
  ['src/understanding/offer.ts (?:\\d+|', 'reads the twelve characters before a number'],
  ['src/understanding/dates.ts (?<![零〇', 'a run of numerals is read from its start alone'],
  ['src/understanding/understand.ts \\s+', 'all of it is taken: no place is read twice'],
  ['src/understanding/wordings.ts [a-z]+', 'reads examples and patterns, no words of buyers; all of it is taken'],
  ['src/understanding/regions.ts (((', 'reads names of places, no words of buyers'],
  ['src/understanding/thread.ts (呢|吗', 'reads texts of thirty characters at most'],
  ['src/shop/facts-sale.ts (?:满|减', 'a run of numerals is read from its start alone, or after a word that is not one'],
  ['src/shop/facts-shipping.ts (?:不要|别', 'names follow from the words on, of which there are few in a message'],
  ['src/shop/facts-spend.ts (?:买|拍', 'blanks are read after a word that is none'],
]);

const patterns = files.flatMap(patternsIn);

describe('patterns over the words of buyers', () => {
  it('reads repetitions as they are', () => {
    expect(['(a+)+', '(a|b*){2,9}', 'a+b*', '(ab)+', '[+*]{2,3}\\+', '(?:(?:x+)y)*'].map(repetitionsIn)).toEqual([
      { hasEndless: true, isNested: true },
      { hasEndless: true, isNested: true },
      { hasEndless: true, isNested: false },
      { hasEndless: true, isNested: false },
      { hasEndless: false, isNested: false },
      { hasEndless: true, isNested: true },
    ]);
    expect(patterns.length).toBeGreaterThan(80);
  });

  it('nest no repetition without bound', () => {
    expect(patterns.filter(({ source }) => repetitionsIn(source).isNested)).toEqual([]);
  });

  it('that repeat without bound start at one place, or read a few characters only', () => {
    const free = patterns.filter(({ source }) => repetitionsIn(source).hasEndless && !source.startsWith('^'));
    const begin = new RegExp(`^(${[...mayRepeat.keys()].map((one) => one.replace(/[[\](){}.*+?^$|\\]/g, '\\$&')).join('|')})`);
    expect(free.filter(({ path, source }) => !begin.test(`${path} ${source}`))).toEqual([]);
    expect(free).toHaveLength(mayRepeat.size);
  });
});
