/** A small model for tests of the engine: three intents of their own, the real language file. */
import { join } from 'node:path';
import { intentSchema } from '../../src/shop/intent-file.js';
import { languageSchema } from '../../src/shop/language-file.js';
import type { WrittenMessage } from '../../src/shop/message-files.js';
import { compileModel } from '../../src/shop/model.js';
import type { Model } from '../../src/understanding/model.js';
import { loadYaml } from '../../src/yaml-file.js';

export const language = loadYaml(join(import.meta.dirname, '../../intents/languages/zh.yaml'), languageSchema).value!;

/** Compiles intents given as plain objects. @throws where a pattern cannot be read */
export function modelOf(
  intents: readonly Record<string, unknown>[],
  names: readonly string[] = [],
  messages: readonly WrittenMessage[] = [],
): Model {
  const files = intents.map((intent) => ({
    path: `${intent.id}.yaml`,
    intent: intentSchema.parse({ title: { zh: '题', en: 'title' }, ...intent }),
  }));
  const { model, faults } = compileModel(files, language, 'zh.yaml', { names, colours: [], details: [] }, messages);
  if (faults.length > 0) throw new Error(faults.map((fault) => fault.problem).join('\n'));
  return model;
}

export const tinyModel: Model = modelOf([
  {
    id: 'shipping_fee',
    patterns: ['包邮', '(运|邮)费', '到<region>…(多少钱|几块)'],
    unless: ['退~(运|邮)费'],
    examples: ['包邮吗', '运费多少', '到新疆邮费多少'],
    goesOn: { slots: ['region', 'quantity', 'item'] },
  },
  { id: 'delivery_time', patterns: ['{when}…{ship}', '^{when}能?到$'], examples: ['什么时候发货', '几天能到'] },
  {
    id: 'returns',
    patterns: ['退货', '运费险', { match: '换一件', unless: ['换一件商品问'] }],
    examples: ['可以退货吗', '怎么退'],
    facets: { postage: ['运费'] },
    goesOn: {
      patterns: [{ match: '(运|邮)费', facet: 'postage' }, '谁(出|付)', { match: '^退的话', after: ['shipping_fee'] }],
    },
  },
  { id: 'greeting', group: 'talk', patterns: ['^在吗$'], examples: ['在吗'] },
]);
