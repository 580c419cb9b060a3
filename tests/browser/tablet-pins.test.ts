import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { AdvisorReply } from '../../protocol/advisor.ts';
import { StartCodeReply } from '../../protocol/pin.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

/** Where pictures for a person's eye go, if anywhere: `VITRINE_SHOTS`. */
const shots = process.env['VITRINE_SHOTS'];

/** Norde's boutique whose advisors speak English. */
const mayfair = 1;

const sizes = [
  [1180, 820],
  [820, 1180],
] as const;

describeOnHost('PINs on the advisor’s tablet', ['chromium'], () => {
  const on = houseInBrowser();
  let token: string;

  beforeAll(async () => {
    token = (await readFile(on.house.server.operatorTokenPath, 'utf8')).trim();
  });
  const asOperator = async (path: string, body: unknown = {}): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const url = `${on.house.server.url}/api/advisors${path}`;
    return await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const added = async (name: string) => {
    const title = { en: 'Client advisor', fr: 'Conseillère' };
    const where = { maisonId: 'norde', storeId: on.house.storeId('norde', mayfair) };
    return z.parse(AdvisorReply, await asOperator('', { ...where, name, title, languages: ['en'] })).advisor
      .id;
  };
  const codeFor = async (id: string) =>
    z.parse(StartCodeReply, await asOperator(`/norde/${id}/start-code`)).code;
  const openTablet = async () => {
    const context = await on.browser.newContext({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(await on.house.link('tablet', 'norde', mayfair));
    await page.locator('.advisor').first().waitFor();
    return page;
  };
  const type = async (page: Page, digits: string, key: string) => {
    for (const digit of digits) await page.keyboard.press(digit);
    await page.getByRole('button', { name: key, exact: true }).click();
  };
  const expectNoViolation = async (page: Page) => {
    expect(await screenFaults(page)).toEqual([]);
  };
  /** Looks at a screen in each size: nothing may lie outside of it. */
  const look = async (page: Page, name: string) => {
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await expectNoViolation(page);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
      if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png` });
    }
  };

  it('are chosen by a start code, once, and by nobody else', async () => {
    const id = await added('Wren Aldous');
    const code = await codeFor(id);
    const page = await openTablet();
    await page.getByRole('button', { name: /Wren Aldous/ }).click();
    await look(page, 'pin-asked');
    await page.getByRole('button', { name: 'I have a start code' }).click();
    await page.getByText('The eight digits that you were given.').waitFor();
    await look(page, 'start-code');

    await type(page, code === '10000000' ? '20000000' : '10000000', 'Next');
    await type(page, '7294', 'Next');
    await type(page, '7294', 'Keep it');
    await page.getByText('Not your start code. 4 tries left.').waitFor();
    await look(page, 'start-code-wrong');

    await type(page, code, 'Next');
    await page.getByText('Choose your PIN', { exact: true }).waitFor();
    await look(page, 'pin-choose');
    await type(page, '1234', 'Next');
    await page.getByText('Others would try that one.').waitFor();
    await look(page, 'pin-easy');
    await type(page, code.slice(0, 5), 'Next');
    await page.getByText('Others would try that one.').waitFor();
    await type(page, '7294', 'Next');
    await page.getByText('The same PIN once more').waitFor();
    await type(page, '7295', 'Keep it');
    await page.getByText('That was not the same.').waitFor();
    await type(page, '7294', 'Next');
    await look(page, 'pin-again');
    await type(page, '7294', 'Keep it');
    await page.getByText('No mirror is calling.').waitFor();
    // Neither the code nor the PIN is anywhere on the tablet.
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).not.toContain(code);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Wren Aldous/ }).click();
    await type(page, '7294', 'Sign in');
    await page.getByText('No mirror is calling.').waitFor();
    await page.context().close();
  });

  it('are changed by whoever is signed in, and the old one opens nothing any more', async () => {
    const id = await added('Ida Marlow');
    const code = await codeFor(id);
    const page = await openTablet();
    await page.getByRole('button', { name: /Ida Marlow/ }).click();
    await page.getByRole('button', { name: 'I have a start code' }).click();
    await type(page, code, 'Next');
    await type(page, '7294', 'Next');
    await type(page, '7294', 'Keep it');
    const change = page.getByRole('button', { name: 'Change PIN' });
    await change.scrollIntoViewIfNeeded();
    await look(page, 'pin-card');
    await change.click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Your PIN until now').waitFor();
    await look(page, 'pin-change');
    await type(page, '5555', 'Next');
    await type(page, '60815', 'Next');
    await type(page, '60815', 'Keep it');
    await sheet.getByText('Not your PIN until now. 4 tries left.').waitFor();
    await look(page, 'pin-change-wrong');
    await type(page, '7294', 'Next');
    await type(page, '60815', 'Next');
    await type(page, '60815', 'Keep it');
    await page.getByText('Your PIN is changed.').waitFor();
    await look(page, 'pin-changed');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Ida Marlow/ }).click();
    await type(page, '7294', 'Sign in');
    await page.getByText('Not your PIN').waitFor();
    await type(page, '60815', 'Sign in');
    await page.getByText('No mirror is calling.').waitFor();

    // Who is removed sees the sign-in again within seconds, without their name.
    await asOperator(`/norde/${id}/remove`);
    await page.getByRole('heading', { name: 'Who is with us today?' }).waitFor();
    await page
      .getByRole('button', { name: /Wren Aldous|Imogen Clarke/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /Ida Marlow/ }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('are spoken of in French too', async () => {
    const page = await openTablet();
    await page.getByRole('button', { name: 'Passer en français' }).click();
    await page.locator('.advisor').first().click();
    await page.getByRole('button', { name: 'J’ai un code d’accueil' }).click();
    await look(page, 'start-code-fr');
    await type(page, '40718256', 'Suivant');
    await look(page, 'pin-choose-fr');
    await page.context().close();
  });

  it('ask for a name that was added while the tablet lay there', async () => {
    const page = await openTablet();
    await added('Nell Hargrave');
    await page.getByRole('button', { name: /Nell Hargrave/ }).waitFor({ timeout: 25_000 });
    await page.context().close();
  });
});
