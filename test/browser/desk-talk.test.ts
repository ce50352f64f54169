/** Talks at the desk that two people share, or that do not go smoothly: each story from the click to what others then see. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshId } from '../running-house.js';
import { picture, stopTime } from './browser.js';
import { composer, openDeskHouse } from './desk-steps.js';

const { site, house, says, buyer } = await openDeskHouse();
const lin = await site.person('lin');
const zhou = await site.person('zhou');

const desk = async (person = lin, conversation?: string) => {
  const page = await person.page(conversation === undefined ? '/' : `/?conversation=${conversation}`);
  await page.locator('.q-row').first().waitFor();
  return page;
};
const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const shopPath = '/v1/shops/demo';

/** Types and sends, and waits until it has gone out. */
async function sends(page: Page, text: string): Promise<string> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await expect.poll(async () => (await house.feed()).some((one) => one.text === text && one.kind === 'agent')).toBe(true);
  // The page has heard of it too.
  await page.locator('.bub-me:not(.bub-waiting)', { hasText: text }).last().waitFor();
  return (await house.feed()).findLast((one) => one.text === text)!.id;
}

describe('two agents', () => {
  it('hand a buyer over with a word; the other one is told wherever she is, and finds the note', async () => {
    const other = await buyer('云朵收集员', '在吗');
    const conversation = await buyer('豆浆油条', '今晚拍明天能发出来吗');
    const [hers, his] = [await desk(lin, conversation), await desk(zhou, other)];
    await hers.locator('.talk-head').getByRole('button', { name: '接待' }).click();
    await row(hers, '豆浆油条').getByText('我', { exact: true }).waitFor();
    await hers.locator('.log').focus();
    await hers.keyboard.press('Alt+h');
    await hers.getByLabel('交接说明（可不写）').fill('等仓库回话');
    await hers.getByRole('button', { name: 'zhou' }).click();
    await hers.getByText('zhou 正在接待，先接手再回复').waitFor();
    const toast = his.locator('.toast', { hasText: 'lin 把 豆浆油条 转交给您：等仓库回话' });
    await toast.waitFor();
    await row(his, '豆浆油条').getByText('我', { exact: true }).waitFor();
    await toast.getByRole('button', { name: '打开' }).click();
    await his.getByText('lin 交代：等仓库回话').waitFor();
    await picture(his, 'desk-handed');
    // The note has been read by whoever answers.
    await sends(his, '亲，仓库说今晚能发～');
    await his.getByText('lin 交代').waitFor({ state: 'detached' });
    await hers.close();
    await his.close();
  });

  it('close a conversation, which the next message of the buyer opens again; or one of them opens it', async () => {
    const conversation = await buyer('南窗听雨', '在吗');
    const [hers, his] = [await desk(lin, conversation), await desk(zhou, conversation)];
    await sends(hers, '在的亲，请说～');
    await hers.locator('.log').focus();
    await hers.keyboard.press('Alt+e');
    await hers.getByText('lin 已关闭；买家再说话会自动打开').waitFor();
    await his.getByText('lin 已关闭').waitFor();
    await his.getByRole('button', { name: '重新打开' }).click();
    await hers.getByText('zhou 正在接待，先接手再回复').waitFor();
    await his.getByRole('button', { name: '关闭会话' }).click();
    await hers.getByText('zhou 已关闭').waitFor();
    await hers.goto('/');
    await hers.locator('.q-row').first().waitFor();
    await expect.poll(() => row(hers, '南窗听雨').count()).toBe(0);
    await says(conversation, '南窗听雨', '还有货吗');
    await row(hers, '南窗听雨').getByText('待接').waitFor();
    await his.getByText('zhou 已关闭').waitFor({ state: 'detached' });
    await his.getByText('还有货吗').last().waitFor();
    await hers.close();
    await his.close();
  });

  it('note what they know of a buyer; the other one sees it, and whoever is late is told', async () => {
    const conversation = await buyer('一只小鹿酱', '会起球吗');
    const [hers, his] = [await desk(lin, conversation), await desk(zhou, conversation)];
    await hers.getByRole('button', { name: '加备注' }).click();
    await hers.keyboard.type('怕扎，不要高领');
    await hers.keyboard.press('Enter');
    await his.getByRole('button', { name: '怕扎，不要高领' }).waitFor();
    await his.getByLabel('分组').selectOption({ label: '有意向' });
    await hers.locator('.talk-name').getByText('有意向').waitFor();
    await hers.locator('#buyer').getByRole('button', { name: '一只小鹿酱' }).click();
    await hers.keyboard.press('Control+a');
    await hers.keyboard.type('小鹿');
    await hers.keyboard.press('Enter');
    await row(his, '小鹿').waitFor();
    await hers.reload();
    await hers.getByRole('button', { name: '怕扎，不要高领' }).waitFor();
    await expect.poll(() => hers.getByLabel('分组').inputValue()).toBe('interested');
    await hers.close();
    await his.close();
  });
});

describe('what went out', () => {
  it('is tried again when the platform refused it: the reason, one click, and it is there', async () => {
    const conversation = await buyer('山茶花开了', '少发一条围巾');
    const page = await desk(lin, conversation);
    const reply = await sends(page, '稍等亲，我看一下库存～');
    const receipt = async (id: string, body: object) => {
      const { status } = await fetch(`${house.address}${shopPath}/replies/${id}/receipt`, {
        method: 'POST',
        headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(status).toBe(204);
    };
    await receipt(reply, { state: 'failed', error: '渠道超时' });
    const failed = page.locator('.msg', { hasText: '没发出去' });
    await failed.getByText('没发出去：渠道超时').waitFor();
    await picture(page, 'desk-failed');
    await failed.getByRole('button', { name: '重试' }).click();
    await failed.getByText('已重发').waitFor();
    const again = (await house.feed()).findLast((one) => one.text === '稍等亲，我看一下库存～')!.id;
    expect(again).not.toBe(reply);
    await receipt(again, { state: 'delivered' });
    await page.locator('.msg', { hasText: '已送达' }).waitFor();
    await expect.poll(() => failed.getByRole('button', { name: '重试' }).count()).toBe(0);
    await page.close();
  });

  it('by the bot or as a draft, was wrong: one click keeps that for whoever mends the answers', async () => {
    const conversation = await buyer('半糖去冰', '包邮吗');
    const page = await desk(lin, conversation);
    const flag = page.locator('.draft.is-best').getByRole('button', { name: '这条说错了' });
    const kept = page.locator('.toast', { hasText: '已记下' });
    await flag.waitFor();
    await stopTime(page);
    await flag.click();
    await kept.getByRole('button', { name: '撤销' }).click();
    await kept.waitFor({ state: 'detached' });
    await expect.poll(() => flag.getAttribute('aria-pressed')).toBe('false');
    await flag.click();
    await flag.click();
    await expect.poll(() => flag.getAttribute('aria-pressed')).toBe('true');
    await kept.waitFor();
    await page.clock.runFor(5000);
    await kept.waitFor({ state: 'detached' });
    // It is kept once, and what was taken back is not.
    const feedback = async () => {
      const { rows } = (await house.get(`${shopPath}/draft-feedback`)).body as {
        rows: { conversation: string; outcome: string }[];
      };
      return rows.filter((one) => one.conversation === conversation).map((one) => one.outcome);
    };
    await expect.poll(feedback).toEqual(['wrong']);
    // Long after, it may still be said why, or be taken back.
    await flag.click();
    await kept.getByRole('button', { name: '说说哪里' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('新疆不包邮');
    await page.keyboard.press('Enter');
    await expect.poll(feedback).toEqual(['wrong', 'wrong']);
    await flag.click();
    await kept.getByRole('button', { name: '撤销' }).click();
    await expect.poll(feedback).toEqual(['wrong', 'wrong', 'withdrawn']);
    await expect.poll(() => flag.getAttribute('aria-pressed')).toBe('false');
    await page.close();
  });

  it('may be said why, in a word, which is kept with it; without one it is kept all the same', async () => {
    const conversation = await buyer('橙子汽水', '包邮吗');
    const page = await desk(lin, conversation);
    const flags = page.locator('.draft').getByRole('button', { name: '这条说错了' });
    await flags.nth(1).waitFor();
    await composer(page).focus();
    await stopTime(page);
    await flags.nth(0).click();
    await page.locator('.toast').getByRole('button', { name: '说说哪里' }).click();
    const asked = page.getByRole('dialog', { name: '哪里不对？改回复的人会看到' });
    await asked.waitFor();
    await picture(page, 'talk-wrong-why');
    await page.keyboard.type('新疆不包邮');
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    await flags.nth(1).click();
    await page.locator('.toast').getByRole('button', { name: '说说哪里' }).click();
    await asked.waitFor();
    await page.keyboard.press('Escape');
    const notes = async () => {
      const { rows } = (await house.get(`${shopPath}/draft-feedback`)).body as {
        rows: { conversation: string; outcome: string; note?: string }[];
      };
      return rows.filter((one) => one.conversation === conversation).map(({ outcome, note }) => [outcome, note]);
    };
    await expect.poll(notes).toEqual([
      ['wrong', '新疆不包邮'],
      ['wrong', undefined],
    ]);
    await page.close();
  });
});

describe('drafts whose ground is gone', () => {
  it('are withdrawn before the eyes, with the reason, also the one that was taken; what was typed stays', async () => {
    const conversation = await buyer('白桃乌龙', '到新疆多少运费');
    const page = await desk(lin, conversation);
    await page.locator('.draft.is-best').getByText('18元').waitFor();
    await composer(page).focus();
    await page.keyboard.press('1');
    const taken = await composer(page).inputValue();
    await house.put(`${shopPath}/bot`, { mode: 'off', by: '店长' });
    await page.locator('.withdrawn', { hasText: '您用的草稿依据已变：机器人已被停下' }).waitFor();
    await expect.poll(() => page.locator('.draft').count()).toBe(0);
    await expect.poll(() => composer(page).inputValue()).toBe(taken);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    // Who is there sees that nobody answers by itself now.
    await page.reload();
    await page.locator('.duty').click();
    await page.locator('.duty-box').getByText('机器人已停，不自动答').waitFor();
    await picture(page, 'desk-duty');
    await house.put(`${shopPath}/bot`, { mode: 'auto', by: '店长' });
    await page.close();
  });

  it('are told as gone also to who took one while the buyer was still writing, and then wrote otherwise', async () => {
    const [conversation, name] = [`c-${freshId()}`, '木棉与橡树'];
    await says(conversation, name, '在吗');
    const page = await desk(lin, conversation);
    await page.locator('.draft.is-best').waitFor();
    await composer(page).focus();
    const writes = (text: string) => house.send({ conversation, text, buyer: { id: `b-${conversation}`, name } });
    // Not asked for its answer at once: more may follow.
    await writes('寄北京多少钱运费');
    await page.locator('.draft.is-best').getByText('北京').waitFor();
    await page.keyboard.press('1');
    await expect.poll(() => composer(page).inputValue()).toContain('北京');
    await writes('打错了，寄上海');
    await page.locator('.withdrawn', { hasText: '您用的草稿依据已变' }).waitFor();
    await page.locator('.draft.is-best').getByText('上海').waitFor();
    await expect.poll(() => composer(page).inputValue()).toContain('北京');
    await page.close();
  });
});

describe('a buyer who waits', () => {
  it('is heard and seen in the tab while nobody looks; the switch is kept', async () => {
    const first = await buyer('甲买家', '在吗');
    const page = await lin.context.newPage();
    await page.addInitScript(() => {
      const rung = { tones: 0 };
      Object.assign(globalThis, { rung });
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        rung.tones += 1;
        return start.apply(this, when);
      };
    });
    const tones = () => page.evaluate(() => (globalThis as unknown as { rung: { tones: number } }).rung.tones);
    await page.goto(`/?conversation=${first}`);
    await page.locator('.q-row').first().waitFor();
    const bell = page.getByRole('button', { name: '来消息提示音' });
    const waiting = async () => Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);
    await expect.poll(waiting).toBeGreaterThan(0);
    // All have been told of.
    const { total } = (await house.get(`${shopPath}/conversations`)).body as { total: number };
    await expect.poll(() => page.locator('.q-row').count()).toBe(total);
    const before = await waiting();
    if ((await bell.getAttribute('aria-pressed')) === 'true') await bell.click();
    await buyer('乙买家', '在吗');
    await expect.poll(waiting).toBe(before + 1);
    expect(await tones()).toBe(0);
    await bell.click();
    await expect.poll(() => bell.getAttribute('aria-pressed')).toBe('true');
    // It sounds once as it is switched on.
    await expect.poll(tones).toBe(2);
    await buyer('丙买家', '在吗');
    await expect.poll(tones).toBe(4);
    await expect.poll(waiting).toBe(before + 2);
    await page.reload();
    await expect.poll(() => bell.getAttribute('aria-pressed')).toBe('true');
    await page.close();
  });
});
