/** The owner's settings, in a browser: what is changed there is said from the next reply on, and what is wrong is not kept. */
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';
import { field, save, saveButton, toldSaved } from './settings-steps.js';

/** Saturday night: nobody is on duty. */
const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });
let count = 0;
/** Each story has an owner of its own: what one leaves unsaved stays with her. */
const newOwner = () => site.person(`laoban-${++count}`, { role: 'owner' });
const fee = async () => (await site.house.ask('寄到江苏，一件，运费多少')).replies[0]?.text ?? '';
const settingsNow = async () => (await site.house.get('/v1/shops/demo/settings')).body as any;

describe('an owner who changes the fee', () => {
  it('hears it in the next automatic reply, and the old one again after rolling back', async () => {
    expect(await fee()).toContain('8元');
    const owner = await newOwner();
    const page = await owner.page('/settings/shipping');
    const first = page.locator(field('shipping.table[0].firstKgYuan'));
    await first.fill('９');
    await page.getByText('1 处未保存').waitFor();
    await page.getByLabel('寄到').fill('江苏');
    await page
      .getByRole('region', { name: /^试一试/ })
      .getByText('9元')
      .waitFor();
    expect(await fee()).toContain('8元');
    await page.getByLabel('为什么改').fill('快递涨价');
    await page.keyboard.press('Control+s');
    await toldSaved(page);
    expect(await fee()).toContain('9元');
    await picture(page, 'settings-shipping-saved');

    await page.getByRole('link', { name: '修订记录' }).click();
    const row = page.getByRole('link', { name: /快递涨价/ });
    await row.waitFor();
    await page.getByText(/^运费 › 运费表 › “[^”]+” › 首重运费$/).waitFor();
    await page
      .getByRole('link', { name: /demo\.yaml/ })
      .first()
      .click();
    await page.getByRole('button', { name: '回退到这里' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('首重运费').waitFor();
    expect(await fee()).toContain('9元');
    await dialog.getByRole('button', { name: '回退到这里' }).click();
    // The note of the first change may still be up.
    await expect.poll(fee).toContain('8元');
    await page
      .getByText(/^已存为修订/)
      .last()
      .waitFor();
    await page.close();
  });

  it('is refused beside the field, and nothing is kept', async () => {
    const before = await settingsNow();
    const owner = await newOwner();
    const page = await owner.page('/settings/shipping');
    const first = page.locator(field('shipping.table[0].firstKgYuan'));
    await first.fill('八块');
    await page.getByText('不是数字').first().waitFor();
    await expect.poll(() => first.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.getByRole('button', saveButton).isDisabled()).toBe(true);
    await page.locator(field('dispatch.cutOff')).fill('下午四点');
    await page.getByText('2 处有误').waitFor();
    await picture(page, 'settings-refused');
    await page.keyboard.press('Control+s');
    expect(await settingsNow()).toEqual(before);
    // What was typed outlives a reload, and is given up by one's own hand alone.
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText('2 处有误').waitFor();
    await expect.poll(() => page.locator(field('shipping.table[0].firstKgYuan')).inputValue()).toBe('八块');
    await page.getByRole('button', { name: '放弃' }).click();
    await expect.poll(() => page.locator(field('shipping.table[0].firstKgYuan')).inputValue()).toBe('8');
    await page.close();
  });

  it('is told what the rules warn of in a campaign, and may save it', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/campaigns');
    const gives = page.locator(field('campaigns[0].words'));
    await gives.fill('全网最低价');
    await page.locator('.word-hint', { hasText: '全网最低价' }).waitFor();
    await expect.poll(() => gives.getAttribute('aria-invalid')).toBe('false');
    await expect.poll(() => page.getByRole('button', saveButton).isDisabled()).toBe(false);
    await picture(page, 'settings-word-hint');
    await page.close();
  });

  it('is shown what another saved meanwhile, and keeps what was typed', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/shipping');
    await page.locator(field('shipping.freeFromYuan')).fill('120');
    await page.getByText('1 处未保存').waitFor();
    const current = await site.house.get('/v1/shops/demo/settings/revisions?limit=1');
    const { revision } = (current.body as any).revisions[0];
    const control = await owner.context.request.patch('/v1/shops/demo/settings', {
      headers: { 'if-match': `"${revision}"`, 'content-type': 'application/merge-patch+json', origin: site.house.address },
      data: JSON.stringify({ shipping: { freeFromYuan: 99, freeFromItems: 3 } }),
    });
    expect(control.status()).toBe(200);
    await page.getByRole('button', saveButton).click();
    const note = page.locator('.meanwhile');
    await note.getByText('包邮件数').waitFor();
    await note.getByText('这一处您也改了').waitFor();
    await expect.poll(() => page.locator(field('shipping.freeFromYuan')).inputValue()).toBe('120');
    await expect.poll(() => page.locator(field('shipping.freeFromItems')).inputValue()).toBe('3');
    await picture(page, 'settings-meanwhile');
    await page.getByRole('button', saveButton).click();
    await toldSaved(page);
    expect((await settingsNow()).shipping).toMatchObject({ freeFromYuan: 120, freeFromItems: 3 });
    await page.close();
  });
});

describe('an owner who sets hours', () => {
  it('types them as they come, sees the month change, and is told what overlaps', async () => {
    const owner = await newOwner();
    // She is quicker than the calendar.
    let typed = (): void => undefined;
    const hasTyped = new Promise<void>((done) => {
      typed = done;
    });
    await owner.context.route('**/calendar', async (route) => {
      if (route.request().method() === 'GET') await hasTyped;
      await route.continue();
    });
    const page = await owner.page('/settings/hours');
    await page.getByLabel('周五 第 2 段 结束').fill('25：30');
    await page.keyboard.press('Tab');
    typed();
    await expect.poll(() => page.getByLabel(/^周五 第 2 段 结束/).inputValue()).toBe('01:30');
    await page.getByRole('button', { name: /^11月27日.*次日01:30/ }).waitFor();
    await page.getByLabel('周日 第 2 段 开始').fill('11');
    await page.keyboard.press('Tab');
    await page.getByText('11:00–22:00 与 10:00–12:00 重叠').first().waitFor();
    await page.getByRole('button', { name: '删去周日第 2 段' }).click();
    await page.getByRole('button', saveButton).click();
    await toldSaved(page);
    const { weekly } = (await settingsNow()).hours;
    expect([weekly.fri, weekly.sun]).toEqual([['09:00-12:00', '13:30-01:30'], ['10:00-12:00']]);
    await page.close();
  });

  it('sees what the bot would say when nobody answers in time, before that is saved', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/hours');
    const shown = page.locator('.preview');
    await shown.locator('.pv-at').fill('2026-11-24T10:00');
    await shown.locator('#pv-say').fill('你们的羊是在哪里放的');
    const late = shown.getByText('没人回的话，机器人先接：');
    await late.waitFor();
    await page.getByRole('switch', { name: '值班时也让机器人先接一句' }).click();
    await late.waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: '值班时也让机器人先接一句' }).click();
    await late.waitFor();
    await page.close();
  });

  it('picks a day in the calendar by keys alone', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/hours');
    const day = page.getByRole('button', { name: /^11月21日/ });
    await day.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: /^11月28日/, pressed: true }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: /^11月27日/, pressed: true }).waitFor();
    // Over the end of the month.
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: /^12月4日/, pressed: true }).waitFor();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.date)).toBe('2026-12-04');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 处未保存').waitFor();
    await page.getByRole('button', { name: '放弃' }).click();
    await page.close();
  });

  it('is asked about a night of 23 hours, goes on with the date of a day added, and steps through what is wrong by a key', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/hours');
    const start = page.getByLabel('周一 第 1 段 开始', { exact: true });
    const end = page.getByLabel(/^周一 第 1 段 结束/);
    await start.fill('23:30');
    await end.fill('23:00');
    await page.getByText('23:30 到次日 23:00，共 23 小时 30 分。是这样吗？').waitFor();
    await picture(page, 'settings-long-night');
    await page.getByRole('button', { name: '改成 23:00–23:30' }).click();
    await expect.poll(async () => [await start.inputValue(), await end.inputValue()]).toEqual(['23:00', '23:30']);
    await page.getByRole('button', { name: '加一天' }).click();
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.path ?? '');
    await expect.poll(focused).toMatch(/^hours\.exceptions\[\d+\]\.from$/);
    await start.fill('aa');
    await page.getByLabel('周三 第 1 段 开始', { exact: true }).fill('bb');
    await page.getByText('2 处有误，第 1 处').waitFor();
    await page.keyboard.press('F8');
    await page.getByText('2 处有误，第 2 处').waitFor();
    await expect.poll(focused).toBe('hours.weekly.wed[0]');
    await page.keyboard.press('F8');
    await expect.poll(focused).toBe('hours.weekly.mon[0]');
    await picture(page, 'settings-two-faults');
    await page.getByRole('button', { name: '放弃' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('2 处有误').waitFor();
    await page.getByRole('button', { name: '放弃' }).click();
    await page.close();
  });

  it('goes away for a while, at once', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/hours');
    await page.getByRole('button', { name: '60 分钟' }).click();
    await page.getByRole('switch', { name: '暂时离开' }).click();
    await page.getByText(/^已离开，.*自动回来$/).waitFor();
    const away = (await site.house.get('/v1/shops/demo/away')).body as { away: boolean; since: string; until: string };
    expect(Date.parse(away.until) - Date.parse(away.since)).toBeGreaterThan(59 * 60_000);
    await page.getByRole('switch', { name: '暂时离开' }).click();
    await page.getByText('打开后立刻按下班处理').waitFor();
    await page.close();
  });
});

describe('an owner who looks after the replies', () => {
  it('says one otherwise, sees it while she types, and may not break a rule', async () => {
    const asked = await site.house.ask('可以开发票吗');
    const id = asked.replies[0]!.template.split('.')[1]!;
    const owner = await newOwner();
    const page = await owner.page(`/settings/replies?intent=invoice&reply=${id}`);
    const words = page.getByRole('textbox', { name: '说法 1', exact: true });
    await words.fill('开发票要加6个点');
    await page.getByText('1 处有误').waitFor();
    await expect.poll(() => page.getByRole('button', saveButton).isDisabled()).toBe(true);
    const own = '发票都能开，下单时在备注里写好抬头和税号就行～';
    // One of several would be said in turn.
    const others = page.getByRole('button', { name: /^删去 说法/ });
    while ((await others.count()) > 0) await others.last().click();
    // What is only warned of may be kept, and then waits for a person.
    const warned = '全网最低价，发票也能开～';
    await words.fill(warned);
    await page.getByRole('region', { name: '预览' }).getByText('这样写不会自动发出，只给客服作草稿').waitFor();
    await save(page);
    await page.locator('.toast', { hasText: '有提醒的说法不会自动发出，只给客服作草稿' }).waitFor();
    expect((await site.house.ask('可以开发票吗')).replies.filter(({ text }) => text.includes('全网最低价'))).toEqual([]);
    await words.fill(own);
    await page.getByRole('region', { name: '预览' }).getByText(own).first().waitFor();
    await save(page);
    expect((await site.house.ask('可以开发票吗')).replies[0]!.text).toContain(own);
    await page.getByText('改过').waitFor();
    await page.close();
  });

  it('stops the bot at once, and lets it speak again', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/replies');
    await page.getByRole('button', { name: '停下' }).click();
    await page.getByRole('heading', { name: '机器人：已关' }).waitFor();
    expect((await site.house.ask('可以开发票吗')).action).toBe('silent');
    await page.getByRole('group', { name: '机器人急停开关' }).getByRole('button', { name: '按设置' }).click();
    await page.getByRole('heading', { name: '机器人：自动回复' }).waitFor();
    expect((await site.house.ask('可以开发票吗')).action).toBe('auto');
    await page.close();
  });
});

describe('the history', () => {
  it('tells what a revision changed by the names of the pages and of the goods, and leads to the field', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/products');
    await page.locator('.prod', { hasText: '羊毛素色围巾' }).click();
    const price = page.getByLabel('价格');
    await price.fill('88.5');
    await page.getByRole('switch', { name: '支持货到付款' }).click();
    await save(page);
    await page.getByRole('link', { name: '意图与回复' }).click();
    await page.getByRole('group', { name: '货到付款怎么答' }).getByRole('button', { name: '只出草稿' }).click();
    await save(page);

    await page.getByRole('link', { name: '修订记录' }).click();
    await page.getByRole('link', { name: '意图开关 › 货到付款' }).waitFor();
    await expect.poll(() => page.locator('.diff ins').allInnerTexts()).toEqual(['只出草稿']);
    await page.locator('.rev').nth(1).click();
    const told = page.getByRole('link', { name: '商品 › “羊毛素色围巾” › 价格' });
    await told.waitFor();
    expect((await page.locator('.diff ins').allInnerTexts()).sort()).toEqual(['88.5 元', '否']);
    await expect.poll(() => page.locator('.diff').innerText()).not.toMatch(/[a-z]/i);
    await picture(page, 'settings-history-product');
    await told.click();
    await expect.poll(() => price.inputValue()).toBe('88.5');
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.path ?? ''))
      .toMatch(/priceYuan$/);
    await page.close();
  });
});

describe('the settings', () => {
  it('come out as a file and in again, looked at before they are saved', async () => {
    const owner = await newOwner();
    const page = await owner.page('/settings/history');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出' }).click()]);
    const { readFileSync } = await import('node:fs');
    const file = readFileSync((await download.path())!, 'utf8');
    expect(file).toContain('木禾针织');
    const input = page.locator('input[type=file]');
    const upload = (text: string) =>
      input.setInputFiles({ name: 'demo.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await upload(file.replace('木禾针织', ''));
    await page.getByText('文件有误，什么都没有改').waitFor();
    await upload(file.replace('木禾针织', '木禾针织坊'));
    await page.getByText('1 处未保存').waitFor();
    expect((await settingsNow()).name).toBe('木禾针织');
    await page.getByRole('button', saveButton).click();
    await toldSaved(page);
    expect((await settingsNow()).name).toBe('木禾针织坊');
    await page.close();
  });

  it('may be looked at by a lead, and are not shown to an agent', async () => {
    const lead = await site.person('zhuguan', { role: 'lead' });
    const page = await lead.page('/settings/policies');
    await page.getByText('只有店主能改设置').waitFor();
    await expect.poll(() => page.locator(field('returns.noReasonDays')).isDisabled()).toBe(true);
    const agent = await site.person('kefu');
    const other = await agent.page('/settings/hours');
    await other.getByText('您的角色不能看这一页').waitFor();
    await expect.poll(() => other.getByRole('link', { name: '设置' }).count()).toBe(0);
  });

  it('are without a serious finding of axe, and no wider than the screen', { timeout: 120_000 }, async () => {
    const ready = {
      hours: '.cal',
      shipping: '.try-body .bub',
      policies: field('warranty.months'),
      products: '.prod',
      replies: '.worst',
      history: '.rev',
    };
    for (const [width, theme, language] of [
      [1280, 'light', 'zh'],
      [360, 'dark', 'en'],
    ] as const) {
      const someone = await site.person(`boss-${width}`, { role: 'owner', theme, language, viewport: { width, height: 800 } });
      for (const [name, sign] of Object.entries(ready)) {
        const page = await someone.page(`/settings/${name}`);
        await page.locator(sign).first().waitFor();
        expect([name, width, await seriousFindings(page)]).toEqual([name, width, []]);
        expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, width]);
        await picture(page, `settings-${name}-${width}-${theme}-${language}`);
        await page.close();
      }
    }
  });
});
