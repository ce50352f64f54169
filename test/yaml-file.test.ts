/** What is told of files that are no YAML: what is really wrong, on the line where it is. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '../src/yaml-file.js';

const told = (text: string) =>
  parseYaml(text, z.unknown(), 'a.yaml').faults.map(({ line, problem, mend }) => `${line} ${problem}. ${mend}`);
const unclosed = (line: number, open: string, close: string) =>
  `${line} is not valid YAML: the ${open} of this line is never closed. write a plain ${close} where it ends`;

describe('a file that is no YAML', () => {
  it.for([
    ['a list', 'id: a\nexamples: [a, b\ntitle: x\n', 2, '[', ']'],
    ['a list at the end of the file', 'id: a\nexamples: [a, b\n', 2, '[', ']'],
    ['a list of many lines', 'examples:\n  [a, b,\n   c\nother: 1\nmore: [x]\n', 2, '[', ']'],
    ['a list that a full-width bracket ends', 'id: a\nexamples: [a, b］\ntitle: x\n', 2, '[', ']'],
    ['a list that another bracket ends', 'id: a\nexamples: [a, b}\ntitle: x\n', 2, '[', ']'],
    ['a group', 'id: a\nhours: { mon: [09:00-23:00], tue: []\ntitle: x\n', 2, '{', '}'],
    ['the inner one of two', 'id: a\nhours: { mon: [09:00-23:00, tue: [] }\ntitle: x\n', 2, '[', ']'],
    ['a group in a list', 'table:\n  - { at: [a], fee: 8\n  - { at: [b], fee: 18 }\n', 2, '{', '}'],
    ['a text', 'id: a\nname: "abc\nother: 1\nmore: [x]\n', 2, '"', '"'],
    ['a text in single quotes', "id: a\nname: 'abc\nother: 1\n", 2, "'", "'"],
  ] as const)('names the line where %s begins that nothing ends', ([, text, line, open, close]) => {
    expect(told(text)).toEqual([unclosed(line, open, close)]);
  });

  it('names each of them, and what is wrong before the first', () => {
    expect(told('a:\n  b: 1\n c: 2\nd: [x\ne: [y]\nf: {z\n')).toEqual([
      expect.stringMatching(/^3 is not valid YAML: .*\. line the entry up with its neighbours$/),
      unclosed(4, '[', ']'),
      unclosed(6, '{', '}'),
    ]);
  });

  it('speaks of neighbours where entries do not stand in line, and of no bracket that is closed', () => {
    expect(told('a: [x, {y: "z"}]\nb:\n  c: 1\n d: 2\n')).toEqual([
      expect.stringMatching(/^4 is not valid YAML: .*\. line the entry up with its neighbours$/),
    ]);
  });
});
