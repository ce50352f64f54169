/** An agent's evening: who comes next, what never arrived, whose a conversation is, and what can still be taken back. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshId } from '../running-house.js';
import { type Person, picture, seriousFindings, stopTime } from './browser.js';
import { composer, openDeskHouse } from './desk-steps.js';

const { site, house, buyer } = await openDeskHouse();
const lin = await site.person('lin');

async function desk(conversation: string, person: Person = lin): Promise<Page> {
  const page = await person.page(`/?conversation=${conversation}`);
  await page.locator(`.q-row.is-current[data-id="${conversation}"]`).waitFor();
  return page;
}
const row = (page: Page, conversation: string) => page.locator(`.q-row[data-id="${conversation}"]`);
const opened = (page: Page) => new URL(page.url()).searchParams.get('conversation')!;
const said = async (conversation: string) =>
  (await house.feed()).filter((one) => one.conversation === conversation && one.kind === 'agent').map((one) => one.text);
async function fails(conversation: string): Promise<void> {
  const reply = (await house.feed()).findLast((one) => one.conversation === conversation && one.kind === 'agent')!;
  const told = await fetch(`${house.address}/v1/shops/demo/replies/${reply.id}/receipt`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'failed', error: '渠道超时' }),
  });
  expect(told.ok).toBe(true);
}
async function sends(page: Page, conversation: string, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await expect.poll(() => said(conversation)).toContain(text);
  // The page has heard of it too.
  await page.locator('.bub-me:not(.bub-waiting)', { hasText: text }).last().waitFor();
}

describe('the next who waits', () => {
  it('is somebody else at each press, until the round is through', async () => {
    const ids: string[] = [];
    for (const name of ['甲先生', '乙先生', '丙先生', '丁先生']) ids.push(await buyer(name, '在吗'));
    const page = await desk(ids[0]!);
    await expect.poll(() => page.locator('.q-row').count()).toBe(4);
    const seen = [opened(page)];
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Alt+n');
      await expect.poll(() => opened(page)).not.toBe(seen.at(-1));
      seen.push(opened(page));
    }
    expect(new Set(seen.slice(0, 4))).toEqual(new Set(ids));
    expect(seen[4]).toBe(seen[0]);
    await page.close();
  });
});

describe('a reply that did not get there', () => {
  it('stands before everybody who waits, with a mark of its own, also where the conversation was closed before', async () => {
    const conversation = await buyer('南窗听雨', '可以开发票吗');
    const urgent = await buyer('急客', '在吗', '有货吗', '理我一下', '人呢');
    const page = await desk(conversation);
    await sends(page, conversation, '可以的亲，下单时备注抬头就行～');
    await page.keyboard.press('Alt+e');
    await page.getByText('lin 已关闭').waitFor();
    await page.keyboard.press('Alt+n');
    await row(page, conversation).waitFor({ state: 'detached' });
    await fails(conversation);
    await row(page, conversation).getByText('没发出去：渠道超时').waitFor();
    await page.locator('.toast', { hasText: '给 南窗听雨 的话没发出去' }).waitFor();
    await page.mouse.move(900, 500);
    await expect.poll(() => page.locator('.q-row').first().getAttribute('data-id')).toBe(conversation);
    await row(page, urgent).waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await picture(page, `rounds-failed-${theme}`);
    }
    await page.setViewportSize({ width: 360, height: 760 });
    await page.locator('.tabs button').first().click();
    await picture(page, 'rounds-failed-360');
    await page.setViewportSize({ width: 1440, height: 900 });
    await row(page, conversation).click();
    await page.keyboard.press('Alt+e');
    await page
      .getByRole('dialog', { name: '有一条没发到 南窗听雨，仍要关闭吗？' })
      .getByRole('button', { name: '关闭会话' })
      .click();
    await page.getByText('lin 已关闭').waitFor();
    await page.keyboard.press('Alt+n');
    await row(page, conversation).waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('what was just sent', () => {
  it('is taken back by Alt+Z though the next words are typed; Ctrl+Z undoes those first', async () => {
    const conversation = await buyer('豆浆油条', '今晚能发吗');
    const page = await desk(conversation);
    const goOn = await stopTime(page);
    await composer(page).fill('先发的一句');
    await page.keyboard.press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.keyboard.type('next');
    await page.getByRole('button', { name: '撤回' }).getByText('Alt Z').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => composer(page).inputValue()).not.toContain('先发的一句');
    await page.keyboard.press('Control+y');
    await expect.poll(() => composer(page).inputValue()).toBe('next');
    await page.keyboard.press('Alt+z');
    await expect.poll(() => composer(page).inputValue()).toBe('先发的一句\nnext');
    await expect.poll(() => page.locator('.bub-waiting').count()).toBe(0);
    await page.clock.runFor(4000);
    expect(await said(conversation)).toEqual([]);
    await goOn();
    await page.keyboard.press('?');
    await composer(page).fill('');
    await page.locator('.log').focus();
    await page.keyboard.press('?');
    await page.getByText('又打了字也能收回').waitFor();
    await picture(page, 'rounds-keys');
    await page.close();
  });
});

describe('what was understood', () => {
  it('shows the newest measure, not the one that the buyer took back', async () => {
    const conversation = await buyer('云朵收集员', '我身高165体重50公斤穿什么码', '打错了是175');
    const page = await desk(conversation);
    const panel = page.getByRole('region', { name: '听懂了什么' });
    await panel.getByText('175').waitFor();
    await panel.getByText('50').waitFor();
    await expect.poll(() => panel.getByText('165').count()).toBe(0);
    await picture(page, 'rounds-measures');
    await page.close();
  });
});

describe('drafts whose ground has changed', () => {
  it('are made anew by what is there now, say so, and move neither the focus nor anything on the screen', async () => {
    const stock = async (count: number) => {
      const told = await fetch(`${house.address}/v1/shops/demo/stock?asOf=now`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
        body: JSON.stringify([{ product: 'wool-cardigan', colour: '雾蓝', size: 'L', count }]),
      });
      expect(told.ok).toBe(true);
    };
    await stock(20);
    const item = { id: 'wool-cardigan', title: '羊毛开衫', price: 199 };
    const conversation = `c-${freshId()}`;
    await house.ask('雾蓝L码有货吗', { conversation, item, buyer: { id: `b-${conversation}`, name: '白桃乌龙' } });
    const page = await desk(conversation);
    const best = page.locator('.draft.is-best .draft-text');
    await best.waitFor();
    const before = await best.innerText();
    await composer(page).fill('亲');
    const places = () =>
      page.evaluate(() =>
        ['.drafts-head', '.drafts-row', '.composer', '.log'].map((one) => {
          const { top, height } = document.querySelector(one)!.getBoundingClientRect();
          return [top, height];
        }),
      );
    const stood = await places();
    await stock(0);
    await page.locator('.withdrawn', { hasText: '库存已变，草稿已按现在的库存重做' }).waitFor();
    await expect.poll(() => best.innerText()).not.toBe(before);
    expect(await places()).toEqual(stood);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await expect.poll(() => composer(page).inputValue()).toBe('亲');
    await picture(page, 'rounds-anew');
    await page.setViewportSize({ width: 360, height: 760 });
    await picture(page, 'rounds-anew-360');
    await page.close();
  });
});

describe('a colleague’s conversation', () => {
  it('is taken over only by who was asked and says yes', async () => {
    const conversation = await buyer('一只小鹿酱', '会起球吗');
    const zhou = await site.person('zhou');
    const [page, hers] = [await desk(conversation), await desk(conversation, zhou)];
    await hers.keyboard.press('Alt+t');
    await page.getByText('zhou 正在接待，先接手再回复').waitFor();
    await composer(page).focus();
    await page.keyboard.press('Alt+t');
    const asked = page.getByRole('dialog', { name: /^zhou 从 21:3\d:\d\d 起在接，要接手吗？$/ });
    await asked.waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'rounds-take-over');
    // The words of a page have no say meanwhile, and the answer that does nothing lies under the next key.
    await page.keyboard.press('h');
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await expect.poll(() => page.getByRole('button', { name: '放回排队' }).count()).toBe(0);
    await hers.locator('.talk-head').getByText('我在接').waitFor();
    await page.keyboard.press('Alt+t');
    await page.keyboard.press('Alt+t');
    await asked.waitFor();
    await expect.poll(() => asked.count()).toBe(1);
    await page.setViewportSize({ width: 360, height: 760 });
    await picture(page, 'rounds-take-over-360');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await hers.getByText('lin 正在接待，先接手再回复').waitFor();
    await page.close();
    await hers.close();
  });
});
