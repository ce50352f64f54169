/** What is asked or feared of the goods, in the shop's own words. Told only where every label asked is set. */
import type { Slots } from '../conversation.js';
import { listWords } from './facts-words.js';
import type { Product, ShopParameters } from './parameters.js';

/** The label that the shop-wide `care` stands in for. */
const careLabel = '洗护';
/** The label for which the weight that fees go by stands in. */
const weightLabel = '重量';

/** Facts of the details and weaknesses that the turn names. */
export function detailFacts({ care }: ShopParameters, product: Product | undefined, { details, weaknesses }: Slots) {
  const textOf = (label: string) => {
    const own = product !== undefined && Object.hasOwn(product.details, label) ? product.details[label] : undefined;
    if (own !== undefined) return own;
    if (label === weightLabel) return product?.weightKg === undefined ? undefined : weightWords(product.weightKg);
    return label === careLabel ? care : undefined;
  };
  const asked = told(details, (label) => withLabel(label, textOf(label)));
  const feared = told(weaknesses, textOf);
  return {
    detail_state: asked.state,
    detail_words: asked.words,
    detail_names: listWords(details ?? []),
    care_asked: details?.length === 1 && details[0] === careLabel,
    weakness_state: feared.state,
    weakness_words: feared.words,
    weakness_names: listWords(weaknesses ?? []),
  } as const;
}

type State = 'none' | 'known' | 'unknown';

/** Half an answer would pass over the other half: one label unset makes all unknown. */
function told(labels: readonly string[] | undefined, textOf: (label: string) => string | undefined) {
  if (labels === undefined) return { state: 'none' as State, words: undefined };
  const texts = labels.map(textOf);
  if (texts.includes(undefined)) return { state: 'unknown' as State, words: undefined };
  return { state: 'known' as State, words: texts.join('；') };
}

/** 约250克, 约1.2公斤 */
function weightWords(kilograms: number): string {
  return kilograms < 1 ? `约${Math.round(kilograms * 1000)}克` : `约${Math.round(kilograms * 100) / 100}公斤`;
}

/** 材质：70%羊毛 */
function withLabel(label: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${label}：${text}`;
}
