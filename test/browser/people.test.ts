/** People, tokens, the audit and the own account in a browser. */
import { expect, it } from 'vitest';
import { openBrowserHouse, password, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse();
const owner = await site.person('lin', { role: 'owner' });

it('an owner adds somebody who logs in with the password told once, and shuts her out', async () => {
  const page = await owner.page('/people');
  await page.getByRole('button', { name: '添加成员' }).click();
  const form = page.getByRole('form', { name: '添加成员' });
  await form.getByLabel('登录名').fill('lin');
  await form.getByRole('button', { name: '添加' }).click();
  await form.getByText('这个登录名已有人用了').waitFor();
  await form.getByLabel('登录名').fill('xiaoyu');
  await form.getByLabel('名字').fill('小雨');
  await form.getByRole('radio', { name: /^主管/ }).check();
  await form.getByRole('button', { name: '添加' }).click();
  const secret = page.getByRole('region', { name: '小雨 已添加。' });
  const made = await secret.locator('code').nth(1).innerText();
  const context = await site.stranger();
  const entered = await context.request.post('/v1/login', { data: { login: 'xiaoyu', password: made } });
  expect(await entered.json()).toMatchObject({ name: '小雨', role: 'lead', shops: ['demo'] });
  await secret.getByRole('button', { name: '我已记下' }).click();
  await expect.poll(() => page.getByText(made).count()).toBe(0);
  const line = page.getByRole('listitem').filter({ hasText: 'xiaoyu' });
  await line.getByRole('button', { name: '停用' }).click();
  expect((await context.request.get('/v1/me')).status()).toBe(200);
  await line.getByRole('button', { name: '确定停用？' }).click();
  await line.getByText('已停用').waitFor();
  expect((await context.request.get('/v1/me')).status()).toBe(401);
  await page.close();
});

it('a token is told once, opens what it says, and is revoked', async () => {
  const page = await owner.page('/people?show=tokens');
  await page.getByRole('button', { name: '新建令牌' }).click();
  const form = page.getByRole('form', { name: '新建令牌' });
  await form.getByLabel('用途').fill('报表');
  await form.getByRole('radio', { name: /^只读/ }).check();
  await form.getByRole('button', { name: '新建' }).click();
  const token = await page.getByRole('region', { name: '“报表”的令牌。' }).locator('code').innerText();
  expect((await site.house.get('/v1/shops/demo/phrases', token)).status).toBe(200);
  const line = page.getByRole('listitem').filter({ hasText: '报表' });
  await line.getByText('只读').waitFor();
  await line.getByRole('button', { name: '吊销' }).click();
  await line.getByRole('button', { name: '确定吊销？' }).click();
  await line.waitFor({ state: 'detached' });
  expect((await site.house.get('/v1/shops/demo/phrases', token)).status).toBe(401);
  await page.goto('/people?show=audit');
  await page.getByLabel('做了什么').selectOption('token_revoked');
  await page.getByRole('row', { name: /lin 吊销令牌 报表 · 只读/ }).waitFor();
  await expect.poll(() => page.locator('.pe-audit tbody tr').count()).toBe(1);
  await page.close();
});

it("who sits in another time zone reads the shop's time, and is told so", async () => {
  const abroad = await site.person('yuan', { role: 'owner', timezoneId: 'America/New_York' });
  const times = async (who: typeof owner) => {
    const page = await who.page('/people?show=audit');
    await page.getByLabel('做了什么').selectOption('token_revoked');
    const row = page.getByRole('row', { name: /吊销令牌 报表/ });
    await row.waitFor();
    const note = page.getByText('时间都按店铺的时区（Asia/Shanghai）');
    if (who === abroad) await note.waitFor();
    const told = [await row.locator('time').innerText(), await note.count()];
    await page.close();
    return told;
  };
  const here = await site.person('jin', { role: 'owner', timezoneId: 'Asia/Shanghai' });
  const [time] = await times(here);
  expect(await times(abroad)).toEqual([time, 1]);
  expect(await times(here)).toEqual([time, 0]);
});

it('a lead is told that people are not for her', async () => {
  const lead = await site.person('hui', { role: 'lead' });
  const page = await lead.page('/people');
  await page.getByRole('heading', { name: '您的角色不能看这一页' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: '成员' }).count()).toBe(0);
});

it('everybody changes the own password, and ends what is logged in elsewhere', async () => {
  const agent = await site.person('zhou');
  const elsewhere = await site.stranger();
  await elsewhere.request.post('/v1/login', { data: { login: 'zhou', password } });
  const page = await agent.page('/');
  await page.locator('summary', { hasText: 'zhou' }).click();
  await page.getByRole('link', { name: '我的账号' }).click();
  await page.getByRole('button', { name: '退出其他全部' }).click();
  await page.getByRole('button', { name: '确定退出' }).click();
  await expect.poll(async () => (await elsewhere.request.get('/v1/me')).status()).toBe(401);
  await page.getByLabel('现在的密码').fill('not this one');
  await page.getByLabel('新密码').fill('short');
  await page.getByRole('button', { name: '改密码' }).click();
  await page.getByText('现在的密码不对').waitFor();
  await page.getByLabel('现在的密码').fill(password);
  await page.getByRole('button', { name: '改密码' }).click();
  await page.getByText('写 10 到 200 个字').waitFor();
  await page.getByLabel('新密码').fill('another sentence it is');
  await page.getByRole('button', { name: '改密码' }).click();
  await page.getByText('密码已改').first().waitFor();
  expect(
    (await elsewhere.request.post('/v1/login', { data: { login: 'zhou', password: 'another sentence it is' } })).status(),
  ).toBe(200);
});

it('the pages are fit for everybody: both languages, light and dark, wide and narrow', async () => {
  for (const [width, theme, language] of [
    [1440, 'dark', 'zh'],
    [360, 'light', 'en'],
  ] as const) {
    const person = await site.person(`reader-${width}`, { role: 'owner', theme, language, viewport: { width, height: 760 } });
    for (const path of ['/people', '/people?show=tokens', '/people?show=audit', '/account']) {
      const page = await person.page(path);
      await page.locator('.page .card').first().waitFor();
      await page.locator('[role=status].muted').waitFor({ state: 'detached' });
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await picture(page, `${path.replace(/\W+/g, '-')}-${width}-${theme}-${language}`);
      await page.close();
    }
  }
});
