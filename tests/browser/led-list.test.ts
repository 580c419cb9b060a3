import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import decode from 'qr/decode.js';
import sharp from 'sharp';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WishListReply } from '../../protocol/index.ts';
import { decodeQr } from '../../sdk/codes/read-code.ts';
import { launchChromium } from '../support/chromium.ts';
import { filmOfCode } from '../support/code-film.ts';
import { describeOnHost } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** A boutique of Norde whose language is English. */
const mayfair = 1;
const list = ['nord-39.blue', 'fjord-51.tortoise'];

describeOnHost('a list and its mark in a visit with an advisor', ['chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let folder: string;
  let mirror: Page;
  let tablet: Page;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'vitrine-led-list-'));
    house = await startHouse({ withModels: false });
    const made = await fetch(`${house.server.url}/api/wishlists/norde/phone`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'chance-of-this-one-phone', skus: list }),
    });
    const { text } = WishListReply.parse(await made.json());
    // Another code first: time for the advisor to touch their tablet while the client holds up their phone.
    const cameraClip = await filmOfCode(
      [
        { text: 'https://elsewhere.example/', pictures: 240 },
        { text, pictures: 90 },
      ],
      folder,
    );
    browser = await launchChromium({ cameraClip, draws3d: false });
    mirror = await opened(1080, 1920);
    tablet = await opened(1180, 820);
    await mirror.goto(await house.link('kiosk', 'norde', mayfair));
    await tablet.goto(await house.link('tablet', 'norde', mayfair));
    await tablet.locator('.advisor').first().click();
    for (const digit of house.demoPin('norde')) await tablet.keyboard.press(digit);
    await tablet.locator('.pin-key-enter').click();
    await mirror.locator('.attract-touch').click();
    await touch(mirror, 'Look without a camera');
    await touch(mirror, 'Call an advisor');
    const code = (await mirror.locator('.code [aria-hidden]').textContent()) ?? '';
    await tablet.getByLabel('Code on the mirror').fill(code);
    await touch(tablet, 'Go to this client');
    await touch(mirror, /^Yes, both show/);
    await tablet.locator('.together').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function opened(width: number, height: number): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(40_000);
    return await context.newPage();
  }
  const touch = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const kept = (): Locator => tablet.locator('.list', { hasText: 'Kept' });

  async function wear(name: string, choice: string): Promise<void> {
    await tablet.locator('.together-bar > button').last().click();
    await tablet.locator('.picker-kind', { hasText: 'Hats' }).click();
    await tablet.getByRole('dialog').getByRole('button', { name: choice }).click();
    await tablet.getByRole('heading', { level: 1, name }).waitFor();
  }

  it('gives the client the lead back by the touch that begins it, and is worn and kept on both screens', async () => {
    await wear('Bothy', 'Bothy, Slate');
    await mirror.getByText(/leads, and the mirror follows/).waitFor();
    await touch(mirror, 'I have a list');
    await touch(mirror, 'Only read my code');
    await mirror.getByText('This is another code.').waitFor();
    await mirror.getByRole('heading', { level: 1, name: 'Nord 39' }).waitFor();
    await tablet.getByRole('heading', { level: 1, name: 'Nord 39' }).waitFor();
    await tablet.getByText('The client leads.').waitFor();
    for (const name of ['Nord 39', 'Fjord 51']) await kept().getByText(name).first().waitFor();
    await expectWholePictures(tablet, '.piece-row .poster');
  });

  it('is kept, and leaves on what the advisor shows who took the lead while the phone was held up', async () => {
    await touch(tablet, /^Set aside Fjord 51/);
    await kept().getByText('Fjord 51').waitFor({ state: 'detached' });
    await touch(mirror, 'I have a list');
    await touch(mirror, 'Only read my code');
    await mirror.getByText('This is another code.').waitFor();
    await wear('Bothy', 'Bothy, Slate');
    await tablet.getByText('You lead.').waitFor();
    await kept().getByText('Fjord 51').first().waitFor();
    await mirror.getByRole('heading', { level: 1, name: 'Bothy' }).waitFor();
    await mirror.getByText(/leads, and the mirror follows/).waitFor();
    await tablet.getByRole('heading', { level: 1, name: 'Bothy' }).waitFor();
  });

  it('begins from the page of an appointment too, where the phone has taken it', async () => {
    await touch(tablet, 'Appointment');
    await tablet.locator('.sale-hours .chip').first().click();
    const phone = await scanned('.appointment-sign');
    await phone.getByRole('link', { name: 'Add to my calendar' }).waitFor();
    await touch(phone, 'Make a list for your visit');
    await phone.getByRole('heading', { name: 'Your list for the boutique' }).waitFor();
    expect(await phone.getByRole('button', { name: 'Show my code' }).isDisabled()).toBe(true);
    await phone.getByRole('checkbox').first().check();
    await touch(phone, 'Show my code (1)');
    await phone.getByRole('heading', { name: 'Your code' }).waitFor();
    await phone.context().close();
  });

  it('is taken along by a phone that reads the mark of the farewell off the mirror', async () => {
    await touch(tablet, 'Close the visit');
    await touch(tablet, 'Close and wipe the mirror');
    await expectWholePictures(mirror, '.kept-list .poster');
    const phone = await scanned('.farewell-take');
    await phone.getByRole('heading', { name: 'Your list for the boutique' }).waitFor();
    for (const name of ['Nord 39 Blue dial', 'Fjord 51 Tortoise'])
      expect(await phone.getByRole('checkbox', { name }).isChecked()).toBe(true);
    await expectWholePictures(phone, '.piece-picture');
    await touch(phone, 'Show my code (2)');
    await phone.getByRole('heading', { name: 'Your code' }).waitFor();
    await phone.context().close();
  });

  /** A tall piece is seen whole, as a wide one is. */
  async function expectWholePictures(page: Page, where: string): Promise<void> {
    await page.locator(where).first().waitFor();
    const shapes = await page
      .locator(where)
      .evaluateAll((images) => images.map((image) => (image.clientWidth / image.clientHeight).toFixed(2)));
    expect(new Set(shapes)).toEqual(new Set(['1.00']));
  }

  /** A phone that has read the mark there off a picture of the whole mirror, and opened its address. */
  async function scanned(where: string): Promise<Page> {
    await mirror.locator(`${where} .qr`).waitFor();
    const box = await mirror.locator(`${where} .qr`).boundingBox();
    if (!box) throw new Error(`no mark in ${where}`);
    // A phone is held before the one mark: about it lies what lies about it on the mirror.
    const aroundPx = 60;
    const left = Math.max(0, Math.round(box.x - aroundPx));
    const top = Math.max(0, Math.round(box.y - aroundPx));
    const { data, info } = await sharp(await mirror.screenshot())
      .extract({
        left,
        top,
        width: Math.min(1080 - left, Math.round(box.width + 2 * aroundPx)),
        height: Math.min(1920 - top, Math.round(box.height + 2 * aroundPx)),
      })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const address = decodeQr(decode, {
      width: info.width,
      height: info.height,
      data: Uint8ClampedArray.from(data),
    });
    expect(address).toContain(`${house.server.url}/me/#`);
    const phone = await opened(390, 844);
    await phone.goto(address ?? '');
    return phone;
  }
});
