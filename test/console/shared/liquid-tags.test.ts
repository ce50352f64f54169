import { describe, expect, it } from 'vitest';
import { zhPages } from '../../../src/console/i18n/zh-pages.js';
import { tagWords } from '../../../src/console/shared/liquid-tags.js';

const titles: Readonly<Record<string, string>> = {
  region: '地区',
  courier: '快递',
  stock: '库存',
  colours: '颜色',
  left: '有货的颜色',
};
const names = {
  titleOf: (name: string) => titles[name],
  meaningOf: (name: string, value: string) => (name === 'stock' && value === 'out' ? '缺货' : undefined),
};
const said = (tag: string) => tagWords(tag, zhPages.liquid.tags, names);

describe('a tag of Liquid', () => {
  it('is said as an owner says it', () => {
    expect(said('{% if region %}')).toBe('如果有“地区”，就说');
    expect(said("{%- unless courier == '邮政' -%}")).toBe('除非“快递”是“邮政”，都说');
    expect(said('{% elsif region and courier != "顺丰" %}')).toBe('不然，如果有“地区”，并且“快递”不是“顺丰”，就说');
    expect(said('{% else %}')).toBe('不然就说');
    expect(said('{% endunless %}')).toBe('条件到此为止');
  });

  it('says what codes mean, and names what is compared with', () => {
    expect(said("{% if stock == 'out' %}")).toBe('如果“库存”是“缺货”，就说');
    expect(said('{% if left != colours %}')).toBe('如果“有货的颜色”不是“颜色”，就说');
    expect(said('{% elsif region == false %}')).toBe('不然，如果“地区”是“否”，就说');
    expect(said('{% unless region == 1 %}')).toBe('除非“地区”是“1”，都说');
  });

  it('that is seldom written is left as it stands', () => {
    for (const tag of ['{% assign x = 1 %}', '{% if region > 3 %}', '{% case region %}', '{% if %}'])
      expect([tag, said(tag)]).toEqual([tag, undefined]);
  });
});
