import { expect, it } from 'vitest';
import { TestDevice } from '../server/support/test-device.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

describeOnHost("the page of the house's own counts", ['chromium'], () => {
  const on = houseInBrowser();

  it('lets a person count, and every screen of the boutique hears of it', async () => {
    const code = new URL(await on.house.link('kiosk', 'norde')).hash.replace('#enrol=', '');
    const kiosk = await TestDevice.enrol(on.house.server.url, 'kiosk', code);
    await kiosk.connect();
    const page = await (await on.browser.newContext({ locale: 'en-GB' })).newPage();
    await page.goto((await on.house.link('console', 'norde')).replace('/console/', '/oms/'));
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

    expect(await screenFaults(page)).toEqual([]);
    await page.context().close();
    kiosk.disconnect();
  });
});
