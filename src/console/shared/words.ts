/**
 * What pages say, in the language that is chosen. A language is one file in i18n/; Chinese is the measure: what it has and
 * another lacks is an error of types.
 */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { zh } from '../i18n/zh.js';
import type { zhPages } from '../i18n/zh-pages.js';
import { isOneOf, remembered } from './remembered.js';
import type { Finding } from './wire.js';

type Widened<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly (readonly [string, string])[]
      ? readonly (readonly [string, string])[]
      : { readonly [Key in keyof T]: Widened<T[Key]> };

/** What every entry of the console loads. */
export type CoreWords = Widened<typeof zh>;
/** What the sidebar does without: it is there once `addPageWords` was called. */
export type PageWords = Widened<typeof zhPages>;
/** The shape of a dictionary. */
export type Words = CoreWords & PageWords;
export type Language = 'zh' | 'en';

export const language = remembered<Language>('language', 'zh', isOneOf('zh', 'en'));

type Loaders<T> = Readonly<Record<Exclude<Language, 'zh'>, () => Promise<T>>>;

const loaders: Loaders<CoreWords> = {
  en: () => import('../i18n/en.js').then(({ en }) => en),
};
let pageLoaders: Loaders<PageWords> | undefined;
const core = zh as Words;
const loaded = signal<Partial<Record<Language, Words>>>({ zh: core });

/** `words.value.desk.title`; whoever reads it is drawn anew when the language changes. */
export const words: ReadonlySignal<Words> = computed(() => loaded.value[language.value] ?? loaded.value.zh ?? core);

/** To be called before anything is drawn. */
export function addPageWords(chinese: PageWords, others: Loaders<PageWords>): void {
  pageLoaders = others;
  loaded.value = { ...loaded.peek(), zh: { ...core, ...chinese } };
}

/** Resolves when the chosen language is there. */
export async function loadWords(): Promise<void> {
  const wanted = language.peek();
  if (wanted === 'zh' || loaded.peek()[wanted] !== undefined) return;
  const dictionary = await loaders[wanted]();
  const ofPages = await pageLoaders?.[wanted]();
  loaded.value = { ...loaded.peek(), [wanted]: { ...dictionary, ...ofPages } as Words };
}

if (typeof document !== 'undefined')
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    void loadWords();
  });

/** Why, and what else is to be known, in the language of the page; a finding from before has Chinese alone. */
export function findingWords(finding: Finding, language: Language): string {
  const { because, note } = (language === 'en' && finding.english) || finding;
  return note ? `${because} (${note})` : because;
}
