/**
 * What pages say, in the language that is chosen. A language is one file in i18n/; Chinese is the measure: what it has and
 * another lacks is an error of types.
 */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { zh } from '../i18n/zh.js';
import { isOneOf, remembered } from './remembered.js';

type Widened<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly (readonly [string, string])[]
      ? readonly (readonly [string, string])[]
      : { readonly [Key in keyof T]: Widened<T[Key]> };

/** The shape of a dictionary. */
export type Words = Widened<typeof zh>;
export type Language = 'zh' | 'en';

export const language = remembered<Language>('language', 'zh', isOneOf('zh', 'en'));

const loaders: Readonly<Record<Exclude<Language, 'zh'>, () => Promise<Words>>> = {
  en: () => import('../i18n/en.js').then(({ en }) => en),
};
const loaded = signal<Partial<Record<Language, Words>>>({ zh });

/** `words.value.desk.title`; whoever reads it is drawn anew when the language changes. */
export const words: ReadonlySignal<Words> = computed(() => loaded.value[language.value] ?? zh);

/** Resolves when the chosen language is there. */
export async function loadWords(): Promise<void> {
  const wanted = language.peek();
  if (wanted === 'zh' || loaded.peek()[wanted] !== undefined) return;
  const dictionary = await loaders[wanted]();
  loaded.value = { ...loaded.peek(), [wanted]: dictionary };
}

if (typeof document !== 'undefined')
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    void loadWords();
  });
