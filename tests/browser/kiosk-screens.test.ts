import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VisitEvent } from '../../sdk/session/visit-events.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { screenFaults } from '../support/screen-faults.ts';
import type { ServedPage } from '../support/page-server.ts';
import type { Gallery, GalleryWindow } from './kiosk-gallery/gallery.tsx';
import { startGallery } from './kiosk-gallery/gallery-server.ts';

declare const window: GalleryWindow;

describeOnHost('the screens of the kiosk', ['chromium'], () => {
  let browser: Browser;
  let gallery: ServedPage;

  beforeAll(async () => {
    [browser, gallery] = await Promise.all([launchChromium({ draws3d: false }), startGallery(8188)]);
  });
  afterAll(async () => {
    await browser.close();
    await gallery.close();
  });

  const upright = { panel: 'portrait-32', width: 360, height: 640 } as const;
  const wide = { panel: 'landscape-32', width: 960, height: 540 } as const;

  async function open(
    query: string,
    { panel, ...size }: typeof upright | typeof wide = upright,
  ): Promise<Page> {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
    // Without WebGL the words and controls stand alone, which they must be able to; the scenes have tests of their own.
    await context.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    const page = await context.newPage();
    await page.goto(`${gallery.origin}/?panel=${panel}&${query}`);
    await page.waitForFunction(() => window.gallery !== undefined);
    return page;
  }

  const send = (page: Page, ...events: VisitEvent[]) =>
    page.evaluate((all) => all.forEach((event) => (window.gallery as Gallery).send(event)), events);

  async function expectAccessible(page: Page, screen: string): Promise<void> {
    // Sizes are checked in millimetres of glass elsewhere; this viewport is a third of the panel's pixels.
    const faults = await screenFaults(page, (axe) =>
      axe
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .disableRules(['target-size']),
    );
    expect(faults, screen).toEqual([]);
  }

  async function expectFits(page: Page, screen: string): Promise<void> {
    const spill = await page.evaluate(() =>
      Array.from(document.querySelectorAll('button, h1, h2'))
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { left, right, bottom } = element.getBoundingClientRect();
          return left < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(spill, `${screen} within the screen`).toEqual([]);
  }

  const worn = {
    norde: { pieceId: 'meridian-58', variantId: 'gold-green', sku: 'meridian-58.gold-green' },
    aurelle: { pieceId: 'halo-54', variantId: 'white-gold', sku: 'halo-54.white-gold' },
  } as const;

  const stories = { norde: 'light-comes-in-low', aurelle: 'a-line-of-light' } as const;

  it.each([
    ['norde', 'en', upright],
    ['aurelle', 'fr', upright],
    ['norde', 'fr', wide],
    ['aurelle', 'en', wide],
  ] as const)(
    'are accessible and within the screen from rest to farewell: %s, %s, %o',
    async (house, locale, glass) => {
      const page = await open(`maison=${house}`, glass);
      const check = async (screen: string, selector: string) => {
        await page.locator(selector).first().waitFor();
        await expectAccessible(page, screen);
        await expectFits(page, screen);
      };
      const { pieceId, variantId, sku } = worn[house];

      await check('attract', '.attract');
      await send(page, { type: 'speak', locale });
      await check('welcome', '.notice');
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
      await send(page, { type: 'look-without-camera' });
      await check('stories', '.cover');
      await send(page, { type: 'bring-list' });
      await check('a list, before the yes', '.notice');
      await page.evaluate(() => window.gallery?.link.setOnline(false));
      await check('a list while offline', '.list-page');
      await page.evaluate(() => window.gallery?.link.setOnline(true));
      await page.locator('.notice .secondary').click();
      await check('a list without a camera', '.list-page .actions');
      await send(page, { type: 'back' });
      await send(page, { type: 'open-story', storyId: stories[house] });
      await check('story', '.chapters');
      await send(page, { type: 'open-chapter', chapter: 3 });
      await check('chapter', '.chapter-piece');
      await send(page, { type: 'try-on', worn: { pieceId, variantId } }, { type: 'keep', sku, kept: true });
      await check('wear without a camera', '.wear');
      await send(page, { type: 'look-closer' });
      await check('look closer', '.facts');
      await send(page, { type: 'back' });
      await page.evaluate(() => window.gallery?.link.setOnline(false));
      await check('offline', '.stock[data-tone="stale"]');
      await send(page, { type: 'call-advisor' });
      await check('call while offline', '.call-page .actions');
      await page.evaluate(() => window.gallery?.link.setOnline(true));
      await check('call', '.qr');
      await page.evaluate(() => window.gallery?.link.claim());
      await check('two digits', '.digits');
      await send(page, { type: 'confirm' });
      await check('together', '.together');
      await page.evaluate(() => window.gallery?.advance(900_000));
      await check('still here', '[role="alertdialog"]');
      await page.locator('[role="alertdialog"] .primary').press('Enter');
      await page.locator('[role="alertdialog"]').waitFor({ state: 'detached' });
      await send(page, { type: 'leave' });
      await check('farewell', '.farewell');
      await page.locator('.farewell .primary').click();
      await check('wiping', '.wiping');
      await page.evaluate(() => window.gallery?.advance(3_000));
      await page.locator('.attract').waitFor();
      expect(await page.evaluate(() => window.gallery?.visit())).toMatchObject({
        kept: [],
        tried: [],
        worn: null,
        session: null,
      });
      await page.context().close();
    },
  );

  it.each([upright, wide])(
    'ask whoever joins the client in the mirror for their own yes: %o',
    async (glass) => {
      const page = await open('maison=norde&tracker=still', glass);
      await send(page, { type: 'approach' }, { type: 'consent', textVersion: '1' });
      await send(page, { type: 'try-on', worn: { pieceId: 'fjord-51', variantId: 'smoke' } });
      await page.getByRole('button', { name: 'Let somebody join you' }).press('Enter');
      await page.getByRole('heading', { name: 'Join in the mirror' }).waitFor();
      await expectAccessible(page, 'join');
      await expectFits(page, 'join');
      await page.getByRole('button', { name: 'I join' }).press('Enter');
      const alone = page.getByRole('button', { name: 'Follow only me again' });
      await alone.waitFor();
      await expectFits(page, 'wear with company');
      expect((await page.evaluate(() => window.gallery?.visit()))?.company).toHaveLength(1);
      await alone.press('Enter');
      await alone.waitFor({ state: 'detached' });
      expect((await page.evaluate(() => window.gallery?.visit()))?.company).toEqual([]);
      await page.context().close();
    },
  );

  it('ask nobody to join in a mirror that can show nobody', async () => {
    const page = await open('maison=norde');
    await send(page, { type: 'approach' }, { type: 'consent', textVersion: '1' });
    await send(page, { type: 'try-on', worn: { pieceId: 'fjord-51', variantId: 'smoke' } });
    await page.getByText('Trying on in the mirror is not ready here yet').waitFor();
    await page.getByRole('button', { name: 'Look closer' }).waitFor();
    expect(await page.getByRole('button', { name: 'Let somebody join you' }).count()).toBe(0);
    await page.context().close();
  });

  it('show what the mirror measured with its uncertainty, and hand a number over by a touch only', async () => {
    const page = await open('maison=norde&tracker=still');
    await send(page, { type: 'approach' }, { type: 'consent', textVersion: '1' });
    await send(page, { type: 'try-on', worn: { pieceId: 'fjord-51', variantId: 'smoke' } });
    await page.locator('.wear').waitFor();
    await page.evaluate(() =>
      window.gallery?.measured({
        scale: { scale: 1, plusMinus: 0.08, source: 'iris', samples: 40 },
        pupillaryDistanceFar: { valueMm: 63.24, plusMinusMm: 5.3 },
        pupillaryDistanceNear: { valueMm: 61.5, plusMinusMm: 5.2 },
        faceWidth: { valueMm: 141, plusMinusMm: 11.6 },
      }),
    );
    await send(page, { type: 'look-closer' });
    const measures = page.locator('.your-measures');
    expect(await measures.innerText()).toMatch(/Between the pupils\s+63 ± 6 mm/);
    expect(await measures.innerText()).toMatch(/from your eyes and face/);
    expect(await measures.getByRole('button', { name: 'Hand over' }).count()).toBe(0);
    await expectAccessible(page, 'look closer with measures');

    await measures.getByRole('button', { name: 'Measure with a card' }).press('Enter');
    const step = page.locator('.measure-card');
    for (const [sight, progress, words] of [
      ['none', 0, 'looking for the card'],
      ['away', 0, 'touch your forehead'],
      ['tilted', 0, 'Lay it flat'],
      ['held', 0.5, 'Hold still'],
    ] as const) {
      await page.evaluate((told) => window.gallery?.card(told), { sight, progress });
      await step.getByText(words).waitFor();
    }
    await expectAccessible(page, 'measure with a card');
    await expectFits(page, 'measure with a card');
    await step.getByRole('button', { name: 'Not now' }).press('Enter');
    await step.waitFor({ state: 'detached' });
    // What the tracker says after that is about a card that nobody asked for.
    await page.evaluate(() => window.gallery?.card({ sight: 'held', progress: 0.6 }));
    expect(await step.count()).toBe(0);
    await send(page, { type: 'look-closer' });

    await send(page, { type: 'call-advisor' });
    await page.locator('.qr').waitFor();
    await page.evaluate(() => window.gallery?.link.claim());
    await page.locator('.digits').waitFor();
    await send(page, { type: 'confirm' });
    await page.locator('.together').waitFor();
    await send(page, { type: 'look-closer' });
    const told = () =>
      page.evaluate(() =>
        window.gallery?.link.commands
          .filter(({ name }) => name === 'session.share-measure')
          .map((one) => one.payload),
      );
    expect(await told()).toEqual([]);
    await measures.getByRole('button', { name: 'Hand over: Between the pupils, to' }).press('Enter');
    await measures.getByText('Handed over').waitFor();
    expect(await told()).toMatchObject([
      // Rounded outwards: 63.24 ± 5.3 lies within.
      { measure: { kind: 'pupillary-distance-far', valueMm: 63.2, plusMinusMm: 5.4 } },
    ]);
    expect(JSON.stringify(await told())).not.toContain('source');
    await expectAccessible(page, 'look closer together');
    await expectFits(page, 'look closer together');
    await send(page, { type: 'leave' });
    await page.locator('.farewell').waitFor();
    await page.context().close();
  });

  it('turn a mirror that nobody knows into one of the house, and tell a wrong code', async () => {
    const page = await open('maison=norde&enrolled=no');
    await page.locator('.enrol').waitFor();
    await expectAccessible(page, 'enrol');
    const code = page.getByLabel('Enrolment code');
    await code.fill('WRONG-CODE');
    await code.press('Enter');
    await page.getByText('This code is not known').waitFor();
    await expectAccessible(page, 'enrol refused');
    await code.fill('GOOD-CODE-1');
    await code.press('Enter');
    await page.locator('.attract').waitFor();
    await page.context().close();
  });

  it('can be used with arrows, OK and back alone', async () => {
    const page = await open('maison=norde');
    const focused = () =>
      page.evaluate(() =>
        document.activeElement === document.body ? '' : (document.activeElement?.textContent ?? ''),
      );
    const arrowUntil = async (key: string, wanted: RegExp) => {
      for (let presses = 0; presses < 12; presses += 1) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press(key);
      }
      expect(await focused()).toMatch(wanted);
    };
    await page.locator('.attract').waitFor();
    await arrowUntil('ArrowDown', /Touch to begin/);
    await page.keyboard.press('Enter');
    await page.locator('.notice').waitFor();
    await arrowUntil('ArrowRight', /Begin with the mirror|Look without/);
    await arrowUntil('ArrowRight', /Look without a camera/);
    await page.keyboard.press('Enter');
    await page.locator('.covers').waitFor();
    await arrowUntil('ArrowDown', /Light comes in low/);
    await page.keyboard.press('Enter');
    await page.locator('.chapters').waitFor();
    await arrowUntil('ArrowDown', /Cut from one block/);
    await page.keyboard.press('Enter');
    await page.locator('.chapter-piece').waitFor();
    await page.keyboard.press('Backspace');
    await page.locator('.chapters').waitFor();
    await page.keyboard.press('Backspace');
    await page.locator('.covers').waitFor();
    await page.context().close();
  });

  it('turn the pages of a story by a finger, by keys and by buttons, and lie open where the client left them', async () => {
    const page = await open('maison=norde');
    await send(page, { type: 'approach' }, { type: 'look-without-camera' });
    await page.getByRole('button', { name: /^The long evening/ }).press('Enter');
    await page.getByRole('button', { name: /Coming in/ }).press('Enter');
    const title = (name: string) => page.locator('.chapter h1', { hasText: name }).waitFor();
    await title('Coming in');
    expect(await page.getByRole('button', { name: 'Previous chapter' }).isDisabled()).toBe(true);
    await page.mouse.move(300, 120);
    await page.mouse.down();
    await page.mouse.move(120, 130, { steps: 4 });
    await page.mouse.up();
    await title('Staying');
    await page.keyboard.press('PageUp');
    await title('Coming in');
    await page.getByRole('button', { name: 'Next chapter' }).press('Enter');
    await title('Staying');
    await page.keyboard.press('PageDown');
    await title('Going out again');
    expect(await page.getByRole('button', { name: 'Next chapter' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'See it worn: Lund, Cognac' }).press('Enter');
    await page.locator('.wear h1', { hasText: 'Lund' }).waitFor();
    await page.keyboard.press('Backspace');
    await title('Going out again');
    await page.context().close();
  });

  it('mirror their layout for a language that is written from right to left', async () => {
    const page = await open('maison=norde');
    await send(page, { type: 'approach' });
    await page.locator('.notice').waitFor();
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    const [call, back] = await Promise.all([
      page.locator('.call').boundingBox(),
      page.locator('.dock-start').boundingBox(),
    ]);
    expect(call?.x).toBeLessThan(back?.x ?? 0);
    await expectFits(page, 'welcome from right to left');
    await page.context().close();
  });

  it('give every control of a 32-inch mirror 20 mm of glass, within reach', async () => {
    const page = await open('maison=norde');
    await send(page, { type: 'approach' }, { type: 'look-without-camera' });
    await send(page, { type: 'try-on', worn: { pieceId: 'fjord-51', variantId: 'smoke' } });
    await page.locator('.wear').waitFor();
    const mmPx = 360 / 398;
    const controls = await page
      .locator('button:visible')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()));
    expect(controls.length).toBeGreaterThan(6);
    for (const { width, height, top } of controls as DOMRect[]) {
      expect(width / mmPx).toBeGreaterThanOrEqual(19.9);
      expect(height / mmPx).toBeGreaterThanOrEqual(19.9);
      expect(640 + (640 - top) / mmPx).toBeLessThanOrEqual(1_220);
    }
    await page.context().close();
  });
});
