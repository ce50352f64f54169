import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/compliance/check.js';
import { loadRules } from '../../../src/compliance/load-rules.js';
import { faultInWords } from '../../../src/console/shared/fault-in-words.js';
import { readPhraseFile } from '../../../src/phrases/formats.js';
import { judgeWords, tidy } from '../../../src/phrases/words.js';
import { at } from '../../composing/demo.js';
import { demoShop } from '../../phrases/shops.js';

const shop = demoShop(compileRules(await loadRules()));
/** What is English in a saying; Liquid and names of variables are what they are. */
const english = (said: string) =>
  /[a-z]{3}/.exec(
    said.replace(/\{[%{].*?[%}]\}/g, '').replace(/no_such_fact|shop_nam|“date”|CSV|JSON|fh1|code,title.*?validTo/g, ''),
  )?.[0];

describe('what is wrong with a phrase', () => {
  it('is told in Chinese, without a word of the parser', () => {
    const words = { code: 'fh1', title: '发货', text: '亲，今天发', group: '', enabled: true };
    const wrong: readonly Partial<typeof words & { validFrom: number; validTo: number }>[] = [
      { text: '亲{% if region %}在' },
      { text: '亲{{ region' },
      { text: '{{ region | date: "%s" }}' },
      { text: '{{ no_such_fact }}' },
      { text: '{{ shop_nam }}' },
      { text: '' },
      { text: '亲'.repeat(300) },
      { text: '亲'.repeat(5000) },
      { text: '亲\u0007在' },
      { code: 'f h' },
      { title: '很'.repeat(50) },
      { group: '很'.repeat(30) },
      { validFrom: 2, validTo: 1 },
    ];
    for (const change of wrong) {
      const { faults } = judgeWords(tidy({ ...words, ...change }), shop, at());
      expect([change, faults.length]).toEqual([change, 1]);
      const said = faultInWords(faults[0]!, 'zh');
      expect([said, english(said)]).toEqual([said, undefined]);
      expect(said).toMatch(/[\u4e00-\u9fff]/);
    }
    const { faults } = judgeWords(tidy({ ...words, text: '{{ shop_nam }}' }), shop, at());
    expect(faultInWords(faults[0]!, 'zh')).toBe('没有变量 shop_nam。是不是 {{ shop_name }}？');
    expect(faultInWords(faults[0]!, 'en')).toMatch(/^\{\{ shop_nam \}\} is not known\. Did you mean \{\{ shop_name \}\}\?/);
  });

  it('in a file is told in Chinese too: of the file, and of its rows', async () => {
    const read = (text: string) => readPhraseFile(new TextEncoder().encode(text), shop, at());
    for (const text of ['编码\n一', 'code,text\n"一', '{"phrases": 3}', '[{']) {
      const file = await read(text);
      const said = 'fault' in file ? faultInWords(file.fault, 'zh') : '';
      expect([said, english(said)]).toEqual([said, undefined]);
      expect(said).not.toBe('');
    }
    const rows = await read('[{"code": 1}, {"code": "a", "text": "一", "validFrom": "明天"}, {"code": "a", "txt": "一"}]');
    const told =
      'rows' in rows ? rows.rows.map(({ faults = [] }) => faults.map((one) => `${one.field} ${faultInWords(one, 'zh')}`)) : [];
    expect(told).toEqual([
      [expect.stringMatching(/^code 不是文字/)],
      [expect.stringMatching(/^validFrom .*2026-11-11T20:00:00\+08:00/)],
      [expect.stringMatching(/^txt 没有这个参数/)],
    ]);
  });
});
