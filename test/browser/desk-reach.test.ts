/** What the desk reaches: every conversation and its beginning, the platform's limit, the switches of the shop; and what never moves. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshId } from '../running-house.js';
import { openBrowserHouse, picture, seriousFindings, stopTime } from './browser.js';

const site = await openBrowserHouse({
  at: '2026-11-24T21:30:00+08:00',
  service: { limits: { buyerMessagesPerMinute: 1000 } },
  shop: (parameters) => {
    parameters.bot.burstSeconds = 1;
  },
});
const { house } = site;
const lin = await site.person('lin');

const says = (conversation: string, name: string, text: string, more: object = {}) =>
  house.send({ conversation, text, buyer: { id: `b-${conversation}`, name }, ...more });
async function buyer(name: string, ...texts: string[]): Promise<string> {
  const conversation = `c-${freshId()}`;
  for (const text of texts) await house.ask(text, { conversation, buyer: { id: `b-${conversation}`, name } });
  return conversation;
}
const desk = async (conversation: string, person = lin) => {
  const page = await person.page(`/?conversation=${conversation}`);
  await page.locator('.q-row').first().waitFor();
  return page;
};
const composer = (page: Page) => page.locator('#composer');
const shopPath = '/v1/shops/demo';
const said = async (conversation: string) =>
  (await house.feed()).filter((one) => one.conversation === conversation && one.kind === 'agent').map((one) => one.text);

describe('the platform’s limit', () => {
  it('stops what is too long, says why, and lets nobody send it; the limit follows the settings at once', async () => {
    const conversation = await buyer('栗子与海', '在吗');
    const page = await desk(conversation);
    await page.clock.install();
    const long = '好'.repeat(203);
    await composer(page).fill(long);
    await page.clock.runFor(300);
    await page.locator('.count.is-over').getByText('−3').waitFor();
    for (const key of ['Enter', 'Control+Enter']) {
      await composer(page).press(key);
      await page.getByText('超出 3 字，平台收不下').first().waitFor();
    }
    await picture(page, 'desk-too-long');
    await page.clock.runFor(4000);
    await expect.poll(() => composer(page).inputValue()).toBe(long);
    expect(await said(conversation)).toEqual([]);
    const changed = await fetch(`${house.address}${shopPath}/settings`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${house.token}`,
        'content-type': 'application/merge-patch+json',
        'if-match': '*',
      },
      body: JSON.stringify({ bot: { draftCharacters: 300 } }),
    });
    expect([200, 201]).toContain(changed.status);
    await page.locator('.count').getByText('/300').first().waitFor();
    await composer(page).press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.clock.runFor(3000);
    await expect.poll(() => said(conversation)).toEqual([long]);
    await page.close();
  });
});

describe('a face', () => {
  it('goes in at the cursor by keys alone, and Esc leaves the picker without one', async () => {
    const page = await desk(await buyer('阿栀', '在吗'));
    await composer(page).fill('好的亲请稍等');
    await composer(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 3));
    await page.keyboard.press('Control+;');
    const picker = page.locator('.emoji');
    await picker.getByRole('button', { name: '😊' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('😊');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await picture(page, 'desk-emoji');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => composer(page).inputValue()).toBe('好的亲🌹请稍等');
    await expect.poll(() => picker.count()).toBe(0);
    await page.getByRole('button', { name: '表情' }).click();
    await picker.waitFor();
    await page.getByRole('button', { name: '表情' }).click();
    await picker.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+;');
    await picker.waitFor();
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await expect.poll(() => composer(page).inputValue()).toBe('好的亲🌹请稍等');
    await page.close();
  });
});

describe('going away', () => {
  it('is for whoever leaves the desk last, and each one’s for herself; the others see it at once, and who said so', async () => {
    const conversation = await buyer('半糖去冰', '包邮吗');
    const owner = await site.person('boss', { role: 'owner' });
    const [hers, page] = [await desk(conversation), await desk(conversation, owner)];
    await hers.locator('.duty').click();
    const box = hers.locator('.duty-box');
    await box.getByText('值班中；买家等 60 秒没人回，机器人先接一句').waitFor();
    await box.getByRole('button', { name: /暂离/ }).click();
    await expect.poll(() => box.getByRole('button', { name: /暂离/ }).getAttribute('aria-pressed')).toBe('true');
    expect(await seriousFindings(hers)).toEqual([]);
    await picture(hers, 'desk-duty-agent');
    await page.getByRole('button', { name: '转交' }).click();
    await page.locator('.talk-acts .box').getByRole('button', { name: 'lin 暂离' }).waitFor();
    await page.keyboard.press('Escape');
    await box.getByRole('button', { name: '1 小时' }).click();
    await expect.poll(() => house.get(`${shopPath}/away`)).toMatchObject({ body: { away: true, until: expect.any(String) } });
    // It is told: by itself the page asks every thirty seconds.
    await page.locator('.duty').getByText('已设为离开，自动回复').waitFor({ timeout: 20_000 });
    await page.locator('.duty').click();
    const seen = page.locator('.duty-box');
    await seen.getByText(/已离开，到 22:3\d · lin 设的/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'desk-duty-owner');
    await seen.getByRole('button', { name: '回来' }).click();
    await page.locator('.duty').getByText('值班到').waitFor();
    await hers.locator('.duty').getByText('值班到').waitFor({ timeout: 20_000 });
    await expect.poll(() => house.get(`${shopPath}/away`)).toMatchObject({ body: { away: false } });
    const { rows } = (await house.get(`${shopPath}/audit?action=away_switched`)).body as { rows: { by: { name: string } }[] };
    expect(rows.map(({ by }) => by.name)).toEqual(['boss', 'lin']);
    await hers.close();
    await page.close();
  });
});

describe('what moves', () => {
  it('is nothing: drafts and composer keep their place whatever comes and goes, and who reads further up stays there', async () => {
    const conversation = await buyer('一只小鹿酱', ...Array.from({ length: 24 }, (_, n) => `我想问问，第 ${n} 件`));
    const page = await desk(conversation);
    const log = page.locator('.log');
    const places = () =>
      page.evaluate(() =>
        ['.drafts-row', '.composer', '.talk-head', '.queue-list'].map((one) => {
          const { top, height } = document.querySelector(one)!.getBoundingClientRect();
          return [one, Math.round(top), Math.round(height)];
        }),
      );
    await page.locator('.bub').first().waitFor();
    const before = await places();
    expect(before[0]![2]).toBe(172);
    expect(before[1]![2]).toBe(168);
    await log.evaluate((box) => box.scrollTo(0, 40));
    await composer(page).fill('亲，保证明天发出，刷信用卡要加1%手续费哦');
    await page.locator('.finding').nth(1).waitFor();
    expect(await places()).toEqual(before);
    await composer(page).press('Enter');
    await page.locator('.hold').waitFor();
    expect(await places()).toEqual(before);
    await composer(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(2, 4));
    await says(conversation, '一只小鹿酱', '到新疆多少运费');
    await page.getByRole('button', { name: '新消息 1' }).waitFor();
    await page.locator('.draft.is-best').getByText('18元').waitFor();
    expect(await places()).toEqual(before);
    expect(await log.evaluate((box) => box.scrollTop)).toBe(40);
    const caret = () =>
      page.evaluate(() => {
        const { id, selectionStart, selectionEnd } = document.activeElement as HTMLTextAreaElement;
        return [id, selectionStart, selectionEnd];
      });
    expect(await caret()).toEqual(['composer', 2, 4]);
    await house.put(`${shopPath}/bot`, { mode: 'off', by: '店长' });
    await page.locator('.withdrawn').waitFor();
    await house.put(`${shopPath}/bot`, { mode: 'auto', by: '店长' });
    expect(await places()).toEqual(before);
    expect(await caret()).toEqual(['composer', 2, 4]);
    await page.getByRole('button', { name: '新消息 1' }).click();
    await expect.poll(() => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(2);
    await page.close();
  });

  it('is not the row under a mouse that lies still: a click opens what was meant, or nothing', async () => {
    const page = await desk(await buyer('南窗听雨', '在吗'));
    await buyer('山茶花开了', '在吗');
    const row = page.getByRole('option', { name: /山茶花开了/ });
    await row.scrollIntoViewIfNeeded();
    await stopTime(page);
    await row.hover();
    const place = (await row.boundingBox())!;
    const under = () =>
      page.evaluate(
        ([x, y]) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-id]')?.querySelector('.q-name')?.textContent,
        [place.x + place.width / 2, place.y + place.height / 2] as const,
      );
    await expect.poll(under).toBe('山茶花开了');
    // After a while the queue goes on without the hand that lies on it.
    await page.clock.runFor(6500);
    const urgent = `c-${freshId()}`;
    for (const text of ['在吗', '有货吗', '理我一下', '人呢'])
      await house.ask(text, { conversation: urgent, buyer: { id: 'b-hurry', name: '赶时间' } });
    await expect.poll(under).not.toBe('山茶花开了');
    const open = new URL(page.url()).searchParams.get('conversation');
    await page.mouse.down();
    await page.mouse.up();
    expect(await page.evaluate(() => new URL(location.href).searchParams.get('conversation'))).toBe(open);
    // Now it holds, and the second click means what is there.
    const meant = await under();
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('.talk-name', { hasText: meant! }).waitFor();
    await page.close();
  });

  it('is not the queue, while its rows have the focus; keys reach every part and what is typed in one is not lost', async () => {
    const page = await desk(await buyer('甲买家', '在吗'));
    await buyer('乙买家', '在吗');
    const names = () => page.locator('.q-row .q-name').allInnerTexts();
    await page.getByRole('option', { name: /甲买家/ }).waitFor();
    await page.getByRole('option', { name: /乙买家/ }).waitFor();
    await page.locator('.queue-list [tabindex="0"]').focus();
    const before = await names();
    const urgent = `c-${freshId()}`;
    for (const text of ['在吗', '有货吗', '理我一下'])
      await house.ask(text, { conversation: urgent, buyer: { id: 'b-u', name: '急客' } });
    await page.getByText('顺序有变').waitFor();
    expect((await names()).slice(0, before.length)).toEqual(before);
    await page.keyboard.press('F6');
    await expect.poll(async () => (await names()).indexOf('急客')).toBeLessThan(before.length);
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('log');
    await page.keyboard.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.keyboard.type('写到一半');
    await page.keyboard.press('Control+/');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('desk-phrases');
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('desk-search');
    await page.locator('.log').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '按键' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('log');
    const open = new URL(page.url()).searchParams.get('conversation');
    await page.keyboard.press('j');
    await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).not.toBe(open);
    await expect.poll(() => composer(page).inputValue()).toBe('');
    await page.keyboard.press('k');
    await expect.poll(() => composer(page).inputValue()).toBe('写到一半');
    await page.close();
  });
});

describe('what is no text', () => {
  it('is named, and said plainly where it can be seen', async () => {
    const conversation = await buyer('云朵收集员', '在吗');
    await says(conversation, '云朵收集员', '', { type: 'image' });
    await says(conversation, '云朵收集员', 'https://img.example/1.jpg', { type: 'image' });
    const page = await desk(conversation);
    await page.locator('.bub', { hasText: '图片' }).getByText('内容不经过这里，请到聊天软件里看').waitFor();
    await expect.poll(() => page.getByRole('link', { name: '打开' }).getAttribute('href')).toBe('https://img.example/1.jpg');
    await picture(page, 'desk-image');
    await page.close();
  });
});

// At the end: eighty more in the queue leave no room for those of other stories.
describe('the past', () => {
  it('is found though this screen never held it, and read to its first word', async () => {
    const old = `c-${freshId()}`;
    const at = (minutes: number) => new Date(house.now() - 86_400_000 + minutes * 60_000).toISOString();
    const texts = Array.from({ length: 300 }, (_, n) => (n === 0 ? '羊绒围巾能水洗吗' : `闲聊第 ${n} 句`));
    for (let from = 0; from < texts.length; from += 100)
      await house.send(
        texts.slice(from, from + 100).map((text, n) => ({
          conversation: old,
          text,
          buyer: { id: 'b-old', name: '橙子汽水' },
          sentAt: at(from + n),
        })),
      );
    await house.post(`${shopPath}/conversations/${old}/close`, { force: true });
    // So many others since, that the old one is not among those that a screen is told when it sits down.
    const others = Array.from({ length: 80 }, (_, n) => ({
      conversation: `o-${n}`,
      text: '在吗',
      buyer: { id: `o-b${n}`, name: `路人${n}` },
    }));
    await house.send(others);
    const page = await desk('o-1');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('橙子');
    await page.getByRole('option', { name: /橙子汽水/ }).waitFor();
    await page.getByLabel('搜索会话').fill('围巾 水洗');
    const row = page.getByRole('option', { name: /橙子汽水/ });
    await row.getByText('已关闭').waitFor();
    await picture(page, 'desk-found');
    await page.getByLabel('搜索会话').fill('没有人说过的话');
    await page.getByText('没有找到').waitFor();
    await page.getByLabel('搜索会话').fill('水洗');
    await row.click();
    await page.getByRole('heading', { name: '橙子汽水' }).first().waitFor();
    const log = page.locator('.log');
    await log.getByText('闲聊第 299 句').waitFor();
    const earlier = page.getByRole('button', { name: '更早的消息' });
    for (let clicks = 0; (await earlier.count()) > 0 && clicks < 9; clicks++) {
      const before = await page.locator('.bub').count();
      await log.evaluate((box) => box.scrollTo(0, 0));
      const first = await page.locator('.bub').first().innerText();
      const placeOf = () =>
        page
          .locator('.bub', { hasText: first })
          .first()
          .evaluate((one) => Math.round(one.getBoundingClientRect().top));
      const place = await placeOf();
      await earlier.click();
      await expect.poll(() => page.locator('.bub').count()).toBeGreaterThan(before);
      // What was being read stays where it was.
      expect(Math.abs((await placeOf()) - place)).toBeLessThan(40);
    }
    await log.getByText('羊绒围巾能水洗吗').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.bub-buyer').count()).toBe(300);
    await page.close();
  });
});
