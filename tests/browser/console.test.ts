import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { valueOf } from '../server/support/visit.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

const unplugged: DeviceReport = {
  upMs: 90_000,
  faults: 1,
  mirror: {
    camera: 'camera-unplugged',
    tracking: 'ready',
    delegate: 'GPU',
    tier: 'full',
    picturesPerSecond: 29.7,
    inferenceMs: 11.6,
    recoveries: {
      hung: 0,
      poisoned: 0,
      crashed: 0,
      memory: 0,
      'camera-lost': 2,
      'camera-stalled': 0,
      'picture-frozen': 0,
      'clock-jump': 0,
    },
  },
};

/** Where pictures for a person's eye go, if anywhere: `VITRINE_SHOTS`. */
const shots = process.env['VITRINE_SHOTS'];

describeOnHost('the console', ['chromium'], () => {
  const on = houseInBrowser();
  let token: string;

  beforeAll(async () => {
    token = (await readFile(on.house.server.operatorTokenPath, 'utf8')).trim();
  });

  const openPage = async (options: BrowserContextOptions = {}) => {
    const context = await on.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    return await context.newPage();
  };
  const picture = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  };
  const accessible = async (page: Page) => {
    expect(await screenFaults(page)).toEqual([]);
  };
  const signIn = async (page: Page) => {
    await page.goto(`${on.house.server.url}/console/`);
    await page.getByLabel('Operator’s token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
  };

  it('lets the operator in, enrols a mirror, sees how it fares, sends it away, and keeps the trail', async () => {
    const page = await openPage();
    await page.goto(`${on.house.server.url}/console/`);
    const field = page.getByLabel('Operator’s token');
    await field.fill('not the token');
    await field.press('Enter');
    await page.getByText('That is not right.').waitFor();
    await picture(page, 'sign-in-wrong');
    await accessible(page);
    await field.fill(token);
    await field.press('Enter');
    await page.getByText('No device is enrolled here yet.').waitFor();
    await picture(page, 'devices-none');
    const kept = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(Object.assign({}, localStorage)),
      JSON.stringify(Object.assign({}, sessionStorage)),
    ]);
    expect(kept.join('')).not.toContain(token);
    expect(kept[0]).toBe('');

    await page.getByRole('button', { name: 'New device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Boutique').selectOption(on.house.storeId('norde'));
    await dialog.getByLabel('Name').fill('Mirror by the window');
    await picture(page, 'enrol');
    await accessible(page);
    await page.keyboard.press('Enter');
    const link = dialog.getByLabel('Link', { exact: true });
    await link.waitFor();
    await dialog.getByRole('img', { name: 'QR code of the link for Mirror by the window' }).waitFor();
    await picture(page, 'enrol-made');
    await accessible(page);
    const code = new URL(await link.inputValue()).hash.replace('#enrol=', '');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const kiosk = await TestDevice.enrol(on.house.server.url, 'kiosk', code);
    await kiosk.connect({ clientVersion: '0.1.0' });
    await kiosk.command('device.report', unplugged);
    const row = page.getByRole('row', { name: /Mirror by the window/ });
    await row.getByText('Online').waitFor();
    await row.getByText('Camera unplugged').waitFor();
    await row.getByText('2 recoveries, 1 fault').waitFor();
    await page.getByText('1 device, 1 online, 1 needs a look').waitFor();
    await accessible(page);

    await row.getByRole('button', { name: 'Revoke Mirror by the window' }).click();
    await dialog.getByRole('heading', { name: 'Revoke Mirror by the window?' }).waitFor();
    await picture(page, 'revoke');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(kiosk.isConnected).toBe(true);
    const hungUp = kiosk.closed();
    await row.getByRole('button', { name: 'Revoke Mirror by the window' }).click();
    await dialog.getByRole('button', { name: 'Revoke Mirror by the window' }).click();
    await hungUp;
    await row.waitFor({ state: 'detached' });
    await page.getByLabel('Show revoked').check();
    await row.getByText('Revoked').waitFor();

    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('row', { name: /Device revoked Mirror by the window Operator Norde/ }).waitFor();
    await page.getByRole('row', { name: /Device enrolled Mirror by the window/ }).waitFor();
    await picture(page, 'audit');
    await accessible(page);
    await page.getByLabel('What', { exact: true }).selectOption('device.revoked');
    await page.getByText('That is the whole trail.').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await field.waitFor();
    await page.reload();
    await field.waitFor();
    await page.context().close();
  });

  it('opens by a passkey that the operator made after the token, until it is revoked', async () => {
    const page = await openPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await signIn(page);
    await page.getByRole('link', { name: 'Passkeys' }).click();
    await page.getByLabel('Name of a new passkey').fill('Laptop of Jeanne');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('The passkey is ready').waitFor();
    await accessible(page);
    await picture(page, 'console-own-passkeys');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).waitFor();
    await accessible(page);
    await picture(page, 'console-sign-in-passkey');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    const row = page.getByRole('row', { name: /Laptop of Jeanne/ });
    await row.getByRole('button', { name: /^Revoke the operator’s passkey/ }).click();
    await page.getByRole('button', { name: 'Revoke the passkey' }).click();
    // What it opened ends with it, this page too.
    await page.getByLabel('Operator’s token').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('This passkey opens nothing here.').first().waitFor();
    await page.context().close();
  });

  it('adds an advisor, gives them a start code, and locks them out', async () => {
    const page = await openPage();
    await signIn(page);
    await page.getByRole('link', { name: 'Advisors' }).click();
    await page.getByLabel('Boutique').selectOption('norde-marais');
    await page.getByRole('row', { name: /Noémie Caron/ }).waitFor();
    await accessible(page);
    await picture(page, 'advisors');
    await page.getByRole('button', { name: 'New advisor' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Solène Aubry');
    expect(await dialog.getByLabel('Boutique').inputValue()).toBe('norde-marais');
    await accessible(page);
    await picture(page, 'advisor-new');
    await page.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: 'Start code for Solène Aubry' }).waitFor();
    await picture(page, 'advisor-code');
    await dialog.getByRole('button', { name: 'Make a start code' }).click();
    const field = dialog.getByLabel('Start code', { exact: true });
    await field.waitFor();
    const code = await field.inputValue();
    expect(code).toMatch(/^\d{8}$/);
    await accessible(page);
    await picture(page, 'advisor-code-made');
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Solène Aubry/ });
    await row.getByText(/^Start code, until/).waitFor();
    expect(await page.content()).not.toContain(code);

    const link = { maisonId: 'norde', storeId: 'norde-marais', role: 'tablet', name: 'Tablet two' } as const;
    const enrolment = await on.house.server.createEnrolmentLink(link);
    const tablet = await TestDevice.enrol(on.house.server.url, 'tablet', enrolment.code);
    await tablet.connect();
    const { advisors } = valueOf(await tablet.command('advisor.list', {}));
    const solene = advisors.find(({ name }) => name === 'Solène Aubry');
    // Their tablet speaks the first, as their boutique does.
    expect(solene?.languages).toEqual(['fr', 'en']);
    const advisorId = solene?.id ?? '';
    valueOf(await tablet.command('advisor.start', { advisorId, code, pin: '7294' }));
    await row.getByText('PIN', { exact: true }).waitFor({ timeout: 30_000 });

    await row.getByRole('button', { name: 'Change Solène Aubry' }).click();
    await dialog.getByLabel('Name').fill('Solène Aubry-Petit');
    await picture(page, 'advisor-change');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const renamed = page.getByRole('row', { name: /Solène Aubry-Petit/ });
    await renamed.waitFor();

    const signedOut = tablet.next('server.closing');
    await renamed.getByRole('button', { name: 'Lock out Solène Aubry-Petit' }).click();
    await dialog.getByText(/every tablet signs Solène Aubry-Petit out/).waitFor();
    await accessible(page);
    await dialog.getByRole('button', { name: 'Lock out', exact: true }).click();
    await signedOut;
    await renamed.getByText('Needs a start code').waitFor();

    await renamed.getByRole('button', { name: 'Lock out Solène Aubry-Petit' }).click();
    await dialog.getByLabel(/^For good/).check();
    await picture(page, 'advisor-out');
    await dialog.getByRole('button', { name: 'Remove for good' }).click();
    await renamed.waitFor({ state: 'detached' });
    await page.getByLabel('Show those who left').check();
    await renamed.getByText(/^Left/).waitFor();
    await picture(page, 'advisors-left');

    await renamed.getByRole('button', { name: 'Erase Solène Aubry-Petit' }).click();
    await accessible(page);
    await picture(page, 'advisor-erase');
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
    const former = page.getByRole('row', { name: /^N° [0-9A-F]{6}/ });
    await former.getByText(/^Erased/).waitFor();
    expect(await former.getByRole('button').count()).toBe(0);
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('row', { name: /Advisor removed/ }).waitFor();
    await page.getByRole('row', { name: /Advisor erased/ }).waitFor();
    // Nowhere on the page, and in none of its names for those who cannot see it.
    expect(await page.content()).not.toContain('Aubry');
    await page.getByRole('button', { name: 'Passer en français' }).click();
    await page.getByRole('link', { name: 'Conseillers' }).click();
    await page.getByRole('row', { name: /Noémie Caron/ }).waitFor();
    await picture(page, 'advisors-fr');
    await page.getByRole('button', { name: 'Bloquer Noémie Caron' }).click();
    await picture(page, 'advisor-out-fr');
    tablet.disconnect();
    await page.context().close();
  });

  it('stands in every size and by night, in both languages', async () => {
    const names = ['Mirror by the window', 'Mirror in the salon', 'Tablet one'];
    for (const [index, name] of names.entries()) {
      const role = index === 2 ? 'tablet' : 'kiosk';
      const { code } = await on.house.server.createEnrolmentLink({
        maisonId: index === 1 ? 'aurelle' : 'norde',
        storeId: on.house.storeId(index === 1 ? 'aurelle' : 'norde'),
        role,
        name,
      });
      const device = await TestDevice.enrol(on.house.server.url, role, code);
      if (index === 1) continue;
      await device.connect({ clientVersion: '0.1.0' });
      await device.command('device.report', index === 0 ? unplugged : { ...unplugged, mirror: null });
    }
    for (const [width, height, colorScheme] of [
      [1440, 900, 'light'],
      [1180, 820, 'dark'],
      [820, 1180, 'light'],
    ] as const) {
      const page = await openPage({ viewport: { width, height }, colorScheme });
      await signIn(page);
      await page.getByRole('row', { name: /Tablet one/ }).waitFor();
      for (const section of ['Devices', 'Advisors', 'Stock', 'Audit']) {
        await page.getByRole('link', { name: section }).click();
        await page.getByRole('heading', { name: section, level: 1 }).waitFor();
        await page.getByRole('row').first().waitFor();
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        await picture(page, `${section.toLowerCase()}-${width}-${colorScheme}`);
        // Its colours change by night, its order where it is narrow.
        if (width === 1180 || section === 'Devices') await accessible(page);
      }
      await page.getByRole('button', { name: 'Passer en français' }).click();
      await page.getByRole('heading', { name: 'Journal' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
      await page.context().close();
    }
  });

  it('lets a browser in by its link as its house’s console, and shows that house alone', async () => {
    const page = await openPage();
    await page.goto(await on.house.link('console', 'norde'));
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
    await page.getByText('Test console', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Stock' }).click();
    await page.getByRole('heading', { name: 'Norde' }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(1);
    await page.getByText('Up', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in as Test console' }).click();
    await page.getByRole('heading', { name: 'Stock' }).waitFor();
    // The same browser is the console of the stock page, too.
    await page.getByRole('link', { name: /Counts by piece/ }).click();
    await page.getByRole('heading', { name: 'Stock as the house counts it' }).waitFor();
    await page.context().close();
  });

  it('says that the line is down and shows what was true, then is fresh again', async () => {
    const page = await openPage();
    await signIn(page);
    await page.getByText(/devices?,/).waitFor();
    await page.route('**/api/devices', (route) => route.abort());
    await page.getByText('This is not being refreshed just now.').waitFor();
    await page.unroute('**/api/devices');
    await page.getByText('This is not being refreshed just now.').waitFor({ state: 'detached' });
    // A deed that does not get through is told where it was asked for, and is not held against the page afterwards.
    const enrolments = '**/api/devices/enrolments';
    await page.route(enrolments, async (route) => {
      await (route.request().method() === 'POST' ? route.abort() : route.fallback());
    });
    await page.getByRole('button', { name: 'New device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Mirror by the stairs');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText(/\w/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator('.note.bad').count()).toBe(0);
    await page.unroute(enrolments);
    await page.context().clearCookies();
    await page.getByText('Your session has ended').waitFor();
    await picture(page, 'ended');
    await page.context().close();
  });
});
