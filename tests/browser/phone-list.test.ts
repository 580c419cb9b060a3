import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import decode from 'qr/decode.js';
import sharp from 'sharp';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneListHours, readWishList } from '../../protocol/index.ts';
import { listAddress } from '../../sdk/session/address-fragment.ts';
import { decodeQr } from '../../sdk/codes/read-code.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { valueOf } from '../server/support/visit.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

/** A folder for pictures of the pages, for whoever wants to look at them. */
const pictures = process.env['VITRINE_TEST_PICTURES'];

describeOnHost('a list that a client makes on their phone', ['chromium'], () => {
  const on = houseInBrowser();

  async function phone(address: string, locale = 'en-GB'): Promise<[Page, BrowserContext]> {
    const context = await on.browser.newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      locale,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    return [page, context];
  }
  async function picture(page: Page, name: string): Promise<void> {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }
  async function expectAccessible(page: Page): Promise<void> {
    const found = await screenFaults(page, (axe) =>
      axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']),
    );
    expect(found).toEqual([]);
  }
  /** What a camera reads off the phone's own screen. */
  async function codeOn(page: Page): Promise<string | null> {
    const shot = await page.locator('.code-mark').screenshot();
    const { data, info } = await sharp(shot).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return decodeQr(decode, {
      width: info.width,
      height: info.height,
      data: Uint8ClampedArray.from(data),
    });
  }

  it('begins with what they kept at the mirror, and is opened by another mirror of the house', async () => {
    const kept = ['nord-39.blue', 'fjord-51.tortoise', 'of-last-year.red'];
    const [page, context] = await phone(listAddress(on.house.server.url, 'norde', kept));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
    const show = page.getByRole('button', { name: 'Show my code (2)' });
    await show.waitFor();
    await picture(page, 'phone-norde-en-pick');
    // Looked at only: the pieces stand in the address, which no server is told.
    expect(asked.filter((one) => one.includes('/api/'))).toEqual([]);
    await show.click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    await picture(page, 'phone-norde-en-code');
    await expectAccessible(page);
    const text = (await codeOn(page)) ?? '';
    const secret = readWishList(text) ?? 'none';
    const kiosk = await TestDevice.enrol(
      on.house.server.url,
      'kiosk',
      new URL(await on.house.link('kiosk', 'norde', 1)).hash.replace('#enrol=', ''),
    );
    await kiosk.connect();
    expect(valueOf(await kiosk.command('wish-list.show', { secret }))).toEqual({
      pieces: [
        { pieceId: 'nord-39', variantId: 'blue' },
        { pieceId: 'fjord-51', variantId: 'tortoise' },
      ],
      gone: [],
    });
    // Nothing was said but the pieces, under a name of chance.
    const [made] = asked.filter((one) => one.includes('/api/wishlists/'));
    expect(Object.keys(JSON.parse(made?.split(' ')[1] ?? '{}') as object).sort()).toEqual(['id', 'skus']);
    const until = Number(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('until'));
    expect(Math.abs(until - Date.now() - phoneListHours * 3_600_000)).toBeLessThan(60_000);
    // The address brings the same code back, and asks for none.
    await page.reload();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    expect(await codeOn(page)).toBe(text);
    expect(asked.filter((one) => one.includes('/api/wishlists/'))).toHaveLength(1);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await page.getByRole('button', { name: 'Change the list' }).click();
    await page.getByRole('button', { name: 'Show my code (2)' }).click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    expect(await codeOn(page)).not.toBe(text);
    kiosk.disconnect();
    await context.close();
  });

  it('is chosen from the house’s catalogue, twelve pieces at the most, in the client’s language', async () => {
    const [page, context] = await phone(`${on.house.server.url}/me/#maison=aurelle`, 'fr-FR');
    await page.getByRole('heading', { name: 'Votre liste pour la boutique' }).waitFor();
    expect(await page.getByRole('button', { name: 'Afficher mon code' }).isDisabled()).toBe(true);
    const boxes = page.getByRole('checkbox');
    for (let at = 0; at < 12; at += 1) await boxes.nth(at).check();
    expect(await boxes.nth(12).isDisabled()).toBe(true);
    await page.getByText('Votre liste compte douze pièces.').waitFor();
    await picture(page, 'phone-aurelle-fr-pick');
    await expectAccessible(page);
    await boxes.nth(3).uncheck();
    expect(await boxes.nth(12).isDisabled()).toBe(false);
    await page.getByRole('button', { name: 'Afficher mon code (11)' }).click();
    await page.getByText('Valable dans toutes les boutiques de la maison').waitFor();
    await picture(page, 'phone-aurelle-fr-code');
    await context.close();
  });

  it('says where the boutique’s server does not answer, and loses nothing of the choice', async () => {
    const [page, context] = await phone(listAddress(on.house.server.url, 'norde', ['nord-39.blue']));
    const show = page.getByRole('button', { name: 'Show my code (1)' });
    await show.waitFor();
    await context.setOffline(true);
    await show.click();
    await page.getByText('The boutique cannot be reached.').waitFor();
    await context.setOffline(false);
    await show.click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    await context.close();
  });

  it('is of no house that there is not', async () => {
    const [page, context] = await phone(`${on.house.server.url}/me/#maison=nobody&list=a.b`);
    await page.getByText('The boutique cannot be reached').waitFor();
    await context.close();
  });
});
