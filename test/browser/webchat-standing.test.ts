/** What a visitor of the shop's chat reads over it: that somebody is there only where somebody is. */
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse({ at: '2026-11-24T21:30:00+08:00' });
const { house } = site;

describe('over the chat on duty', () => {
  it('stands that nobody is at the desk, until an agent sits down, at once for who has written', async () => {
    const context = await site.stranger({ viewport: { width: 1280, height: 800 } });
    const script = `<!doctype html><html lang="zh-CN"><title>木禾针织</title><body><script src="/webchat.js" data-shop="demo" data-open></script></body></html>`;
    await context.route('**/shop-page', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: script }));
    const [page, other] = [await context.newPage(), await (await site.stranger()).newPage()];
    await other
      .context()
      .route('**/shop-page', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: script }));
    await page.goto('/shop-page');
    await other.goto('/shop-page');
    const standing = page.locator('header [role=status]');
    await standing.getByText('客服暂时不在，请留言，回来就回复您').waitFor();
    await picture(page, 'webchat-later');
    await page.locator('textarea').fill('包邮吗');
    await page.keyboard.press('Enter');
    await expect.poll(async () => ((await house.get('/v1/shops/demo/conversations')).body as any).total).toBe(1);
    const lin = await site.person('lin');
    const desk = await lin.page('/');
    await desk.locator('.q-row').first().waitFor();
    await standing.getByText('客服在线').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'webchat-agent');
    // Who has not written yet reads it when the chat is opened anew.
    await other.getByRole('button', { name: '关闭聊天窗口' }).click();
    await other.getByRole('button', { name: '联系客服' }).click();
    await other.locator('header [role=status]').getByText('客服在线').waitFor();
    await other.setViewportSize({ width: 360, height: 760 });
    await picture(other, 'webchat-agent-360');
  });
});
