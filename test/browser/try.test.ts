/** Trying it out, in a browser: a newcomer's first page, a burst, a thread that goes on, another time, and the real chat. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, password, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse({ at: '2026-11-24T15:00:00+08:00' });
const lin = await site.person('lin', { viewport: { width: 1280, height: 900 } });

const open = async (person = lin): Promise<Page> => {
  const page = await person.page('/try');
  await page.getByRole('heading', { name: '试一试' }).waitFor();
  return page;
};
const say = async (page: Page, text: string) => {
  await page.getByLabel('以买家身份说').fill(text);
  await page.keyboard.press('Enter');
};
const stage = (page: Page, title: string) => page.locator('.stage', { hasText: title });

describe('a newcomer', () => {
  it('comes here after the first login, and finds the way from an empty desk', async () => {
    const context = await site.stranger();
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel('登录名').fill(lin.login);
    await page.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/try');
    await page.getByRole('link', { name: '工作台' }).click();
    await page.getByRole('heading', { name: '还没有买家来过' }).waitFor();
    await picture(page, 'desk-nobody-yet');
    await page.getByRole('main').getByRole('link', { name: '试一试' }).first().click();
    await page.waitForURL('**/try');
  });
});

describe('a trial', () => {
  it('shows a newcomer by day what the bot does after hours, in one click, and names the reply by its title', async () => {
    const page = await open();
    await expect.poll(() => page.getByRole('button', { name: /^下班后/ }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: /寄到四川多少运费/ }).click();
    await page.locator('.phone-log .bub-buyer', { hasText: '12元' }).waitFor();
    await page.getByRole('heading', { name: '自动回复' }).waitFor();
    await expect.poll(() => stage(page, '怎么决定').innerText()).toMatch(/当作下班后，2026-11-2\d .* 有人回复/);
    const written = stage(page, '写成什么');
    await expect.poll(() => page.locator('.explain').innerText()).not.toMatch(/[a-z]_[a-z]/);
    await written.getByText(/^用回复“运费/).click();
    await written.getByText(/^编号 shipping_fee\.[a-z_]+/).waitFor();
    // An agent may not change it, an owner may.
    await expect.poll(() => written.getByRole('link').count()).toBe(0);
    await picture(page, 'try-newcomer');
    await page.getByRole('button', { name: /^上班时/ }).click();
    await page.getByRole('heading', { name: '给客服草稿' }).waitFor();
    await expect.poll(() => page.locator('.phone-log .bub-buyer').count()).toBe(0);
  });

  it('leads an owner from an answer to its reply', async () => {
    const owner = await site.person('laoban-try', { role: 'owner', viewport: { width: 360, height: 760 } });
    const page = await open(owner);
    await picture(page, 'try-newcomer-360');
    await page.getByRole('button', { name: '便宜点呗，120卖不卖' }).click();
    const written = stage(page, '写成什么');
    await written.locator('summary').first().click();
    await picture(page, 'try-answer-360');
    await written.getByRole('link', { name: '去改“议价”的话术' }).click();
    await page.waitForURL('**/settings/replies?intent=haggling&reply=*');
    await page.getByRole('textbox', { name: '说法 1', exact: true }).waitFor();
  });

  it('answers messages in a row together, with drafts on duty and by itself at night, and goes on from before', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^上班时/ }).click();
    await say(page, '您好');
    await say(page, '寄到四川多少运费');
    await page.getByText('还在听').waitFor();
    await page.getByRole('heading', { name: '给客服草稿' }).waitFor();
    await page.getByText('2 条连发合成 1 次作答').waitFor();
    await expect.poll(() => page.locator('.phone-log .bub-buyer').count()).toBe(0);
    await expect
      .poll(() => page.locator('.stage-say mark').allInnerTexts())
      .toContainEqual(expect.stringContaining('四川多少运费'));
    await expect.poll(() => stage(page, '听懂了什么').innerText()).toContain('地区 四川');
    await stage(page, '要是没人值班').getByText('12元').waitFor();
    await page.getByRole('button', { name: '今晚 23:30' }).click();
    await page.getByRole('heading', { name: '自动回复' }).waitFor();
    await page.locator('.phone-log .bub-buyer', { hasText: '12元' }).waitFor();
    await expect.poll(() => page.locator('.phone-log').innerText()).toMatch(/\d+\/128/);
    await stage(page, '要是有人值班').getByText('12元').first().waitFor();
    await page.getByRole('button', { name: '那新疆呢' }).click();
    await page.locator('.phone-log .bub-buyer', { hasText: '18元' }).waitFor();
    await expect.poll(() => stage(page, '听懂了什么').innerText()).toContain('接着上文');
    await page.getByRole('button', { name: '看第 1 次作答' }).click();
    await page.getByText('2 条连发合成 1 次作答').waitFor();
    await picture(page, 'try-thread');
  });

  it('says what is left to an agent, and until when', async () => {
    const page = await open();
    await page.getByRole('button', { name: /少发了一条围巾/ }).click();
    await page.getByRole('heading', { name: '转人工' }).waitFor();
    await expect.poll(() => stage(page, '留给客服').innerText()).toMatch(/要客服来答 · 2026-11-25 09:00 起有人回复/);
    await page.getByRole('button', { name: '重来' }).click();
    await page.getByText('点一个例子').waitFor();
    await say(page, '那个那个怎么说呢就是那样');
    await stage(page, '留给客服').getByText('这条消息本身：要客服来看').waitFor();
  });

  it('says that a holiday is one, and takes any moment', async () => {
    const page = await open();
    await page.getByRole('button', { name: /元旦 23:10/ }).click();
    await expect.poll(() => page.getByLabel('自定时间').inputValue()).toBe('2027-01-01T23:10');
    await say(page, '包邮吗');
    await stage(page, '怎么决定').getByText('元旦').waitFor();
    await page.getByLabel('自定时间').fill('2026-11-25T10:00');
    await page.getByLabel('自定时间').blur();
    await page.getByRole('heading', { name: '给客服草稿' }).waitFor();
  });

  it('sends nothing while an input method is composing', async () => {
    const page = await open();
    await page.getByLabel('以买家身份说').focus();
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'bao', selectionStart: 3, selectionEnd: 3 });
    await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
    await expect.poll(() => page.locator('.bub-me').count()).toBe(0);
    await input.send('Input.insertText', { text: '包邮吗' });
    await page.keyboard.press('Enter');
    await page.locator('.bub-me', { hasText: '包邮吗' }).waitFor();
  });

  it('says so when the service cannot be reached, and goes on afterwards', async () => {
    const page = await open();
    await page.getByText('点一个例子').waitFor();
    await lin.context.setOffline(true);
    await page.getByRole('button', { name: '能开专票吗' }).click();
    await page.getByText('连不上服务').waitFor();
    await lin.context.setOffline(false);
    await page.getByRole('button', { name: '再试' }).click();
    await page.locator('.stage-say', { hasText: '能开专票吗' }).waitFor();
    await expect.poll(() => page.getByText('连不上服务').count()).toBe(0);
  });

  it('leads to the real chat, whose words reach the desk', async () => {
    const page = await open();
    await expect.poll(() => page.locator('.real .tag').innerText()).toContain('/webchat.js" data-shop="demo" async></script>');
    const [chat] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '打开演示页' }).click(),
    ]);
    await chat.getByRole('button', { name: /联系客服/ }).click();
    await chat.locator('textarea').fill('真的聊天里问：包邮吗');
    await chat.keyboard.press('Enter');
    await picture(chat, 'try-chat');
    await expect
      .poll(async () => JSON.stringify((await site.house.get('/v1/shops/demo/conversations?show=all')).body))
      .toContain('真的聊天里问');
  });
});

describe('the page', () => {
  it('has no serious finding of axe: wide and narrow, light and dark, in both languages', async () => {
    const page = await open();
    await page.getByRole('button', { name: '今晚 23:30' }).click();
    await page.getByLabel('正在看的商品').selectOption('羊毛圆领开衫');
    await page.getByRole('button', { name: /几天能到/ }).click();
    await page.locator('.stage-say mark').first().waitFor();
    for (const language of ['zh', 'en']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await seriousFindings(page), `${width} ${colorScheme} ${language}`).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
          await picture(page, `try-${width}-${colorScheme}-${language}`);
        }
      }
      if (language === 'zh') await page.getByRole('button', { name: 'EN: switch to English' }).click();
    }
  });
});
