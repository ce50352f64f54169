/** The desk worked by hands that stay on the keys: what can be taken back, where the focus goes, who comes next, what went wrong. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { picture, stopTime } from './browser.js';
import { composer, openDeskHouse } from './desk-steps.js';

const { site, house, buyer } = await openDeskHouse();
const lin = await site.person('lin');

const desk = async (conversation?: string, person = lin) => {
  const page = await person.page(conversation === undefined ? '/' : `/?conversation=${conversation}`);
  await page.locator('.q-row').first().waitFor();
  return page;
};
const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const opened = (page: Page) => new URL(page.url()).searchParams.get('conversation');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
const said = async (conversation: string) =>
  (await house.feed()).filter((one) => one.conversation === conversation && one.kind === 'agent').map((one) => one.text);
async function sends(page: Page, conversation: string, text: string): Promise<string> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await expect.poll(() => said(conversation)).toContain(text);
  // The page has heard of it too.
  await page.locator('.bub-me:not(.bub-waiting)', { hasText: text }).last().waitFor();
  return (await house.feed()).findLast((one) => one.text === text && one.conversation === conversation)!.id;
}
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

describe('what was written without a line', () => {
  it('can be taken back as long as it waits, by its button and by key', async () => {
    const conversation = await buyer('山茶花开了', '少发一条围巾');
    const page = await desk(conversation);
    await lin.context.setOffline(true);
    await page.getByText('离线，重连中').waitFor();
    await composer(page).fill('亲，这就帮您查');
    await page.keyboard.press('Enter');
    await page.getByText('连上后发出').waitFor();
    await picture(page, 'hand-offline');
    await page.keyboard.press('Control+z');
    await expect.poll(() => composer(page).inputValue()).toBe('亲，这就帮您查');
    await page.keyboard.press('Enter');
    await page.getByText('连上后发出').waitFor();
    await page.locator('.bub-waiting').locator('..').getByRole('button', { name: '撤回' }).click();
    await expect.poll(() => composer(page).inputValue()).toBe('亲，这就帮您查');
    await lin.context.setOffline(false);
    await page.getByText('离线，重连中').waitFor({ state: 'detached' });
    await pause(500);
    expect(await said(conversation)).toEqual([]);
    // Kept words would be the first that a later story takes back, should it come by here.
    await composer(page).fill('');
    await page.close();
  });

  it('asks before it goes when the page was loaded anew meanwhile, also from beside', async () => {
    const [conversation, other] = [await buyer('白桃乌龙', '有货吗'), await buyer('半糖去冰', '在吗')];
    const page = await desk(conversation);
    await lin.context.setOffline(true);
    await page.getByText('离线，重连中').waitFor();
    await composer(page).fill('亲，有货的～');
    await page.keyboard.press('Enter');
    await page.getByText('连上后发出').waitFor();
    // The page goes before its line stands again: what is left of it may live a moment longer than its address.
    await page.evaluate(() => {
      globalThis.WebSocket = class extends EventTarget {
        close() {}
      } as never;
    });
    await page.goto('about:blank');
    await lin.context.setOffline(false);
    await page.goto(`/?conversation=${other}`);
    await page.locator('.toast', { hasText: '给 白桃乌龙 的话还没发出' }).waitFor();
    await row(page, '白桃乌龙').getByText('还没发出').waitFor();
    await picture(page, 'hand-unsent');
    expect(await said(conversation)).toEqual([]);
    await page.locator('.toast').getByRole('button', { name: '打开' }).click();
    await page.getByRole('button', { name: '发出', exact: true }).click();
    await expect.poll(() => said(conversation), { timeout: 10_000 }).toEqual(['亲，有货的～']);
    await page.close();
  });

  it('comes back by Ctrl+Z also when the next buyer stands open already', async () => {
    const [conversation] = [await buyer('豆浆油条', '今晚能发吗'), await buyer('橙子汽水', '包邮吗')];
    const page = await desk(conversation);
    await row(page, '橙子汽水').waitFor();
    await stopTime(page);
    await composer(page).fill('写错了人');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+n');
    await expect.poll(() => opened(page)).not.toBe(conversation);
    await page.keyboard.press('Control+z');
    await expect.poll(() => composer(page).inputValue()).toBe('写错了人');
    await expect.poll(() => opened(page)).toBe(conversation);
    await page.clock.runFor(4000);
    expect(await said(conversation)).toEqual([]);
    await composer(page).fill('');
    await page.close();
  });
});

describe('a reply that did not get there', () => {
  it('is told wherever one is, and stands in the queue among those to answer at once, with the reason', async () => {
    const [conversation, other] = [await buyer('南窗听雨', '可以开发票吗'), await buyer('阿栀', '在吗')];
    const page = await desk(conversation);
    const reply = await sends(page, conversation, '可以的亲，下单时备注抬头就行～');
    await row(page, '阿栀').click();
    await expect.poll(() => opened(page)).toBe(other);
    await fetch(`${house.address}/v1/shops/demo/replies/${reply}/receipt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'failed', error: '渠道超时' }),
    });
    await page.locator('.toast', { hasText: '给 南窗听雨 的话没发出去：渠道超时' }).waitFor();
    await row(page, '南窗听雨').getByText('没发出去：渠道超时').waitFor();
    await expect.poll(() => row(page, '南窗听雨').getAttribute('class')).toContain('q-row-now');
    await picture(page, 'hand-failed');
    await page.setViewportSize({ width: 360, height: 760 });
    await page.locator('.tabs button').first().click();
    await picture(page, 'hand-failed-360');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator('.toast', { hasText: '南窗听雨' }).getByRole('button', { name: '打开' }).click();
    await page.locator('.msg-fail').getByRole('button', { name: '重试' }).click();
    await page.getByText('没发出去：渠道超时 · 已重发').waitFor();
    await row(page, '南窗听雨').getByText('没发出去').waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('the card of a buyer', () => {
  it('is written once by Enter, and the focus stays there; whoever is late is told once and keeps what was typed', async () => {
    const conversation = await buyer('一只小鹿酱', '会起球吗');
    const page = await desk(conversation);
    const patches: number[] = [];
    page.on('response', (response) => {
      if (response.request().method() === 'PATCH') patches.push(response.status());
    });
    await page.getByRole('button', { name: '加备注' }).click();
    await page.keyboard.type('怕扎');
    await page.keyboard.press('Enter');
    await page.locator('.note-line').getByRole('button', { name: '怕扎' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.type('，不要高领');
    await page.keyboard.press('Enter');
    await page.locator('.note-line').getByRole('button', { name: '怕扎，不要高领' }).waitFor();
    await expect.poll(() => patches).toEqual([200, 200]);
    await expect.poll(() => page.locator('.toast').count()).toBe(0);
    await page.getByRole('button', { name: '怕扎，不要高领' }).click();
    // Somebody else is faster than this screen hears.
    await page.route('**/buyers/**', async (route) => {
      const headers = { ...route.request().headers(), 'if-match': '"1"' };
      await (route.request().method() === 'PATCH' ? route.continue({ headers }) : route.continue());
    });
    await page.keyboard.press('Control+a');
    await page.keyboard.type('我的话');
    await page.keyboard.press('Enter');
    await page.locator('.toast').waitFor();
    await expect.poll(() => page.locator('.toast').allInnerTexts()).toEqual(['别人刚改过，请看一眼再改']);
    await expect.poll(() => page.getByLabel('备注', { exact: true }).inputValue()).toBe('我的话');
    await expect.poll(() => patches).toEqual([200, 200, 412]);
    await page.close();
  });
});

describe('keys', () => {
  it('with Alt take, hand over, close and open again from the composer, and the focus never gets lost', async () => {
    const conversation = await buyer('栗子与海', '在吗');
    const page = await desk(conversation);
    await composer(page).fill('写到一半');
    await page.keyboard.press('Alt+t');
    await page.locator('.talk-head').getByText('我在接').waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('写到一半');
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('Alt+h');
    await page.getByRole('button', { name: '放回排队' }).waitFor();
    // The keys are the box's once it has the focus.
    await expect.poll(() => focused(page)).not.toBe('composer');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('Alt+h');
    await page.getByRole('button', { name: '放回排队' }).press('Enter');
    await page.locator('.talk-head').getByText('无人接').waitFor();
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('Alt+e');
    const asked = page.getByRole('dialog');
    await asked.getByText('栗子与海 还在等回复，仍要关闭吗？').waitFor();
    // What is asked is not answered by an Enter that was meant for something else.
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('composer');
    await expect.poll(() => page.getByText('lin 已关闭').count()).toBe(0);
    await page.keyboard.press('Alt+e');
    await asked.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('lin 已关闭').waitFor();
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('Alt+r');
    await page.getByText('lin 已关闭').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '关闭会话' }).click();
    await page.getByRole('button', { name: '重新打开' }).click();
    await page.locator('.talk-head').getByText('我在接').waitFor();
    await expect.poll(() => focused(page)).toBe('composer');
    await composer(page).fill('');
    await picture(page, 'hand-head');
    await page.close();
  });

  it('go round through every part in the order of the page', async () => {
    const page = await desk(await buyer('云朵收集员', '在吗'));
    // The page is whole, and has put the focus where it begins.
    await page.locator('#buyer-card').waitFor();
    await page.locator('.draft.is-best').waitFor();
    await expect.poll(() => focused(page)).toBe('composer');
    await page.locator('.log').focus();
    const parts: (string | undefined)[] = [];
    for (let at = 0; at < 5; at++) {
      parts.push(
        await page.evaluate(() => {
          const active = document.activeElement!;
          return ['.queue-list', '.log', '.composer', '#buyer-card', '.sec-grow'].find((part) => active.closest(part) !== null);
        }),
      );
      await page.keyboard.press('F6');
    }
    expect(parts).toEqual(['.log', '.composer', '#buyer-card', '.sec-grow', '.queue-list']);
    await page.close();
  });

  it('lead to the next who waits, and on from where one was, though the answered one is less urgent now', async () => {
    const names = ['甲先生', '乙先生', '丙先生'];
    const ids = [];
    for (const name of names) ids.push(await buyer(name, '在吗'));
    const page = await desk();
    await expect.poll(() => focused(page)).toBe('composer');
    const order = () => page.locator('.q-row').evaluateAll((rows) => rows.map((one) => (one as HTMLElement).dataset.id!));
    for (const name of names) await row(page, name).waitFor();
    // Who waits grows more urgent by the minute.
    await stopTime(page);
    const before = await order();
    const at = before.indexOf(ids[0]!);
    await row(page, '甲先生').click();
    await expect.poll(() => opened(page)).toBe(ids[0]);
    await composer(page).fill('在的亲～');
    await composer(page).press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.clock.runFor(3000);
    await page.locator('.bub-me:not(.bub-waiting)', { hasText: '在的亲～' }).last().waitFor();
    await page.clock.runFor(500);
    expect((await order())[at]).toBe(ids[0]);
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => opened(page)).toBe(before[at + 1]);
    await page.keyboard.press('Alt+n');
    await expect.poll(() => opened(page)).not.toBe(before[at + 1]);
    const next = opened(page)!;
    expect((await order()).indexOf(next)).toBeLessThan(2);
    await expect.poll(() => focused(page)).toBe('composer');
    await page.close();
  });

  it('find a buyer without hiding the others afterwards; phrases are searched anew', async () => {
    await buyer('等很久的人', '在吗');
    const conversation = await buyer('要找的人', '尺码怎么选');
    const page = await desk();
    await row(page, '要找的人').waitFor();
    await row(page, '等很久的人').waitFor();
    const all = await page.locator('.q-row').count();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('要找的人');
    await expect.poll(() => page.locator('.q-row').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => opened(page)).toBe(conversation);
    await expect.poll(() => page.locator('.q-row').count()).toBe(all);
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('别的');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('composer');
    await page.keyboard.press('/');
    await page.keyboard.type('abc');
    await composer(page).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('d');
    await expect.poll(() => page.locator('#desk-phrases').inputValue()).toBe('d');
    await page.close();
  });
});

describe('what is said', () => {
  it('that the bot is stopped or on trial, in the head, as soon as it was switched', async () => {
    const page = await desk(await buyer('夜猫子', '在吗'));
    const head = page.locator('.duty');
    await head.getByText('21:').waitFor();
    await expect.poll(() => head.getByText('机器人不回复').count()).toBe(0);
    // It is told: by its own clock the page could not have asked.
    await stopTime(page);
    await house.put('/v1/shops/demo/bot', { mode: 'off', by: '店长' });
    await head.getByText('已停：机器人不回复').waitFor();
    await picture(page, 'hand-stopped');
    await page.setViewportSize({ width: 360, height: 760 });
    await picture(page, 'hand-stopped-360');
    await head.getByText('已停：机器人不回复').waitFor();
    await house.put('/v1/shops/demo/bot', { mode: 'auto', by: '店长' });
    await page.close();
  });

  it('why the service refused, in the language of the page', async () => {
    const conversation = await buyer('抢手的人', '在吗');
    const zhou = await site.person('zhou');
    const [page, his] = [await desk(conversation), await desk(conversation, zhou)];
    // This screen has not heard yet that he took it.
    await page.evaluate(() => {
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) {
        send.call(this, typeof data === 'string' ? data.replace(/,"from":"[^"]+"/, '') : data);
      };
    });
    await his.getByRole('button', { name: '接待' }).click();
    await page.getByText('zhou 正在接待，先接手再回复').waitFor();
    await page.keyboard.press('Alt+t');
    await page.getByRole('dialog').getByRole('button', { name: '接手' }).click();
    await page.locator('.toast').getByText('没能接手：zhou 正在接待').waitFor();
    await picture(page, 'hand-refused');
    await house.post('/v1/shops/demo/phrases', { code: 'dh7', title: '单号', text: '单号是{{ tracking_number }}' });
    await page.keyboard.press('/');
    await page.keyboard.type('dh7');
    await page.getByRole('option', { name: /dh7/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('物流单号', { exact: true }).press('Enter');
    await page.getByText('请填上这一项').waitFor();
    await picture(page, 'hand-gap');
    await page.close();
    await his.close();
  });
});
