import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { viewsOf, type GalleryView } from '../../gallery/views.ts';
import type { Category } from '../../protocol/product.ts';
import { handForm } from '../../scenes/visitor/hand-form.ts';
import { handTruth } from '../../scenes/visitor/hand-truth.ts';
import { visitorIntrinsics } from '../../scenes/visitor/visitor-camera.ts';
import { headPointsOf } from '../../sdk/anchors/head-points.ts';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import { projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import { stillBody } from '../../sdk/tracking/still-body.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost, modelPath, present } from '../support/host.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

const size = { widthPx: 480, heightPx: 640 } as const;
const intrinsics = visitorIntrinsics(size.widthPx, size.heightPx);
/** A pixel that changed by so much, of 255, belongs to the piece or its shadow. */
const changed = 24;

/** A piece of each category: how far at most its middle lies from where it is worn (mm), and the pixels that it covers at least. */
const worn: readonly (readonly [
  category: Category,
  piece: string,
  view: string,
  withinMm: number,
  leastPx: number,
])[] = [
  ['eyewear', 'fjord-51', 'front', 14, 1_500],
  ['hat', 'skive', 'front', 40, 8_000],
  ['earrings', 'cascade', 'right', 26, 60],
  ['necklace', 'fil', 'near', 75, 150],
  ['ring', 'aube', 'back', 8, 60],
  ['bracelet', 'onde', 'back', 14, 150],
  ['watch', 'nord-39', 'back', 12, 1_200],
  ['bag', 'lund', 'front', 220, 4_000],
];

/** What one picture has that another has not: pixels, and their middle. */
async function difference(
  one: Buffer,
  other: Buffer,
): Promise<{ pixels: number; middle: readonly [u: number, v: number] }> {
  const raw = (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [{ data, info }, { data: bare }] = await Promise.all([raw(one), raw(other)]);
  let [pixels, u, v] = [0, 0, 0];
  for (let at = 0; at < data.length; at += info.channels) {
    const most = Math.max(
      ...[0, 1, 2].map((channel) => Math.abs((data[at + channel] ?? 0) - (bare[at + channel] ?? 0))),
    );
    if (most < changed) continue;
    const pixel = at / info.channels;
    pixels += 1;
    // The mirror's picture is turned the other way round.
    u += info.width - (pixel % info.width);
    v += Math.floor(pixel / info.width);
  }
  return { pixels, middle: [u / Math.max(1, pixels), v / Math.max(1, pixels)] };
}

describeOnHost('every category, worn by the visitor', ['face-model', 'chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let page: Page;
  const face = () =>
    readCanonicalFace(new Uint8Array(readFileSync(present(modelPath('face_landmarker.task')))));

  /** Where the middle of a piece of this category belongs, camera frame. */
  const placeOf = (category: Category, { cameraFromHead, hand }: GalleryView): Vec3 => {
    const points = headPointsOf(face().verticesMm);
    const onHead = (point: Vec3): Vec3 => transformPoint(cameraFromHead, point);
    const truth = hand && handTruth(handForm(hand), hand);
    const [x, y, z] = points.noseBridge;
    switch (category) {
      case 'hat':
        return onHead([x, y + 75, z - 60]);
      case 'earrings':
        // A head that turns to its right shows its left ear.
        return onHead([points.leftEarlobe[0], points.leftEarlobe[1] - 20, points.leftEarlobe[2]]);
      case 'necklace':
        return transformPoint(stillBody(cameraFromHead).cameraFromAnchor.neckBase, [0, -30, 0]);
      case 'ring':
        return truth?.fingers.ring.cameraFromRing.translationMm ?? [0, 0, 0];
      case 'bracelet':
      case 'watch':
        return truth?.wrist.cameraFromWrist.translationMm ?? [0, 0, 0];
      case 'bag': {
        const [u, v, w] = hand?.positionMm ?? [0, 0, 0];
        return [u, v - 160, w];
      }
      default:
        return onHead(points.noseBridge);
    }
  };

  beforeAll(async () => {
    [browser, house] = await Promise.all([launchChromium(), startHouse()]);
    page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const open = async (piece: string, view: string): Promise<Map<string, Buffer>> => {
    await page.goto(`${house.server.url}/gallery/?size=small&bare&piece==${piece}&view=${view}`);
    await page.waitForFunction(() => 'lookBook' in globalThis);
    const shots = await page.evaluate(async () => {
      const taken = (await globalThis.window.lookBook?.shots) ?? [];
      return Promise.all(
        taken.map(
          async ({ name, png }) => [name, Array.from(new Uint8Array(await png.arrayBuffer()))] as const,
        ),
      );
    });
    return new Map(shots.map(([name, bytes]) => [name.replace(/^[^.]+\./, ''), Buffer.from(bytes)]));
  };

  it.each(worn)(
    '%s lies where it is worn: %s, seen from the %s',
    async (category, piece, name, withinMm, leastPx) => {
      const view = viewsOf(category).find((candidate) => candidate.name === name);
      if (view === undefined) throw new Error(`The gallery has no view ${name}.`);
      const shots = await open(piece, name);
      const bare = shots.get(`bare.${name}`);
      const dressed = [...shots].find(([shot]) => !shot.startsWith('bare.'))?.[1];
      if (bare === undefined || dressed === undefined) throw new Error('The gallery took no picture.');
      const { pixels, middle } = await difference(dressed, bare);
      expect(pixels).toBeGreaterThan(leastPx);
      const place = placeOf(category, view);
      const [u, v] = projectPoint(intrinsics, place);
      const offMm = (Math.hypot(middle[0] - u, middle[1] - v) * -place[2]) / intrinsics.fxPx;
      expect(offMm).toBeLessThan(withinMm);
      const left = await page.evaluate(() => globalThis.window.lookBook?.undressed());
      expect(left?.modelLeases).toBe(0);
    },
  );
});
