import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { openStory } from '../support/open-story.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** Lines that a browser writes although nothing is wrong. */
const harmless = [
  /Created TensorFlow Lite XNNPACK delegate/,
  /THREE\.Clock: This module has been deprecated/,
  /GL Driver Message/,
  /WebGL.*(?:fallback|performance)/i,
];

describeOnHost('a kiosk of a running house', ['chromium'], () => {
  let browser: Browser;
  let house: RunningHouse;
  let context: BrowserContext;
  let page: Page;
  const foreign: string[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    [browser, house] = await Promise.all([launchChromium(), startHouse()]);
    context = await browser.newContext({
      viewport: { width: 270, height: 480 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== new URL(house.server.url).origin)
        foreign.push(request.url());
    });
    page = await context.newPage();
    page.on('pageerror', (fault) => told.push(String(fault)));
    page.on('console', (line) => {
      if (line.type() === 'error' && !harmless.some((known) => known.test(line.text())))
        told.push(line.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
  });

  const press = (name: string | RegExp) =>
    page.getByRole('button', { name }).first().click({ timeout: 60_000, force: true });

  async function setStock(sku: string, onHand: number): Promise<void> {
    const token = (await readFile(house.server.operatorTokenPath, 'utf8')).trim();
    const response = await fetch(`${house.server.url}/api/oms/levels`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ storeId: house.storeId('norde', 1), sku, onHand }),
    });
    expect(response.status).toBe(200);
  }

  it('enrols by its link on a page that is open already, and leaves the code neither in the address nor in the history', async () => {
    const link = await house.link('kiosk', 'norde', 1);
    const url = new URL(link);
    url.searchParams.set('maison', 'norde');
    url.searchParams.set('panel', 'portrait-32');
    await page.goto(url.href.replace(url.hash, ''));
    await page.locator('.enrol').waitFor();
    await page.evaluate((hash) => (location.hash = hash), url.hash);
    await page.locator('.attract').waitFor({ timeout: 60_000 });
    expect(page.url()).not.toContain('#');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(await page.locator('.wordmark').textContent()).toBe('Norde');
  });

  it('opens no camera on the way to a piece without one', async () => {
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => {
        document.documentElement.dataset['camera'] = 'opened';
        return Promise.reject(new DOMException('not in this test', 'NotAllowedError'));
      };
    });
    await press(/Touch to begin/);
    await press('Look without a camera');
    await openStory(page, /Light comes in low/);
    await press(/Cut from one block/);
    await press('See it worn');
    await page.locator('.wear h1').waitFor();
    expect(await page.locator('.wear h1').textContent()).toBe('Fjord 51');
    expect(await page.evaluate(() => document.documentElement.dataset['camera'] ?? 'closed')).toBe('closed');
  });

  it('shows stock as it changes in the house’s stock system', async () => {
    await setStock('fjord-51.tortoise', 3);
    await page.getByText(/In this boutique · 3, as of/).waitFor();
    await setStock('fjord-51.tortoise', 1);
    await page.getByText('One left in this boutique').waitFor();
    await setStock('fjord-51.tortoise', 0);
    await page.getByText(/not here today/).waitFor();
  });

  it('calls an advisor: a mark, a code in two groups, and when it is renewed', async () => {
    await press('Call an advisor');
    await page.getByRole('img', { name: /tablet/ }).waitFor();
    expect(await page.locator('.code [aria-hidden]').textContent()).toMatch(/^[0-9A-Z]{4}–[0-9A-Z]{4}$/);
    await page.getByText(/A new code comes at \d\d:\d\d/).waitFor();
    await press('Back');
    await page.locator('.wear').waitFor();
  });

  it('starts without a network once it was there, with model, wasm and pieces', async () => {
    await page.evaluate(async () => {
      const { serviceWorker } = navigator;
      await serviceWorker.ready;
      if (!serviceWorker.controller)
        await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
    });
    await context.setOffline(true);
    await page.reload();
    await page.locator('.attract').waitFor({ timeout: 60_000 });
    const config = await page.evaluate(async () => (await fetch('/api/config')).json());
    const { models } = config as { models: Record<string, { url: string } | null> };
    const wanted = [
      '/mediapipe/vision_wasm_module_internal.wasm',
      '/mediapipe/vision_wasm_module_internal.js',
      '/collections/norde/pieces/fjord-51.glb',
      '/collections/norde/pieces/fjord-51.lod1.glb',
      '/collections/norde/posters/fjord-51.tortoise.webp',
      '/collections/norde/pieces/meridian-58.glb',
      '/collections/shared/mannequin.glb',
      ...Object.values(models).flatMap((model) => (model ? [model.url] : [])),
    ];
    const had = await page.evaluate(
      (urls) => Promise.all(urls.map(async (url) => (await fetch(url).catch(() => null))?.ok ?? false)),
      wanted,
    );
    expect(Object.fromEntries(wanted.map((url, index) => [url, had[index]]))).toEqual(
      Object.fromEntries(wanted.map((url) => [url, true])),
    );
    await press(/Touch to begin/);
    await press('Look without a camera');
    await openStory(page, /Light comes in low/);
    await press(/Cut from one block/);
    await page.getByText(/As of .*, being checked/).waitFor();
    await press('Call an advisor');
    await page.getByText('The boutique cannot be reached from here').waitFor();
    await context.setOffline(false);
  });

  it('asked no other host for anything, and broke no rule of its own policy', () => {
    expect(foreign).toEqual([]);
    expect(told.filter((line) => !/net::ERR_|WebSocket|Failed to load resource|vitrine:/.test(line))).toEqual(
      [],
    );
  });
});
