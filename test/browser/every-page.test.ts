/**
 * Every page, in both languages, light and dark, wide and at 360 px: fit for everybody, nothing cut off, nothing untranslated.
 * The pages are those of `pages.ts`, so that a new one is looked at by itself.
 */
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { pages } from '../../src/console/pages.js';
import { settingsNav } from '../../src/console/settings/settings-places.js';
import { framedPath, type PagePath } from '../../src/server/page-paths.js';
import { freshId } from '../running-house.js';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';

const site = await openBrowserHouse({
  at: '2026-11-24T21:30:00+08:00',
  shop: (parameters) => {
    parameters.bot.burstSeconds = 0.2;
  },
});
const { house } = site;

/** A shop in the evening: some buyers wait, one of them for three answers, and one was answered. */
async function buyer(name: string, ...texts: string[]): Promise<string> {
  const conversation = `c-${freshId()}`;
  const of = { conversation, buyer: { id: `b-${conversation}`, name } };
  for (const text of texts) await house.ask(text, of);
  return conversation;
}
await buyer('白桃乌龙', '抬头和税号发您了');
await buyer('半糖去冰 who buys scarves for many shops', '拿30件给什么价，我们是做批发的，长期要货，想先拿样衣看看面料和做工');
await buyer('山茶花开了', '少发一条围巾，再不理我就差评了');
const urgent = await buyer('栗子与海', '这件会起球吗', '燕麦色M码还有吗，两件包邮吗，寄新疆', '刷信用卡分期要手续费吗');
await house.post('/v1/shops/demo/phrases', {
  code: 'wl9',
  title: '物流单号',
  text: '{{ buyer_name }}您好，单号是{{ tracking_number }}～',
});
await site.person('Zhou', { role: 'lead' });

/** What each pattern of addresses is opened at. */
const examples: Partial<Record<PagePath, readonly string[]>> = {
  '/': ['/', `/?conversation=${urgent}`],
  '/people': ['/people', '/people?show=tokens', '/people?show=audit'],
  '/settings': [],
  '/settings/*': settingsNav.flatMap(({ pages: ids }) => ids.map((id) => `/settings/${id}`)),
};
const addresses = (Object.keys(pages) as PagePath[]).flatMap((path) => examples[path] ?? [path]);
addresses.push(`${framedPath}?shop=demo&conversation=${urgent}`);

const sizes = [
  { width: 1440, height: 900 },
  { width: 360, height: 760 },
] as const;
/** As wide as chat clients make it. */
const framedSizes = [320, 360, 400].map((width) => ({ width, height: 740 }));

/** Drawn, and no longer changing: what is read comes a moment after the page. */
async function settled(page: Page): Promise<void> {
  await page.locator('main, .desk, .bar').first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  let before = '';
  await expect
    .poll(
      async () => {
        const [last, now] = [before, await page.evaluate(() => document.body.innerText.replace(/\d/g, ''))];
        before = now;
        return now === last && !/正在读|正在连接|Loading|Reading the|Connecting/.test(now);
      },
      { interval: 100, timeout: 15_000 },
    )
    .toBe(true);
}

/** What is cut off or sticks out of the window, and what is said in no language or in the wrong one. */
function faultsSeen(page: Page, language: 'zh' | 'en'): Promise<string[]> {
  return page.evaluate((spoken) => {
    const isShown = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).clipPath === 'none';
    const told = (one: Element) => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent?.trim().slice(0, 40)}”`;
    /** What cuts it off on the right and left; none where it can be scrolled to. */
    const frameOf = (one: Element | null): { left: number; right: number } | undefined => {
      if (one === null) return { left: 0, right: innerWidth };
      const { overflowX, textOverflow } = getComputedStyle(one);
      if (/auto|scroll/.test(overflowX) || textOverflow === 'ellipsis') return undefined;
      return overflowX === 'visible' ? frameOf(one.parentElement) : one.getBoundingClientRect();
    };
    const faults: string[] = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} px wide, the window ${clientWidth}`);
    for (const one of document.querySelectorAll('button, .btn, label, legend, summary, th, h1, h2, h3, .chip, .nav a')) {
      if (!isShown(one) || one.clientWidth === 0) continue;
      // A name may be shortened, with three dots, where something says the whole of it.
      const isShortened = getComputedStyle(one).textOverflow === 'ellipsis';
      if (one.scrollWidth > one.clientWidth + 1 && !isShortened) faults.push(`is cut off: ${told(one)}`);
      const { left, right } = one.getBoundingClientRect();
      const inside = frameOf(one.parentElement);
      if (inside !== undefined && (left < inside.left - 1 || right > inside.right + 1)) faults.push(`sticks out: ${told(one)}`);
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.nodeValue!.trim();
      const around = texts.currentNode.parentElement!;
      if (text === '' || around.closest('code, pre, script, style, textarea, option, .tag') !== null || !isShown(around))
        continue;
      if (/undefined|\[object|NaN|\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+_[a-z_]+\b|=>/.test(text)) faults.push(`no words: ${text}`);
      // What is quoted is somebody's own words.
      const own = text.replace(/“[^”]*”/g, '');
      if (spoken === 'en' && /[\u3400-\u9fff]/.test(own) && !/^zh/.test(around.closest('[lang]')!.getAttribute('lang')!))
        faults.push(`Chinese in English: ${told(around)}`);
    }
    return faults;
  }, language);
}

for (const language of ['zh', 'en'] as const)
  describe(`in ${language}`, async () => {
    const options = { language, locale: language === 'zh' ? 'zh-CN' : 'en-GB', reducedMotion: 'reduce' } as const;
    const owner = await site.person(`Lin-${language}`, { role: 'owner', ...options });
    const stranger = await site.stranger(options);
    await stranger.addInitScript((chosen) => {
      if (location.protocol === 'http:') localStorage.setItem('zaima.language', JSON.stringify(chosen));
    }, language);
    const pageOf = async (address: string) => {
      if (pages[address as PagePath]?.isOpen !== true) return owner.page(address);
      const page = await stranger.newPage();
      await page.goto(address);
      return page;
    };
    afterAll(() => Promise.all([owner.context.close(), stranger.close()]));

    it.each(addresses)('%s', async (address) => {
      const page = await pageOf(address);
      await settled(page);
      for (const size of address.startsWith(framedPath) ? framedSizes : sizes) {
        await page.setViewportSize(size);
        expect.soft(await faultsSeen(page, language), `${size.width}`).toEqual([]);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // Beside its colours a page is the same in the dark.
          const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
          expect(await seriousFindings(page, rules), `${size.width} ${colorScheme}`).toEqual([]);
          await picture(page, `every${address.replace(/\W+/g, '-')}-${size.width}-${colorScheme}-${language}`);
        }
      }
      await page.close();
    });
  });
