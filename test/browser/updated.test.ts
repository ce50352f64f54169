/** A page that was open while the service was updated: parts that it loads later are gone. */
import { expect, it } from 'vitest';
import { openBrowserHouse, picture } from './browser.js';

const site = await openBrowserHouse();
const owner = await site.person('laoban', { role: 'owner' });

it('loads anew by itself when nothing is unsaved', async () => {
  const page = await owner.page('/account');
  await page.getByRole('link', { name: '成员' }).waitFor();
  await page.evaluate(() => {
    (globalThis as { mark?: true }).mark = true;
  });
  let isOld = true;
  await page.route('**/assets/people-page*', (route) => (isOld ? route.fulfill({ status: 404, body: '' }) : route.continue()));
  await page.route('**/people', (route) => {
    if (route.request().resourceType() === 'fetch')
      return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-new.js"></script>' });
    isOld = false;
    return route.continue();
  });
  await page.getByRole('link', { name: '成员' }).click();
  await page.getByRole('heading', { name: '各角色能做什么' }).waitFor();
  expect(await page.evaluate(() => (globalThis as { mark?: true }).mark)).toBe(undefined);
  await page.close();
});

it('asks where something is not saved, and tells a cut line from an update', async () => {
  const page = await owner.page('/account');
  await page.getByRole('link', { name: '成员' }).waitFor();
  await page.route('**/assets/people-page*', (route) => route.abort());
  await page.route('**/people', (route) => route.abort());
  // The page asks for the build that is served once it has said that it is cut off: that question is not the next one.
  const asked = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/people');
  await page.getByRole('link', { name: '成员' }).click();
  await page.getByRole('heading', { name: '这一页没能打开，请检查网络再试' }).waitFor();
  await asked;
  await page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()));
  await page.unroute('**/people');
  await page.route('**/people', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-new.js"></script>' }),
  );
  await page.getByRole('button', { name: '重新加载' }).click();
  await page.getByRole('heading', { name: '服务已更新，请重新加载' }).waitFor();
  await picture(page, 'updated');
  await page.close();
});
