/** What each key does, for the sheet of keys, which is loaded when it is asked for. Chinese is the measure, as in `zh.ts`. */
import type { Language } from '../shared/words.js';

const zh = [
  ['1 2 3', '输入框空着：草稿放到光标处，再按接着放'],
  ['Alt 1 2 3', '输入框有字时也行'],
  ['Tab', '输入框空着：用最好的草稿'],
  ['Enter', '发送，3 秒内可撤回'],
  ['Ctrl Z', '刚发的、还没发出的一条：收回到输入框（又打了字，先撤打的字）'],
  ['Alt Z', '又打了字也能收回：收回的一条放在前面，打的字还在'],
  ['Shift Enter', '换行'],
  ['Ctrl Enter', '有扣分句也照发，记入审计'],
  ['Ctrl .', '采用第一条合规说法'],
  ['Esc', '清空输入框（Ctrl+Z 找回）、关闭小窗'],
  ['/', '搜快捷短语（有字时 Ctrl+/）'],
  ['Ctrl ;', '表情'],
  ['Alt N', '下一位在等的（不在输入时按 N 也行）'],
  ['J K', '下一位、上一位（输入时 Alt+↓ ↑）'],
  ['Alt T H E R', '接待、转交、关闭会话、重新打开（不在输入时不用按 Alt）'],
  ['Ctrl K', '搜索会话'],
  ['F6', '下一个面板'],
  ['?', '这张表'],
] as const;
type Keys = (typeof zh)[number][0];

const en: readonly (readonly [Keys, string])[] = [
  ['1 2 3', 'composer empty: a draft at the cursor; again: one more'],
  ['Alt 1 2 3', 'the same while there is text'],
  ['Tab', 'composer empty: the best draft'],
  ['Enter', 'send; 3 s to undo'],
  ['Ctrl Z', 'what was just sent, or has not gone out yet, comes back (what was typed since is undone first)'],
  ['Alt Z', 'the same while you type on: it comes back before what you typed'],
  ['Shift Enter', 'new line'],
  ['Ctrl Enter', 'send in spite of points, audited'],
  ['Ctrl .', 'use the first compliant wording'],
  ['Esc', 'clear the composer (Ctrl+Z brings it back), close a box'],
  ['/', 'search phrases (Ctrl+/ while there is text)'],
  ['Ctrl ;', 'Emoji'],
  ['Alt N', 'next buyer who waits (outside fields N alone)'],
  ['J K', 'next, previous buyer (Alt+↓ ↑ while typing)'],
  ['Alt T H E R', 'take, hand over, close, reopen (outside fields without Alt)'],
  ['Ctrl K', 'search conversations'],
  ['F6', 'next pane'],
  ['?', 'this sheet'],
];

export const keyRows: Readonly<Record<Language, readonly (readonly [Keys, string])[]>> = { zh, en };
