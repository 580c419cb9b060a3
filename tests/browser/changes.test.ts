import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collections, piecesByCategory } from '../../bench/changes/collection-pieces.ts';
import type { Held } from '../../bench/changes/page/main.ts';
import { heapParts } from '../../bench/page-heap.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { serveBundledPage, type ServedPage } from '../support/page-server.ts';

/** Changes of piece and variant over all categories, in one mirror. */
const changes = 60;
const variantsPerPiece = 5;
/** No model is kept for the next touch, so that each change of piece loads and frees. */
const keepNothing = 0;
/** Of what the program holds, in bytes: what a list or a text may have grown. The smallest model takes more. */
const heapSlack = 32 * 1024;

describeOnHost('a mirror in which every kind of piece was worn', ['chromium'], () => {
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    const root = path.join(import.meta.dirname, '../../bench/changes/page');
    served = await serveBundledPage(root, 8167, [collections]);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 120, height: 120 } });
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(`${served.origin}/`);
    await page.waitForFunction(() => 'changes' in globalThis);
    await page.evaluate((idleBytes) => globalThis.window.changes.start(idleBytes), keepNothing);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it(`holds no more after ${changes} changes than after the first, once everything is taken off`, async () => {
    // One piece of each category.
    const pieces = [...piecesByCategory().values()].flatMap(([first]) => first ?? []);
    const change = (from: number, times: number): Promise<Held> =>
      page.evaluate(([list, wanted]) => globalThis.window.changes.change(list, wanted), [
        pieces,
        { from, times, variantsPerPiece },
      ] as const);
    const perRound = pieces.length * variantsPerPiece;
    const cdp = await page.context().newCDPSession(page);
    const first = await change(0, perRound);
    const firstHeap = await heapParts(page, cdp);
    const last = await change(perRound, changes);
    const lastHeap = await heapParts(page, cdp);
    expect(pieces).toHaveLength(9);
    expect(first.modelLeases).toBe(0);
    expect(last).toEqual(first);
    expect(lastHeap.objects).toBeLessThan(firstHeap.objects + heapSlack);
    expect(faults).toEqual([]);
    // Beside another page that draws in software.
  }, 400_000);
});
