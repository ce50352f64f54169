/** Products, their stock and campaigns in a browser: what an owner adds there is said from the next reply on. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings, stopTime } from './browser.js';
import { field, save, saveButton, toldSaved } from './settings-steps.js';

/** Saturday night: nobody is on duty. */
const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });
const owner = await site.person('laoban', { role: 'owner' });
const settingsNow = async () => (await site.house.get('/v1/shops/demo/settings')).body as any;
const shelfOf = async (product: string) =>
  ((await site.house.get(`/v1/shops/demo/stock?product=${product}`)).body as any).rows as {
    stock: unknown;
    source: string;
    stale: boolean;
  }[];

/** What /try answers to a buyer who looks at a product. */
async function tried(page: Page, product: string, said: string): Promise<string> {
  await page.goto('/try');
  await page.getByLabel('正在看的商品').selectOption(product);
  await page.getByLabel('以买家身份说').fill(said);
  await page.keyboard.press('Enter');
  const bubble = page.locator('.phone-log .bub-buyer');
  await bubble.first().waitFor();
  return bubble.first().innerText();
}

describe('a note', () => {
  it.each([1280, 360])('covers nothing that is edited, %i pixels wide', async (width) => {
    const someone = await site.person(`seller-${width}`, { role: 'owner', viewport: { width, height: 760 } });
    const page = await someone.page('/settings/products');
    const price = page.getByLabel('价格');
    await price.fill(String(width));
    await page.getByRole('button', { ...saveButton, disabled: false }).waitFor();
    await stopTime(page);
    await save(page);
    // It is drawn, and listens.
    await page.clock.runFor(100);
    await picture(page, `note-${width}`);
    const fields = 'input, select, textarea';
    /** Fields that the note lies on, as far as they are seen. */
    const covered = (which: string) =>
      page.evaluate((selector) => {
        const note = document.querySelector('.toast')!.getBoundingClientRect();
        return [...document.querySelectorAll(selector)].filter((one) => {
          const its = one.getBoundingClientRect();
          return its.top < note.bottom && note.top < its.bottom && its.left < note.right && note.left < its.right;
        }).length;
      }, which);
    const height = await page.evaluate(() => document.querySelector('.toast')!.getBoundingClientRect().height);
    expect(height).toBeLessThan(64);
    // Wide, there is room for it on the bar; narrow, it gives way to the field in hand.
    if (width > 760) await expect.poll(() => covered(fields)).toBe(0);
    for (const edge of ['start', 'end'] as const) {
      await price.evaluate((one, block) => {
        (one as HTMLElement).blur();
        one.scrollIntoView({ block });
      }, edge);
      await price.focus();
      await expect.poll(() => covered('input:focus')).toBe(0);
      await price.click();
      expect(await price.evaluate((one) => one === document.activeElement)).toBe(true);
    }
    await page.close();
  });
});

describe('on a narrow screen', () => {
  it('a product that is chosen or added comes into sight, the added one with the caret in its first field', async () => {
    const someone = await site.person('seller-narrow', { role: 'owner', viewport: { width: 360, height: 760 } });
    const page = await someone.page('/settings/products');
    await page.locator('.prod').nth(1).click();
    const title = page.getByLabel('商品名');
    await expect.poll(async () => (await title.boundingBox())?.y ?? 9999).toBeLessThan(400);
    await page.getByRole('button', { name: '加商品' }).click();
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.path ?? ''))
      .toMatch(/^products\[\d+\]\.id$/);
    await expect.poll(async () => (await title.boundingBox())?.y ?? 9999).toBeLessThan(760);
    await page.getByRole('button', { name: '放弃' }).click();
    await page.close();
  });
});

describe('a price finer than a cent', () => {
  it('is refused beside its field, and rounded by one press', async () => {
    const someone = await site.person('seller-cents', { role: 'owner', viewport: { width: 360, height: 760 } });
    const page = await someone.page('/settings/products');
    const price = page.getByLabel('价格');
    await price.fill('88.555');
    await page.getByText('小数超过了两位。最多写到分').first().waitFor();
    await picture(page, 'price-finer-than-a-cent');
    await page.getByRole('button', { name: '取整为 88.56' }).click();
    await expect.poll(() => price.inputValue()).toBe('88.56');
    await page.getByText('小数超过了两位').first().waitFor({ state: 'detached' });
    await save(page);
    expect((await settingsNow()).products[0].priceYuan).toBe(88.56);
    await page.close();
  });
});

describe('an owner who sells something new', () => {
  it('adds it by keys alone, counts it, and the next reply says what there is', async () => {
    const page = await owner.page('/settings/products');
    await page.locator('.prod').first().waitFor();
    const at = (await settingsNow()).products.length;
    const mine = (name: string) => page.locator(field(`products[${at}].${name}`));
    await page.getByRole('button', { name: '加商品' }).focus();
    await page.keyboard.press('Enter');
    // The caret comes by itself.
    await expect.poll(() => mine('id').evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type('felt-hat');
    await page.keyboard.press('Tab');
    await page.keyboard.type('呢料贝雷帽');
    await mine('priceYuan').focus();
    await page.keyboard.type('89');
    await mine('variants[0].colour').focus();
    await page.keyboard.type('墨绿');
    await mine('variants[0].stock').focus();
    await page.keyboard.type('缺货');
    await page.getByRole('button', { name: '加一行: 款式与库存' }).focus();
    await page.keyboard.press('Enter');
    await mine('variants[1].colour').focus();
    await page.keyboard.type('酒红');
    await mine('variants[1].stock').focus();
    await page.keyboard.type('３０');
    await page.keyboard.press('Control+s');
    await toldSaved(page);
    expect((await settingsNow()).products[at]).toEqual({
      id: 'felt-hat',
      title: '呢料贝雷帽',
      priceYuan: 89,
      variants: [
        { colour: '墨绿', stock: 'out' },
        { colour: '酒红', stock: 30 },
      ],
    });
    const green = page.getByLabel('墨绿 件数');
    await green.waitFor();
    await expect.poll(() => green.inputValue()).toBe('缺货');
    await expect.poll(() => mine('variants[0].stock').count()).toBe(0);
    expect(await tried(page, '呢料贝雷帽', '墨绿的还有货吗')).not.toContain('墨绿有现货');

    await page.goto('/settings/products?field=products.felt-hat');
    await green.fill('很多');
    await page.getByText('写件数，或：有货、少量、缺货、未知').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '更新库存 1 处' }).isDisabled()).toBe(true);
    await green.fill('２０');
    await green.press('Enter');
    await page.getByText('库存已更新').first().waitFor();
    await page.locator('tr', { hasText: '墨绿' }).getByText('更新过').waitFor();
    await picture(page, 'products-shelf');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await shelfOf('felt-hat')).toMatchObject([
      { stock: 20, source: 'import', stale: false },
      { stock: 30, source: 'settings', stale: false },
    ]);
    expect(await tried(page, '呢料贝雷帽', '墨绿的还有货吗')).toContain('墨绿有现货');
    await page.close();
  });

  it('is not told what is still to be written, only what was left empty, and all of it when it is to be saved', async () => {
    const page = await owner.page('/settings/products');
    await page.locator('.prod').first().waitFor();
    const at = (await settingsNow()).products.length;
    const mine = (name: string) => page.locator(field(`products[${at}].${name}`));
    const judged = () => page.waitForResponse((one) => one.url().endsWith('/settings/check'));
    const [verdict] = await Promise.all([judged(), page.getByRole('button', { name: '加商品' }).click()]);
    expect(((await verdict.json()) as { faults: unknown[] }).faults.length).toBeGreaterThan(1);
    await mine('title').waitFor();
    await expect.poll(() => page.locator('.field-err').count()).toBe(0);
    await mine('id').focus();
    await page.keyboard.press('Tab');
    await page.locator('.field-err').first().waitFor();
    await expect.poll(() => page.locator('.field-err').count()).toBe(1);
    await mine('title').fill('羊毛帽');
    await mine('id').fill('wool-beret');
    await page.locator('.field-err').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '放弃' }).click();
    await Promise.all([judged(), page.getByRole('button', { name: '加商品' }).click()]);
    await mine('title').waitFor();
    await expect.poll(() => page.locator('.field-err').count()).toBe(0);
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('.field-err').count()).toBeGreaterThan(1);
    await mine('id').fill('wool-beret');
    await mine('title').fill('羊毛帽');
    await page.getByRole('button', { name: '加一行: 款式与库存' }).click();
    await mine('variants[1].colour').fill('米色');
    await page.locator('.field-err', { hasText: '这一行没写颜色和尺码' }).waitFor();
    await picture(page, 'products-empty-row');
    await page.getByRole('button', { name: '删去 款式与库存 1' }).click();
    await page.locator('.field-err', { hasText: '这一行没写颜色和尺码' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '放弃' }).click();
    await page.close();
  });

  it('sees what is stale, and counts it anew with one press', async () => {
    const old = '商品ID,颜色,库存,库存时间\r\ncashmere-scarf,驼格,4,2026-11-01 09:00\r\n';
    const sent = await owner.context.request.patch('/v1/shops/demo/stock', {
      data: old,
      headers: { 'content-type': 'text/csv', origin: site.house.address },
    });
    expect(sent.status()).toBe(200);
    const page = await owner.page('/settings/products');
    const entry = page.locator('.prod', { hasText: '羊绒格纹围巾' });
    await entry.getByText('库存已旧').waitFor();
    await entry.click();
    await page.getByText('已旧，不对买家说').waitFor();
    await page.getByRole('button', { name: '都按现在数的，没有变' }).click();
    await page.getByText('库存已更新').first().waitFor();
    await page.getByText('已旧，不对买家说').waitFor({ state: 'detached' });
    expect(await shelfOf('cashmere-scarf')).toMatchObject([{ stock: 4, source: 'import', stale: false }, { stock: 0 }]);
    await page.close();
  });

  it('takes a table in after trying it, and gets one out that can be taken in again', async () => {
    const page = await owner.page('/settings/products');
    const card = page.getByRole('region', { name: '库存表' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('link', { name: '下载现在的库存' }).click(),
    ]);
    const csv = readFileSync((await download.path())!, 'utf8');
    expect(csv).toContain('wool-cardigan,羊毛圆领开衫,雾蓝,L');
    const input = page.locator('input[type=file]');
    const upload = (text: string) => input.setInputFiles({ name: 's.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await upload('一张,别的表\r\n1,2\r\n');
    await card.getByText(/^这张表不能导入/).waitFor();
    await upload('商品ID,颜色,尺码,库存\r\nwool-cardigan,雾蓝,L,15\r\nwool-cardigan,荧光,L,3\r\n');
    await card.getByText('新增 1，更改 0，没变 0，表里没有 0，跳过 1').waitFor();
    await card.getByRole('row', { name: /荧光/ }).getByText('没有这个规格').waitFor();
    await card
      .getByRole('row', { name: /雾蓝 L/ })
      .getByText('15', { exact: true })
      .waitFor();
    expect((await shelfOf('wool-cardigan'))[5]).toMatchObject({ stock: 0 });
    await card.getByLabel('表里没有的规格').selectOption('当作缺货');
    await card.getByText(/表里没有 [1-9]/).waitFor();
    await card.getByLabel('表里没有的规格').selectOption('不动');
    await card.getByText(/表里没有 0/).waitFor();
    await picture(page, 'products-table');
    expect(await seriousFindings(page)).toEqual([]);
    await card.getByRole('button', { name: '就这样导入' }).click();
    await page.getByText('库存表已导入').first().waitFor();
    expect((await shelfOf('wool-cardigan'))[5]).toMatchObject({ stock: 15 });
    expect(await tried(page, '羊毛圆领开衫', '雾蓝L有货吗')).toContain('雾蓝L码有现货');
    await page.close();
  });

  it('lets a lead count, who may not change the settings', async () => {
    const lead = await site.person('zhuguan', { role: 'lead', language: 'en' });
    const page = await lead.page('/settings/products?field=products.wool-cardigan');
    await page.getByLabel('炭灰 S pieces').fill('out');
    await page.getByRole('button', { name: 'Update stock (1)' }).click();
    await page.getByText('Stock updated').first().waitFor();
    expect((await shelfOf('wool-cardigan'))[6]).toMatchObject({ stock: 'out', source: 'import' });
    await expect.poll(() => page.getByLabel('Title', { exact: true }).isDisabled()).toBe(true);
    await page.close();
  });
});

describe('an owner who sells one thing in one way', () => {
  it('names no variant and counts nothing, and no buyer is told that it is sold out', async () => {
    const page = await owner.page('/settings/products');
    await page.locator('.prod').first().waitFor();
    const at = (await settingsNow()).products.length;
    const mine = (name: string) => page.locator(field(`products[${at}].${name}`));
    await page.getByRole('button', { name: '加商品' }).click();
    await mine('id').fill('oat-mug');
    await mine('title').fill('燕麦色马克杯');
    await mine('priceYuan').fill('35.555');
    await expect.poll(() => mine('variants[0].stock').inputValue()).toBe('未知');
    await page.getByText('只有一种规格：颜色和尺码不用填').waitFor();
    await page.getByText('最多写到分').first().waitFor();
    await picture(page, 'products-new');
    await mine('priceYuan').fill('35.5');
    await save(page);
    expect((await settingsNow()).products[at]).toEqual({
      id: 'oat-mug',
      title: '燕麦色马克杯',
      priceYuan: 35.5,
      variants: [{ stock: 'unknown' }],
    });
    await page.getByLabel('唯一规格 件数').waitFor();
    await page.close();
  });
});

describe('an owner who gives something off', () => {
  it('adds a campaign with its days: told while it runs, and one that is over says so', async () => {
    const asked = async () => (await site.house.ask('现在有什么活动吗')).replies[0]?.text ?? '';
    expect(await asked()).not.toContain('店庆');
    const page = await owner.page('/settings/hours');
    await page.getByRole('link', { name: '活动' }).click();
    const card = page.getByRole('region', { name: '活动' });
    const rows = card.locator('.rows-row');
    await rows.filter({ hasText: '已结束' }).waitFor();
    await expect.poll(() => rows.nth(0).locator('.chip').innerText()).toBe('已结束');
    await expect.poll(() => rows.nth(1).locator('.chip').innerText()).toBe('未开始');
    await card.getByRole('button', { name: '加一行: 活动' }).click();
    const mine = (name: string) => page.locator(field(`campaigns[2].${name}`));
    await mine('name').fill('店庆');
    await mine('from').fill('2026-11-20');
    await mine('to').fill('2026-11-19');
    await mine('words').fill('全店第二件八折');
    await page.getByText('结束早于开始').first().waitFor();
    await mine('to').fill('2026-11-25');
    await rows.nth(2).getByText('进行中').waitFor();
    await save(page);
    expect(await asked()).toContain('第二件八折');
    await picture(page, 'products-campaigns');
    await rows.nth(2).getByText('全店商品').click();
    await rows.nth(2).getByLabel('羊毛素色围巾').check();
    await rows.nth(2).getByText('只限 1 款商品').waitFor();
    await picture(page, 'products-campaign-bound');
    await save(page);
    expect(await asked()).toContain('仅羊毛素色围巾：全店第二件八折');
    await rows.nth(2).getByLabel('羊毛素色围巾').uncheck();
    await rows.nth(2).getByText('全店商品').waitFor();
    await mine('to').fill('2026-11-20');
    await rows.nth(2).getByText('已结束').waitFor();
    await save(page);
    expect(await asked()).not.toContain('第二件八折');
    await page.close();
  });

  it('sets coupons and a gift, and takes them out again', async () => {
    const gift = async () => (await site.house.ask('有赠品吗')).replies[0]?.text ?? '';
    const coupons = async () => (await site.house.ask('有优惠券吗')).replies[0]?.text ?? '';
    const page = await owner.page('/settings/policies?field=pricing.gift');
    await page.locator(field('pricing.gift')).fill('桂花香片两枚');
    await page.locator(field('pricing.giftFromYuan')).fill('150');
    await page.getByRole('button', { name: '加一行: 满减' }).click();
    await page.locator(field('pricing.coupons[1].fromYuan')).fill('400');
    await page.locator(field('pricing.coupons[1].offYuan')).fill('500');
    await page
      .getByText(/满 400 减 500，减得比满还多/)
      .first()
      .waitFor();
    await page.locator(field('pricing.coupons[1].offYuan')).fill('30');
    await save(page);
    expect(await gift()).toMatch(/桂花香片两枚/);
    expect(await gift()).toMatch(/150/);
    expect(await coupons()).toMatch(/满400减30/);
    await page.getByRole('button', { name: '删去 满减 2' }).click();
    await page.locator(field('pricing.gift')).fill('');
    await page
      .getByText(/却没有写赠品/)
      .first()
      .waitFor();
    await page.locator(field('pricing.giftFromYuan')).fill('');
    await save(page);
    expect(await gift()).not.toMatch(/桂花/);
    expect(await coupons()).not.toMatch(/400/);
    await page.close();
  });
});
