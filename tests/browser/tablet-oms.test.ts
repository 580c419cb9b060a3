import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDevice } from '../server/support/test-device.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

describeOnHost("the page of the house's own counts", ['chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;

  beforeAll(async () => {
    house = await startHouse({ withModels: false });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  it('lets a person count, and every screen of the boutique hears of it', async () => {
    const code = new URL(await house.link('kiosk', 'norde')).hash.replace('#enrol=', '');
    const kiosk = await TestDevice.enrol(house.server.url, 'kiosk', code);
    await kiosk.connect();
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await page.goto((await house.link('console', 'norde')).replace('/console/', '/oms/'));
    const store = kiosk.identity.store.name;
    const field = page.getByLabel(`On hand of Fjord 51, Tortoise, ${store}`);
    await field.waitFor();
    expect(page.url()).not.toContain('#');
    await field.fill('7');
    await field.press('Enter');
    const frame = await kiosk.next('stock.changed', ({ levels }) =>
      levels.some((level) => level.sku === 'fjord-51.tortoise' && level.storeId === kiosk.identity.store.id),
    );
    expect(frame.levels.find((level) => level.sku === 'fjord-51.tortoise')).toMatchObject({ onHand: 7 });
    await page.getByText(`Fjord 51, Tortoise: 7 in ${store}`).waitFor();
    await page.getByText('7 free').first().waitFor();

    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
      [],
    );
    await page.context().close();
    kiosk.disconnect();
  });
});
