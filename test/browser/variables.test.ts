/** Variables in texts of replies and phrases, in a browser: chips that are passed and deleted as a whole, over plain Liquid. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowserHouse, picture, seriousFindings } from './browser.js';
import { save } from './settings-steps.js';

const site = await openBrowserHouse({ at: '2026-11-21T23:30:00+08:00' });
const owner = await site.person('laoban', { role: 'owner' });
const caretOf = (area: Locator) =>
  area.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd] as const);
/** Puts the caret there, and waits until the page has been told: from where a key moves it tells where it goes. */
const put = (area: Locator, at: number) =>
  area.evaluate(async (field: HTMLTextAreaElement, place) => {
    field.focus();
    field.setSelectionRange(place, place);
    for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn));
  }, at);
const chips = (page: Page) =>
  page.locator('.liq-var').evaluateAll((all) => all.map((one) => `${(one as HTMLElement).dataset.title} ${one.className}`));

async function phrase(): Promise<{ page: Page; text: Locator }> {
  const page = await owner.page('/phrases');
  await page.getByRole('button', { name: '新建短语' }).click();
  return { page, text: page.getByLabel('正文') };
}

describe('a variable in a text', () => {
  it('bears its title, is passed in one step and deleted whole, and comes back', async () => {
    const { page, text } = await phrase();
    const source = '亲，{{ cut_off }}前付款的今天发～';
    await text.fill(source);
    await expect.poll(() => chips(page), { timeout: 10_000 }).toEqual(['当天发货截单时间 liq-var']);
    const [before, after] = [2, 2 + '{{ cut_off }}'.length];
    await put(text, before);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => caretOf(text)).toEqual([after, after]);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => caretOf(text)).toEqual([before, before]);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => caretOf(text)).toEqual([before, after]);
    await put(text, after);
    await page.keyboard.press('Backspace');
    await expect.poll(() => text.inputValue()).toBe('亲，前付款的今天发～');
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.inputValue()).toBe(source);
    await put(text, before);
    await page.keyboard.press('Delete');
    await expect.poll(() => text.inputValue()).toBe('亲，前付款的今天发～');
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.inputValue()).toBe(source);
    // Pointed at, it is taken whole.
    const box = (await page.locator('.liq-var').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => caretOf(text)).toEqual([before, after]);
    await page.keyboard.type('四点');
    await expect.poll(() => text.inputValue()).toBe('亲，四点前付款的今天发～');
    await page.close();
  });

  it('says when it has no value, and is put in at the caret by a button', async () => {
    const { page, text } = await phrase();
    await text.fill('亲，在的{{ no_such_fact }}');
    await expect.poll(() => chips(page), { timeout: 10_000 }).toEqual(['no_such_fact liq-var is-gone']);
    await text.fill('亲，在的');
    await put(text, 2);
    await page
      .getByRole('form')
      .getByRole('button', { name: /^当天发货截单时间/ })
      .click();
    await expect.poll(() => text.inputValue()).toBe('亲，{{ cut_off }}在的');
    await page.keyboard.type('前');
    await expect.poll(() => text.inputValue()).toBe('亲，{{ cut_off }}前在的');
    // What is put in and what is typed right after it are one step to the browser.
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.inputValue()).toBe('亲，在的');
    await page.close();
  });

  it('does not hinder an input method', async () => {
    const { page, text } = await phrase();
    await text.fill('亲，{{ cut_off }}');
    await put(text, '亲，{{ cut_off }}'.length);
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'qian', selectionStart: 4, selectionEnd: 4 });
    await expect.poll(() => text.inputValue()).toBe('亲，{{ cut_off }}qian');
    await input.send('Input.insertText', { text: '前发' });
    await expect.poll(() => text.inputValue()).toBe('亲，{{ cut_off }}前发');
    await expect.poll(() => page.locator('.liq-layer').innerText()).toContain('前发');
    await page.close();
  });
});

it('bears its title where it is broken over two lines too, and conditions are told in words', async () => {
  const { page, text } = await phrase();
  // So many letters that the variable begins at the end of the line: how many depends on the fonts that are there.
  const letters = await text.evaluate((field) => {
    const { fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d')!;
    pen.font = `${fontSize} ${fontFamily}`;
    const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    return Math.floor((room - pen.measureText('{{ cu').width) / pen.measureText('亲').width);
  });
  await text.fill(`${'亲'.repeat(letters)}{{ cut_off }}前`);
  const chip = page.locator('.liq-var.is-broken');
  await chip.waitFor({ state: 'attached' });
  const shown = await chip.evaluate((one) => {
    const label = getComputedStyle(one, '::after');
    return {
      letters: getComputedStyle(one).webkitTextFillColor,
      label: label.content,
      width: Number.parseFloat(label.width),
      widest: Math.max(...[...one.getClientRects()].map((part) => part.width)),
    };
  });
  expect(shown.letters).toBe('rgba(0, 0, 0, 0)');
  expect(shown.label).not.toBe('none');
  expect(Math.abs(shown.width - shown.widest)).toBeLessThan(2);
  await text.fill('亲，{% if cut_off %}{{ cut_off }}前付款今天发{% else %}尽快发{% endif %}～');
  await page.getByText('如果有“当天发货截单时间”，就说').first().waitFor();
  await page.getByText('不然就说').first().waitFor();
  await picture(page, 'phrase-conditions');
  await page.close();
});

it('has conditions in words, which are passed and deleted whole, copied as Liquid and kept as Liquid', async () => {
  const { page, text } = await phrase();
  const source = '亲，{% if cut_off %}今天{% else %}尽快{% endif %}发～';
  const shown = '亲，〔如果有“当天发货截单时间”，就说〕今天〔不然就说〕尽快〔条件到此为止〕发～';
  await page.locator('.ph-vars .var').first().waitFor();
  await text.fill(source);
  // Typed by hand it stays till the field is left.
  await expect.poll(() => text.inputValue()).toBe(source);
  await text.blur();
  await expect.poll(() => text.inputValue()).toBe(shown);
  await picture(page, 'phrase-conditions-in-words');
  await expect.poll(() => page.locator('.liq-layer').innerText()).toContain('〔不然就说〕');
  const opening = shown.indexOf('〕') + 1;
  await put(text, 2);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => caretOf(text)).toEqual([opening, opening]);
  await page.keyboard.type('我');
  await expect.poll(() => text.inputValue()).toBe(shown.replace('今天', '我今天'));
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect.poll(() => text.inputValue()).toBe(shown.replace('〔如果有“当天发货截单时间”，就说〕', ''));
  await page.keyboard.press('Control+z');
  await expect.poll(() => text.inputValue()).toBe(shown);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+x');
  await expect.poll(() => text.inputValue()).toBe('');
  await page.keyboard.press('Control+v');
  await expect.poll(() => text.inputValue()).toBe(source);
  await page.close();
});

it('shows a reply with conditions without code, and keeps it as Liquid', async () => {
  const page = await owner.page('/settings/replies');
  const listed = (await site.house.get('/v1/shops/demo/intents')).body as {
    intents: { id: string; replies: { id: string; texts: string[] }[] }[];
  };
  const conditional = listed.intents
    .flatMap(({ id, replies }) => replies.map((reply) => ({ intent: id, reply: reply.id, text: reply.texts[0]! })))
    .find(({ text }) => /\{% if [a-z_]+ %\}/.test(text))!;
  await page.goto(`/settings/replies?intent=${conditional.intent}&reply=${conditional.reply}`);
  const area = page.getByRole('textbox', { name: '说法 1', exact: true });
  await expect.poll(() => area.inputValue()).toMatch(/〔如果有“[^”a-z]+”，就说〕/);
  await expect.poll(() => area.inputValue()).not.toContain('{%');
  await area.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('哦');
  await page.getByText('1 处未保存').waitFor();
  await picture(page, 'reply-conditions-in-words');
  await save(page);
  const kept = (await site.house.get('/v1/shops/demo/settings')).body as {
    replies: Record<string, Record<string, { texts: string[] }>>;
  };
  expect(kept.replies[conditional.intent]![conditional.reply]!.texts[0]).toBe(`${conditional.text}哦`);
  await page.close();
});

it('stands letter on letter under what is typed, in replies too', async () => {
  const id = (await site.house.ask('江苏运费多少')).replies[0]!.template.split('.')[1]!;
  const page = await owner.page(`/settings/replies?intent=shipping_fee&reply=${id}`);
  const area = page.getByRole('textbox', { name: '说法 1', exact: true });
  await page.locator('.liq-var').first().waitFor();
  expect((await chips(page)).join()).not.toMatch(/[a-z]+_[a-z]+ liq/);
  const sizes = await area.evaluate((field: HTMLTextAreaElement) => {
    const layer = field.previousElementSibling as HTMLElement;
    const styles = (of: Element) => {
      const { fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft, paddingTop, borderLeftWidth } = getComputedStyle(of);
      return [fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft, paddingTop, borderLeftWidth];
    };
    return {
      same: [styles(field), styles(layer)],
      widths: [field.clientWidth, layer.clientWidth],
      hidden: field.scrollHeight - field.clientHeight,
    };
  });
  expect(sizes.same[0]).toEqual(sizes.same[1]);
  expect(sizes.widths[0]).toBe(sizes.widths[1]);
  expect(sizes.hidden).toBeLessThanOrEqual(0);
  await picture(page, 'variables-reply');
  expect(await seriousFindings(page)).toEqual([]);
  await page.close();
});
