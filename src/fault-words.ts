/**
 * Faults by code: who finds one names its code and values, and this says it in the language of the reader. The English sentence
 * goes along with each fault (logs, command line); pages say it anew from code and values.
 */
import { faultTerms, mends, problems } from './fault-sentences.js';
import type { Language } from './reasons.js';

export type FaultCode = keyof typeof problems;
export type MendCode = keyof typeof mends;
export type FaultValue = string | number | readonly (string | number)[];
export type FaultValues = Readonly<Record<string, FaultValue>>;

/** What is wrong and how to mend it: in English, and by code for every other language. */
export interface CodedFault {
  readonly problem: string;
  readonly mend: string;
  /** Stable. */
  readonly code: FaultCode;
  /** Where it is not that of the problem. */
  readonly mendCode?: MendCode;
  readonly values: FaultValues;
}

/** @param mendCode left out: the problem's own */
export function codedFault(code: FaultCode & MendCode, values?: FaultValues): CodedFault;
export function codedFault(code: FaultCode, values: FaultValues | undefined, mendCode: MendCode): CodedFault;
export function codedFault(code: FaultCode, values: FaultValues = {}, mendCode: MendCode = code as MendCode): CodedFault {
  return {
    problem: filled(problems[code].en, values, 'en'),
    mend: filled(mends[mendCode].en, values, 'en'),
    code,
    ...(mendCode !== code && { mendCode }),
    values,
  };
}

/** A fault as it came over the wire: of an older or newer service, or found where faults have no codes yet. */
export interface FaultTold {
  readonly problem: string;
  readonly mend: string;
  readonly code?: string | undefined;
  readonly mendCode?: string | undefined;
  readonly values?: FaultValues | undefined;
}

/** Problem and mend in the language of the reader; what has no code that is known stays English. */
export function faultWords(told: FaultTold, language: Language): { readonly problem: string; readonly mend: string } {
  const { problem, mend, code = '', mendCode = code, values = {} } = told;
  return {
    problem: isCode(problems, code) ? filled(problems[code][language], values, language) : problem,
    mend: isCode(mends, mendCode) ? filled(mends[mendCode][language], values, language) : mend,
  };
}

/** Code, mend and values as they are told over HTTP: what has none says nothing of it. */
export function codesOf({ code, mendCode, values }: Partial<CodedFault>): Pick<FaultTold, 'code' | 'mendCode' | 'values'> {
  if (code === undefined) return {};
  return { code, ...(mendCode !== undefined && { mendCode }), ...(values !== undefined && { values }) };
}

/**
 * The code of a mend that a schema's author wrote (`z.string().regex(…, 'write a time of day as …')`): zod hands on a message
 * and nothing beside it. Undefined: nobody gave it one.
 */
export function mendCodeOf(english: string): MendCode | undefined {
  return authored.mends.get(english);
}

/** The same of a problem. */
export function problemCodeOf(english: string): FaultCode | undefined {
  return authored.problems.get(english);
}

const authored = { problems: byEnglish(problems), mends: byEnglish(mends) };

function byEnglish<Code extends string>(table: Readonly<Record<Code, { readonly en: string }>>): ReadonlyMap<string, Code> {
  return new Map(Object.entries<{ readonly en: string }>(table).map(([code, { en }]) => [en, code as Code]));
}

function isCode<Code extends string>(table: Readonly<Record<Code, unknown>>, code: string): code is Code {
  return Object.hasOwn(table, code);
}

function filled(sentence: string, values: FaultValues, language: Language): string {
  return sentence.replace(/\{(\w+)(:word)?\}/g, (whole, name: string, word?: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    const list = (typeof value === 'object' ? value : [value]).map((one) =>
      word !== undefined && isCode(faultTerms, String(one))
        ? faultTerms[String(one) as keyof typeof faultTerms][language]
        : String(one),
    );
    if (word !== undefined) return list.join(language === 'zh' ? '或' : ' or ');
    return list.join(language === 'zh' ? '、' : ', ');
  });
}
