import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/composing/facts.js';
import { holds } from '../../src/composing/facts.js';
import { compileTemplate, missingFacts, neutralised, TemplateFault } from '../../src/composing/template.js';
import { faultWords } from '../../src/fault-words.js';

const plainLiquid = new Liquid({
  strictVariables: true,
  ownPropertyOnly: true,
  outputEscape: neutralised as (value: unknown) => string,
});

const name = fc.constantFrom('size', 'first', 'region', 'fee_yuan', 'extra_x');
const facts = fc.dictionary(
  name,
  fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true }), fc.boolean()),
  {
    noNullPrototype: true,
  },
);
const words = fc.stringMatching(/^[ \n<&"'%亲，～a-z]{0,12}$/);
const output = fc
  .tuple(fc.constantFrom('{{ ', '{{', '{{- '), name, fc.constantFrom(' }}', '}}', ' -}}'))
  .map((parts) => parts.join(''));
const source = fc.array(fc.oneof(words, output), { maxLength: 8 }).map((parts) => parts.join(''));

function outcome(render: () => string): string | undefined {
  try {
    return render();
  } catch {
    return undefined;
  }
}

describe('a template', () => {
  it('says the same joined by ourselves as by Liquid, and is refused where Liquid refuses it', () => {
    fc.assert(
      fc.property(source, facts, (text, values) => {
        const template = compileTemplate(text);
        const joined = outcome(() => template.render(values));
        expect(joined).toBe(outcome(() => plainLiquid.parseAndRenderSync(text.trim(), { size: undefined, ...values })));
        // What it needs is exactly what it cannot be said without.
        if (Object.values(values).every((value) => value !== ''))
          expect(joined === undefined).toBe(missingFacts(template, values).length > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('never lets a value bring a line break, a control character or a template of its own', () => {
    const nasty = fc.array(
      fc.constantFrom('\n', '\r', '\0', '\u2028', '\u202e', '{{ secret }}', '{% if x %}', '<b>', '😀', '亲'),
    );
    const templates = [
      '【{{ item_title }}】',
      '【{% if item_title %}{{ item_title }}{% endif %}】',
      '【{{ item_title | append: "" }}】',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...templates), nasty, (text, parts) => {
        const value = parts.join('');
        const said = compileTemplate(text).render({ item_title: value, secret: 'TOP SECRET' });
        expect(said).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(said).not.toContain('TOP SECRET');
        for (const kept of ['{{ secret }}', '<b>', '😀']) expect(said.includes(kept)).toBe(value.includes(kept));
      }),
    );
  });

  it('names its facts, and which of them it cannot be said without', () => {
    const template = compileTemplate('{{ a }}{% if b %}{{ c }}{% endif %}{{ d | default: "无" }}{% assign e = f %}{{ e }}');
    expect([...template.variables].sort()).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect([...template.needed].sort()).toEqual(['a', 'f']);
  });

  it('says a branch only where its condition holds, an unset fact being false', () => {
    const template = compileTemplate('{% if gift %}送{{ gift }}{% else %}谢谢{% endif %}');
    expect(template.render({ gift: '小卡' })).toBe('送小卡');
    expect(template.render({ gift: undefined })).toBe('谢谢');
  });

  it('has nothing of what objects inherit', () => {
    for (const inherited of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(() => compileTemplate(`{{ ${inherited} }}`).render({})).toThrow(TemplateFault);
      expect(compileTemplate(`{% if ${inherited} %}x{% endif %}`).render({})).toBe('');
    }
  });

  it.each([
    ['{% include "x" %}', 'include'],
    ['{% render "x" %}', 'render'],
    ['{% layout "x" %}', 'layout'],
    ['{% import "x" %}', 'import'],
    ['{% for i in (1..9) %}x{% endfor %}', 'for'],
    ['{% raw %}{{ x }}{% endraw %}', 'raw'],
    ['{% liquid\n assign a = 1 %}', 'liquid'],
    ['{{ x | date: "%s" }}', 'date'],
    ['{{ x | truncate: 3 }}', 'truncate'],
    ['{{ extra.name }}', 'extra_name'],
    ['{{ x', 'not closed'],
    ['{% if x %}', 'not closed'],
    ['{ region }', 'stray'],
    ['｛｛ region ｝｝', 'stray'],
    ['{{ }}', 'invalid'],
    ['x'.repeat(5000), 'limit'],
  ])('%j is refused', (text, hint) => {
    const fault = (() => {
      try {
        compileTemplate(text);
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(TemplateFault);
    expect(`${(fault as TemplateFault).message} ${(fault as TemplateFault).fault.mend}`).toContain(hint);
  });

  it.each([
    ['亲{% if region %}寄到{{ region }}', '{% if region %} 没有结束', '在后面写上 {% endif %}'],
    ['亲{{ region', '{{ 没有写完', '两边各写两个半角大括号：{{ name }}'],
    ['{{ region | date: "%s" }}', '没有“date”这种加工', '只写变量：{{ name }}'],
    ['{{ }}', '变量或条件的写法有误', '变量写成 {{ name }}，条件写成 {% if name %}……{% endif %}'],
  ])('%j is told in Chinese, without a word of the parser', (text, problem, mend) => {
    let told: TemplateFault | undefined;
    try {
      compileTemplate(text);
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      told = error;
    }
    expect(faultWords(told!.fault, 'zh')).toEqual({ problem, mend });
  });

  it('stops at the memory limit instead of growing without end', () => {
    const bomb = `{% assign a = "0123456789" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`;
    expect(() => compileTemplate(bomb).render({})).toThrow(/memory/);
  });
});

describe('a condition', () => {
  it.each<[Parameters<typeof holds>[0], Facts[string], boolean]>([
    [true, 'x', true],
    [true, 0, true],
    [true, false, false],
    [true, undefined, false],
    [false, undefined, true],
    [false, false, true],
    [false, 'x', false],
    ['in', 'in', true],
    ['in', 'out', false],
    [['in', 'low'], 'low', true],
    [['in', 'low'], undefined, false],
    [3, 3, true],
  ])('%j on %j: %s', (condition, value, expected) => {
    expect(holds(condition, value)).toBe(expected);
  });
});
