import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { cameraOf, watchCamera } from '../support/left-behind.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

describeOnHost('the visitor of the kit, where there is no camera', ['face-model', 'chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    [browser, house] = await Promise.all([launchChromium(), startHouse()]);
    context = await browser.newContext({
      viewport: { width: 405, height: 720 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    await watchCamera(context);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const touch = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name }).first().click({ timeout: 60_000, force: true });

  it('is found in the mirror after the notice, and no camera is opened', async () => {
    const page = await context.newPage();
    const url = new URL(await house.link('kiosk', 'norde', 1));
    url.searchParams.set('maison', 'norde');
    url.searchParams.set('camera', 'visitor');
    await page.goto(url.href);
    await touch(page, /Touch to begin/);
    await page.locator('.notice').waitFor();
    await touch(page, 'Use the camera');
    await touch(page, /Cut from one block/);
    await page.locator('[data-mirror="worn"]').waitFor({ timeout: 90_000 });
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await page.close();
  });

  it('wears a piece on the embed without being asked, as nobody is filmed', async () => {
    const page = await context.newPage();
    await page.goto(`${house.server.url}/embed/?camera=visitor`);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'tracking {"state":"found"}' })
      .first()
      .waitFor({ timeout: 90_000 });
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await page.close();
  });
});
