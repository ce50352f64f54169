/** The sidebar in a browser: alone beside a chat client, and in the frame of another site. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { freshId } from '../running-house.js';
import { openBrowserHouse, password, picture, seriousFindings, stopTime } from './browser.js';

/** A chat client of another site: as Chatwoot's dashboard, it tells its frame which conversation stands open. */
let address = '';
const client = createServer(({ url = '/' }, response) => {
  const [site, conversation = ''] = [address, new URL(url, 'http://client').searchParams.get('id') ?? ''];
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>Chat client</title><body style="margin:0">
    <iframe title="Zaima" src="${site}/sidebar?shop=demo&prefix=cw-" width="360" height="740" style="border:0"></iframe>
    <script>
      const frame = document.querySelector('iframe');
      let id = ${JSON.stringify(conversation)};
      const tell = () => frame.contentWindow.postMessage(JSON.stringify({ event: 'appContext', data: { conversation: { id }, contact: {}, currentAgent: { id: 1 } } }), '*');
      addEventListener('message', ({ data }) => { if (data === 'chatwoot-dashboard-app:fetch-info') tell(); });
      globalThis.show = (next) => { id = next; tell(); };
    </script></body></html>`);
});
await new Promise<void>((done) => client.listen(0, '127.0.0.1', done));
afterAll(() => client.close());
const { port } = client.address() as AddressInfo;
/** Of the same site (another port of one host), and of another site. */
const sameSite = `http://127.0.0.1:${port}`;
const otherSite = `http://localhost:${port}`;

const site = await openBrowserHouse({
  at: '2026-11-24T21:30:00+08:00',
  service: { web: { frameAncestors: ["'self'", sameSite, otherSite] } },
});
const { house } = site;
address = house.address;
const narrow = { viewport: { width: 360, height: 760 } };
const lin = await site.person('lin', { ...narrow, permissions: ['clipboard-read', 'clipboard-write'] });

async function buyer(name: string, texts: readonly string[], conversation = `c-${freshId()}`): Promise<string> {
  for (const text of texts) await house.ask(text, { conversation, buyer: { id: `b-${conversation}`, name } });
  return conversation;
}
const open = async (conversation: string, more = '', person = lin): Promise<Page> => {
  const page = await person.page(`/sidebar?shop=demo&conversation=${conversation}${more}`);
  await page.locator('.draft.is-best').waitFor();
  return page;
};
const composer = (page: Page | FrameLocator) => page.locator('#composer');
const said = async (conversation: string) =>
  (await house.feed()).filter((one) => one.conversation === conversation && one.kind === 'agent').map((one) => one.text);

describe('beside a chat client', () => {
  it('tells what was understood, and sends a draft by key and Enter', async () => {
    const conversation = await buyer('栗子与海', ['在吗', '到新疆多少运费', '两件包邮吗']);
    const page = await open(conversation);
    await page.getByText(/未回 3 条，听懂 \d 件事/).waitFor();
    await page.locator('.heard mark', { hasText: '新疆' }).waitFor();
    await expect.poll(() => page.locator('.under').innerText()).toContain('运费');
    await picture(page, 'sidebar-talk');
    await page.keyboard.press('1');
    expect((await composer(page).inputValue()).length).toBeGreaterThan(5);
    await stopTime(page);
    await page.keyboard.press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.clock.runFor(3000);
    await expect.poll(() => said(conversation)).toHaveLength(1);
  });

  it('sends a draft by its button, takes it back, copies one, and keeps what is being written', async () => {
    const conversation = await buyer('阿栀', ['包邮吗']);
    const page = await open(conversation);
    await composer(page).fill('写到一半');
    const draft = await page.locator('.draft.is-best .draft-text').innerText();
    await stopTime(page);
    await page.getByRole('button', { name: '发送草稿 1' }).click();
    await page.getByRole('button', { name: '撤回' }).click();
    await expect.poll(() => composer(page).inputValue()).toBe(`${draft}\n写到一半`);
    expect(await said(conversation)).toEqual([]);
    await page.getByRole('button', { name: '复制草稿 1' }).click();
    await page.getByRole('button', { name: '已复制' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(draft);
    await composer(page).fill('写到一半');
    await page.getByRole('button', { name: '发送草稿 1' }).click();
    await page.clock.runFor(3000);
    await expect.poll(() => said(conversation)).toEqual([draft]);
    await expect.poll(() => composer(page).inputValue()).toBe('写到一半');
  });

  it('says that a reply did not get there, and not that all is answered; asks before a colleague’s is taken over', async () => {
    const conversation = await buyer('白桃乌龙', ['有货吗']);
    const page = await open(conversation);
    await composer(page).fill('有的亲～');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(conversation), { timeout: 15_000 }).toHaveLength(1);
    await page.getByRole('heading', { name: '都回了' }).waitFor();
    const reply = (await house.feed()).findLast((one) => one.conversation === conversation && one.kind === 'agent')!;
    await fetch(`${house.address}/v1/shops/demo/replies/${reply.id}/receipt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'failed', error: '渠道超时' }),
    });
    await page.getByRole('heading', { name: '没发出去：渠道超时' }).waitFor();
    await expect.poll(() => page.getByRole('heading', { name: '都回了' }).count()).toBe(0);
    await picture(page, 'sidebar-failed');
    await house.post(`/v1/shops/demo/conversations/${conversation}/hand-over`, { to: 'queue' });
    await house.post(`/v1/shops/demo/conversations/${conversation}/take`, {});
    await page.locator('.talk-strip').getByRole('button', { name: '接手' }).click();
    await page
      .getByRole('dialog', { name: /起在接，要接手吗？/ })
      .getByRole('button', { name: '接手' })
      .click();
    await page.locator('.talk-strip').waitFor({ state: 'detached' });
  });

  it('copies by Enter where the client itself sends, also where the browser keeps the clipboard shut', async () => {
    const conversation = await buyer('半糖去冰', ['可以开发票吗']);
    const page = await open(conversation, '&send=no');
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('shut'));
    });
    await expect.poll(() => page.getByRole('button', { name: /发送/ }).count()).toBe(0);
    await page.keyboard.press('1');
    const text = await composer(page).inputValue();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    await expect.poll(() => composer(page).inputValue()).toBe(text);
    await page.evaluate(() => {
      document.execCommand = () => false;
    });
    await page.getByRole('button', { name: '复制草稿 1' }).click();
    await page.getByRole('dialog', { name: /请按 Ctrl\+C/ }).waitFor();
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toContain('发票');
    await picture(page, 'sidebar-by-hand');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await said(conversation)).toEqual([]);
  });

  it('finds what costs points, and a phrase by pinyin', async () => {
    await house.post('/v1/shops/demo/phrases', { code: 'fh1', title: '发货时间', text: '16:00前付款当天发～' });
    const page = await open(await buyer('南窗听雨', ['可以开发票吗']));
    await composer(page).fill('亲，开发票要加6个点哦');
    await page.locator('.finding').getByText('扣 6 分').waitFor();
    await composer(page).press('Control+.');
    await expect.poll(() => composer(page).inputValue()).not.toContain('6个点');
    await composer(page).fill('');
    await page.keyboard.press('/');
    await page.keyboard.type('fhsj');
    await page.getByRole('option', { name: /发货时间/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => composer(page).inputValue()).toContain('16:00前付款');
  });

  it('says plainly: not yet there, closed, of another shop, offline', async () => {
    const page = await lin.page('/sidebar?shop=demo');
    await page.getByText('在聊天软件里点开一位买家').waitFor();
    await page.goto('/sidebar?shop=demo&conversation=c-later');
    await page.getByText('这家店还没有会话 c-later').waitFor();
    await buyer('晚来的', ['包邮吗'], 'c-later');
    await page.locator('.draft.is-best').waitFor();
    await lin.context.setOffline(true);
    await page.getByText('离线，重连中').waitFor();
    await lin.context.setOffline(false);
    await page.getByText('离线，重连中').waitFor({ state: 'detached' });
    await house.post('/v1/shops/demo/conversations/c-later/close', { force: true });
    await page.getByText('已关闭').first().waitFor();
    await page.reload();
    await page.getByText('已关闭').first().waitFor();
    await page.getByText('包邮吗').first().waitFor();
    await picture(page, 'sidebar-closed');
    await page.goto('/sidebar?shop=elsewhere&conversation=c-later');
    await page.getByText('lin 不在这家店工作').waitFor();
  });
});

describe('in the frame of a chat client', () => {
  it('follows the conversation that stands open there', async () => {
    await buyer('一号', ['包邮吗'], 'cw-1');
    await buyer('二号', ['能开发票吗'], 'cw-2');
    const page = await lin.page(`${sameSite}/?id=1`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: '一号' }).first().waitFor();
    await composer(frame).fill('给一号的话');
    await page.evaluate(() => (globalThis as unknown as { show: (id: string) => void }).show('2'));
    await frame.getByRole('heading', { name: '二号' }).first().waitFor();
    await expect.poll(() => composer(frame).inputValue()).toBe('');
    await frame.getByRole('button', { name: '复制草稿 1' }).click();
    await frame.getByRole('button', { name: '已复制' }).waitFor();
    await picture(page, 'sidebar-framed');
  });

  it('logs in in a window of its own, which follows the frame where the browser keeps the login out of it', async () => {
    await buyer('三号', ['包邮吗'], 'cw-3');
    await buyer('四号', ['能开发票吗'], 'cw-4');
    const context = await site.stranger({ viewport: { width: 800, height: 760 } });
    const page = await context.newPage();
    await page.goto(`${otherSite}/?id=3`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: '先登录' }).waitFor();
    await picture(page, 'sidebar-gate');
    const [window] = await Promise.all([
      context.waitForEvent('page'),
      frame.getByRole('button', { name: '在新窗口登录' }).click(),
    ]);
    await window.getByLabel('登录名').fill(lin.login);
    await window.getByLabel('密码').fill(password);
    await window.keyboard.press('Enter');
    await window.getByRole('heading', { name: '三号' }).first().waitFor();
    await frame.getByRole('heading', { name: '登录了，但这里看不到' }).waitFor();
    await picture(page, 'sidebar-blocked');
    await page.evaluate(() => (globalThis as unknown as { show: (id: string) => void }).show('4'));
    await window.getByRole('heading', { name: '四号' }).first().waitFor();
  });

  it('hears nobody but the page around it', async () => {
    await buyer('五号', ['包邮吗'], 'cw-5');
    const page = await lin.page('/sidebar?shop=demo&prefix=cw-');
    await page.getByText('在聊天软件里点开一位买家').waitFor();
    await page.evaluate(() =>
      postMessage(JSON.stringify({ event: 'appContext', data: { conversation: { id: 5 } } }), location.origin),
    );
    await page.waitForTimeout(200);
    await expect.poll(() => page.getByRole('heading', { name: '五号' }).count()).toBe(0);
  });
});

describe('the page', () => {
  it('has no serious finding of axe: light and dark, in both languages, from 320 px on', async () => {
    const conversation = await buyer('栗子与海', ['开衫燕麦色M码还有吗', '寄新疆两件包邮吗', '刷信用卡要手续费吗']);
    const page = await open(conversation, '', await site.person('looks', narrow));
    await page.locator('.heard mark').first().waitFor();
    for (const language of ['zh', 'en']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [320, 360, 400]) {
          await page.setViewportSize({ width, height: 760 });
          expect(await seriousFindings(page), `${width} ${colorScheme} ${language}`).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
          await picture(page, `sidebar-${width}-${colorScheme}-${language}`);
        }
      }
      await page.locator('.bar-main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await picture(page, `sidebar-end-${language}`);
      if (language === 'zh') await page.getByRole('button', { name: 'EN: switch to English' }).click();
    }
  });
});
