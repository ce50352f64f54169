import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/compliance/check.js';
import { loadRules } from '../../../src/compliance/load-rules.js';
import { zhPages } from '../../../src/console/i18n/zh-pages.js';
import { textFault } from '../../../src/console/phrases/faults.js';
import { judgeText } from '../../../src/phrases/words.js';
import { at } from '../../composing/demo.js';
import { demoShop } from '../../phrases/shops.js';

describe('what is wrong with the text of a phrase', () => {
  it('is told in Chinese, without a word of the parser', async () => {
    const shop = demoShop(compileRules(await loadRules()));
    const told = (text: string) => {
      const { faults } = judgeText(text, shop, at());
      const { problem, mend } = textFault(faults[0]!, zhPages.phrases);
      return `${problem} ${mend}`.replace(/\{[%{].*?[%}]\}/g, '');
    };
    for (const text of ['亲{% if region %}在', '亲{{ region', '{{ region | date: "%s" }}', '{{ no_such_fact }}'])
      expect([text, /[a-z]{2}/.exec(told(text).replace('no_such_fact', ''))?.[0]]).toEqual([text, undefined]);
  });
});
