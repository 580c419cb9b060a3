import path from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import readQr from 'qr/decode.js';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

const mayfair = 1;
const card = 'NRD-9083-2216-63';
const name = 'Ms Raman';
const otherCard = 'NRD-1175-6638-90';
const otherName = 'Erik';

/** A folder for pictures of each step; none unless asked for. */
const picturesDir = process.env['VITRINE_PICTURES_DIR'];

/** What a phone's camera reads off the mark. */
async function readMark(page: Page): Promise<string> {
  const picture = sharp(await page.getByRole('img', { name: 'Mark for your own phone' }).screenshot());
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return readQr({ data, width: info.width, height: info.height });
}

async function lookOf(page: Page): Promise<string> {
  return await page.evaluate(() =>
    ['--font-display', '--ground', '--accent']
      .map((name) => document.documentElement.style.getPropertyValue(name))
      .join(' '),
  );
}

/** Drawn by software, a full panel takes both cores from the tablet: it is only for pictures. */
const mirrorSize: readonly [number, number] = picturesDir ? [1080, 1920] : [405, 720];

describeOnHost('a client who asks to be known', ['chromium'], () => {
  const on = houseInBrowser();
  const open = async (address: string, width: number, height: number): Promise<Page> => {
    const context = await on.browser.newContext({
      viewport: { width, height },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    await page.goto(address);
    return page;
  };
  const look = async (page: Page, step: string) => {
    if (picturesDir) await page.screenshot({ path: path.join(picturesDir, `${step}.png`) });
    const found = await screenFaults(page, (axe) => axe.disableRules(['color-contrast']));
    expect([step, found]).toEqual([step, []]);
  };

  it('says yes on the mirror, is known on both screens, and is forgotten in one touch; then by their phone', async () => {
    const mirror = await open(await on.house.link('kiosk', 'norde', mayfair), ...mirrorSize);
    const tablet = await open(await on.house.link('tablet', 'norde', mayfair), 1180, 820);
    await tablet.locator('.advisor').first().click();
    for (const digit of on.house.demoPin('norde')) {
      await tablet.getByRole('button', { name: digit, exact: true }).click();
    }
    await tablet.getByRole('button', { name: 'Sign in' }).click();
    await mirror.locator('.attract').click();
    await mirror.getByRole('button', { name: 'Look without a camera' }).click();
    await mirror.getByRole('button', { name: 'Call an advisor' }).click();
    const code = await mirror.locator('.code [aria-hidden]').textContent();
    await tablet.getByLabel('Code on the mirror').fill(code ?? '');
    await tablet.getByRole('button', { name: 'Go to this client' }).click();
    await mirror.getByRole('button', { name: /^Yes, both show/ }).click();

    // The advisor asks, with the card that was handed over; the client answers on the mirror.
    await tablet.getByLabel('Their card, if they hand it to you').fill(card);
    await look(tablet, 'tablet-unknown');
    await tablet.getByRole('button', { name: 'Ask on the mirror' }).click();
    const sheet = mirror.getByRole('dialog');
    await sheet.getByText('asks: would you like to be known?').waitFor();
    // Nothing is chosen for the client, and without a choice there is no yes.
    expect(await sheet.locator('[data-selected]').count()).toBe(0);
    expect(await sheet.getByRole('button', { name: /^Yes/ }).isDisabled()).toBe(true);
    expect(await tablet.getByText(name).count()).toBe(0);
    await look(mirror, 'mirror-asked');
    for (const purpose of ['To welcome me', 'To advise me', 'To care for my pieces']) {
      await sheet.getByRole('button', { name: new RegExp(`^${purpose}`) }).click();
    }
    await look(mirror, 'mirror-chosen');
    await sheet.getByRole('button', { name: 'Yes to these 3' }).click();
    await sheet.getByText(name).waitFor();
    await sheet.getByText('Because you told us. Mayfair, 2 October 2024').first().waitFor();
    await look(mirror, 'mirror-known');
    await tablet.getByText(name).waitFor();
    await look(tablet, 'tablet-known');

    // One purpose is taken back: what it let be seen leaves both screens.
    await sheet.getByRole('button', { name: 'Stop: To welcome me' }).click();
    await tablet.getByText(name).waitFor({ state: 'detached' });
    await sheet.getByText(name).waitFor({ state: 'detached' });
    await sheet.getByText('57', { exact: false }).waitFor();

    await sheet.getByRole('button', { name: 'Go on' }).click();
    await mirror.getByRole('button', { name: 'What the boutique knows of you' }).waitFor();
    await look(mirror, 'mirror-quiet');

    // By hand, without an advisor's question: the sheet asks for the card, and offers the phone.
    await mirror.getByRole('button', { name: 'What the boutique knows of you' }).click();
    await mirror.getByRole('dialog').getByRole('button', { name: 'Forget me' }).click();
    await mirror.getByText('You are forgotten here, and in the house’s own files.').waitFor();
    await tablet.getByText('Forgotten here, and erased in the house’s own files.').waitFor();
    await mirror.getByRole('button', { name: 'Be known by the boutique' }).click();
    await mirror.getByRole('dialog').getByLabel('Your card').waitFor();
    await look(mirror, 'mirror-card');
    await mirror.getByRole('button', { name: 'Rather on my own phone' }).click();
    await mirror.getByRole('img', { name: 'Mark for your own phone' }).waitFor();
    await look(mirror, 'mirror-phone');

    // Their own phone reads the mark, and wears the house's look.
    const phone = await open(await readMark(mirror), 390, 844);
    await phone.getByText('Norde, Mayfair').waitFor();
    expect(await lookOf(phone)).toBe(await lookOf(mirror));
    expect(await lookOf(phone)).toContain('Grotesk');
    await phone.getByRole('checkbox', { name: /^To welcome me/ }).check();
    await phone.getByLabel('The number on your card').fill(otherCard);
    await look(phone, 'phone-chosen');
    await phone.getByRole('button', { name: /^Yes/ }).click();
    await phone.getByText(otherName).waitFor();
    await tablet.getByText(otherName).waitFor();
    await look(phone, 'phone-known');
  });
});
