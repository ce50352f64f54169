/** The report of shadow mode in a browser: what the bot would have said, while nobody hears it. */
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';

/** Saturday night: nobody is on duty. */
const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });

describe('an owner who does not trust the bot yet', () => {
  it('lets it listen, reads what it would have said, and then lets it speak', async () => {
    const owner = await site.person('laoban', { role: 'owner' });
    const page = await owner.page('/settings/replies');
    const report = page.locator('.shadow');
    await report.locator('summary').click();
    await report.getByText('还没有记录').waitFor();
    await page.getByRole('group', { name: '机器人急停开关' }).getByRole('button', { name: '影子' }).click();
    await page.getByRole('heading', { name: '机器人：影子，只记录不发送' }).waitFor();
    const sure = await site.house.ask('包邮吗', { conversation: 'sure' });
    const unsure = await site.house.ask('你们的羊是在哪里放的', { conversation: 'unsure' });
    for (const { action, replies } of [sure, unsure]) {
      expect(action).not.toBe('auto');
      expect(replies.filter(({ delivery }) => delivery === 'send')).toEqual([]);
    }
    await site.house.send({ conversation: 'sure', author: 'agent', text: '亲，满95就包邮的' });
    expect(await site.house.feed()).toEqual([]);

    await report.getByRole('button', { name: '刷新' }).click();
    const first = report.locator('li', { hasText: '包邮吗' });
    await first.getByText(/会自动答/).waitFor();
    await first.locator('.bub-bot', { hasText: '包邮' }).waitFor();
    await first.locator('.bub-me', { hasText: '满95就包邮的' }).waitFor();
    await report
      .locator('li', { hasText: '羊是在哪里放的' })
      .getByText(/会转人工/)
      .waitFor();
    await report.getByText(/^2 次里，没人在时能自己答 50%/).waitFor();
    await report.getByText('1 条回答会自动发出').waitFor();
    await report.getByText('1 次会留给客服').waitFor();
    // The newest stands on top, and says why.
    await report.locator('.shadow-list li').first().getByText('羊是在哪里放的').waitFor();
    await expect
      .poll(() => report.locator('.shadow-list li').first().locator('.shadow-why').innerText())
      .toMatch(/^因为：[^a-z_]{4,}/);
    await picture(page, 'settings-shadow');
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('group', { name: '机器人急停开关' }).getByRole('button', { name: '按设置' }).click();
    await page.getByRole('heading', { name: '机器人：自动回复' }).waitFor();
    expect((await site.house.ask('包邮吗', { conversation: 'later' })).action).toBe('auto');
    await page.close();
  });
});
