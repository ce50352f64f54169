/** The web chat on a shop's own site, in a browser: a page of another origin with a strict policy and one script tag. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';

/** The shop's own site. What it allows is what the README asks for. */
let address = '';
const site = createServer(({ url = '/' }, response) => {
  const query = new URL(url, 'http://site').searchParams;
  const tag = [...query].map(([name, value]) => ` data-${name}="${value}"`).join('');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; script-src ${address}; connect-src ${address}; base-uri 'none'`,
  );
  response.end(`<!doctype html><html lang="zh-CN"><head><title>木禾针织</title></head><body><main><h1>羊毛素色围巾</h1></main>
    <script src="${address}/webchat.js" data-shop="demo"${tag} async></script></body></html>`);
});
await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
const siteAddress = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
afterAll(() => site.close());

const { house, stranger } = await openBrowserHouse({
  at: '2026-11-21T23:30:00+08:00',
  shop: (parameters) => {
    parameters.webChat.origins = [siteAddress];
    parameters.bot = { burstSeconds: 0.3 };
  },
});
address = house.address;

const visit = async (query = '', options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await stranger({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(`${siteAddress}/${query}`);
  return page;
};
const opened = async (page: Page): Promise<Page> => {
  await page.getByRole('button', { name: /联系客服|Chat with us/ }).click();
  return page;
};
const said = (page: Page) => page.locator('[role=log] .words');
const write = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text);
  await page.keyboard.press('Enter');
};
const conversationOf = async (text: string) => {
  const { conversations } = (await house.get('/v1/shops/demo/conversations?show=all')).body as any;
  for (const one of conversations.filter(({ connector }: any) => connector === 'webchat')) {
    const told = (await house.get(`/v1/shops/demo/conversations/${one.id}`)).body as any;
    if (told.messages.some((message: any) => message.text === text)) return told;
  }
  return undefined;
};

describe('the web chat', () => {
  it('answers a visitor, who finds all of it again after a reload, and nobody else does', async () => {
    const page = await opened(await visit('?item=wool-scarf'));
    expect(await page.locator('textarea').evaluate((node) => node.getRootNode() instanceof ShadowRoot)).toBe(true);
    await write(page, '寄到新疆多少运费');
    await said(page).filter({ hasText: '18元' }).waitFor();
    await expect.poll(() => page.locator('.said.bot .who').last().textContent()).toContain('自动回复');
    await expect.poll(() => said(page).filter({ hasText: '寄到新疆多少运费' }).count()).toBe(1);
    await page.reload();
    await opened(page);
    await said(page).filter({ hasText: '18元' }).waitFor();
    await expect.poll(() => said(page).filter({ hasText: '寄到新疆多少运费' }).count()).toBe(1);
    expect(await page.context().cookies()).toEqual([]);
    const told = await conversationOf('寄到新疆多少运费');
    expect(told.messages[0].item.id).toBe('wool-scarf');
    const other = await opened(await visit());
    await expect.poll(() => other.locator('.said').count()).toBe(1); // the greeting
  });

  it('brings an agent’s words at once, counts them while it is closed, and tells the agent that they were read', async () => {
    const page = await opened(await visit());
    // Closed before the server knows of the visitor.
    await page.route('**/webchat/visitors', async (route) => {
      await page.locator('textarea').waitFor({ state: 'hidden' });
      await route.continue();
    });
    await write(page, '请帮我转人工吧');
    await said(page).filter({ hasText: '请帮我转人工吧' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => conversationOf('请帮我转人工吧')).toBeDefined();
    const { id } = await conversationOf('请帮我转人工吧');
    await house.post(`/v1/shops/demo/conversations/${id}/take`, {});
    const sent = await house.post(`/v1/shops/demo/conversations/${id}/send`, { text: '您好，我是木木，来帮您看看～' });
    expect([sent.status, sent.body.detail]).toEqual([200, undefined]);
    await page.getByRole('button', { name: /\d 条新消息/ }).waitFor();
    const state = async () =>
      ((await conversationOf('请帮我转人工吧')).deliveries as any[])
        .find(({ replyId }) => replyId === sent.body.reply)
        .receipts.map((one: any) => one.state);
    await expect.poll(state).toEqual(['delivered']);
    await page.getByRole('button', { name: /新消息/ }).click();
    await said(page).filter({ hasText: '我是木木' }).waitFor();
    await expect.poll(state).toEqual(['delivered', 'read']);
  });

  it('keeps what is written offline and sends it once, a reload between', async () => {
    const page = await opened(await visit());
    await write(page, '在吗在吗');
    await said(page).filter({ hasText: '在吗在吗' }).waitFor();
    await expect.poll(() => conversationOf('在吗在吗')).toBeDefined();
    await page.context().setOffline(true);
    await write(page, '羊毛围巾有酒红色吗');
    await write(page, '包邮吗');
    await page.locator('.state', { hasText: '网络断开' }).waitFor();
    await expect.poll(() => page.locator('.said.own', { hasText: '等待发送' }).count()).toBe(2);
    await page.context().setOffline(false);
    await expect.poll(async () => (await conversationOf('在吗在吗')).messages.length).toBe(3);
    await page.reload();
    await opened(page);
    await said(page).filter({ hasText: '包邮吗' }).first().waitFor();
    const texts = (await conversationOf('在吗在吗')).messages.map(({ text }: any) => text);
    expect(texts).toEqual(['在吗在吗', '羊毛围巾有酒红色吗', '包邮吗']);
    await expect.poll(() => page.locator('.said.own').count()).toBe(3);
  });

  it('sends what a closed page had not sent, from the next page', async () => {
    const page = await opened(await visit());
    await page.context().setOffline(true);
    await write(page, '可以货到付款吗，我是离线写的');
    await page.locator('.said.own', { hasText: '等待发送' }).waitFor();
    await page.context().setOffline(false);
    const next = await page.context().newPage();
    await page.close();
    await next.goto(siteAddress);
    await expect.poll(() => conversationOf('可以货到付款吗，我是离线写的')).toBeDefined();
    await said(next).filter({ hasText: '我是离线写的' }).waitFor({ state: 'attached' });
    expect((await conversationOf('可以货到付款吗，我是离线写的')).messages).toHaveLength(1);
  });

  it('never sends while an input method is composing, and Shift+Enter is a new line', async () => {
    const page = await opened(await visit());
    const field = page.locator('textarea');
    await field.fill('baoyou');
    for (const init of [
      { isComposing: true, keyCode: 13 },
      { isComposing: false, keyCode: 229 },
    ])
      await field.evaluate((node, more) => {
        node.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...more }),
        );
      }, init);
    await field.press('Shift+Enter');
    await expect.poll(() => field.inputValue()).toBe('baoyou\n');
    await expect.poll(() => page.locator('.said.own').count()).toBe(0);
    await field.press('Enter');
    await expect.poll(() => page.locator('.said.own').count()).toBe(1);
  });

  it('goes on by long poll where the way to the server keeps events back', async () => {
    const page = await visit();
    await page.route('**/webchat/stream**', () => new Promise(() => undefined));
    await opened(page);
    await write(page, '可以开发票吗');
    await page.locator('.said.bot .words', { hasText: '发票' }).waitFor();
  });

  it('is not shown on a page of a site that the shop does not name', async () => {
    const elsewhere = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>x</title><script src="${address}/webchat.js" data-shop="demo" async></script>`);
    });
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    const page = await (await stranger()).newPage();
    const warned = page.waitForEvent('console', { predicate: (message) => message.text().includes('there is no chat') });
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    await warned;
    await expect.poll(() => page.locator('[data-zaima]').count()).toBe(0);
    elsewhere.close();
  });

  for (const theme of ['light', 'dark'] as const)
    for (const [language, width] of [
      ['zh', 1280],
      ['en', 360],
    ] as const)
      it(`can be read and worked by keyboard, ${theme}, ${language}, ${width} px wide`, async () => {
        const page = await visit(`?language=${language}&theme=${theme}`, {
          viewport: { width, height: 740 },
          colorScheme: theme,
        });
        const bubble = page.getByRole('button', { name: /联系客服|Chat with us/ });
        await bubble.waitFor();
        await picture(page, `webchat-closed-${theme}-${language}-${width}`);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        const field = page.locator('textarea');
        await expect.poll(() => field.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true);
        await page.keyboard.type('羊毛围巾包邮吗，寄浙江');
        await page.keyboard.press('Enter');
        await page.locator('.said.bot').nth(1).waitFor();
        await picture(page, `webchat-open-${theme}-${language}-${width}`);
        expect(await seriousFindings(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow).toBe(0);
        await page.keyboard.press('Escape');
        await bubble.waitFor();
        await expect.poll(() => bubble.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true);
      });
});
