import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { serveBundledModule, type ServedPage } from '../support/page-server.ts';
import { plainFrameGlb } from './scenes-fixtures.ts';
import type { ViewerDriver } from './scenes-viewer-page.ts';

declare const viewerPage: ViewerDriver;

const viewPx = 200;
const isRed = ([r = 0, g = 0, b = 0]: readonly number[]): boolean => r > 90 && g < r / 2 && b < r / 2;

describeOnHost('the 3D viewer', ['chromium'], () => {
  let server: ServedPage;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const frame = await plainFrameGlb();
    server = await serveBundledModule(
      'tests/browser/scenes-viewer-page.ts',
      8163,
      new Map([
        ['/frame.glb', frame],
        ['/cut.glb', frame.subarray(0, 900)],
      ]),
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: viewPx, height: viewPx } });
    await page.goto(server.origin);
    await page.addScriptTag({ type: 'module', url: '/entry.js' });
    await page.waitForFunction(() => 'viewerPage' in globalThis);
    await page.evaluate((viewPx) => viewerPage.mount(viewPx, '/frame.glb', 'signal'), viewPx);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Waits until the picture no longer changes, and gives the columns from left to right that hold the piece. */
  const restingColumns = async (): Promise<readonly [first: number, last: number]> => {
    let before: number[] = [];
    for (;;) {
      const now = await page.evaluate(() => viewerPage.rgba());
      const same = now.length === before.length && now.every((value, i) => Math.abs(value - before[i]!) < 3);
      before = now;
      if (same) break;
    }
    const columns: number[] = [];
    for (let i = 0; i < before.length; i += 4) {
      if (isRed(before.slice(i, i + 3))) columns.push((i / 4) % viewPx);
    }
    return [Math.min(...columns), Math.max(...columns)];
  };

  it('shows the whole piece, and turns it by finger and by key', async () => {
    const [first, last] = await restingColumns();
    expect(first).toBeGreaterThan(2);
    expect(last).toBeLessThan(viewPx - 2);
    expect(last - first).toBeGreaterThan(viewPx / 2);

    await page.mouse.move(100, 100);
    await page.mouse.down();
    await page.mouse.move(100 + 68, 100, { steps: 4 });
    await page.mouse.up();
    const turned = await restingColumns();
    expect(turned).not.toEqual([first, last]);

    await page.getByRole('img', { name: 'A plain frame' }).focus();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft');
    expect(await restingColumns()).not.toEqual(turned);
  });

  it('comes nearer', async () => {
    const [first, last] = await restingColumns();
    await page.getByRole('img', { name: 'A plain frame' }).press('-');
    const [fartherFirst, fartherLast] = await restingColumns();
    expect(fartherLast - fartherFirst).toBeLessThan(last - first);
  });

  it('keeps the piece when the next one is cut short, and empties its container at the end', async () => {
    expect(await page.evaluate(() => viewerPage.show('/cut.glb'))).toBe('piece-truncated');
    const [first, last] = await restingColumns();
    expect(last).toBeGreaterThan(first);
    expect(await page.evaluate(() => viewerPage.stop())).toBe(0);
  });
});
