/** What the service finds wrong, in Chinese: the faults that owners make. */
import { expect, it } from 'vitest';
import { faultInWords } from '../../../src/console/shared/fault-in-words.js';
import { codedFault } from '../../../src/fault-words.js';
import { hoursFaults } from '../../../src/shop/hours-faults.js';
import { shopSchema } from '../../../src/shop/parameters.js';
import { referenceProblems } from '../../../src/shop/reference-faults.js';
import { checkValue } from '../../../src/zod-faults.js';

const hours = { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } };
const shop = { id: 'demo', name: '木禾', timeZone: 'Asia/Shanghai', hours };

/** Sayings that have kept their English words. */
const inEnglish = (faults: readonly { readonly problem: string; readonly mend: string }[]) =>
  faults
    .map((fault) => faultInWords(fault, 'zh'))
    .filter((said) => /\b(?:is|the|there|no|not|write|name|set|give|or|of|a)\b/i.test(said));

it('says what is wrong with a shop in Chinese, word for word', () => {
  const wrong = {
    ...shop,
    name: '',
    timeZone: 'Mars',
    hours: { weekly: { ...hours.weekly, mon: ['9-23'] }, exceptions: [{ from: '2026-10-02', to: '2026-10-01', ranges: [] }] },
    shipping: { freeFromYuan: '九十五', freeFromItems: 0, table: [{ regions: [] }] },
    dispatch: { cutOff: '4pm', exceptions: [{ from: '2026-11-10' }] },
    pricing: { policy: 'cheap', coupons: [{ fromYuan: 100 }], gift: '很'.repeat(50) },
  };
  const checked = checkValue(shopSchema, wrong);
  const faults = checked.ok ? [] : checked.faults;
  expect(faults.length).toBeGreaterThan(10);
  expect(inEnglish(faults)).toEqual([]);
  expect(faultInWords(faults[0]!, 'en')).toBe('Is empty. Write at least 1 character');
});

it('says in Chinese that a wording breaks a rule, and what to write instead', () => {
  const values = { words: '包邮', rule: 'free-shipping', because: '比运费模板宽', wording: '满95元包邮' };
  expect(faultInWords(codedFault('rule_broken', values), 'zh')).toBe(
    '“包邮”不合规则：比运费模板宽。这样写不会自动发出。可写成：满95元包邮',
  );
});

it('says in Chinese which hours overlap', () => {
  const weekly = { ...hours.weekly, mon: ['22:00-06:00', '23:00-24:00'], tue: ['05:00-12:00'], sun: ['22:00-02:00'] };
  const faults = hoursFaults({ hours: { weekly: { ...weekly, mon: ['01:00-01:30', ...weekly.mon] }, exceptions: [] } });
  expect(faults.length).toBe(3);
  expect(inEnglish(faults)).toEqual([]);
  expect(faults.map((fault) => faultInWords(fault, 'zh'))[1]).toBe(
    '05:00-12:00 和前一天过零点的 22:00-06:00 重叠了。前一天改成 22:00-05:00，或这一段改成 06:00-12:00',
  );
});

it('says in Chinese what is named and is not there', () => {
  const checked = checkValue(shopSchema, {
    ...shop,
    shipping: {
      table: [{ regions: ['安徽省'], couriers: ['园通'] }, { regions: ['江苏'] }, { regions: ['江苏'] }],
      couriers: ['顺丰'],
      surchargeYuan: { 京东: 5 },
    },
    products: [
      { id: 'p1', title: '围巾', priceYuan: 5, floorYuan: 9, variants: [{ stock: 1 }, { stock: 2 }], alternatives: ['p2', 'p1'] },
    ],
    pricing: { policy: 'fixed', coupons: [{ fromYuan: 5, offYuan: 9 }], giftFromYuan: 5, agentShare: 0.9, leadShare: 0.95 },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  const problems = referenceProblems(checked.value);
  expect(problems.length).toBeGreaterThan(8);
  expect(inEnglish(problems)).toEqual([]);
});
