/** Whatever is asked, 繁體 is answered as 简体 is: by the same reply, as boldly. */
import { Converter } from 'opencc-js/cn2t';
import { expect, it } from 'vitest';
import { ask, demo } from './demo-shop.js';

const toTraditional = Converter({ from: 'cn', to: 't' });
const cardigan = { item: { id: 'wool-cardigan', title: '羊毛圆领开衫', priceYuan: 168 } };

function answered(text: string) {
  const { action, replies, understanding } = ask(text, { more: cardigan }).answer;
  const matters = understanding.intents.map(({ id, facet, ask }) => [id, facet, ask].join(' '));
  return { action, replies: replies.map(({ template }) => template), matters };
}

const intents = [...demo.intents.values()].filter(({ examples }) => examples.length > 0);

it.each(intents.map((intent) => [intent.id, intent] as const))('what buyers ask of %s', (_, { examples, tests }) => {
  const said = [...examples, ...tests.yes.map((one) => (typeof one === 'string' ? one : one.say))];
  const written = said.map((text) => [text, toTraditional(text)] as const).filter(([text, other]) => other !== text);
  expect(written.length).toBeGreaterThan(0);
  for (const [text, other] of written) expect(answered(other), other).toEqual(answered(text));
});
