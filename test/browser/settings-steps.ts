/** Steps that stories on the settings pages share. */
import type { Page } from 'playwright-core';

/** The button that saves, whatever the number of the revision. */
export const saveButton = { name: /^保存为修订/ } as const;

/** The field of a parameter: `shipping.table[0].firstKgYuan`. */
export function field(path: string): string {
  return `[data-path="${path}"]`;
}

/**
 * It says that a revision was kept.
 * @param revision its number; left out: any, also one kept before whose word still stands
 */
export function toldSaved(page: Page, revision = '\\d+'): Promise<void> {
  return page
    .locator('.toast', { hasText: new RegExp(`^已存为修订 ${revision}[，。]`) })
    .last()
    .waitFor();
}

/** Saves what is typed, once it may be saved. */
export async function save(page: Page): Promise<void> {
  const button = page.getByRole('button', { ...saveButton, disabled: false });
  const name = await button.innerText();
  await button.click();
  await toldSaved(page, /\d+/.exec(name)?.[0]);
}
