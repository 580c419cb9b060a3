import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WishListReply } from '../../protocol/index.ts';
import { signedHeaders } from '../../server/oms/rest/signing.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { launchChromium } from '../support/chromium.ts';
import { filmOfCode } from '../support/code-film.ts';
import { describeOnHost } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

const key = 'the-key-by-which-the-online-shop-signs-01';
/** A boutique of Norde whose advisors speak English. */
const mayfair = 1;
const list = ['nord-39.blue', 'fjord-51.tortoise'];

describeOnHost('a list that a client brings on their phone', ['chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-list-'));
    house = await startHouse({
      withModels: false,
      connectors: { schemaVersion: 1, maisons: { norde: { kind: 'embedded', secrets: [key] } } },
    });
    const { text } = await askForList();
    browser = await launchChromium({ cameraClip: await filmOfCode(text, folder), draws3d: false });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** As the shop's own server does, for the page on which the client made the list. */
  async function askForList(): Promise<WishListReply> {
    const call = {
      id: randomUUID(),
      method: 'POST',
      path: '/api/wishlists/norde',
      body: JSON.stringify({ skus: list, goodForHours: 48 }),
    };
    const response = await fetch(house.server.url + call.path, {
      method: call.method,
      headers: { 'content-type': 'application/json', ...signedHeaders(key, call, Date.now()) },
      body: call.body,
    });
    return WishListReply.parse(await response.json());
  }

  it('is read off it, worn at once, and kept piece by piece', async () => {
    const code = new URL(await house.link('kiosk', 'norde', mayfair)).hash.replace('#enrol=', '');
    const kiosk = await TestDevice.enrol(house.server.url, 'kiosk', code);
    await kiosk.connect();
    const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(await house.link('tablet', 'norde', mayfair));
    await page.locator('.advisor').first().click();
    for (const digit of house.demoPin('norde'))
      await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    const offer = await kiosk.command('offer.open', {});
    if (!offer.ok) throw new Error(offer.error.message);
    await page.getByLabel('Code on the mirror').fill(offer.value.code);
    await page.getByRole('button', { name: 'Go to this client' }).click();
    await kiosk.next('offer.claimed');
    const { offerId } = offer.value;
    const summary = { locale: 'en' as const, startedAtMs: Date.now(), worn: null, tried: [], kept: [] };
    await kiosk.command('offer.confirm', { offerId, summary });
    await page.getByRole('button', { name: 'Read the list' }).click();
    await page.getByText('2 pieces of it are in this visit.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('heading', { level: 1, name: 'Nord 39' }).waitFor();
    await kiosk.next('session.events', ({ events }) =>
      events.some(({ fact }) => fact.type === 'worn' && fact.worn.pieceId === 'nord-39'),
    );
    const kept = page.locator('.list', { hasText: 'Kept' });
    for (const name of ['Nord 39', 'Fjord 51']) await kept.getByText(name).first().waitFor();
    await context.close();
    kiosk.disconnect();
  });
});
