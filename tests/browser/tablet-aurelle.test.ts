import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { AdvisorReply } from '../../protocol/advisor.ts';
import { StartCodeReply } from '../../protocol/pin.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** As long as names are. */
const name = 'Marguerite Delacroix-Beaumont';

describeOnHost('the tablet of a house with a serif of hairlines and light rooms', ['chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let page: Page;
  let code: string;

  beforeAll(async () => {
    house = await startHouse({ withModels: false });
    browser = await launchChromium({ draws3d: false });
    const token = (await readFile(house.server.operatorTokenPath, 'utf8')).trim();
    const asOperator = async (path: string, body: unknown): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const url = `${house.server.url}/api/advisors${path}`;
      return await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const title = { en: 'Client advisor', fr: 'Conseillère' };
    const where = { maisonId: 'aurelle', storeId: house.storeId('aurelle') };
    const { advisor } = z.parse(
      AdvisorReply,
      await asOperator('', { ...where, name, title, languages: ['fr'] }),
    );
    ({ code } = z.parse(StartCodeReply, await asOperator(`/aurelle/${advisor.id}/start-code`, {})));
    const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, locale: 'fr-FR' });
    context.setDefaultTimeout(25_000);
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const touch = (label: string) => page.getByRole('button', { name: label }).first().click();
  async function type(digits: string, key: string): Promise<void> {
    for (const digit of digits) await page.keyboard.press(digit);
    await touch(key);
  }
  const tooWide = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it('is enrolled by its link also where its page is open already', async () => {
    await page.goto(`${house.server.url}/advisor/?maison=aurelle`);
    await page.getByRole('textbox').waitFor();
    await page.goto(await house.link('tablet', 'aurelle'));
    await page.locator('.advisor').first().waitFor();
    expect(page.url()).not.toContain('#');
  });

  it('has room for a long name on every screen from the start code to the board, in each size', async () => {
    await touch(name);
    await touch('J’ai un code d’accueil');
    expect(await tooWide()).toBe(0);
    await type(code, 'Suivant');
    await type('7294', 'Suivant');
    await type('7294', 'Garder');
    await page.locator('.board').waitFor();
    for (const [width, height] of [
      [1180, 820],
      [820, 1180],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect([width, await tooWide()]).toEqual([width, 0]);
    }
  });

  it('rehearses in the language that the advisor has chosen', async () => {
    await touch('Switch to English');
    // A tablet that is opened again asks nobody for their language twice.
    await page.reload();
    await page.getByRole('heading', { name: 'Mirrors' }).waitFor();
    // The rehearsals stand at the foot of the board, and their call at its head.
    await page.setViewportSize({ width: 390, height: 844 });
    await touch('A gift');
    await page.getByRole('complementary', { name: 'Rehearsal' }).waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.getByRole('heading', { name: 'Mirrors' }).waitFor();
    await touch('End the rehearsal');
    await page.getByRole('heading', { name: 'Mirrors' }).waitFor();
  });

  it('speaks its boutique’s language again to who comes after, and theirs to who chose and comes back', async () => {
    await touch('Sign out');
    await page.getByRole('heading', { name: /^Qui est avec nous/ }).waitFor();
    await touch(name);
    await type('7294', 'Entrer');
    await page.getByRole('heading', { name: 'Mirrors' }).waitFor();
  });

  it('writes a hyphen that reads, at the size of a title', async () => {
    await page.evaluate(async () => {
      const line = document.createElement('div');
      line.id = 'hyphen';
      line.textContent = '-';
      const face = { fontFamily: 'var(--font-display)', fontVariationSettings: "'opsz' 26" };
      const place = { position: 'fixed', inset: '0 auto auto 0', background: 'white', color: 'black' };
      Object.assign(line.style, face, place, { fontSize: '44px', padding: '20px', zIndex: '9' });
      document.body.append(line);
      await document.fonts.ready;
    });
    const shot = await page.locator('#hyphen').screenshot();
    const { data, info } = await sharp(shot).greyscale().raw().toBuffer({ resolveWithObject: true });
    // The ink in the column where it is thickest, in whole pixels of black; at the edges the page behind shines through.
    const edgePx = 10;
    const columns = Array.from({ length: info.width - 2 * edgePx }, (_, x) =>
      Array.from(
        { length: info.height - 2 * edgePx },
        (_, y) => 1 - (data[(y + edgePx) * info.width + x + edgePx] ?? 255) / 255,
      ).reduce((sum, ink) => sum + ink, 0),
    );
    expect(Math.max(...columns)).toBeGreaterThan(1.5);
  });
});
