import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';

const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
const several = (text: string) => understand(text, model).because.find(({ code }) => code === 'several_places')?.values?.words;

describe('two places in one question', () => {
  it.each([
    '寄四川和新疆分别多少运费',
    '寄新疆和四川运费多少',
    '到北京和上海运费各多少',
    '寄北京、上海多少运费',
    '寄四川还是寄新疆运费便宜',
    '寄到浙江跟江苏的邮费一样吗',
    '發四川和新疆運費各多少',
    '寄四川多少运费\n那新疆呢',
    '到广东邮费多少\n海南呢',
    '寄杭州和寄乌鲁木齐几天能到',
    '一件寄广东一件寄北京 运费怎么算',
    '一個發上海，一個發四川郵費多少',
    '北京天津都包邮吗',
    '北京上海邮费一样吗',
    '两件到广东1件到新疆包邮吗',
    '一件到江苏，另一件到海南几天能到',
  ])('are told of %s', (text) => expect(several(text)).toEqual(expect.any(String)));

  it.each([
    '寄新疆克拉玛依多少运费',
    '寄四川成都运费多少',
    '到新疆 乌鲁木齐包邮吗',
    '寄黑龙江运费多少',
    '我在四川，寄到新疆运费多少',
    '我在四川\n寄新疆运费多少',
    '从浙江发到新疆几天能到',
    '到青海多少运费\n打错了 新疆',
    '寄北京多少运费',
    '上海发苏州要几天',
    '成都 到新疆几天',
    '四川成都和新疆的围巾有货吗',
    '寄上海，上海几天能到',
    '我在四川买一件寄新疆运费多少',
    '广东买两件到新疆包邮吗',
  ])('are none in %s', (text) => expect(several(text)).toBeUndefined());
});
