/** What stories at the desk begin with: an evening at a house whose bursts are short, and buyers who write. */
import type { Page } from 'playwright-core';
import { freshId } from '../running-house.js';
import { openBrowserHouse } from './browser.js';

export async function openDeskHouse() {
  const site = await openBrowserHouse({
    at: '2026-11-24T21:30:00+08:00',
    shop: (parameters) => {
      parameters.bot.burstSeconds = 1;
    },
  });
  const { house } = site;
  const says = (conversation: string, name: string, text: string, more: object = {}) =>
    house.ask(text, { conversation, buyer: { id: `b-${conversation}`, name }, ...more });
  /** A new buyer who has written. @returns the id of the conversation */
  async function buyer(name: string, ...texts: string[]): Promise<string> {
    const conversation = `c-${freshId()}`;
    for (const text of texts) await says(conversation, name, text);
    return conversation;
  }
  return { site, house, says, buyer };
}

export const composer = (page: Page) => page.locator('#composer');
