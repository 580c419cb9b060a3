import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WishListReply } from '../../protocol/index.ts';
import { signedHeaders } from '../../server/oms/rest/signing.ts';
import { systemClock } from '../../server/core/clock.ts';
import { launchChromium, type ChromiumOptions } from '../support/chromium.ts';
import { filmOfCode } from '../support/code-film.ts';
import { describeOnHost } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

const key = 'the-key-by-which-the-online-shop-signs-01';
const list = ['nord-39.blue', 'fjord-51.tortoise'];
/** A boutique of Norde whose language is English. */
const mayfair = 1;
const hourMs = 3_600_000;
const foreign = 'https://elsewhere.example/buy-this';

describeOnHost('a list that a client holds before the mirror', ['chromium'], () => {
  let house: RunningHouse;
  let folder: string;
  let behindMs = 0;
  const browsers: Browser[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-list-'));
    house = await startHouse({
      withModels: false,
      clock: { ...systemClock, nowMs: () => systemClock.nowMs() - behindMs },
      connectors: { schemaVersion: 1, maisons: { norde: { kind: 'embedded', secrets: [key] } } },
    });
  });
  afterEach(async () => {
    // A machine without a GPU draws one mirror at a time.
    for (const browser of browsers.splice(0)) await browser.close();
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  let lists = 0;
  async function madeByHouse(body: object): Promise<string> {
    lists += 1;
    const call = {
      id: `list-number-${lists}`,
      method: 'POST',
      path: '/api/wishlists/norde',
      body: JSON.stringify({ skus: list, goodForHours: 48, ...body }),
    };
    const response = await fetch(house.server.url + call.path, {
      method: call.method,
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(key, call, systemClock.nowMs() - behindMs),
      },
      body: call.body,
    });
    return WishListReply.parse(await response.json()).text;
  }

  async function madeOnPhone(maisonId: string, skus: readonly string[]): Promise<string> {
    const response = await fetch(`${house.server.url}/api/wishlists/${maisonId}/phone`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'chance-of-this-one-phone', skus }),
    });
    return WishListReply.parse(await response.json()).text;
  }

  async function mirror(options: ChromiumOptions): Promise<Page> {
    const browser = await launchChromium({ ...options, draws3d: false });
    browsers.push(browser);
    const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const media = navigator.mediaDevices;
      const open = media.getUserMedia.bind(media);
      Object.assign(globalThis, { cameras: [] as MediaStream[] });
      media.getUserMedia = async (wish) => {
        const stream = await open(wish);
        (globalThis as unknown as { cameras: MediaStream[] }).cameras.push(stream);
        return stream;
      };
    });
    page.setDefaultTimeout(40_000);
    await page.goto(await house.link('kiosk', 'norde', mayfair));
    await page.locator('.attract-touch').waitFor();
    return page;
  }
  const camerasOf = (page: Page) =>
    page.evaluate(() =>
      (globalThis as unknown as { cameras: MediaStream[] }).cameras.map((stream) =>
        stream.getTracks().some(({ readyState }) => readyState === 'live'),
      ),
    );
  async function hold(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'I have a list' }).click();
    await page.getByRole('button', { name: 'Only read my code' }).click();
  }

  it('is read by the mirror’s own camera after two touches: the first piece is worn, the others are kept', async () => {
    const film = await filmOfCode(
      [
        { text: foreign, pictures: 90 },
        { text: await madeByHouse({}), pictures: 90 },
      ],
      folder,
    );
    const page = await mirror({ cameraClip: film });
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    const sent: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
    await page.reload();
    await page.getByRole('button', { name: 'I have a list' }).click();
    await page.getByRole('heading', { name: 'Your list' }).waitFor();
    // What is agreed to can be read in the client's own language.
    await page.getByRole('radio', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Votre liste' }).waitFor();
    await page.getByRole('radio', { name: 'English' }).click();
    expect(await camerasOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Only read my code' }).click();
    await page.getByText('This is another code.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Nord 39' }).waitFor();
    await page.getByText('The 2 pieces of your list are kept here.').waitFor();
    // The camera that read it is closed, and the mirror's own was not agreed to.
    expect(await camerasOf(page)).toEqual([false]);
    await page.getByRole('button', { name: 'Use the mirror' }).waitFor();
    // What else is on the list is marked, and comes in the finish that was listed.
    for (const [kind, name, variant] of [
      ['Eyewear', 'Fjord 51', 'Tortoise'],
      ['Watches', 'Nord 39', 'Blue'],
    ] as const) {
      await page.getByRole('button', { name: `${kind} Kept` }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.locator('.variant[data-selected]', { hasText: variant }).waitFor();
    }
    expect(await page.locator('.strip-kind', { hasText: 'Kept' }).count()).toBe(2);
    await page.getByRole('button', { name: 'Finish' }).click();
    for (const name of ['Nord 39', 'Fjord 51'])
      await page.locator('.kept-list').getByText(name, { exact: true }).waitFor();
    expect(page.context().pages()).toHaveLength(1);
    expect(asked.filter((url) => url.includes('elsewhere.example'))).toEqual([]);
    expect(sent.filter((frame) => frame.includes('wish-list.show'))).toHaveLength(1);
    expect(sent.filter((frame) => frame.includes('elsewhere') || frame.includes('buy-this'))).toEqual([]);
  });

  it('that has run out, is another boutique’s, another house’s or nobody’s is said to be so, with another try', async () => {
    behindMs = 2 * hourMs;
    const expired = await madeByHouse({ goodForHours: 1 });
    behindMs = 0;
    const elsewhere = await madeByHouse({ storeIds: ['norde-marais'] });
    const rivals = await madeOnPhone('aurelle', ['halo-54.rose-gold']);
    const cases = [
      [expired, 'This list has run out.'],
      [elsewhere, 'This list is for another of our boutiques.'],
      [rivals, 'This list is not known in this house.'],
    ] as const;
    for (const [text, words] of cases) {
      const page = await mirror({ cameraClip: await filmOfCode(text, folder) });
      await hold(page);
      await page.getByText(words).waitFor();
      expect(await camerasOf(page)).toEqual([false]);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(words).waitFor();
      await page.getByRole('button', { name: 'Call an advisor' }).waitFor();
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('button', { name: 'Begin with the mirror' }).waitFor();
      await browsers.pop()?.close();
    }
  });

  it('cannot be read where the camera is closed or gone: the mirror says so, and offers an advisor', async () => {
    const denied = await mirror({
      extraFlags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
    });
    await hold(denied);
    await denied.getByText('The camera is closed on this mirror.').waitFor();
    await denied.getByRole('button', { name: 'Call an advisor' }).waitFor();
    await browsers.pop()?.close();
    const none = await mirror({});
    await hold(none);
    await none.getByText(/no camera today|camera is closed/u).waitFor();
  });

  it('cannot be checked without a line to the boutique, and no camera opens for it', async () => {
    const page = await mirror({ cameraClip: await filmOfCode(await madeByHouse({}), folder) });
    await house.stop();
    await page.getByRole('button', { name: 'I have a list' }).click();
    await page.getByText('The list cannot be checked just now').waitFor();
    expect(await camerasOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Call an advisor' }).waitFor();
  });
});
