import type { Page } from 'playwright-core';

/** Goes to a story's first page; which others are told beside it depends on the day, and with none there is nothing to choose. */
export async function openStory(page: Page, title: RegExp): Promise<void> {
  await page.locator('.covers, .contents').waitFor({ timeout: 60_000 });
  if ((await page.locator('.covers').count()) > 0)
    await page.getByRole('button', { name: title }).click({ timeout: 60_000, force: true });
  await page.locator('.contents h1', { hasText: title }).waitFor();
}
