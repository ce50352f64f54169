/** The owner's pages in English: their labels do what they say. */
import { expect, it } from 'vitest';
import { openBrowserHouse } from './browser.js';

/** Saturday night: nobody is on duty. */
const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });
const owner = await site.person('laoban', { role: 'owner', language: 'en' });

it('an owner who reads English changes a fee, a reply and a phrase by what stands on the pages', async () => {
  const page = await owner.page('/settings/shipping');
  const fee = page.getByLabel('Fee of the first weight').first();
  await fee.fill('eight');
  await page.getByText('is text, not a number. write a number').first().waitFor();
  await page.getByText('1 to correct').waitFor();
  await fee.fill('11');
  await page.getByText('1 unsaved change', { exact: true }).waitFor();
  await page.getByLabel('Why (may be left empty)').fill('dearer parcels');
  await page.getByRole('button', { name: /^Save as revision/, disabled: false }).click();
  await page
    .getByText(/^Saved as revision \d+: the next reply uses it/)
    .first()
    .waitFor();
  expect((await site.house.ask('寄到江苏，一件，运费多少')).replies[0]!.text).toContain('11元');

  await page.goto('/settings/replies?intent=invoice');
  const holding = page.getByRole('article', { name: /^Holding words/ });
  await holding.getByRole('button', { name: /^Edit/ }).click();
  await holding.getByRole('textbox', { name: 'Wording 1', exact: true }).fill('发票的事，加微信聊更快');
  await holding.locator('.field-err', { hasText: 'breaks the rule' }).waitFor();
  await holding.getByRole('button', { name: 'Add a wording' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText('The unsaved changes are discarded').first().waitFor();
  await expect.poll(() => holding.getByRole('textbox', { name: 'Wording 1', exact: true }).inputValue()).not.toContain('微信');

  await page.goto('/settings/history');
  await page.getByRole('link', { name: /dearer parcels/ }).waitFor();
  await page.getByText(/^Postage › Fee table › “.+” › Fee of the first weight$/).waitFor();

  await page.goto('/phrases');
  await page.getByRole('button', { name: 'New phrase' }).click();
  const form = page.getByRole('form', { name: 'New phrase' });
  await form.getByLabel('Code').fill('fee');
  await form.getByLabel('Text', { exact: true }).fill('亲，{{ nobody }}～');
  await form
    .getByText(/nobody/)
    .first()
    .waitFor();
  await form.getByLabel('Text', { exact: true }).fill('亲，运费按省份算～');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.ph-row', { hasText: '运费按省份算' }).waitFor();
  await page.close();
});
