/**
 * What buyers' keyboards, phones and haste do to a message, kind by kind, by a seeded generator: the same seed gives the same
 * words. Shared by the tests and by `node test/bench/noise.mjs`.
 */
import { Converter } from 'opencc-js/cn2t';

/** Small, fast and the same everywhere (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const isHan = (c) => /^\p{Script=Han}$/u.test(c);
const pick = (list, random) => list[Math.floor(random() * list.length)];
const toTraditional = Converter({ from: 'cn', to: 't' });

const stickers = ['[微笑]', '[玫瑰]', '[可怜]', '/:^_^', '/:087', '😊', '🌹', '😂😂', '👍🏻', '(´▽`)'];
const english = [' ok ', 'hi ', ' please ', 'hello,', ' thx', ' dear ', ' thanks', ' sorry ', ' plz', 'emmm '];
const politeBefore = ['亲，', '你好 ', '您好，在吗，', '亲爱的', '老板 ', '不好意思打扰下，', '嗯嗯 ', '请问一下'];
const politeAfter = ['，谢谢', '呀', ' 麻烦了', '哦哦', '～～', '[微笑]', '，急', '。。。', '，谢谢亲'];

/** Positions of a text's characters that satisfy. */
const places = (characters, is) => characters.flatMap((c, at) => (is(c, at) ? [at] : []));

/**
 * All kinds by name; each takes a text and a source of randomness and returns the text as it might have been typed.
 * @param syllables characters by syllable
 * @param common characters that an input method offers first
 * @param abbreviations letters -> the words that buyers write by them
 */
export function noiseKinds(syllables, common, abbreviations) {
  const syllableOf = new Map();
  const commonBy = new Map();
  for (const [syllable, characters] of Object.entries(syllables)) {
    for (const c of characters) if (!syllableOf.has(c)) syllableOf.set(c, syllable);
    commonBy.set(
      syllable,
      [...characters].filter((c) => common.has(c)),
    );
  }
  /** Two characters in a row that have a reading each: -1 where there are none. */
  const wordAt = (characters, random) => {
    const from = places(characters, (c, at) => syllableOf.has(c) && syllableOf.has(characters[at + 1] ?? ''));
    return from.length === 0 ? -1 : pick(from, random);
  };
  const spelled = (text, random, spell) => {
    const characters = [...text];
    const at = wordAt(characters, random);
    if (at < 0) return text;
    const word = characters.slice(at, at + 2).map((c) => spell(syllableOf.get(c)));
    return [...characters.slice(0, at), ...word, ...characters.slice(at + 2)].join('');
  };
  return {
    traditional: (text) => toTraditional(text),
    fullWidth: (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000'),
    homophone(text, random) {
      const characters = [...text];
      const others = (c) => (commonBy.get(syllableOf.get(c)) ?? []).filter((other) => other !== c);
      const from = places(characters, (c) => others(c).length > 0);
      if (from.length === 0) return text;
      const at = pick(from, random);
      characters[at] = pick(others(characters[at]), random);
      return characters.join('');
    },
    pinyin: (text, random) => spelled(text, random, (syllable) => syllable),
    abbreviated: (text) =>
      Object.entries(abbreviations).reduce(
        (so, [letters, words]) => words.reduce((last, word) => last.replaceAll(word, letters), so),
        text,
      ),
    initials: (text, random) => spelled(text, random, (syllable) => syllable[0]),
    dropped(text, random) {
      const characters = [...text];
      const from = places(characters, isHan);
      if (from.length < 2) return text;
      characters.splice(pick(from, random), 1);
      return characters.join('');
    },
    swapped(text, random) {
      const characters = [...text];
      const from = places(characters, (c, at) => isHan(c) && isHan(characters[at + 1] ?? '') && c !== characters[at + 1]);
      if (from.length === 0) return text;
      const at = pick(from, random);
      [characters[at], characters[at + 1]] = [characters[at + 1], characters[at]];
      return characters.join('');
    },
    sticker(text, random) {
      const characters = [...text];
      // An input method puts one between words as easily as at the end.
      characters.splice(Math.floor(random() * (characters.length + 1)), 0, pick(stickers, random));
      return characters.join('');
    },
    repeated(text, random) {
      const characters = [...text];
      const from = places(characters, isHan);
      if (from.length === 0) return text;
      const at = random() < 0.5 ? from.at(-1) : pick(from, random);
      characters[at] = characters[at].repeat(2 + Math.floor(random() * 3));
      return characters.join('') + pick(['', '???', '？？', '!!!', '。。。。'], random);
    },
    unpunctuated: (text) => text.replace(/[\p{P}\p{S}]|\s/gu, (c) => (/[.%+/:]/.test(c) ? c : '')),
    english(text, random) {
      const word = pick(english, random);
      return random() < 0.5 ? word + text : text + word;
    },
    spaced: (text) => [...text].join(' '),
    oneSpace(text, random) {
      const characters = [...text];
      if (characters.length < 3) return text;
      characters.splice(1 + Math.floor(random() * (characters.length - 2)), 0, ' ');
      return characters.join('');
    },
    polite: (text, random) => pick(politeBefore, random) + text + pick(politeAfter, random),
  };
}
