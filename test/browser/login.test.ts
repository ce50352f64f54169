/** Logging in, in a browser: where one is led, what is told, and that pages stand under their policy. */
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, password, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse();

describe('the login', () => {
  it('leads whoever is not logged in to where she wanted to go', async () => {
    await site.person('zhou');
    const context = await site.stranger();
    const page = await context.newPage();
    await page.goto('/?conversation=c-1');
    await page.waitForURL('**/login?next=*');
    await page.getByLabel('登录名').fill('zhou');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('登录名或密码不对').waitFor();
    await expect.poll(() => page.getByLabel('密码').inputValue()).toBe('');
    await picture(page, 'login-wrong');
    await page.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    expect(new URL(page.url()).search).toBe('?conversation=c-1');
  });

  it('never leads to another site', async () => {
    const context = await site.stranger();
    const page = await context.newPage();
    await page.goto('/login?next=//evil.example/');
    await page.getByLabel('登录名').fill('zhou');
    await page.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    expect(page.url()).toContain(site.house.address);
  });

  it('speaks both languages, in light and dark, without a serious finding of axe', async () => {
    for (const width of [1440, 360])
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await site.stranger({ colorScheme, viewport: { width, height: 760 } });
        const page = await context.newPage();
        await page.goto('/login');
        await page.getByLabel('登录名').waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await picture(page, `login-${width}-${colorScheme}`);
        await page.getByRole('button', { name: 'EN: switch to English' }).click();
        await page.getByLabel('Password').waitFor();
        await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
        expect(await seriousFindings(page)).toEqual([]);
        await context.close();
      }
  });

  it('remembers language and theme beyond a reload', async () => {
    const context = await site.stranger();
    const page = await context.newPage();
    await page.goto('/login');
    await page.getByRole('button', { name: 'EN: switch to English' }).click();
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.reload();
    await page.getByLabel('Password').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  });
});
