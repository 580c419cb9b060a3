import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { wantedPose, wizardViews } from '../../sdk/calibration/card-wizard.ts';
import { cardOutline } from '../../sdk/calibration/card-outline.ts';
import { projectCard } from '../../sdk/geometry/card.ts';
import { intrinsicsFromVerticalFov } from '../../sdk/geometry/intrinsics.ts';
import { multiplyQuaternions, quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

/** Not the default's 43.3°. */
const trueFovDeg = 52;
const camera = intrinsicsFromVerticalFov(1280, 720, (trueFovDeg * Math.PI) / 180);

/** The card as a patient person would hold it at each view: nearly in the outline. */
const held = Object.fromEntries(
  wizardViews.map((view, index) => {
    const pose = wantedPose(view, camera);
    const wobble = quaternionFromYawPitchRoll(0.02 * Math.sin(index), 0.03 * Math.cos(index), 0.02);
    const [, , z] = pose.translationMm;
    return [
      view,
      cardOutline(
        projectCard(camera, {
          rotation: multiplyQuaternions(pose.rotation, wobble),
          translationMm: [3, -2, z * 1.02],
        }),
      ),
    ];
  }),
);

/**
 * Stands in for the camera: a film of a card that goes to each view as the page asks for it. `holding` false shows the room
 * alone.
 */
async function playCard(page: Page): Promise<void> {
  await page.addInitScript((outlines) => {
    const film = { holding: true };
    Object.assign(globalThis, { film });
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1280, 720];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const draw = (): void => {
      if (!context) return;
      const room = context.createLinearGradient(0, 0, 1280, 720);
      room.addColorStop(0, '#6d7276');
      room.addColorStop(1, '#4c4740');
      context.fillStyle = room;
      context.fillRect(0, 0, 1280, 720);
      const view = document.querySelector('[data-view]')?.getAttribute('data-view') ?? 'near';
      const outline = outlines[view];
      if (outline && film.holding) {
        context.fillStyle = '#d9d2c3';
        context.beginPath();
        outline.forEach(([u, v], index) => (index ? context.lineTo(u, v) : context.moveTo(u, v)));
        context.fill();
      }
    };
    Object.defineProperty(navigator, 'mediaDevices', {
      value: {
        getUserMedia: () => {
          (globalThis as { opened?: number }).opened = 1;
          const stream = canvas.captureStream(0);
          const [track] = stream.getVideoTracks();
          // The next picture waits until this one was shown: on a busy machine they would pile up, gigabytes of them.
          const film = (): void => {
            draw();
            if (track instanceof CanvasCaptureMediaStreamTrack) track.requestFrame();
            requestAnimationFrame(() => setTimeout(film, 100));
          };
          film();
          return Promise.resolve(stream);
        },
      },
    });
  }, held);
}

describeOnHost("the measurement of a mirror's camera", ['chromium'], () => {
  const on = houseInBrowser();
  const openPage = async (locale: string, viewport: { width: number; height: number }): Promise<Page> => {
    const page = await (await on.browser.newContext({ locale, viewport })).newPage();
    // Another page may take both cores for a while.
    page.setDefaultTimeout(100_000);
    await playCard(page);
    await page.goto(`${on.house.server.url}/console/calibrate/`);
    return page;
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['VITRINE_PICTURES'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it('opens no camera before the click, leads through the views, and ends with the truth in its interval', async () => {
    const page = await openPage('en-GB', { width: 1280, height: 800 });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).host}`));
    const open = page.getByRole('button', { name: 'Open the camera' });
    await open.waitFor();
    await picture(page, 'calibrate-before');
    expect(await page.evaluate(() => 'opened' in globalThis)).toBe(false);
    expect(await screenFaults(page)).toEqual([]);
    await open.click();
    await page.locator('[data-view="turned-right"]').waitFor();
    await page.evaluate(() =>
      Object.assign((globalThis as { film?: object }).film ?? {}, { holding: false }),
    );
    await page.getByText('Looking for the card’s edges').waitFor();
    expect(await screenFaults(page)).toEqual([]);
    await page.evaluate(() => Object.assign((globalThis as { film?: object }).film ?? {}, { holding: true }));
    await page.locator('.taken li').nth(4).waitFor();
    await picture(page, 'calibrate-looking');
    await page.getByRole('button', { name: 'Keep for this camera' }).waitFor();
    await picture(page, 'calibrate-done');
    const figure = page.locator('[data-fov-deg]');
    const fovDeg = Number(await figure.getAttribute('data-fov-deg'));
    const plusMinusDeg = Number(await figure.getAttribute('data-plus-minus-deg'));
    expect(Math.abs(fovDeg - trueFovDeg)).toBeLessThan(plusMinusDeg);
    expect(plusMinusDeg).toBeLessThan(1);
    expect(await screenFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Keep for this camera' }).click();
    await page.getByText('Kept. Mirrors opened in this browser').waitFor();
    const kept = await page.evaluate(() => Object.values(localStorage).join(' '));
    expect(kept).toContain('"widthPx":1280');
    // Its own files and the house's look; no picture goes anywhere.
    expect(
      asked.filter((line) => line.startsWith('POST') || !line.endsWith(new URL(on.house.server.url).host)),
    ).toEqual([]);
    await page.context().close();
  });

  it('says in French what to do, on a tablet too', async () => {
    const page = await openPage('fr-FR', { width: 820, height: 1180 });
    await page.getByRole('button', { name: 'Ouvrir la caméra' }).click();
    await page.locator('[data-view="turned-left"]').waitFor();
    await picture(page, 'calibrate-tablet');
    for (let view = 0; view < 6; view += 1)
      await page.getByRole('button', { name: 'Passer cette vue' }).click();
    await page.getByText('Trop peu de vues').waitFor();
    await picture(page, 'calibrate-tablet-refused');
    expect(await screenFaults(page)).toEqual([]);
    await page.context().close();
  });
});
