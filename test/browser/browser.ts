/**
 * Chromium and a running service for stories in a browser: one browser a file of tests, a context of its own for each person.
 * The browser is the one that CHROMIUM_PATH names, or that of the system, or the one that comes with npm.
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { type House, type HouseOptions, startHouse } from '../running-house.js';
import { slowDown } from './slow-pages.js';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

async function launch(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const path = named ?? ofTheSystem.find((one) => existsSync(one));
  if (path !== undefined) {
    accessSync(path, constants.X_OK);
    return chromium.launch({ executablePath: path, args: quiet });
  }
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...quiet] });
}

export interface PersonOptions extends BrowserContextOptions {
  readonly role?: 'owner' | 'lead' | 'agent';
  readonly language?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark';
}

export interface Person {
  readonly context: BrowserContext;
  readonly id: string;
  readonly login: string;
  readonly password: string;
  /** Opens a page and goes there. */
  page(path: string): Promise<Page>;
}

export interface BrowserHouse {
  readonly house: House;
  /** A person who is logged in, in a browser of her own; her name is her login. */
  person(login: string, options?: PersonOptions): Promise<Person>;
  /** A browser in which nobody is logged in. */
  stranger(options?: BrowserContextOptions): Promise<BrowserContext>;
}

export const password = 'a sentence is a good one';

/** Starts both; they end with the file of tests. Errors that a page throws fail the file. */
export async function openBrowserHouse(options: HouseOptions = {}): Promise<BrowserHouse> {
  const [house, browser] = await Promise.all([startHouse(options), launch()]);
  const broken: string[] = [];
  afterAll(async () => {
    await browser.close();
    await house.stop();
    if (broken.length > 0) throw new Error(`pages broke: ${broken.join('; ')}`);
  });

  async function contextWith(more: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({
      baseURL: house.address,
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      // What passes from one colour to the other is looked at when it has passed.
      reducedMotion: 'reduce',
      ...more,
    });
    // Two stories run at a time, on machines of two cores.
    context.setDefaultTimeout(30_000);
    await slowDown(context);
    context.on('weberror', (error) => broken.push(String(error.error())));
    // A breach of the policy is only told to the console.
    context.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) broken.push(message.text());
    });
    return context;
  }

  return {
    house,
    stranger: (more = {}) => contextWith(more),
    async person(login, { role = 'agent', language, theme, ...more } = {}) {
      const made = await house.post('/v1/users', { login, name: login, role, shops: ['demo'], password });
      const context = await contextWith(more);
      const entered = await context.request.post('/v1/login', { data: { login, password } });
      if (!entered.ok()) throw new Error(await entered.text());
      await context.addInitScript(
        ([chosenLanguage, chosenTheme]) => {
          // Nothing can be kept on the page that the browser shows when it is offline.
          if (location.protocol !== 'http:') return;
          if (chosenLanguage && localStorage.getItem('zaima.language') === null)
            localStorage.setItem('zaima.language', JSON.stringify(chosenLanguage));
          if (chosenTheme && localStorage.getItem('zaima.theme') === null)
            localStorage.setItem('zaima.theme', JSON.stringify(chosenTheme));
        },
        [language, theme] as const,
      );
      return {
        context,
        id: (made.body as { id: string }).id,
        login,
        password,
        async page(path) {
          const page = await context.newPage();
          await page.goto(path);
          return page;
        },
      };
    },
  };
}

/**
 * From here to the end of the story the time of this person's pages passes by `page.clock.runFor` alone: what may be taken back for
 * three seconds, is told for five or rests after six is there for as long as a busy machine needs, and what comes was brought, not
 * asked for at intervals.
 * @returns lets it go on: axe needs timers
 */
export async function stopTime(page: Page): Promise<() => Promise<void>> {
  const context = page.context();
  await context.clock.install();
  const moments = await Promise.all(context.pages().map((one) => one.evaluate(() => Date.now())));
  await context.clock.pauseAt(Math.max(...moments) + 1000);
  onTestFinished(() => context.clock.resume());
  return () => context.clock.resume();
}

/** What axe-core finds serious or critical, a line each. @param rules only these; default: all */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (only) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      ...(only !== undefined && { runOnly: [...only] }),
    });
    // What passed would be most of what is brought over.
    return found.violations;
  }, rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`));
}

/** A picture to look at, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
