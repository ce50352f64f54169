/** Quick phrases in a browser: written, found, ordered, deleted and brought back, met by a colleague's change, taken in. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse();
const owner = await site.person('lin', { role: 'owner' });
const api = '/v1/shops/demo/phrases';

interface Told {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly enabled: boolean;
  readonly revision: number;
  readonly position: number;
  readonly agent?: string;
}
async function told(): Promise<readonly Told[]> {
  return (await (await owner.context.request.get(`${api}?agent=*`)).json()).phrases;
}
const byCode = async (code: string) => (await told()).find((one) => one.code === code);
async function changed(code: string, data: object): Promise<void> {
  const { id, revision } = (await byCode(code))!;
  const answer = await owner.context.request.patch(`${api}/${id}`, { data, headers: { 'if-match': `"${revision}"` } });
  expect(answer.status()).toBe(200);
}
const row = (page: Page, title: string) => page.locator('.ph-row').filter({ has: page.getByText(title, { exact: true }) });
const titles = (page: Page) => page.locator('section[aria-label="招呼"] .ph-name b').allInnerTexts();

describe('a phrase', () => {
  it('is written with variables at the caret, a preview, and a finding that is taken away', async () => {
    const page = await owner.page('/phrases');
    await page.getByRole('button', { name: '新建短语' }).click();
    const form = page.getByRole('form', { name: '新建短语' });
    await form.getByRole('button', { name: '添加' }).click();
    await form.getByText('请写一个编码，如 fh1').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code');
    await form.getByLabel('编码').fill('sd');
    const text = form.getByLabel('正文');
    await text.fill('亲，前付款的加微信发～');
    await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 2));
    await form.getByRole('button', { name: /^当天发货截单时间/ }).click();
    await expect.poll(() => text.inputValue()).toBe('亲，{{ cut_off }}前付款的加微信发～');
    await form.getByText('拦截', { exact: true }).waitFor();
    await expect.poll(() => form.locator('.ph-bub').innerText()).toMatch(/^亲，\d\d:\d\d前付款的/);
    await form.getByRole('button', { name: '添加' }).click();
    await form.getByText('编码 sd 已给了“稍等”，换一个').waitFor();
    await form.getByLabel('编码').fill('jkf');
    await form.getByLabel('分组').fill('招呼');
    await form.getByRole('button', { name: '添加' }).click();
    await form.getByText('正文有扣分或拦截的句子').waitFor();
    await text.fill('亲，{{ cut_off }}前付款的尽快发出～');
    await form.getByText('合规检查没有发现问题').waitFor();
    await text.press('Control+Enter');
    await row(page, '前付款的尽快发出').waitFor();
    expect(await byCode('jkf')).toMatchObject({ text: '亲，{{ cut_off }}前付款的尽快发出～', group: '招呼', enabled: true });
    await page.close();
  });

  it('keeps what is not saved over a reload', async () => {
    const page = await owner.page('/phrases');
    await row(page, '久等了').locator('.ph-open').click();
    await page.getByLabel('正文').fill('亲，让您久等啦～');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect.poll(() => page.getByLabel('正文').inputValue()).toBe('亲，让您久等啦～');
    await page.getByRole('button', { name: '放弃修改' }).click();
    await page.getByText('已放弃修改').first().waitFor();
    await page.getByText('未保存').waitFor({ state: 'detached' });
    await page.close();
  });

  it('that a colleague changed meanwhile is shown both ways, and nothing written is lost', async () => {
    const page = await owner.page('/phrases');
    await row(page, '稍等').locator('.ph-open').click();
    await page.getByLabel('正文').fill('亲，马上看，请稍等～');
    await page.getByLabel('标题').fill('请稍等');
    await changed('sd', { text: '亲，请您等我一分钟～', group: '道别' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const conflict = page.getByRole('alert', { name: '两个人同时改了这条短语' });
    await conflict.getByText('亲，请您等我一分钟～').waitFor();
    await picture(page, 'phrases-conflict');
    expect(await seriousFindings(page)).toEqual([]);
    await conflict.getByText('亲，请您等我一分钟～').click();
    await conflict.getByRole('button', { name: '就这样，继续' }).click();
    await expect.poll(() => page.getByLabel('正文').inputValue()).toBe('亲，请您等我一分钟～');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await row(page, '请稍等').waitFor();
    expect(await byCode('sd')).toMatchObject({ title: '请稍等', text: '亲，请您等我一分钟～', group: '道别' });
    await page.close();
  });
});

it('that a colleague writes appears at once, and nobody sits down at the desk for that', async () => {
  const page = await owner.page('/phrases');
  await row(page, '在的').waitFor();
  await page.waitForLoadState('networkidle');
  const made = await owner.context.request.post(api, {
    data: { code: 'xiu', title: '今晚修机', text: '亲，系统在维护，请稍等～', group: '招呼' },
  });
  expect(made.status()).toBe(201);
  // The page would ask by itself once a minute.
  await row(page, '今晚修机').waitFor();
  const agents = (await site.house.get('/v1/shops/demo/agents')).body as { agents: { id: string; online: boolean }[] };
  expect(agents.agents.find(({ id }) => id === owner.id)?.online).toBe(false);
  const { id, revision } = (await byCode('xiu'))!;
  await owner.context.request.delete(`${api}/${id}`, { headers: { 'if-match': `"${revision}"` } });
  await row(page, '今晚修机').waitFor({ state: 'detached' });
  await page.close();
});

describe('the list', () => {
  it('is searched by pinyin, and put in order by keys and by pointer', async () => {
    const page = await owner.page('/phrases');
    await row(page, '在的').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('jdl');
    await page.getByRole('heading', { name: '找到 1 条' }).waitFor();
    await page.getByLabel('搜索短语').fill('');
    await page.getByRole('heading', { name: '找到 1 条' }).waitFor({ state: 'detached' });
    const before = await titles(page);
    await page.getByRole('button', { name: '移动“在的”' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => titles(page)).toEqual([before[1], before[2], before[0], ...before.slice(3)]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('移动“在的”');
    const place = async () => (await told()).filter((one) => before.includes(one.title)).map(({ title }) => title);
    await expect.poll(place).toEqual([before[1], before[2], before[0], ...before.slice(3)]);
    const from = (await page.getByRole('button', { name: '移动“在的”' }).boundingBox())!;
    const to = (await row(page, before[1]!).boundingBox())!;
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 4, { steps: 4 });
    await page.mouse.up();
    await expect.poll(place).toEqual(before);
    await page.close();
  });

  it('gives back what was deleted by mistake, and deletes the rest when one leaves', async () => {
    const page = await owner.page('/phrases');
    await page.getByRole('checkbox', { name: '选中“色差说明”' }).check();
    await page.getByRole('checkbox', { name: '选中“二选一”' }).check();
    const bar = page.getByRole('region', { name: '已选 2 条' });
    await bar.getByRole('button', { name: '停用' }).click();
    await expect.poll(async () => (await byCode('sc'))?.enabled).toBe(false);
    // The page has heard so, and nothing is chosen any more.
    await bar.waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: '选中“色差说明”' }).check();
    await page.getByRole('region', { name: '已选 1 条' }).getByRole('button', { name: '删除' }).click();
    await row(page, '色差说明').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销' }).click();
    await row(page, '色差说明').waitFor();
    await page.getByRole('checkbox', { name: '选中“色差说明”' }).check();
    await page.getByRole('region', { name: '已选 1 条' }).getByRole('button', { name: '删除' }).click();
    await page.getByRole('link', { name: '工作台' }).click();
    await expect.poll(() => byCode('sc')).toBeUndefined();
    await page.close();
  });

  it('takes a file in after it was tried, and gives one out', async () => {
    const page = await owner.page('/phrases');
    await page.getByRole('button', { name: '导入' }).click();
    const text =
      '快捷短语编码,快捷短语,快捷短语分组\r\nxin1,亲，新的一条～,新组\r\nxin1,又一条,新组\r\nchang,亲，加微信聊,新组\r\n';
    await page.getByLabel('选择文件').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const table = page.getByRole('table', { name: '文件里的每一行' });
    await table.getByText('文件里前面已有同样的编码').waitFor();
    await expect.poll(() => table.getByRole('row').count()).toBe(4);
    expect(await byCode('xin1')).toBeUndefined();
    await page.getByRole('button', { name: '导入 1 条' }).click();
    await page.getByText('已导入：新增 1 条').first().waitFor();
    expect(await byCode('xin1')).toMatchObject({ text: '亲，新的一条～' });
    await page.locator('summary', { hasText: '导出' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^CSV/ }).click()]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('xin1');
    await page.close();
  });
});

it('shows an agent the shop’s phrases to read, and lets him keep his own', async () => {
  const agent = await site.person('zhou');
  const page = await agent.page('/phrases');
  await row(page, '在的').waitFor();
  await expect.poll(() => page.getByRole('switch').count()).toBe(0);
  await page.getByRole('button', { name: '新建我的短语' }).click();
  await page.getByLabel('编码').fill('wo');
  await page.getByLabel('正文').fill('亲，我是小周，有事叫我～');
  await page.getByRole('button', { name: '添加' }).click();
  await row(page, '我是小周').waitFor();
  expect((await byCode('wo'))?.agent).toBe(agent.id);
  await agent.context.setOffline(true);
  await page.getByText('离线，重连中；已写的字都在').waitFor();
  await agent.context.setOffline(false);
  await page.getByText('离线，重连中；已写的字都在').waitFor({ state: 'detached' });
});

it('is fit for everybody: both languages, light and dark, wide and narrow', async () => {
  for (const [width, theme, language] of [
    [1440, 'light', 'zh'],
    [1440, 'dark', 'en'],
    [360, 'light', 'en'],
    [360, 'dark', 'zh'],
  ] as const) {
    const person = await site.person(`reader-${width}-${theme}`, {
      role: 'lead',
      theme,
      language,
      viewport: { width, height: 760 },
    });
    const page = await person.page('/phrases');
    await page.locator('.ph-open').first().click();
    await page.locator('.ph-bub').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await picture(page, `phrases-${width}-${theme}-${language}`);
    await person.context.close();
  }
});
