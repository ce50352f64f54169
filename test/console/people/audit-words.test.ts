import { expect, it } from 'vitest';
import { en } from '../../../src/console/i18n/en.js';
import { zh } from '../../../src/console/i18n/zh.js';
import { auditWords } from '../../../src/console/people/audit-words.js';
import { auditActions } from '../../../src/storage/people.js';

const names = new Map([['u1', '小周']]);
const told = (row: Parameters<typeof auditWords>[0]) => auditWords(row, zh.people, names, zh.shell.roles);

it('says in words what was done', () => {
  expect(told({ action: 'user_added', subject: 'u1', details: { login: 'xiaozhou', role: 'agent' } })).toBe('xiaozhou · 客服');
  expect(told({ action: 'user_password', subject: 'u1' })).toBe('小周');
  expect(told({ action: 'token_revoked', subject: 't1', details: { scope: 'connect', note: null } })).toBe('连接');
  expect(told({ action: 'conversation_handed_over', details: { to: 'queue', from: 'u1' } })).toBe('转给 待接队列');
  expect(told({ action: 'conversation_handed_over', details: { to: 'u1', from: null } })).toBe('转给 小周');
  expect(told({ action: 'finding_overridden', details: { rules: 'free-shipping, tone', reply: 'r1' } })).toBe(
    '在回复里 · 包邮承诺、语气',
  );
  expect(told({ action: 'imported', details: { what: 'phrases', added: 2, changed: 0, skipped: 1 } })).toBe(
    '快捷短语：新增 2，更改 0，跳过 1',
  );
});

it('knows every action, in both languages', () => {
  for (const language of [zh, en]) expect(Object.keys(language.people.actions).sort()).toEqual([...auditActions].sort());
});
