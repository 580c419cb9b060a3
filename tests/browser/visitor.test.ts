import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headAt, usualFilm } from '../../bench/visitor/films.ts';
import { runOnVisitor } from '../../bench/visitor/filming.ts';
import { handForm } from '../../scenes/visitor/hand-form.ts';
import { measuredHand, raisedHand } from '../../scenes/visitor/hand-motion.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { cameraOf, watchCamera } from '../support/left-behind.ts';
import { openStory } from '../support/open-story.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** Between the centres of the visitor's eyeballs; it looks at the camera from 62 cm, and so its pupils stand a millimetre nearer. */
const visitorPupillaryMm = 63.2;

describeOnHost('the visitor of the kit, where there is no camera', ['face-model', 'chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    [browser, house] = await Promise.all([launchChromium(), startHouse()]);
    context = await browser.newContext({
      viewport: { width: 270, height: 480 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    await watchCamera(context);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const touch = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name }).first().click({ timeout: 60_000, force: true });

  it('is found and measured in the mirror, by its eyes and then by a card, and no camera is opened', async () => {
    const page = await context.newPage();
    const url = new URL(await house.link('kiosk', 'norde', 1));
    url.searchParams.set('maison', 'norde');
    url.searchParams.set('camera', 'visitor');
    url.searchParams.set('motion', 'still');
    url.searchParams.set('card', 'forehead');
    await page.goto(url.href);
    await touch(page, /Touch to begin/);
    await page.locator('.notice').waitFor();
    await touch(page, 'Begin with the mirror');
    await openStory(page, /Light comes in low/);
    await touch(page, /Noon at the horizon/);
    await touch(page, 'Try it on');
    await page.locator('.wear h1', { hasText: 'Meridian 58' }).waitFor();
    await touch(page, 'Look closer');
    const row = page.locator('.your-measures li').filter({ hasText: /Between the pupils(?!,)/ });
    const shown = async () => {
      const words = await row.locator('.measure-value').textContent({ timeout: 90_000 });
      const [, value, plusMinus] = /([\d.]+) ± ([\d.]+) mm/.exec(words ?? '') ?? [];
      return { value: Number(value), plusMinus: Number(plusMinus) };
    };
    const byEyes = await shown();
    expect(Math.abs(byEyes.value - visitorPupillaryMm)).toBeLessThanOrEqual(byEyes.plusMinus);
    await touch(page, 'Measure with a card');
    await page.locator('.measure-card h1', { hasText: 'Thank you' }).waitFor({ timeout: 90_000 });
    await touch(page, 'See your measures');
    await page.locator('.measures-words', { hasText: 'by your card' }).waitFor();
    const byCard = await shown();
    expect(byCard.plusMinus).toBeLessThan(1.5);
    expect(Math.abs(byCard.value - visitorPupillaryMm)).toBeLessThanOrEqual(byCard.plusMinus);
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await page.close();
  });

  it('has its fingers measured by a card in the palm, for a ring', async () => {
    const page = await context.newPage();
    const url = new URL(await house.link('kiosk', 'aurelle', 1));
    url.searchParams.set('maison', 'aurelle');
    url.searchParams.set('camera', 'visitor');
    url.searchParams.set('motion', 'still');
    url.searchParams.set('card', 'palm');
    await page.goto(url.href);
    await touch(page, /Touch to begin/);
    await page.locator('.notice').waitFor();
    await touch(page, 'Begin with the mirror');
    await openStory(page, /A line of light/);
    await touch(page, /One stone/);
    await touch(page, 'Try it on');
    await page.locator('.wear h1', { hasText: 'Aube' }).waitFor();
    await touch(page, 'Look closer');
    await touch(page, 'Estimate your ring size with a card');
    await page.locator('.measure-card h1', { hasText: 'across your palm' }).waitFor();
    const done = page.locator('.measure-card', { hasText: 'Thank you' });
    // As long as somebody is there, which a key tells, the mirror does not ask whether they are.
    const isDone = async () => {
      await page.keyboard.press('Shift');
      return await done.isVisible();
    };
    await expect.poll(isDone, { timeout: 240_000, interval: 1_000 }).toBe(true);
    await touch(page, 'See your measures');
    const ring = page.locator('.your-measures li', { hasText: 'Ring finger' });
    const words = await ring.locator('.measure-value').textContent();
    const [, likely, least, most] = (/(\d+), between (\d+) and (\d+)/.exec(words ?? '') ?? []).map(Number);
    const radiusMm = handForm(measuredHand('left')).radiiMm[3] ?? 0;
    expect(least).toBeLessThan(likely ?? 0);
    expect(2 * Math.PI * radiusMm).toBeGreaterThanOrEqual((least ?? 0) - 0.5);
    expect(2 * Math.PI * radiusMm).toBeLessThanOrEqual((most ?? 0) + 0.5);
    await page.close();
  });

  it('wears a piece on the embed without being asked, as nobody is filmed', async () => {
    const page = await context.newPage();
    await page.goto(`${house.server.url}/embed/?camera=visitor`);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'tracking {"state":"found"}' })
      .first()
      .waitFor({ timeout: 90_000 });
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await page.close();
  });

  it('opens no camera when the page asks for a client while the visitor is still coming', async () => {
    // The kiosk's service worker would answer in the place of the route.
    const alone = await browser.newContext({ serviceWorkers: 'block' });
    await watchCamera(alone);
    const page = await alone.newPage();
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route('**/api/config', async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue();
    });
    await page.goto(`${house.server.url}/embed/?camera=visitor`);
    await asked.promise;
    await page.locator('vitrine-try-on').evaluate((element) => element.setAttribute('camera', 'on'));
    await page.getByRole('heading', { name: 'See it on you' }).waitFor();
    const answered = page.waitForResponse('**/api/config');
    held.resolve();
    await (await answered).finished();
    // What was begun for the visitor goes on to its end before so many pictures are shown.
    await page.evaluate(
      (pictures) =>
        new Promise<void>((done) => {
          const count = (left: number): void => {
            if (left === 0) done();
            else requestAnimationFrame(() => count(left - 1));
          };
          count(pictures);
        }),
      15,
    );
    expect(await cameraOf(page)).toEqual({ asked: 0, open: 0 });
    await alone.close();
  });
});

describeOnHost('the visitor’s raised hand', ['face-model', 'hand-model', 'body-model', 'chromium'], () => {
  it('is found on its own side, beside a face that is found too', async () => {
    const told: string[] = [];
    await runOnVisitor('visitor', 'none', async (page) => {
      for (const side of ['left', 'right'] as const) {
        const { facesFound, handSides } = await page.evaluate(
          (film) => globalThis.window.visitor.film(film),
          {
            ...usualFilm,
            look: 'tan' as const,
            pictures: [{ pose: headAt(0, 0, 0, [0, -10, -620]), hand: raisedHand({ side, shows: 'back' }) }],
          },
        );
        told.push(`${side}: ${facesFound} faces, ${handSides.join(' ')}`);
      }
      return [];
    });
    expect(told).toEqual(['left: 1 faces, left', 'right: 1 faces, right']);
  });
});
