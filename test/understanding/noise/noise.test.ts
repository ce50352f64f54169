/** The intents' own tests typed carelessly: what each kind of noise may cost at most, and that nothing breaks understanding. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../../src/shop/knowledge.js';
import { understand } from '../../../src/understanding/understand.js';
import { root } from '../../cli/home.js';
import { language } from '../tiny-model.js';
import { commonCharacters } from './common.mjs';
import { noiseKinds, randomOf } from './kinds.mjs';

const shop = loadKnowledge(root, await loadRules()).shops.get('demo')!;
const today = '2026-10-01';
const ids = (text: string) => understand(text, shop.model, { today }).intents.map(({ id }) => id);
const messages = [...shop.intents.values()].flatMap(({ id, tests }) =>
  tests.yes.map((test) => ({ id, say: typeof test === 'string' ? test : test.say })),
);
const kinds = noiseKinds(language.syllables, commonCharacters, language.abbreviations);
/** Share of the messages in which their intent is still found. */
const recall = (noise: (text: string, random: () => number) => string, seed: number) => {
  const random = randomOf(seed);
  return messages.filter(({ id, say }) => ids(noise(say, random)).includes(id)).length / messages.length;
};

describe('noise', () => {
  it('comes the same from the same seed', () => {
    for (const noise of Object.values(kinds))
      expect(noise('这个宝贝包邮吗', randomOf(7))).toBe(noise('这个宝贝包邮吗', randomOf(7)));
  });

  it('changes nearly every message it can', () => {
    const changed = (kind: string) => {
      const random = randomOf(1);
      return messages.filter(({ say }) => kinds[kind]!(say, random) !== say).length / messages.length;
    };
    for (const kind of ['traditional', 'homophone', 'pinyin', 'initials', 'dropped', 'swapped', 'spaced', 'sticker'])
      expect([kind, changed(kind) > 0.85]).toEqual([kind, true]);
  });

  // A dropped character, or letters for any two, take away what was said: nobody could tell all of it.
  it.each([
    ['traditional', 0.01],
    ['fullWidth', 0.01],
    ['homophone', 0.1],
    ['pinyin', 0.1],
    ['abbreviated', 0.03],
    ['initials', 0.28],
    ['dropped', 0.29],
    ['swapped', 0.1],
    ['sticker', 0.06],
    ['repeated', 0.02],
    ['unpunctuated', 0.01],
    ['english', 0.07],
    ['spaced', 0.04],
    ['oneSpace', 0.07],
    ['polite', 0.05],
  ])('%s costs at most %d of the recall', (kind, most) => {
    const losses = [1, 2, 3].map((seed) => 1 - recall(kinds[kind]!, seed));
    expect(losses.reduce((sum, loss) => sum + loss) / losses.length).toBeLessThanOrEqual(most);
  });

  it('finds both of two messages typed as one', () => {
    const random = randomOf(5);
    let found = 0;
    let all = 0;
    for (const between of ['，', ' ', '\n', '']) {
      for (const { id, say } of messages.filter((one) => !shop.model.talk.has(one.id))) {
        const other = messages[Math.floor(random() * messages.length)]!;
        if (shop.model.talk.has(other.id)) continue;
        const heard = ids(say + between + other.say);
        all += 2;
        found += Number(heard.includes(id)) + Number(heard.includes(other.id));
      }
    }
    expect(found / all).toBeGreaterThan(0.88);
  });
});

describe('any text', () => {
  const sane = (text: string) => {
    const { intents, because } = understand(text, shop.model, { today });
    for (const { confidence, evidence } of intents) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      for (const { start, end, words } of evidence) expect(text.slice(start, end)).toBe(words);
    }
    expect(because.length).toBeGreaterThan(0);
  };

  it('of whatever Unicode up to 4,000 characters is taken', () => {
    const pieces = fc.constantFrom(
      '包邮',
      '发漂',
      'kd',
      '吗',
      ' ',
      '，',
      '\n',
      '?',
      '[',
      ']',
      '/:',
      '100',
      '一百',
      '😊',
      '\ud800',
      '𠮷',
      '\u200d',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', minLength: 1, maxLength: 4000 }),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
          fc.array(pieces, { minLength: 1, maxLength: 1000 }).map((all) => all.join('')),
          fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 60 }).map((all) => all.join('')),
        ),
        sane,
      ),
      { numRuns: 80 },
    );
  });

  it.each(['包', '包邮吗', 'kd ', '包 邮 ', '1', '一百', '[', '/:', '😊', '到新疆', '亲', '\ud800', '便 宜'])(
    '64,000 characters of %j are taken',
    (piece) => sane(piece.repeat(Math.ceil(64_000 / piece.length)).slice(0, 64_000)),
  );
});
