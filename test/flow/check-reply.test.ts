import { describe, expect, it } from 'vitest';
import { type CompiledRules, compileRules } from '../../src/compliance/check.js';
import type { CheckContext, Rule } from '../../src/compliance/rule.js';
import { checkReply } from '../../src/flow/check-reply.js';

/** Tells what it was asked. */
function opened() {
  const asked: CheckContext[] = [];
  const rule = {
    id: 'sample',
    severity: 'points',
    points: 1,
    check: (text: string, context: CheckContext) => {
      asked.push(context);
      return context.codEnabled === true ? [{ rule: 'sample', words: text }] : [];
    },
  } as unknown as Rule;
  return { asked, rules: compileRules([rule], []) as CompiledRules };
}

describe('checking a reply', () => {
  it('reads the same words once in the same terms, and anew in others', () => {
    const { asked, rules } = opened();
    const shop = { checkContext: Object.freeze({ cardAccepted: true }), rules };
    const first = checkReply('亲，在的', shop, { codEnabled: true });
    expect(first).toHaveLength(1);
    expect(checkReply('亲，在的', shop, { codEnabled: true })).toBe(first);
    expect(checkReply('亲，在的', shop, {})).toEqual([]);
    expect(checkReply('亲，在的', shop, { codEnabled: false })).toEqual([]);
    expect(asked).toEqual([
      { cardAccepted: true, codEnabled: true },
      { cardAccepted: true },
      { cardAccepted: true, codEnabled: false },
    ]);
    // The shop changes its terms; the rules are others.
    checkReply('亲，在的', { checkContext: { cardAccepted: false }, rules }, {});
    expect(asked).toHaveLength(4);
    const others = opened();
    checkReply('亲，在的', { ...shop, rules: others.rules }, {});
    expect(others.asked).toHaveLength(1);
  });

  it('reads what is told of an order each time', () => {
    const { asked, rules } = opened();
    const shop = { checkContext: {}, rules };
    for (let n = 0; n < 3; n++) checkReply('订单已发货', shop, { orderOwner: false });
    expect(asked).toHaveLength(3);
  });
});
