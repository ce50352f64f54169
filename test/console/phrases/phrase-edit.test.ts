import { describe, expect, it } from 'vitest';
import {
  changeOf,
  draftOf,
  emptyFields,
  isDraft,
  onto,
  problemsIn,
  requestOf,
} from '../../../src/console/phrases/phrase-edit.js';
import type { Phrase } from '../../../src/console/shared/wire.js';

const phrase: Phrase = {
  id: 'p1',
  revision: 4,
  code: 'fh',
  title: '发货',
  text: '亲，今天发～',
  group: '物流',
  scope: 'shop',
  enabled: true,
  position: 1,
  uses: 0,
  createdAt: '2026-10-01T00:00:00.000Z',
  changedAt: '2026-10-01T00:00:00.000Z',
  changedBy: '店主',
  characters: 6,
  gaps: [],
  open: [],
  findings: [],
  verdict: 'send',
};
const draft = draftOf(phrase);
const written = (change: Partial<typeof draft.fields>) => ({ ...draft, fields: { ...draft.fields, ...change } });

describe('what is sent', () => {
  it('names what is new, and nothing else', () => {
    expect(changeOf(written({ text: '亲，明天发～' }))).toEqual({ text: '亲，明天发～' });
    expect(changeOf(written({ agent: 'u1' }))).toEqual({ scope: 'agent', agent: 'u1' });
    const until = { ...draftOf({ ...phrase, validTo: '2026-11-12T00:00:00.000Z' }) };
    expect(changeOf({ ...until, fields: { ...until.fields, validTo: '' } })).toEqual({ validTo: null });
  });

  it('leaves a title that nobody wrote to the service', () => {
    expect(requestOf({ ...emptyFields, code: 'a', text: '亲' })).toEqual({
      code: 'a',
      text: '亲',
      group: '',
      enabled: true,
      scope: 'shop',
    });
  });
});

describe('a draft that meets what somebody else made', () => {
  it('takes over what only they changed', () => {
    const met = onto(written({ text: '亲，明天发～' }), { ...phrase, revision: 7, title: '何时发货' });
    expect(met.contested).toEqual([]);
    expect(met.draft.fields).toMatchObject({ title: '何时发货', text: '亲，明天发～' });
    expect(changeOf(met.draft)).toEqual({ text: '亲，明天发～' });
    expect(met.draft.revision).toBe(7);
  });

  it('asks where both changed the same, unless they wrote the same', () => {
    const mine = written({ text: '亲，明天发～', group: '售后' });
    const met = onto(mine, { ...phrase, revision: 7, text: '亲，后天发～', group: '售后' });
    expect(met.contested).toEqual(['text']);
    expect(met.draft.fields.text).toBe('亲，明天发～');
    expect(changeOf(met.draft)).toEqual({ text: '亲，明天发～' });
  });
});

describe('what the page finds wrong by itself', () => {
  it('is told by field', () => {
    expect(problemsIn({ ...emptyFields, code: 'a b' }, true)).toEqual({ code: { kind: 'blanks' }, text: { kind: 'empty' } });
    expect(problemsIn(written({ title: '' }).fields, false)).toEqual({ title: { kind: 'empty' } });
    expect(problemsIn(written({ group: '很'.repeat(21) }).fields, false)).toEqual({ group: { kind: 'long', most: 20, has: 21 } });
    const times = { validFrom: '2026-11-12T00:00:00.000Z', validTo: '2026-11-11T00:00:00.000Z' };
    expect(problemsIn(written(times).fields, false)).toEqual({ validTo: { kind: 'order' } });
    expect(problemsIn(phrase.agent === undefined ? draft.fields : emptyFields, false)).toEqual({});
  });
});

it('believes nothing that was kept unless it is a draft', () => {
  expect(isDraft(JSON.parse(JSON.stringify(draft)))).toBe(true);
  for (const other of [null, 'text', {}, { ...draft, fields: { code: 1 } }, { base: draft.base, fields: draft.fields }])
    expect(isDraft(other)).toBe(false);
});
