import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDevice } from '../server/support/test-device.ts';
import { copyCheckout, type CheckoutCopy } from './support/checkout-copy.ts';
import { enrolmentCode, useHouse } from './support/use-house.ts';

const house = useHouse();
let checkout: CheckoutCopy;
beforeAll(async () => {
  checkout = await copyCheckout();
});
afterAll(() => checkout.remove());

it('npm run dev serves pages from their sources, replaces the server when it changes, and ends as one', async () => {
  const dev = house.command('dev', [], {
    cwd: checkout.root,
    env: { VITRINE_MODELS_DIR: '/nowhere', HTTPS_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' },
  });
  await dev.printed(/Ctrl-C closes the house/);
  expect(dev.output).toContain(`${house.url()}/?maison=norde#enrol=`);
  expect(dev.output).not.toContain('Building the pages');

  for (const page of ['/', '/advisor/', '/console/', '/oms/', '/embed/']) {
    const html = await (await fetch(`${house.url()}${page}?maison=norde`)).text();
    const scripts = [...html.matchAll(/<script type="module" src="([^"]+)"/g)].map(([, src]) => src ?? '');
    expect(scripts.length, page).toBeGreaterThan(0);
    for (const src of scripts) {
      const script = await fetch(new URL(src, `${house.url()}${page}`));
      expect([script.status, script.headers.get('content-type')], `${page}: ${src}`).toEqual([
        200,
        'text/javascript',
      ]);
    }
  }
  expect(await (await fetch(`${house.url()}/service-worker.js`)).text()).toContain('unregister');

  const kiosk = await TestDevice.enrol(house.url(), 'kiosk', enrolmentCode(dev, 'kiosk'));
  await kiosk.connect();
  const hungUp = kiosk.closed();
  await appendFile(path.join(checkout.root, 'server/core/clock.ts'), '\n// changed\n');
  await dev.printed(/The server runs with the new sources/);
  await hungUp;
  await kiosk.connect();
  kiosk.disconnect();

  dev.signal('SIGINT');
  expect(await dev.ended).toBe(0);
  // Nobody holds the data any more: the server has gone with it.
  const next = await house.up([], {
    cwd: checkout.root,
    env: { VITRINE_MODELS_DIR: '/nowhere', HTTPS_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' },
  });
  expect(await next.stop()).toBe(0);
});
