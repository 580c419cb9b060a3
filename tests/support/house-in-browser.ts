import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startHouse, type RunningHouse } from './running-house.ts';

/** A house without models and a Chromium for a suite's tests: there from its first hook on, and gone after its last. */
export function houseInBrowser(): { readonly house: RunningHouse; readonly browser: Browser } {
  let house: RunningHouse | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    house = await startHouse({ withModels: false });
    browser = await launchChromium({ draws3d: false });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });
  return {
    get house() {
      return there(house);
    },
    get browser() {
      return there(browser);
    },
  };
}

function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('The house opens with the suite, and not before.');
  return thing;
}
