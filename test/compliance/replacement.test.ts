/** What becomes of a text when a suggestion is taken over: it has to read on, and to state nothing that nobody gave. */
import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { fold } from '../../src/compliance/fold.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { replaced, replacementOf } from '../../src/compliance/replacement.js';
import type { CheckContext } from '../../src/compliance/rule.js';
import { violatingLines } from './own-lines.js';

const rules = await loadRules();
const compiled = compileRules(rules);
const terms: CheckContext = {
  codEnabled: true,
  cardAccepted: true,
  freeShipping: { excludes: ['新疆', '西藏', '香港', '澳门', '台湾', '海外'], fromYuan: 95, fromItems: 2 },
};

/** Ctrl+. again and again, as an agent does: the gravest first, each time in the text as it then is. */
function takenOver(text: string, context: CheckContext, rule?: string): string {
  let now = text;
  for (let times = 0; times < 10; times++) {
    const next = check(now, context, compiled).find((one) => one.replacement && (rule === undefined || one.rule === rule));
    if (next === undefined) return now;
    now = replaced(now, next.replacement!);
  }
  throw new Error(`never comes to an end: ${text}`);
}

function expectToRead(now: string, before: string): void {
  const calls = (text: string) => text.match(/亲/g)?.length ?? 0;
  const told = `${before} → ${now}`;
  expect(calls(now), told).toBeLessThanOrEqual(Math.max(1, calls(before)));
  expect(now, told).not.toMatch(/亲[，,]?亲|您您|您亲/);
  // Marks that were wrong before are the agent's own.
  const isBroken = (text: string) => /[，,。.！!？?]\s*[，,。]|^\s*[，,。？?]|[，,]\s*$/.test(text);
  expect(isBroken(now) && !isBroken(before), told).toBe(false);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('suggestions of %s', (id, rule) => {
  const context = rule.examples.context ?? terms;
  const frames: readonly ((line: string) => string)[] = [
    (line) => line,
    (line) => `${line}，您看可以吗？`,
    (line) => `您好，${line}。有疑问随时叫我`,
    (line) => `亲，在的呢，${line}`,
  ];

  it('end the breach wherever it stands, and read on', () => {
    for (const example of rule.examples.fail)
      for (const frame of frames) {
        const text = frame(example);
        const found = (one: string) => check(one, context, compiled).filter(({ rule }) => rule === id);
        if (!found(text).some(({ replacement }) => replacement)) continue;
        const now = takenOver(text, context, id);
        expect(found(now), `${text} → ${now}`).toEqual([]);
        expectToRead(now, text);
      }
  });

  it('are there for each of its examples, and for nearly all of its lines', () => {
    for (const example of rule.examples.fail)
      for (const { replacement, words } of rule.check(example, context))
        expect(replacement, `${example}: ${words}`).toBeDefined();
    const found = (rule.learned?.lines ?? []).flatMap((line) => rule.check(line, terms).map((finding) => ({ line, finding })));
    const without = found.filter(({ finding }) => finding.replacement === undefined).map(({ line }) => line);
    expect(without.length, without.join('\n')).toBeLessThanOrEqual(found.length * 0.03);
  });
});

it('suggestions for all lines that break a rule read on', () => {
  for (const [, line] of violatingLines) {
    const before = check(line, terms, compiled).length;
    const now = takenOver(line, terms);
    expect(check(now, terms, compiled).length, `${line} → ${now}`).toBeLessThanOrEqual(before);
    expectToRead(now, line);
  }
});

it('nothing is stated that nobody gave: no stock, no sum, no day, no praise', () => {
  const wordings = new Set(
    rules.flatMap((rule) => [
      rule.learned?.wording ?? '',
      ...[...rule.examples.fail, ...(rule.learned?.lines ?? [])].flatMap((line) =>
        [terms, rule.examples.context ?? {}, { orderOwner: false }].flatMap((context) =>
          rule.check(line, context).map(({ wording }) => wording),
        ),
      ),
    ]),
  );
  expect(wordings.size).toBeGreaterThan(25);
  for (const wording of wordings) {
    expect(wording).not.toMatch(/[有没缺断现]货|没有了|卖完|售罄|补货|库存|活动价|优惠|便宜|实惠|赠|包邮的|最/);
    expect(wording).not.toMatch(/[\d一二两三四五六七八九十几]+(个?工作日|天|小时|分钟|元|块|件|折)|今天|明天|当天|次日|马上/);
    expect(wording).not.toMatch(/喜欢这|受.{0,4}欢迎|反馈(不错|很好)|大多数/);
  }
});

describe('taking over', () => {
  it('puts a sentence in the place of a clause and what hangs on it', () => {
    expect(takenOver('您加微信聊吧，全网最低价', {})).toBe('亲，我们就在这里聊哦，平台上沟通有保障');
    expect(takenOver('您好，加微信聊吧，备注姓名。今天都在的', {})).toBe('您好，我们就在这里聊哦，平台上沟通有保障。今天都在的');
  });

  it('puts words in the place of words', () => {
    expect(takenOver('你要的话我给你留着', {})).toBe('您要的话我给您留着');
    expect(takenOver('这件您穿M肯定合适，颜色也显白', {})).toBe('这件您穿M正常情况下合适，颜色也显白');
  });

  it('does not say the same twice', () => {
    expect(takenOver('亲，质量是最好的，销量全国第一，喜欢可以拍', {})).toBe(
      '亲，这款的细节您可以看看详情页和买家评价，喜欢可以拍',
    );
  });

  it('ends what was asked as a statement', () => {
    expect(takenOver('您加我微信好吗？我发图给您', {})).toBe('亲，我们就在这里聊哦，平台上沟通有保障。我发图给您');
    expect(takenOver('您加我微信好吗？', {})).toBe('亲，我们就在这里聊哦，平台上沟通有保障');
  });

  it('leaves what lies beside it as it is: stickers, breaks, brackets', () => {
    expect(takenOver('亲，/:^_^加我微信聊吧\n图发您了', {})).toBe('亲，/:^_^我们就在这里聊哦，平台上沟通有保障\n图发您了');
  });

  it('does not answer 不知道 with a word about stock', () => {
    expect(takenOver('不知道', {})).toBe('亲，这个我帮您核实一下，稍后回复您');
    expect(takenOver('没有', {})).not.toMatch(/没有|货/);
  });

  it('finds the clause whatever marks the place itself begins and ends with', () => {
    const folded = fold('亲，快点付款，谢谢');
    const at = folded.text.indexOf(',快点');
    expect(replacementOf(folded, { start: at, end: at + 6 }, '亲，不着急', 'clause')).toEqual({
      start: 2,
      end: 6,
      text: '不着急',
    });
  });

  it('is not offered for a likeness: it knows no words', () => {
    const findings = check('钱别走这儿，直接给师傅', terms, compiled);
    expect(findings.length).toBeGreaterThan(0);
    for (const { replacement } of findings) expect(replacement).toBeUndefined();
  });
});

it('every finding says in English too why it is one', () => {
  for (const [, line] of violatingLines)
    for (const { english, because, note } of check(line, terms, compiled)) {
      expect(english!.because, because).toMatch(/^[^。，：]*[a-z]{2}[^。，：]*$/);
      expect(english!.note === undefined).toBe(note === undefined);
    }
});
