/** The desk in a browser: a buyer writes, an agent answers with a key, and the buyer's feed has it. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshId } from '../running-house.js';
import { openBrowserHouse, type Person, picture, seriousFindings, stopTime } from './browser.js';

/** As long as a shop may wait: a busy machine sees what is shown before a burst ends. */
const burstSeconds = 8;
const site = await openBrowserHouse({
  at: '2026-11-24T21:30:00+08:00',
  shop: (parameters) => {
    parameters.bot.burstSeconds = burstSeconds;
  },
});
const { house } = site;
const lin = await site.person('lin');
const zhou = await site.person('zhou');

/** A buyer who has just written. */
async function buyer(name: string, ...texts: string[]): Promise<string> {
  const conversation = `c-${freshId()}`;
  for (const text of texts) await house.ask(text, { conversation, buyer: { id: `b-${conversation}`, name } });
  return conversation;
}
/** Of a story's own conversation: it stands alone, whatever was run before. */
const desk = async (person: Person, conversation: string) => {
  const page = await person.page(`/?conversation=${conversation}`);
  await page.locator(`.q-row[data-id="${conversation}"]`).waitFor();
  return page;
};
const composer = (page: Page) => page.locator('#composer');
const said = async (conversation: string) =>
  (await house.feed()).filter((one) => one.conversation === conversation && one.kind === 'agent').map((one) => one.text);
/** As soon as the feed has it; the undo's three seconds are let pass on the page's own clock. */
async function untilSaid(conversation: string, count = 1): Promise<string[]> {
  for (let tries = 0; tries < 600; tries++) {
    const texts = await said(conversation);
    if (texts.length >= count) return texts;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  throw new Error('nothing went out');
}

describe('answering', () => {
  it('shows a draft as the buyer writes; one key takes it, it is changed, and Enter sends it', async () => {
    const page = await desk(lin, await buyer('栗子与海', '在吗'));
    const conversation = await buyer('橙子汽水', '到新疆多少运费');
    const row = page.getByRole('option', { name: /橙子汽水/ });
    await row.click();
    await page.getByText('到新疆多少运费').last().waitFor();
    await page.locator('.draft.is-best').getByText('18元').waitFor();
    await page.keyboard.press('1');
    await expect.poll(() => composer(page).inputValue()).toContain('18元');
    await page.keyboard.type(' 您看可以吗');
    await stopTime(page);
    await page.keyboard.press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('');
    await page.clock.runFor(3000);
    const [text] = await untilSaid(conversation);
    expect(text).toContain('您看可以吗');
    await page.locator('.bub-me', { hasText: '您看可以吗' }).waitFor();
    await expect.poll(() => page.getByText('3 秒后发出').count()).toBe(0);
    const feedback = (await house.get('/v1/shops/demo/draft-feedback')).body as {
      rows: { conversation: string; outcome: string }[];
    };
    expect(feedback.rows.filter((one) => one.conversation === conversation)).toMatchObject([{ outcome: 'edited' }]);
  });

  it('shows drafts while the buyer is still writing, renews them with each message, and sends one', async () => {
    const conversation = await buyer('急性子', '在吗');
    const page = await desk(lin, conversation);
    const buyerIs = { conversation, buyer: { id: `b-${conversation}`, name: '急性子' } };
    await house.send({ ...buyerIs, text: '到新疆多少运费' });
    await page.locator('.draft.is-best').getByText('18元').waitFor();
    const read = (await house.get(`/v1/shops/demo/conversations/${conversation}`)).body as { answers: unknown[] };
    expect(read.answers).toHaveLength(1);
    await page.getByText('买家还在说，草稿更新中').waitFor();
    await house.send({ ...buyerIs, text: '可以开发票吗' });
    await page.locator('.draft.is-best').getByText('发票').first().waitFor();
    await composer(page).focus();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    const [text] = await untilSaid(conversation);
    expect(text).toContain('发票');
  });

  it('takes the best draft by Tab, another by Alt and a digit, and stacks them', async () => {
    const page = await desk(lin, await buyer('阿栀', '包邮吗'));
    await page.locator('.draft.is-best').waitFor();
    await composer(page).focus();
    await page.keyboard.press('Tab');
    const first = await composer(page).inputValue();
    expect(first.length).toBeGreaterThan(5);
    await page.keyboard.press('Alt+Digit1');
    await expect.poll(() => composer(page).inputValue()).toBe(`${first}\n${first}`);
    await page.keyboard.press('1');
    await expect.poll(() => composer(page).inputValue()).toBe(`${first}\n${first}1`);
    await page.keyboard.press('Escape');
    await expect.poll(() => composer(page).inputValue()).toBe('');
    await page.keyboard.press('Control+z');
    await expect.poll(() => composer(page).inputValue()).toContain(first);
  });

  it('sends once however often Enter is pressed, and not at all when it is undone', async () => {
    const conversation = await buyer('白桃乌龙', '有货吗');
    const page = await desk(lin, conversation);
    await stopTime(page);
    await composer(page).fill('亲，我看一下库存～');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '撤回' }).click();
    await expect.poll(() => composer(page).inputValue()).toBe('亲，我看一下库存～');
    await page.clock.runFor(4000);
    expect(await said(conversation)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.clock.runFor(3000);
    await page.locator('.bub-me:not(.bub-waiting)').waitFor();
    expect(await untilSaid(conversation)).toEqual(['亲，我看一下库存～']);
  });

  it('neither sends nor takes a draft nor switches while an input method is composing', async () => {
    const conversation = await buyer('半糖去冰', '包邮吗');
    const page = await desk(lin, conversation);
    await page.locator('.draft.is-best').waitFor();
    await composer(page).focus();
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    for (const [key, code] of [
      ['Enter', 'Enter'],
      ['1', 'Digit1'],
      ['Tab', 'Tab'],
    ] as const)
      await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, windowsVirtualKeyCode: 229 });
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => composer(page).inputValue()).toBe('ni');
    expect(new URL(page.url()).searchParams.get('conversation')).toBe(conversation);
    await input.send('Input.insertText', { text: '你好' });
    await expect.poll(() => composer(page).inputValue()).toBe('你好');
    await expect.poll(() => page.getByText('3 秒后发出').count()).toBe(0);
    expect(await said(conversation)).toEqual([]);
  });

  it('underlines what costs points, stops Enter, and takes the compliant wording over', async () => {
    const conversation = await buyer('南窗听雨', '可以开发票吗');
    const page = await desk(lin, conversation);
    await page.clock.install();
    await composer(page).fill('亲，开发票要加6个点哦');
    await page.clock.runFor(300);
    await page.locator('.finding').getByText('扣 6 分').waitFor();
    await expect.poll(() => page.locator('.mirror .f-err').innerText()).toContain('加6个点');
    await picture(page, 'desk-finding');
    await composer(page).press('Enter');
    await page.getByText('已停住').first().waitFor();
    expect(await said(conversation)).toEqual([]);
    await page.keyboard.press('Control+.');
    await expect.poll(() => composer(page).inputValue()).not.toContain('6个点');
    await page.clock.runFor(300);
    await page.locator('.finding').first().waitFor({ state: 'detached' });
    await composer(page).fill('亲，开发票要加6个点哦');
    await page.clock.runFor(300);
    await page.locator('.finding').getByText('扣 6 分').waitFor();
    await stopTime(page);
    await composer(page).press('Control+Enter');
    await page.getByText('3 秒后发出').waitFor();
    await page.clock.runFor(3000);
    expect(await untilSaid(conversation)).toEqual(['亲，开发票要加6个点哦']);
    const audit = (await house.get('/v1/shops/demo/audit')).body as { rows: { action: string; subject?: string }[] };
    expect(audit.rows.some((row) => row.action === 'finding_overridden' && row.subject === conversation)).toBe(true);
  });

  it('finds a phrase by pinyin and asks for what only the conversation knows', async () => {
    await house.post('/v1/shops/demo/phrases', {
      code: 'wl9',
      title: '物流单号',
      text: '{{ buyer_name }}您好，单号是{{ tracking_number }}，请留意～',
    });
    const conversation = await buyer('云朵收集员', '我的快递到哪了');
    const page = await desk(lin, conversation);
    await composer(page).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('wldh');
    await page.getByRole('option', { name: /物流单号/ }).waitFor();
    await page.keyboard.press('Enter');
    const gap = page.getByLabel('物流单号', { exact: true });
    await gap.fill('YT123456');
    await page.keyboard.press('Enter');
    await expect.poll(() => composer(page).inputValue()).toBe('云朵收集员您好，单号是YT123456，请留意～');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
  });
});

describe('together and alone', () => {
  it('shows who holds a conversation before anybody types, and lets it be taken over', async () => {
    const conversation = await buyer('豆浆油条', '今晚拍明天能发出来吗');
    const [hers, his] = [await desk(lin, conversation), await desk(zhou, conversation)];
    await composer(hers).fill('亲，帮您看一下');
    await hers.getByRole('button', { name: '接待' }).click();
    await his.getByText('lin 正在接待，先接手再回复').waitFor();
    await composer(his).fill('我也来答');
    await his.keyboard.press('Enter');
    await expect.poll(() => his.getByText('3 秒后发出').count()).toBe(0);
    await composer(his).blur();
    await his.locator('.log').focus();
    await his.keyboard.press('t');
    await his.getByRole('dialog').getByRole('button', { name: '接手' }).click();
    await hers.getByText('zhou 正在接待，先接手再回复').waitFor();
    await expect.poll(() => composer(hers).inputValue()).toBe('亲，帮您看一下');
    await his.getByRole('button', { name: '转交' }).click();
    await picture(his, 'desk-hand-over');
    await his.getByRole('button', { name: '放回排队' }).click();
    await hers.getByText('正在接待，先接手再回复').waitFor({ state: 'detached' });
  });

  it('says when the line is cut, keeps what is typed, sends it once the line stands, and misses nothing', async () => {
    const conversation = await buyer('山茶花开了', '少发一条围巾');
    const page = await desk(lin, conversation);
    await composer(page).fill('亲，这就帮您查');
    await lin.context.setOffline(true);
    await page.getByText('离线，重连中').waitFor();
    await composer(page).press('Enter');
    await house.ask('在吗在吗', { conversation, buyer: { id: `b-${conversation}`, name: '山茶花开了' } });
    expect(await said(conversation)).toEqual([]);
    await picture(page, 'desk-offline');
    await lin.context.setOffline(false);
    await page.getByText('在吗在吗').first().waitFor();
    await page.getByText('离线，重连中').waitFor({ state: 'detached' });
    expect(await untilSaid(conversation)).toEqual(['亲，这就帮您查']);
  });

  it('keeps the text of each conversation over switching and a reload', async () => {
    const [one, other] = [await buyer('甲买家', '包邮吗'), await buyer('乙买家', '有货吗')];
    const page = await desk(lin, one);
    await composer(page).fill('给甲的话');
    await page.getByRole('option', { name: /乙买家/ }).click();
    await page.getByRole('heading', { name: '乙买家' }).first().waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('');
    await composer(page).fill('给乙的话');
    await page.goto(`/?conversation=${one}`);
    await expect.poll(() => composer(page).inputValue()).toBe('给甲的话');
    await page.getByRole('option', { name: /乙买家/ }).click();
    await expect.poll(() => composer(page).inputValue()).toBe('给乙的话');
    expect(other).not.toBe(one);
  });

  it('never moves focus, cursor or cards for what comes in', async () => {
    const conversation = await buyer('一只小鹿酱', '包邮吗');
    const page = await desk(lin, conversation);
    await page.locator('.draft.is-best').waitFor();
    await composer(page).fill('写到一半');
    await page.evaluate(() => (document.querySelector('#composer') as HTMLTextAreaElement).setSelectionRange(2, 3));
    const places = () =>
      page.evaluate(() =>
        ['.drafts-row', '.composer', '.talk-head'].map((one) => document.querySelector(one)!.getBoundingClientRect().top),
      );
    const before = await places();
    await house.ask('到西藏呢', { conversation, buyer: { id: `b-${conversation}`, name: '一只小鹿酱' } });
    await page.getByText('到西藏呢').last().waitFor();
    expect(await places()).toEqual(before);
    expect(
      await page.evaluate(() => [document.activeElement?.id, (document.activeElement as HTMLTextAreaElement).selectionStart]),
    ).toEqual(['composer', 2]);
    await page.locator('.withdrawn', { hasText: '撤回 3 条：买家又说了同一件事' }).waitFor();
  });

  it('holds the order of the queue under the pointer', async () => {
    const [conversation] = [await buyer('排在前面', '在吗'), await buyer('排在后面', '在吗')];
    const page = await desk(lin, conversation);
    await page.getByRole('option', { name: /排在后面/ }).waitFor();
    const names = () => page.locator('.q-row .q-name').allInnerTexts();
    // The order is held for six seconds after the pointer came to rest.
    await stopTime(page);
    await page.locator('.q-row').nth(1).hover();
    const before = await names();
    await buyer('急客', '在吗', '有货吗', '理我一下');
    await page.getByText('顺序有变').waitFor();
    expect((await names()).slice(0, before.length)).toEqual(before);
    await page.getByText('顺序有变').click();
    await expect.poll(async () => (await names()).indexOf('急客')).toBeLessThan(before.length);
  });
});

describe('the page', () => {
  it('has no serious finding of axe: wide and narrow, light and dark, in both languages', async () => {
    const conversation = await buyer('栗子与海', '这件会起球吗', '寄新疆两件包邮吗', '刷信用卡要手续费吗');
    const page = await desk(await site.person('looks'), conversation);
    await page.locator('.draft.is-best').waitFor();
    await page.locator('mark.why').first().waitFor();
    await composer(page).fill('亲，保证明天发出');
    await page.locator('.finding').first().waitFor();
    for (const language of ['zh', 'en']) {
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        for (const [width, height] of [
          [1440, 900],
          [360, 760],
        ] as const) {
          await page.setViewportSize({ width, height });
          for (const pane of width === 360 ? ['talk', 'queue', 'buyer'] : ['talk']) {
            if (width === 360) await page.locator('.tabs button').nth(['queue', 'talk', 'buyer'].indexOf(pane)).click();
            expect(await seriousFindings(page), `${width} ${theme} ${language} ${pane}`).toEqual([]);
            await picture(page, `desk-${width}-${theme}-${language}-${pane}`);
          }
        }
      }
      if (language === 'zh') await page.getByRole('button', { name: 'EN: switch to English' }).click();
    }
  });
});

describe('many at once', () => {
  it('draws only what can be seen of five hundred conversations, and finds one among them', async () => {
    const page = await desk(lin, await buyer('第一位', '在吗'));
    const many = Array.from({ length: 500 }, (_, at) => ({
      conversation: `many-${at}`,
      text: ['包邮吗', '什么时候发货', '有货吗', '可以开发票吗'][at % 4]!,
      buyer: { id: `many-b${at}`, name: `买家${at}` },
    }));
    for (let at = 0; at < many.length; at += 100) await house.send(many.slice(at, at + 100));
    await expect.poll(() => page.getByRole('button', { name: /^全部/ }).innerText(), { timeout: 15_000 }).toMatch(/5\d\d$/);
    await expect.poll(() => page.locator('.q-row').count()).toBeLessThan(60);
    const drawn = await page.evaluate(async () => {
      const list = document.querySelector('.queue-list')!;
      const counts: number[] = [];
      for (let at = 0; at < 60; at++) {
        list.scrollTop += 400;
        await new Promise((resume) => requestAnimationFrame(resume));
        counts.push(list.querySelectorAll('.q-row').length);
      }
      return { most: Math.max(...counts), fewest: Math.min(...counts) };
    });
    expect(drawn.most).toBeLessThan(60);
    expect(drawn.fewest).toBeGreaterThan(5);
    await expect.poll(() => page.locator('.q-row').count()).toBeLessThan(60);
    await picture(page, 'desk-500');
    const conversation = await buyer('最后一位', '在吗');
    await page.getByLabel('搜索会话').fill('最后一位');
    await page.getByRole('option', { name: /最后一位/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '最后一位' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('conversation')).toBe(conversation);
  });
});
