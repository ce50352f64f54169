/** What is asked before something is done, and told of a reply that was marked, loaded when it is asked. Chinese is the measure, as in `zh.ts`. */
import type { Language } from '../shared/words.js';

const zh = {
  no: '先不',
  mark: { kept: '已记下：这条说错了', sayWhy: '说说哪里', failed: '没能记下' },
  takeFrom: { yes: '接手', text: (name: string, since: string) => `${name} 从 ${since} 起在接，要接手吗？` },
  closeAnyway: { yes: '关闭会话', text: (name: string) => `${name} 还在等回复，仍要关闭吗？` },
  closeUnheard: { yes: '关闭会话', text: (name: string) => `有一条没发到 ${name}，仍要关闭吗？` },
  wrongNote: { yes: '记下', text: () => '哪里不对？改回复的人会看到' },
};
type Questions = typeof zh;
export type Question = Exclude<keyof Questions, 'no' | 'mark'>;
export type AskedOf<Its extends Question> = Parameters<Questions[Its]['text']>;

const en: Questions = {
  no: 'Not now',
  mark: { kept: 'Noted: this reply is wrong', sayWhy: 'Say why', failed: 'Could not be noted' },
  takeFrom: { yes: 'Take over', text: (name, since) => `${name} has held it since ${since}. Take it over?` },
  closeAnyway: { yes: 'Close', text: (name) => `${name} still waits for an answer. Close it anyway?` },
  closeUnheard: { yes: 'Close', text: (name) => `A reply did not reach ${name}. Close it anyway?` },
  wrongNote: { yes: 'Note it', text: () => 'What is wrong? Whoever mends the replies reads it' },
};

export const questions: Readonly<Record<Language, Questions>> = { zh, en };
