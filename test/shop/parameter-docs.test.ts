import { expect, it } from 'vitest';
import { parameterDocs } from '../../src/shop/parameter-docs.js';
import { parameterPaths, parameterSchema } from '../../src/shop/parameter-schema.js';

const at = (path: string): any =>
  path
    .replaceAll('[]', '.[]')
    .split('.')
    .reduce((schema: any, step) => {
      if (step === '[]') return schema.items;
      return step === '*' ? schema.additionalProperties : schema.properties[step];
    }, parameterSchema());

it('every field has a title in both languages, and every title a field', () => {
  expect(Object.keys(parameterDocs).sort()).toEqual([...parameterPaths()].sort());
  for (const [path, { zh, en }] of Object.entries(parameterDocs)) {
    expect([path, zh.length > 0, /^[ -~’]+$/.test(en)]).toEqual([path, true, true]);
    expect([path, at(path).titles]).toEqual([path, { zh, en }]);
  }
});

it('choices are the words that the schema takes, each with its meaning', () => {
  for (const [path, { choices }] of Object.entries(parameterDocs)) {
    const { enum: own, items, const: only, anyOf = [] } = at(path);
    const words =
      own ?? items?.enum ?? anyOf.find((one: any) => one.enum !== undefined)?.enum ?? (only === undefined ? undefined : [only]);
    if (choices !== undefined) expect([path, Object.keys(choices).sort()]).toEqual([path, [...words].sort()]);
    else if (words !== undefined) expect([path, words]).toEqual(['address', ['亲', '您']]);
  }
});

it('numbers have the unit that their name says, defaults and bounds stay', () => {
  expect(at('bot.cooldownMinutes')).toMatchObject({ unit: { zh: '分钟', en: 'min' }, default: 120, minimum: 0, type: 'number' });
  expect(at('shipping.surchargeYuan.*').unit.zh).toBe('元');
  expect(at('products[].sizeChart[].heightCm.from').unit.zh).toBe('厘米');
  expect(at('invoice.withinWorkingDays').unit.zh).toBe('个工作日');
  expect(at('dispatch.usualDays.from').unit.zh).toBe('天');
  expect(at('pricing.agentShare').unit).toBeUndefined();
  expect(at('hours.weekly.tue')).toMatchObject({ title: '周二', type: 'array', examples: [['09:00-23:00']] });
});
