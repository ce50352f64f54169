/** Conditions as fields show them: in words, and back to the very letters of the file. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { enPages } from '../../../src/console/i18n/en-pages.js';
import { zhPages } from '../../../src/console/i18n/zh-pages.js';
import { liquidWords } from '../../../src/console/shared/liquid-words.js';
import { factTitle } from '../../../src/shop/condition-words.js';

const of = (language: 'zh' | 'en') => {
  const pages = { zh: zhPages, en: enPages }[language];
  return liquidWords(() => ({ say: pages.liquid.tags, names: { titleOf: (name) => factTitle(name)[language] } }));
};

const files = readdirSync('intents').filter((file) => file.endsWith('.yaml'));
const texts = files.flatMap((file) => {
  const { replies = [] } = parse(readFileSync(`intents/${file}`, 'utf8')) as {
    replies?: readonly { readonly texts: readonly string[]; readonly short: string }[];
  };
  return replies.flatMap((reply) => [...reply.texts, reply.short]);
});

describe('a text with conditions', () => {
  it('shows no code, and comes back as it was: every reply of the product, in both languages', () => {
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.some((text) => text.includes('endunless'))).toBe(true);
    for (const language of ['zh', 'en'] as const) {
      const field = of(language);
      for (const text of texts) {
        const shown = field.shown(text);
        expect(shown).not.toContain('{%');
        expect(field.source(shown)).toBe(text);
      }
    }
  });

  it('keeps what is written around them, and each end belongs to what it ends', () => {
    const field = of('zh');
    const source = '亲，{% if region %}到{{ region }}{% unless courier %}发快递{% endunless %}{% endif %}～';
    const shown = field.shown(source);
    expect(shown).toContain('〔如果有“');
    expect(field.source(shown.replace('～', '哦～'))).toBe(source.replace('～', '哦～'));
    // Whoever deletes the beginning is told by the service that an end is left over.
    expect(field.source(shown.replace(/〔如果[^〕]*〕/, ''))).toBe(source.replace('{% if region %}', ''));
  });

  it('stays Liquid where the words could not be brought back', () => {
    const field = of('zh');
    for (const text of [
      '{%- if region -%}是{%- endif -%}',
      '{% assign x = 1 %}{{ x }}',
      '{% case region %}{% when 1 %}{% endcase %}',
    ])
      expect(field.shown(text)).toBe(text);
    // The same words for two tags: the second stands as it is written.
    expect(field.shown('{% if courier == "顺丰" %}一{% endif %}')).toMatch(/^〔/);
    expect(field.shown("{% if courier == '顺丰' %}一{% endif %}")).toContain("{% if courier == '顺丰' %}");
    const literal = '〔限时〕亲{% if region %}一{% endif %}';
    expect(field.source(field.shown(literal))).toBe(literal);
  });

  it('is remembered in the words that were shown, whatever it is called by then', () => {
    let title = '地区';
    const field = liquidWords(() => ({ say: zhPages.liquid.tags, names: { titleOf: () => title } }));
    const shown = field.shown('{% if region %}一{% endif %}');
    title = '寄到哪里';
    expect(field.shown('{% if region %}一{% endif %}')).toContain('寄到哪里');
    expect(field.source(shown)).toBe('{% if region %}一{% endif %}');
  });

  it('comes back whatever it is made of', () => {
    const piece = fc.constantFrom(
      '{% if region %}',
      '{% unless gift %}',
      '{% endif %}',
      '{% endunless %}',
      '{% else %}',
      '〔',
      '〕',
      '{{ region }}',
      '亲',
      '{%',
      '%}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const field = of('zh');
        const text = pieces.join('');
        expect(field.source(field.shown(text))).toBe(text);
      }),
    );
  });
});
