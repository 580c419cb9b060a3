import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ActivationReply } from '../../protocol/activation.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost, mediaPath, present } from '../support/host.ts';
import { cameraOf, watchCamera } from '../support/left-behind.ts';
import { foreignOf, startRequestRecord } from '../support/request-record.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';
import { makeVideoClip, swayingFaceClip } from '../support/video-clip.ts';

/** The line that a browser writes as an error although nothing is wrong. */
const harmless = /^INFO: Created TensorFlow Lite XNNPACK delegate for CPU\.$/;

/** Serves an agency's page, as its own server would; it knows the house by the scripts' addresses only. */
async function serveHostPage(scripts: string): Promise<{ server: Server; origin: string }> {
  const tryOnPage = `<!doctype html><html lang="fr"><head><title>Une agence</title><link rel="icon" href="data:," />
    <script type="module" src="${scripts}/vitrine.js"></script></head><body><ol></ol>
    <vitrine-try-on maison="aurelle" piece="halo-54" style="width: 300px"></vitrine-try-on><script>
      for (const name of ['ready', 'tracking', 'piece-change', 'error'])
        document.querySelector('vitrine-try-on').addEventListener(name, ({ detail }) => {
          const line = document.createElement('li');
          line.textContent = name + ' ' + JSON.stringify(detail);
          document.querySelector('ol').append(line);
        });
    </script></body></html>`;
  const boutiquePage = (key: string) => `<!doctype html><html lang="en"><head><title>Une agence</title>
    <link rel="icon" href="data:," /><script type="module" src="${scripts}/boutique.js"></script></head><body>
    <main><h1>Fjord 51</h1><vitrine-boutique activation="${key}" sku="fjord-51.tortoise"></vitrine-boutique></main>
    <ol></ol><script>
      document.querySelector('vitrine-boutique').addEventListener('error', ({ detail }) => {
        const line = document.createElement('li');
        line.textContent = 'error ' + JSON.stringify(detail);
        document.querySelector('ol').append(line);
      });
    </script></body></html>`;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://agency.test');
    const key = searchParams.get('activation');
    response.writeHead(pathname === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(pathname !== '/' ? '' : key === null ? tryOnPage : boutiquePage(key));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

describeOnHost('the element on a page', ['face-model', 'face-video', 'chromium'], () => {
  const record = startRequestRecord();
  const told: string[] = [];
  let house: RunningHouse;
  let agency: Awaited<ReturnType<typeof serveHostPage>>;
  let thief: Awaited<ReturnType<typeof serveHostPage>>;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    const clip = await makeVideoClip(present(mediaPath('face_video.mp4')), swayingFaceClip);
    house = await startHouse();
    agency = await serveHostPage(`${house.server.url}/sdk`);
    thief = await serveHostPage(`${house.server.url}/sdk`);
    browser = await launchChromium({ cameraClip: clip.path, extraFlags: record.flags });
    context = await browser.newContext({
      viewport: { width: 480, height: 640 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    record.watch(context);
    await watchCamera(context);
  });
  afterAll(async () => {
    await browser?.close();
    agency?.server.closeAllConnections();
    agency?.server.close();
    thief?.server.closeAllConnections();
    thief?.server.close();
    await house?.stop();
    record.dispose();
  });

  async function open(url: string): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (fault) => told.push(String(fault)));
    page.on('console', (line) => {
      if (line.type() === 'error' && !harmless.test(line.text())) told.push(line.text());
    });
    await page.goto(url);
    return page;
  }

  const heard = (page: Page, line: string | RegExp) =>
    page.getByRole('listitem').filter({ hasText: line }).first().waitFor({ timeout: 90_000 });
  const touch = (page: Page, name: string) =>
    page.getByRole('button', { name }).first().click({ timeout: 60_000, force: true });

  it('asks within itself before it opens the camera, and tells its page what happens', async () => {
    const page = await open(`${house.server.url}/embed/`);
    await heard(page, 'ready {"maison":"norde","piece":"meridian-58","variant":"gold-green"}');
    await page.getByRole('heading', { name: 'See it on you' }).waitFor();
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );

    await touch(page, 'Use the camera');
    await heard(page, 'tracking {"state":"found"}');
    expect(await cameraOf(page)).toEqual({ asked: 1, open: 1 });
    await touch(page, 'Norde Fjord 51, tortoise');
    await heard(page, 'piece-change {"maison":"norde","piece":"fjord-51","variant":"tortoise"}');
    await page
      .locator('vitrine-try-on')
      .evaluate((element) => element.setAttribute('piece', 'no-such-piece'));
    await heard(page, /error .*"code":"piece-unknown"/);
    await touch(page, 'Turn the camera off');
    expect(await cameraOf(page)).toEqual({ asked: 1, open: 0 });
    await page.close();
  });

  it('works on another origin’s page, and fetches nothing but from where the script came from', async () => {
    const page = await open(agency.origin);
    await heard(page, 'ready {"maison":"aurelle","piece":"halo-54"');
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await touch(page, 'Utiliser la caméra');
    await heard(page, 'tracking {"state":"found"}');
    expect(await cameraOf(page)).toEqual({ asked: 1, open: 1 });
    expect(
      await page
        .getByRole('listitem')
        .filter({ hasText: /^error/ })
        .count(),
    ).toBe(0);
    await page.close();
  });

  it('shows its boutique’s stock and calls an advisor from the activation’s origin, and from no other', async () => {
    const operator = (await readFile(house.server.operatorTokenPath, 'utf8')).trim();
    const nowMs = Date.now();
    const made = await fetch(`${house.server.url}/api/activations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        storeId: house.storeId('norde'),
        agency: 'Atelier Neuf',
        origins: [agency.origin],
        scope: ['stock', 'hand-off'],
        startsAtMs: nowMs - 1_000,
        endsAtMs: nowMs + 3_600_000,
        mostDevices: 5,
      }),
    });
    const { key } = z.parse(ActivationReply, await made.json()).activation;
    const page = await open(`${agency.origin}/?activation=${key}`);
    const boutique = page.locator('vitrine-boutique');
    await boutique.locator('[part=stock][data-freshness=live]').waitFor({ timeout: 30_000 });
    expect(await boutique.locator('[part=stock]').textContent()).toMatch(/in this boutique/i);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('main').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Call an advisor' }).click();
    await page.getByText('An advisor will be with you').waitFor();
    await page.getByRole('button', { name: 'Take the call back' }).click();
    await page.getByRole('button', { name: 'Call an advisor' }).waitFor();
    await page.close();

    const stolen = await context.newPage();
    await stolen.goto(`${thief.origin}/?activation=${key}`);
    await heard(stolen, /^error .*"code":"origin-not-allowed"/);
    expect(await stolen.getByRole('button').count()).toBe(0);
    await stolen.close();
  });

  it('asked no other host for anything, and wrote no error', async () => {
    await browser.close();
    expect(foreignOf(record.seen, [house.server.url, agency.origin, thief.origin])).toEqual([]);
    const asked = record.fromNetwork();
    expect(
      foreignOf(
        asked.map(({ url }) => url),
        [house.server.url, agency.origin, thief.origin],
      ),
    ).toEqual([]);
    // Of the agency's own server nothing but its page was asked for; the rest of what its page did went to the house.
    const ofAgency = asked.map(({ url }) => new URL(url)).filter(({ origin }) => origin === agency.origin);
    expect([...new Set(ofAgency.map(({ pathname }) => pathname))]).toEqual(['/']);
    const acrossOrigins = asked
      .filter(({ url, initiator }) => initiator === agency.origin && url.startsWith(house.server.url))
      .map(({ url }) => new URL(url).pathname);
    for (const part of ['/sdk/vitrine.js', '.task', '.wasm', '.glb', '/api/config'])
      expect(
        acrossOrigins.some((path) => path.endsWith(part)),
        part,
      ).toBe(true);
    expect(told).toEqual([]);
  });
});
