/** What is said when a person must answer, in a browser: an owner says it in her own words, and takes them back. */
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';
import { save } from './settings-steps.js';

/** Saturday night: nobody is on duty. */
const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });
const owner = await site.person('laoban', { role: 'owner' });
const said = async (text: string) => (await site.house.ask(text)).replies[0]!;
const unheard = '你们的羊是在哪里放的';
const lost = '显示签收了但我没拿到包裹';

describe('an owner who says it otherwise', () => {
  it('is heard in the next holding reply, may not break a rule, and rolls back', async () => {
    const page = await owner.page('/settings/replies');
    const general = page.getByRole('region', { name: '等候话术' });
    const timed = general.getByRole('article', { name: '下班时，知道几点有人' });
    await timed.getByRole('button', { name: /^改/ }).click();
    const first = timed.getByRole('textbox', { name: '说法 1', exact: true });
    const others = timed.getByRole('button', { name: /^删去 说法/ });
    while ((await others.count()) > 0) await others.last().click();
    await first.fill('留言收好啦，加微信聊更快');
    await timed.getByText(/没有说几点有人回复/).waitFor();
    await first.fill('留言收好啦，加微信聊更快，{{ opening }}有人');
    await timed.locator('.field-err', { hasText: '不合规则' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^保存为修订/ }).isDisabled()).toBe(true);
    await first.fill('问{{ matter }}的留言收好啦，掌柜');
    await timed.getByRole('button', { name: '客服何时回复' }).first().click();
    await first.press('End');
    await page.keyboard.type('来回您～');
    await expect.poll(() => first.inputValue()).toBe('问{{ matter }}的留言收好啦，掌柜{{ opening }}来回您～');
    await timed
      .getByRole('region', { name: '预览' })
      .getByText(/掌柜.*来回您～/)
      .waitFor();
    await picture(page, 'holding-general');
    expect(await seriousFindings(page)).toEqual([]);
    await save(page);
    // Of what nobody understood there is no matter to name: the file's other words, or the last resort.
    expect((await said(unheard)).text).not.toContain('掌柜');
    await first.fill('留言收好啦，掌柜{{ opening }}来回您～');
    await save(page);
    expect(await said(unheard)).toMatchObject({ kind: 'holding', text: expect.stringContaining('掌柜明天上午10点来回您～') });
    await timed.getByRole('button', { name: '恢复原文' }).click();
    await save(page);
    expect((await said(unheard)).text).not.toContain('掌柜');
    await page.close();
  });

  it('has words of its own for one matter', async () => {
    const before = await said(lost);
    expect(before.template).toBe('parcel_problem.holding');
    const page = await owner.page('/settings/replies?intent=parcel_problem');
    const own = page.getByRole('article', { name: '等候话术：要客服来答时说' });
    await own.getByRole('button', { name: /^改/ }).click();
    const others = own.getByRole('button', { name: /^删去 说法/ });
    while ((await others.count()) > 0) await others.last().click();
    await own.getByRole('textbox', { name: '说法 1', exact: true }).fill('包裹的事掌柜亲自查，{{ opening }}给您回话～');
    await save(page);
    expect((await said(lost)).text).toContain('包裹的事掌柜亲自查，明天上午10点给您回话～');
    const { holding } = (await site.house.get('/v1/shops/demo/settings')).body as any;
    expect(holding).toEqual({ intents: { parcel_problem: ['包裹的事掌柜亲自查，{{ opening }}给您回话～'] } });
    await page.goto('/settings/history');
    await page
      .getByText(/等候话术/)
      .first()
      .waitFor();
    await page.close();
  });
});
